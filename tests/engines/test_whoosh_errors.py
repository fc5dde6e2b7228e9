"""Nothing of Whoosh's gets out: its errors are known by name, and damage met too late is told as IndexDamaged."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer import Document, Searcher, open_index
from indexer.analysis.analysed import AnalysedDocuments
from indexer.analysis.columns import Memory
from indexer.engines import open_engine
from indexer.engines.whoosh_engine.errors import FOREIGN_ERRORS
from indexer.generations import Generations

CHECKOUT = Path(__file__).parents[2]

OUT_OF_REACH = {
    "whoosh.analysis.acore.CompositionError",  # chains of Whoosh's analysers: ours only splits on spaces
    "whoosh.lang.NoStemmer",  # Whoosh's own stemmers: never asked for
    "whoosh.lang.NoStopWords",  # Whoosh's own stop words: never asked for
    "whoosh.util.times.TimeError",  # Whoosh's reading of dates: days are numbers here
}

QUERIES = [
    "commun",
    '"bulletin commun"',
    "bull*",
    "commun SAUF marque",
    "2010..2012",
    "source:nouveau",
    "titre:bulletin",
]


def ask_all(searcher: Searcher) -> list[int]:
    """Return how many articles answer queries of every kind."""
    assert searcher.article("nouveau-1").title == "Bulletin nouveau"
    return [searcher.search(query).total for query in QUERIES]


LIST_UNKNOWN = """
import sys
from indexer import open_index
from indexer.engines.whoosh_engine.errors import FOREIGN_ERRORS

for query in sys.argv[2:]:
    open_index(sys.argv[1]).search(query)
for name, module in list(sys.modules.items()):
    if name.partition(".")[0] == "whoosh":
        for error in vars(module).values():
            if isinstance(error, type) and issubclass(error, Exception) and error.__module__ == name:
                if not issubclass(error, FOREIGN_ERRORS):
                    print(f"{name}.{error.__name__}")
"""


def test_every_error_of_whoosh_is_known(two_generations: Path) -> None:
    """Every error class of the modules that our use loads is caught, or is out of reach for a reason.

    In a process of its own: other tests may load more of Whoosh.
    """
    command = [sys.executable, "-c", LIST_UNKNOWN, str(two_generations), *QUERIES]
    found = subprocess.run(command, check=True, capture_output=True, text=True, cwd=CHECKOUT).stdout.split()

    assert set(found) <= OUT_OF_REACH


def test_programming_errors_are_not_hidden() -> None:
    """What is a mistake in our own code passes through: it must be seen."""
    assert not {AttributeError, KeyError, NameError, TypeError, ZeroDivisionError, Exception} & set(FOREIGN_ERRORS)


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.rename(file.with_suffix(".aside"))])
def test_an_opened_index_outlives_its_files(index: Path, damage: Callable[[Path], object]) -> None:
    """What was verified and opened keeps answering when its files are removed, as another rebuild may do."""
    searcher = open_index(index)
    assert searcher.status().documents == 5
    for file in list(Generations(index).path(Generations(index).current().name).iterdir()):
        damage(file)

    assert searcher.search("commun").total == 5


@pytest.mark.parametrize("error", [OSError, EOFError, *FOREIGN_ERRORS[:1]])
def test_errors_of_the_documents_pass_through(index: Path, error: type[Exception]) -> None:
    """What reading the corpus raises is not mistaken for an error of writing."""

    def broken() -> Iterator[AnalysedDocuments]:
        yield Memory().analyse_documents([Document("a", "Titre", "Texte.")])
        raise error

    with pytest.raises(error):
        open_engine(index).rebuild(broken())
    assert open_index(index).search("commun").total == 5
