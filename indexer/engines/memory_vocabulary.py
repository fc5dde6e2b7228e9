"""The memory engine's vocabulary: the readable definition of what a vocabulary answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from indexer.analysis.token import Forms, Token
from indexer.engines.vocabulary import Spelling, edit_distance, spelled_in_letters


class MemoryVocabulary:
    """A Vocabulary that scans all the words of its tokens for each question."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        counts = Counter(token.forms for token in tokens if spelled_in_letters(token.forms.folded))
        self._spellings = [Spelling(forms, count) for forms, count in counts.items()]

    def __contains__(self, folded: str) -> bool:
        return bool(self.spelled(folded))

    def spelled(self, folded: str) -> tuple[Spelling, ...]:
        return self._chosen(lambda forms: forms.folded == folded)

    def starting(self, folded: str, limit: int) -> tuple[Spelling, ...]:
        return self._chosen(lambda forms: forms.folded.startswith(folded))[:limit]

    def near(self, folded: str, distance: int, limit: int) -> tuple[Spelling, ...]:
        if not spelled_in_letters(folded):
            return ()
        found = self._chosen(lambda forms: 1 <= edit_distance(folded, forms.folded) <= distance)
        return tuple(sorted(found, key=lambda spelling: edit_distance(folded, spelling.forms.folded)))[:limit]

    def _chosen(self, like: Callable[[Forms], bool]) -> tuple[Spelling, ...]:
        chosen = [spelling for spelling in self._spellings if like(spelling.forms)]
        return tuple(sorted(chosen, key=lambda found: (-found.count, found.forms.folded, found.forms.exact)))
