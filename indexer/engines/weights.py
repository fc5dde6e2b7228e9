"""Weights: how much a word counts by where it stands and in which form it is met. Shared by all engines."""

from __future__ import annotations

from indexer.analysis import Form
from indexer.query.syntax import Word

FIELD_WEIGHT = {"title": 3.0, "text": 1.0, "author": 1.0, "source": 1.0}
"""A word of the title says more about an article than one of its text."""

FORM_WEIGHT = {Form.EXACT: 0.5, Form.FOLDED: 0.5, Form.STEM: 1.0}
"""The stem finds; the same inflection, and the same accents, rank higher."""

PHRASE_WEIGHT = 2.0
"""A phrase is rarer than its words; it counts as two."""


def forms_to_score(word: Word) -> tuple[Form, ...]:
    """Return the forms in which `word` earns a score: the form it is looked for in, then the stricter ones.

    Accents count only when they were typed: « pêche » puts pêche before péché, « peche » treats them alike.
    """
    forms = tuple(Form)
    stricter = forms[: forms.index(word.form)]
    return (word.form, *(form for form in stricter if form is not Form.EXACT or word.forms.accented))
