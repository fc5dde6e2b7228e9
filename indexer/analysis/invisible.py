"""Invisible characters: soft hyphens and zero-width marks are no part of a word."""

from __future__ import annotations

import re

from indexer.analysis.mapped_text import MappedText

# Soft hyphen, zero-width space and joiners, word joiner, byte order mark: typesetting, not spelling.
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def drop_invisible(mapped: MappedText) -> MappedText:
    """Return the text without its invisible characters: con(soft hyphen)seil reads conseil."""
    if mapped.text.isascii() or not INVISIBLE.search(mapped.text):
        return mapped
    return mapped.rewritten(
        (character, at, at + 1) for at, character in enumerate(mapped.text) if not INVISIBLE.match(character)
    )
