"""Who may import whom: the table of indexer/README.md, held."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent

# A room is a module or package right below indexer/; "front door" is indexer/__init__.py itself.
ALLOWED = {
    "front door": {
        "answer",
        "document",
        "engines",
        "errors",
        "explanation",
        "messages",
        "rebuilding",
        "searcher",
        "serialisation",
        "settings",
    },
    "__main__": {"cli"},
    "cli": {
        "answer",
        "errors",
        "evaluation",
        "explanation",
        "messages",
        "rebuilding",
        "searcher",
        "serialisation",
        "settings",
    },
    "evaluation": {
        "analysis",
        "answer",
        "document",
        "engines",
        "errors",
        "messages",
        "rebuilding",
        "searcher",
    },
    "searcher": {
        "answer",
        "engines",
        "explaining",
        "explanation",
        "listing",
        "messages",
        "query",
        "results",
        "spelling",
    },
    "explaining": {"analysis", "answer", "engines", "explanation", "listing", "query"},
    "results": {"answer", "engines", "listing", "passages", "query", "spelling"},
    "listing": {"answer", "document", "engines", "query", "spelling"},
    "spelling": {"analysis", "engines", "query"},
    "analysing": {"analysis", "document", "readers"},
    "rebuilding": {"analysing", "analysis", "answer", "document", "engines", "messages", "readers", "rolls"},
    "serialisation": {"answer", "explanation", "messages"},
    "passages": {"answer"},
    "engines": {"analysis", "answer", "document", "errors", "generations", "messages", "query", "rolls"},
    "generations": {"errors", "messages"},
    "query": {"analysis", "messages"},
    "readers": {"document", "errors", "messages"},
    "document": set[str](),
    "answer": {"messages"},
    "explanation": {"messages"},
    "settings": {"errors", "messages"},
    "errors": {"messages"},
    "analysis": {"document"},
    "messages": set[str](),
    "rolls": set[str](),
}


def imports(file: Path) -> Iterator[str]:
    """Yield the full names of the modules that a file imports."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{'.' * node.level}{node.module}"
            if node.module == "indexer":
                yield from (f"indexer.{alias.name}" for alias in node.names)


def room_of(file: Path) -> str:
    """Return the room that a file of indexer belongs to."""
    first = file.relative_to(CHECKOUT / "indexer").parts[0]
    return "front door" if first == "__init__.py" else first.removesuffix(".py")


@pytest.mark.parametrize(
    "file", sorted((CHECKOUT / "indexer").rglob("*.py")), ids=lambda file: str(file.relative_to(CHECKOUT))
)
def test_imports_point_downwards(file: Path) -> None:
    """A room of indexer imports only the rooms below it, never the front door."""
    room = room_of(file)
    rooms = {name.split(".")[1] for name in imports(file) if name.startswith("indexer.")} & set(ALLOWED)

    assert rooms - {room} <= ALLOWED[room], f"the room {room!r} may not import {sorted(rooms - {room} - ALLOWED[room])}"


@pytest.mark.parametrize(
    "file", sorted((CHECKOUT / "web").rglob("*.py")), ids=lambda file: str(file.relative_to(CHECKOUT))
)
def test_web_knows_only_the_front_door(file: Path) -> None:
    """`web` imports `indexer` and nothing inside it."""
    from_indexer = {name for name in imports(file) if name.partition(".")[0] == "indexer"}
    public = set(ast.literal_eval(_all_of_front_door()))

    assert {name.removeprefix("indexer.") for name in from_indexer} <= public | {"indexer"}


def test_every_room_is_in_the_table() -> None:
    """A new room takes its place in the table before it imports anything."""
    rooms = {room_of(file) for file in (CHECKOUT / "indexer").rglob("*.py")}

    assert rooms == set(ALLOWED)


@pytest.mark.parametrize("library", ["whoosh", "flask"])
def test_libraries_stay_in_their_rooms(library: str) -> None:
    """Whoosh is touched by its engine only, Flask by the web only."""
    home = {"whoosh": CHECKOUT / "indexer" / "engines" / "whoosh_engine", "flask": CHECKOUT / "web"}[library]
    files = [*(CHECKOUT / "indexer").rglob("*.py"), *(CHECKOUT / "web").rglob("*.py")]
    users = {file for file in files if any(name.partition(".")[0] == library for name in imports(file))}

    assert users
    assert all(file.is_relative_to(home) for file in users)


def _all_of_front_door() -> ast.expr:
    """Return the list of public names of the front door."""
    tree = ast.parse((CHECKOUT / "indexer" / "__init__.py").read_text("utf-8"))
    return next(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
    )
