"""Make the lexicon of `indexer/analysis/lexicon` again, from a French dictionary and a body of text.

::

    python -m tests.lexicon fr.aff fr.dic articles.jsonl

`fr.aff` and `fr.dic` are the « Dictionnaire orthographique français, toutes variantes » 7.0 (MPL 2.0; Debian:
hunspell-fr-comprehensive), `articles.jsonl` has a "text" a line; only how often words occur in it is used, to settle
homographs. The lexicon in place was made with one article in four of 100,000 French passages: codes of law, novels,
documentation.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import click
import marisa_trie

from indexer.analysis.lexicon import COMPOUNDS, FORMS, NAMES
from tests.lexicon.counts import count_words
from tests.lexicon.dictionary import Kind, read_compounds, read_lemmas
from tests.lexicon.homographs import choose, is_stop
from tests.lexicon.inflection import inflections


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.lexicon", description=(__doc__ or "").partition("\n")[0])
    for name in ("affixes", "words", "articles"):
        parser.add_argument(name, type=Path)
    paths = parser.parse_args()
    lemmas = read_lemmas(paths.affixes, paths.words)
    with paths.articles.open(encoding="utf-8") as lines:
        counts = count_words(json.loads(line)["text"] for number, line in enumerate(lines) if not number % 4)
    classes = inflections(lemmas)
    stems = choose(classes, counts)
    marisa_trie.BytesTrie(
        (form, bytes([len(form) - shared(form, stem)]) + stem[shared(form, stem) :].encode())
        for form, stem in sorted(stems.items())
    ).save(str(FORMS))
    compounds = {
        " ".join(parts)
        for parts in read_compounds(paths.affixes, paths.words)
        if "".join(parts) in stems and not any(map(is_stop, parts))
    }
    names = {lemma.word for lemma in lemmas if lemma.kind is Kind.NAME}
    others = {form for lemma in lemmas if lemma.kind is not Kind.NAME for form in lemma.forms}
    NAMES.write_text("".join(f"{name}\n" for name in sorted(names & others) if not is_stop(name)), "utf-8")
    COMPOUNDS.write_text("".join(f"{line}\n" for line in sorted(compounds)), "utf-8")
    click.echo(f"{len(lemmas):,} lemmas, {len(stems):,} forms, {len(set(stems.values())):,} stems")
    click.echo(f"{len(compounds):,} compounds")


def shared(form: str, stem: str) -> int:
    """Return how many letters two words have in common at their beginning."""
    return next((at for at in range(len(form)) if form[at] != stem[at : at + 1]), len(form))


if __name__ == "__main__":
    main()
