"""Sentences: a bar stands where one ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.passages.sentences import split_sentences


def barred(text: str) -> str:
    """Return the sentences of a text with bars between them."""
    return "|".join(text[start:end] for start, end in split_sentences(text, 0, len(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Il pleut.|Les quais sont vides.",
        "Vraiment ?|Oui !|Bien sûr.",
        "Vraiment\u202f?!|Oui.",
        "Que faire ?|Œuvrer, sans doute.|Été comme hiver.",
        "Il hésite…|Puis il part.",
        "Il hésite… puis il part.",
        "Il hésite... puis il part.|Enfin.",
        "Attention ! cria-t-il.|Trop tard.",
        "Le port est fermé.|15 bateaux attendent.",
        "Sans point final",
        "",
    ],
)
def test_sentences_end_before_a_capital_or_a_figure(text: str) -> None:
    """A full stop, question or exclamation mark or ellipsis ends a sentence, unless it goes on in lower case."""
    assert text == barred(text.replace("|", " "))


@pytest.mark.parametrize(
    "text",
    [
        "M. Rivoire et Mme. Lanvin sont là.|Mlle Brun aussi.",
        "MM. Rivoire et Lanvin.|Me Costa plaide.",
        "Le Dr. Moal et le Pr. Kerven.",
        "Mgr. Astier bénit Ste. Anne et St. Yves.",
        "Du bois, du fer, etc. Rien d’autre.",
        "Voir p. 12 et art. L. 213, cf. Annexe, fig. 3, vol. 2, no. 7.",
        "En l’an 52 av. J.-C. Alésia tombe.",
        "J.-P. Morvan est élu.|H. Le Guen le suit.",
        "La S.N.C.F. Réseau répond.",
        "Il a rendez-vous chez le dr.|Puis il rentre.",
    ],
)
def test_abbreviations_end_no_sentence(text: str) -> None:
    """Titles, initials and usual abbreviations keep their sentence whole."""
    assert text == barred(text.replace("|", " "))


@pytest.mark.parametrize(
    "text",
    [
        "« Nous partons. »|Il est sorti.",
        "«\u00a0Nous partons\u202f!\u00a0»|Elle aussi.",
        "« Viens ! » dit-elle.|Il vient.",
        "“Nous partons.”|Il sort.",
        'Oui.|"Non", dit-il.',
        "Oui.|« Non », dit-il.",
        "Fin.|— Oui, dit-il.|– Non.",
        "(Voir plus bas.)|Ensuite, rien.",
        "« (Voir plus bas.) »|Ensuite, rien.",
        "[…]|Puis il part.",
    ],
)
def test_quotes_and_brackets_stay_with_their_sentence(text: str) -> None:
    """What closes a quotation ends with its sentence, what opens one begins the next."""
    assert text == barred(text.replace("|", " "))


@pytest.mark.parametrize("number", ["3.5", "12,5", "25.01.2017", "1.000.000", "12\u202f000", "10.45", "2.0"])
def test_no_number_is_cut(number: str) -> None:
    """A decimal, a date, grouped thousands are inside one sentence."""
    text = f"Il en reste {number} Environ"

    assert text == barred(text)


@given(st.text(alphabet='aÀé .!?…»«"()’M12\n\u00a0\u202f-—', max_size=120), st.integers(0, 20), st.integers(0, 20))
def test_only_blanks_are_left_out(text: str, before: int, after: int) -> None:
    """Sentences come in order and hold every character of their stretch but the blanks between them."""
    start, end = min(before, len(text)), max(len(text) - after, min(before, len(text)))
    spans = split_sentences(text, start, end)
    limits = [start, *(limit for span in spans for limit in span), end]

    assert limits == sorted(limits)
    assert all(begin < finish for begin, finish in spans)
    assert "".join(text[start:end].split()) == "".join("".join(text[begin:finish] for begin, finish in spans).split())


@given(st.text(alphabet="aA .!?»1", max_size=60))
def test_a_sentence_is_not_cut_again(text: str) -> None:
    """Each sentence, taken alone, is one sentence."""
    for start, end in split_sentences(text, 0, len(text)):
        assert [(start, end)] == split_sentences(text, start, end)


@pytest.mark.parametrize("unit", ["A. ", ".", ". ", "»", ".» ", "M. ", "etc. ", ". —", "… "])
def test_hostile_runs_are_split_in_linear_work(unit: str) -> None:
    """A line of a hundred thousand dots or initials is split all the same (quadratic work would take hours)."""
    text = unit * 100_000

    assert split_sentences(text, 0, len(text))[-1][1] <= len(text)
