"""Help: every command shows an example, every option says what it does, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.metadata import version

import click
import pytest

from indexer.cli import furet as group
from tests.catalogues import commands
from tests.cli.conftest import Ran

Furet = Callable[..., Ran]

NAMES = ["rebuild", "serve", "search", "explain", "status", "rollback", "evaluate"]


def options() -> list[tuple[str, click.Option]]:
    """Return every option, with its command's name."""
    found = [(name, parameter) for name, command in commands().items() for parameter in command.params]
    return [(name, parameter) for name, parameter in found if isinstance(parameter, click.Option)]


def test_commands_are_listed_in_the_order_of_use(furet: Furet) -> None:
    """The help lists our commands and those of other rooms, in the order in which they are used."""
    listed = furet("--help").out.partition("Commandes :\n")[2]

    assert re.findall(r"^  (\w+) ", listed, re.MULTILINE) == NAMES


@pytest.mark.parametrize("name", sorted(commands().keys() - {"furet"}))
def test_every_command_has_an_example(furet: Furet, name: str) -> None:
    """The help of a command shows it at work, each example on a line of its own."""
    ran = furet(*name.split(), "--help")

    assert ran.code == 0
    assert re.search(rf"^    furet {name}", ran.out, re.MULTILINE)


@pytest.mark.parametrize(("name", "option"), options(), ids=lambda value: getattr(value, "name", value))
def test_every_option_has_a_help_sentence(name: str, option: click.Option) -> None:
    """An option's help is a sentence: a capital and a full stop."""
    assert re.fullmatch(r"[A-ZÀÉ].*\.", option.help or "", re.DOTALL), f"furet {name} {option.opts[0]}"


@pytest.mark.parametrize("name", commands())
def test_every_value_has_a_french_name(name: str) -> None:
    """What an option or an argument takes is named, or listed: click's own names are English."""
    command = commands()[name]
    for parameter in command.params:
        listed = isinstance(parameter.type, click.Choice)
        flag = isinstance(parameter, click.Option) and parameter.is_flag
        assert parameter.metavar or listed or flag, f"furet {name} {parameter.name}"


def test_examples_can_be_pasted(furet: Furet) -> None:
    """Typography leaves the quotes of the examples as a shell wants them."""
    assert """furet search '"reforme des retraites" -senat'\n""" in furet("search", "--help").out


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["rebuild", "--help"], ["rebuild", "-h"]])
def test_click_speaks_french(furet: Furet, arguments: list[str]) -> None:
    """The words of the help that come from click are French too."""
    ran = furet(*arguments)

    assert ran.code == 0
    assert ran.out.startswith("Usage : furet ")
    assert "Options :\n" in ran.out
    assert re.search(r"-h, --help +Affiche cette aide\.", ran.out)


def test_the_exit_codes_are_those_of_the_errors(furet: Furet) -> None:
    """The help lists the codes that a run can end with."""
    listed = furet("--help").out.partition("Codes de sortie :\n")[2].partition("Options")[0]

    assert re.findall(r"^ +(\d+) ", listed, re.MULTILINE) == ["0", "1", "2", "3", "4", "5", "130"]


def test_version(furet: Furet) -> None:
    """--version gives the version of the package."""
    assert furet("--version").out == f"furet {version('furet')}\n"


def test_help_can_be_told_twice(furet: Furet) -> None:
    """Telling the help in one language leaves nothing in the commands for the next."""
    french = furet("search", "--help").out

    assert furet("--language", "en", "search", "--help").out != french
    assert furet("search", "--help").out == french
    assert group.commands["search"].help
