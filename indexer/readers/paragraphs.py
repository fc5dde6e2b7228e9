"""Text hygiene: any text → clean paragraphs.

What the reader saw is kept (accents composed or not, no-break spaces, soft hyphens); only what never was text
goes away.
"""

from __future__ import annotations

import re
from itertools import groupby

WRAPPED = range(25, 101)
"""Characters of the widest line of a text that was cut at a width, from the column of a newspaper to a mail."""

_NEWLINES = re.compile(r"\r\n?|[\v\u2028]")
_BREAKS = re.compile(r"[\f\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\ufeff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t]{2,}|\t")  # not the single spaces, which are nearly all
# `&#146;` or cp1252 read as Latin-1: pages written on Windows meant ’ and not a control character.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


# Most texts are clean already: one look tells.
_UNCLEAN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def clean_characters(raw: str) -> str:
    """Return `raw` with newlines unified, controls and byte order marks dropped, lone surrogates as U+FFFD."""
    if raw.replace("\n", " ").isprintable() or not _UNCLEAN.search(raw):  # no-break spaces are no « printable »
        return raw
    text = _BREAKS.sub("\n\n", _NEWLINES.sub("\n", raw)).translate(_WINDOWS)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def clean_text(raw: str) -> str:
    """Return `raw` with clean characters, runs of plain blanks as one space, no blanks at the ends of its lines."""
    return "\n".join(_clean_lines(raw))


def _clean_lines(raw: str) -> list[str]:
    text = clean_characters(raw)
    if "  " in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    return list(map(str.strip, text.split("\n"))) if "\n" in text else [text.strip()]


def clean_line(raw: str) -> str:
    """Return `raw` cleaned, on one line: what a title, an author or a source must be."""
    return clean_text(raw).replace("\n", " ").strip() if raw else ""


def split_paragraphs(raw: str) -> list[str]:
    """Return the cleaned paragraphs of `raw`; each line is one, unless the text was cut into lines of equal length.

    The lines of such a hard-wrapped block stay together, separated by newlines.
    """
    lines = _clean_lines(raw)
    blocks = [list(block) for filled, block in groupby(lines, bool) if filled] if "" in lines else [lines]
    if not any(map(_is_wrapped, blocks)):
        return list(filter(None, lines))
    return [paragraph for block in blocks for paragraph in _join_lines(block)]


def _is_wrapped(block: list[str]) -> bool:
    """Tell whether a block of lines is one text cut at a width: a column of a newspaper, a mail, a manual.

    Its lines, but the last, are nearly as long as the widest, which is not long; and every other one or so begins
    in the middle of a sentence, with a small letter, which neither menus nor verses nor lists do.
    """
    if len(block) < 4 or (widest := max(map(len, block))) not in WRAPPED:
        return False
    full = sum(len(line) >= 0.65 * widest for line in block[:-1])
    inside = sum(line[0].islower() for line in block[1:])
    return full >= 0.8 * (len(block) - 1) and inside >= 0.4 * (len(block) - 1)


def _join_lines(block: list[str]) -> list[str]:
    """Return the paragraphs of one block of a hard-wrapped text: a line far shorter than the widest ends one."""
    widest = max(map(len, block))
    if widest > WRAPPED.stop:
        return block
    paragraphs: list[list[str]] = [[]]
    for line in block:
        paragraphs[-1].append(line)
        if len(line) < 0.65 * widest:
            paragraphs.append([])
    return ["\n".join(lines) for lines in paragraphs if lines]
