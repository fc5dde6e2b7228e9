"""`furet evaluate`: measures for a reader and as JSON, with their exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Furet = Callable[..., Ran]

CASES = [
    {"id": "PAIN-1", "query": "four", "text": "Le four est chaud.", "expect": "match", "highlight": ["four"]},
    {"id": "PAIN-2", "query": "farine", "text": "Le four\nest chaud.", "expect": "match", "debatable": True},
    {"id": "EAU-1", "query": "eau", "text": "L’eau du puits.", "expect": "match", "highlight": ["L’eau"]},
]


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A file of three cases, of which one is right."""
    file = tmp_path / "cas.jsonl"
    file.write_text("\n".join(json.dumps(case) for case in CASES), "utf-8")
    return file


def test_failures_then_a_table_by_category(furet: Furet, cases: Path) -> None:
    """Each failing case shows the query, the text and what is wrong; the table counts debatable cases apart."""
    ran = furet("evaluate", "cases", cases)

    assert ran.out == (
        "PAIN-2 (discutable) — farine — le texte n’est pas trouvé\n"
        "  Le four⏎est chaud.\n"
        "\n"
        "EAU-1 — eau — les marques ne sont pas les bonnes\n"
        "  L’eau du puits.\n"
        "  marques attendues : L’eau · obtenues : eau\n"
        "\n"
        "catégorie  sûrs  discutables  tous\n"
        "EAU         0/1                0/1\n"
        "PAIN        1/1          0/1   1/2\n"
        "en tout     1/2          0/1   1/3\n"
    )


@pytest.mark.parametrize(("category", "code"), [("EAU", 1), ("PAIN", 0), ("PAIN, EAU", 1)])
def test_a_failure_that_nobody_disputes_ends_with_1(furet: Furet, cases: Path, category: str, code: int) -> None:
    """A debatable failure changes nothing of the exit code; only the cases asked for count."""
    assert furet("evaluate", "cases", cases, "--category", category).code == code


def test_all_shows_the_right_cases_too(furet: Furet, cases: Path) -> None:
    """--all lists what is as expected."""
    assert "PAIN-1 — four — comme attendu\n" in furet("evaluate", "cases", cases, "--all").out


def test_cases_as_json(furet: Furet, cases: Path) -> None:
    """--json has the counts and the cases shown."""
    ran = furet("evaluate", "cases", cases, "--json", "--category", "EAU")

    found = json.loads(ran.out)
    assert found["categories"][-1] == {"category": "", "agreed": [0, 1], "debatable": [0, 0]}
    assert found["cases"] == [
        {
            "id": "EAU-1",
            "query": "eau",
            "text": "L’eau du puits.",
            "right": False,
            "debatable": False,
            "fault": "les marques ne sont pas les bonnes",
            "found": True,
            "marked": ["eau"],
            "offered": [],
        }
    ]


def test_a_category_without_cases_is_refused(furet: Furet, cases: Path) -> None:
    """A category that no case has is a slip of the fingers."""
    ran = furet("evaluate", "cases", cases, "--category", "VIN")

    assert ran.code == 2
    assert "Aucun cas de la catégorie « VIN »." in ran.err


def test_a_file_that_makes_no_sense_ends_with_2(furet: Furet, tmp_path: Path) -> None:
    """A line that is no case is told with its number."""
    (tmp_path / "cas.jsonl").write_text('{"id": "A-1"}', "utf-8")

    ran = furet("evaluate", "cases", "cas.jsonl")

    assert (ran.code, ran.err) == (2, "Erreur : cas.jsonl, ligne 1 : La clé « query » manque.\n")


def test_the_help_is_translated_at_every_level(furet: Furet) -> None:
    """Commands of a group are told in the reader's language, in its list and in their own help."""
    assert "Judges cases" in furet("--language", "en", "evaluate", "--help").out
    assert "Judges cases" in furet("--language", "en", "evaluate", "cases", "--help").out
