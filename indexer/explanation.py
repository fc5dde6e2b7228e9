"""What a reader may know of a rank: which parts of a query an article has, in which words, and what each gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from indexer.messages import Message, message


class Kind(StrEnum):
    """What a part of a query is, told in French by `told`."""

    WORD = "word"
    PHRASE = "phrase"
    FAMILY = "family"
    NEAR = "near"
    NAME = "name"
    FAVOURED = "favoured"
    TOGETHER = "together"
    KIN = "kin"
    PRESENCE = "presence"

    @property
    def told(self) -> Message:
        """The kind in a reader's words."""
        return _KINDS[self]


class Reason(StrEnum):
    """What a score is the product of, told in French by `told`."""

    RARITY = "rarity"
    WEIGHT = "weight"
    SEVERAL = "several"
    INFLECTION = "inflection"
    CASE = "case"
    NO_ACCENTS = "no_accents"
    OTHER_ACCENTS = "other_accents"
    SLIP = "slip"
    FAVOUR = "favour"
    TOGETHER = "together"
    KIN = "kin"
    COMPLETENESS = "completeness"

    @property
    def told(self) -> Message:
        """The reason in a reader's words."""
        return _REASONS[self]


_KINDS = {
    Kind.WORD: message("mot"),
    Kind.PHRASE: message("expression"),
    Kind.FAMILY: message("famille de mots"),
    Kind.NEAR: message("mots proches"),
    Kind.NAME: message("nom"),
    Kind.FAVOURED: message("mots côte à côte"),
    Kind.TOGETHER: message("meilleur endroit"),
    Kind.KIN: message("mot qui commence de même"),
    Kind.PRESENCE: message("présence"),
}

_REASONS = {
    Reason.RARITY: message("rareté"),
    Reason.WEIGHT: message("poids dans l'article"),
    Reason.SEVERAL: message("plusieurs mots"),
    Reason.INFLECTION: message("forme tapée absente"),
    Reason.CASE: message("majuscule tapée absente"),
    Reason.NO_ACCENTS: message("sans les accents tapés"),
    Reason.OTHER_ACCENTS: message("avec d'autres accents"),
    Reason.SLIP: message("orthographe tapée absente"),
    Reason.FAVOUR: message("prime de voisinage"),
    Reason.TOGETHER: message("prime de proximité"),
    Reason.KIN: message("prime de parenté"),
    Reason.COMPLETENESS: message("prime de présence"),
}


class Factor(NamedTuple):
    """A number that a score is multiplied by, and why."""

    reason: Reason
    value: float


class Met(NamedTuple):
    """A form as an article writes it, and how often in each field ("title", "text", "author", "source"; no zeros)."""

    form: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Contribution:
    """What a part of a query, written in its syntax, adds to the score of an article that has it.

    `score` is the product of the `factors`; names add 1 without any. It is 0, and has no factors, where the part does
    not count: beside one that lacks, or because the article is not listed. `holders` is the number of articles from
    which the rarity comes; of several words, those that have the rarest. `met` starts with the commonest form.
    """

    part: str
    kind: Kind
    score: float
    holders: int
    factors: tuple[Factor, ...] = ()
    met: tuple[Met, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Why an article is where it is among the results of a query, by relevance; or why it is not there.

    The law: the scores of the contributions add up to `score`, which is that of the hit (to 1e-5); 0 unless `listed`.
    `missing` and `excluded` are the parts, in the query's syntax, that the article lacks, or has and should not.
    `kept` is false when the filters hold it back. `left_out` are the words that were not looked for, as typed.
    `documents` counts the articles of the index.
    """

    id: str
    title: str
    query: str
    understood: str
    listed: bool
    score: float
    documents: int
    contributions: tuple[Contribution, ...] = ()
    missing: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    kept: bool = True
    remarks: tuple[Message, ...] = ()
