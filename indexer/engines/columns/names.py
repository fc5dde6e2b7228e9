"""Names: which authors, or which sources, have the words of a leaf, found by a word and not one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property

from indexer.analysis.token import Form, Forms
from indexer.engines.families import takes_in
from indexer.engines.scoring import same_in, spelled_in
from indexer.query.syntax import Operand, Phrase, Word


class Names:
    """The distinct authors, or sources, of an index by their number: `values`, and the `words` of each."""

    def __init__(self, names: Sequence[tuple[str, Sequence[Sequence[str]]]]) -> None:
        self.values = [value for value, _ in names]
        self.words = [[Forms(*word) for word in words] for _, words in names]
        self._having = cache(self._find_words)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each value."""
        return {value: number for number, value in enumerate(self.values)}

    def matching(self, leaf: Operand) -> list[int]:
        """Return the numbers of the names that have the words of a leaf, in order."""
        match leaf:
            case Word(_, forms, form):
                return self._having(form).get(spelled_in(form, forms), [])
            case Phrase(asked=asked):
                fewest = min((self._having(form).get(spelled_in(form, forms), []) for form, forms in asked), key=len)
                return [number for number in fewest if names_match(leaf, self.words[number])]
            case family:
                belongs = takes_in(family)
                having = [numbers for folded, numbers in self._having(Form.FOLDED).items() if belongs(folded)]
                return sorted({number for numbers in having for number in numbers})

    def _find_words(self, form: Form) -> Mapping[str, list[int]]:
        """Return the numbers of the names that have each word, in order, when only `form` counts."""
        having: dict[str, list[int]] = {}
        for number, words in enumerate(self.words):
            for word in dict.fromkeys(spelled_in(form, forms) for forms in words):
                having.setdefault(word, []).append(number)
        return having


def names_match(leaf: Operand, words: Sequence[Forms]) -> bool:
    """Tell whether the words of a name are those of a leaf."""
    match leaf:
        case Word(_, forms, form):
            return any(same_in(form, forms, word) for word in words)
        case Phrase():
            runs = (words[at : at + len(leaf.words)] for at in range(len(words) - len(leaf.words) + 1))
            return any(all(same_in(*asked, word) for asked, word in zip(leaf.asked, run, strict=True)) for run in runs)
        case family:
            belongs = takes_in(family)
            return any(belongs(word.folded) for word in words)
