"""Bytes → str, for French texts saved by anything since Windows 3.1."""

from __future__ import annotations

import codecs
import re

from indexer.errors import UnreadableFile
from indexer.messages import message

BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

# What the Web calls Latin-1 or ASCII has always been cp1252: the only one with ’ œ € …
LATIN_1 = {"iso8859-1", "ascii", "cp1252"}

_DECLARED = re.compile(
    rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)|<meta[^>]*?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)


def decode(content: bytes) -> str:
    """Return the text of `content`; raises UnreadableFile for binary data.

    In order: byte order mark, strict UTF-8, UTF-16 without a mark, UTF-8 with a few damaged bytes, cp1252. These
    are rules and not a statistical detector (charset-normalizer), because there are only four candidates and the
    rules are never wrong on short heavily accented French (« été évacuée. »), where the detector gives up.
    """
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _checked(content[len(mark) :].decode(encoding, "replace"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text:
        return _checked(text)
    return _checked(_utf_16(content) or text or _damaged_utf_8(content) or _cp1252(content))


def decode_html(content: bytes) -> str:
    """Return the text of a page: as decode, but where UTF-8 fails, the charset that the page declares comes first.

    UTF-8 goes before the declaration, as browsers save in UTF-8 pages that still declare their first charset, and
    French text in another charset never is valid UTF-8.
    """
    declared = _DECLARED.search(content, 0, 4096)
    if declared and not content.startswith(tuple(BYTE_ORDER_MARKS)) and not _is_utf_8(content):
        try:
            encoding = codecs.lookup((declared[1] or declared[2]).decode("ascii")).name
            if encoding not in LATIN_1 | {"utf-8"}:
                return _checked(content.decode(encoding))
        except (LookupError, UnicodeError):
            pass  # an unknown or false declaration counts for nothing
    return decode(content)


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf_16(content: bytes) -> str:
    """Return UTF-16 text without a byte order mark, "" when `content` is something else.

    In Latin script one byte of each pair is nearly always zero, and always the same one: the high byte.
    """
    pairs = len(content) // 2
    zeros = content[0::2].count(0), content[1::2].count(0)
    if max(zeros) < 0.7 * pairs or min(zeros) > 0.05 * pairs:
        return ""
    return content[: 2 * pairs].decode("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le", "replace")


def _damaged_utf_8(content: bytes) -> str:
    """Return UTF-8 text in which a few bytes were lost, "" when most of the accents are not UTF-8."""
    text = content.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return text if sum(not character.isascii() for character in text) - lost > 2 * lost else ""


def _cp1252(content: bytes) -> str:
    """Return cp1252 text; the five bytes that mean nothing there become U+FFFD."""
    return content.decode("cp1252", "replace")


def _checked(text: str) -> str:
    """Return `text` unless it is binary data: more than one character in fifty a control or a lost one."""
    strange = sum(text.count(chr(code)) for code in (*range(9), 14, 15, *range(16, 27), *range(28, 32), 127, 0xFFFD))
    if strange > len(text) // 50 + 1:
        raise UnreadableFile(message("Le contenu n'est pas du texte, ou son codage est inconnu."))
    return text
