"""Generations: whatever happens to the files or beside them, an answer is right or it is refused."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import Answer, FuretError, IndexDamaged, IndexMissing, RebuildFailed, RebuildLocked, open_index, rollback
from indexer.generations import FORMAT, MANIFEST, Generations, Pointer

Rebuild = Callable[..., None]

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="counts what /proc tells")


def served(index: Path) -> str:
    """Return the mark of the generation that a fresh reader finds; every part of the answer must bear it."""
    return mark_of(open_index(index).search("commun", limit=50))


def mark_of(answer: Answer) -> str:
    """Return the mark that all of an answer bears."""
    (source,) = answer.facets["source"]
    mark = str(source.value)
    assert source.count == answer.total == len(answer.results)
    assert {mark} == {result.source for result in answer.results}
    assert {f"Bulletin {mark}"} == {result.title for result in answer.results}
    assert all(f"la marque {mark}." in result.passages[0].text for result in answer.results)
    return mark


def generation(index: Path) -> Path:
    """Return the folder of the generation that serves."""
    return Generations(index).path(Generations(index).current().name)


def kept(index: Path) -> list[str]:
    """Return the names of the generations on disk."""
    return sorted(folder.name for folder in (index / "generations").iterdir())


def assert_refused(index: Path) -> None:
    """Check that a fresh reader gets IndexDamaged, whatever it asks first, with a sentence that says what to do."""
    for ask in (
        lambda: open_index(index).search("commun"),
        lambda: open_index(index).article("nouveau-1"),
        lambda: open_index(index).status(),
    ):
        with pytest.raises(IndexDamaged, match="furet rebuild"):
            ask()


# Publishing, keeping, sweeping


def test_the_first_generation(rebuild_with: Rebuild, tmp_path: Path) -> None:
    """A first rebuild makes the folder and leaves exactly the pointer, the lock and one generation."""
    index = tmp_path / "deep" / "index"
    rebuild_with(index, "premier")

    assert (served(index), kept(index)) == ("premier", ["000001"])
    assert {path.name for path in index.iterdir()} - {"lock"} == {"CURRENT", "generations"}


def test_the_pointer_names_both_generations(index: Path) -> None:
    """CURRENT names what serves and what is kept, each with the digest of its manifest."""
    pointer = Generations(index).current()
    digests = [
        hashlib.sha256((index / "generations" / name / MANIFEST).read_bytes()).hexdigest() for name in kept(index)
    ]

    assert [pointer.previous, pointer.name] == kept(index) == ["000001", "000002"]
    assert [pointer.previous_manifest, pointer.manifest] == digests


def test_only_two_generations_are_kept(index: Path, rebuild_with: Rebuild) -> None:
    """The one that serves and the one before; older ones are removed, and no name is used again."""
    for mark in ("trois", "quatre"):
        rebuild_with(index, mark)

    assert (kept(index), served(index)) == (["000003", "000004"], "quatre")


def test_orphans_are_swept(index: Path, rebuild_with: Rebuild) -> None:
    """What a killed rebuild left is removed by the next one."""
    orphan = index / "generations" / "000042"
    shutil.copytree(generation(index), orphan)
    (index / "generations" / "strange").mkdir()
    (index / "CURRENT.tmp").write_text("{")
    rebuild_with(index, "trois")

    assert (kept(index), served(index)) == (["000002", "000003"], "trois")
    assert not (index / "CURRENT.tmp").exists()


def test_rollback_twice(index: Path) -> None:
    """A rollback exchanges the two generations."""
    assert [served(index), *(rollback_and_serve(index) for _ in range(2))] == ["nouveau", "ancien", "nouveau"]


def rollback_and_serve(index: Path) -> str:
    """Roll back and return the mark of what serves then."""
    rollback(index)
    return served(index)


def test_a_rebuild_after_a_rollback(index: Path, rebuild_with: Rebuild) -> None:
    """The generation that was rolled back from is given up; the one that served is kept."""
    rollback(index)
    rebuild_with(index, "trois")

    assert (served(index), kept(index)) == ("trois", ["000001", "000003"])
    assert rollback_and_serve(index) == "ancien"


def test_a_running_reader_follows_a_rollback(index: Path) -> None:
    """A reader that has answered from a generation answers from the other one as soon as it serves."""
    searcher = open_index(index)
    marks = []
    for _ in range(3):
        marks.append(mark_of(searcher.search("commun", limit=50)))
        rollback(index)

    assert marks == ["nouveau", "ancien", "nouveau"]


# The lock


def test_a_second_rebuild_is_refused_at_once(index: Path, rebuild_with: Rebuild) -> None:
    """While a rebuild is at work another one and a rollback raise RebuildLocked; the index answers on."""
    with Generations(index).rebuilding():
        with pytest.raises(RebuildLocked):
            rebuild_with(index, "trop")
        with pytest.raises(RebuildLocked), ThreadPoolExecutor() as pool:
            pool.submit(rebuild_with, index, "trop").result()
        with pytest.raises(RebuildLocked):
            rollback(index)

        assert served(index) == "nouveau"
    rebuild_with(index, "trois")

    assert (served(index), kept(index)) == ("trois", ["000002", "000003"])


HOLD = """
import sys
from pathlib import Path
from indexer.generations import Generations
with Generations(Path(sys.argv[1])).rebuilding():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_lock_of_another_process(index: Path, rebuild_with: Rebuild) -> None:
    """Another process's rebuild holds the lock, until it ends, even by a kill."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(index)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(RebuildLocked):
            rebuild_with(index, "trop")
        other.kill()
    rebuild_with(index, "trois")

    assert (served(index), kept(index)) == ("trois", ["000002", "000003"])


# CURRENT


SOUND = {"name": "000002", "manifest": "0" * 64, "previous": "000001", "previous_manifest": "0" * 64}
POINTERS = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b"{",
    b"null",
    b"[]",
    b'"000002"',
    b"{}",
    b"[" * 100_000,
    json.dumps(SOUND | {"name": 2}).encode(),
    json.dumps(SOUND | {"name": ["000002"]}).encode(),
    json.dumps(SOUND | {"manifest": ["0"]}).encode(),
    json.dumps(SOUND | {"previous": None}).encode(),
    json.dumps(SOUND | {"name": ""}).encode(),
    json.dumps(SOUND | {"name": "2"}).encode(),
    json.dumps(SOUND | {"name": "000002/"}).encode(),
    json.dumps(SOUND | {"name": "000009"}).encode(),
    json.dumps(SOUND | {"name": "٠٠٠٠٠٢"}).encode(),
    json.dumps(SOUND | {"name": "0" * 5_000}).encode(),
    json.dumps(SOUND | {"name": ".."}).encode(),
    json.dumps(SOUND | {"name": "/etc"}).encode(),
    json.dumps(SOUND | {"previous": "../../etc"}).encode(),
    json.dumps(SOUND | {"name": "000002\n"}).encode(),
    json.dumps(SOUND | {"more": ""}).encode(),
    json.dumps(SOUND).encode(),
]


@pytest.mark.parametrize("content", POINTERS, ids=range(len(POINTERS)))
def test_a_pointer_without_sense_is_refused(index: Path, rebuild_with: Rebuild, content: bytes) -> None:
    """Whatever CURRENT holds there is an answer or IndexDamaged, nothing is swept for it, and a rebuild mends it."""
    (index / "CURRENT").write_bytes(content)
    assert_refused(index)

    assert kept(index) == ["000001", "000002"]
    rebuild_with(index, "trois")
    assert served(index) == "trois"


def test_a_pointer_leads_nowhere_else(index: Path) -> None:
    """A whole generation outside the index is not opened, even under its right digest."""
    shutil.move(generation(index), index.parent / "evil")
    pointer = json.loads((index / "CURRENT").read_text())
    (index / "CURRENT").write_text(json.dumps(pointer | {"name": "../../evil"}))

    assert_refused(index)


def test_without_a_pointer_there_is_no_index(index: Path, rebuild_with: Rebuild) -> None:
    """A missing CURRENT is a missing index, which a rebuild makes."""
    (index / "CURRENT").unlink()
    for ask in (lambda: served(index), lambda: rollback(index)):
        with pytest.raises(IndexMissing, match="furet rebuild"):
            ask()
    rebuild_with(index, "trois")

    assert served(index) == "trois"


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_no_byte_of_the_pointer_makes_a_wrong_answer(copied: Path, place: int, flip: int) -> None:
    """With one byte of CURRENT changed the answer is the right one, or refused; a rollback too."""
    with changed(copied / "CURRENT", lambda content: flipped(content, place, flip)):
        for ask, right in ((served, "nouveau"), (rollback_and_serve, "ancien")):
            try:
                assert ask(copied) == right
            except FuretError:
                continue
    assert served(copied) == "nouveau"


# Damage


@contextmanager
def changed(file: Path, change: Callable[[bytes], bytes]) -> Iterator[None]:
    """Change the content of a file for a while; CURRENT is put back in any case."""
    content, pointer = file.read_bytes(), file.parents[2 if file.parent.name.isdigit() else 0] / "CURRENT"
    current = pointer.read_bytes()
    file.write_bytes(change(content))
    try:
        yield
    finally:
        pointer.write_bytes(current)
        file.write_bytes(content)


def flipped(content: bytes, place: int, flip: int) -> bytes:
    """Return the content with some bits of one byte flipped."""
    at = place % len(content)
    return content[:at] + bytes([content[at] ^ flip]) + content[at + 1 :]


@settings(max_examples=30, deadline=None)
@given(place=st.integers(0, 10**9), flip=st.integers(1, 255))
def test_every_flipped_byte_is_refused(copied: Path, place: int, flip: int) -> None:
    """One byte changed, in any file of the generation that serves, is noticed before the first answer."""
    for file in generation(copied).iterdir():
        if file.stat().st_size:
            with changed(file, lambda content: flipped(content, place, flip)), pytest.raises(IndexDamaged):
                served(copied)
    assert served(copied) == "nouveau"


@settings(max_examples=30, deadline=None)
@given(place=st.integers(0, 10**9), flip=st.integers(1, 255))
def test_no_rollback_to_a_flipped_byte(copied: Path, place: int, flip: int) -> None:
    """One byte changed in the generation that is kept: a rollback is refused, and the other one serves on."""
    for file in Generations(copied).path(Generations(copied).current().previous).iterdir():
        if file.stat().st_size:
            with changed(file, lambda content: flipped(content, place, flip)):
                with pytest.raises(IndexDamaged):
                    rollback(copied)
                assert served(copied) == "nouveau"


@pytest.mark.parametrize(
    "change",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: content + b"\0",
        lambda content: bytes(len(content)),
        lambda content: content[: len(content) // 2] + bytes(len(content) - len(content) // 2),
    ],
    ids=["empty", "half", "one byte short", "one byte more", "zeros", "half zeros"],
)
def test_every_changed_file_is_refused(copied: Path, change: Callable[[bytes], bytes]) -> None:
    """What a power cut or a failing disk leaves of a file is noticed before the first answer."""
    for file in generation(copied).iterdir():
        if change(file.read_bytes()) != file.read_bytes():
            with changed(file, change), pytest.raises(IndexDamaged):
                served(copied)
    assert served(copied) == "nouveau"


def test_a_missing_file_is_refused(index: Path) -> None:
    """Each file is missed."""
    for file in list(generation(index).iterdir()):
        aside = file.rename(index / "aside")
        assert_refused(index)
        aside.rename(file)

    assert served(index) == "nouveau"


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir, lambda path: path.symlink_to("/etc/hostname")])
def test_an_extra_file_is_refused(index: Path, make: Callable[[Path], None]) -> None:
    """A generation holds what its manifest says and nothing more."""
    make(generation(index) / "extra")

    assert_refused(index)


def test_swapped_files_are_refused(index: Path) -> None:
    """Files of one generation, whole but under another's name or in another's place, are noticed."""
    new, old = generation(index), index / "generations" / "000001"
    pairs = [*zip(sorted(new.iterdir()), sorted(old.iterdir()), strict=False)]
    first, second, *_ = sorted(new.iterdir())
    for left, right in [*pairs, (first, second)]:
        if left.read_bytes() != right.read_bytes():
            exchange(left, right)
            with pytest.raises(IndexDamaged):
                served(index)
            exchange(left, right)

    assert served(index) == "nouveau"


def test_swapped_generations_are_refused(index: Path) -> None:
    """A generation under the name of another one does not serve."""
    exchange(generation(index), index / "generations" / "000001")

    assert_refused(index)


def exchange(left: Path, right: Path) -> None:
    """Exchange two files or folders."""
    aside = left.rename(left.parent.parent / "aside")
    right.rename(left)
    aside.rename(right)


def test_a_damaged_index_is_left_by_a_rollback_or_a_rebuild(index: Path, rebuild_with: Rebuild) -> None:
    """What the sentence of IndexDamaged advises works."""
    next(file for file in generation(index).iterdir() if file.name != MANIFEST).write_bytes(b"")
    assert_refused(index)

    assert rollback_and_serve(index) == "ancien"
    with pytest.raises(IndexDamaged):
        rollback(index)
    rebuild_with(index, "trois")
    assert served(index) == "trois"


def resign(index: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Change the manifest that serves, and its digest in CURRENT, as another version of Furet would write them."""
    file = generation(index) / MANIFEST
    file.write_text(json.dumps(change(json.loads(file.read_text()))))
    pointer = json.loads((index / "CURRENT").read_text())
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    (index / "CURRENT").write_text(json.dumps(pointer | {"manifest": digest}))


@pytest.mark.parametrize("change", [{"format": FORMAT + 1}, {"analysis": 0}], ids=["format", "analysis"])
def test_another_version_is_told_clearly(index: Path, change: dict[str, object]) -> None:
    """An index of another format or analysis is refused with the reason and the remedy."""
    resign(index, lambda manifest: manifest | change)

    with pytest.raises(IndexDamaged, match=r"autre version de Furet.*furet rebuild"):
        open_index(index).search("commun")


@pytest.mark.parametrize(
    "change", [lambda _: {}, lambda _: [], lambda _: None, lambda _: "x", lambda _: {"format": FORMAT}]
)
def test_a_manifest_without_sense_is_refused(index: Path, change: Callable[[object], object]) -> None:
    """A manifest under its right digest that says nothing is IndexDamaged, not an error of Python's."""
    resign(index, change)

    assert_refused(index)


# Folders that cannot be written


def test_a_file_in_the_place_of_the_folder(tmp_path: Path, rebuild_with: Rebuild) -> None:
    """An index folder that cannot be made is RebuildFailed."""
    (tmp_path / "index").write_text("")

    with pytest.raises(RebuildFailed):
        rebuild_with(tmp_path / "index", "un")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write in a read-only folder")
def test_a_read_only_index_answers(index: Path, rebuild_with: Rebuild) -> None:
    """A read-only index serves; a rebuild of it is RebuildFailed."""
    folders = [index, index / "generations", *(index / "generations").iterdir()]
    for folder in folders:
        folder.chmod(0o555)
    try:
        assert served(index) == "nouveau"
        with pytest.raises(RebuildFailed):
            rebuild_with(index, "trois")
    finally:
        for folder in folders:
            folder.chmod(0o755)


# Readers at work while the index changes


def test_readers_see_one_generation_at_a_time(index: Path, rebuild_with: Rebuild) -> None:
    """Eight threads ask while five rebuilds happen: no error, and every answer is wholly of one generation."""
    searcher = open_index(index)
    done = threading.Event()
    started = threading.Barrier(9)

    def ask() -> list[str]:
        marks = [mark_of(searcher.search("commun", limit=50))]
        started.wait(timeout=60)
        while not done.is_set():
            marks.append(mark_of(searcher.search("commun", limit=50)))
            assert searcher.status().documents == 5
        return [*marks, mark_of(searcher.search("commun", limit=50))]

    with ThreadPoolExecutor(8) as pool:
        asking = [pool.submit(ask) for _ in range(8)]
        started.wait(timeout=60)
        try:
            for number in range(5):
                rebuild_with(index, f"marque{number}")
        finally:
            done.set()
        seen = [future.result() for future in asking]

    order = ["nouveau", *(f"marque{number}" for number in range(5))]
    assert all(marks == sorted(marks, key=order.index) for marks in seen)
    assert {marks[-1] for marks in seen} == {"marque4"}


def test_a_reader_survives_the_removal_of_its_generation(index: Path, rebuild_with: Rebuild) -> None:
    """Two rebuilds remove the generation that a reader has open: it answers from the newest."""
    searcher = open_index(index)
    marks = [mark_of(searcher.search("commun", limit=50))]
    for mark in ("trois", "quatre"):
        rebuild_with(index, mark)
    marks.append(mark_of(searcher.search("commun", limit=50)))

    assert (marks, kept(index)) == (["nouveau", "quatre"], ["000003", "000004"])


def test_a_generation_swept_while_it_is_opened(
    index: Path, rebuild_with: Rebuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two rebuilds end between reading the pointer and verifying what it names: the newest is opened instead."""
    verify, pending = Generations.verify, ["trois", "quatre"]

    def verify_late(generations: Generations, pointer: Pointer) -> dict[str, Any]:
        while pending:
            rebuild_with(index, pending.pop(0))
        return verify(generations, pointer)

    monkeypatch.setattr(Generations, "verify", verify_late)

    assert served(index) == "quatre"


def test_a_reader_opened_before_damage_refuses_after_a_switch(index: Path) -> None:
    """A generation is verified when it is taken into service, not when the program started."""
    searcher = open_index(index)
    mark_of(searcher.search("commun", limit=50))
    old = index / "generations" / "000001"
    next(file for file in old.iterdir() if file.name != MANIFEST).write_bytes(b"")
    pointer = json.loads((index / "CURRENT").read_text())
    (index / "CURRENT").write_text(
        json.dumps(
            {"name": "000001", "manifest": pointer["previous_manifest"], "previous": "", "previous_manifest": ""}
        )
    )

    with pytest.raises(IndexDamaged):
        searcher.search("commun")


def held() -> list[str]:
    """Return the files that this process holds open or mapped, under generations."""
    descriptors = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    mapped = Path("/proc/self/maps").read_text("utf-8").splitlines()
    return [name for name in [*descriptors, *mapped] if "/generations/" in name]


@ON_LINUX
def test_nothing_is_held_of_old_generations(index: Path, rebuild_with: Rebuild) -> None:
    """After twenty rebuilds, each searched, as many files are held as after the first, and none that was removed."""
    searcher = open_index(index)
    counts = []
    for number in range(20):
        rebuild_with(index, f"marque{number}")
        mark_of(searcher.search("commun", limit=50))
        gc.collect()
        counts.append(len(held()))

    assert len(set(counts)) == 1
    assert not any("(deleted)" in name for name in held())


@ON_LINUX
def test_memory_does_not_grow(index: Path, rebuild_with: Rebuild) -> None:
    """After a few rounds, rebuilding and searching leave no objects behind."""
    searcher = open_index(index)
    counts = []
    for _ in range(20):
        rebuild_with(index, "marque")
        mark_of(searcher.search("commun", limit=50))
        gc.collect()
        counts.append(len(gc.get_objects()))

    assert counts[-1] - counts[4] < 100


@ON_LINUX
def test_threads_that_end_hold_nothing(index: Path) -> None:
    """What a thread had open is closed when it ends: no more is held than after the first search."""
    searcher = open_index(index)
    mark_of(searcher.search("commun", limit=50))
    gc.collect()
    before = len(held())
    for _ in range(10):
        with ThreadPoolExecutor(4) as pool:
            marks = pool.map(lambda _: mark_of(searcher.search("commun", limit=50)), range(8))
            assert set(marks) == {"nouveau"}
    gc.collect()

    assert len(held()) == before
