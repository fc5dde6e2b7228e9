"""The pages: home and results, article, help; and what a browser or a watchdog asks for."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer import Answer, Explanation, IndexDamaged, IndexMissing, Result
from web.address import Address, read_address
from web.archive import current_archive
from web.examples import EXAMPLES

pages = Blueprint("pages", __name__)

QUOTES = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "’": "'"})
"""Quotes that are typed in several ways and read in one."""

KEPT = 300
"""Seconds that a browser may keep a list of completions: whoever deletes a letter sees the last one again at once."""


@dataclass(frozen=True)
class Place:
    """Where an article stands among the results: its rank (from 1) of `total`, and the articles beside it."""

    rank: int
    total: int
    page: int
    before: Result | None
    after: Result | None


@pages.get("/")
def search() -> str:
    """The results of the search that the address asks for; the home page when it asks for nothing."""
    address = read_address(request.args)
    searcher = current_archive().searcher
    if not address.asks:
        return render_template("home.html", address=address, status=searcher.status())
    answer, page = answer_page(address)
    last = max(1, -(-answer.total // answer.limit))
    return render_template(
        "results.html",
        address=address,
        answer=answer,
        page=page,
        last=last,
        others=answer.suggestions[answer.repaired :],
        reworded=_plain(answer.understood, address)
        != _plain(answer.suggestions[0].query if answer.repaired else address.query, address),
    )


@pages.get("/article/<path:identifier>")
def article(identifier: str) -> str:
    """One article, marked for the query that led to it."""
    address = read_address(request.args)
    found = current_archive().searcher.article(identifier, address.query, exact=address.exact)
    return render_template("article.html", address=address, article=found, place=find_place(address, identifier))


@pages.get("/pourquoi/<path:identifier>")
def why(identifier: str) -> str:
    """Why an article is among the results: what each part of the query gives it."""
    address = read_address(request.args)
    page = page_of(address.rank or 1)
    return render_template("why.html", address=address, explanation=ask_why(address, identifier), page=page)


@pages.get("/aide")
def help_page() -> str:
    """How to ask: the query language, with examples."""
    return render_template("help.html", address=Address(), samples=EXAMPLES)


@pages.get("/suggestions")
def suggestions() -> Response:
    """How the query that is being typed may go on, as browsers want it (OpenSearch Suggestions 1.1)."""
    typed = request.args.get("q", "")
    completions = current_archive().searcher.complete(typed)
    response = jsonify([typed, [completion.query for completion in completions]])
    response.mimetype = "application/x-suggestions+json"
    response.cache_control.private = True
    response.cache_control.max_age = KEPT
    return response


@pages.get("/opensearch.xml")
def description() -> Response:
    """What lets a browser search the archive from its address bar (OpenSearch 1.1)."""
    # The description wants braces, which an address would write %7B and %7D.
    template, suggested = (
        url_for(f"pages.{page}", q="searchTerms", _external=True).replace("searchTerms", "{searchTerms}")
        for page in ("search", "suggestions")
    )
    picture = url_for("asset", name="favicon.svg", lang=None, _external=True)
    response = make_response(
        render_template("opensearch.xml", template=template, suggestions=suggested, picture=picture)
    )
    response.mimetype = "application/opensearchdescription+xml"
    return response


@pages.get("/sante")
def health() -> ResponseReturnValue:
    """200 while the index can be searched, 503 otherwise; for a watchdog or a proxy."""
    try:
        status = current_archive().searcher.status()
    except (IndexMissing, IndexDamaged) as error:
        return jsonify(state=type(error).__name__), 503
    return jsonify(state="ok", documents=status.documents, generation=status.generation)


def answer_page(address: Address) -> tuple[Answer, int]:
    """Return the page of results that `address` asks for and its number; past the end, the last page."""
    size = current_archive().settings.page
    page = address.page
    answer = ask(address, (page - 1) * size, size)
    if page > 1 and not answer.results:
        page = max(1, -(-answer.total // size))
        answer = ask(address, (page - 1) * size, size)
    return answer, page


def ask(address: Address, offset: int, limit: int) -> Answer:
    """Search what `address` asks for."""
    archive = current_archive()
    return archive.searcher.search(
        address.query,
        filters=address.filters,
        sort=address.order,
        offset=offset,
        limit=limit,
        passages=archive.settings.passages,
        exact=address.exact,
        repair=address.repaired,
    )


def ask_why(address: Address, identifier: str) -> Explanation:
    """Explain an article among the results of the search that `address` asks for."""
    return current_archive().searcher.explain(
        address.query, identifier, filters=address.filters, repair=address.repaired, exact=address.exact
    )


def page_of(rank: int) -> int:
    """Return the page of results that has the one of this rank."""
    return (rank - 1) // current_archive().settings.page + 1


def find_place(address: Address, identifier: str) -> Place | None:
    """Return where the article stands among the results; None when it is no longer at the rank the address tells."""
    if address.rank is None or not address.asks:
        return None
    rank = address.rank
    offset = max(0, rank - 2)
    answer = ask(address, offset, 3)
    around = dict(enumerate(answer.results, offset + 1))
    if rank not in around or around[rank].id != identifier:
        return None
    return Place(rank, answer.total, page_of(rank), around.get(rank - 1), around.get(rank + 1))


def _plain(query: str, address: Address) -> str:
    """Return a query without what makes no difference to a reader: case, blanks, the shape of quotes, a = for all."""
    plain = "".join(query.translate(QUOTES).casefold().split())
    return plain.replace("=", "") if address.exact else plain
