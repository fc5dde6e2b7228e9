"""What an application serves: one archive, its settings and its searcher."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from indexer import Searcher, Settings


@dataclass(frozen=True)
class Archive:
    """The archive behind the pages."""

    settings: Settings
    searcher: Searcher


def install(app: Flask, archive: Archive) -> None:
    """Give `app` its archive; templates know it as `archive`."""
    app.extensions["archive"] = archive
    app.jinja_env.globals["archive"] = archive


def current_archive() -> Archive:
    """Return the archive of the application that answers the current request."""
    return cast(Archive, current_app.extensions["archive"])
