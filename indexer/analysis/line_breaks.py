"""Line breaks: a word cut at the end of a line is one word; a hyphen of spelling stays one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.analysis.accents import fold_accents
from indexer.analysis.lexicon import is_known
from indexer.analysis.segmentation import Span

# A hyphen, then the end of a line; or a blank, where a reader of scans has put the lines together.
_CUT = re.compile(r"[-\u2010\u00ac](?:[ \t]*\r?\n[ \t]*| )")

ACROSS = re.compile(r"[^\W\d_][-\u2010\u00ac]\Z"), re.compile(r"[^\W\d_]")
"""Before and after a blank, what may be the two halves of a word (see columns.py)."""


def rejoin_cut_words(spans: Iterable[Span], text: str) -> Iterable[Span]:
    """Yield the spans with the two halves of a cut word as one: « gouver-, nement » is gouvernement."""
    return _rejoin(spans, text) if _CUT.search(text) else spans


def _rejoin(spans: Iterable[Span], text: str) -> Iterator[Span]:
    held: Span | None = None
    for span in spans:
        if held and (gap := text[held.end : span.start]) and _CUT.fullmatch(gap) and _is_cut(held, span, gap):
            held = Span(held.text + span.text, held.start, span.end)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _is_cut(head: Span, tail: Span, gap: str) -> bool:
    """Tell whether two halves are one word.

    If the lexicon has it, yes. If not, only at the end of a line, in lower case, and where the second half is no word
    either: a name (Mélen-, chon) and not a compound (ex-, ministre).
    """
    if not (head.text[-1:].isalpha() and tail.text[:1].islower()):
        return False
    if is_known(fold_accents((head.text + tail.text).lower())):
        return True
    return "\n" in gap and not is_known(fold_accents(tail.text.lower()))
