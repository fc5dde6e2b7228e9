"""Apostrophes: whatever the keyboard or the typesetter gave, one character for all."""

from __future__ import annotations

from indexer.analysis.mapped_text import MappedText

# ’ typographic, ʼ modifier letter, ‘ opening quote, ′ prime, ´ acute accent, ` grave accent, ＇ full width.
VARIANTS = str.maketrans(dict.fromkeys("’ʼ‘′´`＇", "'"))


def unify_apostrophes(mapped: MappedText) -> MappedText:
    """Return the text with plain apostrophes; each replaces one character, so the map stands."""
    text = mapped.text.translate(VARIANTS)
    return mapped if text == mapped.text else MappedText(text, mapped.starts, mapped.ends)
