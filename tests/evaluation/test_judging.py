"""Judging: when a case is right, and what is told when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.evaluation.cases import Case, read_cases
from indexer.evaluation.judging import Tally, judge, offers, tally

RIGHT = [
    Case("A-1", "farine", "La farine du moulin.", "match", ("farine",)),
    Case("A-2", "avoine", "La farine du moulin.", "no-match"),
    Case("A-3", "farine avoine", "La farine du moulin.", "no-match"),
    Case("A-4", "gâté", "Un fruit gâté.", "rank-above", ("gâté",), other="Un gâte-sauce."),
    Case("A-5", "moulin", "La farine du moulin.", "rank-above", ("moulin",), other="Le four."),
    Case("A-6", "-four", "La farine du moulin.", "match"),
    Case("A-7", "gate*", "Un ga\u0302teau.", "match", ("ga\u0302teau",)),
    Case("A-8", "moulin", "Le moulin.\n\nUn vieux moulin.", "match", ("moulin", "moulin")),
    Case("A-9", "moulin à vent", "Un moulin à vent.", "match", ("moulin à vent",), phrase_like=True),
    Case("A-10", '"l\'air du temps"', "L’air du temps.", "match", ("air", "du", "temps")),
    Case("A-11", "porte-clés", "Un porte-clés.", "match", ("porte", "clés")),
    Case("A-13", "farine", "La farine du moulin.", "match"),
    Case("A-12", "moul", "La farine du moulin.", "match", ("moul",), mode="prefix"),
]

WRONG = [
    (Case("B-1", "avoine", "La farine du moulin.", "match"), "le texte n’est pas trouvé"),
    (Case("B-2", "farine avoine", "La farine du moulin.", "match"), "le texte n’est pas trouvé"),
    (Case("B-3", "farine", "La farine du moulin.", "no-match"), "le texte ne devait pas être trouvé"),
    (Case("B-4", "four", "Un four.", "rank-above", ("four",), other="Le four."), "l’autre texte passe devant"),
    (Case("B-5", "farine", "La farine.", "match", ("La farine",)), "les marques ne sont pas les bonnes"),
    (Case("B-10", "farine", "La farine.", "match", ()), "les marques ne sont pas les bonnes"),
    (Case("B-6", "farine", "La farine, la farine.", "match", ("farine",)), "les marques ne sont pas les bonnes"),
    (Case("B-7", "moulin à vent", "Un moulin à vent.", "match", ("moulin",)), "les marques ne sont pas les bonnes"),
    (
        Case("B-8", "moulin", "La farine du moulin.", "match", ("oul",), mode="prefix"),
        "les marques ne sont pas les bonnes",
    ),
    (
        Case("B-9", "fraine", "La farine.", "match", mode="suggest", suggest=("avoine",)),
        "rien de ce qui est attendu n’est proposé",
    ),
]


@pytest.mark.parametrize("case", RIGHT, ids=lambda case: case.query)
def test_what_is_as_expected_is_right(case: Case) -> None:
    """The search does what the case says."""
    assert judge(case).fault is None


@pytest.mark.parametrize(("case", "told"), WRONG, ids=[case.id for case, _ in WRONG])
def test_what_is_not_as_expected_is_told(case: Case, told: str) -> None:
    """The first fault is told; a draw is lost; a partial answer finds nothing."""
    fault = judge(case).fault

    assert fault is not None
    assert fault.tell() == told


OFFERS = [
    ("l'eau du puits", "l’eau", True),
    ("l'État", "état", True),
    ("du pain frais", "pain frais", True),
    ("du pain bien frais", "pain frais", False),
    ("un pêcheur", "pécheur", False),
    ("des meunières", "meunière", False),
    ("", "eau", False),
]


@pytest.mark.parametrize(("query", "text", "expected"), OFFERS)
def test_a_query_offers_the_words_it_has(query: str, text: str, expected: bool) -> None:
    """What is offered has the whole words expected, side by side, with their accents."""
    assert offers(query, text) is expected


def test_a_verdict_shows_what_came() -> None:
    """A verdict has what the search did, right or not."""
    verdict = judge(Case("A-1", "farines", "Farine, farine.", "match", ("avoine",)))

    assert (verdict.found, verdict.marked, verdict.right) == (True, ("Farine", "farine"), False)


def test_a_misspelt_query_is_judged_by_what_is_shown() -> None:
    """What a reader sees of a repaired query is found; the verdict has the query that was answered."""
    verdict = judge(Case("A-1", "boulangerrie", "La boulangerie.", "match", ("boulangerie",)))

    assert (verdict.fault, verdict.repaired) == (None, "boulangerie")


def test_suggestions_are_judged() -> None:
    """In the mode "suggest" one of the words expected must be in a suggestion."""
    case = Case("A-1", "boulangerrie", "La boulangerie.", "match", mode="suggest", suggest=("four", "boulangerie"))

    assert judge(case).right


def test_cases_are_counted_by_category() -> None:
    """Each category has its counts, debatable cases apart, and the last line has them all."""
    cases = [
        Case("B-1", "four", "Le four.", "match", ("four",)),
        Case("A-1", "four", "Le four.", "no-match"),
        Case("A-2", "four", "Le four.", "no-match", debatable=True),
        Case("A-3", "four", "Le four.", "match", ("four",), debatable=True),
    ]

    assert tally(map(judge, cases)) == [
        Tally("A", (0, 1), (1, 2)),
        Tally("B", (1, 1), (0, 0)),
        Tally("", (1, 2), (1, 2)),
    ]


@pytest.mark.shared
def test_the_shared_cases_can_be_judged(shared: Path) -> None:
    """The list of cases beside the checkout is in the format."""
    cases = list(read_cases(shared / "cases" / "french_cases.jsonl"))

    assert len([judge(case) for case in cases]) == len(cases) > 200
