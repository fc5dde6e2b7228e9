"""Offsets: which characters of its field each token is, for all the tokens of some documents at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from indexer.engines.columns.layout import LENGTH_BITS, LENGTHS, WIDE, Array
from indexer.engines.columns.reader import Columns


class Offsets:
    """The streams of some documents, laid end to end.

    `streams` says where each of them starts there. `starts` and `ends` are, for each place of the streams, offsets
    in the title or the text that it belongs to; `words` counts those of each text.
    """

    def __init__(self, columns: Columns, numbers: Sequence[int]) -> None:
        spans = columns.spans(numbers)
        bounds = [0, *accumulate(map(len, spans))]
        packed = np.frombuffer(b"".join(spans), np.uint8)
        self.streams = np.array(bounds[:-1], np.int64)
        texts = self.streams + columns.titles[numbers] + 1
        # Bytes count their zeros, which are no words, quicker than small arrays do.
        self.words = [
            last - first - span.count(0, first - start)
            for span, start, first, last in zip(spans, bounds, texts.tolist(), bounds[1:], strict=False)
        ]
        wide = (packed == WIDE).nonzero()[0]
        apart = columns.streams[numbers].astype(np.int64) - self.streams
        wide_starts, wide_ends = columns.wide_spans(wide + apart[self.streams.searchsorted(wide, "right") - 1])
        lengths = packed & LENGTHS
        steps = lengths + (packed >> LENGTH_BITS)
        steps[wide] = 0
        anchors = np.concatenate([self.streams, texts, wide])
        known = np.concatenate([np.zeros(2 * len(spans), np.int64), wide_ends])
        self.ends = _ends(steps, anchors, known)
        self.starts = self.ends - lengths
        self.starts[wide] = wide_starts


def _ends(steps: Array, anchors: Array, known: Array) -> Array:
    """Return where tokens end: each so many steps after the one before, counting anew from each anchor.

    The anchors, in any order, are the first places of the fields, where `known` is 0, and the wide tokens, where it
    is their end.
    """
    counted = np.zeros(len(steps) + 1, np.int64)
    steps.cumsum(out=counted[1:])
    order = anchors.argsort(kind="stable")
    anchors = anchors[order]
    counts_from = known[order] - counted[anchors]
    gaps = np.concatenate([anchors[1:], [len(steps)]]) - anchors
    return np.asarray(counted[1:] + counts_from.repeat(gaps))
