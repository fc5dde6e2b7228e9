"""`furet explain`: why an article is among the results, or why not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import open_index
from indexer.explanation import Kind, Reason
from indexer.serialisation import explanation_as_json
from tests.cli.conftest import Ran

Furet = Callable[..., Ran]


@pytest.fixture
def explain(furet: Furet, built: Path) -> Furet:
    """Run `furet explain` over the index of the four articles."""
    return lambda *arguments, **options: furet("explain", "--index", built, *arguments, **options)


def test_each_part_tells_its_score_its_forms_and_its_factors(explain: Furet) -> None:
    """The article, what was left out, the score; then each part: what it gives, where it stands, how it is made."""
    ran = explain("les moulins", "moulin")

    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[:3] == [
        "Le moulin tourne de nouveau · moulin",
        "Requête comprise comme : moulins",
        "Mots laissés de côté : les",
    ]
    score = lines[3].removeprefix("Score : ")
    assert lines[4:7] == [
        "",
        f"{score:>7}  moulins · mot · 1 article sur 4",
        f"{'':9}moulin (titre 1, texte 1)",
    ]
    assert re.fullmatch(r" {9}rareté 1,20 × poids dans l’article 0,\d\d × forme tapée absente 0,80", "".join(lines[7:]))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["farine ET samedi", "moulin"], "Absents : samedi"),
        (["moulin SAUF farine", "moulin"], "Exclus et présents : farine"),
        (["--", "-farine", "moulin"], "Exclus et présents : farine"),
        (["--source", "", "farine", "moulin"], "Les filtres l'écartent."),
        (["=moulins", "moulin"], "Absents : =moulins"),
        (["--exact", "moulins", "moulin"], "Absents : =moulins"),
    ],
)
def test_an_article_that_is_no_result(explain: Furet, arguments: list[str], told: str) -> None:
    """What keeps it out is told, and the code is 1."""
    ran = explain(*arguments)

    lines = ran.out.replace("’", "'").splitlines()
    assert ran.code == 1
    assert "Cet article n'est pas parmi les résultats." in lines
    assert told in lines


def test_a_misspelt_word_is_read_as_search_does(explain: Furet) -> None:
    """A sure respelling is explained, and told; --as-typed declines."""
    repaired, as_typed = explain("marchhe", "bac"), explain("marchhe", "bac", "--as-typed")

    assert (repaired.code, as_typed.code) == (0, 1)
    assert "voici les résultats pour « marche »" in repaired.out


def test_an_unknown_article(explain: Furet) -> None:
    """An id that no article has ends with 1 and a sentence."""
    ran = explain("farine", "zzz")

    assert (ran.code, ran.out) == (1, "")
    assert "Aucun article ne porte l’identifiant « zzz »." in ran.err


def test_without_an_index(furet: Furet) -> None:
    """Without an index, explain ends with 3."""
    assert furet("explain", "farine", "moulin").code == 3


@pytest.mark.parametrize("term", [*Kind, *Reason])
def test_every_term_has_its_english(term: Kind | Reason) -> None:
    """Kinds and reasons are told in both languages."""
    assert term.told.tell("fr")
    assert term.told.tell("en") != term.told.tell("fr")


def test_the_json_is_that_of_the_explanation(explain: Furet, built: Path) -> None:
    """--json gives the explanation of the searcher, on one line."""
    expected = explanation_as_json(open_index(built).explain("farine roue", "moulin"))

    assert json.loads(explain("--json", "farine roue", "moulin").out) == expected
