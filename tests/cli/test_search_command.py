"""`furet search`: answers for a reader, as JSON, and by the batch."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import open_index
from indexer.serialisation import answer_as_json
from tests.cli.conftest import Ran

Furet = Callable[..., Ran]


@pytest.fixture
def search(furet: Furet, built: Path) -> Furet:
    """Run `furet search` over the index of the four articles."""
    return lambda *arguments, **options: furet("search", "--index", built, *arguments, **options)


def test_results_show_title_reference_and_passages(search: Furet) -> None:
    """A result has its number, title, source, author, date, id, and the passages that hold the words."""
    ran = search("meunier")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "1 article\n"
        "\n"
        "1. Le moulin tourne de nouveau\n"
        "   La Feuille des Vallons · Odile Tavernier · 4 mai 2019 · moulin\n"
        "   Le meunier a remis la roue à l’eau. La farine du moulin nourrit trois villages.\n"
    )


def test_no_colour_without_a_terminal(search: Furet) -> None:
    """Marks are bold on a terminal only: a file or a pipe gets plain text."""
    assert "\x1b" not in search("farine").out


def test_an_undated_article_says_so(search: Furet) -> None:
    """An article without date, source or author shows « Date inconnue »."""
    assert "   Date inconnue · bac\n" in search("passeur").out


def test_a_match_in_the_title_alone_shows_the_opening(search: Furet) -> None:
    """When only the title holds the word, the article's opening is shown."""
    assert "   Le passeur est parti." in search("bac").out


def test_exact_takes_words_as_spelt(search: Furet) -> None:
    """With --exact « farines » is not « farine », and what was understood says why."""
    tolerant, exact = search("farines"), search("farines", "--exact")

    assert (tolerant.code, exact.code) == (0, 1)
    assert "Requête comprise comme : =farines" in exact.out.replace("\u00a0", " ")


def test_a_misspelt_word_is_read_as_meant(search: Furet) -> None:
    """A sure repair is searched for, and said."""
    ran = search("meuniier")

    assert (ran.code, ran.out.splitlines()[:3]) == (
        0,
        ["1 article", "Aucun article ne contient « meuniier » : voici les résultats pour « meunier ».", ""],
    )


@pytest.mark.parametrize("arguments", [["lanpe"], ["--as-typed", "meuniier"]])
def test_a_spelling_is_suggested(search: Furet, arguments: list[str]) -> None:
    """A short word, or one that is searched for as typed, finds nothing; its spelling is offered."""
    ran = search(*arguments)

    assert ran.code == 1
    assert ran.out.endswith(f"Essayez avec l’orthographe « {'lampe' if len(arguments) == 1 else 'meunier'} ».\n")


def test_a_partial_answer_says_what_is_missing(search: Furet) -> None:
    """When no article has every word, the answer says so and each result names what it lacks."""
    ran = search("farine", "zeppelin")

    assert ran.code == 0
    assert "Aucun article ne contient tous ces mots. Voici ceux qui en contiennent le plus." in ran.out
    assert ran.out.count("   Absents : zeppelin\n") == 2


def test_a_repaired_query_is_explained(search: Furet) -> None:
    """What was understood and what was repaired are told before the results."""
    ran = search('"farine du moulin')

    assert "Requête comprise comme : farine moulin\n" in ran.out
    assert "Un guillemet n’est pas fermé : les mots qui le suivent sont cherchés un par un.\n" in ran.out


def test_a_query_understood_as_typed_is_not_repeated(search: Furet) -> None:
    """« Requête comprise comme » is for what differs from what was typed."""
    assert "comprise" not in search("farine").out


def test_nothing_found_ends_with_1(search: Furet) -> None:
    """When no article answers the exit code is 1, with the sentence on stdout."""
    ran = search("zeppelin")

    assert (ran.code, ran.err) == (1, "")
    assert ran.out == "Aucun article ne contient « zeppelin ».\n"


def test_filters_that_leave_nothing_say_what_is_without_them(search: Furet) -> None:
    """When the filters are the reason, the answer counts the articles without them."""
    ran = search("farine", "--year", "1999")

    assert ran.code == 1
    assert ran.out == "Aucun article pour « farine » avec ces filtres.\nSans ces filtres : 2 articles.\n"


def test_filters_alone_that_leave_nothing(search: Furet) -> None:
    """Filters without words do not speak of words."""
    assert search("--year", "1999").out.startswith("Aucun article ne correspond à ces filtres.\n")


FILTERS = [
    (["--year", "2019"], ["moulin"]),
    (["--year", "0", "--author", ""], None),
    (["--source", "La Feuille des Vallons", "--sort", "newest"], ["pain", "moulin"]),
    (["--source", "La Feuille des Vallons", "--sort", "oldest"], ["moulin", "pain"]),
    (["--author", "Odile Tavernier", "--limit", "1", "--offset", "1", "--sort", "oldest"], ["pain"]),
]


@pytest.mark.parametrize(("arguments", "expected"), FILTERS, ids=lambda value: " ".join(value or ["undated"]))
def test_options_choose_and_order(search: Furet, arguments: list[str], expected: list[str] | None) -> None:
    """Filters, order and page are those of the options; words are not needed."""
    ran = search("--json", *arguments)

    found = [result["id"] for result in json.loads(ran.out)["results"]]
    assert found == expected if expected else {"bac"} < set(found) and len(found) == 2


def test_results_are_numbered_from_the_offset(search: Furet) -> None:
    """The second page goes on counting."""
    assert "\n2. " in search("farine", "--offset", "1").out


def test_as_many_passages_as_wanted(search: Furet, built: Path) -> None:
    """--passages says how many each article shows at most."""
    (few,) = json.loads(search("--json", "--passages", "1", "--limit", "1", "farine").out)["results"]

    assert [few] == answer_as_json(open_index(built).search("farine", passages=1, limit=1))["results"]


def test_json_is_the_answer_of_the_library(search: Furet, built: Path) -> None:
    """--json prints, on one line, what answer_as_json makes of the same search."""
    ran = search("--json", "farine", "four")

    assert ran.out.count("\n") == 1
    assert json.loads(ran.out) == answer_as_json(open_index(built).search("farine four", limit=10))


def test_json_of_nothing_ends_with_1(search: Furet) -> None:
    """--json has the same exit codes, and is valid JSON when nothing is found."""
    ran = search("--json", "zeppelin")

    assert ran.code == 1
    assert json.loads(ran.out)["total"] == 0


def test_json_survives_what_is_no_text(search: Furet) -> None:
    """An argument with bytes that are no text gives valid JSON."""
    ran = search("--json", "farine\udcff")

    assert json.loads(ran.out)["total"] == 2


def test_an_argument_that_is_no_text_can_be_told(search: Furet) -> None:
    """An argument with bytes that are no text gives an ordinary answer."""
    ran = search("zeppelin\udcff")

    assert ran.code == 1
    assert ran.out.startswith("Aucun article ne contient « zeppelin? ».")


QUESTIONS = 'farine\n\nzeppelin\r\n"four à pain"\n'


@pytest.mark.parametrize("source", ["file", "stdin"])
def test_batch_answers_line_by_line(search: Furet, tmp_path: Path, source: str) -> None:
    """--batch gives one line of JSON for each line of a file or of stdin, empty ones included; exit code 0."""
    (tmp_path / "mes questions.txt").write_text("\ufeff" + QUESTIONS, "utf-8")

    ran = search("--batch", "mes questions.txt") if source == "file" else search("--batch", "-", stdin=QUESTIONS)

    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [answer["query"] for answer in answers] == ["farine", "", "zeppelin", '"four à pain"']
    assert [answer["total"] for answer in answers] == [2, 0, 0, 1]


def test_batch_obeys_the_options(search: Furet) -> None:
    """Filters and limits hold for every line of a batch."""
    ran = search("--batch", "-", "--year", "2021", "--limit", "1", stdin="farine\n")

    assert [result["id"] for result in json.loads(ran.out)["results"]] == ["pain"]


def test_batch_takes_no_words(search: Furet) -> None:
    """Words beside --batch would be lost: they are refused."""
    ran = search("--batch", "-", "farine")

    assert ran.code == 2
    assert "Avec --batch, les recherches viennent du fichier : ne tapez pas de mots." in ran.err


def test_no_words_no_filter_is_refused(search: Furet) -> None:
    """Without anything to search for, the sentence shows what to type."""
    ran = search()

    assert ran.code == 2
    assert "Que faut-il chercher ? Par exemple : furet search retraite greve" in ran.err


@pytest.mark.parametrize("arguments", [["farine"], ["???"], ["--json", "???"], ["--batch", "-"], ["--year", "2019"]])
def test_a_missing_index_is_always_told(furet: Furet, arguments: list[str]) -> None:
    """Without an index every search ends with 3 and the command to type, even one with nothing to look for."""
    ran = furet("search", "--index", "nulle part", *arguments)

    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        "Erreur : Il n’y a pas encore d’index dans nulle part : lancez « furet rebuild DOSSIER --index nulle part ».\n"
    )


def test_a_path_is_told_as_it_is(furet: Furet) -> None:
    """Typography is for sentences: a path to type keeps its straight apostrophe and plain spaces."""
    assert "--index l'index : 1 ?" in furet("search", "--index", "l'index : 1 ?", "farine").err
