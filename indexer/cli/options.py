"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

index_option = click.option(
    "--index",
    type=click.Path(path_type=Path),
    metavar="DOSSIER",
    help="Dossier de l'index ; sinon FURET_INDEX, la clé index de furet.toml, ou furet-index.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Donne le résultat en JSON.")

exact_option = click.option(
    "--exact", is_flag=True, help="Orthographe exacte : mots et expressions tels quels, accents et accords compris."
)

as_typed_option = click.option(
    "--as-typed", is_flag=True, help="Cherche les mots tels quels, même ceux qui semblent mal orthographiés."
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that filter articles: source, author, year."""
    options = (
        click.option("--source", metavar="NOM", help='Seulement cette publication ("" : les articles sans source).'),
        click.option("--author", metavar="NOM", help='Seulement cet auteur ("" : les articles sans auteur).'),
        click.option("--year", type=int, metavar="ANNÉE", help="Seulement cette année (0 : les articles sans date)."),
    )
    for option in reversed(options):
        command = option(command)
    return command
