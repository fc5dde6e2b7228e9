"""Material: the files that someone measures with, in JSON Lines or tab-separated, in UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.errors import UnreadableMaterial
from indexer.messages import Message, message


def read_objects(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the JSON objects of a file, one a line, with their line numbers. Raises UnreadableMaterial."""
    for number, line in _lines(file):
        try:
            value = json.loads(line)
        except ValueError as error:
            raise refusal(file, number, message("La ligne n'est pas du JSON valable.")) from error
        if not isinstance(value, dict):
            raise refusal(file, number, message("La ligne n'est pas un objet JSON."))
        yield number, value


def read_rows(file: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of a tab-separated file, with the line numbers; lines that begin with « # » are left out.

    Raises UnreadableMaterial when a line has fewer than so many columns.
    """
    for number, line in _lines(file):
        cells = line.split("\t")
        if not line.startswith("# "):
            if len(cells) < columns:
                raise refusal(file, number, message("Il y faut au moins {columns} colonnes.", columns=columns))
            yield number, cells


def refusal(file: Path, number: int, reason: Message) -> UnreadableMaterial:
    """Return the error for a line of a file that makes no sense."""
    return UnreadableMaterial(message("{file}, ligne {line} : {reason}", file=file, line=str(number), reason=reason))


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, without their ends, from number 1."""
    try:
        with file.open(encoding="utf-8-sig", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except OSError as error:
        raise UnreadableMaterial(message("{file} ne peut pas être lu : {reason}.", file=file, reason=error)) from error
    except UnicodeDecodeError as error:
        raise UnreadableMaterial(message("{file} n'est pas en UTF-8.", file=file)) from error
