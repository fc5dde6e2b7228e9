"""Settings: where they come from, in which order, and what is refused."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Settings, SettingsError, load_settings
from indexer.settings import refusal_language


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(environment: dict[str, str], **flags: Any) -> str:
    """Return the sentence that refuses these settings, no-break spaces as plain ones."""
    with pytest.raises(SettingsError) as refused:
        load_settings(environment, **flags)
    return re.sub("[\u00a0\u202f]", " ", refused.value.message.tell())


def test_without_anything_the_defaults_hold() -> None:
    """An empty environment and no file give the defaults."""
    assert Settings() == load_settings({})


CHOSEN = [
    ("name", "Drapeau", "Variable", 'name = "Fichier"', ["Drapeau", "Variable", "Fichier", "Furet"]),
    ("port", 1, "2", "port = 3", [1, 2, 3, 8000]),
    ("page", 11, "12", "page = 13", [11, 12, 13, 20]),
    ("passages", 5, "6", "passages = 7", [5, 6, 7, 3]),
    ("threads", 1, "2", "threads = 3", [1, 2, 3, 4]),
    ("processes", 4, "3", "processes = 2", [4, 3, 2, 1]),
    ("host", "a", "b", 'host = "c"', ["a", "b", "c", "127.0.0.1"]),
    ("language", "fr", "en", 'language = "fr"', ["fr", "en", "fr", "fr"]),
    ("index", Path("a"), "b", 'index = "c"', [Path("a"), Path("b"), Path("c"), Path("furet-index")]),
]


@pytest.mark.parametrize(("name", "flag", "variable", "key", "expected"), CHOSEN, ids=[row[0] for row in CHOSEN])
def test_flag_then_variable_then_file_then_default(
    folder: Path, name: str, flag: object, variable: str, key: str, *, expected: list[object]
) -> None:
    """For each setting the first that gives a value wins."""
    file, environment = folder / "furet.toml", {f"FURET_{name.upper()}": variable}
    file.write_text(key, "utf-8")

    found = [load_settings(environment, **{name: flag}), load_settings(environment, **{name: None}), load_settings({})]
    file.unlink()
    found.append(load_settings({}))

    assert expected == [getattr(settings, name) for settings in found]


def test_the_environment_is_that_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one given, the environment is the process's own."""
    monkeypatch.setenv("FURET_NAME", "Les Archives")

    assert load_settings().name == "Les Archives"


def test_an_empty_variable_gives_nothing() -> None:
    """An empty variable is as good as none: FURET_INDEX= does not put the index in the current folder."""
    assert Settings() == load_settings(dict.fromkeys(["FURET_INDEX", "FURET_PORT", "FURET_CONFIG"], ""))


def test_sources_are_joined(folder: Path) -> None:
    """Each setting is settled for itself."""
    (folder / "furet.toml").write_text("page = 50\nport = 1\n", "utf-8")

    assert load_settings({"FURET_PORT": "2"}, threads=3) == Settings(page=50, port=2, threads=3)


def test_the_index_of_a_file_is_relative_to_it(folder: Path) -> None:
    """In furet.toml, index is relative to the folder of the file, not to where one stands."""
    (folder / "une archive").mkdir()
    (folder / "une archive" / "réglages.toml").write_text('index = "données/index"', "utf-8")

    settings = load_settings({"FURET_CONFIG": "une archive/réglages.toml"})

    assert settings.index == Path("une archive/données/index")


def test_an_absolute_index_stays_where_it_is(folder: Path) -> None:
    """An absolute index in furet.toml is kept."""
    (folder / "furet.toml").write_text(f"index = '{folder / 'ailleurs'}'", "utf-8")

    assert load_settings({}).index == folder / "ailleurs"


def test_the_named_file_takes_the_place_of_the_other(folder: Path) -> None:
    """FURET_CONFIG names the file to read; the furet.toml of the current folder is then not read."""
    (folder / "furet.toml").write_text("page = 50", "utf-8")
    (folder / "autre.toml").write_text("port = 1", "utf-8")

    assert Settings(port=1) == load_settings({"FURET_CONFIG": "autre.toml"})


def test_a_file_may_start_with_a_byte_order_mark(folder: Path) -> None:
    """Some editors put a mark in front of UTF-8: it is no part of the first key."""
    (folder / "furet.toml").write_text("page = 50", "utf-8-sig")

    assert load_settings({}).page == 50


UNREADABLE = [
    pytest.param(b"page =", "furet.toml ne peut pas être lu : ", id="syntax"),
    pytest.param(b'name = "\xe9"', "furet.toml ne peut pas être lu : ", id="not UTF-8"),
    pytest.param(
        b"prot = 1\nzoo = 2", "Clé inconnue dans furet.toml : prot. Clés admises : host, index, language", id="key"
    ),
    pytest.param(b"[web]\nport = 1", "Clé inconnue dans furet.toml : web.", id="table"),
]


@pytest.mark.parametrize(("content", "expected"), UNREADABLE)
def test_a_file_that_makes_no_sense_is_refused(folder: Path, content: bytes, expected: str) -> None:
    """A file that is not TOML or has a key that Furet does not know is refused, with its name."""
    (folder / "furet.toml").write_bytes(content)

    assert expected in refusal({})


def test_a_named_file_must_exist() -> None:
    """A file that FURET_CONFIG names and that is not there is refused, unlike a missing furet.toml."""
    assert refusal({"FURET_CONFIG": "rien.toml"}).startswith(
        "Le fichier de configuration rien.toml ne peut pas être lu : "
    )


TYPES = [
    "page = true",
    "page = 2.0",
    'page = ""',
    'port = "x"',
    "name = 5",
    "host = true",
    "index = 5",
    "language = []",
]


@pytest.mark.parametrize("line", TYPES)
def test_a_value_of_another_type_is_refused(folder: Path, line: str) -> None:
    """Numbers are numbers, texts are texts; the refusal names the setting."""
    (folder / "furet.toml").write_text(line, "utf-8")

    assert refusal({}).startswith(f"Le réglage « {line.partition(' ')[0]} » ne peut pas valoir « ")


RANGES = [
    ("port", -1, 0, 65535, 65536),
    ("threads", 0, 1, 64, 65),
    ("processes", 0, 1, 64, 65),
    ("page", 0, 1, 100, 101),
    ("passages", 0, 1, 10, 11),
]


@pytest.mark.parametrize(("name", "below", "first", "last", "above"), RANGES, ids=[row[0] for row in RANGES])
def test_ranges(name: str, below: int, first: int, last: int, *, above: int) -> None:
    """A number has its bounds, both allowed; the refusal gives them."""
    allowed = [getattr(load_settings({f"FURET_{name.upper()}": str(value)}), name) for value in (first, last)]

    assert [first, last] == allowed
    for value in (below, above):
        expected = f"Le réglage « {name} » ne peut pas valoir « {value} ». Valeur attendue : {first} … {last}."
        assert expected == refusal({}, **{name: value})


@pytest.mark.parametrize("typed", ["abc", "8 000", "1e3", "+5", "0x10", "٣", "²", "9" * 5000, "8000\n"])
def test_a_number_is_written_in_digits(typed: str) -> None:
    """Whatever else Python would take for a number, or choke on, is refused."""
    assert refusal({"FURET_PORT": typed}).endswith("Valeur attendue : un nombre entier.")


def test_an_unknown_language_is_refused() -> None:
    """Furet speaks the languages it has a catalogue for."""
    assert refusal({"FURET_LANGUAGE": "xx"}) == (
        "Le réglage « language » ne peut pas valoir « xx ». Valeur attendue : fr, en."
    )


@given(st.dictionaries(st.sampled_from(["PORT", "PAGE", "THREADS", "LANGUAGE", "HOST", "NAME", "INDEX"]), st.text()))
def test_any_environment_gives_settings_or_a_refusal(variables: dict[str, str]) -> None:
    """Whatever the variables hold there are settings or a SettingsError, and nothing else."""
    environment = {f"FURET_{name}": value for name, value in variables.items()}

    with contextlib.suppress(SettingsError):
        assert load_settings(environment).language in {"fr", "en"}


@pytest.mark.parametrize(("asked", "spoken"), [(None, "fr"), ("", "fr"), ("xx", "fr"), ("en", "en")])
def test_settings_are_refused_in_the_language_asked_for(asked: str | None, spoken: str) -> None:
    """Even when the settings make no sense, a language of ours in FURET_LANGUAGE is heard."""
    assert refusal_language({} if asked is None else {"FURET_LANGUAGE": asked}) == spoken
