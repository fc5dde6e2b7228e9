"""Evaluation: the tree of a query on the columns, a set of documents at a time.

Every part gives its matches whole: the documents in order and their scores. What only the best need (skipping) is in
best.py; both give the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from indexer.analysis.token import Form
from indexer.engines.columns.families import heaviest
from indexer.engines.columns.layout import Array
from indexer.engines.columns.narrowing import codes_in_forms
from indexer.engines.columns.occurrences import find_near, split_keys
from indexer.engines.columns.phrases import find_phrase, runs
from indexer.engines.columns.postings import FoundPostings, WordPostings, find_in_sorted, have_forms, weigh
from indexer.engines.columns.reader import Columns
from indexer.engines.scoring import (
    COMPLETENESS,
    OTHER_SPELLING,
    PHRASE_WEIGHT,
    kinds,
    losses,
    rarity,
    same_as,
)
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Everything,
    Excluded,
    Family,
    Has,
    Like,
    MostOf,
    Near,
    Operand,
    Part,
    Pattern,
    Phrase,
    Prefix,
    Published,
    Spellings,
    Word,
)


class Matches(NamedTuple):
    """The documents that match, by number, in order; and their scores."""

    documents: Array
    scores: Array


NOTHING = Matches(np.zeros(0, np.int64), np.zeros(0))

_ALL = slice(None)


class Evaluation:
    """Evaluates parts on one index. Holds nothing but the columns: any thread may use it."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def matches(self, part: Part) -> Matches:
        """Return all that matches `part`, in which nothing is favoured (see gains.py)."""
        match part:
            case Word() | Phrase() | Prefix() | Pattern() | Like() if part.field in self._columns.names:
                return self._names(part)
            case Word():
                return self._word(part)
            case Phrase():
                return self._phrase(part)
            case Near():
                return self._weighed(find_near(self._columns, part), part.field)
            case Prefix() | Pattern() | Like():
                return self._family(part)
            case AllOf(parts):
                return self._all(parts)
            case AnyOf(parts) | Spellings(_, parts):
                return self._any(map(self.matches, parts))
            case MostOf(parts):
                return self._any(self._with_completeness(self.matches(inner)) for inner in parts)
            case Excluded(inner):
                return self._mask_matches(~self._mask(self.matches(inner).documents))
            case _:
                return self._mask_matches(self.chosen(part))

    def chosen(self, part: Part, documents: Array | slice = _ALL) -> Array:
        """Return, for each of some documents, whether a part that only filters lets it through."""
        columns = self._columns
        match part:
            case Published(first, last):
                low = first.year * 10_000 + first.month * 100 + first.day if first else 1
                high = last.year * 10_000 + last.month * 100 + last.day if last else 99_991_231
                return np.asarray((columns.days[documents] >= low) & (columns.days[documents] <= high))
            case Has("year", value):
                return np.asarray(columns.days[documents] // 10_000 == value)
            case Has(facet, value):
                number = columns.names[facet].numbers.get(str(value))
                held = columns.name_numbers[facet][documents]
                return np.zeros(len(held), bool) if number is None else np.asarray(held == number)
            case _:
                return np.ones(len(columns.days[documents]), bool)

    def _all(self, parts: Sequence[Part]) -> Matches:
        """Return what every part matches: scores first, the smallest set first; then filters and exclusions."""
        scored = [self.matches(part) for part in parts if not isinstance(part, Published | Has | Everything | Excluded)]
        scored.sort(key=lambda matches: len(matches.documents))
        found = scored[0] if scored else self._mask_matches(np.ones(len(self._columns), bool))
        for other in scored[1:]:
            found = self._both(found, other)
        for part in parts:
            if isinstance(part, Excluded):
                found = _where(found, ~self._mask(self.matches(part.part).documents)[found.documents])
            elif isinstance(part, Published | Has):
                found = _where(found, self.chosen(part, found.documents))
        return found

    def _both(self, few: Matches, many: Matches) -> Matches:
        """Return the documents of both, scores added."""
        at = np.searchsorted(many.documents, few.documents)
        at[at == len(many.documents)] = 0
        both = many.documents[at] == few.documents if len(many.documents) else np.zeros(len(at), bool)
        return Matches(few.documents[both], few.scores[both] + many.scores[at[both]])

    def _any(self, found: Iterable[Matches]) -> Matches:
        """Return the documents of any, scores added."""
        seen = np.zeros(len(self._columns), bool)
        scores = np.zeros(len(self._columns))
        for matches in found:
            seen[matches.documents] = True
            scores[matches.documents] += matches.scores
        documents = np.flatnonzero(seen)
        return Matches(documents, scores[documents])

    def _with_completeness(self, matches: Matches) -> Matches:
        there = COMPLETENESS * rarity(len(self._columns), len(matches.documents))
        return Matches(matches.documents, matches.scores + there)

    def postings(self, part: Part) -> WordPostings | FoundPostings:
        """Return what `part` matches: a word's postings as they are kept, anything else found whole."""
        if not isinstance(part, Word) or part.form is not Form.STEM or part.field:
            return FoundPostings(*self.matches(part))
        stem = self._columns.stems.find(part.forms.stem.encode())
        word = WordPostings(self._columns, stem, part) if stem >= 0 else None
        return word if word and word.size else FoundPostings(*NOTHING)  # an author's name may be in no text

    def _word(self, word: Word) -> Matches:
        columns = self._columns
        if word.form is Form.STEM and not word.field:
            postings = self.postings(word)
            return Matches(postings.documents, postings.scores())
        stem = columns.stems.find(word.forms.stem.encode())
        if stem < 0:
            return NOTHING
        documents = columns.holders(stem)
        weights = np.max([left * codes for left, codes in self._kinds(word, stem)], axis=0)
        rows = weights.nonzero()[0]
        scores = rarity(len(columns), len(rows)) / 255 * weights[rows]
        for like, left, _ in losses(word):
            scores[~have_forms(columns, stem, columns.form_ranks(stem, like), rows)] *= left
        return Matches(documents[rows], scores)

    def _kinds(self, word: Word, stem: int) -> Iterator[tuple[float, Array]]:
        """Yield, for each kind of a word, what is left of its weight, and its codes in the holders of the stem."""
        asked = same_as(word.form, word.forms)
        for like, left in kinds(word):
            ranks = [rank for rank, met in enumerate(self._columns.forms_of(stem)) if asked(met) and like(met)]
            yield left, codes_in_forms(self._columns, stem, ranks, word.field)

    def left(self, word: Word, document: int) -> float:
        """Return what is left of the weight of the kind of a word that weighs most in a document that has it."""
        if len(kinds(word)) == 1:
            return 1.0  # most words: their tokens need not be read
        stem = self._columns.stems.find(word.forms.stem.encode())
        row = int(np.searchsorted(self._columns.holders(stem), document))
        return max((left * int(codes[row]), left) for left, codes in self._kinds(word, stem))[1]

    def _counted(self, rows: Array, positions: Array, documents: Array, field: str | None) -> tuple[Array, Array]:
        """Weigh occurrences in `field` (None: title and text), given by their row in `documents` and position.

        Return the rows that have any, and their codes.
        """
        codes = weigh(self._columns, rows, positions, documents, field)
        kept = (codes != 0).nonzero()[0]
        return kept, codes[kept]

    def _phrase(self, phrase: Phrase) -> Matches:
        holders, positions = find_phrase(self._columns, phrase)
        documents, rows = runs(holders)
        rows, codes = self._counted(rows, positions, documents, phrase.field)
        return Matches(documents[rows], PHRASE_WEIGHT * rarity(len(self._columns), len(rows)) / 255 * codes)

    def _weighed(self, places: Array, field: str | None) -> Matches:
        """Return the documents of occurrences of several words, given by their places, with their scores."""
        documents, codes = self.codes_of(places, field)
        return Matches(documents, PHRASE_WEIGHT * rarity(len(self._columns), len(documents)) / 255 * codes)

    def codes_of(self, places: Array, field: str | None) -> tuple[Array, Array]:
        """Return the documents that have any of some places, and what these weigh there."""
        owners, positions = split_keys(places)
        documents, rows = runs(owners)
        rows, codes = self._counted(rows, positions, documents, field)
        return documents[rows], codes

    def _family(self, family: Family) -> Matches:
        """Give each document the weight of its heaviest stem that has a form of the family."""
        columns = self._columns
        documents, codes = heaviest(columns, family)
        scores = rarity(len(columns), len(documents)) / 255 * codes
        if isinstance(family, Like):
            spelt, _ = heaviest(columns, Pattern("", family.folded, family.field))
            scores[~find_in_sorted(spelt, documents)[0]] *= OTHER_SPELLING
        return Matches(documents, scores)

    def _names(self, leaf: Operand) -> Matches:
        """Return the documents whose author or source has the words of a leaf; all score alike."""
        field = str(leaf.field)
        found = self._columns.names[field].matching(leaf)
        if not found:
            return NOTHING
        wanted = np.zeros(len(self._columns.names[field].values), bool)
        wanted[found] = True
        return self._mask_matches(wanted[self._columns.name_numbers[field]], 1.0)

    def _mask(self, documents: Array) -> Array:
        mask = np.zeros(len(self._columns), bool)
        mask[documents] = True
        return mask

    def _mask_matches(self, mask: Array, score: float = 0.0) -> Matches:
        documents = np.flatnonzero(mask)
        return Matches(documents, np.full(len(documents), score))


def _where(matches: Matches, kept: Array) -> Matches:
    return Matches(matches.documents[kept], matches.scores[kept])
