"""Inversion: the tokens of documents, as they come, sorted by word and set aside in parts of bounded size."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from indexer.analysis.analysed import AnalysedDocuments, TokenColumns
from indexer.analysis.token import Forms
from indexer.engines.columns.layout import Array, pack_spans, write_narrow
from indexer.engines.columns.packs import SPANS, PackWriter

_PART = 2_000_000
"""Tokens of a part: what is held in memory at once."""


@dataclass(frozen=True)
class Part:
    """The tokens of consecutive documents, sorted by word, then by place; kept in files.

    `words` are the distinct words, ``bounds[i]:bounds[i + 1]`` the places of word i (see map_places); a place counts
    from `base`, the global position at which the part starts.
    """

    base: int
    words: Array
    bounds: Array
    folder: Path


def map_places(folder: Path) -> Array:
    """Map the places of a part, to be let go soon: those of all the parts are as large as the index."""
    return np.asarray(np.load(folder / "places.npy", mmap_mode="r"))


class Inversion:
    """Takes analysed documents and keeps what the columns need of them; writes the spans as it goes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spans = PackWriter(folder, "spans", SPANS)
        self._wide: list[tuple[Array, Array, Array]] = []
        self._pending: list[Array] = []
        self._pending_tokens = 0
        self._base = 0
        self.vocabulary: dict[Forms, int] = {}
        self._numbered: Sequence[Forms] = ()
        self._numbers = array("Q")
        self.parts: list[Path] = []
        self.positions = 0
        self.titles: list[Array] = []
        self.bodies: list[Array] = []

    def add(self, analysed: AnalysedDocuments) -> None:
        """Invert the titles and texts of some documents."""
        numbers = self._numbers_of(analysed.vocabulary)
        title, text = analysed.fields["title"], analysed.fields["text"]
        self.titles.append(title.lengths)
        self.bodies.append(text.lengths)
        sizes = title.lengths.astype(np.int64) + 1 + text.lengths
        packed = np.zeros(int(sizes.sum()), np.uint8)
        streams = self.positions + _before(sizes)
        for columns, field_starts in ((title, streams), (text, streams + title.lengths + 1)):
            places = columns.positions + np.repeat(field_starts, np.diff(columns.bounds))
            self._pending.append(numbers[columns.words] << np.uint64(32) | (places - self._base).astype(np.uint64))
            self._pending_tokens += len(places)
            self._pack(columns, places, packed)
        cuts = np.append(0, np.cumsum(sizes)).tolist()
        spans = packed.tobytes()
        self._spans.add([spans[start:end] for start, end in pairwise(cuts)])
        self.positions += len(spans)
        if self._pending_tokens >= _PART:
            self._set_aside()

    def _numbers_of(self, vocabulary: Sequence[Forms]) -> Array:
        """Return our number of each word of a vocabulary; one that is met again is read where it has grown only."""
        if vocabulary is not self._numbered:
            self._numbered, self._numbers = vocabulary, array("Q")
        known = self.vocabulary
        self._numbers.extend(known.setdefault(forms, len(known)) for forms in vocabulary[len(self._numbers) :])
        return np.array(self._numbers, np.uint64)

    def close(self) -> None:
        """Close the file of the spans."""
        self._spans.close()

    def finish(self) -> None:
        """Set the last part aside and write what the spans could not tell."""
        self._set_aside()
        self._spans.finish()
        wide = [
            np.concatenate([np.zeros(0, np.int64), *(arrays[number] for arrays in self._wide)]) for number in range(3)
        ]
        order = np.argsort(wide[0], kind="stable")
        write_narrow(self._folder, "wide_at", wide[0][order], self.positions)
        write_narrow(self._folder, "wide_starts", wide[1][order])
        write_narrow(self._folder, "wide_ends", wide[2][order])

    def read_parts(self) -> Iterator[Part]:
        """Yield the parts set aside."""
        for path in self.parts:
            yield Part(int(path.name), np.load(path / "words.npy"), np.load(path / "bounds.npy"), path)

    def _pack(self, columns: TokenColumns, places: Array, packed: Array) -> None:
        """Pack the spans of one field into the bytes of its streams."""
        if not len(places):
            return
        starts, ends = columns.starts.astype(np.int32), columns.ends.astype(np.int32)
        firsts = columns.bounds[:-1][np.diff(columns.bounds) > 0]
        spans, wide = pack_spans(starts, ends, firsts)
        packed[places - self.positions] = spans
        if wide.any():
            self._wide.append((places[wide], starts[wide], ends[wide]))

    def _set_aside(self) -> None:
        """Sort the pending tokens and write them as a part."""
        keys = np.concatenate([np.zeros(0, np.uint64), *self._pending])
        keys.sort()
        words = (keys >> np.uint64(32)).astype(np.uint32)
        firsts = np.flatnonzero(np.diff(words, prepend=np.uint32(0xFFFFFFFF)) != 0)
        path = self._folder / "parts" / str(self._base)
        path.mkdir(parents=True)
        np.save(path / "words.npy", words[firsts])
        np.save(path / "bounds.npy", np.append(firsts, len(words)))
        np.save(path / "places.npy", keys.astype(np.uint32))
        self.parts.append(path)
        self._pending, self._pending_tokens, self._base = [], 0, self.positions


def _before(counts: Array) -> Array:
    """Return the sum of all the counts before each."""
    return np.cumsum(counts) - counts
