"""The reader: a folder of columns, mapped read-only. Any number of threads may share one; nothing here is changed."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from indexer.analysis.token import Form, Forms
from indexer.engines.columns.facets import Facet, years_of
from indexer.engines.columns.layout import Array, map_array
from indexer.engines.columns.likeness import Likeness, likeness
from indexer.engines.columns.names import Names
from indexer.engines.columns.packs import Packs
from indexer.engines.columns.patterns import find_family
from indexer.engines.columns.records import Records
from indexer.engines.columns.strings import Strings
from indexer.engines.columns.temporaries import keep_temporaries_mapped
from indexer.engines.columns.tokens import TokenTable, look_up
from indexer.engines.scoring import B_TEXT, B_TITLE, length_norms, same_as, weight_codes
from indexer.query.syntax import Family, Word

_FAMILIES = 8
"""Families that are remembered: a query asks for its own to match, then to mark."""

_WORDS = 1 << 9
"""Words that are compared with the forms of their stems once: an answer often scores the same words twice.

Each takes 5 kB at most.
"""


class Columns:
    """An index in columns."""

    def __init__(self, folder: Path) -> None:
        keep_temporaries_mapped()
        self.records = Records(folder)
        self.ids = Strings(folder, "ids")
        self.by_rank = map_array(folder, "by_rank.u4")
        self.ranks = _reversed(self.by_rank)
        self.days = np.asarray(map_array(folder, "days.n"), np.uint32)  # narrower only where no day is known
        names = json.loads((folder / "names.json").read_text("utf-8"))
        self.names = {field: Names(values) for field, values in names.items()}
        self.name_numbers = {field: map_array(folder, f"{field}s.n") for field in self.names}
        self.facets = {
            **{field: Facet(self.names[field].values, self.name_numbers[field]) for field in self.names},
            "year": years_of(self.days),
        }
        self.titles = map_array(folder, "titles.n")
        self.bodies = map_array(folder, "bodies.n")
        self.title_norms = length_norms(self.titles, B_TITLE)
        self.text_norms = length_norms(self.bodies, B_TEXT)
        self.streams = map_array(folder, "streams.n")
        self._spans = Packs(folder, "spans")
        self._wide_at = map_array(folder, "wide_at.n")
        self._wide_starts = map_array(folder, "wide_starts.n")
        self._wide_ends = map_array(folder, "wide_ends.n")
        self.stems = Strings(folder, "stems")
        self._forms_of = lru_cache(maxsize=1 << 12)(self._read_forms)
        self._forms_in = lru_cache(maxsize=_FAMILIES)(self._find_forms)
        self._ranks_of = lru_cache(maxsize=1 << 12)(self._find_ranks)
        self._likeness = lru_cache(maxsize=_WORDS)(self._compare)
        self._exact = Strings(folder, "exact")
        self._folded = Strings(folder, "folded")
        self._by_folded = map_array(folder, "by_folded.u4")
        self._folded_places = _reversed(self._by_folded)
        self._form_starts = map_array(folder, "form_starts.u4")
        self._form_stems = np.arange(len(self.stems), dtype=np.uint32).repeat(np.diff(self._form_starts))
        self._posting_starts = map_array(folder, "posting_starts.n")
        self._documents = map_array(folder, "documents.u2")
        self._lows = self._documents.data  # what bisection reads without making an array of each number
        highs = max(len(self.days) - 1 >> 16, 0)
        self._splits = map_array(folder, "splits.u4").reshape(highs, len(self.stems))
        self.codes = map_array(folder, "codes.u1")
        self.forms = map_array(folder, "forms.u1")
        self.tokens = TokenTable(folder, len(self.codes))

    def __len__(self) -> int:
        return len(self.days)

    @cached_property
    def title_codes(self) -> Array:
        """The least code of a posting with a word in the title, by document: it is there once, and not in the text."""
        return weight_codes(1 / self.title_norms, np.zeros(len(self)))

    def number(self, identifier: str) -> int:
        """Return the number of the document with this id, -1 if there is none."""
        place = self.ids.find(identifier.encode("utf-8", "surrogatepass"))
        return int(self.by_rank[place]) if place >= 0 else -1

    def identifiers(self, numbers: Array) -> list[str]:
        """Return the ids of some documents."""
        return [string.decode("utf-8", "surrogatepass") for string in self.ids.some(self.ranks[numbers])]

    def form_ranks(self, stem: int, like: Callable[[Forms], bool]) -> list[int]:
        """Return which forms of a stem, by their ranks, are like what is looked for."""
        return [rank for rank, forms in enumerate(self._forms_of(stem)) if like(forms)]

    def ranks_of(self, stem: int, form: Form, typed: Forms) -> list[int]:
        """Return which forms of a stem, by their ranks, are a word when only `form` counts."""
        return self._ranks_of(stem, form, typed)

    def _find_ranks(self, stem: int, form: Form, typed: Forms) -> list[int]:
        return self.form_ranks(stem, same_as(form, typed))

    def forms_of(self, stem: int) -> tuple[Forms, ...]:
        """Return the forms of a stem, by their ranks."""
        return self._forms_of(stem)

    def likeness(self, stem: int, word: Word) -> Likeness:
        """Return how like a word the forms of its stem are."""
        return self._likeness(stem, word)

    def _compare(self, stem: int, word: Word) -> Likeness:
        return likeness(word, self._forms_of(stem))

    def _read_forms(self, stem: int) -> tuple[Forms, ...]:
        first, last = int(self._form_starts[stem]), int(self._form_starts[stem + 1])
        word = self.stems[stem].decode()
        places = self._folded_places[first:last].tolist()
        return tuple(
            Forms(self._exact[number].decode(), self._folded[place].decode(), word)
            for number, place in zip(range(first, last), places, strict=True)
        )

    def forms_of_family(self, family: Family) -> tuple[Array, Array]:
        """Return the stems and the ranks of the forms whose folded spelling belongs to a family."""
        return self._forms_in(family)

    def _find_forms(self, family: Family) -> tuple[Array, Array]:
        forms = self._by_folded[find_family(self._folded, family)].astype(np.int64)
        stems = self._form_stems[forms].astype(np.int64)
        return stems, forms - self._form_starts[stems]

    @property
    def form_total(self) -> int:
        """How many forms there are, of all the stems."""
        return len(self._by_folded)

    def form_numbers(self, stems: Array | int, ranks: Array) -> Array:
        """Return the numbers of forms given by their stems and their ranks."""
        return np.asarray(self._form_starts[stems].astype(np.int64) + ranks)

    def form_count(self, stems: Array) -> Array:
        """Return how many forms each stem has."""
        return np.asarray(self._form_starts[stems + 1].astype(np.int64) - self._form_starts[stems])

    def postings(self, stem: int) -> slice:
        """Return where the postings of a stem are."""
        return slice(int(self._posting_starts[stem]), int(self._posting_starts[stem + 1]))

    def holder_count(self, stem: int) -> int:
        """Return how many documents have a stem."""
        return int(self._posting_starts[stem + 1]) - int(self._posting_starts[stem])

    def holder_counts(self, stems: Array) -> Array:
        """Return how many documents have each of some stems."""
        return np.asarray(self._posting_starts[stems + 1].astype(np.int64) - self._posting_starts[stems])

    def holders(self, stem: int) -> Array:
        """Return the documents that have a stem, in order, one for each of its postings."""
        documents = self._documents[self.postings(stem)].astype(np.int64)
        for split in self._splits[:, stem].tolist():
            documents[split:] += 1 << 16
        return documents

    def documents_at(self, stem: int, rows: Array) -> Array:
        """Return the documents of some postings of a stem, given by their rows in order."""
        documents = self._documents[int(self._posting_starts[stem]) + rows].astype(np.int64)
        for split in self._splits[:, stem].tolist():
            documents[rows.searchsorted(split) :] += 1 << 16
        return np.asarray(documents)

    def postings_of_stems(self, stems: Array, signs: Array, least: int = 0) -> tuple[Array, Array, Array]:
        """Return the postings of some sorted stems that have one of the signs told for each, and a code of `least`.

        Return their places, their documents, and which of the stems each is of.
        """
        starts, sizes = self._posting_starts[stems].astype(np.int64), self.holder_counts(stems)
        wanted = self._beside(self.forms, stems) & signs.repeat(sizes) != 0
        if least:
            wanted &= self._beside(self.codes, stems) >= least
        kept = wanted.nonzero()[0]
        owners = np.arange(len(stems)).repeat(sizes)[kept]
        places = kept + (starts + sizes - sizes.cumsum())[owners]
        documents = self._documents.take(places).astype(np.int64)
        for splits in self._splits:
            documents += (places >= (starts + splits[stems])[owners]).astype(np.int64) << 16
        return places, documents, owners

    def _beside(self, column: Array, stems: Array) -> Array:
        """Return what a column has for the postings of some sorted stems: those side by side are read at once."""
        if not len(stems):
            return column[:0]
        cuts = (stems[1:] > stems[:-1] + 1).nonzero()[0]
        if not len(cuts):
            return column[int(self._posting_starts[stems[0]]) : int(self._posting_starts[stems[-1] + 1])]
        firsts = self._posting_starts[stems[np.append(0, cuts + 1)]].tolist()
        lasts = self._posting_starts[stems[np.append(cuts, len(stems) - 1)] + 1].tolist()
        return np.concatenate([column[first:last] for first, last in zip(firsts, lasts, strict=True)])

    def places_in(self, stem: int, numbers: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return the places of the postings that some documents have of a stem, and which of the documents they are."""
        first, last = self._posting_starts[stem : stem + 2].tolist()
        bounds = [first, *(first + split for split in self._splits[:, stem].tolist()), last]
        places, rows = [], []
        for row, number in enumerate(numbers):
            high, low = number >> 16, number & 0xFFFF
            place = bisect_left(self._lows, low, bounds[high], bounds[high + 1])
            if place < bounds[high + 1] and self._lows[place] == low:
                places.append(place)
                rows.append(row)
        return places, rows

    def places_among(self, stems: Array, numbers: Sequence[int]) -> tuple[Array, Array, Array]:
        """Return the postings that some documents have of many sorted stems: places, which of the documents, stems.

        They are looked for by the low halves of the numbers.
        """
        wanted = np.zeros(1 << 16, bool)
        wanted[np.array(numbers, np.int64) & 0xFFFF] = True
        starts, sizes = self._posting_starts[stems].astype(np.int64), self.holder_counts(stems)
        ends = sizes.cumsum()
        at = wanted.take(self._beside(self._documents, stems)).nonzero()[0]
        of = ends.searchsorted(at, "right")
        within, owners = at - (ends - sizes)[of], stems[of]
        places = starts[of] + within
        documents = self._documents[places] + ((self._splits[:, owners] <= within).sum(axis=0) << 16)
        kept, rows = np.nonzero(documents[:, np.newaxis] == np.array(numbers, np.int64))
        return places[kept], rows, owners[kept]

    def spans(self, numbers: Sequence[int]) -> list[bytes]:
        """Return the spans of the streams of some documents, a byte each."""
        return self._spans.some(numbers)

    def wide_spans(self, places: Array) -> tuple[Array, Array]:
        """Return where wide tokens start and end in their fields, by their global positions."""
        at = look_up(self._wide_at, places)
        return self._wide_starts[at].astype(np.int64), self._wide_ends[at].astype(np.int64)


def _reversed(order: Array) -> Array:
    """Return where each number stands in an order: quicker made at opening than read."""
    places = np.empty_like(order)
    places[order] = np.arange(len(order), dtype=order.dtype)
    return places
