"""Completing: how the last word of a query may go on, as the corpus has it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from indexer.analysis import Form, Forms, Token, analyse, is_stop_word
from indexer.engines import Snapshot, Spelling, spelled_in_letters
from indexer.query import parse_query
from indexer.query.lexer import OPERATORS
from indexer.query.parser import MAX_CHARACTERS
from indexer.query.syntax import AllOf, Part, Phrase, Word, wanted_leaves, without_favours
from indexer.spelling.writing import written_for

FEWEST_LETTERS = 2
"""Letters that must be typed of a word."""

MOST_CHARACTERS = MAX_CHARACTERS // 2
"""Characters of a text to complete at most: what is longer was pasted, and a query must hold what comes of it."""

_MISTAKES = 10
"""How many times commoner the right accents of a word are than mistaken ones."""

_FOLLOWERS = 4
"""Words of which it is asked whether they follow the one before: each costs some tenths of a millisecond."""

_RUN = re.compile(r"[\w'’\s-]*")
"""Words side by side, without a sign of the query language among them."""

_LOOKED_AT = 5
"""Words looked at for each one asked for: binding words, inflections and what finds nothing fall out."""


def completed(text: str, snapshot: Snapshot, limit: int) -> tuple[str, ...]:
    """Return at most `limit` whole queries that go on from `text`: its last word completed; each finds something.

    The commonest word comes first; after other words, the one that follows them, then the one that most of their
    articles have; in the title or the text alone, the one that most have there. Words with the very accents typed come
    before the others. Binding words are left out, and all but the commonest inflection of a word.
    """
    last = _last_word(text)
    if last is None:
        return ()
    head, typed, exact = text[: last.start], text[last.start : last.end], last.forms.exact
    spellings = _one_of_each(snapshot.vocabulary().starting(last.forms.folded, limit * _LOOKED_AT))
    others = [found for found in spellings if found.forms.exact != exact]
    found = _that_find(head, others, snapshot)
    if last.forms.accented:
        found = iter(sorted(found, key=lambda spelling: not spelling.forms.exact.startswith(exact)))
    return tuple(head + written_for(typed, spelling.forms.exact) for spelling in islice(found, limit))


def _last_word(text: str) -> Token | None:
    """Return the word that is being typed at the end of a text, None if there is none to complete."""
    tokens = analyse(text) if len(text) <= MOST_CHARACTERS else ()
    if not tokens or text[tokens[-1].end :].strip("'’"):
        return None
    last = tokens[-1]
    plain = spelled_in_letters(last.forms.folded) and len(last.forms.folded) >= FEWEST_LETTERS
    return last if plain and text[last.start : last.end] not in OPERATORS else None


def _one_of_each(spellings: Iterable[Spelling]) -> list[Spelling]:
    """Return the commonest spelling of each stem, and others that differ by their accents only; no binding words.

    The stem that stands most often, in whatever inflection, comes first.
    """
    commonest: dict[str, Spelling] = {}
    totals = Counter[str]()
    kept = []
    for spelling in spellings:
        first = commonest.setdefault(spelling.forms.stem, spelling)
        totals[spelling.forms.stem] += spelling.count
        if first is spelling or _is_other_word(spelling, first):
            kept.append(spelling)
    kept.sort(key=lambda spelling: -totals[spelling.forms.stem])
    return [spelling for spelling in kept if not is_stop_word(spelling.forms)]


def _is_other_word(one: Spelling, first: Spelling) -> bool:
    """Tell whether a spelling is another word than one that differs by its accents: péché, pêche; état, « Etat ».

    Accents may have been forgotten, or mistaken now and then.
    """
    return one.forms.folded == first.forms.folded and one.forms.accented and one.count * _MISTAKES >= first.count


def _that_find(head: str, spellings: Sequence[Spelling], snapshot: Snapshot) -> Iterator[Spelling]:
    """Yield the spellings that find something after `head`, in the order in which readers want them."""
    before = {token.forms.folded for token in analyse(head)}
    tried = next((spelling.forms for spelling in spellings if spelling.forms.folded not in before), None)
    match parse_query(head + tried.exact).tree if tried else None:
        case Word(form=Form.STEM, field=None):
            yield from spellings  # alone: they are words of the corpus
        case tree if tried and tree and (beside := _beside(tried, tree)):
            rest, field = beside
            shares = snapshot.shares(rest, [spelling.forms.stem for spelling in spellings], field)
            shared = [(share, spelling) for share, spelling in zip(shares, spellings, strict=True) if share]
            shared.sort(key=lambda pair: -pair[0])
            yield from _side_by_side_first(head, [spelling for _, spelling in shared], field, snapshot)
        case _:
            yield from (one for one in spellings if _finds(head, one.forms, snapshot))


def _side_by_side_first(
    head: str, spellings: Sequence[Spelling], field: str | None, snapshot: Snapshot
) -> list[Spelling]:
    """Return spellings with those first, among the first few, that stand right after the end of `head` in articles.

    The end is the last word that is no binding word, and what follows it: for « président de la », all of it.
    """
    tokens = analyse(head)
    start = max((at for at, token in enumerate(tokens) if not is_stop_word(token.forms)), default=len(tokens))
    before = tuple(token.forms for token in tokens[start:])
    if not before or not _RUN.fullmatch(head, tokens[start].start):
        return list(spellings)

    def follows(spelling: Spelling) -> int:
        return snapshot.search(Phrase("", (*before, spelling.forms), Form.FOLDED, field), limit=1).total

    return [*sorted(spellings[:_FOLLOWERS], key=lambda spelling: -follows(spelling)), *spellings[_FOLLOWERS:]]


def _beside(word: Forms, tree: Part) -> tuple[Part, str | None] | None:
    """Return what stands beside a word that a query wants in any inflection, and the field in which it wants it.

    None if the query wants no such word.
    """
    parts = tree.parts if isinstance(tree, AllOf) else (tree,)
    found = [part for part in parts if isinstance(part, Word) and part.form is Form.STEM and part.forms == word]
    if not found:
        return None
    rest = tuple(part for part in parts if part not in found)
    return without_favours(AllOf(rest)), found[0].field


def _finds(head: str, word: Forms, snapshot: Snapshot) -> bool:
    """Tell whether some article has every word of `head` and of what stands at its end, and the query wants that."""
    tree = parse_query(head + word.exact).tree
    wanted = [leaf for leaf in wanted_leaves(tree) if isinstance(leaf, Word | Phrase)] if tree else []
    if not any(word in (leaf.words if isinstance(leaf, Phrase) else (leaf.forms,)) for leaf in wanted):
        return False
    return tree is not None and bool(snapshot.search(tree, limit=1, counted=False).hits)
