"""Favours: words typed side by side are worth more where they stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from indexer.analysis import Form, Token, is_stop_word
from indexer.analysis.compounds import unite
from indexer.query.syntax import Favoured, Phrase, Word

Group = Sequence[Token]
"""Tokens that no blank separates, without the elided ones in front."""


def favours(groups: Sequence[Group], text: str, field: str | None) -> Iterator[Favoured]:
    """Yield what the neighbours among some words typed side by side in `text` gain by being found so, inflected or not.

    Neighbours are two words that are not stop words, with the stop words between them: « 14 juillet », « âge de la
    retraite »; stop words alone go by two (« à la une »). A single word is shown with the stop words around it (« Le
    Pen ») and gains nothing: a small word beside one is no news, and looking for all of them takes long. Two words that
    are one as well (« week end ») gain as one.
    """
    telling = [at for at, group in enumerate(groups) if not _is_stop(group)]
    single = len(telling) == 1
    if len(telling) < 2:
        telling = sorted({0, len(groups) - 1}) if single else [*range(len(groups))]
    for first, last in pairwise(telling):
        tokens = [token for group in groups[first : last + 1] for token in group]
        typed = text[tokens[0].start : tokens[-1].end]
        lead = sum(1 for _ in takewhile(_is_elided, tokens[:-1]))
        forms = tuple(token.forms for token in tokens)
        yield Favoured(Phrase(typed, forms, Form.STEM, field, lead), gain=not single)
        if one := unite(forms):
            yield Favoured(Word(typed, one, Form.STEM, field))


def _is_elided(token: Token) -> bool:
    return token.forms.exact.endswith("'")


def _is_stop(group: Group) -> bool:
    return len(group) == 1 and is_stop_word(group[0].forms)
