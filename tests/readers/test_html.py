"""Saved web pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from indexer.document import Document

ReadOne = Callable[[str, str | bytes], Document]

LEAD = "Après trois jours de pluie, la rivière a commencé à se retirer, lundi matin, des caves du bourg."
BODY = "Les sinistrés s’affairent. <em>L’</em>eau est montée jusqu’à l’<em>École</em> des beaux-<b>arts</b>, rue Haute."
TEXT = "Les sinistrés s’affairent. L’eau est montée jusqu’à l’École des beaux-arts, rue Haute."
END = "La préfecture attend une nouvelle crue pour la fin de la semaine, moins forte que la première."

PAGE = f"""\
<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>La rivière se retire | Le Messager</title>
<meta name="author" content="Odile Marchandeau"><link rel="canonical" href="https://www.messager.example/crue">
<meta property="article:published_time" content="2019-05-12T23:30:00+02:00"></head><body>
<nav><a href="/">Accueil</a> <a href="/sports">Sports</a></nav><article>
<h1>La rivière se retire</h1><div class="chapo">{LEAD}</div>
<p>{BODY}</p><div class="pub"><p>Vérandas du bocage, devis gratuit et pose soignée toute l’année.</p></div>
<h2>Une semaine d’attente</h2><p class="lire">Lire aussi : <a href="/x">Le barrage a tenu</a></p>
<ul><li>les caves du bourg ;</li><li>la salle des fêtes.</li></ul>
<figure><img src="data:image/png;base64,QUJDREVGR0hJSktM" alt="pont"><figcaption>Le pont, lundi.</figcaption></figure>
<p>{END}</p></article>
<section class="commentaires"><h3>2 avis</h3><p>Un lecteur qui donne longuement son avis sur la crue.</p></section>
<footer>Mentions légales</footer></body></html>"""


def test_article(read_one: ReadOne) -> None:
    """Title, metadata and paragraphs come out; furniture, captions and comments do not."""
    document = read_one("a.html", PAGE)

    assert (document.title, document.author, document.source) == (
        "La rivière se retire",
        "Odile Marchandeau",
        "Le Messager",
    )
    assert (document.date, document.url) == (dt.date(2019, 5, 12), "https://www.messager.example/crue")
    assert document.paragraphs == [
        LEAD,
        TEXT,
        "Une semaine d’attente",
        "les caves du bourg ;",
        "la salle des fêtes.",
        END,
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(read_one: ReadOne, encoding: str) -> None:
    """The same page is read the same from any of its encodings, whatever it declares."""
    assert read_one("a.html", PAGE.encode(encoding)).paragraphs[1] == TEXT


def test_visible_signature(read_one: ReadOne) -> None:
    """Without metadata, the day and the author are those written under the title."""
    head = "<title>La rivière se retire</title>"
    title = "<h1>La rivière se retire</h1>"
    signature = "<div><span>Odile Marchandeau</span><span>12 mai 2019</span></div>"
    page = f"<head>{head}</head>{title}{signature}<p>{LEAD}</p><p>{BODY}</p><p>{END}</p>"

    document = read_one("a.html", page)

    assert (document.author, document.date) == ("Odile Marchandeau", dt.date(2019, 5, 12))
    assert document.paragraphs == [LEAD, TEXT, END]


def test_dates_of_the_text_are_not_the_publication(read_one: ReadOne) -> None:
    """A page that does not tell its day has none, whatever days its article speaks of."""
    page = f"<h1>La rivière se retire</h1><p>{LEAD}</p><p>Le 3 mai 1836, déjà, la rivière… {END}</p>"

    assert read_one("a.html", page).date is None


def test_layout_of_tables_and_breaks(read_one: ReadOne) -> None:
    """In a page of the last century, cells are columns and <br> parts the paragraphs."""
    article = f"<b>La rivière se retire</b><br><br>Mis en ligne le 12 mai 2019<br><br>{LEAD}<br><br>{BODY}<br><br>{END}"
    page = f"<title>La rivière se retire</title><table><tr><td>Accueil<br>Forum</td><td>{article}</td></tr></table>"

    document = read_one("a.htm", page)

    assert (document.title, document.date) == ("La rivière se retire", dt.date(2019, 5, 12))
    assert document.paragraphs == [LEAD, TEXT, END]


def test_table_of_figures(read_one: ReadOne) -> None:
    """A row of figures is a paragraph."""
    table = "<table><tr><th>Année</th><th>Hauteur</th></tr><tr><td>1836</td><td>4,10 m</td></tr></table>"

    assert "1836 | 4,10 m" in read_one("a.html", PAGE.replace("<ul>", f"{table}<ul>")).paragraphs


def test_xhtml_declaration(read_one: ReadOne) -> None:
    """An XML declaration, which the parser refuses in decoded text, is no obstacle."""
    assert read_one("a.xhtml", '<?xml version="1.0" encoding="utf-8"?>\n' + PAGE).title == "La rivière se retire"


def test_page_without_article(read_one: ReadOne) -> None:
    """Where no article is found, what the page shows is read as plain text."""
    assert read_one("a.html", "<p>Rien à signaler.").text == "Rien à signaler."


@pytest.mark.parametrize("content", ["<", "<!-- rien -->", "<html></html>", "<script>alert(1)</script>", "<img src=a>"])
def test_page_without_text(fail_one: Callable[[str, str | bytes], str], content: str) -> None:
    """A page without text is a failure."""
    assert "Aucun texte" in fail_one("a.html", content)


def test_deep_nesting(read_one: ReadOne) -> None:
    """Elements nested beyond reason are read without the extractor, and in time."""
    assert read_one("a.html", "<table><tr><td>" * 500 + LEAD).text == LEAD


def test_script_never_reaches_the_text(read_one: ReadOne) -> None:
    """Scripts, styles and inline images leave no character."""
    noise = "<script>alert('x')</script><style>p{}</style><noscript>Activez</noscript><svg><title>s</title></svg>"

    document = read_one("a.html", PAGE.replace("<ul>", noise + "<ul>"))

    assert not any(word in document.text for word in ("alert", "p{", "Activez", "base64", "QUJD"))
