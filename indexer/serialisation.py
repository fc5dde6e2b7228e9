"""Answers and explanations as plain JSON data: one shape for the `--json` of the commands and the page's API."""

from __future__ import annotations

from typing import Any

from indexer.answer import Answer, Result
from indexer.explanation import Contribution, Explanation
from indexer.messages import LANGUAGES


def answer_as_json(answer: Answer, language: str = LANGUAGES[0]) -> dict[str, Any]:
    """Return `answer` as a dictionary that `json.dumps` takes; remarks are told in `language`.

    Dates are ISO days or null; `marks` are pairs of code point offsets in the text of their passage.
    """
    return {
        "query": answer.query,
        "understood": answer.understood,
        "total": answer.total,
        "whole": answer.whole,
        "complete": answer.complete,
        "required": answer.required,
        "remarks": [remark.tell(language) for remark in answer.remarks],
        "suggestions": [
            {
                "query": suggestion.query,
                "spellings": [list(pair) for pair in suggestion.spellings],
                "total": suggestion.total,
            }
            for suggestion in answer.suggestions
        ],
        "repaired": answer.repaired,
        "offset": answer.offset,
        "limit": answer.limit,
        "sort": str(answer.sort),
        "facets": {
            facet: [{"value": value.value, "count": value.count} for value in values]
            for facet, values in answer.facets.items()
        },
        "results": [_result(result) for result in answer.results],
    }


def explanation_as_json(explanation: Explanation, language: str = LANGUAGES[0]) -> dict[str, Any]:
    """Return `explanation` as a dictionary that `json.dumps` takes; remarks are told in `language`.

    The scores of `contributions` add up to `score`; each is the product of its `factors`.
    """
    return {
        "id": explanation.id,
        "title": explanation.title,
        "query": explanation.query,
        "understood": explanation.understood,
        "listed": explanation.listed,
        "kept": explanation.kept,
        "score": round(explanation.score, 6),
        "documents": explanation.documents,
        "missing": list(explanation.missing),
        "excluded": list(explanation.excluded),
        "left_out": list(explanation.left_out),
        "remarks": [remark.tell(language) for remark in explanation.remarks],
        "contributions": [_contribution(each) for each in explanation.contributions],
    }


def _contribution(contribution: Contribution) -> dict[str, Any]:
    return {
        "part": contribution.part,
        "kind": str(contribution.kind),
        "score": round(contribution.score, 6),
        "holders": contribution.holders,
        "factors": [{"reason": str(factor.reason), "value": round(factor.value, 6)} for factor in contribution.factors],
        "met": [{"form": met.form, "counts": dict(met.counts)} for met in contribution.met],
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "title": result.title,
        "source": result.source,
        "author": result.author,
        "date": result.date.isoformat() if result.date else None,
        "url": result.url,
        "score": round(result.score, 6),
        "missing": list(result.missing),
        "words": result.words,
        "occurrences": result.occurrences,
        "title_marks": [list(mark) for mark in result.title_marks],
        "opening": result.opening,
        "passages": [
            {"text": passage.text, "marks": [list(mark) for mark in passage.marks], "anchor": passage.anchor}
            for passage in result.passages
        ],
    }
