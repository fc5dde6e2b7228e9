"""Posting files: what was merged, as the columns keep it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.engines.columns.layout import (
    BLOCK,
    CROWDED,
    HALF,
    LATE,
    NEAR,
    POSITION_BITS,
    Array,
    write_array,
    write_narrow,
)

_APPENDED = ("documents.u2", "codes.u1", "forms.u1", "counts.u1", "tokens.u2")


@dataclass(frozen=True)
class Merged:
    """The postings of consecutive stems (`sizes` of them each) and their tokens (`counts` of them each)."""

    sizes: Array
    documents: Array
    codes: Array
    forms: Array
    counts: Array
    positions: Array
    ranks: Array


class PostingFiles:
    """The files of postings and tokens, appended to slice by slice."""

    def __init__(self, folder: Path, documents: int, opened: ExitStack) -> None:
        self._folder = folder
        self._highs = range(1, (documents - 1 >> 16) + 1)
        self._files = {name: opened.enter_context((folder / name).open("wb")) for name in _APPENDED}
        self._sizes: list[Array] = []
        self._splits: list[Array] = []
        self._block_tokens: list[Array] = []
        self._exceptions: dict[str, list[tuple[Array, Array]]] = {"crowded": [], "far": [], "late": []}
        self._postings = 0
        self._tokens = 0
        self._odd_count = np.zeros(0, np.uint8)

    def append(self, merged: Merged, *, more: bool) -> None:
        """Append the postings of some stems and their tokens; or `more` of those of the stem that came last."""
        holders, counts, positions, ranks = merged.documents, merged.counts, merged.positions, merged.ranks
        self._write("documents.u2", holders & 0xFFFF)
        self._write("codes.u1", merged.codes)
        self._write("forms.u1", merged.forms)
        self._write_counts(np.minimum(counts, CROWDED).astype(np.uint8))
        self._write("tokens.u2", np.minimum(ranks, LATE) << POSITION_BITS | positions % NEAR)
        self._except("crowded", counts >= CROWDED, self._postings, counts)
        self._except("far", positions >= NEAR, self._tokens, positions // NEAR)
        self._except("late", ranks >= LATE, self._tokens, ranks)
        starts = self._tokens + np.cumsum(counts) - counts
        self._block_tokens.append(starts[-self._postings % BLOCK :: BLOCK].copy())  # a view would hold them all
        owners = np.repeat(np.arange(len(merged.sizes)), merged.sizes)
        below = [np.bincount(owners[holders < high << 16], minlength=len(merged.sizes)) for high in self._highs]
        splits = np.array(below, np.uint32).reshape(len(self._highs), len(merged.sizes))
        if more:
            self._sizes[-1] = self._sizes[-1] + merged.sizes
            self._splits[-1] += splits
        else:
            self._sizes.append(merged.sizes)
            self._splits.append(splits)
        self._postings += len(holders)
        self._tokens += len(positions)

    def finish(self) -> None:
        """Write what is known at the end only, once the files are closed."""
        sizes = np.concatenate([np.zeros(1, np.int64), *self._sizes])
        write_narrow(self._folder, "posting_starts", np.cumsum(sizes))
        empty = np.zeros((len(self._highs), 0), np.uint32)
        write_array(self._folder, "splits", np.concatenate([empty, *self._splits], axis=1))
        token_starts = np.concatenate([np.zeros(0, np.int64), *self._block_tokens])
        write_narrow(self._folder, "token_starts", token_starts, self._tokens)
        for name, kept in self._exceptions.items():
            places = [np.zeros(0, np.int64), *(at for at, _ in kept)]
            values = [np.zeros(0, np.int64), *(value for _, value in kept)]
            write_narrow(self._folder, f"{name}_at", np.concatenate(places), self._tokens)
            write_narrow(self._folder, f"{name}_values", np.concatenate(values))

    def complete_counts(self) -> None:
        """Write the count that waits for another, if there is one."""
        self._write_counts(np.zeros(len(self._odd_count), np.uint8))

    def _write_counts(self, counts: Array) -> None:
        """Write counts two by two; one that is left waits for the next."""
        counts = np.append(self._odd_count, counts)
        even = len(counts) // 2 * 2
        self._odd_count = counts[even:]
        self._write("counts.u1", counts[:even:2] | counts[1:even:2] << HALF)

    def _write(self, name: str, values: Array) -> None:
        values.astype(f"<{name.rpartition('.')[2]}").tofile(self._files[name])

    def _except(self, name: str, which: Array, offset: int, values: Array) -> None:
        """Keep the values that their file is too narrow for."""
        at = np.flatnonzero(which)
        if len(at):
            self._exceptions[name].append((at + offset, values[at]))
