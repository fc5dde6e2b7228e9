"""The Whoosh schema: one field for each form of each searchable field, columns for order and counts.

Fields only split on spaces: every word arrives analysed (engines know no French), and the schema holds nothing
but Whoosh's own classes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema

from indexer.analysis import Form, Token
from indexer.document import FIELDS, AnalysedDocument, Document
from indexer.engines.engine import FACETS, facet_value

NO_WORD = "¶"
"""Fills a position without a word (a paragraph break); no analysis gives this term."""

SCHEMA = Schema(
    id=ID(unique=True, sortable=True),
    day=NUMERIC(int, sortable=True, default=0),
    document=STORED(),
    **{f"facet_{facet}": ID(sortable=True) for facet in FACETS},
    **{f"{name}_{form}": TEXT(SpaceSeparatedTokenizer(), spelling=False) for name in FIELDS for form in Form},
)


def write_fields(analysed: AnalysedDocument) -> dict[str, Any]:
    """Return the values of the Whoosh fields of a document."""
    document = analysed.document
    values: dict[str, Any] = {
        "id": document.id,
        "day": day_number(document.date),
        "document": json.dumps(asdict(document), default=str, ensure_ascii=False),
    }
    for facet in FACETS:
        values[f"facet_{facet}"] = facet_term(facet_value(document, facet))
    for name, tokens in analysed.tokens.items():
        values |= _term_fields(name, tokens)
    return values


def read_document(stored: Mapping[str, Any]) -> Document:
    """Return the document that the stored fields of a hit hold."""
    values = json.loads(stored["document"])
    values["date"] = date.fromisoformat(values["date"]) if values["date"] else None
    return Document(**values)


def facet_term(value: str | int) -> str:
    """Return a facet value as one term; the sign in front lets « unknown » be a term too."""
    return f"={value}"


def facet_from_term(facet: str, term: str) -> str | int:
    """Return the facet value that a term stands for."""
    return int(term[1:]) if facet == "year" else term[1:]


def day_number(day: date | None) -> int:
    """Return a day as a number that sorts and compares (20160708); 0 stands for unknown."""
    return day.year * 10_000 + day.month * 100 + day.day if day else 0


def _term_fields(name: str, tokens: tuple[Token, ...]) -> dict[str, str]:
    """Return the text of the three form fields of `name`: terms joined by spaces, one for each position."""
    length = tokens[-1].position + 1 if tokens else 0
    columns = {form: [NO_WORD] * length for form in Form}
    for token in tokens:
        for form, term in zip(Form, token.forms, strict=True):
            columns[form][token.position] = term
    return {f"{name}_{form}": " ".join(terms) for form, terms in columns.items()}
