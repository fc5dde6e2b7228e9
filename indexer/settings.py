"""Settings: the only reader of the environment and of furet.toml.

For each setting the first of these that gives a value wins: command-line flag, ``FURET_*`` variable, key of
``furet.toml`` (in the current folder, or the file that ``FURET_CONFIG`` names), default. An empty variable gives none.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError
from indexer.messages import LANGUAGES, message

_NUMBER = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True)
class Settings:
    """Everything that can be set; the README's table says the same to users.

    `index` is the folder of the index, `name` the archive's name on the pages, `language` "fr" or "en", `host`,
    `port`, `processes` and `threads` (of each process) are the server's, `page` is the number of results on a page,
    `passages` that of the passages of a result, at most.
    """

    index: Path = Path("furet-index")
    name: str = "Furet"
    language: str = LANGUAGES[0]
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 1
    threads: int = 4
    page: int = 20
    passages: int = 3

    def __post_init__(self) -> None:
        _check("language", self.language, self.language in LANGUAGES, "fr, en")
        _check("port", self.port, 0 <= self.port <= 65535, "0 … 65535")
        _check("processes", self.processes, 1 <= self.processes <= 64, "1 … 64")
        _check("threads", self.threads, 1 <= self.threads <= 64, "1 … 64")
        _check("page", self.page, 1 <= self.page <= 100, "1 … 100")
        _check("passages", self.passages, 1 <= self.passages <= 10, "1 … 10")


def load_settings(environment: Mapping[str, str] | None = None, **flags: Any) -> Settings:
    """Return the settings of this run; `flags` that are None count as not given.

    Raises SettingsError for a file that cannot be read, an unknown key or a value that makes no sense.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = _file_values(environment)
    for setting in fields(Settings):
        variable = f"FURET_{setting.name.upper()}"
        if given := environment.get(variable):
            values[setting.name] = given
    values |= {name: value for name, value in flags.items() if value is not None}
    converted: dict[str, Any] = {name: _convert(name, value) for name, value in values.items()}
    return Settings(**converted)


def refusal_language(environment: Mapping[str, str] | None = None) -> str:
    """Return the language in which to refuse settings that make no sense: the variable's if it is one, else French."""
    environment = os.environ if environment is None else environment
    asked = environment.get("FURET_LANGUAGE")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _file_values(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the keys of the configuration file, with `index` resolved against the file's own folder."""
    named = environment.get("FURET_CONFIG")
    file = Path(named or "furet.toml")
    if not named and not file.is_file():
        return {}
    try:
        values = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            message("Le fichier de configuration {file} ne peut pas être lu : {reason}.", file=file, reason=error)
        ) from error
    known = {setting.name for setting in fields(Settings)}
    if unknown := sorted(set(values) - known):
        raise SettingsError(
            message(
                "Clé inconnue dans {file} : {key}. Clés admises : {known}.",
                file=file,
                key=unknown[0],
                known=", ".join(sorted(known)),
            )
        )
    if isinstance(values.get("index"), str):
        values["index"] = file.parent / values["index"]
    return values


def _convert(name: str, value: object) -> object:
    """Return `value` in the type of the setting `name`; a variable gives a number as text."""
    kind = type(getattr(Settings, name))
    if kind is int:
        _check(name, value, _NUMBER.fullmatch(str(value)) is not None, message("un nombre entier"))
        return int(str(value))
    _check(name, value, isinstance(value, (str, Path)), message("un texte"))
    return Path(str(value)) if name == "index" else value


def _check(name: str, value: object, fits: bool, expected: object) -> None:
    """Raise SettingsError unless the value fits."""
    if not fits:
        raise SettingsError(
            message(
                "Le réglage « {name} » ne peut pas valoir « {value} ». Valeur attendue : {expected}.",
                name=name,
                value=str(value),
                expected=expected,
            )
        )
