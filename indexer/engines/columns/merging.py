"""Merging: the parts become postings, some stems at a time, in bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from operator import ne
from pathlib import Path

import numpy as np

from indexer.analysis.token import Forms
from indexer.engines.columns.inversion import Inversion, Part, map_places
from indexer.engines.columns.layout import (
    LATE,
    Array,
    write_array,
    write_narrow,
)
from indexer.engines.columns.posting_files import Merged, PostingFiles
from indexer.engines.columns.strings import write_strings
from indexer.engines.scoring import B_TEXT, B_TITLE, length_norms, weight_codes
from indexer.engines.vocabulary import spelled_in_letters

_SLICE = 1_000_000
"""Tokens merged at once, some 150 MB of arrays; a stem that has more is merged alone, some parts at a time."""

_THREADS = 2
"""Slices merged at the same time: NumPy lets other threads work while it sorts and counts. More would wait for the
one that writes the files."""

_LARGE = 4_000_000
"""Positions of an index from which on threads are worth their start."""

_BLOCK_BITS = 6
"""Bits of the number of positions of which the first has its document in a table."""

_ROWS = "rows.u4"
"""The file of the words of a part (see _PartWords)."""

_STEMS = 1 << 16
"""Stems merged at once at most: what a sort key has room for."""

_RANK_BITS = np.uint64(12)
_STEM_SHIFT = np.uint64(48)
_PLACE_MASK = np.uint64((1 << 36) - 1)
_MOST_FORMS = (1 << 12) - 1
"""A sort key: stem (16 bits), global position (36 bits, 68 thousand million words), rank of the form (12 bits)."""


@dataclass(frozen=True)
class Dictionary:
    """The words in their final order.

    `form_of` gives the form number of a word number, `stem_of` the stem of a form, `rank_of` its rank among the forms
    of its stem, ``form_starts[s]`` the first form of stem s.
    """

    form_of: Array
    stem_of: Array
    rank_of: Array
    form_starts: Array


def write_dictionary(folder: Path, vocabulary: Sequence[Forms], counts: Array) -> Dictionary:
    """Write stems and forms, sorted; `counts` are the tokens of each word, the commonest form of a stem comes first."""
    stem = _places([forms.stem for forms in vocabulary])
    folded = _places([forms.folded for forms in vocabulary])
    exact = _places([forms.exact for forms in vocabulary])
    order = np.lexsort((exact, folded, -counts, stem))
    form_of = np.empty(len(order), np.int64)
    form_of[order] = np.arange(len(order))
    stem_of = stem[order]
    form_starts = np.searchsorted(stem_of, np.arange(stem.max(initial=-1) + 2))
    by_folded = np.argsort(folded[order], kind="stable")
    spellings = [vocabulary[word].folded for word in order[by_folded].tolist()]
    write_strings(folder, "stems", (vocabulary[word].stem.encode() for word in order[form_starts[:-1]].tolist()))
    write_strings(folder, "exact", (vocabulary[word].exact.encode() for word in order.tolist()))
    write_strings(folder, "folded", map(str.encode, spellings))
    write_array(folder, "by_folded", by_folded.astype(np.uint32))
    in_letters = np.fromiter(map(spelled_in_letters, spellings), bool, len(spellings))
    write_array(folder, "folded_counts", (counts[order[by_folded]] * in_letters).astype(np.uint32))
    write_array(folder, "form_starts", form_starts.astype(np.uint32))
    return Dictionary(form_of, stem_of, np.arange(len(order)) - form_starts[stem_of], form_starts)


def _places(terms: Sequence[str]) -> Array:
    """Return the place of each term among the distinct ones, sorted."""
    order = sorted(range(len(terms)), key=terms.__getitem__)  # strings compare as their bytes in UTF-8 do
    ordered = [terms[number] for number in order]
    places = np.zeros(len(terms), np.int64)
    places[order[1:]] = np.cumsum(list(map(ne, ordered[1:], ordered)))
    return places


@dataclass(frozen=True)
class _Slice:
    """Stems that are merged together: from `first` to before `last`; slices are numbered in order."""

    number: int
    first: int
    last: int


@dataclass(frozen=True)
class _PartWords:
    """The words of a part, in the order of their forms, kept in a file: those of all the parts would fill the memory.

    Each is a row of three numbers: its form, where its places start, how many there are. `bounds` and `totals` tell
    where the rows of each slice start, and how many places there are before them.
    """

    folder: Path
    base: int
    bounds: Array
    totals: Array

    def count(self, stems: _Slice) -> int:
        """Return how many tokens of a slice there are."""
        return int(self.totals[stems.number + 1] - self.totals[stems.number])

    def read(self, stems: _Slice) -> Array:
        """Return the rows of a slice."""
        first, last = self.bounds[stems.number : stems.number + 2].tolist()
        return np.fromfile(self.folder / _ROWS, np.uint32, 3 * (last - first), offset=12 * first).reshape(-1, 3)


class Merging:
    """Writes the postings of an inversion."""

    def __init__(self, folder: Path, inversion: Inversion) -> None:
        self._folder = folder
        vocabulary = list(inversion.vocabulary)
        counts = np.zeros(len(vocabulary), np.int64)
        for part in inversion.read_parts():
            counts[part.words] += np.diff(part.bounds)
        self._dictionary = write_dictionary(folder, vocabulary, counts)
        form_counts = np.empty_like(counts)
        form_counts[self._dictionary.form_of] = counts
        self._slices = list(self._cut(form_counts))
        self._part_words = [self._sort_words(part) for part in inversion.read_parts()]
        self._titles = np.concatenate([np.zeros(0, np.uint32), *inversion.titles])
        bodies = np.concatenate([np.zeros(0, np.uint32), *inversion.bodies])
        streams = np.cumsum(np.append(0, self._titles.astype(np.int64) + 1 + bodies))
        self._streams = streams
        starts = np.arange(0, streams[-1], 1 << _BLOCK_BITS)
        self._blocks = (np.searchsorted(streams, starts, "right") - 1).astype(np.int32)
        self._title_norms = length_norms(self._titles, B_TITLE)
        self._text_norms = length_norms(bodies, B_TEXT)
        write_narrow(folder, "streams", streams)
        write_narrow(folder, "titles", self._titles)
        write_narrow(folder, "bodies", bodies)

    def run(self) -> None:
        """Merge all the stems."""
        with ExitStack() as opened:
            files = PostingFiles(self._folder, len(self._titles), opened)
            for merged, more in self._merged():
                files.append(merged, more=more)
            files.complete_counts()
        files.finish()

    def _merged(self) -> Iterator[tuple[Merged, bool]]:
        """Yield the slices merged, in order, and whether each is more of the stem before."""
        slices = (
            (stems, parts, number > 0) for stems in self._slices for number, parts in enumerate(self._groups(stems))
        )
        if self._streams[-1] < _LARGE:
            yield from ((self._merge(stems, parts), more) for stems, parts, more in slices)
            return
        merging: deque[tuple[Future[Merged], bool]] = deque()
        with ThreadPoolExecutor(_THREADS) as pool:
            for stems, parts, more in slices:
                merging.append((pool.submit(self._merge, stems, parts), more))
                if len(merging) > _THREADS:
                    future, more_before = merging.popleft()
                    yield future.result(), more_before
            yield from ((future.result(), more) for future, more in merging)

    def _cut(self, form_counts: Array) -> Iterator[_Slice]:
        """Yield slices of bounded size, in order, from how many tokens each form has."""
        forms = np.append(0, np.cumsum(form_counts))
        ends = forms[self._dictionary.form_starts]
        first, stems = 0, len(ends) - 1
        for number in count():
            if first == stems:
                return
            last = int(np.searchsorted(ends, ends[first] + _SLICE, "right")) - 1
            last = min(max(last, first + 1), first + _STEMS, stems)
            yield _Slice(number, first, last)
            first = last

    def _groups(self, stems: _Slice) -> Iterator[list[_PartWords]]:
        """Yield the parts to be merged together for some stems, in order: all of them unless one stem is too common.

        A document is in one part, so the postings of one stem may be merged part after part.
        """
        group: list[_PartWords] = []
        held = 0
        for words in self._part_words:
            tokens = words.count(stems)
            if group and held + tokens > _SLICE and stems.last == stems.first + 1:
                yield group
                group, held = [], 0
            group.append(words)
            held += tokens
        yield group

    def _merge(self, merged: _Slice, parts: Sequence[_PartWords]) -> Merged:
        """Return the postings and tokens of a slice in some parts."""
        stems, places, ranks = self._sorted_tokens(merged, parts)
        documents = self._documents(places)
        positions = places - self._streams[documents]
        in_title = positions < self._titles[documents]
        starts = np.flatnonzero(_changes(stems) | _changes(documents))
        counts = np.diff(starts, append=len(stems))
        title_counts = np.add.reduceat(in_title.astype(np.int64), starts) if len(starts) else starts
        bits = np.left_shift(1, np.minimum(ranks, LATE)).astype(np.uint8)
        held = documents[starts]
        codes = weight_codes(title_counts / self._title_norms[held], (counts - title_counts) / self._text_norms[held])
        return Merged(
            sizes=np.bincount(stems[starts], minlength=merged.last - merged.first),
            documents=held,
            codes=codes,
            forms=np.bitwise_or.reduceat(bits, starts) if len(starts) else bits,
            counts=counts,
            positions=positions,
            ranks=ranks,
        )

    def _documents(self, places: Array) -> Array:
        """Return the documents that global positions are of: the first of the position's block, or one soon after.

        Three times as quick as searching for each of them.
        """
        documents: Array = self._blocks[places >> _BLOCK_BITS]
        ahead = np.flatnonzero(places >= self._streams[documents + 1])
        while len(ahead):
            documents[ahead] += 1
            ahead = ahead[places[ahead] >= self._streams[documents[ahead] + 1]]
        return documents

    def _sort_words(self, part: Part) -> _PartWords:
        """Set the words of a part aside in the order of their forms, which is that of their stems."""
        forms, sizes = self._dictionary.form_of[part.words], np.diff(part.bounds)
        order = np.argsort(forms)
        rows = np.stack([forms, part.bounds[:-1], sizes], axis=1)[order]
        rows.astype(np.uint32).tofile(part.folder / _ROWS)
        edges = self._dictionary.form_starts[[0, *(stems.last for stems in self._slices)]]
        bounds = np.searchsorted(rows[:, 0], edges)
        return _PartWords(part.folder, part.base, bounds, np.append(0, np.cumsum(rows[:, 2]))[bounds])

    def _sorted_tokens(self, stems: _Slice, parts: Sequence[_PartWords]) -> tuple[Array, Array, Array]:
        """Return the stems, the global places and the form ranks of the tokens of a slice, in order."""
        dictionary = self._dictionary
        found = [np.zeros(0, np.uint64)]
        for words in parts:
            forms, starts, sizes = words.read(stems).T.astype(np.int64)
            rows = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
            places = map_places(words.folder)[rows].astype(np.uint64) + np.uint64(words.base)
            ranks = np.minimum(dictionary.rank_of[forms], _MOST_FORMS).astype(np.uint64)
            heads = (dictionary.stem_of[forms] - stems.first).astype(np.uint64) << _STEM_SHIFT | ranks
            found.append(np.repeat(heads, sizes) | places << _RANK_BITS)
        keys = np.concatenate(found)
        keys.sort()
        return (
            (keys >> _STEM_SHIFT).astype(np.int64),
            (keys >> _RANK_BITS & _PLACE_MASK).astype(np.int64),
            (keys & np.uint64(_MOST_FORMS)).astype(np.int64),
        )


def _changes(numbers: Array) -> Array:
    """Return which numbers are not those before them; the first is none of them."""
    changes = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=changes[1:])
    return changes
