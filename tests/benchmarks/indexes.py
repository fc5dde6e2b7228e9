"""The indexes of a run: built each in a fresh process, or kept from the last run of the same code."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks import french
from tests.benchmarks.articles import digest_of
from tests.benchmarks.children import run_child
from tests.benchmarks.corpora import Corpus
from tests.benchmarks.engines import load_engine


@dataclass(frozen=True)
class Built:
    """An index and what it cost: seconds on the clock and of CPU, the peak of memory of all processes, its bytes."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    index_bytes: int


def prepare_index(name: str, corpus: Corpus, folder: Path, *, anew: bool) -> tuple[Path, Built]:
    """Return the folder of an engine's index over a corpus and what it cost to build.

    An index of the same corpus, engine version and adapter is used again, with the figures of its own build,
    unless `anew`. Raises ImportError without the engine's library, ChildFailed when it cannot build.
    """
    place = folder / f"{corpus.digest}-{_stamp(name)}"
    figures = place / "built.json"
    if figures.exists() and not anew:
        return place / "index", Built(**json.loads(figures.read_text()))
    shutil.rmtree(place, ignore_errors=True)
    (place / "index").mkdir(parents=True)
    watched = run_child("build", name, corpus.path, place / "index")
    built = Built(watched.answer["seconds"], watched.cpu_seconds, watched.peak_bytes, folder_bytes(place / "index"))
    figures.write_text(json.dumps(asdict(built)))
    return place / "index", built


def folder_bytes(folder: Path) -> int:
    """Return the bytes of all the files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _stamp(name: str) -> str:
    """Return a name for what an engine would build today."""
    engine = load_engine(name)
    adapter = sys.modules[type(engine).__module__].__file__ or ""
    return f"{name}-{digest_of(engine.version, Path(adapter), Path(french.__file__))}"
