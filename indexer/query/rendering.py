"""What was understood: a query written back in its own syntax.

The law: parsing what is written here gives the same tree.
"""

from __future__ import annotations

import re

from indexer.analysis import Form
from indexer.query.lexer import is_plain
from indexer.query.periods import write_period
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Excluded,
    Like,
    MostOf,
    Near,
    Operand,
    Part,
    Pattern,
    Phrase,
    Prefix,
    Published,
    Spellings,
    Word,
    without_favours,
)

_FIELDS = {"title": "titre", "text": "texte", "author": "auteur", "source": "source"}


def write_query(part: Part | None) -> str:
    """Return the query that means `part`, as a user could have typed it; "" for None.

    What is favoured is not written: it comes by itself to words side by side.
    """
    return _write(without_favours(part)) if part else ""


def _write(part: Part) -> str:
    match part:
        case Near():
            return _near(part)
        case Word() | Phrase() | Prefix() | Pattern() | Like():
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
            return " OU ".join(f"({_write(inner)})" if isinstance(inner, AllOf) else _write(inner) for inner in parts)
        case _:
            return ""


def _operand(part: Part) -> str:
    """Return `part` as one operand, in parentheses if it has several."""
    several = isinstance(part, AllOf | AnyOf | MostOf) or (isinstance(part, Near) and part.field is None)
    return f"({_write(part)})" if several else _write(part)


def _near(near: Near) -> str:
    operator = f"{'AVANT' if near.ordered else 'PRES'}{near.distance}"
    shown = f"{_leaf(near.left)} {operator} {_leaf(near.right)}"
    return f"{_FIELDS[near.field]}:({shown})" if near.field else shown


def _leaf(leaf: Operand) -> str:
    field = f"{_FIELDS[leaf.field]}:" if leaf.field else ""
    match leaf:
        case Phrase(typed, form=Form.STEM):
            return f"{field}{typed}"
        case Phrase(typed, form=form):
            return f'{field}{_sign(form)}"{typed}"'
        case Word(typed, form=Form.EXACT):
            return f"{field}={typed}" if is_plain(typed) else f'{field}="{typed}"'
        case Word(typed):
            return f"{field}({typed})" if leaf.field and re.search(r"\s", typed) else f"{field}{typed}"
        case Prefix(typed):
            return f"{field}{typed}*"
        case Pattern(typed):
            # At the end of a query a question mark would be punctuation.
            return f"{field}({typed})" if typed.endswith("?") else f"{field}{typed}"
        case Like(typed):
            return f"{field}{typed}~"


def _sign(form: Form) -> str:
    return "=" if form is Form.EXACT else ""
