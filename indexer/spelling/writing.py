"""Writing: how a spelling of the corpus stands in a query that someone typed."""

from __future__ import annotations

from indexer.query.lexer import OPERATORS


def written_for(typed: str, exact: str) -> str:
    """Return an exact spelling with the ’ that readers see, in capitals or with a capital where `typed` has them.

    No operator comes of it.
    """
    written = exact.replace("'", "’")
    if typed.isupper() and len(typed) > 1 and written.upper() not in OPERATORS:
        return written.upper()
    return written[:1].upper() + written[1:] if typed[:1].isupper() else written
