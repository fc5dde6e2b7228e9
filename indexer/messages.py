"""Sentences for people: French templates, told in French or in English.

The source language of every sentence is French, so a sentence reads in the code as the reader will see it;
`translations/en` holds the English. Code that cannot know the reader's language (a parser, an error) makes a
:class:`Message` and lets the edge (page, command line) tell it in the language of the moment.
"""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("fr", "en")
"""Languages of pages and messages; the first is the default."""

TRANSLATIONS = Path(__file__).with_name("translations")
"""The folder of the gettext catalogues (domain ``furet``)."""


@dataclass(frozen=True)
class Message:
    """A sentence that is not yet told: a French template and what fills it in."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def tell(self, language: str = LANGUAGES[0]) -> str:
        """Return the sentence in `language`, filled in; French where the catalogue lacks it."""
        told = typeset(translations(language).gettext(self.template))
        return told.format(**{name: _tell(value, language) for name, value in self.values})

    def __str__(self) -> str:
        return self.tell()


def message(template: str, **values: object) -> Message:
    """Return the Message for `template`, a French sentence with ``{names}`` to fill in."""
    return Message(template, tuple(values.items()))


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return the gettext catalogue of `language`; an unknown language gives the French sentences as they are."""
    return gettext.translation("furet", TRANSLATIONS, [language], fallback=True)


def typeset(sentence: str) -> str:
    """Give a French sentence its no-break spaces and apostrophes, so that code can be typed with plain ones.

    U+202F before ; ! ? and U+00A0 before : and inside « », as the Imprimerie nationale sets them; English text,
    which has no space there, is left as it is.
    """
    sentence = re.sub(r" (?=[;!?](?:\s|$))", "\u202f", sentence)
    sentence = re.sub(r" (?=[:»])|(?<=«) ", "\u00a0", sentence)
    return sentence.replace("'", "\u2019")


def _tell(value: object, language: str) -> object:
    """Tell a value that is itself a Message; anything else stays what it is."""
    return value.tell(language) if isinstance(value, Message) else value
