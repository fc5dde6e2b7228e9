"""What each block of a saved page is, judged by itself: its words, its length, how it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from indexer.readers.bylines import Byline, read_byline
from indexer.readers.furniture import Furniture, find_furniture


class Kind(StrEnum):
    """What a block is. LINE is a short one that its neighbours will tell: title, heading, caption."""

    PARAGRAPH = "paragraph"
    LINE = "line"
    TITLE = "title"
    SITE = "site"
    BYLINE = "byline"
    LABEL = "label"
    CAPTION = "caption"
    MENU = "menu"
    RELATED = "related"
    END = "end"
    FURNITURE = "furniture"


KEPT = {Kind.PARAGRAPH, Kind.LINE}
"""What is text of the article when all is judged."""


@dataclass(frozen=True)
class Block:
    """A paragraph of the file, what it is, and what it tells if it is a signature."""

    text: str
    kind: Kind
    byline: Byline | None = None

    def become(self, kind: Kind) -> Block:
        """Return this block as another kind."""
        return replace(self, kind=kind)

    @property
    def is_sentence(self) -> bool:
        """Whether the block ends as sentences end; « ? » and « ! » end titles too and prove nothing."""
        return bool(_FULL_STOP.search(self.text))

    @property
    def is_bare_date(self) -> bool:
        """Whether the block is a date that does not say it is one of publication."""
        return bool(self.byline and self.byline.date and not self.byline.author and not self.byline.published)

    @property
    def is_loose(self) -> bool:
        """Whether the block could be a link of a menu: a few words that end like no sentence and no list item."""
        return len(self.text) <= 40 and self.text[-1].isalnum() and not _LIST_ITEM.match(self.text)


_LABELS = {
    "title": r"titre",
    "author": r"auteure?s?|auteur\(s\)|auteur·e|auteur\.e",
    "date": r"date|date de publication|date de parution|publié le|paru le",
    "source": r"source|publication|journal|titre de presse",
    "other": r"pages?|rubrique|mots[ -]clés|nombre de mots|langue|pays|numéro|n°",
    "url": r"url|lien|adresse|article original|adresse web",
}
"""Name of a part of a Document → the labels that press databases give it: « Source : La Gazette »."""

_LABEL = re.compile(
    "|".join(rf"(?P<{name}>(?:{words})[\s\u00a0]*:\s*\S.*)" for name, words in _LABELS.items()), re.IGNORECASE
)

_FULL_STOP = re.compile(r"[.…]\s?[»”\")]?$|[.!?…]\s?[»”]$")
_LIST_ITEM = re.compile(r"[-–—•*]\s|\d{1,2}[.)]\s|.*[;:,]$", re.DOTALL)
_CREDIT = re.compile(
    r"©"
    r"|^(?:crédits?(?: photos?)?|photo(?:graphie)?s?|illustrations?|image|légende|infographie)\s*(?::|\(|/|-)"
    r"|\((?:crédits?|photos?)\b[^.()]*\)\.?$|\s[/–-]\s(?:crédits?|photos?)\b[^.]{0,40}$"
    r"|\b(?:photo|image) d[’'](?:archives?|illustration)\b"
    r"|^\S+\.(?:jpe?g|png|gif|webp)$|^[^\W_]+_\w+$|^(?:IMG|DSC)_?\d+",
    re.IGNORECASE,
)

KINDS = {
    Furniture.END: Kind.END,
    Furniture.RELATED: Kind.RELATED,
    Furniture.TOOL: Kind.FURNITURE,
    Furniture.BANNER: Kind.FURNITURE,
    Furniture.MENU: Kind.MENU,
    Furniture.SLOGAN: Kind.MENU,
}


def make_block(text: str) -> Block:
    """Judge one paragraph of a file by itself."""
    byline = read_byline(text)
    if byline and byline.date:  # before furniture: « Tribune du Rail – 8 août 2013 – Noémie Sauvageot » is no menu
        return Block(text, Kind.BYLINE, byline)
    if furniture := find_furniture(text):
        return Block(text, KINDS[furniture])
    if _LABEL.fullmatch(text) and len(text) <= 200:
        return Block(text, Kind.LABEL)
    if byline:
        return Block(text, Kind.BYLINE, byline)
    if len(text) <= 200 and _CREDIT.search(text):
        return Block(text, Kind.CAPTION)
    return Block(text, Kind.PARAGRAPH if _is_prose(text) else Kind.LINE)


def read_label(block: Block) -> tuple[str, str]:
    """Return (part, value) of a labelled line, ("", "") of any other block."""
    found = _LABEL.fullmatch(block.text) if block.kind is Kind.LABEL else None
    return (str(found.lastgroup), block.text.partition(":")[2].strip()) if found else ("", "")


def is_title_shaped(text: str) -> bool:
    """Tell whether a line could be a title: words that do not end like a sentence or like part of a list."""
    return not _FULL_STOP.search(text) and not _LIST_ITEM.match(text) and any(map(str.isalpha, text))


def is_list_item(text: str) -> bool:
    """Tell whether `text` is an item of a list or announces one: a bullet, a number, a final « ; » or « : »."""
    return bool(_LIST_ITEM.match(text))


def is_caption_shaped(text: str) -> bool:
    """Tell whether a line between paragraphs reads like the name of an image: a few words, no capital, no end."""
    return text[0].islower() and len(text) <= 60 and len(text.split()) <= 6 and text[-1].isalnum()


def _is_prose(text: str) -> bool:
    """Tell whether `text` is long enough, or sentence enough, to be of the article for certain."""
    return len(text) >= 160 or (len(text) >= 60 and bool(_FULL_STOP.search(text)))
