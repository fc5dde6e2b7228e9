"""Favours: words typed side by side are worth more where they stand side by side, or close together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from indexer.analysis import Form, Forms, Token, is_stop_word
from indexer.analysis.compounds import unite
from indexer.query.syntax import Favoured, Kin, Part, Phrase, Together, Word

BEGINNING = 5
"""Letters by which words are taken for kin, a word of fewer for none: « licencié » and « licenciement », « démission »
and « démissionner ».

To cut words after some letters is an old substitute for a stemmer: McNamee, Nicholas and Mayfield, « Addressing
morphological variation in alphabetic languages » (2009), compare the two. Here it stands beside our stems, where an
article lacks a word. nDCG@10 on labour law, service-public.fr and a quarter of PIAF's questions, the first sixty of
each ranked anew: .526, .893, .819; with six letters .527, .893, .817; with Snowball's stems .525, .891, .816; without
kin .525, .887, .813.
"""

Group = Sequence[Token]
"""Tokens that no blank separates, without the elided ones in front."""


def favours(groups: Sequence[Group], text: str, field: str | None) -> Iterator[Favoured]:
    """Yield what the neighbours among some words typed side by side in `text` gain by being found so, inflected or not.

    Neighbours are two words that are not stop words, with the stop words between them: « 14 juillet », « âge de la
    retraite ». A single word is shown with the stop words around it (« Le Pen ») and gains nothing: a small word beside
    one is no news. Two words that are one as well (« week end ») gain as one. All other words gain where many of them
    stand close together.
    """
    apart = [*groups]
    telling = [at for at, group in enumerate(groups) if not _is_stop(group)]
    single = len(telling) == 1
    if len(telling) < 2:
        telling = sorted({0, len(groups) - 1}) if single else []
    for first, last in pairwise(telling):
        tokens = [token for group in groups[first : last + 1] for token in group]
        typed = text[tokens[0].start : tokens[-1].end]
        lead = sum(1 for _ in takewhile(_is_elided, tokens[:-1]))
        forms = tuple(token.forms for token in tokens)
        yield Favoured(Phrase(typed, forms, Form.STEM, field, lead), gain=not single)
        if one := unite(forms):
            yield Favoured(Word(typed, one, Form.STEM, field))
            apart = [group for group in apart if group not in groups[first : last + 1]]
    words = {forms.stem: forms for group in apart for forms in map(_forms, group) if not is_stop_word(forms)}
    if len(apart) > 1 and len(words) > 1 and field is None:
        yield Favoured(Together(text[apart[0][0].start : apart[-1][-1].end], tuple(words.values())))


def kin(part: Part) -> Iterator[Favoured]:
    """Yield what articles without a word gain by having one that begins alike; nothing for other parts."""
    match part:
        case Word(typed, forms, Form.STEM, None) if len(forms.stem) >= BEGINNING and forms.stem.isalpha():
            yield Favoured(Kin(typed, forms, forms.stem[:BEGINNING]))


def _forms(token: Token) -> Forms:
    return token.forms


def _is_elided(token: Token) -> bool:
    return token.forms.exact.endswith("'")


def _is_stop(group: Group) -> bool:
    return len(group) == 1 and is_stop_word(group[0].forms)
