"""`furet` as a process of its own: exit codes, signals, pipes and terminals."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import process_environment, run_process, start

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other terminals, signals and pipes")


def terminal_text(reader: int) -> str:
    """Return all that is written to a pseudo-terminal until its other end is closed."""
    written = b""
    while chunk := terminal_chunk(reader):
        written += chunk
    return written.decode()


def terminal_chunk(reader: int) -> bytes:
    """Return what is written next, nothing at the end (which Linux tells as an error)."""
    try:
        return os.read(reader, 1024)
    except OSError:
        return b""


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A corpus that takes long enough to be interrupted."""
    text = "Une phrase assez longue pour que sa lecture prenne un moment, et pour qu’on puisse l’interrompre. " * 20
    with (tmp_path / "grand.jsonl").open("w", encoding="utf-8") as file:
        for number in range(5000):
            file.write(json.dumps({"id": f"a{number}", "title": f"Article {number}", "text": text}) + "\n")
    return tmp_path / "grand.jsonl"


def test_exit_codes_reach_the_shell(built: Path) -> None:
    """0 found, 1 nothing found, 2 wrong option, 3 no index, 5 no folder: as a shell sees them."""
    codes = [
        run_process(*arguments).code
        for arguments in (
            ["search", "--index", built, "farine"],
            ["search", "--index", built, "zeppelin"],
            ["search", "--rien"],
            ["status"],
            ["rebuild", "rien"],
        )
    ]

    assert codes == [0, 1, 2, 3, 5]


def test_a_rebuild_by_another_process(articles: Path, tmp_path: Path) -> None:
    """A rebuild, then a search, with paths of spaces and accents, through pipes."""
    index = tmp_path / "l'index d'été"
    (articles / "vide.txt").touch()

    rebuilt = run_process("rebuild", articles, "--index", index)
    found = run_process("search", "--index", index, "allumeur")

    assert rebuilt.code == 1
    assert rebuilt.err == "  vide.txt — Le fichier est vide.\n"  # and no progress: it is no terminal
    assert f"Nouvel index en service dans {index}." in rebuilt.out
    assert "1. Le dernier allumeur de réverbères" in found.out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_without_our_characters_gets_stand_ins(built: Path, encoding: str) -> None:
    """An output that has no ’ or no narrow space shows something else, and the answer is complete."""
    ran = run_process("status", "--index", built, env=process_environment(PYTHONIOENCODING=encoding, PYTHONUTF8="0"))

    assert (ran.code, ran.err) == (0, "")


def test_json_is_utf_8_on_any_terminal(built: Path) -> None:
    """JSON is read by programs: it is UTF-8 even where the terminal is not."""
    environment = process_environment(PYTHONIOENCODING="latin-1")

    ran = run_process("search", "--index", built, "--json", "meunier", env=environment)

    assert json.loads(ran.out)["results"][0]["passages"][0]["text"].startswith("Le meunier a remis la roue à l’eau.")


@posix_only
def test_a_broken_pipe_is_no_error(built: Path) -> None:
    """« furet search … | head »: when the reader has gone, the run ends without a word."""
    with start("search", "--index", built, "farine") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert said == b""
    assert process.returncode == 0


@posix_only
def test_progress_on_a_terminal(articles: Path, tmp_path: Path) -> None:
    """On a terminal a rebuild shows how far it is, then that it writes."""
    reader, terminal = os.openpty()
    with start("rebuild", articles, "--index", tmp_path / "ix", stderr=terminal) as process:
        os.close(terminal)
        shown = terminal_text(reader)
        process.communicate()
    os.close(reader)

    assert process.returncode == 0
    assert "Lecture des articles" in shown
    assert "articles lus" in shown
    assert re.search("Écriture de l’index.*100%", shown)


@posix_only
def test_quiet_shows_no_progress(articles: Path, tmp_path: Path) -> None:
    """--quiet holds on a terminal too."""
    reader, terminal = os.openpty()
    with start("rebuild", articles, "--index", tmp_path / "ix", "--quiet", stderr=terminal) as process:
        os.close(terminal)
        shown = terminal_text(reader)
        process.communicate()
    os.close(reader)

    assert shown == ""


@posix_only
def test_marks_are_bold_on_a_terminal(built: Path) -> None:
    """The words found are bold where that can be seen."""
    reader, terminal = os.openpty()
    environment = process_environment(TERM="xterm")
    with start("search", "--index", built, "meunier", stdout=terminal, env=environment) as process:
        os.close(terminal)
        shown = terminal_text(reader)
        process.communicate()
    os.close(reader)

    assert "Le \x1b[1mmeunier\x1b[0m a remis" in shown


@posix_only
def test_an_interrupted_rebuild_changes_nothing(index: Path, large: Path) -> None:
    """Ctrl+C ends a rebuild with 130 and a sentence; the old index serves on, and no half of a new one is left."""
    reader, terminal = os.openpty()
    with start("rebuild", large, "--index", index, stderr=terminal) as process:
        os.close(terminal)
        shown = terminal_chunk(reader)
        while "lus" not in shown.decode("utf-8", "ignore") and (chunk := terminal_chunk(reader)):
            shown += chunk
        building = len(list((index / "generations").iterdir()))
        process.send_signal(signal.SIGINT)
        said = terminal_text(reader)
        process.communicate()
    os.close(reader)

    assert building == 2
    assert process.returncode == 130, said
    assert said.endswith("Interrompu\u00a0: l’index en service n’a pas changé.\r\n")
    assert [folder.name for folder in (index / "generations").iterdir()] == ["000001"]
    assert run_process("search", "--index", index, "farine").out.startswith("2 articles\n")


def test_the_command_is_installed() -> None:
    """`furet`, as pip installs it, is the same program as `python -m indexer`."""
    installed = Path(sys.executable).with_name("furet.exe" if sys.platform == "win32" else "furet")

    ran = subprocess.run([installed, "--version"], check=True, capture_output=True, env=process_environment())

    assert ran.stdout.decode() == run_process("--version").out
