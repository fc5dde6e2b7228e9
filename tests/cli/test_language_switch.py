"""English on request: by flag, by variable, by furet.toml; and nothing left in French."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Furet = Callable[..., Ran]

FRENCH = re.compile(
    r"[éèêàùçîôûœ«»’]|\b(le|la|les|des|une|du|est|dans|pour|avec|sans|aucun|dossier|erreur|mots|recherche)\b",
    re.IGNORECASE,
)
"""Signs of French, in what has no French of its own: the articles of these tests are left out."""

SAID = [
    ["--help"],
    ["rebuild", "--help"],
    ["serve", "--help"],
    ["search", "--help"],
    ["status", "--help"],
    ["rollback", "--help"],
    ["rebuild"],
    ["sarch"],
    ["search"],
    ["search", "--limit", "0", "x"],
    ["search", "--year", "x", "x"],
    ["rebuild", "nowhere"],
    ["status"],
    ["rollback", "--index", "ix"],
    ["status", "--index", "ix"],
    ["search", "--index", "ix", "zeppelin"],
    ["search", "--index", "ix", "(zeppelin"],
    ["search", "--index", "ix", "--year", "1999"],
]


@pytest.mark.parametrize("how", ["flag", "variable", "file"])
@pytest.mark.parametrize("arguments", SAID, ids=" ".join)
def test_nothing_is_left_in_french(
    furet: Furet, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, arguments: list[str], how: str
) -> None:
    """Help, answers and refusals are English for whoever asked for English, in whichever way."""
    flags = ["--language", "en"] if how == "flag" else []
    if how == "variable":
        monkeypatch.setenv("FURET_LANGUAGE", "en")
    if how == "file":
        (tmp_path / "furet.toml").write_text('language = "en"', "utf-8")

    ran = furet(*flags, *(built if argument == "ix" else argument for argument in arguments))

    # Furet's own syntax, the paths and the words of the examples stay what they are.
    said = re.sub(rf"^ +furet .*|SAUF|{re.escape(str(built))}", "", ran.said, flags=re.MULTILINE)
    assert said
    assert FRENCH.findall(said) == []


def test_summary_of_a_rebuild_in_english(furet: Furet, articles: Path) -> None:
    """What a rebuild says, from failures to summary, is English too."""
    (articles / "empty.txt").touch()

    ran = furet("--language", "en", "rebuild", articles, "--index", "ix")

    assert ran.err == "  empty.txt — The file is empty.\n"
    assert re.match(r"4 articles indexed in [\d.]+ s\.\n  2 undated · 1 failure\n", ran.out)
    assert ran.out.endswith("New index in service in ix.\n")


def test_dates_and_numbers_in_english(furet: Furet, built: Path) -> None:
    """Days are written as the English do."""
    assert "4 May 2019" in furet("--language", "en", "search", "--index", built, "meunier").out


def test_nothing_counts_as_many_in_english(furet: Furet, built: Path) -> None:
    """Each language counts in its own way: one source, four articles."""
    ran = furet("--language", "en", "status", "--index", built)

    assert ran.out.startswith(f"4 articles in {built}\n1 source\n")


def test_the_flag_wins_over_the_variable(furet: Furet, monkeypatch: pytest.MonkeyPatch) -> None:
    """--language says what is spoken, whatever the variable says."""
    monkeypatch.setenv("FURET_LANGUAGE", "en")

    assert "Affiche cette aide." in furet("--language", "fr", "--help").out


@pytest.mark.parametrize("arguments", [["--language", "en", "--help"], ["--help", "--language", "en"]], ids=" ".join)
def test_the_flag_may_stand_anywhere_before_the_command(furet: Furet, arguments: list[str]) -> None:
    """The language is known before the help is told, in whichever order they are asked for."""
    ran = furet(*arguments)

    assert ran.out.startswith("Usage: furet [OPTIONS] COMMAND [ARGUMENTS]...")
    assert "Show this message and exit." in ran.out


def test_the_system_has_no_say(furet: Furet, monkeypatch: pytest.MonkeyPatch) -> None:
    """French is the default whatever the locale of the machine: Furet's archive is French."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")

    assert "Affiche cette aide." in furet("--help").out
