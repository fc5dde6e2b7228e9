"""`furet evaluate`: how well the search does, measured with files that someone brings."""

from __future__ import annotations

import click

from indexer.cli.evaluate.cases import cases
from indexer.cli.evaluate.conflation import conflation
from indexer.cli.evaluate.ranking import ranking


@click.group(short_help="Mesure la recherche avec vos propres fichiers.", subcommand_metavar="MESURE [ARGUMENTS]...")
def evaluate() -> None:
    """Mesure la recherche, telle que tous s'en servent, avec les fichiers que vous apportez.

    \b
    Exemples :
      furet evaluate cases cas.jsonl
      furet evaluate ranking questions/
      furet evaluate conflation formes.tsv
    """


for measure in (cases, ranking, conflation):
    evaluate.add_command(measure)
