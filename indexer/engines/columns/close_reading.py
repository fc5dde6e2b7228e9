"""Close reading: all the places of some stems in a few documents, read at once for whoever asks for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.analysis.token import Form, Forms
from indexer.engines.columns.layout import Array
from indexer.engines.columns.occurrences import keys_of
from indexer.engines.columns.postings import among, find_in_sorted
from indexer.engines.columns.reader import Columns
from indexer.query.syntax import Phrase


class CloseReading:
    """The tokens of some stems in some documents, in order."""

    def __init__(self, columns: Columns, stems: Sequence[int], documents: Array) -> None:
        self._columns = columns
        rows = [find_in_sorted(columns.holders(stem), documents) for stem in stems]
        places = [columns.postings(stem).start + at[there] for stem, (there, at) in zip(stems, rows, strict=True)]
        tokens, own = columns.tokens.of_lists(places)
        held = np.concatenate([_NOWHERE, *(documents[there] for there, _ in rows)])[tokens.rows]
        keys = keys_of(columns, held, tokens.positions)
        self._keys = {stem: keys[where] for stem, where in zip(stems, own, strict=True)}
        self._forms = {stem: tokens.forms[where] for stem, where in zip(stems, own, strict=True)}

    def of_stem(self, stem: int) -> Array:
        """Return the keys (see occurrences.py) of a stem in whatever form, in order."""
        return self._keys.get(stem, _NOWHERE)

    def of_word(self, form: Form, forms: Forms) -> Array:
        """Return the keys of a word when only `form` counts, in order."""
        stem = self._columns.stems.find(forms.stem.encode())
        if form is Form.STEM or stem not in self._keys:
            return self.of_stem(stem)
        return self._keys[stem][among(self._columns.ranks_of(stem, form, forms), self._forms[stem])]

    def of_phrase(self, phrase: Phrase) -> Array:
        """Return the keys of the first words of a phrase, in order."""
        first, *others = phrase.asked
        starts = self.of_word(*first)
        for number, asked in enumerate(others, 1):
            starts = starts[find_in_sorted(self.of_word(*asked), starts + number)[0]]
        return starts


_NOWHERE = np.zeros(0, np.int64)
