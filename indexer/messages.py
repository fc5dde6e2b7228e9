"""Sentences for people: French templates, told in French or in English.

The source language of every sentence is French, so a sentence reads in the code as the reader will see it;
`translations/en` holds the English. Code that cannot know the reader's language (a parser, an error) makes a
:class:`Message` and lets the edge (page, command line) tell it in the language of the moment.
"""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel.numbers import format_decimal

LANGUAGES = ("fr", "en")
"""Languages of pages and messages; the first is the default."""

TRANSLATIONS = Path(__file__).with_name("translations")
"""The folder of the gettext catalogues (domain ``furet``)."""


@dataclass(frozen=True)
class Message:
    """A sentence that is not yet told: a French template and what fills it in.

    A sentence that counts has a `plural` too; the value named ``count`` chooses, and is told as a number. A value
    may be a Message, or the OSError that is the reason of something.
    """

    template: str
    values: tuple[tuple[str, object], ...] = ()
    plural: str = ""

    def tell(self, language: str = LANGUAGES[0]) -> str:
        """Return the sentence in `language`, filled in; French where the catalogue lacks it."""
        values = dict(self.values)
        catalogue = translations(language)
        if self.plural:
            number = int(str(values["count"]))
            # French counts nothing as one (« 0 article »); its own sentences are in no catalogue that could say so.
            number = 1 if language == LANGUAGES[0] and number == 0 else number
            told = catalogue.ngettext(self.template, self.plural, number)
        else:
            told = catalogue.gettext(self.template)
        return typeset(told).format(**{name: _tell(value, language) for name, value in values.items()})

    def __str__(self) -> str:
        return self.tell()


def message(template: str, **values: object) -> Message:
    """Return the Message for `template`, a French sentence with ``{names}`` to fill in."""
    return Message(template, tuple(values.items()))


def plural_message(singular: str, plural: str, count: int, **values: object) -> Message:
    """Return the Message for a sentence that counts: ``{count}`` in both templates."""
    return Message(singular, (("count", count), *values.items()), plural)


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return the gettext catalogue of `language`; an unknown language gives the French sentences as they are."""
    return gettext.translation("furet", TRANSLATIONS, [language], fallback=True)


@lru_cache(maxsize=1024)
def typeset(sentence: str) -> str:
    """Give a French sentence its no-break spaces and apostrophes, so that code can be typed with plain ones.

    U+202F before ; ! ? and U+00A0 before : and inside « », as the Imprimerie nationale sets them; English text,
    which has no space there, is left as it is. So are the quotes around a command's argument: an apostrophe
    follows a letter and stands before something. Sentences are few and told often: the last ones are kept.
    """
    sentence = re.sub(r" (?=[;!?](?:\s|$))", "\u202f", sentence)
    sentence = re.sub(r" (?=[:»])|(?<=«) ", "\u00a0", sentence)
    return re.sub(r"(?<=\w)'(?=\S)", "\u2019", sentence)


def _tell(value: object, language: str) -> object:
    """Tell a Message or what the system says of an OSError, write a number as the language does; keep the rest."""
    if isinstance(value, Message):
        return value.tell(language)
    if isinstance(value, OSError):
        return typeset(translations(language).gettext(value.strerror)) if value.strerror else value
    return format_decimal(value, locale=language) if isinstance(value, int) else value
