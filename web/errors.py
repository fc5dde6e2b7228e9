"""Our errors as pages: 400, 404, 405, 500, 503, in French or in English; as JSON under ``/api``.

No error tells the query to the log: a reader's searches are nobody else's business.
"""

from __future__ import annotations

import secrets
import traceback
from dataclasses import asdict, dataclass

from flask import Flask, Response, abort, current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import BadHost, HTTPException

from indexer import FuretError, IndexDamaged, IndexMissing, UnknownDocument
from web.address import Address
from web.language import current_language, gettext

LONGEST_ADDRESS = 4000
"""Characters of the longest parameters that are read."""


@dataclass(frozen=True)
class Refusal:
    """What an error page says. `command` is what to type on the server, `incident` what to quote to its keeper."""

    status: int
    title: str
    advice: str
    command: str = ""
    incident: str = ""


def check_length() -> None:
    """Refuse parameters so long that no reader typed them."""
    if len(request.query_string) > LONGEST_ADDRESS:
        abort(400)


def tell_ours(error: FuretError) -> Response:
    """Answer for an error that the indexer foresaw."""
    match error:
        case UnknownDocument():
            return _answer(Refusal(404, gettext("Article introuvable"), error.message.tell(current_language())))
        case IndexMissing():
            advice = gettext("Sur le serveur, lancez la commande ci-dessous, puis rechargez la page.")
            return _answer(Refusal(503, gettext("L'index n'existe pas encore"), advice, "furet rebuild DOSSIER"))
        case IndexDamaged():
            advice = gettext("L'index ne peut plus être lu. Sur le serveur, lancez la commande ci-dessous.")
            return _answer(Refusal(503, gettext("L'index est endommagé"), advice, "furet rebuild DOSSIER"))
    return tell_unexpected(error)


def tell_http(error: HTTPException) -> Response:
    """Answer for an address or a request that leads nowhere."""
    titles = {
        404: (gettext("Cette page n'existe pas"), gettext("L'adresse est peut-être incomplète ou périmée.")),
        405: (gettext("Cette action n'est pas permise"), gettext("Furet ne fait que chercher et montrer.")),
    }
    not_understood = (
        gettext("Cette demande n'a pas été comprise"),
        gettext("L'adresse est trop longue ou mal formée. Essayez avec quelques mots seulement."),
    )
    if isinstance(error, BadHost):  # without a host there is no page: none of its links could be written
        return Response(not_understood[0], 400, mimetype="text/plain")
    status = error.code or 500
    title, advice = titles.get(status, not_understood)
    response = _answer(Refusal(status, title, advice))
    response.headers.extend([(name, value) for name, value in error.get_headers() if name == "Allow"])
    return response


def tell_unexpected(error: Exception) -> Response:
    """Answer for what nobody foresaw; the log keeps where it happened under the reference, never what was asked."""
    incident = secrets.token_hex(3).upper()
    places = "".join(traceback.format_tb(error.__traceback__))
    current_app.logger.error("Incident %s: %s\n%s", incident, type(error).__name__, places)
    advice = gettext("Votre recherche n'a pas été enregistrée. Réessayez dans un instant.")
    return _answer(Refusal(500, gettext("Une erreur s'est produite"), advice, incident=incident))


def _answer(refusal: Refusal) -> Response:
    """Return the page, or the JSON object, of a refusal."""
    if request.path.startswith("/api/"):
        told = {name: value for name, value in asdict(refusal).items() if value}
        return make_response(jsonify(error=told), refusal.status)
    return make_response(render_template("error.html", address=Address(), refusal=refusal), refusal.status)


def install(app: Flask) -> None:
    """Turn every error of `app` into a page."""
    app.before_request(check_length)
    app.register_error_handler(FuretError, tell_ours)
    app.register_error_handler(HTTPException, tell_http)
    app.register_error_handler(Exception, tell_unexpected)
