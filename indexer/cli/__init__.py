"""The `furet` command. Other rooms add commands through the entry points ``furet.commands``; this one knows none."""

from __future__ import annotations

import copy
import gettext
import os
import sys
from importlib.metadata import entry_points
from io import TextIOWrapper

import click

from indexer.cli.evaluate import evaluate
from indexer.cli.explain import explain
from indexer.cli.language import chosen_language, translated
from indexer.cli.rebuild import rebuild, rollback
from indexer.cli.search import search
from indexer.cli.status import status
from indexer.errors import FuretError, SettingsError
from indexer.messages import LANGUAGES, TRANSLATIONS, message
from indexer.settings import refusal_language


class FuretCommands(click.Group):
    """The commands of Furet, with their help in the reader's language and its errors as one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return our commands and those of other rooms, in the order in which they are used."""
        others = {point.name for point in entry_points(group="furet.commands")}
        order = ["rebuild", "serve", "search", "explain", "status", "rollback", "evaluate"]
        names = others | set(super().list_commands(ctx))
        return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, its help translated."""
        command = super().get_command(ctx, cmd_name)
        if command is None:
            found = entry_points(group="furet.commands", name=cmd_name)
            command = next(iter(found)).load() if found else None
        return translated(command) if command else None

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; whatever Furet refuses ends with its sentence and its exit code."""
        try:
            return super().invoke(ctx)
        except FuretError as error:
            _refuse(error, chosen_language())
            raise click.exceptions.Exit(error.exit_code) from error
        except BrokenPipeError:  # « furet search … | head »: the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None


def _refuse(error: FuretError, language: str) -> None:
    """Say on stderr why the command ends, as click says its own refusals."""
    click.ClickException(error.message.tell(language)).show()


def _choose_language(_ctx: click.Context, _option: click.Parameter, value: str | None) -> None:
    """Make the language asked for the setting of this run."""
    if value:
        os.environ["FURET_LANGUAGE"] = value


@click.group(
    cls=FuretCommands,
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_choose_language,
    help="Langue des messages et des pages.",
)
@click.version_option(package_name="furet", message="%(prog)s %(version)s", help="Donne la version de Furet.")
def furet() -> None:
    """Furet fouille vos articles : tapez des mots, il montre les passages où ils se trouvent.

    \b
    Pour commencer :
      furet rebuild articles/      lit le dossier et construit l'index
      furet serve                  ouvre la page de recherche sur http://127.0.0.1:8000/

    \b
    Codes de sortie :
      0    fait
      1    fait, mais des fichiers n'ont pas pu être lus ; ou la recherche n'a rien trouvé ;
           ou l'article n'est pas parmi les résultats (explain) ; ou un cas a échoué (evaluate)
      2    option ou réglage incorrect
      3    index absent ou abîmé
      4    une autre reconstruction est en cours
      5    reconstruction abandonnée, l'index en service n'a pas changé
      130  interrompu (Ctrl+C), l'index en service n'a pas changé
    """


def main() -> None:
    """Run `furet` and end the process with a documented exit code."""
    _say_whatever_can_be_said()
    try:
        _choose_languages()
        code = translated(furet).main(prog_name="furet", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except SettingsError as error:  # before the language is known
        os.environ["LANGUAGE"] = refusal_language()
        _refuse(error, refusal_language())
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(message("Interrompu : l'index en service n'a pas changé.").tell(chosen_language()), err=True)
        code = 130
    sys.exit(code if isinstance(code, int) else 0)


def _say_whatever_can_be_said() -> None:
    """Let the outputs show a stand-in for what they cannot: our spaces on an old terminal, a path that is no text."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _choose_languages() -> None:
    """Settle the language of our sentences and of click's own, before anything is said. Raises SettingsError.

    A first reading of the arguments, which refuses none and runs nothing, finds --language wherever it stands.
    It is made with a copy, since click keeps the words of --help as it first told them.
    """
    gettext.bindtextdomain("furet", TRANSLATIONS)
    gettext.textdomain("furet")  # click tells its own sentences through the default domain
    copy.copy(furet).make_context("furet", sys.argv[1:], resilient_parsing=True)
    os.environ["LANGUAGE"] = chosen_language()


for command in (rebuild, search, explain, status, rollback, evaluate):
    furet.add_command(command)
