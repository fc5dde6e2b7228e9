"""Conflation: which forms of French words the analysis takes for one word, and which it should not.

Measured on a list of forms (form, lemma, category, count; tab-separated) such as a treebank gives:

- the share of inflected forms that meet their lemma: a query with the one finds a text with the other;
- the share of pairs of different lemmas that meet all the same.

Two lemmas that share a form, accents aside (passé, a noun, and passer), must meet whatever the analysis: they are not
counted. The others are, over the FREQUENT commonest lemmas of the list: in all their pairs and, since most pairs have
nothing in common, in those of neighbours, which begin with the same letters. A list of forms knows no families: of the
pairs that meet, many are derived one from the other (utiliser, utilisation); they are named, so that one may judge.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from indexer.analysis import analyse
from indexer.evaluation.material import read_rows, refusal
from indexer.messages import message

FREQUENT = 2000
"""Lemmas whose pairs are tried: they make 82 % of the nouns, verbs and adjectives of two French treebanks (Sequoia and
GSD), where the rarest comes 6 times."""

NEIGHBOURLY = 4
"""Letters that neighbours have in common at least, accents aside."""

LEXICAL = frozenset({"NOUN", "VERB", "ADJ"})
"""Categories (of Universal Dependencies) whose lemmas are paired: words that people search for, and that inflect."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """A form of a word: its lemma, its category, how often a corpus has it."""

    form: str
    lemma: str
    category: str
    count: int


@dataclass(frozen=True)
class Meetings:
    """The inflected forms of a category ("" for all): how many, and those that miss their lemma: (form, lemma)."""

    category: str
    forms: int
    missed: tuple[Pair, ...]


@dataclass(frozen=True)
class Mergers:
    """Of so many pairs of different lemmas, those that meet."""

    pairs: int
    merged: tuple[Pair, ...]


def read_entries(file: Path) -> list[Entry]:
    """Read a list of forms. Raises UnreadableMaterial for a line that is none."""
    entries = []
    for number, (form, lemma, category, count, *_) in read_rows(file, 4):
        if not count.isdecimal():
            raise refusal(file, number, message("« {value} » n'est pas un nombre entier.", value=count))
        entries.append(Entry(form, lemma, category, int(count)))
    return entries


def count_meetings(entries: Iterable[Entry]) -> list[Meetings]:
    """Return how many inflected forms meet their lemma, by category, then in all; the commonest forms first."""
    ordered = sorted(entries, key=lambda entry: -entry.count)
    inflected = list(dict.fromkeys((e.category, e.form, e.lemma) for e in ordered if e.form.lower() != e.lemma.lower()))
    categories = sorted({category for category, _, _ in inflected})
    chosen = [(name, [pair for category, *pair in inflected if category == name]) for name in categories]
    chosen.append(("", [pair for _, *pair in inflected]))
    return [
        Meetings(name, len(pairs), tuple((form, lemma) for form, lemma in pairs if _stems(form) != _stems(lemma)))
        for name, pairs in chosen
    ]


def count_mergers(entries: Sequence[Entry], frequent: int = FREQUENT) -> tuple[Mergers, Mergers]:
    """Return which different lemmas meet: in all pairs of the frequent lemmas, and in those of neighbours."""
    counts = Counter[str]()
    for entry in entries:
        if entry.category in LEXICAL:
            counts[entry.lemma] += entry.count
    lemmas = sorted(counts, key=lambda lemma: (-counts[lemma], lemma))[:frequent]
    related = _related(entries, lemmas)
    everyone = len(lemmas) * (len(lemmas) - 1) // 2 - len(related)
    merged = tuple(pair for pair in _alike((lemma, _stems(lemma)) for lemma in lemmas) if pair not in related)
    beginnings = [(lemma, folded[:NEIGHBOURLY]) for lemma in lemmas if len(folded := _folded(lemma)) >= NEIGHBOURLY]
    neighbours = {pair for pair in _alike(beginnings) if pair not in related}
    return Mergers(everyone, merged), Mergers(len(neighbours), tuple(pair for pair in merged if pair in neighbours))


def _related(entries: Iterable[Entry], lemmas: Sequence[str]) -> set[Pair]:
    """Return the pairs of lemmas that share a form, accents aside."""
    ranks = {lemma: rank for rank, lemma in enumerate(lemmas)}
    sharing: dict[str, set[str]] = defaultdict(set)
    for lemma in lemmas:
        sharing[_folded(lemma)].add(lemma)
    for entry in entries:
        if entry.lemma in ranks:
            sharing[_folded(entry.form)].add(entry.lemma)
    return {pair for group in sharing.values() for pair in combinations(sorted(group, key=ranks.__getitem__), 2)}


def _alike(keyed: Iterable[tuple[str, Hashable]]) -> Iterator[Pair]:
    """Yield the pairs of words that have the same key, in the order given."""
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for word, key in keyed:
        groups[key].append(word)
    for group in groups.values():
        yield from combinations(group, 2)


def _stems(word: str) -> tuple[str, ...]:
    """Return what a word is found by: two words with the same stems find each other."""
    return tuple(token.forms.stem for token in analyse(word))


def _folded(word: str) -> str:
    return " ".join(token.forms.folded for token in analyse(word))
