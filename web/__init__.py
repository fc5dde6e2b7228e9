"""The web room: pages, their address, their language. It knows HTTP and nothing of how a search is made."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from indexer import Searcher, Settings, load_settings, open_index
from web import address, api, archive, assets, errors, filters, headers, language, views


def create_app(settings: Settings | None = None, searcher: Searcher | None = None) -> Flask:
    """Return the WSGI application over an index.

    Without `settings` they are read from the environment and furet.toml (raises SettingsError); without
    `searcher` the index that the settings name is opened. An index that is missing or damaged is not an error
    here: the pages say so until it is rebuilt.
    """
    settings = load_settings() if settings is None else settings
    app = Flask(__name__, static_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # GET and HEAD only
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # an attribute of Flask's default provider
    archive.install(app, archive.Archive(settings, open_index(settings.index) if searcher is None else searcher))
    for room in (language, address, filters, assets, headers, errors):
        room.install(app)
    app.register_blueprint(views.pages)
    app.register_blueprint(api.api)
    return app
