"""The laws of analysis, on texts that nobody would write."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import _tokens, analyse
from indexer.analysis.accents import fold_accents
from indexer.analysis.elisions import LONE

FRENCH_LETTERS = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæABCÇÉÈÀŒÆÎÔ"
french = st.text(alphabet=FRENCH_LETTERS + "0123456789 '’-.,;!?«»\u00a0\u202f\n#", max_size=80)
anything = st.text(max_size=80)


def without_accents(text: str) -> str:
    """Return the text as typed on a keyboard without accents."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    for ligature, letters in {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"}.items():
        bare = bare.replace(ligature, letters)
    return bare


@given(anything)
def test_offsets_slice_the_original_text(text: str) -> None:
    """Tokens come in order, none is empty, all lie inside the text; none overlaps, or one is part of the other."""
    start = end = 0
    for token in analyse(text):
        assert start <= token.start < token.end <= len(text)
        assert token.start >= end or token.end <= end
        start, end = token.start, max(end, token.end)


@given(anything)
def test_a_term_has_no_space_and_is_never_empty(text: str) -> None:
    """Engines join terms by spaces, so no form of any token may hold one."""
    for token in analyse(text):
        assert all(len(form.split()) == 1 and form.split()[0] == form for form in token.forms)


@given(st.one_of(st.text(st.characters(categories=["L", "M", "N"]), max_size=9), st.text(FRENCH_LETTERS)))
def test_letters_alone_are_one_word_by_all_the_rules(word: str) -> None:
    """The short way for a single word gives what the whole chain does; so do its full stops."""
    for stops in ("", ".", "..."):
        assert analyse(word + stops) == tuple(_tokens(word + stops))


TIED = ("l", "d", "qu", "Aujourd", "hui", "O", "janv", "week", "end", "porte", "monnaie", "avait", "t", "il", "Sept")


@given(
    st.lists(st.tuples(st.one_of(st.sampled_from(TIED), st.text(FRENCH_LETTERS)), st.sampled_from("'’--"))),
    st.sampled_from(["", ".", "...", "-", "fin"]),
)
def test_words_tied_together_are_the_words_of_all_the_rules(words: list[tuple[str, str]], end: str) -> None:
    """The short way for words with apostrophes and hyphens between gives what the whole chain does."""
    text = "".join(word + sign for word, sign in words)

    assert analyse(text + end) == tuple(_tokens(text + end))
    assert analyse(text[:-1] + end) == tuple(_tokens(text[:-1] + end))


@given(
    st.lists(
        st.one_of(
            st.sampled_from([*sorted(LONE), "L", "hui", "O", "sept", "re", "²"]),
            st.text(st.characters(categories=["L", "M", "N"]), max_size=4),
            st.text(FRENCH_LETTERS),
        )
    )
)
def test_words_of_letters_are_the_words_of_all_the_rules(words: list[str]) -> None:
    """The short way for words with a blank between them gives what the whole chain does."""
    text = " ".join(words)

    assert analyse(text) == tuple(_tokens(text))


@given(anything)
def test_folding_twice_changes_nothing(text: str) -> None:
    """The folded form of a folded form is itself."""
    for token in analyse(text):
        assert token.forms.folded == fold_accents(token.forms.folded)


@given(french)
def test_a_text_typed_without_accents_gives_the_same_terms(text: str) -> None:
    """Accents change nothing to the folded forms, the stems and the positions."""
    typed = analyse(without_accents(text))

    assert [(token.forms[1:], token.position) for token in analyse(text)] == [
        (token.forms[1:], token.position) for token in typed
    ]


@given(french)
def test_decomposed_text_gives_the_same_terms(text: str) -> None:
    """NFD and NFC are one text to the reader."""
    decomposed = unicodedata.normalize("NFD", text)

    assert [token.forms for token in analyse(text)] == [token.forms for token in analyse(decomposed)]


@given(french)
def test_tokens_of_decomposed_text_slice_it(text: str) -> None:
    """On NFD text the offsets are those of the NFD text."""
    decomposed = unicodedata.normalize("NFD", text)

    for token, composed in zip(analyse(decomposed), analyse(text), strict=True):
        seen = decomposed[token.start : token.end]
        assert unicodedata.normalize("NFC", seen) == text[composed.start : composed.end]


@given(st.text(alphabet=FRENCH_LETTERS, min_size=1, max_size=20))
def test_capitals_give_the_same_folded_forms(word: str) -> None:
    """ETAT, ÉTAT and état are one folded form."""
    assert [token.forms.folded for token in analyse(word)] == [token.forms.folded for token in analyse(word.upper())]
