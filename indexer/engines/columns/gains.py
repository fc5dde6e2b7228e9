"""Gains: what a few documents are worth beside, for what is favoured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.analysis.token import Forms
from indexer.engines.columns.close_reading import CloseReading
from indexer.engines.columns.evaluation import Evaluation
from indexer.engines.columns.layout import Array
from indexer.engines.columns.occurrences import owners_of
from indexer.engines.columns.phrases import runs
from indexer.engines.columns.postings import find_in_sorted
from indexer.engines.columns.reader import Columns
from indexer.engines.scoring import CLOSE, FAVOUR, KIN, TOGETHER, rarity
from indexer.query.syntax import Favour, Kin, Phrase, Together, Word


class Gains:
    """Tells what documents of one index gain. Any thread may use it."""

    def __init__(self, columns: Columns, evaluation: Evaluation) -> None:
        self._columns = columns
        self._evaluation = evaluation

    def of(self, favours: Sequence[Favour], documents: Array) -> Array:
        """Return what each of some documents, in order, gains by all of some favours."""
        stems = {self._columns.stems.find(word.stem.encode()) for favour in favours for word in _words(favour)}
        reading = CloseReading(self._columns, sorted(stem for stem in stems if stem >= 0), documents)
        gains = np.zeros(len(documents))
        for favour in favours:
            match favour:
                case Together():
                    gains += self._together(favour, documents, reading)
                case Kin():
                    gains += self._kin(favour, documents)
                case _:
                    gains += self._having(favour, documents, reading)
        return gains

    def holders(self, favour: Favour) -> int:
        """Return how many documents have the word from which a gain comes."""
        columns = self._columns
        if isinstance(favour, Kin):
            low, high = columns.stems.with_prefix(favour.beginning.encode())
            return max(map(columns.holder_count, range(low, high)), default=0)
        stems = [columns.stems.find(word.stem.encode()) for word in _words(favour)]
        # A word may be one of authors only: it has a stem and no holder.
        return min(filter(None, (columns.holder_count(stem) for stem in stems if stem >= 0)), default=0)

    def _having(self, leaf: Word | Phrase, documents: Array, reading: CloseReading) -> Array:
        """Return what documents gain by having a word or a phrase: by its rarest word, and its weight there."""
        keys = reading.of_phrase(leaf) if isinstance(leaf, Phrase) else reading.of_word(leaf.form, leaf.forms)
        gaining, codes = self._evaluation.codes_of(keys, leaf.field)
        gains = np.zeros(len(documents))
        gains[documents.searchsorted(gaining)] = FAVOUR * self._rarity(self.holders(leaf)) / 255 * codes
        return gains

    def _together(self, favour: Together, documents: Array, reading: CloseReading) -> Array:
        """Return what documents gain where many of some words stand close together: in titles, then in texts.

        Of each word the next place from every place on is looked for: it counts if it is close.
        """
        columns = self._columns
        stems = [stem for word in favour.words if (stem := columns.stems.find(word.stem.encode())) >= 0]
        places = [reading.of_stem(stem) for stem in stems]
        every = np.sort(np.concatenate([np.zeros(0, np.int64), *places]))
        worth = np.zeros(len(every))
        for stem, own in zip(stems, places, strict=True):
            if len(own):
                following = own[np.minimum(own.searchsorted(every), len(own) - 1)]
                close = (following >= every) & (following < every + CLOSE)
                worth += self._rarity(columns.holder_count(stem)) * close
        gains = np.zeros(len(documents))
        owners, in_text = owners_of(every)
        for share, inside in zip((TOGETHER["title"], TOGETHER["text"]), (~in_text, in_text), strict=True):
            if inside.any():
                having, _ = runs(owners[inside])
                most = np.maximum.reduceat(worth[inside], owners[inside].searchsorted(having))
                gains[documents.searchsorted(having)] += share * most
        return gains

    def _kin(self, kin: Kin, documents: Array) -> Array:
        """Return what documents gain by having, without a word itself, one that begins alike."""
        columns = self._columns
        gains = np.zeros(len(documents))
        low, high = columns.stems.with_prefix(kin.beginning.encode())
        if low == high:
            return gains
        stem = columns.stems.find(kin.forms.stem.encode())
        lacking = np.ones(len(documents), bool)
        if stem >= 0:
            lacking = ~find_in_sorted(columns.holders(stem), documents)[0]
        without = documents[lacking]
        _, rows, _ = columns.places_among(np.arange(low, high), without.tolist())
        alike = gains[lacking]
        alike[rows] = KIN * self._rarity(self.holders(kin))
        gains[lacking] = alike
        return gains

    def _rarity(self, holders: int) -> float:
        return rarity(len(self._columns), holders)


def _words(favour: Favour) -> tuple[Forms, ...]:
    """Return the words that are read for a favour; kin are looked for by their beginning."""
    match favour:
        case Together(words=words) | Phrase(words=words):
            return words
        case Word(forms=forms):
            return (forms,)
        case _:
            return ()
