"""Evaluation: the tree of a query on the columns, a set of documents at a time.

Every part gives its matches whole: the documents in order and their scores. What only the best need (skipping) is in
best.py; both give the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from indexer.analysis.token import Form, Forms
from indexer.engines.columns.layout import Array
from indexer.engines.columns.postings import FoundPostings, WordPostings, have_forms
from indexer.engines.columns.reader import Columns
from indexer.engines.scoring import COMPLETENESS, PHRASE_WEIGHT, losses, rarity, same_in, weight_codes
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Everything,
    Excluded,
    Has,
    Leaf,
    MostOf,
    Part,
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
        """Return all that matches `part`."""
        match part:
            case Word() | Phrase() | Prefix() if part.field in self._columns.names:
                return self._names(part)
            case Word():
                return self._word(part)
            case Phrase():
                return self._phrase(part)
            case Prefix():
                return self._prefix(part)
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
                numbers = [number for number, (name, _) in enumerate(columns.names[facet]) if name == value]
                return np.isin(columns.name_numbers[facet][documents], numbers)
            case _:
                return np.ones(len(columns.days[documents]), bool)

    def shares(self, part: Part, stems: Sequence[str]) -> tuple[int, ...]:
        """Return how many of the documents that match `part` have each stem."""
        columns, mask = self._columns, self._mask(self.matches(part).documents)
        numbers = [columns.stems.find(stem.encode()) for stem in stems]
        return tuple(int(np.count_nonzero(mask[columns.holders(at)])) if at >= 0 else 0 for at in numbers)

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
        tokens = columns.all_tokens(stem)
        kept = np.isin(tokens.forms, columns.form_ranks(stem, partial(same_in, word.form, word.forms)))
        documents = columns.holders(stem)
        rows, codes = self._counted(tokens.rows[kept], tokens.positions[kept], documents, word.field)
        scores = rarity(len(columns), len(rows)) / 255 * codes
        for like, left in losses(word):
            scores[~have_forms(columns, stem, columns.form_ranks(stem, like), rows)] *= left
        return Matches(documents[rows], scores)

    def _counted(self, rows: Array, positions: Array, documents: Array, field: str | None) -> tuple[Array, Array]:
        """Weigh occurrences in `field` (None: title and text), given by their row in `documents` and position.

        Return the rows that have any, and their codes.
        """
        columns = self._columns
        in_title = positions < columns.titles[documents[rows]]
        title = np.bincount(rows[in_title], minlength=len(documents)) * (field != "text")
        text = np.bincount(rows[~in_title], minlength=len(documents)) * (field != "title")
        kept = np.flatnonzero(title + text)
        held = documents[kept]
        return kept, weight_codes(title[kept] / columns.title_norms[held], text[kept] / columns.text_norms[held])

    def _phrase(self, phrase: Phrase) -> Matches:
        """Follow the words from the rarest: each leaves fewer documents in which the next must be looked up."""
        columns = self._columns
        steps = [(columns.stems.find(forms.stem.encode()), step) for step, forms in enumerate(phrase.words)]
        if min(stem for stem, _ in steps) < 0:
            return NOTHING
        holders = {stem: columns.holders(stem) for stem, _ in steps}
        by_rarity = sorted(holders.values(), key=len)
        documents = by_rarity[0]
        for held in by_rarity[1:]:
            documents = documents[_in_sorted(held, documents)]
        keys = None
        for stem, step in sorted(steps, key=lambda item: len(holders[item[0]])):
            wanted = columns.form_ranks(stem, partial(same_in, phrase.form, phrase.words[step]))
            tokens = columns.tokens_of(stem, np.searchsorted(holders[stem], documents))
            kept = np.isin(tokens.forms, wanted) & (tokens.positions >= step)
            found = tokens.rows[kept] << _ROW_SHIFT | (tokens.positions[kept] - step)
            keys = found if keys is None else keys[_in_sorted(found, keys)]
            left, rows = np.unique(keys >> _ROW_SHIFT, return_inverse=True)
            documents, keys = documents[left], rows << _ROW_SHIFT | keys & _POSITION
        assert keys is not None  # noqa: S101 - a phrase has words
        rows, codes = self._counted(keys >> _ROW_SHIFT, keys & _POSITION, documents, phrase.field)
        return Matches(documents[rows], PHRASE_WEIGHT * rarity(len(columns), len(rows)) / 255 * codes)

    def _prefix(self, prefix: Prefix) -> Matches:
        columns = self._columns
        stems, ranks = columns.forms_with_prefix(prefix.folded)
        best = np.zeros(len(columns), np.uint8)
        whole, owners, sizes = np.unique(stems, return_inverse=True, return_counts=True)
        simple = (sizes == columns.form_count(whole)) if prefix.field is None else np.zeros(len(whole), bool)
        places, documents, _ = columns.postings_of_stems(whole[simple])
        np.maximum.at(best, documents, columns.codes[places])
        for number in np.flatnonzero(~simple).tolist():
            stem, wanted = int(whole[number]), ranks[owners == number]
            held = columns.holders(stem)
            if prefix.field is None:
                rows = np.flatnonzero(have_forms(columns, stem, wanted.tolist()))
                codes = columns.codes[columns.postings(stem)][rows]
            else:
                tokens = columns.all_tokens(stem)
                rows, codes = self._counted(tokens.rows, tokens.positions, held, prefix.field)
                kept = np.isin(tokens.forms, wanted)
                having, _ = self._counted(tokens.rows[kept], tokens.positions[kept], held, prefix.field)
                codes = codes[np.isin(rows, having)]
                rows = having
            best[held[rows]] = np.maximum(best[held[rows]], codes)
        found = np.flatnonzero(best != 0)  # of truth values, several times quicker than of bytes
        return Matches(found, rarity(len(columns), len(found)) / 255 * best[found])

    def _names(self, leaf: Leaf) -> Matches:
        """Return the documents whose author or source has the words of a leaf; all score alike."""
        field = str(leaf.field)
        numbers = [number for number, (_, words) in enumerate(self._columns.names[field]) if names_match(leaf, words)]
        return self._mask_matches(np.isin(self._columns.name_numbers[field], numbers), 1.0)

    def _mask(self, documents: Array) -> Array:
        mask = np.zeros(len(self._columns), bool)
        mask[documents] = True
        return mask

    def _mask_matches(self, mask: Array, score: float = 0.0) -> Matches:
        documents = np.flatnonzero(mask)
        return Matches(documents, np.full(len(documents), score))


_ROW_SHIFT = 32
_POSITION = (1 << _ROW_SHIFT) - 1
"""A place in a text as one number: the row of its document, then the position."""


def _where(matches: Matches, kept: Array) -> Matches:
    return Matches(matches.documents[kept], matches.scores[kept])


def _in_sorted(table: Array, wanted: Array) -> Array:
    """Return which of `wanted` are in `table`; both are sorted."""
    at = np.searchsorted(table, wanted)
    at[at == len(table)] = 0
    return np.asarray(table[at] == wanted) if len(table) else np.zeros(len(wanted), bool)


def names_match(leaf: Leaf, words: Sequence[Forms]) -> bool:
    """Tell whether the words of a name are those of a leaf."""
    match leaf:
        case Word(_, forms, form):
            return any(same_in(form, forms, word) for word in words)
        case Prefix(_, folded):
            return any(word.folded.startswith(folded) for word in words)
        case Phrase(_, wanted, form):
            runs = (words[at : at + len(wanted)] for at in range(len(words) - len(wanted) + 1))
            return any(all(map(partial(same_in, form), wanted, run)) for run in runs)
