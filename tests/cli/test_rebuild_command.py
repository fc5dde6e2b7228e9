"""`furet rebuild`: what it says, and to whom."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import open_index
from indexer.cli.rebuild import SHOWN
from tests.cli.conftest import Ran

Furet = Callable[..., Ran]


def test_summary_counts_the_articles(furet: Furet, articles: Path) -> None:
    """A rebuild without failure ends with 0 and says how many articles are in service, and where."""
    ran = furet("rebuild", articles, "--index", "archives")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("4 articles indexés en ")
    assert "2 sans date" in ran.out
    assert "Nouvel index en service dans archives." in ran.out
    assert open_index("archives").status().documents == 4


def test_first_rebuild_promises_no_rollback(furet: Furet, articles: Path) -> None:
    """Only a second rebuild keeps an index to go back to."""
    first = furet("rebuild", articles)
    second = furet("rebuild", articles)

    assert "rollback" not in first.out
    assert "Le précédent est conservé : « furet rollback »." in second.out


def test_several_folders_make_one_index(furet: Furet, articles: Path, tmp_path: Path) -> None:
    """Folders and files given together are indexed together."""
    (tmp_path / "notes.md").write_text("# Une note\n\nElle tient en une phrase, mais c’est un article.", "utf-8")

    ran = furet("rebuild", articles, tmp_path / "notes.md")

    assert ran.out.startswith("5 articles indexés")


def test_duplicates_are_named(furet: Furet, articles: Path) -> None:
    """An exact copy is counted once, and the summary says of what it is a copy."""
    shutil.copy(articles / "allumeur.txt", articles / "veilleur.txt")

    ran = furet("rebuild", articles)

    assert ran.code == 0
    assert "veilleur.txt : copie exacte de allumeur.txt, comptée une fois." in ran.out
    assert "1 doublon exact · 2 sans date" in ran.out


def test_failures_are_named_on_stderr(furet: Furet, articles: Path) -> None:
    """A file that cannot be read is named with the reason on stderr; the rest is indexed; the exit code is 1."""
    (articles / "vide.txt").touch()

    ran = furet("rebuild", articles)

    assert ran.code == 1
    assert ran.err == "  vide.txt — Le fichier est vide.\n"
    assert ran.out.startswith("4 articles indexés")
    assert "1 échec" in ran.out


def test_a_bad_line_is_named_by_its_number(furet: Furet, articles: Path) -> None:
    """In a file of many articles, a failure is told with its line."""
    (articles / "lot.jsonl").write_text('{"id": "x", "title": "X"}\n', "utf-8")

    ran = furet("rebuild", articles)

    assert ran.err == "  lot.jsonl:1 — La clé « text » manque.\n"


def test_many_failures_are_counted(furet: Furet, articles: Path) -> None:
    """Beyond the first failures, the others are counted."""
    for number in range(SHOWN + 3):
        (articles / f"vide{number:02}.txt").touch()

    ran = furet("rebuild", articles)

    assert len(ran.err.splitlines()) == SHOWN + 1
    assert ran.err.endswith("  … et 3 autres échecs.\n")


def test_other_formats_are_counted(furet: Furet, articles: Path) -> None:
    """Files of a format that Furet does not read are counted, and are no failure."""
    (articles / "photo.jpg").write_bytes(b"\xff\xd8")

    ran = furet("rebuild", articles)

    assert ran.code == 0
    assert "1 fichier d’un autre format" in ran.out


def test_quiet_says_only_failures(furet: Furet, articles: Path) -> None:
    """With --quiet nothing is said but the failures."""
    (articles / "vide.txt").touch()

    ran = furet("rebuild", articles, "--quiet")

    assert (ran.code, ran.out) == (1, "")
    assert "vide.txt" in ran.err


def test_no_progress_without_a_terminal(furet: Furet, articles: Path) -> None:
    """On a stderr that is no terminal there is no progress."""
    ran = furet("rebuild", articles)

    assert ran.err == ""


def test_a_missing_folder_is_refused(furet: Furet) -> None:
    """A folder that does not exist ends a rebuild with 5 and one sentence that names it."""
    ran = furet("rebuild", "nulle part")

    assert (ran.code, ran.out) == (5, "")
    assert ran.err == "Erreur : « nulle part » n’existe pas : indiquez un dossier d’articles ou un fichier.\n"


def test_nothing_to_index_is_refused(furet: Furet, index: Path, tmp_path: Path) -> None:
    """A folder without any article ends with 5, and the index in service stays."""
    (tmp_path / "vide").mkdir()

    ran = furet("rebuild", tmp_path / "vide", "--index", index)

    assert ran.code == 5
    assert ran.err == "Erreur : Aucun article à indexer : l’index en service n’a pas changé.\n"
    assert open_index(index).status().documents == 4


def test_an_index_that_cannot_be_written_is_refused(furet: Furet, articles: Path, tmp_path: Path) -> None:
    """An index folder that is a file ends with 5 and a sentence, whatever the system says of it."""
    (tmp_path / "fichier").touch()

    ran = furet("rebuild", articles, "--index", tmp_path / "fichier")

    assert ran.code == 5
    assert ran.err.startswith(f"Erreur : Impossible d’écrire dans {tmp_path / 'fichier'} : ")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no file name that is no text")
def test_a_name_that_is_no_text_can_be_told(furet: Furet, articles: Path) -> None:
    """A path with bytes that are no text is told, with a stand-in for them."""
    (articles / "vide\udcff.txt").touch()

    ran = furet("rebuild", articles)

    assert ran.code == 1
    assert "Le fichier est vide." in ran.err


@pytest.mark.parametrize("count", [1, 2])
def test_numbers_agree(furet: Furet, tmp_path: Path, count: int) -> None:
    """One article is « article indexé », two are « articles indexés »."""
    lines = [
        json.dumps({"id": f"a{number}", "title": "T", "text": f"Un texte, numéro {number}."}) for number in range(count)
    ]
    (tmp_path / "lot.jsonl").write_text("\n".join(lines), "utf-8")

    ran = furet("rebuild", tmp_path / "lot.jsonl", "--index", "ix")

    assert ran.out.startswith("1 article indexé en " if count == 1 else "2 articles indexés en ")
