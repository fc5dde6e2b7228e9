"""The Whoosh schema of an index in columns: what each field is to a Whoosh query.

The words of title and text share one field, `stem`: they are weighed together, and a column tells them apart. Whoosh
never analyses anything: every term arrives made (engines know no French).
"""

from __future__ import annotations

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema

SCHEMA = Schema(
    stem=TEXT(SpaceSeparatedTokenizer(), spelling=False),
    id=ID(unique=True),
    day=NUMERIC(int),
    source=ID(),
    author=ID(),
    document=STORED(),
)
