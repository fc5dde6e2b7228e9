"""Judging: what the search does with a case, and whether that is what was expected."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.analysis import analyse, is_stop_word
from indexer.answer import Answer, Article
from indexer.evaluation.cases import Case
from indexer.evaluation.texts import search_over
from indexer.messages import Message, message
from indexer.searcher import Searcher

_OTHER, _TEXT = "0", "1"
"""Ids of the texts of a case. Equal scores go by id: a draw is lost."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Verdict:
    """What became of a case; `fault` is the first thing that is wrong, None when all is right.

    `found` tells whether the text has all the query asks for, `marked` what is marked in it, `offered` the queries
    that were offered instead of the one typed, or to complete it; `repaired` is the query that was answered when it
    was another, else "".
    """

    case: Case
    found: bool
    marked: tuple[str, ...]
    offered: tuple[str, ...]
    repaired: str
    fault: Message | None

    @property
    def right(self) -> bool:
        """Whether all is as expected."""
        return self.fault is None


@dataclass(frozen=True)
class Tally:
    """How many cases are right, of those that everyone agrees on and of the debatable ones: pairs (right, all)."""

    category: str
    agreed: tuple[int, int]
    debatable: tuple[int, int]

    @property
    def all(self) -> tuple[int, int]:
        """All the cases."""
        return self.agreed[0] + self.debatable[0], self.agreed[1] + self.debatable[1]


def judge(case: Case) -> Verdict:
    """Search for the query of a case in its text (and the other one), and judge.

    A text is found when it has every word: what a partial answer shows is not. A query that the search repairs by
    itself is judged by what it then shows, as a reader would. While a query is typed (mode
    "prefix") its last word is looked for as a beginning, and the completions must offer what the case says; when it
    is misspelt ("suggest") nothing but the suggestions counts.
    """
    searcher = search_over(case.other, case.text)
    query = f"{case.query}*" if case.mode == "prefix" else case.query
    answer = searcher.search(query)
    found = [result.id for result in answer.results if answer.complete and not result.missing]
    marks = _marks(searcher.article(_TEXT, query)) if _TEXT in found else []
    offered = tuple(_offered(case, searcher, answer))
    return Verdict(
        case=case,
        found=_TEXT in found,
        marked=tuple(case.text[start:end] for start, end in marks),
        offered=offered,
        repaired=answer.suggestions[0].query if answer.repaired else "",
        fault=next(_faults(case, found, marks, offered), None),
    )


def tally(verdicts: Iterable[Verdict]) -> list[Tally]:
    """Return the counts of each category, in alphabetical order, then of all under the name ""."""
    judged = list(verdicts)
    categories = sorted({verdict.case.category for verdict in judged})
    return [_tally(name, [v for v in judged if v.case.category == name]) for name in categories] + [_tally("", judged)]


def _tally(category: str, verdicts: Sequence[Verdict]) -> Tally:
    def count(debatable: bool) -> tuple[int, int]:
        kept = [verdict.right for verdict in verdicts if verdict.case.debatable is debatable]
        return sum(kept), len(kept)

    return Tally(category, count(debatable=False), count(debatable=True))


def _faults(case: Case, found: Sequence[str], marks: Sequence[Span], offered: Sequence[str]) -> Iterator[Message]:
    """Yield what is wrong, the worst first."""
    if case.mode != "suggest":
        if case.expect == "no-match":
            if _TEXT in found:
                yield message("le texte ne devait pas être trouvé")
            return
        if _TEXT not in found:
            yield message("le texte n'est pas trouvé")
        elif case.expect == "rank-above" and found[0] != _TEXT:
            yield message("l'autre texte passe devant")
        elif case.highlight is not None and not _well_marked(case, case.highlight, marks):
            yield message("les marques ne sont pas les bonnes")
    if case.suggest and not any(offers(query, text) for text in case.suggest for query in offered):
        yield message("rien de ce qui est attendu n'est proposé")


def _offered(case: Case, searcher: Searcher, answer: Answer) -> Iterator[str]:
    """Yield the queries that the search offers: completions while one is typed, else other spellings."""
    if case.mode == "prefix":
        yield from (completion.query for completion in searcher.complete(case.query))
    else:
        yield from (suggestion.query for suggestion in answer.suggestions)


def offers(query: str, text: str) -> bool:
    """Tell whether a query has the words of a text side by side, accents included; capitals do not count."""
    words, offered = ([token.forms.exact for token in analyse(written)] for written in (text, query))
    return any(offered[at : at + len(words)] == words for at in range(len(offered) - len(words) + 1))


def _marks(article: Article) -> list[Span]:
    """Return the places of the marks in the whole text of an article."""
    marks, at = [], 0
    for paragraph in article.paragraphs:
        for piece in paragraph.pieces:
            if piece.mark is not None:
                marks.append((at, at + len(piece.text)))
            at += len(piece.text)
        at += len("\n\n")
    return marks


def _well_marked(case: Case, expected: Sequence[str], marks: Sequence[Span]) -> bool:
    """Tell whether the marks are those expected.

    Either they are the same pieces of text, or they cover the same letters and digits: a compound may be one mark or
    one a word, a phrase_like one without the words that only bind. While a query is typed what it begins is enough,
    but the word that it begins may be marked whole.
    """
    text, marked = case.text, [case.text[start:end] for start, end in marks]
    if case.mode == "prefix":
        return len(marked) == len(expected) and all(map(str.startswith, marked, expected))
    optional = _letters(text, _binding_words(text)) if case.phrase_like else set[int]()
    return marked == list(expected) or _same_letters(text, marks, expected, optional)


def _same_letters(text: str, marks: Sequence[Span], expected: Sequence[str], optional: set[int]) -> bool:
    """Tell whether the marks cover the expected pieces, found in this order: exactly, but for `optional` letters."""
    marked = _letters(text, marks)
    covered: set[int] = set()
    start = 0
    for piece in expected:
        start = text.find(piece, start)
        while start >= 0 and not _letters(text, [(start, start + len(piece))]) - optional <= marked:
            start = text.find(piece, start + 1)
        if start < 0:
            return False
        covered |= _letters(text, [(start, start + len(piece))])
        start += len(piece)
    return marked <= covered


def _binding_words(text: str) -> list[Span]:
    """Return the places of the stop words of a text, elided articles included."""
    return [(token.start, token.end) for token in analyse(text) if is_stop_word(token.forms)]


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    """Return the offsets of the letters and digits inside some spans, with the accents that stand apart."""
    return {at for start, end in spans for at in range(start, end) if unicodedata.category(text[at])[0] in "LNM"}
