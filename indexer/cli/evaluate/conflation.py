"""`furet evaluate conflation`: which forms are taken for one word."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click
from babel.numbers import format_decimal, format_percent

from indexer.cli.language import chosen_language, say
from indexer.cli.options import json_option
from indexer.cli.printing import print_json, print_table
from indexer.evaluation.accents import Rivalry, read_groups, search_rivals
from indexer.evaluation.conflation import Meetings, Mergers, Pair, count_meetings, count_mergers, read_entries

SHOWN = 20
"""Words shown of each kind; JSON has all of them."""


@click.command(short_help="Dit quelles formes sont prises pour un même mot.")
@click.argument("file", metavar="FORMES", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--pairs",
    metavar="FICHIER",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mesure aussi les accents : un groupe de mots par ligne, séparés par des espaces (« pêche péché »).",
)
@json_option
def conflation(file: Path, pairs: Path | None, *, as_json: bool) -> None:
    """Dit combien de formes fléchies trouvent leur lemme, et combien de lemmes différents se confondent.

    FORMES est un tableau séparé par des tabulations : forme, lemme, catégorie (NOUN, VERB, ADJ…), nombre.

    \b
    Exemples :
      furet evaluate conflation formes.tsv
      furet evaluate conflation formes.tsv --pairs accents.tsv
    """
    entries = read_entries(file)
    meetings, mergers = count_meetings(entries), count_mergers(entries)
    rivals = search_rivals(read_groups(pairs)) if pairs else []
    if as_json:
        print_json(_as_json(meetings, mergers, rivals))
        return
    _print_meetings(meetings)
    click.echo()
    _print_mergers(mergers)
    if rivals:
        click.echo()
        _print_rivals(rivals)


def _print_meetings(meetings: list[Meetings]) -> None:
    head = [say("catégorie"), say("formes fléchies"), say("trouvent leur lemme")]
    rows = [
        [found.category or say("en tout"), _count(found.forms), _share(found.forms - len(found.missed), found.forms)]
        for found in meetings
    ]
    print_table(head, rows)
    if meetings[-1].missed:
        click.echo(say("Manquent leur lemme : {words}", words=_listed(meetings[-1].missed)))


def _print_mergers(mergers: tuple[Mergers, Mergers]) -> None:
    names = [say("toutes"), say("mêmes premières lettres")]
    rows = [
        [name, _count(found.pairs), _count(len(found.merged)), _share(len(found.merged), found.pairs)]
        for name, found in zip(names, mergers, strict=True)
    ]
    print_table([say("lemmes deux à deux"), say("paires"), say("confondues"), say("part")], rows)
    if mergers[0].merged:
        click.echo(say("Se confondent : {words}", words=_listed(mergers[0].merged)))


def _print_rivals(rivals: list[Rivalry]) -> None:
    rows = []
    for name, accented in ((say("mot tapé avec ses accents"), True), (say("mot qui n'a pas d'accent"), False)):
        right = [rivalry.right for rivalry in rivals if rivalry.accented is accented]
        rows.append([name, _count(len(right)), _share(sum(right), len(right))])
    print_table([say("accents"), say("recherches"), say("le bon texte devant")], rows)


def _listed(pairs: tuple[Pair, ...]) -> str:
    """Return the first pairs, as one line."""
    more = f" … (+{_count(len(pairs) - SHOWN)})" if len(pairs) > SHOWN else ""
    return ", ".join("/".join(pair) for pair in pairs[:SHOWN]) + more


def _count(number: int) -> str:
    return format_decimal(number, locale=chosen_language())


def _share(part: int, whole: int) -> str:
    """Return a share in percent, as exact as small shares need; nothing of nothing."""
    if not whole:
        return ""
    return format_percent(part / whole, "0.000 %" if 0 < part < whole / 100 else "0.0 %", locale=chosen_language())


def _as_json(
    meetings: list[Meetings], mergers: tuple[Mergers, Mergers], rivals: list[Rivalry]
) -> dict[str, list[dict[str, object]]]:
    """Return all the figures, with every word that misses, merges or comes second."""
    return {
        "meetings": [asdict(found) for found in meetings],
        "mergers": [asdict(found) for found in mergers],
        "accents": [asdict(rivalry) for rivalry in rivals],
    }
