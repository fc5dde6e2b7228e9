"""The style sheet, script and picture: kept by browsers for a year, at an address that changes with the content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

FOLDER = Path(__file__).with_name("static")

ASSETS = {"style.css": "text/css", "completion.js": "text/javascript", "favicon.svg": "image/svg+xml"}
"""The files that are served, and their media types."""

YEAR = 365 * 24 * 3600
"""Seconds that a browser may keep an asset whose address holds its digest."""


@cache
def content(name: str) -> bytes:
    """Return the bytes of an asset, read once."""
    return (FOLDER / name).read_bytes()


@cache
def digest(name: str) -> str:
    """Return a short digest of an asset's content."""
    return hashlib.sha256(content(name)).hexdigest()[:12]


def asset_url(name: str) -> str:
    """Return the address of an asset, digest included."""
    return url_for("asset", name=name, v=digest(name), lang=None)


def asset(name: str) -> Response:
    """Answer with an asset; only the address that tells its digest may be kept without asking again."""
    response = Response(content(name), mimetype=ASSETS[name])
    response.set_etag(digest(name))
    response.cache_control.public = True
    if request.args.get("v") == digest(name):
        response.cache_control.max_age = YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def install(app: Flask) -> None:
    """Serve the assets at the root of the site and give templates ``asset_url``."""
    names = ",".join(f"'{name}'" for name in ASSETS)
    app.add_url_rule(f"/<any({names}):name>", "asset", asset)
    app.jinja_env.globals["asset_url"] = asset_url
