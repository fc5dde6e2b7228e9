"""Explaining: what each part of a query gives to the score of one article.

Nothing is scored here. The engine weighs every part of the tree by itself, in that one article; what a weighing is the
product of follows from the definition in `engines/scoring.py`, and what is left is the weight of the words there.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from indexer.analysis import Token, analyse
from indexer.answer import Filters
from indexer.engines import Snapshot, Weighing
from indexer.engines.scoring import (
    COMPLETENESS,
    FAVOUR,
    KIN,
    NO_ACCENTS,
    OTHER_ACCENTS,
    OTHER_SPELLING,
    PHRASE_WEIGHT,
    losses,
    rarity,
)
from indexer.explanation import Contribution, Explanation, Factor, Kind, Met, Reason
from indexer.listing import Listing, filtered
from indexer.query import Query, write_query
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Everything,
    Excluded,
    Favour,
    Favoured,
    Kin,
    Leaf,
    Like,
    MostOf,
    Near,
    Part,
    Pattern,
    Phrase,
    Prefix,
    Spellings,
    Together,
    Word,
    fields_of,
    gains,
    shown_leaves,
    without_favours,
)

_NAMES = ("author", "source")


def explain(
    snapshot: Snapshot, identifier: str, query: Query, listing: Listing | None, filters: Filters
) -> Explanation:
    """Return why an article is in the listing of a query (None: nothing is), or why not. Raises as `read`.

    It is explained by what found it: those that come first, or those that follow.
    """
    steps = [part for part in (listing.first, listing.searched) if part] if listing else [query.tree]
    for part in steps:
        article = _Weighed(snapshot, identifier, part or Everything())
        if article.listed:
            break
    sought = query.tree is not None
    kept = not filters or snapshot.weigh(identifier, [filtered(article.part, filters)])[0].score is not None
    listed = sought and article.listed and kept
    return Explanation(
        id=identifier,
        title=article.document.title,
        query=query.typed,
        understood=listing.asked.understood if listing else query.understood,
        listed=listed,
        score=article.score if listed else 0.0,
        documents=article.documents,
        contributions=(*article.contributions(article.part, counts=listed), *(article.gained() if listed else ())),
        missing=tuple(article.missing(article.part)),
        excluded=tuple(article.excluded(article.part)),
        left_out=query.left_out,
        kept=kept or not article.listed,
        remarks=query.remarks,
    )


class _Weighed:
    """An article, read and weighed for a tree: every part of it by itself."""

    def __init__(self, snapshot: Snapshot, identifier: str, part: Part) -> None:
        self.part = part
        self.documents = snapshot.status().documents
        self._leaves = tuple(dict.fromkeys(shown_leaves(part)))
        (self._reading,) = snapshot.read([identifier], self._leaves)
        self.document = self._reading.document
        parts = tuple(dict.fromkeys([without_favours(part), *map(Favoured, gains(part)), *_weighed_parts(part)]))
        self._weighings: dict[Part, Weighing] = dict(zip(parts, snapshot.weigh(identifier, parts), strict=True))

    @property
    def listed(self) -> bool:
        """Whether the article matches the whole tree."""
        return self._holds(self.part)

    @property
    def score(self) -> float:
        """The score of the article for the whole tree."""
        return self._score(self.part)

    def contributions(self, part: Part, *, counts: bool) -> Iterator[Contribution]:
        """Yield what the leaves of `part` that the article has give it: nothing where the part does not count."""
        counts = counts and self._holds(part)
        match part:
            case AllOf(parts) | AnyOf(parts) | Spellings(_, parts) | MostOf(parts):
                for inner in parts:
                    yield from self.contributions(inner, counts=counts)
                    if isinstance(part, MostOf) and counts and self._holds(inner) and not isinstance(inner, Favoured):
                        yield self._presence(inner)
            case Word() | Phrase() | Prefix() | Pattern() | Like() | Near():
                if self._holds(part):
                    yield self._leaf(part, counts=counts)
            case _:
                return

    def gained(self) -> Iterator[Contribution]:
        """Yield what the article gains by what is favoured: nothing if it is not among the best."""
        if self._score(self.part) != self._score(without_favours(self.part)):
            for favour in gains(self.part):
                if self._score(Favoured(favour)):
                    yield self._favoured(Favoured(favour), favour)

    def missing(self, part: Part) -> Iterator[str]:
        """Yield the parts that the article should have and lacks, as they are written."""
        match part:
            case AllOf(parts) | MostOf(parts):
                for inner in parts:
                    yield from self.missing(inner)
            case Excluded():
                return
            case _:
                if not self._holds(part):
                    yield write_query(part)

    def excluded(self, part: Part) -> Iterator[str]:
        """Yield the excluded parts that the article has, as they are written."""
        for inner in part.parts if isinstance(part, AllOf) else (part,):
            if isinstance(inner, Excluded) and self._holds(inner.part):
                yield write_query(inner.part)

    def _leaf(self, leaf: Leaf, *, counts: bool) -> Contribution:
        weighing = self._weighings[leaf]
        named = leaf.field in _NAMES
        known = [] if named or not counts else [self._rarity(weighing.holders), *self._factors(leaf)]
        return Contribution(
            part=write_query(leaf),
            kind=Kind.NAME if named else _kind(leaf),
            score=self._score(leaf) if counts else 0.0,
            holders=weighing.holders,
            factors=_completed(known, self._score(leaf)) if known else (),
            met=self._met(leaf),
        )

    def _favoured(self, part: Favoured, favour: Favour) -> Contribution:
        score, holders, _ = self._weighings[part]
        gain, rare = score or 0.0, self._rarity(holders)
        match favour:
            case Together(typed):
                factors: tuple[Factor, ...] = rare, Factor(Reason.TOGETHER, gain / rare.value)
                return Contribution(typed, Kind.TOGETHER, gain, holders, factors)
            case Kin(typed):
                return Contribution(typed, Kind.KIN, gain, holders, (rare, Factor(Reason.KIN, KIN)), self._akin(favour))
            case leaf:
                factors = _completed([rare, Factor(Reason.FAVOUR, FAVOUR)], gain)
                return Contribution(write_query(leaf), Kind.FAVOURED, gain, holders, factors, self._met(leaf))

    def _presence(self, part: Part) -> Contribution:
        holders = self._weighings[part].holders
        factors = self._rarity(holders), Factor(Reason.COMPLETENESS, COMPLETENESS)
        score = math.prod(factor.value for factor in factors)
        return Contribution(write_query(part), Kind.PRESENCE, score, holders, factors)

    def _factors(self, leaf: Leaf) -> Iterator[Factor]:
        """Yield what changes the score of a leaf, beside its rarity and its weight."""
        match leaf:
            case Word():
                met = [token.forms for token in self._tokens if token.forms.stem == leaf.forms.stem]
                for like, left, reason in losses(leaf):
                    if not any(map(like, met)):
                        yield Factor(Reason(reason), left)
                if self._weighings[leaf].left < 1:
                    yield Factor(Reason.NO_ACCENTS, NO_ACCENTS)
                if self._weighings[leaf].left < NO_ACCENTS:
                    yield Factor(Reason.OTHER_ACCENTS, OTHER_ACCENTS)
            case Phrase() | Near():
                yield Factor(Reason.SEVERAL, PHRASE_WEIGHT)
            case Like():
                inside = [token for name in fields_of(leaf) for token in self._tokens_of[name]]
                if not any(token.forms.folded == leaf.folded for token in inside):
                    yield Factor(Reason.SLIP, OTHER_SPELLING)
            case _:
                return

    def _met(self, leaf: Leaf) -> tuple[Met, ...]:
        """Return how the article writes a leaf, as `_counted` does."""
        if leaf.field in _NAMES:
            return (Met(getattr(self.document, leaf.field), {leaf.field: 1}),)
        number, written = self._leaves.index(leaf), list[tuple[str, str]]()
        for name, text in (("title", self.document.title), ("text", self.document.text)):
            places = sorted(place for place in self._reading.places[name] if place.leaf == number)
            written += [(name, text[start:end]) for start, end, _ in places]
        return _counted(written)

    def _akin(self, kin: Kin) -> tuple[Met, ...]:
        """Return how the article writes what begins like a word, as `_counted` does."""
        texts = {"title": self.document.title, "text": self.document.text}
        return _counted(
            [
                (name, texts[name][token.start : token.end])
                for name, tokens in self._tokens_of.items()
                for token in tokens
                if token.forms.stem.startswith(kin.beginning)
            ]
        )

    def _rarity(self, holders: int) -> Factor:
        return Factor(Reason.RARITY, rarity(self.documents, holders))

    def _holds(self, part: Part) -> bool:
        return self._weighings[part].score is not None

    def _score(self, part: Part) -> float:
        return self._weighings[part].score or 0.0

    @cached_property
    def _tokens_of(self) -> dict[str, list[Token]]:
        """The words of the title and of the text, as the index has them."""
        return {"title": list(analyse(self.document.title)), "text": list(analyse(self.document.text))}

    @cached_property
    def _tokens(self) -> list[Token]:
        return [*self._tokens_of["title"], *self._tokens_of["text"]]


def _weighed_parts(part: Part) -> Iterator[Part]:
    """Yield `part` and all the parts inside it."""
    yield part
    match part:
        case AllOf(parts) | AnyOf(parts) | Spellings(_, parts) | MostOf(parts):
            for inner in parts:
                yield from _weighed_parts(inner)
        case Excluded(inner):
            yield inner
        case _:
            return


def _kind(leaf: Leaf) -> Kind:
    match leaf:
        case Word():
            return Kind.WORD
        case Phrase():
            return Kind.PHRASE
        case Near():
            return Kind.NEAR
        case _:
            return Kind.FAMILY


def _completed(known: Sequence[Factor], score: float) -> tuple[Factor, ...]:
    """Return factors with the one that completes them to `score`: the weight in the article."""
    weight = score / math.prod(factor.value for factor in known)
    return known[0], Factor(Reason.WEIGHT, weight), *known[1:]


def _counted(written: Sequence[tuple[str, str]]) -> tuple[Met, ...]:
    """Return forms, each with its field, as met: the commonest first; those that differ by their case are one."""
    flat = [(name, " ".join(form.split())) for name, form in written]
    forms = Counter(form for _, form in flat)
    usual = {form.casefold(): form for form, _ in reversed(forms.most_common())}
    counts = {key: Counter(name for name, form in flat if form.casefold() == key) for key in usual}
    met = [Met(form, dict(counts[key])) for key, form in usual.items()]
    return tuple(sorted(met, key=lambda one: (-sum(one.counts.values()), one.form)))
