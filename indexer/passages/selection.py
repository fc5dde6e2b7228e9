"""Selection: the few passages that best show why an article answers a query."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from indexer.answer import PASSAGES, Passage
from indexer.passages.marking import Mark
from indexer.passages.sentences import split_sentences

SHORTEST, LONGEST = 160, 280
"""Characters of a passage: whole sentences, unless one sentence alone is longer or too short; a paragraph of no more
than LONGEST is shown whole."""

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


class _Stretch(NamedTuple):
    """A paragraph, or a passage that it may give. They are compared as tuples: by what they are worth.

    What the parts of the query that it shows count, those not shown yet twice; then how often it shows any; then how
    early. Its end; its marks (the number of the first, and of the one after the last) and the parts that they show;
    for a passage, whether its start and its end are inside a sentence.
    """

    value: float
    often: int
    early: int
    end: int
    first: int
    last: int
    leaves: Leaves
    cuts: tuple[bool, bool] | None


_WHOLE = False, False
"""Neither the start nor the end of a passage is inside a sentence."""


class _Marked:
    """A text and its marks: where they start, where they end, what they show, what that is worth."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self.text = text
        self.starts: tuple[int, ...]
        self.ends: tuple[int, ...]
        self._leaves: tuple[Leaves, ...]
        self.starts, self.ends, self._leaves = zip(*marks, strict=True)
        self._values: dict[Leaves, float] = {}
        self.alike = self._leaves.count(self._leaves[0]) == len(marks)
        if not self.alike:
            shown = list(chain.from_iterable(self._leaves))
            # The rarer in this article, the more.
            self._weights = {leaf: 1 + 1 / shown.count(leaf) for leaf in set(shown)}

    def paragraphs(self) -> Iterator[_Stretch]:
        """Yield the paragraphs that have marks, those that are short enough as passages."""
        text, starts, ends, last = self.text, self.starts, self.ends, 0
        while last < len(starts):
            first = last
            start, end = _paragraph_around(text, starts[first], ends[first])
            last = bisect_left(starts, end, first)
            yield self._stretch(start, end, first, last, _WHOLE if end - start <= LONGEST else None)

    def passage(self, cut: Cut) -> _Stretch:
        """Return a passage with the marks that stand whole inside it."""
        start, end, before, after = cut
        first, last = bisect_left(self.starts, start), bisect_right(self.ends, end)
        return self._stretch(start, end, first, last, (before, after))

    def openings(self, paragraph: _Stretch) -> list[tuple[float, int, int]]:
        """Return the marks of a paragraph, the most promising first: what a passage from each on can be worth and show.

        The third is the number of the mark, negated: of those that promise as much, the first comes first.
        """
        openings, last = [], paragraph.last
        for at in range(paragraph.first, min(last, paragraph.first + _TRIED)):
            end = max(bisect_right(self.ends, self.starts[at] + LONGEST, at, last), at + 1)
            openings.append((self._worth(at, end)[1], end - at, -at))
        openings.sort(reverse=True)
        return openings

    def unseen(self, shown: Leaves) -> int | None:
        """Return the number of the first mark that shows a part not shown yet, None if there is none."""
        return next((number for number, leaves in enumerate(self._leaves) if not leaves <= shown), None)

    def again(self, stretch: _Stretch, shown: Leaves) -> _Stretch:
        """Return a stretch with what it is worth when some parts are shown."""
        if self.alike or stretch.leaves.isdisjoint(shown):
            return stretch
        return _Stretch(self._value(stretch.leaves, shown), *stretch[1:])

    def _stretch(self, start: int, end: int, first: int, last: int, cuts: tuple[bool, bool] | None) -> _Stretch:
        """Return a stretch with some of the marks, at least one."""
        leaves, value = self._worth(first, last)
        return _Stretch(value, last - first, -start, end, first, last, leaves, cuts)

    def _worth(self, first: int, last: int) -> tuple[Leaves, float]:
        """Return what some of the marks show, and what that is worth."""
        leaves = self._leaves[first]
        if self.alike:
            return leaves, 0.0
        if last - first > 1:
            leaves = leaves.union(*self._leaves[first + 1 : last])
        if (value := self._values.get(leaves)) is None:
            value = self._values[leaves] = self._value(leaves)
        return leaves, value

    def _value(self, leaves: Leaves, shown: Leaves = frozenset()) -> float:
        return sum([self._weights[leaf] * (1 if leaf in shown else 2) for leaf in leaves])


def _paragraph_around(text: str, start: int, end: int) -> Span:
    """Return the span of the paragraph in which a mark stands."""
    first, last = text.rfind("\n\n", 0, start), text.find("\n\n", end)
    return (0 if first < 0 else first + 2), (len(text) if last < 0 else last)


def select_passages(text: str, marks: Sequence[Mark], most: int = PASSAGES) -> tuple[Passage, ...]:
    """Return up to `most` passages of `text`, best first; none only when there are no marks.

    A passage is better when it shows more of the query's parts, rare ones in this article counting more, and
    parts that the passages before it did not show. Each is of another paragraph; what no paragraph's best passage shows
    comes last.
    """
    if not marks:
        return ()
    marked = _Marked(text, marks)
    shown: Leaves = frozenset()
    passages: list[Passage] = []
    # A paragraph is worth as much as its best passage or more: that one is made when nothing else can be better.
    waiting = sorted(marked.paragraphs())
    while waiting and len(passages) < most:
        best = waiting.pop()
        if best.cuts is None:
            insort(waiting, marked.again(_best_passage(marked, best), shown))
            continue
        passages.append(_passage(marked, best))
        shown |= best.leaves
        if not marked.alike:
            waiting = sorted([marked.again(stretch, shown) for stretch in waiting])
    while len(passages) < most and (number := marked.unseen(shown)) is not None:
        paragraph = _paragraph_around(text, marked.starts[number], marked.ends[number])
        best = _passage_at(marked, number, *paragraph)
        passages.append(_passage(marked, best))
        shown |= best.leaves
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


def _best_passage(marked: _Marked, paragraph: _Stretch) -> _Stretch:
    """Return the best passage of a paragraph that is too long to be one.

    Marks are tried as its opening from those that could show most, until no other can do better.
    """
    (_, _, at), *others = marked.openings(paragraph)
    best = _passage_at(marked, -at, -paragraph.early, paragraph.end)
    for most in others:
        if most < (best.value, best.often, -best.first):
            break
        best = max(best, _passage_at(marked, -most[2], -paragraph.early, paragraph.end), key=_WORTH)
    return best


_WORTH = itemgetter(slice(3))
"""Of two passages that are worth as much, the first that was thought of."""


def _passage_at(marked: _Marked, number: int, first: int, last: int) -> _Stretch:
    """Return the best passage that opens with a mark, of the paragraph from `first` to `last`."""
    around = max(first, marked.starts[number] - _AROUND), min(last, marked.ends[number] + _AROUND)
    cuts = _cuts(marked, split_sentences(marked.text, *around), number)
    return max(map(marked.passage, cuts), key=_WORTH)


def _cuts(marked: _Marked, sentences: Sequence[Span], at: int) -> Iterator[Cut]:
    """Yield the windows that open with a mark: a short one, and one that reaches as many as it can.

    They are whole sentences, or a part of those that hold the mark when they are too long.
    """
    text, begins = marked.text, [start for start, _ in sentences]
    first, last = bisect_right(begins, marked.starts[at]) - 1, bisect_right(begins, marked.ends[at] - 1) - 1
    start, end = sentences[first][0], sentences[last][1]
    if end - start > LONGEST:
        yield _cut(marked, (start, end), at)
        return
    yield _grow(text, sentences, first, last)
    furthest = bisect_right(begins, _reach(marked, at, min(start + LONGEST, sentences[-1][1])) - 1) - 1
    while sentences[furthest][1] - start > LONGEST:
        furthest -= 1
    if furthest != last:
        yield _grow(text, sentences, first, furthest)


def _reach(marked: _Marked, at: int, limit: int) -> int:
    """Return where the last mark that ends by `limit` ends; where `at` does if none after it."""
    return marked.ends[max(at, bisect_right(marked.ends, limit, at) - 1)]


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


def _cut(marked: _Marked, long: Span, at: int) -> Cut:
    """Return a part of a long stretch, at word limits: a little before the mark `at`, then all it can hold."""
    text, mark = marked.text, marked.starts[at]
    reached = _reach(marked, at, min(mark + LONGEST, long[1]))
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
    _, _, early, end, first, last, _, cuts = chosen
    spans = zip(marked.starts[first:last], marked.ends[first:last], strict=True)
    return Passage(
        _flat(marked.text[-early:end]),
        tuple([(start + early, finish + early) for start, finish in spans]),
        f"m{first + 1}",
        *(cuts or (False, False)),
        first + 1,
    )


def _flat(text: str) -> str:
    """Return the text on one line, offsets unchanged."""
    return text.replace("\n", " ")
