"""Selection: the few passages that best show why an article answers a query."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import takewhile

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

Weights = Mapping[int, float]
"""How much each leaf of the query counts, by its number."""

Span = tuple[int, int]
"""Start and end."""

Cut = tuple[int, int, bool, bool]
"""Start, end, and whether each of them is inside a sentence."""


@dataclass(frozen=True)
class _Window:
    """A candidate passage: its span, whether its ends cut a sentence, the marks inside (first and after the last)."""

    start: int
    end: int
    cut_before: bool
    cut_after: bool
    first: int
    last: int


def select_passages(text: str, marks: Sequence[Mark]) -> tuple[Passage, ...]:
    """Return up to MOST passages of `text`, best first; none only when there are no marks.

    A passage is better when it shows more of the query's parts, rare ones in this article counting more, and
    parts that the passages before it did not show.
    """
    counts = Counter(leaf for mark in marks for leaf in mark.leaves)
    weights = {leaf: 1 + 1 / count for leaf, count in counts.items()}
    windows = [window for window in (_best(text, span, marks, weights) for span in _paragraphs(text)) if window]
    shown: set[int] = set()
    chosen: list[_Window] = []
    while windows and len(chosen) < MOST:
        best = max(windows, key=lambda window: _worth(window, marks, weights, shown))
        windows.remove(best)
        chosen.append(best)
        shown |= {leaf for mark in marks[best.first : best.last] for leaf in mark.leaves}
    return tuple(_passage(text, window, marks) for window in chosen)


def opening(text: str) -> str:
    """Return the start of a text, as long as a passage: what to show when only the title matches."""
    start, end = next(_paragraphs(text))
    sentences = split_sentences(text, start, end) or [(start, end)]
    if sentences[0][1] - start > LONGEST:
        end, cut = _word_end(text, start + LONGEST), True
    else:
        _, end, _, cut = _grow(text, sentences, 0, 0)
    return _flat(text[start:end]) + (" …" if cut else "")


def _paragraphs(text: str) -> Iterator[Span]:
    """Yield the spans of the paragraphs."""
    start = 0
    for paragraph in text.split("\n\n"):
        yield start, start + len(paragraph)
        start += len(paragraph) + 2


def _best(text: str, paragraph: Span, marks: Sequence[Mark], weights: Weights) -> _Window | None:
    """Return the best window of one paragraph, None if it has no mark."""
    first = bisect_left(marks, paragraph[0], key=lambda mark: mark.start)
    last = bisect_left(marks, paragraph[1], key=lambda mark: mark.start)
    if first == last:
        return None
    sentences = split_sentences(text, *paragraph)
    tried = marks[first : min(last, first + _TRIED)]
    cuts = dict.fromkeys(cut for at in range(len(tried)) for cut in _cuts(text, sentences, tried[at:]))
    placed = [_place(cut, marks) for cut in cuts]
    return max(placed, key=lambda window: _worth(window, marks, weights, frozenset()))


def _cuts(text: str, sentences: Sequence[Span], marks: Sequence[Mark]) -> Iterator[Cut]:
    """Yield the windows that open with the first of `marks`: a short one, and one that reaches as many as it can.

    They are whole sentences, or a part of those that hold the first mark when they are too long.
    """
    first, last = _sentence_at(sentences, marks[0].start), _sentence_at(sentences, marks[0].end - 1)
    start, end = sentences[first][0], sentences[last][1]
    if end - start > LONGEST:
        yield _cut(text, (start, end), marks)
        return
    yield _grow(text, sentences, first, last)
    furthest = _sentence_at(sentences, _last_within(marks, start + LONGEST) - 1)
    while sentences[furthest][1] - start > LONGEST:
        furthest -= 1
    yield _grow(text, sentences, first, furthest)


def _sentence_at(sentences: Sequence[Span], at: int) -> int:
    """Return the number of the sentence that holds the offset `at`."""
    return bisect_right(sentences, at, key=lambda sentence: sentence[0]) - 1


def _last_within(marks: Sequence[Mark], limit: int) -> int:
    """Return where the last of `marks` that ends by `limit` ends; the end of the first one if none does."""
    return max((mark.end for mark in takewhile(lambda mark: mark.end <= limit, marks)), default=marks[0].end)


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


def _cut(text: str, long: Span, marks: Sequence[Mark]) -> Cut:
    """Return a part of a long stretch, at word limits: a little before the first of `marks`, then all it can hold."""
    mark = marks[0]
    reached = _last_within(marks, min(mark.start + LONGEST, long[1]))
    lead = max(0, min(_LEAD, LONGEST - (reached - mark.start)))
    start = max(long[0], min(mark.start - lead, long[1] - LONGEST))
    start = start if start == long[0] else min(_word_start(text, start), mark.start)
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


def _place(cut: Cut, marks: Sequence[Mark]) -> _Window:
    """Return the window with the marks that stand whole inside it."""
    start, end, before, after = cut
    first = bisect_left(marks, start, key=lambda mark: mark.start)
    last = bisect_left(marks, end, key=lambda mark: mark.start)
    if last > first and marks[last - 1].end > end:
        last -= 1
    return _Window(start, end, before, after, first, last)


def _worth(window: _Window, marks: Sequence[Mark], weights: Weights, shown: AbstractSet[int]) -> tuple[float, int, int]:
    """Return what a window is worth: the parts it shows, new ones first; then how often; then how early."""
    inside = marks[window.first : window.last]
    leaves = {leaf for mark in inside for leaf in mark.leaves}
    worth = sum(weights[leaf] * (1 if leaf in shown else 2) for leaf in leaves)
    return worth, len(inside), -window.start


def _passage(text: str, window: _Window, marks: Sequence[Mark]) -> Passage:
    """Return the passage that a window shows."""
    inside = marks[window.first : window.last]
    return Passage(
        text=_flat(text[window.start : window.end]),
        marks=tuple((mark.start - window.start, mark.end - window.start) for mark in inside),
        anchor=f"m{window.first + 1}",
        cut_before=window.cut_before,
        cut_after=window.cut_after,
        first_mark=window.first + 1,
    )


def _flat(text: str) -> str:
    """Return the text on one line, offsets unchanged."""
    return text.replace("\n", " ")
