"""`furet search`: the same answers as the page, on the terminal or as JSON."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path

import click
from babel.dates import format_date

from indexer.answer import PASSAGES, Answer, Filters, Piece, Result, Sort
from indexer.cli.language import chosen_language, say, say_count
from indexer.cli.options import as_typed_option, exact_option, filter_options, index_option, json_option
from indexer.cli.printing import print_json
from indexer.searcher import MAX_PAGE, MAX_PASSAGES, open_index
from indexer.serialisation import answer_as_json
from indexer.settings import load_settings


def _words_and_no_options(ctx: click.Context, _argument: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of the query: « -mot » is one, « --mot » is a mistyped option, « -h » alone asks for help."""
    if words == ("-h",):
        click.echo(ctx.get_help())
        ctx.exit()
    for word in words:
        if word.startswith("--"):
            known = [option for parameter in ctx.command.params for option in parameter.opts]
            raise click.NoSuchOption(word, possibilities=get_close_matches(word, known), ctx=ctx)
    return words


@click.command(
    short_help="Cherche dans l'index et montre les passages.",
    # « -mot » leaves a word out: what is no option of ours is part of the query.
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("words", nargs=-1, metavar="[MOTS...]", callback=_words_and_no_options)
@index_option
@json_option
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FICHIER",
    help="Lit une recherche par ligne de ce fichier (« - » : l'entrée standard), donne une ligne de JSON par réponse.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_PAGE),
    metavar="NOMBRE",
    default=10,
    show_default=True,
    help="Nombre de résultats.",
)
@click.option("--offset", type=click.IntRange(0), metavar="NOMBRE", default=0, help="Nombre de résultats à passer.")
@click.option(
    "--passages",
    type=click.IntRange(1, MAX_PASSAGES),
    metavar="NOMBRE",
    default=PASSAGES,
    show_default=True,
    help="Nombre de passages de chaque article, au plus.",
)
@click.option(
    "--sort",
    type=click.Choice([str(sort) for sort in Sort]),
    default="relevance",
    help="Ordre des résultats : les plus pertinents, les plus récents ou les plus anciens d'abord.",
)
@exact_option
@as_typed_option
@filter_options
def search(
    words: tuple[str, ...],
    index: Path | None,
    batch: str | None,
    limit: int,
    offset: int,
    passages: int,
    sort: str,
    source: str | None,
    author: str | None,
    year: int | None,
    *,
    exact: bool,
    as_typed: bool,
    as_json: bool,
) -> None:
    """Cherche des mots et montre les articles, avec leurs passages.

    Tous les mots sont exigés ; les accents et les majuscules ne comptent pas. Pour exclure un mot, écrivez
    SAUF ou un tiret devant. Quand rien n'est trouvé, le code de sortie est 1, sauf avec --batch.

    \b
    Exemples :
      furet search retraite greve -senat
      furet search '"reforme des retraites" -senat'
      furet search --json 'titre:canicule 2016..2019'
      furet search --batch questions.txt > reponses.jsonl
    """
    filters = Filters(source, author, year)
    if batch is not None and words:
        raise click.UsageError(say("Avec --batch, les recherches viennent du fichier : ne tapez pas de mots."))
    if batch is None and not words and not filters:
        raise click.UsageError(say("Que faut-il chercher ? Par exemple : furet search retraite greve"))
    searcher = open_index(load_settings(index=index).index)
    searcher.status()  # an index that is missing or damaged is told even when no query would touch it

    def answer(text: str) -> Answer:
        return searcher.search(
            text,
            filters=filters,
            sort=Sort(sort),
            offset=offset,
            limit=limit,
            passages=passages,
            repair=not as_typed,
            exact=exact,
        )

    if batch is not None:
        with click.open_file(batch, encoding="utf-8-sig", errors="replace") as lines:
            for line in lines:
                print_json(answer_as_json(answer(line.rstrip("\r\n")), chosen_language()))
        return
    found = answer(" ".join(words))
    if as_json:
        print_json(answer_as_json(found, chosen_language()))
    else:
        _print_answer(found)
    if not found.total:
        raise click.exceptions.Exit(1)


def _print_answer(answer: Answer) -> None:
    """Print an answer for a reader: count, remarks, then each article with its passages."""
    if answer.total:
        click.echo(say_count("{count} article", "{count} articles", answer.total))
    else:
        _print_nothing(answer)
    asked = answer.suggestions[0].query if answer.repaired else answer.query
    if answer.understood and answer.understood != asked:
        click.echo(say("Requête comprise comme : {understood}", understood=answer.understood))
    if not answer.complete:
        click.echo(say("Aucun article ne contient tous ces mots. Voici ceux qui en contiennent le plus."))
    elif answer.required:
        click.echo(
            say_count(
                "{count} article contient tous ces mots ; il manque quelque chose aux autres.",
                "{count} articles contiennent tous ces mots ; il manque quelque chose aux autres.",
                answer.whole,
            )
        )
    for remark in answer.remarks:
        click.echo(remark.tell(chosen_language()))
    for suggestion in answer.suggestions[answer.repaired :]:
        click.echo(say("Essayez avec l'orthographe « {query} ».", query=suggestion.query))
    for number, result in enumerate(answer.results, answer.offset + 1):
        _print_result(number, result)


def _print_nothing(answer: Answer) -> None:
    """Say that no article answers and, when the filters are the reason, how many would without them."""
    if not answer.query:
        click.echo(say("Aucun article ne correspond à ces filtres."))
    elif answer.filters:
        click.echo(say("Aucun article pour « {query} » avec ces filtres.", query=answer.query))
    else:
        click.echo(say("Aucun article ne contient « {query} ».", query=answer.query))
    if answer.unfiltered:
        click.echo(
            say_count("Sans ces filtres : {count} article.", "Sans ces filtres : {count} articles.", answer.unfiltered)
        )


def _print_result(number: int, result: Result) -> None:
    head = [result.source, result.author, _told_date(result.date)]
    click.echo(f"\n{number}. {_shown(result.title_pieces)}")
    click.echo("   " + " · ".join(part for part in head if part) + f" · {result.id}")
    if result.missing:
        click.echo("   " + say("Absents : {words}", words=", ".join(result.missing)))
    for passage in result.passages:
        before, after = "… " * passage.cut_before, " …" * passage.cut_after
        click.echo(f"   {before}{_shown(passage.pieces)}{after}")
    if not result.passages and result.opening:
        click.echo(f"   {result.opening}")


def _shown(pieces: tuple[Piece, ...]) -> str:
    """Return pieces as terminal text, the marks in bold."""
    return "".join(piece.text if piece.mark is None else click.style(piece.text, bold=True) for piece in pieces)


def _told_date(day: date | None) -> str:
    return format_date(day, "d MMMM y", locale=chosen_language()) if day else say("Date inconnue")
