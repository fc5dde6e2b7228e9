"""The results as JSON: the objects that ``furet search --json`` and ``furet explain --json`` print."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, request

from indexer import answer_as_json, explanation_as_json
from web.address import read_address
from web.language import current_language
from web.views import answer_page, ask_why

api = Blueprint("api", __name__, url_prefix="/api")


@api.get("/search")
def search() -> Response:
    """Answer with the page of results that the address asks for; an address that asks for nothing is refused."""
    address = read_address(request.args)
    if not address.asks:
        abort(400)
    answer, _ = answer_page(address)
    return jsonify(answer_as_json(answer, current_language()))


@api.get("/explain/<path:identifier>")
def explain(identifier: str) -> Response:
    """Tell why an article is a result of the query that the address asks; an address without a query is refused."""
    address = read_address(request.args)
    if not address.query:
        abort(400)
    return jsonify(explanation_as_json(ask_why(address, identifier), current_language()))
