"""`furet explain`: why an article is where it is among the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from babel.numbers import format_decimal

from indexer.answer import Filters
from indexer.cli.language import chosen_language, say, say_count
from indexer.cli.options import as_typed_option, exact_option, filter_options, index_option, json_option
from indexer.cli.printing import print_json
from indexer.explanation import Contribution, Explanation
from indexer.searcher import open_index
from indexer.serialisation import explanation_as_json
from indexer.settings import load_settings


@click.command(short_help="Dit pourquoi un article est parmi les résultats.")
@click.argument("query", metavar="RECHERCHE")
@click.argument("identifier", metavar="ARTICLE")
@index_option
@json_option
@exact_option
@as_typed_option
@filter_options
def explain(
    query: str,
    identifier: str,
    index: Path | None,
    source: str | None,
    author: str | None,
    year: int | None,
    *,
    exact: bool,
    as_typed: bool,
    as_json: bool,
) -> None:
    """Dit ce que chaque mot d'une recherche apporte à un article, et sous quelles formes il s'y trouve.

    L'article est désigné par son identifiant, que donne « furet search ». Quand il n'est pas parmi les résultats,
    Furet dit ce qui lui manque et le code de sortie est 1.

    \b
    Exemples :
      furet explain "age retraite" depeche-2023-022
      furet explain --json '"reforme des retraites" -senat' depeche-2023-022
    """
    searcher = open_index(load_settings(index=index).index)
    filters = Filters(source, author, year)
    found = searcher.explain(query, identifier, filters=filters, repair=not as_typed, exact=exact)
    if as_json:
        print_json(explanation_as_json(found, chosen_language()))
    else:
        for line in _lines(found):
            click.echo(line)
    if not found.listed:
        raise click.exceptions.Exit(1)


def _lines(explanation: Explanation) -> Iterator[str]:
    """Yield what an explanation says, a line each: the article, the verdict, then each part."""
    yield f"{explanation.title} · {explanation.id}"
    if explanation.understood and explanation.understood != explanation.query:
        yield say("Requête comprise comme : {understood}", understood=explanation.understood)
    for remark in explanation.remarks:
        yield remark.tell(chosen_language())
    if explanation.left_out:
        yield say("Mots laissés de côté : {words}", words=", ".join(explanation.left_out))
    yield from _verdict(explanation)
    for contribution in explanation.contributions:
        yield ""
        yield from _contribution(contribution, explanation.documents)


def _verdict(explanation: Explanation) -> Iterator[str]:
    """Yield the score, or why there is none, and what the article lacks."""
    if explanation.listed:
        yield say("Score : {score}", score=_number(explanation.score))
    else:
        yield say("Cet article n'est pas parmi les résultats.")
    if not explanation.kept:
        yield say("Les filtres l'écartent.")
    if explanation.excluded:
        yield say("Exclus et présents : {words}", words=", ".join(explanation.excluded))
    if explanation.missing:
        yield say("Absents : {words}", words=", ".join(explanation.missing))


def _contribution(contribution: Contribution, documents: int) -> Iterator[str]:
    """Yield what a part is and gives, where it stands, and how its score is made."""
    language = chosen_language()
    holders = say_count(
        "{count} article sur {documents}", "{count} articles sur {documents}", contribution.holders, documents=documents
    )
    score = _number(contribution.score).rjust(7)
    yield f"{score}  {contribution.part} · {contribution.kind.told.tell(language)} · {holders}"
    if contribution.met:
        yield f"{'':7}  " + " ; ".join(f"{met.form} ({_counts(met.counts)})" for met in contribution.met)
    if contribution.factors:
        factors = (f"{factor.reason.told.tell(language)} {_number(factor.value)}" for factor in contribution.factors)
        yield f"{'':7}  " + " × ".join(factors)


def _counts(counts: Mapping[str, int]) -> str:
    """Return how often a form stands in each field."""
    told = {
        "title": say("titre"),
        "text": say("texte"),
        "author": say("auteur"),
        "source": say("source"),
    }
    return ", ".join(f"{told[field]} {count}" for field, count in counts.items())


def _number(value: float) -> str:
    return format_decimal(value, "0.00", locale=chosen_language())
