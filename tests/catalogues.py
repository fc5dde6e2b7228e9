"""The gettext catalogues of indexer, and how they follow the code.

``python -m tests.catalogues``, from the root of the repository, brings the .po files up to date and compiles them.
`en` holds the English of every French sentence of the code. `fr` holds the French of what others say in English and
a reader of Furet can meet, chosen by hand: the sentences of click, and what systems say of files.
"""

from __future__ import annotations

import errno
import inspect
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import click
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from indexer.cli import furet
from indexer.messages import LANGUAGES, TRANSLATIONS

ROOM = TRANSLATIONS.parent

KEYWORDS = {"message": None, "plural_message": (1, 2), "say": None, "say_count": (1, 2), "remark": None}
"""The functions that take a French sentence, and where it stands among their arguments (None: first)."""


SYSTEM = [errno.EACCES, errno.EPERM, errno.ENOENT, errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG]
SYSTEM += [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EMFILE, errno.ELOOP, errno.EFBIG, errno.ENOMEM, errno.EDQUOT]
"""What a system may say of a file or a folder."""


def po_file(language: str) -> Path:
    """Return the file that translators edit."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "furet.po"


def read_catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as its .po file has it."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, domain="furet")


def french_sentences() -> Catalog:
    """Return the sentences of the code: those its functions are called with, then those of the commands' help."""
    found = Catalog()
    for name, _line, sentence, _comments, _context in extract_from_dir(
        ROOM, [("**.py", "python")], keywords=KEYWORDS, strip_comment_tags=True
    ):
        found.add(sentence, locations=[(name, 0)])
    for name, command in commands().items():
        for text in help_texts(command):
            found.add(text, locations=[(f"help/{name}", 0)])
    return found


def click_sentences() -> Catalog:
    """Return what click says, as its sources have it."""
    found = Catalog()
    for _name, _line, sentence, _comments, _context in extract_from_dir(Path(click.__file__).parent):
        found.add(sentence)
    return found


def commands() -> dict[str, click.Command]:
    """Return every command by what is typed after « furet », its help as written; those of other rooms too."""
    found = {"furet": furet, **furet.commands}
    for group in (command for command in furet.commands.values() if isinstance(command, click.Group)):
        found |= {f"{group.name} {name}": command for name, command in group.commands.items()}
    return found | {point.name: point.load() for point in entry_points(group="furet.commands")}


def help_texts(command: click.Command) -> Iterator[str]:
    """Yield what the help of a command says."""
    texts = [command.help, command.short_help, getattr(command, "subcommand_metavar", None)]
    for parameter in command.params:
        texts += [parameter.metavar, parameter.help if isinstance(parameter, click.Option) else None]
    yield from (inspect.cleandoc(text) for text in texts if text)


def update() -> None:
    """Bring the English catalogue up to date with the code, then compile both; say what is left to translate."""
    english = read_catalogue("en")
    english.update(french_sentences(), no_fuzzy_matching=True, update_creation_date=False)
    with po_file("en").open("wb") as file:
        write_po(file, english, width=120, include_lineno=False, ignore_obsolete=True, sort_by_file=True)
    for language in LANGUAGES:
        with po_file(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read_catalogue(language))
    sys.stdout.writelines(f"{po_file('en')}: no English for {sentence!r}\n" for sentence in untranslated(english))


def untranslated(catalogue: Catalog) -> list[str | tuple[str, str]]:
    """Return the sentences of a catalogue that have no translation, or not in every plural form."""
    return [message.id for message in catalogue if message.id and not _forms(message)]


def _forms(message: Message) -> tuple[str, ...]:
    """Return what a message is told as, one sentence for each form; nothing if one is missing."""
    forms = message.string if message.pluralizable else (message.string,)
    return tuple(forms) if all(forms) else ()


if __name__ == "__main__":
    update()
