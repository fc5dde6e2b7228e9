"""From the tree of a query to Whoosh's query objects."""

from __future__ import annotations

from whoosh import query as whoosh

from indexer.analysis import Form, Forms
from indexer.engines.weights import FIELD_WEIGHT, FORM_WEIGHT, PHRASE_WEIGHT, forms_to_score
from indexer.engines.whoosh_engine.schema import day_number, facet_term
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Everything,
    Excluded,
    Has,
    MostOf,
    Part,
    Phrase,
    Prefix,
    Published,
    Word,
    fields_of,
)

_NOTHING = 1e-12
"""The score of what only filters: Whoosh 2.7.4 takes a plain 0 for « none given » and makes it 1."""


def whoosh_query(part: Part) -> whoosh.Query:
    """Return the Whoosh query that matches what `part` matches, with its scores."""
    match part:
        case Word():
            return whoosh.Or([term for name in fields_of(part) for term in _word_terms(part, name)])
        case Phrase(_, words, form):
            return whoosh.Or([_phrase(words, form, name) for name in fields_of(part)])
        case Prefix(_, folded):
            return whoosh.Or(
                [whoosh.Prefix(_field(name, Form.FOLDED), folded, boost=FIELD_WEIGHT[name]) for name in fields_of(part)]
            )
        case Everything():
            return _unscored(whoosh.Every())
        case Published(first, last):
            bounds = (day_number(first) or 1, day_number(last) or None)
            return _unscored(whoosh.NumericRange("day", *bounds))
        case Has(facet, value):
            return _unscored(whoosh.Term(f"facet_{facet}", facet_term(value)))
        case AllOf(parts):
            return _all(parts)
        case AnyOf(parts) | MostOf(parts):
            return whoosh.Or([whoosh_query(inner) for inner in parts])
        case Excluded():
            return _all((Everything(), part))


def _all(parts: tuple[Part, ...]) -> whoosh.Query:
    """Return the query for parts that must all match. Whoosh 2.7.4's AndNot errs; And with Not is right."""
    wanted = [whoosh_query(inner) for inner in parts if not isinstance(inner, Excluded)]
    excluded = [whoosh.Not(whoosh_query(inner.part)) for inner in parts if isinstance(inner, Excluded)]
    return whoosh.And([*(wanted or [whoosh_query(Everything())]), *excluded])


def _word_terms(word: Word, name: str) -> list[whoosh.Query]:
    """Return the terms of one field that a word matches: the one it is looked for in and those that only score."""
    return [
        whoosh.Term(_field(name, form), _term(word.forms, form), boost=FIELD_WEIGHT[name] * FORM_WEIGHT[form])
        for form in forms_to_score(word)
    ]


def _phrase(words: tuple[Forms, ...], form: Form, name: str) -> whoosh.Query:
    terms = [_term(word, form) for word in words]
    weight = FIELD_WEIGHT[name] * PHRASE_WEIGHT
    if len(terms) == 1:
        return whoosh.Term(_field(name, form), terms[0], boost=weight)
    return whoosh.Phrase(_field(name, form), terms, boost=weight)


def _unscored(query: whoosh.Query) -> whoosh.Query:
    return whoosh.ConstantScoreQuery(query, _NOTHING)


def _field(name: str, form: Form) -> str:
    return f"{name}_{form}"


def _term(forms: Forms, form: Form) -> str:
    return str(getattr(forms, form))
