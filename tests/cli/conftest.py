"""A folder of invented articles, its index, and `furet` run as a shell would run it, in this process or in its own."""

from __future__ import annotations

import gettext
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from indexer import rebuild
from indexer.cli import main

DISPATCHES: list[dict[str, Any]] = [
    {
        "id": "moulin",
        "title": "Le moulin tourne de nouveau",
        "text": "Le meunier a remis la roue à l’eau. La farine du moulin nourrit trois villages.\n\n"
        "Les élèves l’ont goûtée.",
        "author": "Odile Tavernier",
        "date": "2019-05-04",
        "source": "La Feuille des Vallons",
    },
    {
        "id": "pain",
        "title": "Un four à pain rallumé",
        "text": "Le pain cuit le samedi, avec la farine du pays. Le four était froid depuis la guerre.",
        "author": "Odile Tavernier",
        "date": "2021-11-13",
        "source": "La Feuille des Vallons",
    },
    {"id": "bac", "title": "Le bac ne passe plus", "text": "Le passeur est parti. Il faut une heure de marche."},
]

LAMPLIGHTER = "Le dernier allumeur de réverbères\n\nIl a soufflé sa lampe, puis il est rentré chez lui à pied."


def write_articles(folder: Path) -> Path:
    """Write a folder of four good articles; its name has spaces and accents."""
    folder.mkdir(parents=True)
    lines = (json.dumps(dispatch, ensure_ascii=False) for dispatch in DISPATCHES)
    (folder / "dépêches du pays.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "allumeur.txt").write_text(LAMPLIGHTER, "utf-8")
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of four articles, for tests that change it."""
    return write_articles(tmp_path / "mes articles d'été")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the four articles, made once: tests only copy or read it."""
    folder = tmp_path_factory.mktemp("cli")
    rebuild([write_articles(folder / "articles")], folder / "index")
    return folder / "index"


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Path:
    """A copy of that index, for one test."""
    return Path(shutil.copytree(built, tmp_path / "index à moi"))


@dataclass(frozen=True)
class Ran:
    """What a run of `furet` left: its exit code and what it said, no-break spaces shown as the plain ones we type."""

    code: int
    out: str
    err: str

    @classmethod
    def plain(cls, code: object, out: str, err: str) -> Ran:
        return cls(int(str(code or 0)), *(re.sub("[\u00a0\u202f]", " ", said) for said in (out, err)))

    @property
    def said(self) -> str:
        return self.out + self.err


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run in an empty folder, with no setting of the machine; put back what `furet` changes in the process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "de")  # the system's own choice, which must not be heard
    for name in ["FURET_LANGUAGE", *(name for name in os.environ if name.startswith("FURET_"))]:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    domain = gettext.textdomain()
    yield
    gettext.textdomain(domain)


@pytest.fixture
def furet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run `furet` in this process, from its arguments to its exit code."""

    def run(*arguments: object, stdin: str = "") -> Ran:
        with monkeypatch.context() as process:
            process.setattr(sys, "argv", ["furet", *map(str, arguments)])
            process.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
            process.setenv("FURET_LANGUAGE", os.environ.get("FURET_LANGUAGE", ""))  # --language sets it
            with pytest.raises(SystemExit) as ended:
                main()
        return Ran.plain(ended.value.code, *capsys.readouterr())

    return run


def process_environment(**variables: str) -> Mapping[str, str]:
    """Return an environment for a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FURET_")}
    return kept | {"PYTHONIOENCODING": "utf-8", **variables}


def start(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
    """Start `furet` as a process, its outputs kept apart unless `options` say otherwise."""
    command = [sys.executable, "-m", "indexer", *map(str, arguments)]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, **{**pipes, "env": process_environment(), **options})


def run_process(*arguments: object, **options: Any) -> Ran:
    """Run `furet` as a process, to its end."""
    with start(*arguments, **options) as process:
        out, err = process.communicate()
    return Ran.plain(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))
