"""Cases: a query, a text, and what a reader expects of the one for the other.

JSON Lines, an object a line:

================  =================================================================================================
``id``            the case's name; what stands before its first hyphen is its category
``query``         as someone types it
``text``          a short text
``expect``        "match"; "no-match"; "rank-above": found, and before the text ``other``
``highlight``     what is marked in ``text``, in order, in its own characters; without it, anything will do
``mode``          "prefix": the query is being typed; "suggest": it is misspelt; else "search"
``suggest``       what must be offered in these modes, one of them at least
``debatable``     true: readers may disagree; counted apart
``phrase_like``   true: the words that only bind others may be left without a mark
================  =================================================================================================

Other keys are for people (``why``, ``syntax``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.evaluation.material import read_objects, refusal
from indexer.messages import Message, message

EXPECTATIONS = ("match", "no-match", "rank-above")
MODES = ("search", "prefix", "suggest")

_NEEDED = ("id", "query", "text", "expect")


@dataclass(frozen=True)
class Case:
    """What is expected of one query; the module tells what each value means."""

    id: str
    query: str
    text: str
    expect: str
    highlight: tuple[str, ...] | None = None
    other: str = ""
    mode: str = "search"
    suggest: tuple[str, ...] = ()
    debatable: bool = False
    phrase_like: bool = False

    @property
    def category(self) -> str:
        """What the case is about: the beginning of its id."""
        return self.id.partition("-")[0]


def read_cases(file: Path) -> Iterator[Case]:
    """Yield the cases of a file. Raises UnreadableMaterial for a line that is no case."""
    for number, values in read_objects(file):
        if reason := _flaw(values):
            raise refusal(file, number, reason)
        yield Case(
            id=values["id"],
            query=values["query"],
            text=values["text"],
            expect=values["expect"],
            highlight=tuple(values["highlight"]) if "highlight" in values else None,
            other=values.get("other", ""),
            mode=values.get("mode", "search"),
            suggest=tuple(values.get("suggest", ())),
            debatable=bool(values.get("debatable")),
            phrase_like=bool(values.get("phrase_like")),
        )


def _flaw(values: dict[str, Any]) -> Message | None:
    """Return what keeps an object from being a case; None when nothing does."""
    for key in (*_NEEDED, *(("other",) if values.get("expect") == "rank-above" else ())):
        if key not in values:
            return message("La clé « {key} » manque.", key=key)
    for key in (*_NEEDED, "other", "mode"):
        if not isinstance(values.get(key, ""), str):
            return message("La clé « {key} » n'est pas un texte.", key=key)
    for key in ("highlight", "suggest"):
        given = values.get(key, [])
        if not (isinstance(given, list) and all(isinstance(text, str) for text in given)):
            return message("La clé « {key} » n'est pas une liste de textes.", key=key)
    for key, known in (("expect", EXPECTATIONS), ("mode", MODES)):
        if values.get(key, known[0]) not in known:
            return message("La clé « {key} » ne peut valoir que : {known}.", key=key, known=", ".join(known))
    return None
