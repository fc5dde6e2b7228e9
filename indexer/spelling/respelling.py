"""Respelling a query: the words that the corpus does not have, replaced in place by words that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from indexer.analysis import Form, Forms, Token, analyse, is_stop_word
from indexer.analysis.lexicon import is_known
from indexer.engines import Snapshot, spelled_in_letters
from indexer.query.syntax import AllOf, AnyOf, MostOf, Part, Phrase, Word
from indexer.spelling.candidates import Candidate, candidates
from indexer.spelling.writing import written_for

SHORTEST = 3
"""Letters of a word that can be misspelt: shorter ones are anything."""

SURE_LETTERS = 6
SURE_COST = 1.4
"""When a repair needs no asking: a long word, one slip (or what sounds the same) away from one of the corpus."""

MOST_WORDS = 4
"""Unknown words of one query that are looked into."""

MOST_QUERIES = 3
"""Respelled queries at most."""

_HEARD = 0.7
"""The cost of what sounds the same: two sounds at most."""

_COMMONER = 10
"""How many times commoner a word must be that sounds like one of which the corpus has other inflections."""


@dataclass(frozen=True)
class Respelled:
    """A query respelled: its whole text, which words were replaced (as typed, as written), and whether to ask first."""

    query: str
    spellings: tuple[tuple[str, str], ...]
    sure: bool


def respelled(text: str, tree: Part, snapshot: Snapshot) -> tuple[Respelled, ...]:
    """Return the queries that may have been meant by `text`, which means `tree`; none if the corpus has its words.

    The sure one first, then the likeliest. Everything else stays as typed: operators, quotes, fields, case. Numbers,
    strict words, prefixes, names of authors and sources are never respelled; nor is a word that articles have. One
    of which they have other inflections gives way only to a much commoner one that sounds the same. A word of French
    that the corpus has not is offered what sounds the same, if it was typed in haste, and is never replaced without
    asking.
    """
    choices = {
        forms: found for forms in islice(_unknown(tree, snapshot), MOST_WORDS) if (found := _choices(forms, snapshot))
    }
    if not choices:
        return ()
    tokens = [
        token for token in analyse(text) if token.forms in choices and "." not in text[token.start : token.end]
    ]  # « S.N.C.F. » is no misspelling
    best = {forms: found[0] for forms, found in choices.items()}
    sure = {forms: choice for forms, choice in best.items() if _is_sure(forms, choice, snapshot)}
    others = ({**best, forms: other} for forms, found in choices.items() for other in found[1:])
    queries = [_rewritten(text, tokens, chosen, sure) for chosen in (sure, best, *others)]
    return tuple(dict.fromkeys(query for query in queries if query.spellings))[:MOST_QUERIES]


def _is_sure(forms: Forms, choice: Candidate, snapshot: Snapshot) -> bool:
    """Tell whether a word can be replaced without asking: it is long, no French, and its replacement is near."""
    strange = len(forms.folded) >= SURE_LETTERS and not is_known(forms.folded)
    return strange and choice.cost <= SURE_COST and not _found(forms, snapshot)


def _found(forms: Forms, snapshot: Snapshot) -> int:
    """Return how many articles have a word in any inflection."""
    return snapshot.search(Word(forms.exact, forms), limit=1).total


def _unknown(tree: Part, snapshot: Snapshot) -> Iterator[Forms]:
    """Yield the words that are looked for and that no title or text has, spelled so."""
    vocabulary = snapshot.vocabulary()
    for leaf in dict.fromkeys(_misspellable(tree)):
        for forms in leaf.words if isinstance(leaf, Phrase) else (leaf.forms,):
            plain = len(forms.folded) >= SHORTEST and spelled_in_letters(forms.folded)
            if plain and not (is_stop_word(forms) or forms.folded in vocabulary or _is_meant(forms, leaf)):
                yield forms


def _misspellable(part: Part) -> Iterator[Word | Phrase]:
    """Yield what titles and texts should have, whatever its accents. A compound that has Spellings is right."""
    match part:
        case Word(form=Form.STEM, field=None | "title" | "text"):
            yield part
        case Phrase(form=Form.STEM | Form.FOLDED, field=None | "title" | "text"):
            yield part
        case AllOf(parts) | AnyOf(parts) | MostOf(parts):
            for inner in parts:
                yield from _misspellable(inner)
        case _:
            return


def _is_meant(forms: Forms, leaf: Word | Phrase) -> bool:
    """Tell whether a word can only be what was meant: one of French, typed with its accents or a capital."""
    return is_known(forms.folded) and (forms.accented or not leaf.typed.islower())


def _choices(forms: Forms, snapshot: Snapshot) -> tuple[Candidate, ...]:
    """Return the candidates that may be offered for an unknown word."""
    found = candidates(forms.folded, snapshot)
    if is_known(forms.folded):
        found = tuple(other for other in found if other.cost <= _HEARD)
    inflected = _found(forms, snapshot)
    if not inflected and not is_known(forms.folded):
        return found
    return tuple(
        one for one in found if one.stem != forms.stem and one.cost <= _HEARD and one.count >= _COMMONER * inflected
    )


def _rewritten(
    text: str, tokens: list[Token], chosen: Mapping[Forms, Candidate], sure: Mapping[Forms, Candidate]
) -> Respelled:
    """Return the text with each token in the spelling chosen for it, in the case in which it was typed."""
    query, end = "", 0
    spellings = {}
    for token in tokens:
        if choice := chosen.get(token.forms):
            typed = text[token.start : token.end]
            spellings[typed] = written_for(typed, choice.exact)
            query += text[end : token.start] + spellings[typed]
            end = token.end
    return Respelled(query + text[end:], tuple(spellings.items()), chosen == sure)
