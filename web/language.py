"""The language of a page: what its address says (``lang``), else what the settings say.

French is the source language: the templates hold the French sentences, ``translations/en`` their English.
"""

from __future__ import annotations

import gettext as catalogues
from functools import cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, g, request, url_for

from indexer import LANGUAGES, typeset
from web.archive import current_archive

TRANSLATIONS = Path(__file__).with_name("translations")
"""The folder of the gettext catalogues (domain ``web``)."""

LANGUAGE_NAMES = {"fr": "Français", "en": "English"}


def install(app: Flask) -> None:
    """Choose a language at each request, carry it in every link and give templates ``_`` and ``ngettext``."""
    app.before_request(choose_language)
    app.url_defaults(carry_language)
    # Not the extension of Jinja, whose sentences are HTML: here they are text, escaped with what fills them in.
    app.jinja_env.globals.update(_=gettext, ngettext=ngettext)
    app.context_processor(lambda: {"language": current_language(), "other_languages": other_languages()})


def choose_language() -> None:
    """Settle the language of this request; a language Furet does not speak is ignored."""
    asked = request.args.get("lang")
    g.language = asked if asked in LANGUAGES else current_archive().settings.language


def current_language() -> str:
    """Return the language of this request."""
    return cast(str, g.language)


def carry_language(endpoint: str, values: dict[str, Any]) -> None:  # noqa: ARG001 - Flask passes the endpoint
    """Add ``lang`` to a link, unless the settings already say it."""
    if g.language != current_archive().settings.language:
        values.setdefault("lang", g.language)


def other_languages() -> list[tuple[str, str, str]]:
    """Return (code, name, address of this very page) of each language the page is not in."""
    return [(code, LANGUAGE_NAMES[code], _same_page(code)) for code in LANGUAGES if code != g.language]


def _same_page(language: str) -> str:
    """Return the address of the current page in `language`; the home page when the address leads nowhere."""
    code = None if language == current_archive().settings.language else language
    if request.endpoint is None:
        return url_for("pages.search", lang=code)
    asked = request.args.to_dict() | (request.view_args or {})
    return url_for(request.endpoint, **{**asked, "lang": code})


def gettext(sentence: str, /, **values: object) -> str:
    """Return `sentence`, written in French, in the language of this request, its ``%(names)s`` filled in."""
    return tell(sentence, g.language) % values


def tell(sentence: str, language: str) -> str:
    """Return `sentence`, written in French, in `language`."""
    return typeset(_catalogue(language).gettext(sentence))


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the sentence that suits a number in the language of this request, filled in; in French, zero is one."""
    if g.language == LANGUAGES[0]:
        return typeset(one if number < 2 else many) % values
    return typeset(_catalogue(g.language).ngettext(one, many, number)) % values


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    return catalogues.translation("web", TRANSLATIONS, [language], fallback=True)
