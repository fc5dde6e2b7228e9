"""Text hygiene: what is kept, what goes away, where paragraphs part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.paragraphs import clean_line, clean_text, split_paragraphs

WRAPPED = """\
Le facteur passe à dix heures, quelquefois onze, quand la côte
est verglacée. Il dépose le courrier chez la boulangère, qui le
distribue avec le pain. Personne, au village, ne se plaint de cet
arran\u00adgement, vieux de trente ans.

Un second paragraphe, plus court."""


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\u2029b\fc", "a\n\nb\n\nc"),
        ("a\x00b\x07c\x1bd", "abcd"),
        ("\ufeffa", "a"),
        ("a\ud800b", "a\ufffdb"),
        ("l\x92\x9cuvre\x85", "l’œuvre…"),
        ("  a \t  b  ", "a b"),
        ("12\u00a0000\u202f€", "12\u00a0000\u202f€"),
        ("co\u00adopé", "co\u00adopé"),
        ("e\u0301te\u0301", "e\u0301te\u0301"),
    ],
)
def test_characters(raw: str, clean: str) -> None:
    """Controls and stray blanks go; what the reader saw stays as it was."""
    assert clean == clean_text(raw)


def test_title_on_one_line() -> None:
    """A title keeps no newline."""
    assert clean_line(" Un titre\r\nsur deux lignes ") == "Un titre sur deux lignes"


def test_each_line_is_a_paragraph() -> None:
    """Without blank lines, each line is a paragraph; blank lines part and never pile up."""
    assert split_paragraphs("Un.\nDeux.\n\n \n\nTrois.\n") == ["Un.", "Deux.", "Trois."]


def test_hard_wrapped_lines_stay_together() -> None:
    """Lines cut at a width are one paragraph, which keeps its newlines and soft hyphens."""
    first, second = split_paragraphs(WRAPPED)

    assert first.count("\n") == 3
    assert "arran\u00adgement" in first
    assert second == "Un second paragraphe, plus court."


def test_narrow_column_is_hard_wrapped() -> None:
    """The column of a newspaper is narrow, and cuts words."""
    column = (
        "Un journal se lisait alors en\nfamille, le soir, à la lueur de\nla lampe, et l’on gardait le\n"
        "feuilleton pour le lire au lit\nquand tous étaient couchés."
    )

    assert [column] == split_paragraphs(column)


@pytest.mark.parametrize(
    "lines",
    [
        "Accueil\nPolitique\nÉconomie\nSociété\nCulture",
        "Sous le pont coule une rivière\nQue nul bateau ne descendra\nElle emporte la lumière\nEt jamais ne la rendra",
    ],
)
def test_menus_and_verses_are_not_wrapped(lines: str) -> None:
    """Lines that each begin with a capital are lines of their own."""
    assert lines.split("\n") == split_paragraphs(lines)


@given(st.text())
def test_laws(raw: str) -> None:
    """No paragraph is empty, has a blank line or an unclean character; cleaning twice changes nothing."""
    paragraphs = split_paragraphs(raw)

    assert all(paragraph.strip("\n ") and "\n\n" not in paragraph for paragraph in paragraphs)
    assert clean_text(clean_text(raw)) == clean_text(raw)
    "\n\n".join(paragraphs).encode()
