"""`furet status` and `furet rollback`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import LAMPLIGHTER, Ran

Furet = Callable[..., Ran]


def test_status_tells_what_is_in_service(furet: Furet, index: Path) -> None:
    """Articles, sources, first and last day, undated ones, and when the index was built."""
    ran = furet("status", "--index", index)

    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[:4] == [f"4 articles dans {index}", "1 source", "Du 4 mai 2019 au 13 novembre 2021", "2 sans date"]
    assert lines[4].startswith("Construit le ")
    assert lines[4].endswith(" Mo · génération 000001")
    assert len(lines) == 5


def test_status_of_undated_articles(furet: Furet, tmp_path: Path) -> None:
    """An index without any date tells no first and last day."""
    (tmp_path / "seul.txt").write_text(LAMPLIGHTER, "utf-8")
    furet("rebuild", tmp_path / "seul.txt")

    lines = furet("status").out.splitlines()

    assert lines[:3] == ["1 article dans furet-index", "0 source", "1 sans date"]


def test_status_as_json(furet: Furet, index: Path) -> None:
    """--json gives the same facts, days and moments in ISO 8601."""
    facts = json.loads(furet("status", "--index", index, "--json").out)

    assert facts["documents"] == 4
    assert (facts["first"], facts["last"]) == ("2019-05-04", "2021-11-13")
    assert dt.datetime.fromisoformat(facts["built"]).tzinfo is not None
    assert "T" in facts["built"]
    assert facts["generation"] == "000001"


def test_status_without_an_index(furet: Furet) -> None:
    """Without an index, status ends with 3 and the command to type."""
    ran = furet("status")

    assert ran.code == 3
    assert "lancez « furet rebuild DOSSIER --index furet-index »" in ran.err


def test_status_of_a_damaged_index(furet: Furet, index: Path) -> None:
    """A file cut short ends with 3 and what to do, before any answer."""
    segment = max(index.glob("generations/*/*"), key=lambda file: file.stat().st_size)
    segment.write_bytes(segment.read_bytes()[:-1])

    ran = furet("status", "--index", index)

    assert (ran.code, ran.out) == (3, "")
    assert "est abîmé" in ran.err
    assert "relancez « furet rebuild »" in ran.err
    assert furet("search", "--index", index, "farine").code == 3


def test_rollback_there_and_back(furet: Furet, index: Path, tmp_path: Path) -> None:
    """Rollback puts the previous index back in service; a second one returns to the latest."""
    (tmp_path / "seul.txt").write_text(LAMPLIGHTER, "utf-8")
    furet("rebuild", tmp_path / "seul.txt", "--index", index)

    kept = furet("status", "--index", index)
    there = furet("rollback", "--index", index)
    back = furet("rollback", "--index", index)

    assert "Index précédent conservé : 000001 (« furet rollback »)" in kept.out
    assert (there.code, there.out) == (0, "L’index précédent est de nouveau en service : 4 articles.\n")
    assert (back.code, back.out) == (0, "L’index précédent est de nouveau en service : 1 article.\n")


def test_rollback_to_nothing_is_refused(furet: Furet, index: Path) -> None:
    """Without a previous index, rollback ends with 5 and changes nothing."""
    ran = furet("rollback", "--index", index)

    assert ran.code == 5
    assert ran.err == "Erreur : Il n’y a pas d’index précédent auquel revenir.\n"
    assert furet("status", "--index", index).code == 0
