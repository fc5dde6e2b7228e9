"""Plain text: a page saved with the furniture of its site, or a clean text.

::

    text → blocks, each judged by itself (blocks.py) → STEPS, which judge by the neighbours (layout.py) → Draft

What nothing has judged to be something else is the article. When in doubt a block stays: losing words of an article
is worse than keeping a menu.
"""

from __future__ import annotations

import re

from indexer.document import Document
from indexer.readers.blocks import KEPT, Block, Kind, make_block, read_label
from indexer.readers.dates import find_date
from indexer.readers.decoding import decode
from indexer.readers.draft import Draft, identify
from indexer.readers.files import RawArticle
from indexer.readers.furniture import fold
from indexer.readers.layout import LONGEST_LINE, STEPS, folded_lines, last_paragraph, split_site
from indexer.readers.paragraphs import split_paragraphs

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?\d{4}(?:\s?[-–]\s?\d{4})?[\s,–-]*(?P<name>[^\W\d_][^.,|–—(]{2,40}?)\s*"
    r"(?:(?:[.,|–—(]|\s-\s).*|tous droits.*)?",
    re.IGNORECASE,
)


def read_plain_text(raw: RawArticle) -> Document:
    """Return the article of a text file; raises UnreadableFile when it has none."""
    return make_draft(split_paragraphs(decode(raw.content))).document(identify(raw.content), raw.path)


def make_draft(paragraphs: list[str]) -> Draft:
    """Return the article found among the paragraphs of a saved page."""
    blocks = judge_blocks(paragraphs)
    labels = dict(map(read_label, (block for block in reversed(blocks) if block.kind is Kind.LABEL)))
    above = dict(map(read_label, (block for block in blocks[: last_paragraph(blocks) + 1] if block.kind is Kind.LABEL)))
    bylines = [block.byline for block in blocks if block.byline and block.kind is Kind.BYLINE]
    alone = folded_lines(blocks)
    titles = [split_site(block.text, alone) for block in blocks if block.kind is Kind.TITLE]
    # A page may tell today's date or that of an update as well: the publication is the earliest.
    dates = [byline.date for byline in bylines if byline.date]
    sources = [site for _, site in titles] + [byline.source for byline in bylines] + _site_names(blocks)
    return Draft(
        paragraphs=[block.text for block in blocks if block.kind in KEPT],
        title=labels.get("title") or next((title for title, _ in titles), ""),
        author=labels.get("author") or next((byline.author for byline in bylines if byline.author), ""),
        date=find_date(labels.get("date", "")) or min(dates, default=None),
        # « Source : AFP » below an article is whom it quotes: of use only if the page names nobody else.
        source=above.get("source") or next(filter(None, sources), "") or labels.get("source", ""),
        url=labels.get("url", ""),
    )


def judge_blocks(paragraphs: list[str]) -> list[Block]:
    """Return the paragraphs of a page as blocks of their final kinds."""
    blocks = [make_block(paragraph) for paragraph in paragraphs]
    for step in STEPS:
        blocks = step(blocks)
    if any(block.kind in KEPT for block in blocks):
        return blocks
    # Nothing but titles: a line alone is the text, and gives its title as any first sentence does.
    return [block.become(Kind.LINE) if block.kind is Kind.TITLE else block for block in blocks]


def _site_names(blocks: list[Block]) -> list[str]:
    """Return the names that the page gives to its publication: the line that opens it, the owner of its copyright.

    A name in capitals is given as the page writes it elsewhere.
    """
    opening = next((block for block in blocks if block.kind in {Kind.SITE, Kind.MENU, Kind.TITLE}), None)
    names = [opening.text] if opening and opening.kind is Kind.SITE and len(opening.text.split()) <= 6 else []
    owners = [owner["name"] for block in blocks if (owner := _COPYRIGHT.fullmatch(block.text))]
    # « Le Messager - Actualités » opens a page whose owner is Le Messager.
    names = [owner for owner in owners if names and fold(owner) in fold(names[0])] + names + owners
    return [_written_small(name, blocks) if name.isupper() else name for name in names]


def _written_small(name: str, blocks: list[Block]) -> str:
    """Return `name` as a short block of the page writes it without being all capitals, else as it is."""
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    found = (pattern.search(block.text) for block in blocks if len(block.text) <= LONGEST_LINE)
    return next((match[0] for match in found if match and not match[0].isupper() and not match[0].islower()), name)
