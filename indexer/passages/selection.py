"""Selection: the few passages that best show why an article answers a query."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from indexer.answer import Passage
from indexer.passages.marking import Mark
from indexer.passages.sentences import split_sentences

SHORTEST, LONGEST = 160, 280
"""Characters of a passage: whole sentences, unless one sentence alone is longer or too short."""

MOST = 3
"""Passages of one article, each from another paragraph."""

_LEAD = 60
"""Characters kept before the first mark when a long sentence must be cut, and looked at for a word limit to cut at."""

_TRIED = 100
"""Marks tried as the heart of a passage, in one paragraph; an enormous paragraph is not searched to its end."""

_AROUND = LONGEST + 1
"""Characters around marks in which sentences are looked for: what is further is in no passage, whatever it is."""

Span = tuple[int, int]
"""Start and end."""

Cut = tuple[int, int, bool, bool]
"""Start, end, and whether each of them is inside a sentence."""

Leaves = frozenset[int]
"""Parts of the query, by their numbers."""

Weights = Mapping[int, float]
"""How much each part of the query counts."""


class _Stretch(NamedTuple):
    """A paragraph, or a passage that it may give.

    Its span; its marks (the number of the first, and of the one after the last) and the parts of the query that they
    show; for a passage, whether its start and its end are inside a sentence.
    """

    start: int
    end: int
    first: int
    last: int
    leaves: Leaves
    cuts: tuple[bool, ...] = ()


class _Marked:
    """A text and its marks: where they start, where they end, what they show."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self.text = text
        self.starts = [mark.start for mark in marks]
        self.ends = [mark.end for mark in marks]
        self._leaves = [mark.leaves for mark in marks]

    def weights(self) -> Weights:
        """Return how much the parts of the query count: the rarer in this article, the more."""
        shown = list(chain.from_iterable(self._leaves))
        return {leaf: 1 + 1 / shown.count(leaf) for leaf in set(shown)}

    def leaves(self, first: int, last: int) -> Leaves:
        """Return the parts of the query that some marks show, at least one."""
        return self._leaves[first].union(*self._leaves[first + 1 : last])

    def paragraphs(self) -> Iterator[_Stretch]:
        """Yield the paragraphs that have marks."""
        last = 0
        while last < len(self.starts):
            first = last
            start = self.text.rfind("\n\n", 0, self.starts[first])
            end = self.text.find("\n\n", self.ends[first])
            end = len(self.text) if end < 0 else end
            last = bisect_left(self.starts, end, first)
            yield _Stretch(0 if start < 0 else start + 2, end, first, last, self.leaves(first, last))

    def passage(self, cut: Cut) -> _Stretch:
        """Return a passage with the marks that stand whole inside it."""
        start, end = cut[:2]
        first, last = bisect_left(self.starts, start), bisect_right(self.ends, end)
        return _Stretch(start, end, first, last, self.leaves(first, last), cut[2:])


class _Worth:
    """What stretches are worth, when some parts of the query are shown already."""

    def __init__(self, weights: Weights, shown: Leaves = frozenset()) -> None:
        self._weights = weights
        self._shown = shown
        self._values: dict[Leaves, float] = {}

    def __call__(self, stretch: _Stretch) -> tuple[float, int, int]:
        """Return first the parts that it shows, new ones counting double; then how often; then how early."""
        value = self._values.get(stretch.leaves)
        if value is None:
            value = sum(self._weights[leaf] * (1 if leaf in self._shown else 2) for leaf in stretch.leaves)
            self._values[stretch.leaves] = value
        return value, stretch.last - stretch.first, -stretch.start


def select_passages(text: str, marks: Sequence[Mark]) -> tuple[Passage, ...]:
    """Return up to MOST passages of `text`, best first; none only when there are no marks.

    A passage is better when it shows more of the query's parts, rare ones in this article counting more, and
    parts that the passages before it did not show.
    """
    marked = _Marked(text, marks)
    weights = marked.weights()
    alone = worth = _Worth(weights)
    shown: Leaves = frozenset()
    passages: list[Passage] = []
    # A paragraph is worth as much as its best passage or more: that one is made when nothing else can be better.
    waiting = list(marked.paragraphs())
    while waiting and len(passages) < MOST:
        best = max(waiting, key=worth)
        waiting.remove(best)
        if not best.cuts:
            waiting.append(_best_passage(marked, best, alone))
            continue
        passages.append(_passage(marked, best))
        shown |= best.leaves
        worth = _Worth(weights, shown)
    return tuple(passages)


def opening(text: str) -> str:
    """Return the start of a text, as long as a passage: what to show when only the title matches."""
    end = text.find("\n\n")
    end = len(text) if end < 0 else end
    sentences = split_sentences(text, 0, min(end, 2 * _AROUND)) or [(0, end)]
    if sentences[0][1] > LONGEST:
        end, cut = _word_end(text, LONGEST), True
    else:
        _, end, _, cut = _grow(text, sentences, 0, 0)
    return _flat(text[:end]) + (" …" if cut else "")


def _best_passage(marked: _Marked, paragraph: _Stretch, worth: _Worth) -> _Stretch:
    """Return the best passage of a paragraph: all of one that is too short to choose in."""
    if paragraph.end - paragraph.start < SHORTEST:
        return paragraph._replace(cuts=(False, False))
    tried = min(paragraph.last, paragraph.first + _TRIED)
    sentences = split_sentences(
        marked.text,
        max(paragraph.start, marked.starts[paragraph.first] - _AROUND),
        min(paragraph.end, marked.ends[tried - 1] + _AROUND),
    )
    cuts = dict.fromkeys(_cuts(marked, sentences, paragraph.first, tried))
    return max(map(marked.passage, cuts), key=worth)


def _cuts(marked: _Marked, sentences: Sequence[Span], first: int, last: int) -> Iterator[Cut]:
    """Yield, for each mark, the windows that open with it: a short one, and one that reaches as many as it can.

    They are whole sentences, or a part of those that hold the mark when they are too long. Marks of the same
    sentences have the same.
    """
    text, begins = marked.text, [start for start, _ in sentences]
    before = -1, -1
    for at in range(first, last):
        holding = bisect_right(begins, marked.starts[at]) - 1, bisect_right(begins, marked.ends[at] - 1) - 1
        start, end = sentences[holding[0]][0], sentences[holding[1]][1]
        if end - start > LONGEST:
            yield _cut(marked, (start, end), at, last)
        elif holding != before:
            before = holding
            yield _grow(text, sentences, *holding)
            furthest = bisect_right(begins, _reach(marked, at, last, start + LONGEST) - 1) - 1
            while sentences[furthest][1] - start > LONGEST:
                furthest -= 1
            if furthest != holding[1]:
                yield _grow(text, sentences, holding[0], furthest)


def _reach(marked: _Marked, at: int, last: int, limit: int) -> int:
    """Return where the last of the marks from `at` to `last` that ends by `limit` ends; where `at` does if none."""
    return marked.ends[max(at, bisect_right(marked.ends, limit, at, last) - 1)]


def _grow(text: str, sentences: Sequence[Span], first: int, last: int) -> Cut:
    """Return the sentences with as many neighbours as they need to reach SHORTEST: the next ones, then those before.

    Where no whole neighbour fits, the beginning of the next one, or the end of the one before, fills up.
    """
    while sentences[last][1] - sentences[first][0] < SHORTEST:
        if last + 1 < len(sentences) and sentences[last + 1][1] - sentences[first][0] <= LONGEST:
            last += 1
        elif first and sentences[last][1] - sentences[first - 1][0] <= LONGEST:
            first -= 1
        else:
            break
    start, end = sentences[first][0], sentences[last][1]
    if end - start >= SHORTEST:
        return start, end, False, False
    if last + 1 < len(sentences):
        return start, _word_end(text, start + LONGEST), False, True
    if first:
        return _word_start(text, end - LONGEST), end, True, False
    return start, end, False, False


def _cut(marked: _Marked, long: Span, at: int, last: int) -> Cut:
    """Return a part of a long stretch, at word limits: a little before the mark `at`, then all it can hold."""
    text, mark = marked.text, marked.starts[at]
    reached = _reach(marked, at, last, min(mark + LONGEST, long[1]))
    lead = max(0, min(_LEAD, LONGEST - (reached - mark)))
    start = max(long[0], min(mark - lead, long[1] - LONGEST))
    start = start if start == long[0] else min(_word_start(text, start), mark)
    end = long[1] if start + LONGEST >= long[1] else max(_word_end(text, start + LONGEST), reached)
    return start, end, start > long[0], end < long[1]


def _word_start(text: str, at: int) -> int:
    """Return the first offset from `at` on where a word starts; `at` itself inside a word of _LEAD or more."""
    places = range(at, at + _LEAD)
    return next((place for place in places if text[place - 1].isspace() and not text[place].isspace()), at)


def _word_end(text: str, at: int) -> int:
    """Return the last offset up to `at` where a word ends; `at` itself inside a word of _LEAD or more."""
    places = range(at, at - _LEAD, -1)
    return next((place for place in places if text[place].isspace() and not text[place - 1].isspace()), at)


def _passage(marked: _Marked, chosen: _Stretch) -> Passage:
    """Return a passage as it is shown."""
    start, end, first, last, _, (cut_before, cut_after) = chosen
    spans = zip(marked.starts[first:last], marked.ends[first:last], strict=True)
    return Passage(
        text=_flat(marked.text[start:end]),
        marks=tuple([(begin - start, finish - start) for begin, finish in spans]),
        anchor=f"m{first + 1}",
        cut_before=cut_before,
        cut_after=cut_after,
        first_mark=first + 1,
    )


def _flat(text: str) -> str:
    """Return the text on one line, offsets unchanged."""
    return text.replace("\n", " ")
