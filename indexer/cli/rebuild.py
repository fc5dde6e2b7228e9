"""`furet rebuild` and `furet rollback`: the index, all or nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from babel.numbers import format_decimal

from indexer import rebuilding
from indexer.cli.language import chosen_language, say, say_count
from indexer.cli.options import index_option
from indexer.rebuilding import Progress, RebuildReport
from indexer.settings import load_settings

SHOWN = 20
"""Files named in the summary, of each kind; the others are counted."""


@click.command(short_help="Lit des dossiers d'articles et reconstruit l'index.")
@click.argument("folders", nargs=-1, required=True, metavar="DOSSIER...", type=click.Path(path_type=Path))
@index_option
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    metavar="NOMBRE",
    help="Nombre de processus qui lisent les articles (sinon, un par cœur, quatre au plus).",
)
@click.option("--quiet", "-q", is_flag=True, help="Ne montre ni progression ni bilan, seulement les échecs.")
def rebuild(folders: tuple[Path, ...], index: Path | None, processes: int | None, *, quiet: bool) -> None:
    """Lit tous les articles des dossiers et reconstruit l'index.

    L'index en service répond jusqu'à ce que le nouveau soit complet et vérifié ; il est ensuite conservé pour
    « furet rollback ». Formats lus : .txt, .html, .md, .jsonl.

    \b
    Exemples :
      furet rebuild articles/
      furet rebuild presse/ notes/ --index archives
    """
    settings = load_settings(index=index)
    with _progress(shown=not quiet and sys.stderr.isatty()) as progress:
        report = rebuilding.rebuild(
            folders, settings.index, progress=progress, processes=processes or rebuilding.usual_processes()
        )
    _tell_failures(report)
    if not quiet:
        _tell_summary(report, settings.index)
    if report.failures:
        _exit(1)


@click.command(short_help="Revient à l'index précédent.")
@index_option
def rollback(index: Path | None) -> None:
    """Remet en service l'index précédent ; une seconde fois, revient au plus récent.

    \b
    Exemple :
      furet rollback --index archives
    """
    status = rebuilding.rollback(load_settings(index=index).index)
    click.echo(
        say_count(
            "L'index précédent est de nouveau en service : {count} article.",
            "L'index précédent est de nouveau en service : {count} articles.",
            status.documents,
        )
    )


@contextmanager
def _progress(*, shown: bool) -> Iterator[Progress | None]:
    """Lend what shows how far a rebuild is, on the terminal only."""
    if not shown:
        yield None
        return
    with click.progressbar(length=1, label=say("Lecture des articles"), file=sys.stderr, show_pos=False) as bar:

        def show(done: int, total: int, documents: int) -> None:
            bar.length = max(total, 1)
            bar.label = _stage(documents, finished=done == total)
            bar.update(done - bar.pos)
            bar.render_progress()  # the label may have changed when the position has not

        yield show


def _stage(documents: int, *, finished: bool) -> str:
    if finished:
        return say("Écriture de l'index")
    return say_count("{count} article lu", "{count} articles lus", documents)


def _tell_failures(report: RebuildReport) -> None:
    """Name on stderr the files that could not be read, with the reason."""
    for failure in report.failures[:SHOWN]:
        click.echo(f"  {failure.path} — {failure.reason.tell(chosen_language())}", err=True)
    if len(report.failures) > SHOWN:
        click.echo(
            say_count("  … et {count} autre échec.", "  … et {count} autres échecs.", len(report.failures) - SHOWN),
            err=True,
        )


def _tell_summary(report: RebuildReport, index: Path) -> None:
    status = report.status
    took = format_decimal(round(report.seconds, 1), locale=chosen_language())
    click.echo(
        say_count(
            "{count} article indexé en {seconds} s.",
            "{count} articles indexés en {seconds} s.",
            status.documents,
            seconds=took,
        )
    )
    for duplicate in report.duplicates[:SHOWN]:
        click.echo(
            "  "
            + say("{path} : copie exacte de {first}, comptée une fois.", path=duplicate.path, first=duplicate.first)
        )
    counts = [
        say_count("{count} doublon exact", "{count} doublons exacts", len(report.duplicates)),
        say_count("{count} sans date", "{count} sans date", status.undated),
        say_count("{count} échec", "{count} échecs", len(report.failures)),
        say_count("{count} fichier d'un autre format", "{count} fichiers d'un autre format", report.ignored),
    ]
    numbers = (len(report.duplicates), status.undated, len(report.failures), report.ignored)
    if told := [count for count, number in zip(counts, numbers, strict=True) if number]:
        click.echo("  " + " · ".join(told))
    click.echo(say("Nouvel index en service dans {index}.", index=index), nl=not status.previous)
    if status.previous:
        click.echo(" " + say("Le précédent est conservé : « furet rollback »."))


def _exit(code: int) -> NoReturn:
    """End the command with this code, whatever runs it."""
    raise click.exceptions.Exit(code)
