"""The language of the command line: one setting, read before anything is said."""

from __future__ import annotations

import copy
import inspect

import click

from indexer.messages import message, plural_message, translations, typeset
from indexer.settings import load_settings


def chosen_language() -> str:
    """Return the language of this run, from the settings. Raises SettingsError."""
    return load_settings().language


def say(template: str, **values: object) -> str:
    """Return a sentence in the language of this run; `template` is French."""
    return message(template, **values).tell(chosen_language())


def say_count(singular: str, plural: str, count: int, **values: object) -> str:
    """Return a sentence that counts, in the language of this run."""
    return plural_message(singular, plural, count, **values).tell(chosen_language())


def translated(command: click.Command) -> click.Command:
    """Return a copy of the command with its help, written in French, told in the language of this run."""
    told = copy.copy(command)
    told.help = _told(command.help)
    told.short_help = _told(command.short_help)
    told.params = [_translated_parameter(parameter) for parameter in command.params]
    if isinstance(command, click.Group) and isinstance(told, click.Group):
        told.commands = {name: translated(inner) for name, inner in command.commands.items()}
        told.subcommand_metavar = _told(told.subcommand_metavar) or ""
    return told


def _translated_parameter(parameter: click.Parameter) -> click.Parameter:
    told = copy.copy(parameter)
    told.metavar = _told(told.metavar)
    if isinstance(told, click.Option):
        told.help = _told(told.help)
    return told


def _told(text: str | None) -> str | None:
    """Return a text of the help, which is no template, in the language of this run.

    Texts are looked up without the indentation of their docstring, which Python 3.13 has taken away already.
    """
    return typeset(translations(chosen_language()).gettext(inspect.cleandoc(text))) if text else text
