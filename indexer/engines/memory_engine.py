"""The memory engine: the readable definition of what an engine answers. Used by tests; keeps nothing on disk."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from indexer.analysis import Form, Forms
from indexer.answer import Sort, Status
from indexer.document import FIELDS, AnalysedDocument, Document
from indexer.engines.engine import FACETS, Hit, Hits, facet_value
from indexer.engines.summary import Summary
from indexer.engines.weights import FIELD_WEIGHT, FORM_WEIGHT, PHRASE_WEIGHT, forms_to_score
from indexer.errors import IndexMissing, RebuildFailed, UnknownDocument
from indexer.messages import message
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
    Word,
    fields_of,
    graded_parts,
)

K1, B = 1.2, 0.75
"""BM25's saturation and length normalisation (Robertson and Zaragoza, 2009)."""


class MemoryEngine:
    """An Engine that holds its documents in dictionaries and scans them all for each query."""

    def __init__(self) -> None:
        self._index: _Index | None = None
        self._previous: _Index | None = None

    def rebuild(self, documents: Iterable[AnalysedDocument]) -> Status:
        index = _Index(documents)
        if not index.documents:
            raise RebuildFailed(message("Aucun article à indexer : l'index en service n'a pas changé."))
        self._previous, self._index = self._index, index
        return self.status()

    def rollback(self) -> Status:
        if self._previous is None:
            raise RebuildFailed(message("Il n'y a pas d'index précédent auquel revenir."))
        self._index, self._previous = self._previous, self._index
        return self.status()

    def search(self, part: Part, *, sort: Sort = Sort.RELEVANCE, offset: int = 0, limit: int = 20) -> Hits:
        index = self._served()
        scores = {
            identifier: score for identifier in index.documents if (score := index.score(part, identifier)) is not None
        }
        ordered = sorted(scores, key=lambda identifier: index.order(part, identifier, scores[identifier], sort))
        page = ordered[offset : offset + limit]
        hits = tuple(Hit(index.documents[identifier].document, scores[identifier]) for identifier in page)
        return Hits(hits, len(scores), index.facets(scores))

    def document(self, identifier: str) -> Document:
        try:
            return self._served().documents[identifier].document
        except KeyError:
            raise UnknownDocument(message("Aucun article ne porte l'identifiant « {id} ».", id=identifier)) from None

    def status(self) -> Status:
        summary = Summary()
        for analysed in self._served().documents.values():
            summary.add(analysed.document)
        return summary.status()

    def _served(self) -> _Index:
        if self._index is None:
            raise IndexMissing(message("L'index n'existe pas encore."))
        return self._index


class _Index:
    """One generation: the documents, and for each form of each field who has which terms where."""

    def __init__(self, documents: Iterable[AnalysedDocument]) -> None:
        self.documents = {analysed.document.id: analysed for analysed in documents}
        self.places: dict[tuple[str, Form], dict[str, dict[str, list[int]]]] = defaultdict(lambda: defaultdict(dict))
        self.lengths: Counter[str] = Counter()
        for identifier, analysed in self.documents.items():
            for name in FIELDS:
                self.lengths[name] += len(analysed.tokens[name])
                for token in analysed.tokens[name]:
                    for form, term in zip(Form, token.forms, strict=True):
                        self.places[name, form][term].setdefault(identifier, []).append(token.position)

    def score(self, part: Part, identifier: str) -> float | None:
        """Return how well a document matches, None if it does not."""
        match part:
            case Word() | Phrase() | Prefix():
                return self._leaf_score(part, identifier)
            case AllOf(parts):
                scores = [self.score(inner, identifier) for inner in parts]
                return None if None in scores else sum(score for score in scores if score)
            case AnyOf(parts) | MostOf(parts):
                found = [score for inner in parts if (score := self.score(inner, identifier)) is not None]
                return sum(found) if found else None
            case Excluded(inner):
                return 0.0 if self.score(inner, identifier) is None else None
            case Everything():
                return 0.0
            case Published(first, last):
                day = self.documents[identifier].document.date
                inside = day and (first or dt.date.min) <= day <= (last or dt.date.max)
                return 0.0 if inside else None
            case Has(facet, value):
                return 0.0 if facet_value(self.documents[identifier].document, facet) == value else None

    def order(self, part: Part, identifier: str, score: float, sort: Sort) -> tuple[float, float, str]:
        """Return the key that sorts hits."""
        if sort is not Sort.RELEVANCE:
            day = self.documents[identifier].document.date
            ordinal = day.toordinal() if day else 0
            return (not day, ordinal if sort is Sort.OLDEST else -ordinal, identifier)
        return (-sum(self.score(inner, identifier) is not None for inner in graded_parts(part)), -score, identifier)

    def facets(self, ids: Iterable[str]) -> dict[str, Counter[str | int]]:
        """Count the values of each facet among the documents."""
        documents = [self.documents[identifier].document for identifier in ids]
        return {facet: Counter(facet_value(document, facet) for document in documents) for facet in FACETS}

    def _leaf_score(self, leaf: Leaf, identifier: str) -> float | None:
        found = [score for name in fields_of(leaf) if (score := self._field_score(leaf, name, identifier)) is not None]
        return sum(found) if found else None

    def _field_score(self, leaf: Leaf, name: str, identifier: str) -> float | None:
        match leaf:
            case Word(_, forms, form):
                if identifier not in self.places[name, form].get(_term(forms, form), {}):
                    return None
                return sum(self._bm25(name, form, _term(forms, form), identifier) for form in forms_to_score(leaf))
            case Phrase(_, words, form):
                count = self._phrases(words, form, name, identifier)
                return PHRASE_WEIGHT * FIELD_WEIGHT[name] * count / (count + K1) if count else None
            case Prefix(_, folded):
                terms = self.places[name, Form.FOLDED]
                found = any(identifier in terms[term] for term in terms if term.startswith(folded))
                return FIELD_WEIGHT[name] if found else None

    def _bm25(self, name: str, form: Form, term: str, identifier: str) -> float:
        holders = self.places[name, form].get(term, {})
        count = len(holders.get(identifier, ()))
        rarity = math.log(1 + (len(self.documents) - len(holders) + 0.5) / (len(holders) + 0.5))
        length = len(self.documents[identifier].tokens[name]) * len(self.documents) / (self.lengths[name] or 1)
        weight = FIELD_WEIGHT[name] * FORM_WEIGHT[form]
        return weight * rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * length))

    def _phrases(self, words: tuple[Forms, ...], form: Form, name: str, identifier: str) -> int:
        """Count the places where the words follow one another."""
        places = [set(self.places[name, form].get(_term(word, form), {}).get(identifier, ())) for word in words]
        return sum(all(start + step in at for step, at in enumerate(places)) for start in places[0])


def _term(forms: Forms, form: Form) -> str:
    return str(getattr(forms, form))
