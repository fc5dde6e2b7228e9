"""Fixtures for engines that keep their index on disk."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from indexer import rebuild

Rebuild = Callable[..., None]


@pytest.fixture(scope="session")
def rebuild_with() -> Rebuild:
    """Return what rebuilds an index with invented articles that bear a mark of their generation."""

    def run(index: Path, mark: str, documents: int = 5) -> None:
        lines = (
            json.dumps(
                {
                    "id": f"{mark}-{number}",
                    "title": f"Bulletin {mark}",
                    "text": f"Le bulletin commun numéro {number} porte la marque {mark}.\n\nRien de plus {mark}.",
                    "source": mark,
                    "date": f"20{number % 10 + 10}-01-02",
                }
            )
            for number in range(documents)
        )
        with TemporaryDirectory() as folder:
            file = Path(folder, "bulletins.jsonl")
            file.write_text("\n".join(lines), "utf-8")
            rebuild([file], index)

    return run


@pytest.fixture(scope="session")
def two_generations(rebuild_with: Rebuild, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with « ancien » in its previous generation and « nouveau » in the one that serves. Not to be changed."""
    index = tmp_path_factory.mktemp("kept") / "index"
    rebuild_with(index, "ancien")
    rebuild_with(index, "nouveau")
    return index


@pytest.fixture
def index(two_generations: Path, tmp_path: Path) -> Path:
    """A copy of `two_generations` that a test may damage."""
    return Path(shutil.copytree(two_generations, tmp_path / "index"))


@pytest.fixture(scope="session")
def copied(two_generations: Path) -> Iterator[Path]:
    """A copy of `two_generations` for laws: each of their examples puts back what it changed."""
    with TemporaryDirectory() as folder:
        yield Path(shutil.copytree(two_generations, Path(folder, "index")))
