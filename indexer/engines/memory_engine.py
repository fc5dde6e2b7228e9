"""The memory engine: the readable definition of what an engine answers. Keeps nothing on disk."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from indexer.analysis import Form, Forms, Token
from indexer.analysis.analysed import AnalysedDocuments
from indexer.answer import Sort, Status
from indexer.document import FIELDS, Document
from indexer.engines.engine import FACETS, Hit, Hits, Place, Reading, Weighing, facet_value
from indexer.engines.families import takes_in
from indexer.engines.memory_vocabulary import MemoryVocabulary
from indexer.engines.places import find_places
from indexer.engines.scoring import (
    B_TEXT,
    B_TITLE,
    CLOSE,
    COMPLETENESS,
    FAVOUR,
    KIN,
    OTHER_SPELLING,
    PHRASE_WEIGHT,
    RESCORED,
    TOGETHER,
    kinds,
    length_norms,
    losses,
    rarity,
    same_in,
    weight_codes,
)
from indexer.engines.summary import Summary
from indexer.errors import IndexMissing, RebuildFailed, UnknownDocument
from indexer.messages import message
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Everything,
    Excluded,
    Family,
    Favour,
    Favoured,
    Has,
    Kin,
    Leaf,
    Like,
    MostOf,
    Near,
    Part,
    Pattern,
    Phrase,
    Prefix,
    Published,
    Spellings,
    Together,
    Word,
    fields_of,
    gains,
    without_favours,
)

Scores = dict[str, float]
"""What matches, by document id, and how well."""


class MemoryEngine:
    """An Engine that keeps its documents in memory."""

    def __init__(self) -> None:
        self._served: MemorySnapshot | None = None
        self._previous: MemorySnapshot | None = None

    def rebuild(self, documents: Iterable[AnalysedDocuments]) -> Status:
        built = MemorySnapshot(documents)
        if not built.status().documents:
            raise RebuildFailed(message("Aucun article à indexer : l'index en service n'a pas changé."))
        self._previous, self._served = self._served, built
        return built.status()

    def rollback(self) -> Status:
        if self._previous is None:
            raise RebuildFailed(message("Il n'y a pas d'index précédent auquel revenir."))
        self._served, self._previous = self._previous, self._served
        return self.snapshot().status()

    def snapshot(self) -> MemorySnapshot:
        if self._served is None:
            raise IndexMissing(message("L'index n'existe pas encore."))
        return self._served


class MemorySnapshot:
    """A Snapshot that scans its documents for each query."""

    def __init__(self, batches: Iterable[AnalysedDocuments]) -> None:
        self._index = _Index(batches)

    def search(
        self, part: Part, *, sort: Sort = Sort.RELEVANCE, offset: int = 0, limit: int = 20, counted: bool = True
    ) -> Hits:
        scores = self._index.matches(part)
        ordered = self._index.ordered(scores, sort)
        hits = tuple(Hit(identifier, scores[identifier]) for identifier in ordered[offset : offset + limit])
        return Hits(hits, len(scores), self._index.facets(scores)) if counted else Hits(hits, 0)

    def read(self, identifiers: Sequence[str], leaves: Sequence[Leaf]) -> tuple[Reading, ...]:
        self._check(identifiers)
        return tuple(self._index.read(identifier, leaves) for identifier in identifiers)

    def weigh(self, identifier: str, parts: Sequence[Part]) -> tuple[Weighing, ...]:
        self._check([identifier])
        return tuple(self._index.weigh(identifier, part) for part in parts)

    def vocabulary(self) -> MemoryVocabulary:
        return self._index.vocabulary

    def shares(self, part: Part, stems: Sequence[str], field: str | None = None) -> tuple[int, ...]:
        words = (Word(stem, Forms("", "", stem), field=field) for stem in stems)
        return tuple(len(self._index.matches(AllOf((part, word)))) for word in words)

    def status(self) -> Status:
        summary = Summary()
        for document in self._index.documents.values():
            summary.add(document)
        return summary.status()

    def _check(self, identifiers: Sequence[str]) -> None:
        for identifier in identifiers:
            if identifier not in self._index.documents:
                raise UnknownDocument(message("Aucun article ne porte l'identifiant « {id} ».", id=identifier))


class _Index:
    """One generation: the documents and their tokens."""

    def __init__(self, batches: Iterable[AnalysedDocuments]) -> None:
        self.documents: dict[str, Document] = {}
        self.tokens: dict[tuple[str, str], tuple[Token, ...]] = {}
        self.lengths: dict[tuple[str, str], int] = {}
        for batch in batches:
            for number, document in enumerate(batch.documents):
                self.documents[document.id] = document
                for name in FIELDS:
                    self.tokens[document.id, name] = tuple(batch.tokens(number, name))
                    self.lengths[document.id, name] = int(batch.fields[name].lengths[number])
        self.norms = {name: self._norms(name, b) for name, b in (("title", B_TITLE), ("text", B_TEXT))}
        self.vocabulary = MemoryVocabulary(
            token for (_, name), tokens in self.tokens.items() if name in self.norms for token in tokens
        )

    def matches(self, part: Part) -> Scores:
        """Return all the documents that match, with their scores: the best of them with their gains."""
        scores = self._found(without_favours(part))
        favoured = gains(part)
        for identifier in self.ordered(scores, Sort.RELEVANCE)[:RESCORED] if favoured else ():
            scores[identifier] += sum(self._gain(leaf, identifier) for leaf in favoured)
        return scores

    def _found(self, part: Part) -> Scores:
        """Return all the documents that match a part without favours."""
        match part:
            case Word() | Phrase() | Prefix() | Pattern() | Like() if part.field in {"author", "source"}:
                return {
                    identifier: 1.0 for identifier in self.documents if self._places(part, identifier, str(part.field))
                }
            case Word():
                return self._word(part)
            case Phrase() | Near():
                scores = self._weights(part)
                return {identifier: PHRASE_WEIGHT * score for identifier, score in scores.items()}
            case Prefix() | Pattern() | Like():
                return self._family(part)
            case AllOf(parts):
                all_scores = [self._found(inner) for inner in parts]
                both = set(self.documents).intersection(*all_scores)
                return {identifier: sum(scores[identifier] for scores in all_scores) for identifier in both}
            case AnyOf(parts) | Spellings(_, parts):
                return _added(map(self._found, parts))
            case MostOf(parts):
                return _added(self._with_completeness(self._found(inner)) for inner in parts)
            case Excluded(inner):
                return dict.fromkeys(set(self.documents) - set(self._found(inner)), 0.0)
            case _:
                return {identifier: 0.0 for identifier, document in self.documents.items() if _chosen(part, document)}

    def ordered(self, scores: Scores, sort: Sort) -> list[str]:
        """Return the ids that match in order; ties go by id."""
        if sort is not Sort.RELEVANCE:
            sign = 1 if sort is Sort.OLDEST else -1
            days = {identifier: self.documents[identifier].date for identifier in scores}
            return sorted(
                scores, key=lambda key: (not days[key], sign * day.toordinal() if (day := days[key]) else 0, key)
            )
        return sorted(scores, key=lambda key: (-scores[key], key))

    def facets(self, identifiers: Iterable[str]) -> dict[str, Counter[str | int]]:
        """Count the values of each facet among the documents."""
        documents = [self.documents[identifier] for identifier in identifiers]
        return {facet: Counter(facet_value(document, facet) for document in documents) for facet in FACETS}

    def read(self, identifier: str, leaves: Sequence[Leaf]) -> Reading:
        """Return a document with the places of the leaves."""
        places = {
            name: tuple(
                Place(*span, number)
                for number, leaf in enumerate(leaves)
                if name in fields_of(leaf)
                for span in self._places(leaf, identifier, name)
            )
            for name in FIELDS
        }
        named = frozenset(place.leaf for name in ("author", "source") for place in places[name])
        shown = {name: places[name] for name in ("title", "text")}
        return Reading(self.documents[identifier], len(self.tokens[identifier, "text"]), shown, named)

    def weigh(self, identifier: str, part: Part) -> Weighing:
        """Return what a part is worth in a document."""
        if isinstance(part, Favoured):
            return Weighing(self._gain(part.part, identifier) * part.gain, self._gaining(part.part))
        scores = self.matches(part)
        left = 1.0
        if identifier in scores and isinstance(part, Word) and part.field not in {"author", "source"}:
            _, left = self._best_kind(part, identifier)
        return Weighing(scores.get(identifier), len(scores), left)

    def _with_completeness(self, scores: Scores) -> Scores:
        there = COMPLETENESS * rarity(len(self.documents), len(scores))
        return {identifier: score + there for identifier, score in scores.items()}

    def _word(self, word: Word) -> Scores:
        scores = self._weights(word)
        for identifier in scores:
            weight, _ = self._best_kind(word, identifier)
            scores[identifier] = rarity(len(self.documents), len(scores)) * weight / 255
        for like, left, _ in losses(word):
            for identifier in scores:
                met = [token.forms for name in ("title", "text") for token in self.tokens[identifier, name]]
                if not any(forms.stem == word.forms.stem and like(forms) for forms in met):
                    scores[identifier] *= left
        return scores

    def _gain(self, leaf: Favour, identifier: str) -> float:
        """Return what a document gains by what is favoured."""
        match leaf:
            case Together(_, words):
                rarities = {word.stem: rarity(len(self.documents), self.holders[word.stem]) for word in words}
                return sum(
                    share * max(map(sum, self._close(rarities, identifier, name)), default=0.0)
                    for name, share in TOGETHER.items()
                )
            case Kin(_, forms, beginning):
                stems = self.stems[identifier]
                akin = forms.stem not in stems and any(stem.startswith(beginning) for stem in stems)
                return KIN * rarity(len(self.documents), self._gaining(leaf)) if akin else 0.0
            case Word() | Phrase():
                code = self._codes(leaf).get(identifier, 0)
                return FAVOUR * rarity(len(self.documents), self._gaining(leaf)) * code / 255

    def _gaining(self, favour: Favour) -> int:
        """Return how many documents have the word from which a gain comes."""
        match favour:
            case Kin(beginning=beginning):
                return max((self.holders[stem] for stem in self.holders if stem.startswith(beginning)), default=0)
            case Together(words=words) | Phrase(words=words):
                return min((self.holders[word.stem] for word in words if word.stem in self.holders), default=0)
            case Word(forms=forms):
                return self.holders[forms.stem]

    def _close(self, rarities: Mapping[str, float], identifier: str, name: str) -> Iterator[Iterable[float]]:
        """Yield the rarities of the distinct words within each few words in a row of a field."""
        places = [(token.position, token.forms.stem) for token in self.tokens[identifier, name]]
        found = [(position, stem) for position, stem in places if stem in rarities]
        for first, _ in found:
            inside = {stem for position, stem in found if first <= position < first + CLOSE}
            yield map(rarities.__getitem__, inside)

    @cached_property
    def stems(self) -> dict[str, set[str]]:
        """The stems of the title and of the text of each document."""
        return {
            identifier: {token.forms.stem for name in TOGETHER for token in self.tokens[identifier, name]}
            for identifier in self.documents
        }

    @cached_property
    def holders(self) -> Counter[str]:
        """How many documents have each stem."""
        return Counter(chain.from_iterable(self.stems.values()))

    def _family(self, family: Family) -> Scores:
        """A document weighs as much as the heaviest stem that has a form of the family."""
        best: dict[str, int] = {}
        belongs = takes_in(family)
        tokens = [token.forms for key in self.tokens if key[1] in fields_of(family) for token in self.tokens[key]]
        for stem in {forms.stem for forms in tokens if belongs(forms.folded)}:
            whole = Word(stem, Forms("", "", stem), Form.STEM, family.field)
            for identifier, code in self._codes(whole).items():
                inside = [token for name in fields_of(family) for token in self.tokens[identifier, name]]
                if any(t.forms.stem == stem and belongs(t.forms.folded) for t in inside):
                    best[identifier] = max(best.get(identifier, 0), code)
        scores = {identifier: rarity(len(self.documents), len(best)) * code / 255 for identifier, code in best.items()}
        if isinstance(family, Like):
            for identifier in scores:
                inside = [token for name in fields_of(family) for token in self.tokens[identifier, name]]
                if not any(token.forms.folded == family.folded for token in inside):
                    scores[identifier] *= OTHER_SPELLING
        return scores

    def _weights(self, leaf: Word | Phrase | Near) -> Scores:
        codes = self._codes(leaf)
        return {identifier: rarity(len(self.documents), len(codes)) * code / 255 for identifier, code in codes.items()}

    def _codes(self, leaf: Word | Phrase | Near) -> dict[str, int]:
        """Return the weight of a leaf in each document that has it."""
        codes = {}
        for identifier in self.documents:
            counts = {
                name: len(list(self._places(leaf, identifier, name))) / self.norms[name][identifier]
                for name in fields_of(leaf)
            }
            if any(counts.values()):
                title, text = (np.array([counts.get(name, 0.0)]) for name in ("title", "text"))
                codes[identifier] = int(weight_codes(title, text)[0])
        return codes

    def _best_kind(self, word: Word, identifier: str) -> tuple[float, float]:
        """Return what a word weighs in a document as its best kind, and what this kind leaves of its weight."""
        return max((left * self._code_of(word, identifier, like), left) for like, left in kinds(word))

    def _code_of(self, word: Word, identifier: str, like: Callable[[Forms], bool]) -> int:
        """Return the weight of a word in a document, of its occurrences that are like something."""
        counts = {
            name: sum(
                same_in(word.form, word.forms, token.forms) and like(token.forms)
                for token in self.tokens[identifier, name]
            )
            / self.norms[name][identifier]
            for name in fields_of(word)
        }
        title, text = (np.array([counts.get(name, 0.0)]) for name in ("title", "text"))
        return int(weight_codes(title, text)[0]) if any(counts.values()) else 0

    def _places(self, leaf: Leaf, identifier: str, name: str) -> list[tuple[int, int]]:
        return list(find_places(self.tokens[identifier, name], leaf))

    def _norms(self, name: str, b: float) -> dict[str, float]:
        lengths = [self.lengths[key, name] for key in self.documents]
        return dict(zip(self.documents, length_norms(np.array(lengths, np.uint32), b).tolist(), strict=True))


def _added(found: Iterable[Scores]) -> Scores:
    """Return what any of several scores has, added up."""
    sums: Scores = {}
    for scores in found:
        for identifier, score in scores.items():
            sums[identifier] = sums.get(identifier, 0.0) + score
    return sums


def _chosen(part: Part, document: Document) -> bool:
    """Tell whether a part that only filters lets a document through."""
    match part:
        case Published(first, last):
            return document.date is not None and (first or dt.date.min) <= document.date <= (last or dt.date.max)
        case Has(facet, value):
            return facet_value(document, facet) == value
        case _:
            return isinstance(part, Everything)
