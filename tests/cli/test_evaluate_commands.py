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
            "repaired": "",
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


JUDGED = {
    "docs.jsonl": '{"id": "a", "title": "Le boulanger", "text": "Il pétrit."}\n{"id": "b", "title": "", "text": "Nu."}',
    "queries.tsv": "1\tboulanger pétrit\n2\tBoulangère et pétrin\n",
    "qrels.tsv": "1\ta\t3\n2\ta\t3\n",
    "topics.tsv": "1\tpain\n2\tpain\n",
}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A judged set of two articles and two queries."""
    folder = tmp_path / "collection"
    folder.mkdir()
    for name, content in JUDGED.items():
        (folder / name).write_text(content, "utf-8")
    return folder


def test_ranking_prints_a_line_a_measure(furet: Furet, collection: Path) -> None:
    """A set has its line, its topics theirs; a variation says what it loses."""
    ran = furet("evaluate", "ranking", collection, "--no-accents", "--limit", 1)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "collection                mesures  nDCG@10  rappel@100  sans réponse  perte\n"
        "collection                      1    1,000       1,000         0,0 %\n"
        "  par sujet                     1    1,000       1,000         0,0 %\n"
        "collection, sans accents        1    1,000       1,000         0,0 %  0,000\n"
        "  par sujet                     1    1,000       1,000         0,0 %  0,000\n"
    )


def test_ranking_as_json(furet: Furet, collection: Path) -> None:
    """--json has a run for each set and variation."""
    ran = furet("evaluate", "ranking", collection, "--typos", 1, "--json", "--limit", 1)

    averages = {"count": 1, "ndcg": 1.0, "recall": 1.0, "empty": 0.0}
    typed, typos = json.loads(ran.out)
    assert typed == {"name": "collection", "variation": "", "queries": averages, "topics": averages}
    assert typos["variation"] == "typos"


def test_ranking_keeps_an_index_where_it_is_told(furet: Furet, collection: Path) -> None:
    """The index of a set is below the folder of --index, which it never replaces."""
    furet("evaluate", "ranking", collection, "--index", "mesures")

    assert furet("search", "--index", "mesures/collection", "boulanger").code == 0


def test_articles_that_cannot_be_read_are_told(furet: Furet, collection: Path) -> None:
    """A set with a bad line is measured all the same, and the line counted."""
    (collection / "docs.jsonl").write_text(JUDGED["docs.jsonl"] + "\n{}", "utf-8")

    ran = furet("evaluate", "ranking", collection)

    assert (ran.code, ran.err) == (0, "1 article illisible\n")


def test_a_folder_that_is_no_judged_set_ends_with_2(furet: Furet, collection: Path) -> None:
    """The error names what is missing."""
    (collection / "qrels.tsv").unlink()

    ran = furet("evaluate", "ranking", collection)

    assert ran.code == 2
    assert "Il manque *qrels.tsv dans" in ran.err


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """A list of forms: one meets its lemma, one does not, and two lemmas meet."""
    lines = ["fours\tfour\tNOUN\t9", "charrues\tbœuf\tNOUN\t2", "moulins\tmoulins\tNOUN\t1", "moulin\tmoulin\tNOUN\t3"]
    (tmp_path / "formes.tsv").write_text("\n".join(lines), "utf-8")
    (tmp_path / "accents.tsv").write_text("mur\tmur mûr\n", "utf-8")
    return tmp_path / "formes.tsv"


def test_conflation_prints_shares_and_words(furet: Furet, forms: Path) -> None:
    """Forms that meet their lemma, lemmas that meet, accents: each with its share and the words concerned."""
    ran = furet("evaluate", "conflation", forms, "--pairs", "accents.tsv")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "catégorie  formes fléchies  trouvent leur lemme\n"
        "NOUN                     2               50,0 %\n"
        "en tout                  2               50,0 %\n"
        "Manquent leur lemme : charrues/bœuf\n"
        "\n"
        "lemmes deux à deux       paires  confondues     part\n"
        "toutes                        6           1   16,7 %\n"
        "mêmes premières lettres       1           1  100,0 %\n"
        "Se confondent : moulin/moulins\n"
        "\n"
        "accents                    recherches  le bon texte devant\n"
        "mot tapé avec ses accents           1              100,0 %\n"
        "mot qui n’a pas d’accent            1                0,0 %\n"
    )


def test_conflation_as_json(furet: Furet, forms: Path) -> None:
    """--json has every word."""
    found = json.loads(furet("evaluate", "conflation", forms, "--json").out)

    assert found["meetings"][0] == {"category": "NOUN", "forms": 2, "missed": [["charrues", "bœuf"]]}
    assert found["mergers"][0] == {"pairs": 6, "merged": [["moulin", "moulins"]]}
    assert found["accents"] == []


def test_the_help_is_translated_at_every_level(furet: Furet) -> None:
    """Commands of a group are told in the reader's language, in its list and in their own help."""
    assert "Judges cases" in furet("--language", "en", "evaluate", "--help").out
    assert "Judges cases" in furet("--language", "en", "evaluate", "cases", "--help").out
