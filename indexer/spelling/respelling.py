"""Respelling a query: the words that the corpus does not have, replaced in place by words that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from indexer.analysis import Form, Forms, Token, analyse, is_stop_word
from indexer.analysis.lexicon import is_known
from indexer.engines import Snapshot, spelled_in_letters
from indexer.query.lexer import OPERATORS
from indexer.query.syntax import Part, Phrase, Word, wanted_leaves
from indexer.spelling.candidates import Candidate, candidates

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
"""How many times commoner a word must be that sounds like one whose other inflections the corpus has."""


@dataclass(frozen=True)
class Respelled:
    """A query respelled: its whole text, which words were replaced (as typed, as written), and whether to ask first."""

    query: str
    spellings: tuple[tuple[str, str], ...]
    sure: bool


def respelled(text: str, tree: Part, snapshot: Snapshot) -> tuple[Respelled, ...]:
    """Return the queries that may have been meant by `text`, which means `tree`; none if the corpus has its words.

    The sure one first, then the likeliest. Everything else stays as typed: operators, quotes, fields, case. Numbers,
    strict words, prefixes, names of authors and sources are never respelled; nor is a word that titles or texts have,
    nor one of which they have other inflections, unless a much commoner word sounds the same. A word of French that the
    corpus has not is offered what sounds the same, if it was typed in haste, and is never replaced without asking.
    """
    choices = {
        forms: found for forms in islice(_unknown(tree, snapshot), MOST_WORDS) if (found := _choices(forms, snapshot))
    }
    if not choices:
        return ()
    tokens = [token for token in analyse(text) if token.forms in choices]
    best = {forms: found[0] for forms, found in choices.items()}
    sure = {forms: choice for forms, choice in best.items() if _is_sure(forms, choice, snapshot)}
    others = ({**best, forms: other} for forms, found in choices.items() for other in found[1:])
    queries = [_rewritten(text, tokens, chosen, sure) for chosen in (sure, best, *others)]
    return tuple(dict.fromkeys(query for query in queries if query.spellings))[:MOST_QUERIES]


def _is_sure(forms: Forms, choice: Candidate, snapshot: Snapshot) -> bool:
    """Tell whether a word can be replaced without asking."""
    short = len(forms.folded) < SURE_LETTERS
    return not (short or is_known(forms.folded)) and choice.cost <= SURE_COST and not _found(forms, snapshot)


def _is_meant(forms: Forms, leaf: Word | Phrase) -> bool:
    """Tell whether a word can only be what was meant: one of French, typed with its accents or a capital."""
    return is_known(forms.folded) and (forms.accented or not leaf.typed.islower())


def _found(forms: Forms, snapshot: Snapshot) -> int:
    """Return how many articles have a word in any inflection."""
    return snapshot.search(Word(forms.exact, forms), limit=1).total


def _unknown(tree: Part, snapshot: Snapshot) -> Iterator[Forms]:
    """Yield the words that are looked for and that no title or text has, spelled so."""
    vocabulary = snapshot.vocabulary()
    for leaf in dict.fromkeys(wanted_leaves(tree)):
        match leaf:
            case Word(_, forms, Form.STEM, None | "title" | "text"):
                words: tuple[Forms, ...] = (forms,)
            case Phrase(_, forms_of_all, Form.STEM | Form.FOLDED, None | "title" | "text"):
                words = forms_of_all
            case _:
                continue
        for forms in words:
            plain = len(forms.folded) >= SHORTEST and spelled_in_letters(forms.folded)
            if plain and not (is_stop_word(forms) or vocabulary.spelled(forms.folded) or _is_meant(forms, leaf)):
                yield forms


def _choices(forms: Forms, snapshot: Snapshot) -> tuple[Candidate, ...]:
    """Return the candidates that may be offered for an unknown word."""
    found = candidates(forms.folded, snapshot)
    if is_known(forms.folded):
        found = tuple(other for other in found if other.cost <= _HEARD)
    inflected = _found(forms, snapshot)
    if not inflected:
        return found
    return tuple(
        other
        for other in found
        if other.stem != forms.stem and other.cost <= _HEARD and other.count >= _COMMONER * inflected
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
            spellings[typed] = _in_case_of(typed, choice.written)
            query += text[end : token.start] + spellings[typed]
            end = token.end
    return Respelled(query + text[end:], tuple(spellings.items()), chosen == sure)


def _in_case_of(typed: str, written: str) -> str:
    """Return a spelling in capitals, or with a capital, where the typed word has them; no operator comes of it."""
    if typed.isupper() and len(typed) > 1 and written.upper() not in OPERATORS:
        return written.upper()
    return written[:1].upper() + written[1:] if typed[:1].isupper() else written
