"""Markdown and its front matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from indexer.document import Document

ReadOne = Callable[[str, str | bytes], Document]

FRONT = """\
---
titre: "La crue : un bilan"
auteurs: [Odile Marchandeau, Yann N’Goma]
date: 2019-05-12
publication: Le Messager
lien: https://m.example/crue
---
"""


def test_front_matter(read_one: ReadOne) -> None:
    """French and English keys are read; the text starts below."""
    document = read_one("a.md", FRONT + "\nLe texte.\n")

    assert (document.title, document.author) == ("La crue : un bilan", "Odile Marchandeau, Yann N’Goma")
    assert (document.date, document.source) == (dt.date(2019, 5, 12), "Le Messager")
    assert (document.url, document.text) == ("https://m.example/crue", "Le texte.")


@pytest.mark.parametrize(
    "yaml",
    ["titre: [", "date: 2019-02-30", "- a\n- b", "a: &a [*a]", "[" * 5000, "? [1]\n: 2", "titre:\n  x: 1", "12"],
)
def test_bad_front_matter_leaves_the_text(read_one: ReadOne, yaml: str) -> None:
    """Front matter that makes no sense gives no metadata and takes no text away."""
    document = read_one("a.md", f"---\n{yaml}\n---\n\n# Un titre\n\nLe texte.\n")

    assert (document.title, document.text) == ("Un titre", "Le texte.")


def test_yaml_bomb(read_one: ReadOne) -> None:
    """Aliases that would unfold to billions of words are not unfolded."""
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20))

    assert read_one("a.md", f"---\n{bomb}title: *a19\n---\n\nLe texte.").text == "Le texte."


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("l’*École* et l’**œ**uvre", "l’École et l’œuvre"),
        ("un [lien](https://x.example) et `du code`", "un lien et du code"),
        ("avant ![une image](a.png) après", "avant après"),
        ("1<sup>er</sup> mai", "1er mai"),
        ("a &amp; b", "a & b"),
        ("- un\n- deux", "un\n\ndeux"),
        ("> cité\n\nfin", "cité\n\nfin"),
        ("```python\nx = 1\n\ny = 2\n```", "x = 1\n\ny = 2"),
        ("| A | B |\n|---|---|\n| 1 | *2* |", "A | B\n\n1 | 2"),
        ("<div>bloc</div>\n\nfin", "fin"),
        ("mot[^1]\n\n[^1]: La note.", "mot\n\nLa note."),
        ("coupé en\ndeux lignes", "coupé en\ndeux lignes"),
    ],
)
def test_markup_goes_and_characters_stay(read_one: ReadOne, markdown: str, text: str) -> None:
    """Inline markup leaves no trace, blocks become paragraphs."""
    assert read_one("a.md", f"# Titre\n\n{markdown}\n").text == text


def test_first_heading_is_the_title(read_one: ReadOne) -> None:
    """The first heading of level one is the title and leaves the text; other headings stay."""
    document = read_one("a.md", "# La *crue*\n\nLe texte.\n\n## Un bilan\n\nLa suite.")

    assert (document.title, document.text) == ("La crue", "Le texte.\n\nUn bilan\n\nLa suite.")


def test_first_line_is_the_title(read_one: ReadOne) -> None:
    """Without heading, a first line that does not end as a sentence is the title."""
    assert read_one("a.md", "La crue de mai\n\nLe texte.").title == "La crue de mai"


def test_first_sentence_is_the_title(read_one: ReadOne) -> None:
    """Without any title, the first sentence is one, and stays."""
    document = read_one("a.md", "Il a plu. La rivière monte.")

    assert (document.title, document.text) == ("Il a plu.", "Il a plu. La rivière monte.")


def test_byline_under_the_title(read_one: ReadOne) -> None:
    """A signature under the title gives author and day, and is no text."""
    document = read_one("a.md", "# La crue\n\n*Par Odile Marchandeau, le 12 mai 2019*\n\nLe texte.")

    assert (document.author, document.date) == ("Odile Marchandeau", dt.date(2019, 5, 12))
    assert document.text == "Le texte."
