"""Cases: what a file of cases may say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.errors import UnreadableMaterial
from indexer.evaluation.cases import Case, read_cases

LOAF = {"id": "PAIN-1", "query": "four", "text": "Le four est chaud.", "expect": "match"}


def write(file: Path, *cases: object) -> Path:
    """Write cases, an object a line."""
    file.write_text("\n".join(json.dumps(case, ensure_ascii=False) for case in cases), "utf-8")
    return file


def test_a_case_has_what_its_line_says(tmp_path: Path) -> None:
    """Every key of the format is read; keys for people are left."""
    whole = {**LOAF, "expect": "rank-above", "other": "Froid.", "highlight": ["four"], "mode": "prefix"}
    whole |= {"suggest": ["four"], "debatable": True, "phrase_like": True, "why": "bread", "syntax": "strict"}

    (case,) = read_cases(write(tmp_path / "cas.jsonl", whole))

    assert case == Case(
        id="PAIN-1",
        query="four",
        text="Le four est chaud.",
        expect="rank-above",
        highlight=("four",),
        other="Froid.",
        mode="prefix",
        suggest=("four",),
        debatable=True,
        phrase_like=True,
    )


def test_the_category_is_the_beginning_of_the_id(tmp_path: Path) -> None:
    """What stands before the first hyphen tells what a case is about."""
    assert [case.category for case in read_cases(write(tmp_path / "cas.jsonl", LOAF))] == ["PAIN"]


def test_blank_lines_are_no_cases(tmp_path: Path) -> None:
    """A blank line between two cases is nothing."""
    (tmp_path / "cas.jsonl").write_text(f"\n{json.dumps(LOAF)}\n\n", "utf-8")

    assert len(list(read_cases(tmp_path / "cas.jsonl"))) == 1


FLAWS = [
    ({**LOAF, "expect": "found"}, "La clé « expect » ne peut valoir que : match, no-match, rank-above."),
    ({**LOAF, "mode": "guess"}, "La clé « mode » ne peut valoir que : search, prefix, suggest."),
    ({**LOAF, "expect": "rank-above"}, "La clé « other » manque."),
    ({**LOAF, "query": 12}, "La clé « query » n’est pas un texte."),
    ({**LOAF, "highlight": "four"}, "La clé « highlight » n’est pas une liste de textes."),
    ({"id": "PAIN-1"}, "La clé « query » manque."),
    (["PAIN-1"], "La ligne n’est pas un objet JSON."),
]


@pytest.mark.parametrize(("line", "told"), FLAWS, ids=[told for _, told in FLAWS])
def test_a_line_that_is_no_case_is_told(tmp_path: Path, line: object, told: str) -> None:
    """The error names the file, the line and what is wrong."""
    file = write(tmp_path / "cas.jsonl", LOAF, line)

    with pytest.raises(UnreadableMaterial) as refused:
        list(read_cases(file))

    plain = refused.value.message.tell().replace("\u00a0", " ")
    assert plain == f"{file}, ligne 2 : {told}"


@pytest.mark.parametrize("content", [b"{", b"caf\xe9"], ids=["no JSON", "no UTF-8"])
def test_bytes_that_are_no_json_are_told(tmp_path: Path, content: bytes) -> None:
    """What is not JSON, or not UTF-8, is refused."""
    (tmp_path / "cas.jsonl").write_bytes(content)

    with pytest.raises(UnreadableMaterial):
        list(read_cases(tmp_path / "cas.jsonl"))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A missing file is an error of ours."""
    with pytest.raises(UnreadableMaterial):
        list(read_cases(tmp_path / "cas.jsonl"))
