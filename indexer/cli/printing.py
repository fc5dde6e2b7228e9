"""What several commands print: JSON, tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import click


def print_json(value: Any) -> None:
    """Print `value` as one line of JSON, in UTF-8 whatever the terminal; days and moments are written as ISO 8601."""
    line = json.dumps(value, default=_as_iso, ensure_ascii=False)
    click.echo(line.encode("utf-8", "replace"))


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows of cells under their headings, the first column to the left, the others, figures, to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for first, *others in (head, *rows):
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
        click.echo("  ".join(cells).rstrip())


def _as_iso(value: date) -> str:
    return value.isoformat()
