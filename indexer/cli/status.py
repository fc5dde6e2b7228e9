"""`furet status`: what is in service."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from indexer.answer import Status
from indexer.cli.language import chosen_language, say, say_count
from indexer.cli.options import index_option, json_option
from indexer.cli.printing import print_json
from indexer.searcher import open_index
from indexer.settings import load_settings


@click.command(short_help="Dit ce que contient l'index en service.")
@index_option
@json_option
def status(index: Path | None, *, as_json: bool) -> None:
    """Dit ce que contient l'index en service, et depuis quand.

    \b
    Exemples :
      furet status
      furet status --index archives --json
    """
    folder = load_settings(index=index).index
    found = open_index(folder).status()
    if as_json:
        print_json(asdict(found))
        return
    for line in _lines(found, folder):
        click.echo(line)


def _lines(found: Status, folder: Path) -> list[str]:
    """Return what a status says, a line each."""
    language = chosen_language()
    lines = [
        say_count("{count} article dans {index}", "{count} articles dans {index}", found.documents, index=folder),
        say_count("{count} source", "{count} sources", found.sources),
    ]
    if found.first and found.last:
        first, last = (format_date(day, "d MMMM y", locale=language) for day in (found.first, found.last))
        lines.append(say("Du {first} au {last}", first=first, last=last))
    if found.undated:
        lines.append(say_count("{count} sans date", "{count} sans date", found.undated))
    if found.built:
        built = format_datetime(found.built, "d MMMM y, HH:mm 'UTC'", locale=language)
        size = format_decimal(max(round(found.size / 1e6, 1), 0.1), locale=language)
        lines.append(
            say("Construit le {built} · {size} Mo · génération {name}", built=built, size=size, name=found.generation)
        )
    if found.previous:
        lines.append(say("Index précédent conservé : {name} (« furet rollback »)", name=found.previous))
    return lines
