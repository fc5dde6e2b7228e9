"""The laws of passages, over invented paragraphs, and a few cases in full."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Token, analyse
from indexer.answer import PASSAGES, Passage
from indexer.engines import Place
from indexer.engines.places import find_places
from indexer.passages import Mark, mark_places, opening, select_passages
from indexer.passages.selection import LONGEST, SHORTEST
from indexer.passages.sentences import split_sentences
from indexer.query import parse_query
from indexer.query.syntax import Leaf, fields_of, wanted_leaves

QUERY = 'quai "marée basse" filet'
LEAVES = tuple(wanted_leaves(parse_query(QUERY).tree))  # type: ignore[arg-type]

WORDS = ["quai", "Quais", "marée", "basse", "marées", "filets", "le", "la", "l’amarre", "d’un", "très", "vagabonde"]
FILL = ["le", "vent", "souffle", "sur", "une", "barque", "12", "anticonstitutionnellement", "M.", "l’aube", "etc."]
word = st.one_of(st.sampled_from(FILL), st.sampled_from(FILL), st.sampled_from(FILL), st.sampled_from(WORDS))
sentence = st.tuples(st.lists(word, min_size=1, max_size=70), st.sampled_from([".", " !", "…", ".\u00a0»", ""])).map(
    lambda parts: " ".join(parts[0]).capitalize() + parts[1]
)
paragraph = st.lists(sentence, min_size=1, max_size=8).map(" ".join)
texts = st.lists(paragraph, min_size=1, max_size=6).map("\n\n".join)
long_words = st.tuples(st.lists(st.one_of(word, st.sampled_from(["x" * 100, "y" * 400])), min_size=1, max_size=60)).map(
    lambda parts: " ".join(parts[0])
)


def mark_tokens(tokens: Sequence[Token], leaves: Sequence[Leaf], field: str) -> list[Mark]:
    """Return the marks of `leaves` on the tokens of a field, as a search has them."""
    wanted = [(number, leaf) for number, leaf in enumerate(leaves) if field in fields_of(leaf)]
    return mark_places(Place(*span, number) for number, leaf in wanted for span in find_places(tokens, leaf))


def marks_of(text: str) -> list[Mark]:
    """Return the marks of QUERY."""
    return mark_tokens(analyse(text), LEAVES, "text")


def place(text: str, passage: Passage) -> tuple[int, int]:
    """Return where in the text a passage stands, by its first mark."""
    start = marks_of(text)[passage.first_mark - 1].start - passage.marks[0][0]
    return start, start + len(passage.text)


def paragraph_at(text: str, at: int) -> tuple[int, int]:
    """Return the span of the paragraph around an offset."""
    end = text.find("\n\n", at)
    start = text.rfind("\n\n", 0, at)
    return (0 if start < 0 else start + 2), (len(text) if end < 0 else end)


@given(st.one_of(texts, long_words))
def test_marks_are_always_shown(text: str) -> None:
    """There are passages exactly when there are marks, and each shows at least one."""
    passages = select_passages(text, marks_of(text))

    assert bool(marks_of(text)) == bool(passages)
    assert all(passage.marks for passage in passages)


@given(st.one_of(texts, long_words))
def test_a_passage_is_a_slice_of_the_article(text: str) -> None:
    """Its text is the article's, on one line, and it is in one paragraph."""
    for passage in select_passages(text, marks_of(text)):
        start, end = place(text, passage)

        assert passage.text == text[start:end].replace("\n", " ")
        assert paragraph_at(text, start) == paragraph_at(text, end - 1)
        assert passage.text == passage.text.strip()


@given(st.one_of(texts, long_words))
def test_the_marks_of_a_passage_are_those_of_the_article(text: str) -> None:
    """Every mark that lies whole in a passage is one of its marks, under its number in the article."""
    marks = marks_of(text)
    for passage in select_passages(text, marks):
        start, end = place(text, passage)
        inside = [(number, mark) for number, mark in enumerate(marks, 1) if start <= mark.start and mark.end <= end]

        assert [(mark.start - start, mark.end - start) for _, mark in inside] == list(passage.marks)
        assert passage.first_mark == inside[0][0]
        assert passage.anchor == f"m{passage.first_mark}"
        assert [number for number, _ in inside] == [piece.mark for piece in passage.pieces if piece.mark]
        assert passage.text == "".join(piece.text for piece in passage.pieces)


@given(st.one_of(texts, long_words))
def test_the_length_of_a_passage(text: str) -> None:
    """160 to 280 characters, unless the paragraph is shorter."""
    for passage in select_passages(text, marks_of(text)):
        first, last = paragraph_at(text, place(text, passage)[0])

        assert min(SHORTEST, last - first) <= len(passage.text) <= LONGEST


@given(texts)
def test_passages_are_of_different_paragraphs(text: str) -> None:
    """At most three, first each of another paragraph, as many as there are with marks; then what these do not show."""
    passages = select_passages(text, marks_of(text))
    marked = {paragraph_at(text, mark.start) for mark in marks_of(text)}
    first = passages[: len(marked)]

    assert len({paragraph_at(text, place(text, passage)[0]) for passage in first}) == min(PASSAGES, len(marked))
    for number, passage in enumerate(passages[len(marked) :], len(marked)):
        assert not shown_in(passage) <= set().union(*map(shown_in, passages[:number]))


@given(texts)
def test_every_part_is_shown(text: str) -> None:
    """All that is marked is shown somewhere, unless there are three passages already."""
    passages = select_passages(text, marks_of(text))
    parts = {leaf for mark in marks_of(text) for leaf in mark.leaves}

    assert len(passages) == PASSAGES or parts == set().union(*map(shown_in, passages))


@given(texts, st.integers(1, 10))
def test_fewer_passages_are_the_first_of_more(text: str, most: int) -> None:
    """How many are wanted changes neither which come first nor what they show."""
    assert select_passages(text, marks_of(text), most) == select_passages(text, marks_of(text), 10)[:most]


def test_two_ends_of_a_long_paragraph_are_both_shown() -> None:
    """What no other paragraph shows comes from the same one, without what is shown already."""
    text = f"Un quai. {'Le vent souffle. ' * 40}Un filet. {'Le vent souffle. ' * 40}"
    one, other = select_passages(text, marks_of(text))

    assert (one.text[:8], other.text[:9]) == ("Un quai.", "Un filet.")
    assert SHORTEST <= len(other.text) <= LONGEST


@given(st.one_of(texts, long_words))
def test_whole_sentences_unless_it_says_otherwise(text: str) -> None:
    """A passage starts where a sentence starts and ends where one ends, or says that it is cut, and at which side."""
    for passage in select_passages(text, marks_of(text)):
        start, end = place(text, passage)
        sentences = split_sentences(text, *paragraph_at(text, start))

        assert passage.cut_before == (start not in {begin for begin, _ in sentences})
        assert passage.cut_after == (end not in {finish for _, finish in sentences})


@given(texts)
def test_no_word_is_cut(text: str) -> None:
    """Where a sentence must be cut, it is at a blank."""
    for passage in select_passages(text, marks_of(text)):
        start, end = place(text, passage)

        assert start == 0 or text[start - 1].isspace()
        assert end == len(text) or text[end].isspace()


@given(texts)
def test_the_best_comes_first(text: str) -> None:
    """When whole sentences of a passage's length can show every part of the query that is there, the first does."""
    marks = marks_of(text)
    parts = {leaf for mark in marks for leaf in mark.leaves}
    passages = select_passages(text, marks)
    can = any(
        {leaf for mark in marks if start <= mark.start and mark.end <= end for leaf in mark.leaves} == parts
        for start, end in stretches(text)
    )

    assert not (can and parts) or shown_in(passages[0]) == parts


@given(texts)
def test_the_second_shows_what_the_first_leaves_out(text: str) -> None:
    """If the best of the other paragraphs' passages have parts that the first lacks, the second has some of them."""
    marks = marks_of(text)
    first, *others = [shown_in(passage) for passage in select_passages(text, marks)] or [set[int]()]
    alone = [select_passages(text, [mark for mark in marks if inside(text, mark, start)]) for start in starts(text)]

    assert not others or others[0] - first or all(shown_in(best) <= first for found in alone for best in found)


@given(paragraph)
def test_what_is_far_from_the_marks_changes_nothing(text: str) -> None:
    """However long its paragraph, the same words with the same words around give the same passages."""
    around = "Le vent souffle sur une barque. " * 20
    near = f"{around}{text} {around}"
    far = f"{around * 5}{near}{around * 5}"

    assert select_passages(near, marks_of(near)) == select_passages(far, marks_of(far))


@given(texts)
def test_selection_is_deterministic(text: str) -> None:
    """The same text and marks give the same passages."""
    assert select_passages(text, marks_of(text)) == select_passages(text, marks_of(text))


@given(st.one_of(texts, long_words, st.text(max_size=400)))
def test_an_opening_is_the_start_of_the_text(text: str) -> None:
    """It is of a passage's length at most, on one line, and says when it is cut."""
    shown = opening(text)
    whole = shown.removesuffix(" …")

    assert text.replace("\n", " ").startswith(whole)
    assert len(whole) <= LONGEST


def stretches(text: str) -> list[tuple[int, int]]:
    """Return the spans of all the runs of whole sentences that are short enough for a passage."""
    runs = []
    for start in starts(text):
        sentences = split_sentences(text, *paragraph_at(text, start))
        for number, (begin, _) in enumerate(sentences):
            runs += [(begin, end) for _, end in sentences[number:] if end - begin <= LONGEST]
    return runs


def starts(text: str) -> list[int]:
    """Return where the paragraphs start."""
    return [0, *(at + 2 for at in range(len(text)) if text.startswith("\n\n", at))]


def inside(text: str, mark: Mark, start: int) -> bool:
    """Tell whether a mark is in the paragraph that starts there."""
    return paragraph_at(text, mark.start)[0] == start


def shown_in(passage: Passage) -> set[int]:
    """Return the parts of the query that a passage shows."""
    return {leaf for mark in mark_tokens(analyse(passage.text), LEAVES, "text") for leaf in mark.leaves}


def test_a_short_paragraph_is_shown_whole() -> None:
    """Nothing is cut from a paragraph shorter than a passage."""
    text = "Le quai est vide. Rien ne bouge."

    assert (Passage(text, ((3, 7),), "m1"),) == select_passages(text, marks_of(text))


def test_a_paragraph_no_longer_than_a_passage_is_shown_whole() -> None:
    """A sentence that would do alone comes with its whole paragraph when that is no longer than a passage may be."""
    text = "Rien ne bouge. " + "Le quai est vide, " * 9 + "il pleut. Tout le monde est parti hier."

    assert SHORTEST < len(text) <= LONGEST
    assert [passage.text for passage in select_passages(text, marks_of(text))] == [text]


def test_neighbours_fill_a_short_sentence() -> None:
    """A short sentence comes with the next ones and, at the end of a paragraph, with those before."""
    text = " ".join(f"Phrase numéro {number} sans rien de bien utile." for number in range(10)) + " Un quai."
    (passage,) = select_passages(text, marks_of(text))

    assert passage.text.startswith("Phrase numéro")
    assert passage.text.endswith("Un quai.")
    assert (passage.cut_before, passage.cut_after) == (False, False)


def test_the_end_of_a_long_neighbour_fills_a_short_last_sentence() -> None:
    """After a sentence too long to be shown whole, the end of it comes with the last one."""
    text = f"Début {'de ci de là ' * 60}enfin. Un quai."
    (passage,) = select_passages(text, marks_of(text))

    assert passage.text.endswith("enfin. Un quai.")
    assert (passage.cut_before, passage.cut_after) == (True, False)


def test_a_long_sentence_is_cut_around_its_mark() -> None:
    """A little of what comes before the mark is shown, the rest is what follows."""
    text = f"Début {'de ci de là ' * 60}puis le quai {'encore et encore ' * 60}fin."
    (passage,) = select_passages(text, marks_of(text))

    assert (passage.cut_before, passage.cut_after) == (True, True)
    assert 0 < passage.marks[0][0] <= 60


def test_a_phrase_across_sentences_is_shown_whole() -> None:
    """The sentences that a phrase joins are shown together, even if they must be cut."""
    text = f"{'Le vent souffle ' * 14}sur la marée. Basse mer {'et le vent souffle ' * 14}."
    (passage,) = select_passages(text, marks_of(text))

    assert [piece.text for piece in passage.pieces if piece.mark] == ["marée. Basse"]


@pytest.mark.parametrize("gap", [1, 60, 150, 215, 240])
def test_two_words_apart_in_a_long_sentence_are_shown_together(gap: int) -> None:
    """If they are near enough for one passage, one passage shows both."""
    text = f"{'et puis ' * 60}le quai {'x' * (gap // 2)} {'y' * (gap // 2)} un filet {'et puis ' * 60}"
    (passage,) = select_passages(text, marks_of(text))

    assert len(passage.marks) == 2


def test_the_title_only_opening_is_cut_at_a_word() -> None:
    """A long first sentence is cut, and says so."""
    shown = opening("mot " * 200)

    assert shown.endswith("mot …")


@pytest.mark.parametrize("text", ["", " ", "Mot", "\n\nSuite"])
def test_the_opening_of_next_to_nothing(text: str) -> None:
    """An empty first paragraph opens on nothing, without raising."""
    assert opening(text) == text.partition("\n\n")[0]
