"""Packs: something of each document as bytes, compressed alone against a dictionary of what the documents share."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import zstandard

from indexer.engines.columns.layout import map_array, write_narrow

_SAMPLE = 10_500_000
"""Bytes of the first documents from which a dictionary is trained; they wait in memory until then. Half as many lose
half a percent."""

_SHARE = 20
"""A dictionary has at most one byte for so many of the samples: in a small index it would weigh more than it saves."""

_THREADS = -1
"""One a core; while they compress, the other processes of a rebuild read."""

_BARE = zstandard.FORMAT_ZSTD1_MAGICLESS
"""Frames without the signature and the number of the dictionary: eight bytes that would be the same in each."""


@dataclass(frozen=True)
class Packing:
    """How a kind of packs is compressed: the level of zstandard, the logarithms of its two tables, and the dictionary.

    The dictionary has so many bytes, taken from the samples in segments of so many (`k` of COVER: Liao and others,
    « Effective construction of relative Lempel-Ziv dictionaries », 2016; zstandard would try several).
    """

    level: int
    hash_log: int
    chain_log: int
    dictionary: int
    segment: int


RECORDS = Packing(level=3, hash_log=18, chain_log=17, dictionary=512 * 1024, segment=200)
"""Measured on French passages, while others use the processor's caches: level 5 gains 3 % in twice the time; tables of
half the size (level 3's own) lose 2 % for a tenth less, twice the size gain 1 % for a third more; 384 kB lose 1 %."""

SPANS = Packing(level=1, hash_log=14, chain_log=13, dictionary=4096, segment=50)
"""Little more than their entropy: they have few repeated runs, which higher levels would look for in vain."""

_GRAM = 8
"""Bytes that segments are judged by (`d` of COVER)."""


class PackWriter:
    """Writes packs one after the other: ``name_zst.u1``, ``name.n`` and ``name.dict``."""

    def __init__(self, folder: Path, name: str, packing: Packing) -> None:
        self._folder = folder
        self._name = name
        self._packing = packing
        self._file = (folder / f"{name}_zst.u1").open("wb")
        self._waiting: list[bytes | bytearray | memoryview] = []
        self._sampled = 0
        self._compressor: zstandard.ZstdCompressor | None = None
        self._ends = [np.zeros(1, np.uint64)]

    def add(self, packs: Sequence[bytes]) -> None:
        """Append packs, none of them empty."""
        self._waiting += packs
        self._sampled += sum(map(len, packs))
        if self._compressor or self._sampled > _SAMPLE:
            self._drain()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def finish(self) -> None:
        """Write what is left and where each pack starts."""
        self._drain()
        self.close()
        write_narrow(self._folder, self._name, np.concatenate(self._ends))

    def _drain(self) -> None:
        if self._compressor is None:
            self._compressor = self._trained()
        if self._waiting:
            packed = self._compressor.multi_compress_to_buffer(self._waiting, threads=_THREADS)
            sizes = []
            for number in range(len(packed)):
                self._file.write(packed[number].tobytes())
                sizes.append(len(packed[number]))
            self._ends.append(self._ends[-1][-1] + np.cumsum(sizes).astype(np.uint64))
        self._waiting.clear()

    def _trained(self) -> zstandard.ZstdCompressor:
        """Return what compresses with the shared dictionary, an empty one when there is too little to learn from."""
        size = min(self._packing.dictionary, self._sampled // _SHARE)
        try:
            learnt = self._learn(size) if size > 1024 else b""
        except zstandard.ZstdError:  # samples too few or too much alike
            learnt = b""
        (self._folder / f"{self._name}.dict").write_bytes(learnt)
        parameters = zstandard.ZstdCompressionParameters.from_level(
            self._packing.level,
            hash_log=self._packing.hash_log,
            chain_log=self._packing.chain_log,
            format=_BARE,
            write_content_size=True,
            write_checksum=False,
            write_dict_id=False,
        )
        dictionary = zstandard.ZstdCompressionDict(learnt)
        dictionary.precompute_compress(compression_params=parameters)  # once, and not for each batch
        return zstandard.ZstdCompressor(dict_data=dictionary, compression_params=parameters)

    def _learn(self, size: int) -> bytes:
        """Return a dictionary of what the waiting packs share."""
        return zstandard.train_dictionary(size, self._waiting, k=self._packing.segment, d=_GRAM).as_bytes()


class Packs:
    """Reads one pack without reading the others. Any number of threads may share one."""

    def __init__(self, folder: Path, name: str) -> None:
        self._bytes = map_array(folder, f"{name}_zst.u1").data
        self._starts = map_array(folder, f"{name}.n").data
        self._dictionary = zstandard.ZstdCompressionDict((folder / f"{name}.dict").read_bytes())
        self._mine = threading.local()

    def __getitem__(self, number: int) -> bytes:
        """Return what pack `number` holds."""
        return self.some([number])[0]

    def some(self, numbers: Sequence[int]) -> list[bytes]:
        """Return what some packs hold."""
        packed, starts, decompress = self._bytes, self._starts, self._decompressor().decompress
        return [decompress(packed[starts[number] : starts[number + 1]]) for number in numbers]

    def _decompressor(self) -> zstandard.ZstdDecompressor:
        """Return this thread's decompressor: one serves one thread at a time."""
        if not hasattr(self._mine, "decompressor"):
            self._mine.decompressor = zstandard.ZstdDecompressor(dict_data=self._dictionary, format=_BARE)
        decompressor: zstandard.ZstdDecompressor = self._mine.decompressor
        return decompressor
