"""The writer: analysed documents in, a folder of columns out."""

from __future__ import annotations

import json
import shutil
from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from indexer.analysis.analysed import AnalysedDocuments
from indexer.document import Document
from indexer.engines.columns.inversion import Inversion
from indexer.engines.columns.layout import write_array, write_narrow
from indexer.engines.columns.merging import Merging
from indexer.engines.columns.packs import RECORDS, PackWriter
from indexer.engines.columns.records import write_record
from indexer.engines.columns.strings import write_strings
from indexer.rolls import Roll


class ColumnWriter:
    """Writes the columns of an index into an empty folder. Memory stays bounded whatever comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._inversion = Inversion(folder)
        self._records = PackWriter(folder, "records", RECORDS)
        self._ids = Roll()
        self._days = array("I")
        self._names = {name: _Names() for name in ("author", "source")}

    def add(self, analysed: AnalysedDocuments) -> None:
        """Append documents."""
        self._inversion.add(analysed)
        self._records.add(list(map(write_record, analysed.documents)))
        for number, document in enumerate(analysed.documents):
            self._ids.append(document.id)
            self._days.append(day_number(document))
            for name, names in self._names.items():
                names.add(getattr(document, name), (token.forms for token in analysed.tokens(number, name)))

    def close(self) -> None:
        """Close the files, whatever became of them."""
        self._inversion.close()
        self._records.close()

    def finish(self) -> None:
        """Write everything that was held back."""
        self._inversion.finish()
        self._records.finish()
        Merging(self._folder, self._inversion).run()
        shutil.rmtree(self._folder / "parts")
        ids = [identifier.encode() for identifier in self._ids]
        order = sorted(range(len(ids)), key=ids.__getitem__)
        write_array(self._folder, "by_rank", np.array(order, np.uint32))
        write_strings(self._folder, "ids", (ids[number] for number in order))
        write_narrow(self._folder, "days", np.array(self._days, np.uint32))
        for name, names in self._names.items():
            write_narrow(self._folder, f"{name}s", np.array(names.numbers, np.uint32))
        facts = {name: names.values for name, names in self._names.items()}
        (self._folder / "names.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")


class _Names:
    """The distinct values of a short field, with their words, and the value of each document."""

    def __init__(self) -> None:
        self.numbers = array("I")
        self.values: list[tuple[str, list[tuple[str, str, str]]]] = []
        self._known: dict[str, int] = {}

    def add(self, value: str, words: Iterable[tuple[str, str, str]]) -> None:
        """Note the value of the next document."""
        if value not in self._known:
            self._known[value] = len(self.values)
            self.values.append((value, list(words)))
        self.numbers.append(self._known[value])


def day_number(document: Document) -> int:
    """Return the day of publication as a number that sorts and compares (20160708); 0 stands for unknown."""
    day = document.date
    return day.year * 10_000 + day.month * 100 + day.day if day else 0
