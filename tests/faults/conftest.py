"""The ground of the faults, made once for all; each test has an index of its own."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import rebuild
from tests.faults.ground import CORPORA, Ground, answers, write_corpora


@pytest.fixture(scope="session")
def common_ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """What no test changes."""
    folder = tmp_path_factory.mktemp("faults")
    write_corpora(folder)
    for mark in CORPORA:
        rebuild([folder / f"{mark}.jsonl"], folder / mark)
    for mark in ("premier", "ancien"):
        rebuild([folder / f"{mark}.jsonl"], folder / "serving")
    right = {mark: answers(folder / mark) for mark in CORPORA}
    patience = int(os.environ.get("FURET_FAULTS", "1"))
    return Ground(folder, folder / "serving", right, folder / "none", patience)


@pytest.fixture
def ground(common_ground: Ground, tmp_path: Path) -> Ground:
    """The ground with an index that the test may damage, « ancien » in service."""
    ground = replace(common_ground, index=tmp_path / "index")
    ground.renew()
    return ground
