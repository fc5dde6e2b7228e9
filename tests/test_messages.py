"""Sentences: how they are told, their typography, and catalogues that follow the code."""

from __future__ import annotations

import ast
import errno
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo
from hypothesis import given
from hypothesis import strategies as st

from indexer import Message, message, typeset
from indexer.messages import LANGUAGES, plural_message
from tests.catalogues import (
    KEYWORDS,
    ROOM,
    SYSTEM,
    click_sentences,
    commands,
    french_sentences,
    help_texts,
    po_file,
    read_catalogue,
    untranslated,
)


def ids(catalogue: Catalog) -> set[str | tuple[str, ...]]:
    """Return the sentences of a catalogue; a pair for one that counts."""
    return {entry.id for entry in catalogue if entry.id}


def pairs(catalogue: Catalog) -> list[tuple[str, str]]:
    """Return (sentence, translation) for each form of each sentence: the singular's, then the plural's."""
    found: list[tuple[str, str]] = []
    for entry in catalogue:
        if entry.id:
            found += zip(entry.id, entry.string, strict=True) if entry.pluralizable else [(entry.id, entry.string)]
    return found


def placeholders(sentence: str) -> set[str]:
    """Return the names to fill in."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield (place, call) for each call that takes a French sentence, but those inside the functions themselves."""
    for file in sorted(ROOM.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        inside = {
            inner
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name in KEYWORDS
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node not in inside:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in KEYWORDS:
                    yield f"{file.relative_to(ROOM)}:{node.lineno}", node


def sentence_of(call: ast.Call) -> str | tuple[str, ...]:
    """Return the sentence that a call takes, a pair when it counts."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    told = [
        argument.value for argument in call.args[: len(KEYWORDS[name] or [1])] if isinstance(argument, ast.Constant)
    ]
    return tuple(told) if len(told) > 1 else told[0]


ARTICLES = ("{count} article", "{count} articles")

TOLD = [
    (message("Le fichier est vide."), "Le fichier est vide.", "The file is empty."),
    (message("La clé « {key} » manque.", key="x"), "La clé « x » manque.", "The key “x” is missing."),
    (
        message("La ligne dépasse {size} Mo.", size=1284),
        "La ligne dépasse 1 284 Mo.",
        "The line is larger than 1,284 MB.",
    ),
    (plural_message(*ARTICLES, 0), "0 article", "0 articles"),
    (plural_message(*ARTICLES, 1), "1 article", "1 article"),
    (plural_message(*ARTICLES, 12480), "12 480 articles", "12,480 articles"),
    (message("Absents : {words}", words=message("un texte")), "Absents : un texte", "Missing: a text"),
    (message("Sans traduction : {x}.", x=1), "Sans traduction : 1.", "Sans traduction : 1."),
]


@pytest.mark.parametrize(
    ("said", "french", "english"), TOLD, ids=lambda value: value if isinstance(value, str) else None
)
def test_a_message_is_told_in_two_languages(said: Message, french: str, english: str) -> None:
    """A message is told in French, its default, or in English; its values are told with it."""
    assert [french, english] == [re.sub("[\u00a0\u202f]", " ", said.tell(language)) for language in LANGUAGES]
    assert str(said) == said.tell("fr")


def test_values_are_told_as_they_are() -> None:
    """What a user typed keeps its own spaces, quotes and braces."""
    typed = "l'eau : {x} « y » ?"

    assert typed in message("Absents : {words}", words=typed).tell()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows says these things in its own language")
@pytest.mark.parametrize("number", SYSTEM, ids=errno.errorcode.get)
def test_what_the_system_says_is_told_in_french(number: int) -> None:
    """The reasons of the system that can be met are told in French, and as they are in English."""
    reason = message("{reason}", reason=OSError(number, os.strerror(number)))

    assert reason.tell("en") == os.strerror(number)
    assert reason.tell() in {typeset(french) for _english, french in pairs(read_catalogue("fr"))}


def test_a_system_without_a_word_is_told_as_it_is() -> None:
    """An error of the system without a sentence of its own is still a reason."""
    assert message("{reason}", reason=OSError("étrange")).tell() == "étrange"


TYPESET = [
    ("Que faut-il chercher ?", "Que faut-il chercher\u202f?"),
    ("Un ; deux !", "Un\u202f; deux\u202f!"),
    ("Absents : {words}", "Absents\u00a0: {words}"),
    ("La clé « {key} » manque.", "La clé «\u00a0{key}\u00a0» manque."),
    ("l'index qu'un lecteur d'« ici » n'a pas", "l’index qu’un lecteur d’«\u00a0ici\u00a0» n’a pas"),
    ("aujourd'hui, jusqu'{when}", "aujourd’hui, jusqu’{when}"),
    ("furet search '\"reforme\" -senat'", "furet search '\"reforme\" -senat'"),
    ("furet search --json 'titre:canicule 2016..2019'", "furet search --json 'titre:canicule 2016..2019'"),
    ("http://127.0.0.1:8000/ à 12:30", "http://127.0.0.1:8000/ à 12:30"),
    ("The index can't be read: why?", "The index can’t be read: why?"),
]


@pytest.mark.parametrize(("typed", "expected"), TYPESET)
def test_typography(typed: str, expected: str) -> None:
    """French signs get their no-break spaces, elisions their apostrophe; a command's quotes stay straight."""
    assert expected == typeset(typed)


@given(st.text("ab '«»:;!?\n"))
def test_typography_twice_changes_nothing(text: str) -> None:
    """A sentence that is already set stays as it is, and no character is added or lost."""
    once = typeset(text)

    assert once == typeset(once)
    assert len(once) == len(text)


def test_every_sentence_of_the_code_is_in_the_english_catalogue() -> None:
    """The catalogue has what the code says, and nothing that it no longer says: `python -m tests.catalogues`."""
    assert ids(french_sentences()) == ids(read_catalogue("en"))


def test_every_call_is_seen_by_the_extraction() -> None:
    """Sentences are literal where they are used: none escapes the extraction."""
    extracted = ids(french_sentences())

    assert [place for place, call in calls() if sentence_of(call) not in extracted] == []


@pytest.mark.parametrize("name", commands())
def test_every_help_text_is_in_the_english_catalogue(name: str) -> None:
    """The help of every command and option, those of other rooms included, has its English."""
    assert set(help_texts(commands()[name])) <= ids(read_catalogue("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    """No translation is missing, in any plural form."""
    assert untranslated(read_catalogue(language)) == []


def test_translations_have_the_same_placeholders() -> None:
    """The English of a sentence fills in what the French does."""
    assert [pair for pair in pairs(read_catalogue("en")) if placeholders(pair[0]) != placeholders(pair[1])] == []


def test_translations_of_click_fill_in_nothing_else() -> None:
    """The French of click's sentences may leave a value out, never ask for another."""
    assert [pair for pair in pairs(read_catalogue("fr")) if not placeholders(pair[1]) <= placeholders(pair[0])] == []


def test_english_is_not_set_as_french() -> None:
    """English has no space before its signs and no « »."""
    assert [
        english for _french, english in pairs(read_catalogue("en")) if re.search(r"[«»\u00a0\u202f]| [;:!?]", english)
    ] == []


def test_the_french_of_click_is_typeset() -> None:
    """What click says does not go through `typeset`: its French is typed with its no-break spaces."""
    assert [french for _english, french in pairs(read_catalogue("fr")) if french != typeset(french)] == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems word a few of these differently")
def test_the_french_catalogue_has_nothing_that_nobody_says() -> None:
    """Each sentence of the French catalogue is one of click's, as installed, or of the system's."""
    assert ids(read_catalogue("fr")) <= ids(click_sentences()) | {os.strerror(number) for number in SYSTEM}


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogues_are_up_to_date(language: str) -> None:
    """The .mo says what the .po says."""
    with po_file(language).with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)

    assert sorted(pairs(compiled)) == sorted(pairs(read_catalogue(language)))


def test_catalogues_are_where_they_are_looked_for() -> None:
    """Each language has its catalogue, and no catalogue is without a language."""
    assert {Path(po_file(language)) for language in LANGUAGES} == set(ROOM.rglob("*.po"))
