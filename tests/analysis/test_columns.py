"""Analysis in columns: many documents at once, and exactly the tokens of the chain."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import Token, analyse
from indexer.analysis.analysed import AnalysedDocuments
from indexer.analysis.columns import Memory
from indexer.document import FIELDS, Document

typed = st.text(alphabet="abldqué' ’-.,;:!?…()[]«»“”\"—–12 0\u00a0\u202f\n\t#@éœe\u0301\u00ad", max_size=50)
PIECES = (
    "sept.|2012|gouver-|nement|chon|O.N.U.|S.|06 12|34|56|78|+33|janv.|l|qu'|avion|(|)|[|]|12|000|,5|1.5|https://a.fr/b|,"
    "|a@b.fr|#JeSuis|C++|€|—|–|«|»|!|?|.|-|.fr|'|’|/|\u00ad|\u200b|e\u0301|\u0301|\u2010|\u00ac|20/01/2012|week-|end|\ud800|😀"
)
"""What the rules of the chain look at, where they look across a blank, and what stands around it."""

blanks = st.sampled_from([" ", " ", "", "\n", "\n\n", "\u00a0", "\u202f", "  ", "\t", "\r\n", " \n", "\n\n\n"])
pieced = st.lists(st.tuples(st.sampled_from(PIECES.split("|")), blanks), max_size=12).map(
    lambda pieces: "".join(piece + blank for piece, blank in pieces)
)
texts = st.lists(st.one_of(typed, pieced, st.text(max_size=40)), max_size=4)

MEMORY = Memory()
"""One memory for all: what it remembers of one text must be right in the next."""


def tokens(analysed: AnalysedDocuments) -> list[dict[str, tuple[Token, ...]]]:
    """Return the tokens of each document, field by field."""
    return [
        {name: tuple(analysed.tokens(number, name)) for name in FIELDS} for number in range(len(analysed.documents))
    ]


@given(texts)
@settings(max_examples=600, deadline=None)
def test_the_tokens_are_those_of_the_chain(texts: list[str]) -> None:
    """Cutting texts into chunks, and remembering these, changes no token."""
    documents = [Document(str(number), text[::-1], text, text[:9]) for number, text in enumerate(texts)]
    analysed = MEMORY.analyse_documents(documents)

    assert tokens(analysed) == [{name: analyse(getattr(d, name)) for name in FIELDS} for d in documents]


@given(texts)
@settings(deadline=None)
def test_lengths_hold_all_positions(texts: list[str]) -> None:
    """A field takes at least one position more than its last token has."""
    analysed = MEMORY.analyse_documents([Document(str(number), "", text) for number, text in enumerate(texts)])

    for number, text in enumerate(texts):
        last = max((token.position for token in analyse(text)), default=-1)
        assert analysed.fields["text"].lengths[number] > last


@pytest.mark.parametrize(
    "text",
    [
        *("l avion", "le conseil d etat", "12 000 euros", "12 000", "1 234,5", "(12 000)", "l' avion", "jusqu où"),
        *("a\n\nb", "le 3 sept. 2012", "le gouver-\nnement", "06 12 34 56 78", "+33 6 12 34 56 78", "S. N. C. F."),
        *("mot\n\u200b\nmot", "12 \u200b000", "(« l » avion)", "?!?!?! ?!?!?!", "a-.fr 12", "un\u00admot l a"),
    ],
)
def test_rules_that_look_across_a_blank(text: str) -> None:
    """No cut falls where a rule of the chain looks further."""
    analysed = Memory().analyse_documents([Document("a", "", text)])

    assert tuple(analysed.tokens(0, "text")) == analyse(text)


def test_chunks_with_one_place_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the table of chunks has few places, the others are found all the same."""
    monkeypatch.setattr("indexer.analysis.chunk_table._PLACE_BITS", 2)
    memory = Memory()
    words = [f"mot{number} {'x' * number} œuvre{number} œ😀{number}" for number in range(40)]
    documents = [Document(str(number), "", text) for number, text in enumerate(words)]

    for _ in range(2):
        analysed = memory.analyse_documents(documents)
        assert [tuple(analysed.tokens(number, "text")) for number in range(40)] == list(map(analyse, words))


def test_a_memory_that_is_full_starts_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forgetting changes nothing to what comes next."""
    monkeypatch.setattr("indexer.analysis.columns._FORGET", 2)
    memory = Memory()
    documents = [Document("a", "un titre", "des mots"), Document("b", "autre", "mots des")]

    assert tokens(memory.analyse_documents(documents)) == tokens(memory.analyse_documents(documents))
