"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

index_option = click.option(
    "--index",
    type=click.Path(path_type=Path),
    metavar="DOSSIER",
    help="Dossier de l'index ; sinon FURET_INDEX, la clé index de furet.toml, ou furet-index.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Donne le résultat en JSON.")
