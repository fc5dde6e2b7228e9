"""Saved web pages: what the page declares, the article that trafilatura finds, its words with their exact spaces."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any

import trafilatura
from lxml import etree  # type: ignore[import-untyped]  # lxml comes without types
from lxml import html as lxml_html

from indexer.document import Document
from indexer.errors import UnreadableFile
from indexer.messages import message
from indexer.readers.bylines import Byline, read_byline
from indexer.readers.dates import find_date
from indexer.readers.decoding import decode_html
from indexer.readers.draft import Draft, identify
from indexer.readers.files import RawArticle
from indexer.readers.furniture import find_furniture, fold
from indexer.readers.page_tree import is_too_deep, page_paragraphs, prune_page
from indexer.readers.paragraphs import clean_line
from indexer.readers.plain_text import make_draft as make_plain_draft

LONGEST_NAME = 6
"""Words of the name of a site."""

LONG = 40
"""Characters of a paragraph that is not found in two places of a page by chance."""

NEAR_TITLE = 6
"""How many paragraphs of the page below its title (half as many above) may tell who signed it and when."""

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DATA = re.compile(r"\bdata:[\w.+/-]*;base64,[\w+/=\s%]*")
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:\./|index\.\w+|accueil(?:\.\w+)?)?")
_SIGNS = " |–—·•:-\u00a0\u202f"
_JOINT = re.compile(r"\s+[|–—·•-]\s+|\s*[|:»]\s+")

# A page without text is our Failure to report, not a line of a library's log.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def read_html(raw: RawArticle) -> Document:
    """Return the article of a saved page; raises UnreadableFile when the page has no text."""
    # Pages saved whole carry their images as base64, in attributes and styles: a hundred times the article.
    page = _DATA.sub("", _XML_DECLARATION.sub("", decode_html(raw.content)))
    return make_draft(page).document(identify(raw.content), raw.path)


def make_draft(page: str) -> Draft:
    """Return the article of a page; raises UnreadableFile when the page has no element.

    The paragraphs are judged once more as those of a plain text are: « Lire aussi » and captions stand in the middle
    of articles. A page in which trafilatura finds nothing is read as a plain text.
    """
    parser = lxml_html.HTMLParser(huge_tree=True)  # without it, text nested deeper than 256 elements is lost
    try:
        tree = lxml_html.document_fromstring(page, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFile(message("Aucun texte d'article n'a été trouvé.")) from error
    if is_too_deep(tree):
        return make_plain_draft(list(page_paragraphs(tree)))
    # Only dates that the page declares: a search through all its text finds that of another article.
    found = trafilatura.extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    title, site = _title(tree, found)
    prune_page(tree)
    visible = list(page_paragraphs(tree))
    if not (paragraphs := _article(tree, title, visible)):
        return make_plain_draft(visible)
    judged = make_plain_draft([title, title, *paragraphs] if title else paragraphs)
    near = list(_bylines_near(title, visible))
    author = (found.author or "").replace("; ", ", ") or next(
        (line.author for line in near if line.author), judged.author
    )
    return Draft(
        paragraphs=[text for text in judged.paragraphs if not author or fold(text) != fold(author)],
        title=title,
        author=author,
        date=find_date(found.date or "") or min((line.date for line in near if line.date), default=judged.date),
        source=site,
        url=found.url or "",
    )


def _article(tree: Any, title: str, visible: Sequence[str]) -> list[str]:
    """Return the paragraphs of the article among those of the page, [] when trafilatura finds none.

    trafilatura tells where the article ends, and where it starts if the page shows no title; inside, the page
    tells the paragraphs and their order, as the library forgets leads and headings and moves tables.
    """
    found: Any = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, favor_recall=True)
    paragraphs = list(page_paragraphs(found.body)) if found is not None else []
    chosen = {fold(text) for text in paragraphs}
    places = [at for at, text in enumerate(visible) if fold(text) in chosen and len(text) >= LONG]
    if not places:
        return paragraphs
    above = [at for at, text in enumerate(visible[: places[0] + 1]) if title and fold(text) == fold(title)]
    return list(visible[above[-1] + 1 if above else places[0] : places[-1] + 1])


def _title(tree: Any, found: Any) -> tuple[str, str]:
    """Return (title, site): the title as the page shows it, and the name of its site.

    The window's title joins both (« Title - Section - Site », « Site : Title »), and only a heading or a line of
    the page tells which part is which.
    """
    window = clean_line("".join(tree.xpath("//head/title[1]//text()")))
    headings = [clean_line("".join(heading.itertext())) for heading in tree.xpath("//h1") + tree.xpath("//h2")]
    lines = [*headings, *(text for text in page_paragraphs(tree) if window.startswith(text))]
    shown = [line for line in lines if len(line) >= 8 and fold(line) in fold(window)]
    site = found.sitename or ""
    if fold(site) == fold(found.hostname or "") or site.endswith(found.hostname or " "):
        site = ""
    title = next((line for line in shown if fold(line) != fold(site)), "") or clean_line(found.title or "")
    if not site and title in window and title != window:
        before, _, after = window.partition(title)
        parts = [part.strip(_SIGNS) for part in _JOINT.split(f"{before} | {after}")]
        site = next((part for part in reversed(parts) if part and len(part.split()) <= LONGEST_NAME), "")
    site = site or _home_name(tree)
    return re.sub(rf"\s+[|–—·-]\s+{re.escape(site)}$", "", title) if site else title.split(" | ")[0], site


def _home_name(tree: Any) -> str:
    """Return what the first link to the home page shows, text or image, if it is no mere « Accueil »."""
    for link in tree.xpath("//a[@href]"):
        name = clean_line("".join(link.itertext())) or clean_line("".join(link.xpath(".//img/@alt")))
        if _HOME.fullmatch(link.get("href").strip()) and 0 < len(name.split()) <= LONGEST_NAME:
            return "" if find_furniture(name) else name
    return ""


def _bylines_near(title: str, visible: Sequence[str]) -> Iterator[Byline]:
    """Yield the signatures around the title, among the paragraphs that the page shows."""
    for at, text in enumerate(visible):
        if title and fold(text) == fold(title):
            around = visible[max(0, at - NEAR_TITLE // 2) : at + 1 + NEAR_TITLE]
            yield from (line for line in map(read_byline, around) if line)
