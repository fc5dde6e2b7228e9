"""What was understood: a query written back in its own syntax.

The law: parsing what is written here gives the same tree.
"""

from __future__ import annotations

from indexer.analysis import Form
from indexer.query.periods import write_period
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Everything,
    Excluded,
    Has,
    Leaf,
    MostOf,
    Part,
    Phrase,
    Prefix,
    Published,
    Spellings,
    Word,
)

_FIELDS = {"title": "titre", "text": "texte", "author": "auteur", "source": "source"}


def write_query(part: Part | None) -> str:
    """Return the query that means `part`, as a user could have typed it; "" for None."""
    match part:
        case None | Everything() | Has():
            return ""
        case Word() | Phrase() | Prefix():
            return _leaf(part)
        case Spellings(typed, _, field):
            return f"{_FIELDS[field]}:{typed}" if field else typed
        case Published():
            return write_period(part)
        case Excluded(inner):
            return f"SAUF {_operand(inner)}"
        case AllOf(parts) | MostOf(parts):
            return " ".join(_operand(inner) for inner in parts)
        case AnyOf(parts):
            return " OU ".join(
                f"({write_query(inner)})" if isinstance(inner, AllOf) else write_query(inner) for inner in parts
            )


def _operand(part: Part) -> str:
    """Return `part` as one operand, in parentheses if it has several."""
    return f"({write_query(part)})" if isinstance(part, AllOf | AnyOf | MostOf) else write_query(part)


def _leaf(leaf: Leaf) -> str:
    field = f"{_FIELDS[leaf.field]}:" if leaf.field else ""
    match leaf:
        case Phrase(typed, _, Form.FOLDED):
            return f'{field}"{typed}"'
        case Prefix(typed):
            return f"{field}{typed}*"
        case _:
            return f"{field}{leaf.typed}"
