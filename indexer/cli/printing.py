"""JSON on the standard output."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import click


def print_json(value: Any) -> None:
    """Print `value` as one line of JSON, in UTF-8 whatever the terminal; days and moments are written as ISO 8601."""
    line = json.dumps(value, default=_as_iso, ensure_ascii=False)
    click.echo(line.encode("utf-8", "replace"))


def _as_iso(value: date) -> str:
    return value.isoformat()
