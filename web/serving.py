"""``furet serve``: the pages, served by waitress."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import threading
import webbrowser
from pathlib import Path
from typing import Any, NoReturn

import click
from waitress.server import create_server  # type: ignore[import-untyped]  # waitress gives no types

from indexer import LANGUAGES, FuretError, Searcher, Settings, load_settings, open_index
from web import create_app
from web.language import tell
from web.processes import POSSIBLE, Processes

LIMITS = {
    "connection_limit": 1000,
    "channel_timeout": 10,
    "cleanup_interval": 5,
    "max_request_header_size": 16384,
    "max_request_body_size": 65536,
}
"""What keeps a few slow or greedy clients from shutting the others out (seconds and bytes)."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--index", type=click.Path(path_type=Path), metavar="DOSSIER", help="Dossier de l'index.")
@click.option("--host", metavar="ADRESSE", help="Adresse à écouter (127.0.0.1 : cet ordinateur seulement).")
@click.option("--port", type=click.IntRange(0, 65535), metavar="NOMBRE", help="Port à écouter (0 : un port libre).")
@click.option("--processes", type=click.IntRange(1, 64), metavar="NOMBRE", help="Nombre de processus qui répondent.")
@click.option("--threads", type=click.IntRange(1, 64), metavar="NOMBRE", help="Recherches à la fois dans chacun.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Langue des pages.")
@click.option("--name", metavar="NOM", help="Nom de l'archive, affiché sur les pages.")
@click.option("--open", "open_browser", is_flag=True, help="Ouvre la page dans le navigateur.")
def serve(*, open_browser: bool, **flags: Any) -> None:
    """Sert les pages de recherche.

    \b
    Exemples :
      furet serve --open
      furet serve --index archives --port 8080
      furet serve --host 0.0.0.0 --name "La presse du quartier"
    """
    try:
        settings = load_settings(**flags)
    except FuretError as error:
        _give_up(str(error.message), error.exit_code)
    if settings.processes > 1 and not POSSIBLE:
        _give_up(tell("Ce système ne permet qu'un processus.", settings.language), 2)
    searcher = open_index(settings.index)
    listening = listen(settings)
    address = told_address(settings.host, listening.getsockname()[1])
    warn_without_index(settings, searcher)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # waitress ends cleanly on KeyboardInterrupt

    def run() -> None:
        build_server(settings, searcher, listening).run()

    run_all = Processes(run, settings.processes).wait if settings.processes > 1 else run
    click.echo(tell("Furet écoute sur {address} — Ctrl+C pour arrêter", settings.language).format(address=address))
    if open_browser:
        # A browser of the terminal keeps its caller waiting: it must not keep the server waiting.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    run_all()
    click.echo(tell("Furet s'est arrêté.", settings.language))


def listen(settings: Settings) -> socket.socket:
    """Return a socket already listening; an address that cannot be had ends the command with code 2."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        # Our own socket rather than waitress's, which leaves half a server behind when it cannot bind.
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        _give_up(_refusal(settings, error), 2)


def build_server(settings: Settings, searcher: Searcher, listening: socket.socket) -> Any:
    """Return the waitress server of the pages; its threads work from now on."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # readers waiting their turn are no news
    app = create_app(settings, searcher)
    return create_server(app, sockets=[listening], threads=settings.threads, ident=None, **LIMITS)


def told_address(host: str, port: int) -> str:
    """Return the address to type in a browser; a server that listens everywhere is reached from here by name."""
    everywhere = host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not listened to
    visible = "localhost" if everywhere else f"[{host}]" if ":" in host else host
    return f"http://{visible}:{port}/"


def warn_without_index(settings: Settings, searcher: Searcher) -> None:
    """Say at once, on stderr, what every page would say: that there is nothing to search yet."""
    try:
        searcher.status()
    except FuretError as error:
        click.echo(error.message.tell(settings.language), err=True)


def _refusal(settings: Settings, error: OSError) -> str:
    """Say why the address cannot be listened to."""
    language = settings.language
    match error.errno:
        case errno.EADDRINUSE:
            told = tell("Le port {port} est déjà pris. Essayez avec --port 0 : un port libre sera choisi.", language)
        case errno.EACCES:
            told = tell("Le port {port} demande plus de droits. Choisissez-en un au-dessus de 1023.", language)
        case _:
            told = tell("L'adresse {host} ne peut pas être écoutée. Essayez avec --host 127.0.0.1.", language)
    return told.format(host=settings.host, port=settings.port)


def _give_up(sentence: str, exit_code: int) -> NoReturn:
    """End the command with a sentence and an exit code."""
    click.echo(sentence, err=True)
    raise click.exceptions.Exit(exit_code)
