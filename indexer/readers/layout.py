"""What each block of a saved page is, judged by its neighbours: the steps that follow blocks.py.

A step takes all the blocks and gives them back, in the same order and number, some of another kind. « Head » is what
stands before the first paragraph, « tail » what stands after the last one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from indexer.readers.blocks import KEPT, Block, Kind, is_caption_shaped, is_list_item, is_title_shaped, read_label
from indexer.readers.bylines import Byline, is_name
from indexer.readers.furniture import fold

Step = Callable[[list[Block]], list[Block]]

LONGEST_LINE = 200
"""Characters of a title with the name of its site."""

ENOUGH_TEXT = 1_000
"""Characters of paragraphs after which the heading of a comment section is no mere link to it."""

_PLACE = re.compile(r"\s*\([^()]*\)$")  # « Odile Marchandeau (à Tresmont) »
_SITE = re.compile(r"(?P<title>\S.*\S)\s+[|–—·•-]\s+(?P<site>[^|–—·•]{2,40})")
_ACRONYM_OR_HOST = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý0-9&.’'-]{1,7}|\S+\.(?:fr|com|net|org|info|eu|be|ch|ca|example)")
_PRESS_WORD = re.compile(
    r"\b(?:gazette|courrier|écho|échos|tribune|observateur|journal|dépêche|quotidien|hebdo|magazine|presse|revue|"
    r"télégramme|républicain|nouvelliste|lettre|média|news|infos?|actu)\b",
    re.IGNORECASE,
)


def drop_end(blocks: list[Block]) -> list[Block]:
    """What follows an end marker in the tail, or a list of links there, is furniture with it.

    Readers' comments are paragraphs too: the heading of their section ends the article once most of the text, or
    enough of it, stands above.
    """
    end = _end_of_article(blocks)
    last = last_paragraph(blocks[:end])
    closing = {Kind.END, Kind.RELATED}
    end = next((at for at in range(last + 1, end) if last >= 0 and blocks[at].kind in closing), end)
    return [
        block.become(Kind.FURNITURE) if at >= end or block.kind is Kind.END else block
        for at, block in enumerate(blocks)
    ]


def _end_of_article(blocks: list[Block]) -> int:
    """Return the position of the end marker that comments follow, or the number of blocks."""
    sizes = [len(block.text) * (block.kind is Kind.PARAGRAPH) for block in blocks]
    written, total = 0, sum(sizes)
    for at, block in enumerate(blocks):
        if block.kind is Kind.END and written and (written >= ENOUGH_TEXT or 2 * written >= total):
            return at
        written += sizes[at]
    return len(blocks)


def drop_related(blocks: list[Block]) -> list[Block]:
    """Titles right under « Lire aussi » alone on its line are links: at most three, none that is a sentence.

    Of several, one that stands on a paragraph is that paragraph's heading.
    """
    result = list(blocks)
    for at, block in enumerate(blocks):
        if block.kind is not Kind.RELATED or len(fold(block.text)) > 40 or re.search(r":\s*\w", block.text):
            continue  # « Lire aussi : un titre » needs none
        end = at + 1
        while end < min(at + 5, len(blocks)) and blocks[end].kind is Kind.LINE and not blocks[end].is_sentence:
            end += 1
        heading = end - at > 2 and end < len(blocks) and blocks[end].kind is Kind.PARAGRAPH
        for link in range(at + 1, min(end - heading, at + 4)):
            result[link] = blocks[link].become(Kind.FURNITURE)
    return result


def drop_advertisements(blocks: list[Block]) -> list[Block]:
    """A line between two pieces of furniture is one more; so is the first of two lines under « Publicité ».

    A heading is always followed by its text.
    """
    result = list(blocks)
    for at in range(max(_head(blocks), 1), len(blocks) - 1):
        before, block, after = result[at - 1], blocks[at], blocks[at + 1]
        advertised = before.kind is Kind.FURNITURE and fold(before.text) in {"publicite", "annonce"}
        enclosed = {before.kind, after.kind} <= {Kind.FURNITURE, Kind.CAPTION} and not block.is_sentence
        two_lines = advertised and after.kind is Kind.LINE and not is_list_item(after.text)
        if block.kind is Kind.LINE and (enclosed or two_lines):
            result[at] = block.become(Kind.FURNITURE)
    return result


def keep_inner_lines(blocks: list[Block]) -> list[Block]:
    """Between paragraphs, a word of the menu is a heading, a label a caption of the article, a bare date a heading.

    Below the lead (the first paragraph) a bare date may still be the date of publication.
    """
    paragraphs = [at for at, block in enumerate(blocks) if block.kind is Kind.PARAGRAPH]
    if not paragraphs:
        return blocks
    lead, last = paragraphs[min(1, len(paragraphs) - 1)], last_text(blocks)
    end = last if _is_captured(blocks) else len(blocks)
    days = [at for at, block in enumerate(blocks) if block.is_bare_date and paragraphs[0] < at < end]
    result = []
    for at, block in enumerate(blocks):
        inner = block.kind in {Kind.MENU, Kind.LABEL} and paragraphs[0] < at < last
        diary = at in days and (len(days) > 1 or at > lead)
        result.append(block.become(Kind.LINE) if inner or diary else block)
    return result


def find_title(blocks: list[Block]) -> list[Block]:
    """Choose the title among the lines of the head; the lines above it are the site's: its name, its menus."""
    lines = [at for at in range(_head(blocks)) if blocks[at].kind is Kind.LINE and is_title_shaped(blocks[at].text)]
    if not lines or any(read_label(block)[0] == "title" for block in blocks):
        return blocks
    texts = bare_titles(blocks)
    chosen = _choose_title(blocks, lines, texts)
    result = []
    for at, block in enumerate(blocks):
        if at == chosen or (block.kind in KEPT and texts[at] == texts[chosen]):
            result.append(block.become(Kind.TITLE))
        else:
            result.append(block.become(Kind.SITE) if at in lines and at < chosen else block)
    return result


def _choose_title(blocks: list[Block], lines: list[int], texts: list[str]) -> int:
    """Return which of the candidate `lines` (positions in `blocks`, whose bare titles are `texts`) is the title.

    In order of proof: a line that the page repeats at its top, the first line of a clean text, the first line of
    four words or more below the menus, the first line below them.
    """
    times = Counter(texts[: _head(blocks) + 2])  # a title is repeated above the text, or just below its lead
    for at in lines:
        if len(texts[at]) >= 15 and times[texts[at]] > 1:
            return at
    first = blocks[lines[0]].text
    if not _is_captured(blocks) and not (
        _ACRONYM_OR_HOST.fullmatch(first) or (_PRESS_WORD.search(first) and len(lines) > 1)
    ):
        return lines[0]
    signed = next((at for at in range(lines[0], len(blocks)) if blocks[at].kind is Kind.BYLINE), len(blocks))
    menu = max((at for at in range(min(signed, lines[-1])) if blocks[at].kind is Kind.MENU), default=-1)
    below = [at for at in lines if at > menu] or lines
    return next((at for at in below if len(re.findall(r"[^\W\d_]{2,}", blocks[at].text)) >= 4), below[0])


def bare_titles(blocks: list[Block]) -> list[str]:
    """Return the folded text of each block without the name of a site that is joined to it."""
    alone = folded_lines(blocks)
    return [fold(split_site(block.text, alone)[0]) for block in blocks]


def folded_lines(blocks: list[Block]) -> AbstractSet[str]:
    """Return the folded texts of the blocks that are no longer than a title."""
    return {fold(block.text) for block in blocks if len(block.text) <= LONGEST_LINE}


def split_site(text: str, alone: AbstractSet[str]) -> tuple[str, str]:
    """Return (title, site) of « Title | Site », the form of a window's title; site is "" when there is none.

    A dash also joins the two halves of many a title: it counts only when the title or the site's name is found
    among `alone`, the folded lines of the page.
    """
    parts = _SITE.fullmatch(text) if len(text) <= LONGEST_LINE else None
    if parts and ("|" in text or {fold(parts["title"]), fold(parts["site"])} & alone):
        return parts["title"], parts["site"]
    return text, ""


def find_name(blocks: list[Block]) -> list[Block]:
    """A name alone beside the date or under the title, and a name alone as the last line, are signatures."""
    head, last = _head(blocks), last_text(blocks)
    tail = [at for at in range(last + 1, len(blocks)) if blocks[at].kind is Kind.LINE]
    result = []
    for at, block in enumerate(blocks):
        around = {blocks[beside].kind for beside in (at - 1, at + 1) if 0 <= beside < len(blocks)}
        signs = Kind.BYLINE in around or (at < head and around & {Kind.TITLE, Kind.FURNITURE}) or tail == [at]
        if block.kind is Kind.LINE and signs and is_name(name := _PLACE.sub("", block.text)):
            result.append(Block(block.text, Kind.BYLINE, Byline(name.strip(" –—-,."))))
        else:
            result.append(block)
    return result


def drop_captions(blocks: list[Block]) -> list[Block]:
    """Between paragraphs, a line shaped like the name of an image is one, unless it carries on a sentence or list.

    A text without any furniture was not saved from a page, and has no images.
    """
    if not _is_captured(blocks):
        return blocks
    result: list[Block] = []
    carried = ""
    last = last_text(blocks)
    for at, block in enumerate(blocks):
        whole = carried.endswith((".", "!", "?", "…", "»", "”", ")"))
        if block.kind is Kind.LINE and whole and at < last and is_caption_shaped(block.text):
            result.append(block.become(Kind.CAPTION))
        else:
            result.append(block)
            carried = block.text if block.kind in KEPT else carried
    return result


def drop_loose_lines(blocks: list[Block]) -> list[Block]:
    """In the tail of a page that has furniture, three short lines in a row or more are a menu, an address a contact."""
    last = last_text(blocks)
    if last < 0 or not _is_captured(blocks):
        return blocks
    loose = [at > last and block.kind in {Kind.LINE, Kind.MENU} and block.is_loose for at, block in enumerate(blocks)]
    result = []
    for at, block in enumerate(blocks):
        in_row = any(all(loose[start : start + 3]) for start in range(max(0, at - 2), min(at, len(blocks) - 3) + 1))
        contact = at > last and block.kind is Kind.LINE and "@" in block.text
        result.append(block.become(Kind.MENU) if in_row or contact else block)
    return result


STEPS: list[Step] = [
    drop_end,
    drop_related,
    drop_advertisements,
    keep_inner_lines,
    find_title,
    find_name,
    drop_captions,
    drop_loose_lines,
]
"""In this order: ends first, so that no footer is a candidate for anything; the title before what it delimits."""


def last_paragraph(blocks: list[Block]) -> int:
    """Return the position of the last paragraph, -1 when there is none."""
    return max((at for at, block in enumerate(blocks) if block.kind is Kind.PARAGRAPH), default=-1)


def last_text(blocks: list[Block]) -> int:
    """Return the position of the last paragraph or short sentence, -1 when there is none."""
    return max((at for at, block in enumerate(blocks) if block.kind in KEPT and _is_text(block)), default=-1)


def _is_text(block: Block) -> bool:
    return block.kind is Kind.PARAGRAPH or (block.kind is Kind.LINE and block.is_sentence)


def _is_captured(blocks: list[Block]) -> bool:
    """Tell whether the text was saved with furniture around it."""
    return any(block.kind not in {*KEPT, Kind.BYLINE, Kind.LABEL, Kind.TITLE} for block in blocks)


def _head(blocks: list[Block]) -> int:
    """Return how many blocks stand before the first one that is text for certain.

    In a clean text a short sentence is text; above the article of a site it may be a slogan.
    """
    is_first = (lambda block: block.kind is Kind.PARAGRAPH) if _is_captured(blocks) else _is_text
    return next((at for at, block in enumerate(blocks) if is_first(block)), len(blocks))
