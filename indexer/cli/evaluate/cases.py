"""`furet evaluate cases`: what a reader expects, case by case."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.cli.language import chosen_language, say
from indexer.cli.options import json_option
from indexer.cli.printing import print_json, print_table
from indexer.evaluation.cases import Case, read_cases
from indexer.evaluation.judging import Tally, Verdict, judge, tally


@click.command(short_help="Juge des cas : une recherche, un texte, ce qu'on en attend.")
@click.argument("file", metavar="FICHIER", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--failures/--all",
    default=True,
    help="Montre les cas qui échouent (c'est l'usage), ou tous.",
)
@click.option(
    "--category",
    "categories",
    metavar="NOMS",
    help="Seulement ces catégories, séparées par des virgules : ce qui précède le premier tiret des identifiants.",
)
@json_option
def cases(file: Path, categories: str | None, *, failures: bool, as_json: bool) -> None:
    """Juge des cas : une recherche, un texte, ce qu'un lecteur attend de l'une pour l'autre.

    FICHIER a un objet JSON par ligne : « id », « query », « text », « expect » (match, no-match, rank-above avec
    « other »), « highlight », et au besoin « mode » (prefix, suggest), « suggest », « debatable ». Quand un cas que
    personne ne discute échoue, le code de sortie est 1.

    \b
    Exemples :
      furet evaluate cases cas.jsonl
      furet evaluate cases cas.jsonl --category ACC,ELI --all
    """
    verdicts = [judge(case) for case in _chosen(list(read_cases(file)), categories)]
    shown = [verdict for verdict in verdicts if not (failures and verdict.right)]
    counts = tally(verdicts)
    if as_json:
        print_json({"categories": [_count_as_json(count) for count in counts], "cases": list(map(_as_json, shown))})
    else:
        _print_verdicts(shown, counts)
    if counts[-1].agreed[0] < counts[-1].agreed[1]:
        raise click.exceptions.Exit(1)


def _chosen(cases: list[Case], categories: str | None) -> list[Case]:
    """Return the cases of the categories asked for. Raises UsageError when there is none."""
    names = {name.strip() for name in categories.split(",")} if categories else {case.category for case in cases}
    if unknown := sorted(names - {case.category for case in cases}):
        raise click.UsageError(say("Aucun cas de la catégorie « {category} ».", category=unknown[0]))
    return [case for case in cases if case.category in names]


def _print_verdicts(shown: list[Verdict], counts: list[Tally]) -> None:
    """Print the cases to show, then the table of the categories."""
    for verdict in shown:
        for line in _lines(verdict):
            click.echo(line)
        click.echo()
    print_table(
        [say("catégorie"), say("sûrs"), say("discutables"), say("tous")],
        [
            [count.category or say("en tout"), *map(_share, (count.agreed, count.debatable, count.all))]
            for count in counts
        ],
    )


def _lines(verdict: Verdict) -> list[str]:
    """Return what is shown of a case: what was sought where, what was expected, what came."""
    case, fault = verdict.case, verdict.fault
    told = fault.tell(chosen_language()) if fault else say("comme attendu")
    debatable = " " + say("(discutable)") if case.debatable else ""
    lines = [f"{case.id}{debatable} — {case.query} — {told}", f"  {_line(case.text)}"]
    if case.other:
        lines.append("  " + say("avant : {text}", text=_line(case.other)))
    expected, got = case.highlight, verdict.marked
    if verdict.found and case.mode == "search" and case.expect != "no-match" and expected not in {None, got}:
        lines.append(
            "  " + say("marques attendues : {expected} · obtenues : {got}", expected=_list(expected), got=_list(got))
        )
    if verdict.repaired:
        lines.append("  " + say("recherche corrigée en : {query}", query=verdict.repaired))
    if case.suggest:
        offers = {"expected": _list(case.suggest), "got": _list(verdict.offered)}
        lines.append("  " + say("à proposer : {expected} · proposé : {got}", **offers))
    return lines


def _list(texts: tuple[str, ...] | None) -> str:
    return _line(" | ".join(texts or ())) or say("rien")


def _line(text: str) -> str:
    """Return a text on one line, its line ends shown."""
    return text.replace("\n", "⏎")


def _share(count: tuple[int, int]) -> str:
    return f"{count[0]}/{count[1]}" if count[1] else ""


def _count_as_json(count: Tally) -> dict[str, object]:
    return {"category": count.category, "agreed": count.agreed, "debatable": count.debatable}


def _as_json(verdict: Verdict) -> dict[str, object]:
    case = verdict.case
    return {
        "id": case.id,
        "query": case.query,
        "text": case.text,
        "right": verdict.right,
        "debatable": case.debatable,
        "fault": verdict.fault.tell(chosen_language()) if verdict.fault else "",
        "found": verdict.found,
        "marked": verdict.marked,
        "offered": verdict.offered,
        "repaired": verdict.repaired,
    }
