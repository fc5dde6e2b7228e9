"""Candidates: the words of the corpus that someone may have meant by one it does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, log

from indexer.analysis import Form, analyse
from indexer.analysis.elisions import ELIDED
from indexer.engines import Snapshot, Vocabulary
from indexer.query.syntax import Phrase
from indexer.spelling.sounds import SLIP, misspelling_cost

RARITY = 7.0
"""How many times e a word must be commoner to make up for one more slip.

So 89 % of 956 words of 100,000 passages come out right after a random slip; with 4, 84 %; with 8, as many.
``python -m tests.benchmarks.misspellings INDEX`` measures it again.
"""

NEAREST = 64
"""Words looked at, the nearest first, then the commonest."""

FAR = 3.0
"""A candidate that is e ** 3 = 20 times less likely than the best is not one."""

_APOSTROPHE, _BLANK = 0.25, 0.6
"""The costs of an apostrophe and of a blank that were not typed."""

_VOWELS = "aeiouyh"


@dataclass(frozen=True)
class Candidate:
    """A way to write a word: as the corpus does, its stem, how many times it does, what the slip costs."""

    exact: str
    stem: str
    count: int
    cost: float

    @property
    def likelihood(self) -> float:
        """How likely it was meant, compared with another."""
        return log(self.count) - RARITY * self.cost


def candidates(folded: str, snapshot: Snapshot) -> tuple[Candidate, ...]:
    """Return what may have been meant by a folded word that the corpus does not have, the likeliest first.

    One for each stem. Accents have no part in it: with or without, a word has the same candidates.
    """
    found = _near(folded, snapshot.vocabulary())
    found += _apart(folded, snapshot, max((one.likelihood for one in found), default=-inf) - FAR)
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda found: (-found.likelihood, found.exact)):
        best.setdefault(candidate.stem, candidate)
    likeliest = next((one.likelihood for one in best.values()), inf)
    return tuple(one for one in best.values() if one.likelihood > likeliest - FAR)


def _near(folded: str, vocabulary: Vocabulary) -> list[Candidate]:
    """Return the words that are spelled nearly so: one slip in a short word, two or so in a long one.

    Spellings that sound alike may differ by three letters (ph, f); these are looked for when no word is nearer.
    """
    size = len(folded)
    limit = SLIP if size < 5 else 1.4 if size < 8 else 2.1
    found: list[Candidate] = []
    for distance in (1,) if size < 5 else (2,) if size < 9 else (2, 3):
        found = list(_within(folded, distance, limit, vocabulary))
        if any(one.cost <= SLIP for one in found):
            break
    return found


def _within(folded: str, distance: int, limit: float, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield the words at a distance whose cost is not above a limit; f may have been typed for ph, k for qu."""
    met: set[str] = set()
    for respelled in dict.fromkeys((folded, folded.replace("f", "ph"), folded.replace("k", "qu"))):
        for spelling in (*vocabulary.spelled(respelled), *vocabulary.near(respelled, distance, NEAREST)):
            if spelling.forms.folded in met:
                continue
            met.add(spelling.forms.folded)
            cost = misspelling_cost(folded, spelling.forms.folded)
            if cost <= limit:
                yield Candidate(spelling.forms.exact, spelling.forms.stem, spelling.count, cost)


def _apart(folded: str, snapshot: Snapshot, least: float) -> Iterator[Candidate]:
    """Yield two words of the corpus that were typed as one and stand side by side there: l'homme, la réforme.

    What cannot reach the likelihood `least` is not looked for.
    """
    vocabulary = snapshot.vocabulary()
    for cut in range(1, len(folded) - 1):
        head, tail = folded[:cut], vocabulary.spelled(folded[cut:])[:1]
        elided = head in ELIDED and folded[cut] in _VOWELS
        before = vocabulary.spelled(head)[:1] if cut > 1 else ()
        if not tail or not (elided or before):
            continue
        written = f"{head}'{tail[0].forms.exact}" if elided else f"{before[0].forms.exact} {tail[0].forms.exact}"
        cost = _APOSTROPHE if elided else _BLANK
        most = min(found.count for found in (*tail, *(() if elided else before)))
        if Candidate(written, written, most, cost).likelihood > least:
            words = tuple(token.forms for token in analyse(written))
            if total := snapshot.search(Phrase(written, words, Form.FOLDED), limit=1).total:
                yield Candidate(written, written, total, cost)
