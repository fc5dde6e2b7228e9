"""Errors of the system at every step of a rebuild: it is given up in our own words, and the old index serves on.

After SQLite's tests: the n-th request fails, and n grows until all have failed once.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from indexer import IndexDamaged, rollback
from tests.faults.ground import Ground, answers

# Whoosh 2.7.4 leaves files open when writing fails; Python closes them, with a warning.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def close_left_open() -> Iterator[None]:
    """Have Python close the files left open while the warnings are expected."""
    yield
    gc.collect()


def failing(error: Callable[[], BaseException], *, on: bool = False) -> Callable[[int], Callable[[int], None]]:
    """Return what makes one request fail, or with `on` that one and all that follow."""

    def from_number(number: int) -> Callable[[int], None]:
        def fail(request: int) -> None:
            if request == number or (on and request > number):
                raise error()

        return fail

    return from_number


def system_error(code: int) -> Callable[[], OSError]:
    """Return what makes an error as the system raises it."""
    return lambda: OSError(code, os.strerror(code))


@pytest.mark.parametrize(("first", "code"), [*enumerate([errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EACCES])])
def test_one_request_fails(ground: Ground, first: int, code: int) -> None:
    """A rebuild that one error stops is RebuildFailed and changes nothing; one that an error does not stop is whole.

    Each request fails with one of the four errors; with FURET_FAULTS=4, with all of them.
    """
    for _, done in ground.try_each(failing(system_error(code)), first):
        ground.check("nouveau" if done else "ancien")


def test_every_request_from_one_on_fails(ground: Ground) -> None:
    """With a disk that fails and goes on failing it is the same, once it works again."""
    for _, done in ground.try_each(failing(system_error(errno.EIO), on=True)):
        ground.check("nouveau" if done else "ancien")


def test_an_interrupt_at_any_request(ground: Ground) -> None:
    """Ctrl-C at any moment passes through, and leaves a whole index: the old one until the switch, then the new."""
    switch = ground.switch()
    for number in range(0, len(ground.requests()), max(1, 4 // ground.patience)):
        ground.renew()
        with pytest.raises(KeyboardInterrupt):
            ground.attempt(failing(KeyboardInterrupt)(number))
        ground.check("ancien" if number <= switch else "nouveau")


def test_a_rollback_that_fails(ground: Ground) -> None:
    """A rollback that an error stops changes nothing."""

    def roll_back() -> None:
        rollback(ground.index)

    for number in range(len(ground.requests(roll_back))):
        ground.renew()
        try:
            done = ground.attempt(failing(system_error(errno.EIO))(number), roll_back)
        except IndexDamaged:  # what cannot be read cannot be trusted
            done = False
        ground.check("premier" if done else "ancien")


def test_a_first_rebuild_that_fails(ground: Ground) -> None:
    """Without an old index, a rebuild that fails leaves none, and the next one works."""
    new = replace(ground, index=ground.index.parent / "new", serving=ground.index.parent / "void")
    new.serving.mkdir()
    for _, done in new.try_each(failing(system_error(errno.ENOSPC))):
        if not done:
            new.rebuild()
        assert answers(new.index) == new.right["nouveau"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit the size of files")
def test_files_that_cannot_grow(ground: Ground) -> None:
    """Writes that fail half-way, at any size, as on a full disk."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size, done = 0, False
    while not done:
        ground.renew()
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            done = ground.attempt(lambda _number: None)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, hard))
        ground.check("nouveau" if done else "ancien")
        size += 1 + size // (2 * ground.patience)


@pytest.mark.skipif(sys.platform != "linux", reason="the paths of flushed files come from /proc")
def test_everything_is_flushed_before_the_switch(ground: Ground) -> None:
    """A power cut never finds CURRENT ahead of its files: they, their folders and the pointer are on the disk first."""
    switch, requests = ground.switch(), ground.requests()
    flushed = [path for request, path in requests[:switch] if request == "os.fsync"]
    files = {f"generations/000003/{file.name}" for file in (ground.index / "generations" / "000003").iterdir()}

    assert files <= set(flushed)
    assert flushed[-3:] == ["generations/000003", "generations", "CURRENT.tmp"]
    assert ("os.fsync", ".") in requests[switch:]
