"""kill -9 of real rebuild processes, at moments spread over their lives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer import RebuildLocked
from tests.faults.ground import Ground

CHECKOUT = Path(__file__).parents[2]


@contextmanager
def rebuilding(ground: Ground, number: int, then: str) -> Iterator[subprocess.Popen[str]]:
    """Start a rebuild that stops at one of its requests, over a new copy of the index."""
    ground.renew()
    corpus = ground.corpora / "nouveau.jsonl"
    command = [sys.executable, "-m", "tests.faults.rebuild_process", corpus, ground.index, str(number), then]
    with subprocess.Popen(command, cwd=CHECKOUT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_stop(process: subprocess.Popen[str]) -> None:
    """Wait until the process says that it has come to its request."""
    assert process.stdout is not None
    assert process.stdout.readline() == "stopped\n"


def moments(ground: Ground, number: int) -> list[int]:
    """Return about `number` requests: half of them around the switch, the others spread over the whole rebuild."""
    switch, last = ground.switch(), len(ground.requests()) - 1
    near = range(switch - number // 4, min(switch + number // 4, last))
    spread = (step * last // (number // 2) for step in range(number // 2 + 1))
    return sorted({*near, *spread})


def test_killed_at_any_moment(ground: Ground) -> None:
    """Until the switch the old index answers the same, then the new one; the next rebuild works, no orphan remains."""
    switch = ground.switch()
    for number in moments(ground, 20 * ground.patience):
        with rebuilding(ground, number, "wait") as process:
            wait_for_stop(process)
            process.kill()
        ground.check("ancien" if number <= switch else "nouveau")


def test_a_process_that_ends_without_cleaning_up(ground: Ground) -> None:
    """The same for a crash, at a few moments."""
    switch = ground.switch()
    for number in moments(ground, 4 * ground.patience):
        with rebuilding(ground, number, "exit") as process:
            assert process.wait() == 9
        ground.check("ancien" if number <= switch else "nouveau")


def test_a_stopped_process_holds_the_lock(ground: Ground) -> None:
    """While it lives, no other rebuild starts; once killed, the lock is free."""
    with rebuilding(ground, ground.switch(), "wait") as process:
        wait_for_stop(process)
        with pytest.raises(RebuildLocked):
            ground.rebuild("dernier")
        process.kill()

    ground.check("ancien")
