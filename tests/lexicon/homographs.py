"""Homographs: which stem a form has when several lemmas claim it."""

from __future__ import annotations

import math
from collections import defaultdict

from indexer.analysis import is_stop_word
from indexer.analysis.token import Forms
from tests.lexicon.counts import Counts
from tests.lexicon.dictionary import Kind, Lemma
from tests.lexicon.inflection import Inflection

HEAD = 10.0
"""How many times more a dictionary's head word counts than another form: « lit » is a bed before someone reads."""

NOTABLE = 0.05
"""The share of a word's occurrences that its plural must reach for a word of the grammar to be taken for a noun."""

CERTAIN, USUAL, LIKELY, RARE = 4, 3, 2, 1
"""Kinds of claims, strongest first; within a kind the commonest lemma has it."""

Claim = tuple[int, float]


def choose(inflections: list[Inflection], counts: Counts) -> dict[str, str]:
    """Return the stem of each form: the head word of the inflection that claims it best.

    A stop word stands for itself alone: « sons » must not find every « son ».
    """
    return _Choice(inflections, counts).stems()


class _Choice:
    def __init__(self, inflections: list[Inflection], counts: Counts) -> None:
        self._counts = counts
        self._claims: dict[str, list[tuple[Inflection, Lemma]]] = defaultdict(list)
        for inflection in inflections:
            for lemma in inflection.lemmas:
                for form in lemma.forms:
                    self._claims[form].append((inflection, lemma))
        self._evidence = {id(inflection): self._commonness(inflection) for inflection in inflections}
        self._chosen: dict[str, Inflection] = {}

    def stems(self) -> dict[str, str]:
        heads = {lemma.word for claims in self._claims.values() for _, lemma in claims}
        for form in sorted(self._claims, key=lambda form: (form not in heads, form)):
            best = max(self._claims[form], key=lambda claim: self._claim(form, *claim))
            self._chosen[form] = best[0]
        names = {id(inflection): self._name(inflection) for inflection in self._chosen.values()}
        stems = {form: names[id(inflection)] for form, inflection in self._chosen.items()}
        return stems | {form: form for form in stems if is_stop(form)}

    def _claim(self, form: str, inflection: Inflection, lemma: Lemma) -> Claim:
        """Return how strong the claim of a lemma on a form is."""
        evidence = self._evidence[id(inflection)]
        head = form == lemma.word
        match lemma.kind:
            case Kind.FUNCTION:
                return (RARE if self._is_noun_too(form) else CERTAIN), 0
            case Kind.NAME:
                common = self._counts.words[form] - self._counts.names[form]
                return (USUAL if self._counts.names[form] >= 2 * max(common, 1) else 0), 0
            case Kind.NOUN | Kind.OTHER if head:
                if lemma.invariable:
                    return LIKELY, math.inf
                return RARE, max(HEAD * evidence, self._as_noun(form, inflection)) + 0.001
            case Kind.NOUN if self._chosen.get(lemma.word) is inflection and self._counts.words[lemma.word]:
                return LIKELY, evidence  # a plural follows its singular
            case Kind.AUXILIARY:
                return (LIKELY if head or Kind.NOUN not in self._rivals(form) else 0), evidence
            case _:
                return RARE, HEAD * evidence if head else evidence

    def _is_noun_too(self, form: str) -> bool:
        """Tell whether a word of the grammar is a noun as well, by how often that noun's other forms occur (point)."""
        nouns = [owner for owner, lemma in self._claims[form] if lemma.kind is Kind.NOUN and lemma.word == form]
        common = max((self._evidence[id(owner)] for owner in nouns), default=0.0)
        return not is_stop(form) and common >= NOTABLE * self._counts.words[form] > 0

    def _rivals(self, form: str) -> set[Kind]:
        """Return the kinds of all the lemmas that claim a form."""
        return {lemma.kind for _, lemma in self._claims[form]}

    def _as_noun(self, form: str, inflection: Inflection) -> float:
        """Return the evidence for a noun in -e all of whose forms are a verb's as well (partie, sorte).

        It occurs as often as that verb's forms do on average, or more: such verb forms are rare.
        """
        often = self._counts.words[form]
        rivals = [self._evidence[id(other)] for other, _ in self._claims[form] if other is not inflection]
        return float(often) if form.endswith("e") and often >= max(rivals, default=0) else 0.0

    def _commonness(self, inflection: Inflection) -> float:
        """Return how often a form that nothing else claims occurs, on average over those that do occur."""
        counts = [self._counts.words[form] for form in inflection.forms if self._alone(form, inflection)]
        found = [count for count in counts if count]
        return sum(found) / len(found) if found else 0.0

    def _alone(self, form: str, inflection: Inflection) -> bool:
        return all(other is inflection for other, _ in self._claims[form])

    def _name(self, inflection: Inflection) -> str:
        """Return the stem's name: the commonest head word that is its own, else another form of its own.

        Never the name of a stop word, or of a word that another inflection has: these find nothing but themselves.
        """
        heads = {lemma.word for lemma in inflection.lemmas}
        own = {form for form in inflection.forms if self._chosen[form] is inflection and not is_stop(form)}
        return max(heads & own or own or heads, key=lambda word: (self._counts.words[word], -len(word), word))


def is_stop(form: str) -> bool:
    return is_stop_word(Forms(form, form, form))
