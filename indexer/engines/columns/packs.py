"""Packs: something of each document as bytes, compressed alone against a dictionary of what the documents share."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import zstandard

from indexer.engines.columns.layout import map_array, write_narrow

_SAMPLE = 8_000_000
"""Bytes of the first documents from which a dictionary is trained; they wait in memory until then. Half as many lose
half a percent, and so little is learnt quicker by a fifth of a second."""

_THREADS = -1
"""One a core; while they compress, the other processes of a rebuild read."""

_BARE = zstandard.FORMAT_ZSTD1_MAGICLESS
"""Frames without the signature and the number of the dictionary: eight bytes that would be the same in each."""


@dataclass(frozen=True)
class Packing:
    """How a kind of packs is compressed: the level of zstandard, the bytes of its dictionary."""

    level: int
    dictionary: int


RECORDS = Packing(level=5, dictionary=384 * 1024)
"""Measured on French passages: 256 kB lose 1 %; level 6 gains 3 % in twice the time, 9 gains 5 %, 3 loses 3 %."""

SPANS = Packing(level=1, dictionary=4096)
"""Little more than their entropy: they have few repeated runs, which higher levels would look for in vain."""


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
        size = min(self._packing.dictionary, self._sampled // 20)
        try:
            learnt = zstandard.train_dictionary(size, self._waiting).as_bytes() if size > 1024 else b""
        except zstandard.ZstdError:  # samples too few or too much alike
            learnt = b""
        (self._folder / f"{self._name}.dict").write_bytes(learnt)
        parameters = zstandard.ZstdCompressionParameters.from_level(
            self._packing.level, format=_BARE, write_content_size=True, write_checksum=False, write_dict_id=False
        )
        return zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(learnt), compression_params=parameters)


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
