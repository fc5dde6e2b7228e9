"""`furet evaluate ranking`: whether the relevant articles come first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from babel.numbers import format_decimal, format_percent

from indexer import rebuilding
from indexer.cli.language import chosen_language, say, say_count
from indexer.cli.options import json_option
from indexer.cli.printing import print_json, print_table
from indexer.evaluation.judged_set import JudgedSet, read_judged_set
from indexer.evaluation.ranking import Averages, average, average_by_topic, score_queries, some_queries
from indexer.evaluation.variations import with_slip, without_accents
from indexer.searcher import Searcher, open_index


@dataclass(frozen=True)
class Run:
    """The queries of a set, in one variation: "" as typed, "accents" without them, "typos" with one each."""

    name: str
    variation: str
    queries: Averages
    topics: Averages | None


@click.command(short_help="Dit si les articles pertinents viennent en tête.")
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar="DOSSIER...",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--no-accents", is_flag=True, help="Mesure aussi les recherches tapées sans accents.")
@click.option(
    "--typos",
    type=int,
    metavar="GRAINE",
    help="Mesure aussi les recherches avec une faute de frappe dans un mot long ; la graine choisit les fautes.",
)
@click.option("--limit", type=click.IntRange(1), metavar="NOMBRE", help="Nombre de recherches de chaque collection.")
@click.option(
    "--index",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DOSSIER",
    help="Dossier où construire les index, un par collection ; sinon, un dossier temporaire.",
)
@json_option
def ranking(
    folders: tuple[Path, ...],
    typos: int | None,
    limit: int | None,
    index: Path | None,
    *,
    no_accents: bool,
    as_json: bool,
) -> None:
    """Construit l'index de chaque collection, y fait toutes ses recherches, et dit ce qu'elles valent.

    DOSSIER a les articles (docs.jsonl) et des tableaux séparés par des tabulations : « …queries.tsv » (numéro,
    recherche), « …qrels.tsv » (numéro, article, pertinence) et, s'il y a plusieurs façons de demander la même chose,
    « …topics.tsv » (numéro, sujet).

    \b
    Exemples :
      furet evaluate ranking questions/
      furet evaluate ranking questions/ --no-accents --typos 1
    """
    changes: dict[str, Callable[[str], str]] = {"": str}
    if no_accents:
        changes["accents"] = without_accents
    if typos is not None:
        changes["typos"] = partial(with_slip, seed=typos)
    runs = []
    for judged in [read_judged_set(folder) for folder in folders]:
        chosen = some_queries(judged, limit) if limit else judged
        with _searcher(judged, index) as searcher:
            for variation, change in changes.items():
                scores = score_queries(searcher, chosen, change)
                runs.append(Run(judged.name, variation, average(scores), average_by_topic(scores)))
    if as_json:
        print_json([asdict(run) for run in runs])
    else:
        _print_runs(runs)


@contextmanager
def _searcher(judged: JudgedSet, index: Path | None) -> Iterator[Searcher]:
    """Lend a searcher over the articles of a set, indexed anew; tell how many could not be."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = (index or Path(temporary)) / judged.name
        report = rebuilding.rebuild([judged.documents], folder, processes=rebuilding.usual_processes())
        if lost := len(report.failures):
            click.echo(say_count("{count} article illisible", "{count} articles illisibles", lost), err=True)
        yield open_index(folder)


def _print_runs(runs: list[Run]) -> None:
    """Print a table: each set, then its topics and its variations, with what these lose."""
    head = [say("collection"), say("mesures"), "nDCG@10", say("rappel@100"), say("sans réponse"), say("perte")]
    rows, typed = [], runs[0]
    for run in runs:
        typed = typed if run.variation else run  # the first run of every set
        rows.append(_row(f"{run.name}{_told(run.variation)}", run.queries, typed.queries))
        if run.topics and typed.topics:
            rows.append(_row("  " + say("par sujet"), run.topics, typed.topics))
    print_table(head, rows)


def _told(variation: str) -> str:
    match variation:
        case "accents":
            return ", " + say("sans accents")
        case "typos":
            return ", " + say("avec une faute")
        case _:
            return ""


def _row(name: str, averages: Averages, typed: Averages) -> list[str]:
    """Return the cells of one line; what is lost is told of a variation only."""
    loss = "" if averages is typed else _figure(typed.ndcg - averages.ndcg)
    language = chosen_language()
    empty = format_percent(averages.empty, "0.0 %", locale=language)
    count = format_decimal(averages.count, locale=language)
    return [name, count, _figure(averages.ndcg), _figure(averages.recall), empty, loss]


def _figure(value: float) -> str:
    """Return a figure with three decimals; nothing is never -0."""
    return format_decimal(round(value, 3) + 0.0, "0.000", locale=chosen_language())
