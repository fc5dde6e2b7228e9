"""Signatures and lines that date an article."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.readers.bylines import Byline, find_author, is_name, read_byline

DAY = dt.date(2019, 5, 12)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("Par Odile Marchandeau", Byline("Odile Marchandeau")),
        ("PAR ODILE MARCHANDEAU", Byline("ODILE MARCHANDEAU")),
        ("Par Odile Marchandeau, envoyée spéciale à Tresmont", Byline("Odile Marchandeau")),
        ("Propos recueillis par Yann N’Goma", Byline("Yann N’Goma")),
        ("12 mai 2019", Byline(date=DAY)),
        ("Publié le 12 mai 2019 à 18h02, mis à jour le 13 mai 2019 à 9 h", Byline(date=DAY, published=True)),
        ("Publié le 12 mai 2019 - 16:51 par Odile Marchandeau", Byline("Odile Marchandeau", DAY, published=True)),
        (
            "Rédigé par Odile Marchandeau le Dimanche 12 Mai 2019 à 10:12",
            Byline("Odile Marchandeau", DAY, published=True),
        ),
        ("Par Odile Marchandeau et Guy de La Tour, le 12 mai 2019", Byline("Odile Marchandeau et Guy de La Tour", DAY)),
        ("Odile Marchandeau | 12/05/2019 à 18h30", Byline("Odile Marchandeau", DAY)),
        ("Odile Marchandeau, avec AFP, 12 mai 2019", Byline("Odile Marchandeau", DAY)),
        ("Le Messager – dimanche 12 mai 2019 – Odile Marchandeau", Byline("Odile Marchandeau", DAY, "Le Messager")),
        ("Le Messager, dimanche 12 mai 2019, p. 4", Byline("", DAY, "Le Messager")),
        ("Tresmont, le 12 mai 2019", Byline(date=DAY)),
        ("Publié le 12 mai 2019 dans Travaux", Byline(date=DAY, published=True)),
    ],
)
def test_what_a_byline_tells(line: str, byline: Byline) -> None:
    """A line that does nothing but sign or date tells author, date and publication."""
    assert byline == read_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "Réunion publique le 12 mai 2019",
        "Le 12 mai 2019 restera dans les mémoires.",
        "Par chance, personne n’était là",
        "Par la rédaction",
        "Par Jean Moulin, la Résistance prit un visage que le pays entier allait peu à peu reconnaître.",
        "Journaliste au Messager",
        "x" * 200 + " 12 mai 2019",
    ],
)
def test_other_lines_are_no_bylines(line: str) -> None:
    """A title or a sentence that holds a date or « par » stays text."""
    assert read_byline(line) is None


@pytest.mark.parametrize("line", ["Par la rédaction", "Par Le Messager", "Par AFP", "Journaliste pour Le Messager", ""])
def test_nobody_is_named(line: str) -> None:
    """A staff, an agency or a role is not the name of an author."""
    assert find_author(line) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Odile Marchandeau", True),
        ("Étienne d’Orval —", True),
        ("La Gazette", False),
        ("Trois hommes", False),
        ("Odile", False),
    ],
)
def test_shape_of_a_name(text: str, name: bool) -> None:
    """Two to four words with capitals, not beginning with an article."""
    assert name is is_name(text)
