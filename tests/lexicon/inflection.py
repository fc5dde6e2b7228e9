"""Lemmas that a reader takes for one word: what shares a stem."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from indexer.analysis import is_stop_word
from indexer.analysis.token import Forms
from tests.lexicon.dictionary import Kind, Lemma

PAIRS = Path(__file__).with_name("pairs.txt")
"""Words of one lemma, or spellings of one word, that no rule here relates."""

# Regular differences between spellings in use before and since the rectifications of 1990 (« Les rectifications de
# l'orthographe », Journal officiel, documents administratifs, 6 December 1990), and double letters that
# dictionaries disagree about. Two lemmas are one where both are in the dictionary.
RESPELT = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ph", "f"),  # nénuphar, téléphérique
        (r"illier(e?)$", r"iller\1"),  # joaillier
        (r"(?<=[a-z]{3})olle$", "ole"),  # corolle
        (r"ott(?=er$|ement$|age$|is$|ier$|iere$|erie$)", "ot"),  # frisotter
        (r"ellement$", "element"),  # amoncellement
        (r"ellier(e?)$", r"elier\1"),  # dentellier
        (r"oign", "ogn"),  # oignon
        (r"eoir$", "oir"),  # asseoir
        (r"cch", "cc"),  # saccharine
        (r"ffl", "fl"),  # boursoufler
        (r"sch", "ch"),  # haschich
        (r"kh", "k"),  # cheikh
        (r"th$", "t"),  # bizuth
        (r"uncture", "oncture"),  # acupuncture
        (r"uncteur$", "oncteur"),
    )
]
UNRELATED = {("philtre", "filtre"), ("phratrie", "fratrie"), ("khat", "kat"), ("math", "mat"), ("bath", "bat")}


@dataclass(eq=False)
class Inflection:
    """Lemmas under one stem."""

    lemmas: list[Lemma]

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(form for lemma in self.lemmas for form in lemma.forms)


def inflections(lemmas: list[Lemma]) -> list[Inflection]:
    """Return the lemmas grouped.

    A noun or adjective goes with the verb whose present or participle it is (vote, voter; élu, élire): their commonest
    forms are spelt alike once folded, no rule could tell them apart. So do a noun and the adjective whose feminine it
    is (finale, final), a Latin plural (maxima, maximum), the spellings of one word, and the pairs of pairs.txt.
    """
    groups = _Groups(lemmas)
    nouns = {lemma.word: lemma for lemma in lemmas if lemma.kind is Kind.NOUN}
    others = {lemma.word: lemma for lemma in lemmas if lemma.kind is Kind.OTHER}
    for word in nouns.keys() & others.keys():
        groups.join(nouns[word], others[word])
    for lemma in lemmas:
        for other in _related(lemma):
            if other in nouns and not _is_stop(other):
                groups.join(lemma, nouns[other])
    by_word = defaultdict(list)
    for lemma in lemmas:
        if lemma.kind in {Kind.NOUN, Kind.VERB, Kind.OTHER}:
            by_word[lemma.word].append(lemma)
    for one, another in [*_respelt(by_word.keys()), *read_pairs()]:
        for lemma in by_word[one]:
            for other in by_word[another]:
                if lemma.kind is other.kind:
                    groups.join(lemma, other)
    return groups.inflections()


def read_pairs() -> list[tuple[str, str]]:
    """Return the pairs of pairs.txt: a word and each of the others on its line."""
    lines = (line.partition("#")[0].split() for line in PAIRS.read_text("utf-8").splitlines())
    return [(words[0], other) for words in lines for other in words[1:]]


def _related(lemma: Lemma) -> set[str]:
    """Return the nouns, if they exist, that are one word with a lemma."""
    if lemma.kind is Kind.VERB:
        return {lemma.word[:-1]} if lemma.word.endswith("er") else lemma.participles
    if lemma.kind is Kind.NOUN:
        latin = {lemma.word[:-2] + "a"} if lemma.word.endswith("um") else set()
        return latin | {form for form in lemma.feminine if form != lemma.word}
    return set()


def _respelt(known: AbstractSet[str]) -> list[tuple[str, str]]:
    """Return the words of which a rule of RESPELT makes another."""
    pairs = [
        (word, other)
        for pattern, replacement in RESPELT
        for word in known
        if (other := pattern.sub(replacement, word, count=1)) != word and other in known
    ]
    return [pair for pair in pairs if pair not in UNRELATED]


def _is_stop(word: str) -> bool:
    return is_stop_word(Forms(word, word, word))


class _Groups:
    """Disjoint sets of lemmas."""

    def __init__(self, lemmas: list[Lemma]) -> None:
        self._lemmas = lemmas
        self._head = {id(lemma): lemma for lemma in lemmas}

    def join(self, one: Lemma, another: Lemma) -> None:
        head, other = self._find(one), self._find(another)
        if head is not other:
            self._head[id(other)] = head

    def inflections(self) -> list[Inflection]:
        groups: dict[int, list[Lemma]] = defaultdict(list)
        for lemma in self._lemmas:
            groups[id(self._find(lemma))].append(lemma)
        return [Inflection(group) for group in groups.values()]

    def _find(self, lemma: Lemma) -> Lemma:
        while (head := self._head[id(lemma)]) is not lemma:
            lemma = head
        return lemma
