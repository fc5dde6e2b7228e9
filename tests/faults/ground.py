"""The ground on which faults are tried: an index in service, a corpus to replace it, what must hold afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer import Answer, RebuildFailed, open_index, rebuild
from tests.faults.storage import watched

QUERIES = ["commun", '"bulletin commun"', "bull*", "ancien OU nouveau", "2010..2030", "commun xylophone"]
CORPORA = {"premier": 3, "ancien": 12, "nouveau": 15, "dernier": 4}
"""The corpora by the word that all their articles have, and how many there are: « ancien » serves at first."""


def write_corpora(folder: Path) -> None:
    """Write the corpora, one file each."""
    for mark, number in CORPORA.items():
        (folder / f"{mark}.jsonl").write_text("\n".join(_line(mark, day) for day in range(1, number + 1)), "utf-8")


def _line(mark: str, day: int) -> str:
    text = f"Le bulletin commun du {day} janvier est {mark}.\n\nRien {'de plus ' * day}{mark}."
    return json.dumps({"id": f"{day}", "title": f"Jour {day}", "text": text, "date": f"2019-01-{day:02}"})


def answers(index: Path) -> list[Answer]:
    """Return what a fresh reader answers to queries of every kind."""
    searcher = open_index(index)
    return [searcher.search(query, limit=50) for query in QUERIES]


@dataclass(frozen=True)
class Ground:
    """The corpora, an index to copy, the right answers over each corpus, and where the copy under test is."""

    corpora: Path
    serving: Path
    right: dict[str, list[Answer]]
    index: Path
    patience: int
    """How much longer than usual to look for faults: FURET_FAULTS, for nightly runs."""

    def renew(self) -> None:
        """Put a copy of the index in service in the place of the index under test."""
        shutil.rmtree(self.index, ignore_errors=True)
        shutil.copytree(self.serving, self.index)

    def rebuild(self, mark: str = "nouveau") -> None:
        """Rebuild the index under test from a corpus."""
        rebuild([self.corpora / f"{mark}.jsonl"], self.index)

    def requests(self, action: Callable[[], object] | None = None) -> list[tuple[str, str]]:
        """Return all the requests to the system of a rebuild, or another action, that nothing disturbs."""
        self.renew()
        with watched(self.index) as storage:
            (action or self.rebuild)()
        return storage.requests

    def switch(self) -> int:
        """Return the number of the request that puts the new generation in service."""
        return self.requests().index(("os.rename", "CURRENT.tmp"))

    def try_each(
        self, before: Callable[[int], Callable[[int], object]], first: int = 0, step: int = 4
    ) -> Iterator[tuple[int, bool]]:
        """Rebuild with `before(number)` at work, for numbers of requests `first`, `first + step`...

        Yield the number and whether the rebuild was done or given up, with the index as it was left.
        """
        for number in range(first, len(self.requests()), max(1, step // self.patience)):
            self.renew()
            yield number, self.attempt(before(number))

    def attempt(self, before: Callable[[int], object], action: Callable[[], object] | None = None) -> bool:
        """Rebuild, or do another action, with `before` at work; tell whether it was done or given up."""
        try:
            with watched(self.index, before=before):
                (action or self.rebuild)()
        except RebuildFailed:
            return False
        return True

    def check(self, mark: str) -> None:
        """Check that the index answers wholly as `mark`, that the next rebuild works and leaves nothing behind."""
        assert answers(self.index) == self.right[mark]
        before = open_index(self.index).status().generation
        self.rebuild("dernier")
        status = open_index(self.index).status()
        assert answers(self.index) == self.right["dernier"]
        assert status.previous == before
        assert {folder.name for folder in (self.index / "generations").iterdir()} == {status.generation, before}
        assert {path.name for path in self.index.iterdir()} - {"lock"} == {"CURRENT", "generations"}
