"""The tree of a page: what of it is furniture by its own markup, and its paragraphs as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # lxml comes without types

from indexer.readers.furniture import Furniture, find_furniture
from indexer.readers.paragraphs import split_paragraphs

BLOCKS = frozenset(
    "address article aside blockquote body caption code dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 "  # noqa: SIM905 — rows
    "h6 head header hr item li list main nav ol p pre quote row section summary table tr ul".split()
)
"""Elements, of HTML and of trafilatura's trees, that stand apart from the text around them."""

CELLS = frozenset({"cell", "td", "th"})
"""Elements that share a line with their like: a row of a table is a paragraph."""

BREAKS = frozenset({"br", "lb"})
"""Elements that end a line."""

UNSEEN = frozenset({"button", "iframe", "noscript", "option", "script", "select", "style", "svg", "template", "title"})
"""Elements whose content is no text."""

FURNITURE_NAMES = frozenset(
    "ad ads advert advertisement annonce annonces aside aussi banner breadcrumb breadcrumbs coms "  # noqa: SIM905 — rows
    "comment comments commentaire commentaires consent cookie cookies footer gdpr infolettre lateral menu nav "
    "navigation newsletter nl outils partage paywall pied popup promo pub pubs publicite reaction reactions related "
    "reseaux respond rgpd share sharing sidebar social sponsor tags temoins toolbar".split()
)
"""Words of class names and ids with which sites name their own furniture."""

FURNITURE_TAGS = frozenset({"aside", "figcaption", "footer", "form", "nav"})
"""Elements that are furniture by definition."""

CONTAINERS = (
    "aside",
    "div",
    "dl",
    "figcaption",
    "footer",
    "form",
    "header",
    "nav",
    "ol",
    "p",
    "section",
    "span",
    "table",
    "ul",
)
"""Elements that may be furniture as a whole."""

SMALL_BOX = 300
"""Characters of a box that is furniture for its form, its links or its first words (« Publicité », « Lire aussi »)."""

DEEPEST = 200
"""Levels of nested elements; pages have up to some fifty."""

_WORDS = re.compile(r"[A-Z]?[a-z]+")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def prune_page(tree: Any) -> None:
    """Take the furniture out of a page, where its markup tells it (aside, class="pub", small forms).

    An element that holds a main heading or half of the page's text is spared, whatever it is named: sites put
    « no-sidebar » on their body.
    """
    total = sum(map(len, page_paragraphs(tree)))
    for element in list(tree.iter(*CONTAINERS)):
        spared = element.getparent() is None or element.find(".//h1") is not None
        if not spared and _is_furniture(element) and len("".join(element.itertext())) < total / 2:
            element.drop_tree()


def is_too_deep(tree: Any) -> bool:
    """Tell whether elements are nested beyond DEEPEST: no page is, and to extract from one takes minutes."""
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            return True
    return False


def _is_furniture(element: Any) -> bool:
    """Tell whether an element is furniture by its tag, its names, or for being a small box with a form or a label."""
    names = _WORDS.findall(f"{element.get('class', '')} {element.get('id', '')}")
    if element.tag in FURNITURE_TAGS or any(name.lower() in FURNITURE_NAMES for name in names):
        return True
    text = "".join(element.itertext()).strip()
    if not text or len(text) > SMALL_BOX or element.tag == "span":
        return False
    first = next(filter(str.strip, element.itertext()), "")
    labelled = find_furniture(first) in {Furniture.TOOL, Furniture.RELATED} and len(first.strip()) < len(text)
    return labelled or element.find(".//form") is not None or _is_links(element, text)


def _is_links(element: Any, text: str) -> bool:
    """Tell whether a small box is nothing but links: a row of tags, a teaser."""
    links = element.findall(".//a")
    linked = sum(len("".join(link.itertext()).strip()) for link in links)
    return linked >= (0.95 if len(links) == 1 else 0.7) * len(text)


def page_paragraphs(tree: Any) -> Iterator[str]:
    """Yield the clean paragraphs of a tree; no space is added or lost inside one (l’<em>École</em> is l’École)."""
    pieces: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        starts = event == "start"
        if name in UNSEEN:
            unseen += 1 if starts else -1
        if name in BLOCKS or (name in CELLS and _is_column(element)):
            yield from split_paragraphs("".join(pieces))
            pieces = []
        elif name in CELLS and starts and "".join(pieces).strip():
            pieces.append(" | ")
        elif starts and (name in BREAKS or (_is_set_apart(element) and "".join(pieces[-2:])[-1:].isalnum())):
            pieces.append("\n")
        text = element.text if starts else element.tail
        if text and not unseen:
            pieces.append(_SPACES.sub(" ", text))
    yield from split_paragraphs("".join(pieces))


def _is_column(cell: Any) -> bool:
    """Tell whether a cell is a part of the page's layout, as in the days before style sheets, and not a figure."""
    return any(child.tag in BLOCKS or child.tag in BREAKS for child in cell) or len(cell.text or "") > 200


def _is_set_apart(element: Any) -> bool:
    """Tell whether only the style sheet parts an element from the one before: <div><span>Nom</span><span>Date</span>.

    Not so inside a paragraph, where <span> may cut a word.
    """
    before = element.getprevious()
    boxed = element.tag in {"a", "small", "span", "time"} and element.getparent().tag in {"div", "header", "section"}
    return boxed and before is not None and not before.tail
