"""Generations: folders of an index, built aside, verified, switched by one atomic rename.

::

    INDEX/
      CURRENT            which generation serves, which one is kept for a rollback
      lock               held by the rebuild at work; the kernel frees it when a process dies
      generations/
        000007/          one whole index and its manifest.json; never changed once CURRENT names it

A process killed at any moment leaves CURRENT as it was, and at most an orphan folder that the next rebuild
sweeps. Everything is flushed to disk before the switch, so that a power cut cannot leave CURRENT ahead of its
files (design and faults tried: Lucene's commits, SQLite's atomic commit).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from indexer.errors import IndexDamaged, IndexMissing, RebuildFailed, RebuildLocked
from indexer.messages import message

FORMAT = 3
"""Raised when the files of a generation change their meaning: others must be rebuilt."""

MANIFEST = "manifest.json"

_NAME = re.compile(r"[0-9]{6,18}")
"""The name of a generation: a number and nothing else, so that no pointer leads out of the folder."""

_LARGE = 1 << 22
"""Bytes from which on a file is worth a thread to read it."""


@dataclass(frozen=True)
class Pointer:
    """What CURRENT says: the generation that serves, the one before ("" if none), the SHA-256 of their manifests."""

    name: str
    manifest: str
    previous: str = ""
    previous_manifest: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether the values are such as `publish` writes them; they come from a file."""
        if not all(isinstance(value, str) for value in vars(self).values()):
            return False
        return all(_NAME.fullmatch(name) for name in (self.name, self.previous or self.name))


class Generations:
    """The generations of one index folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folder = root / "generations"
        self._pointer = root / "CURRENT"

    def path(self, name: str) -> Path:
        """Return the folder of a generation."""
        return self._folder / name

    def stamp(self) -> tuple[int, int, int, int] | None:
        """Return what tells one CURRENT from another without reading it, None when there is none to be seen.

        It is put in place by a rename, so that another one has another number in its folder, whatever the clock says.
        """
        try:
            facts = os.stat(self._pointer)  # noqa: PTH116 - Path.stat costs three times as much
        except OSError:
            return None
        return facts.st_ino, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_size

    def current(self) -> Pointer:
        """Return what is in service. Raises IndexMissing, or IndexDamaged when CURRENT makes no sense."""
        try:
            pointer = self._read_pointer()
        except FileNotFoundError:
            raise IndexMissing(
                message(
                    "Il n'y a pas encore d'index dans {index} : lancez « furet rebuild DOSSIER --index {index} ».",
                    index=self.root,
                )
            ) from None
        except OSError as error:
            raise self._damaged("CURRENT") from error
        if pointer is None:
            raise self._damaged("CURRENT")
        return pointer

    def verify(self, pointer: Pointer) -> dict[str, Any]:
        """Check every file of a generation against its manifest and return the manifest. Raises IndexDamaged."""
        folder = self.path(pointer.name)
        try:
            written = (folder / MANIFEST).read_bytes()
            if hashlib.sha256(written).hexdigest() != pointer.manifest:
                raise self._damaged(MANIFEST, pointer)
            manifest: dict[str, Any] = json.loads(written)
            if manifest["format"] != FORMAT:
                raise IndexDamaged(
                    message(
                        "L'index {index} vient d'une autre version de Furet : relancez « furet rebuild ».",
                        index=self.root,
                    )
                )
            if _contents(folder) != manifest["files"]:
                raise self._damaged(pointer.name, pointer)
        except OSError as error:
            raise self._damaged(error.filename or pointer.name, pointer) from error
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise self._damaged(MANIFEST, pointer) from error
        return manifest

    @contextmanager
    def rebuilding(self) -> Iterator[Path]:
        """Hold the lock and lend an empty folder, a new generation; the caller fills it and calls `publish`.

        Orphans are swept first; a folder that was not published is removed. Raises RebuildLocked or, when the
        folders cannot be made, RebuildFailed.
        """
        with self._locked():
            self._sweep()
            with self._writing():
                names = [int(folder.name) for folder in self._folder.iterdir() if _NAME.fullmatch(folder.name)]
                building = self.path(f"{max(names, default=0) + 1:06}")
                building.mkdir()
            try:
                yield building
            finally:
                self._sweep()

    def publish(self, building: Path, facts: dict[str, Any]) -> tuple[Pointer, dict[str, Any]]:
        """Describe, flush and put in service the generation in `building`; `facts` go into its manifest.

        Return what is in service now, and its manifest. Raises RebuildFailed when it cannot be written; CURRENT is
        then as it was.
        """
        with self._writing():
            manifest = {"format": FORMAT, **facts, "files": _contents(building)}
            written = json.dumps(manifest, indent=1, sort_keys=True)
            (building / MANIFEST).write_text(written, "utf-8")
            for file in building.iterdir():
                _flush(file)
            _flush(building)
            _flush(self._folder)
            before = self._before()
            pointer = Pointer(building.name, hashlib.sha256(written.encode()).hexdigest(), before.name, before.manifest)
            self._switch(pointer)
        return pointer, manifest

    def rollback(self) -> tuple[Pointer, dict[str, Any]]:
        """Put the previous generation back in service, once verified; return it and its manifest.

        Raises RebuildFailed if there is none or CURRENT cannot be written, IndexDamaged if it cannot be trusted.
        """
        with self._locked():
            current = self.current()
            if not current.previous or not self.path(current.previous).is_dir():
                raise RebuildFailed(message("Il n'y a pas d'index précédent auquel revenir."))
            pointer = Pointer(current.previous, current.previous_manifest, current.name, current.manifest)
            manifest = self.verify(replace(pointer, previous=""))  # its way out is no rollback
            with self._writing():
                self._switch(pointer)
            return pointer, manifest

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = FileLock(self.root / "lock", timeout=0)
        with self._writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                lock.acquire()
            except Timeout:
                raise RebuildLocked(
                    message(
                        "Une autre reconstruction de {index} est en cours : attendez qu'elle se termine, puis "
                        "recommencez.",
                        index=self.root,
                    )
                ) from None
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Tell an error of the system as one of ours."""
        try:
            yield
        except OSError as error:
            reason = error.strerror or error
            raise RebuildFailed(
                message("Impossible d'écrire dans {index} : {reason}.", index=self.root, reason=reason)
            ) from error

    def _sweep(self) -> None:
        """Remove the generations that neither serve nor are kept; what cannot be removed now waits for the next time.

        Nothing is removed while CURRENT cannot be read: any of them may be the one that serves.
        """
        try:
            pointer = self.current()
        except IndexMissing:
            kept = set()
        except IndexDamaged:
            return
        else:
            kept = {pointer.name, pointer.previous}
        with suppress(OSError):
            for folder in self._folder.iterdir():
                if folder.name not in kept:
                    shutil.rmtree(folder, ignore_errors=True)

    def _read_pointer(self) -> Pointer | None:
        """Return what CURRENT says, None when it makes no sense. Raises OSError when it cannot be read."""
        try:
            pointer = Pointer(**json.loads(self._pointer.read_bytes()))
        except (ValueError, TypeError, RecursionError):
            return None
        return pointer if pointer.is_sound else None

    def _before(self) -> Pointer:
        """Return what serves until the switch; a pointer to nothing when CURRENT is missing or makes no sense."""
        try:
            return self._read_pointer() or Pointer("", "")
        except FileNotFoundError:
            return Pointer("", "")

    def _switch(self, pointer: Pointer) -> None:
        """Write CURRENT beside, flush it, and put it in place in one step. Raises OSError before that step only."""
        aside = self._pointer.with_suffix(".tmp")
        aside.write_text(json.dumps(vars(pointer)), "utf-8")
        _flush(aside)
        aside.replace(self._pointer)
        with suppress(OSError):  # The switch is done. A power cut may still undo it; both generations are whole.
            _flush(self.root)

    def _damaged(self, name: str, pointer: Pointer | None = None) -> IndexDamaged:
        """Return the error that names a damaged file, and the way out: a rollback only where one can help."""
        if pointer and pointer.previous and self.path(pointer.previous).is_dir():
            return IndexDamaged(
                message(
                    "L'index {index} est abîmé ({file}) : relancez « furet rebuild », ou « furet rollback » pour "
                    "revenir à l'index précédent.",
                    index=self.root,
                    file=name,
                )
            )
        return IndexDamaged(
            message("L'index {index} est abîmé ({file}) : relancez « furet rebuild ».", index=self.root, file=name)
        )


def _contents(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the size and SHA-256 of every file of a folder but its manifest; all the cores read the large ones."""
    sizes = {file: file.stat().st_size for file in folder.iterdir() if file.name != MANIFEST}
    large = sorted((file for file in sizes if sizes[file] >= _LARGE), key=sizes.__getitem__, reverse=True)
    digests = {file: _digest(file) for file in sizes if sizes[file] < _LARGE}
    if large:
        with ThreadPoolExecutor() as readers:
            digests |= zip(large, readers.map(_digest, large), strict=True)
    return {file.name: {"size": sizes[file], "sha256": digests[file]} for file in sorted(sizes)}


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _flush(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk itself."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no way to flush a folder, and needs none.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
