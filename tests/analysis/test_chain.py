"""The whole chain on French examples: what each word becomes, in its three forms."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from indexer.analysis import analyse, forms_of


def words(text: str) -> list[str]:
    """Return what the reader saw of each word."""
    return [text[token.start : token.end] for token in analyse(text)]


def folded(text: str) -> list[str]:
    return [token.forms.folded for token in analyse(text)]


def stems(text: str) -> list[str]:
    return [token.forms.stem for token in analyse(text)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("L’École d’aujourd’hui", ["L’", "École", "d’", "aujourd’hui"]),
        ("lorsqu’Emmanuel arrive", ["lorsqu’", "Emmanuel", "arrive"]),
        ("Jusqu'où ira-t-on ?", ["Jusqu'", "où", "ira", "t", "on"]),
        ("la presqu’île et quelqu'un", ["la", "presqu’île", "et", "quelqu'un"]),
        ("qu’elle ne l’ouvre", ["qu’", "elle", "ne", "l’", "ouvre"]),
        ("Lʼavion, l´avion, l‘avion", ["Lʼ", "avion", "l´", "avion", "l‘", "avion"]),
        ("l avion et le conseil d etat", ["l", "avion", "et", "le", "conseil", "d", "etat"]),
        ("12\u202f000 manifestants", ["12\u202f000", "manifestants"]),
        ("1,5 million, la version 2.0.", ["1,5", "million", "la", "version", "2.0"]),
        (
            "le #5thRaid de @Le_Figaro",
            ["le", "#5thRaid", "5thRaid", "5th", "Raid", "de", "@Le_Figaro", "Le_Figaro", "Le", "Figaro"],
        ),
        ("« Attention\u202f! »\u00a0Danger\u202f;", ["Attention", "Danger"]),
        ("arc-en-ciel", ["arc", "en", "ciel"]),
        ("consti\u00adtution consti\u200btution", ["consti\u00adtution", "consti\u200btution"]),
        ("e\u0301te\u0301 a\u0300 Noe\u0308l", ["e\u0301te\u0301", "a\u0300", "Noe\u0308l"]),
        ("un 'mot' cité", ["un", "mot", "cité"]),
        ("_souligné_", ["souligné"]),
        ("😀 … — !", []),
        ("", []),
    ],
    ids=str,
)
def test_words_are_exactly_what_the_reader_saw(text: str, seen: list[str]) -> None:
    """Each token is the original characters of one word; an elided article is a word of its own."""
    assert seen == words(text)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Cœur ŒUVRES curriculum vitæ", ["coeur", "oeuvres", "curriculum", "vitae"]),
        ("L’ÉTAT, l'etat", ["l'", "etat", "l'", "etat"]),
        ("aujourd’hui aujourdhui", ["aujourdhui", "aujourdhui"]),
        ("Citroën L’Haÿ-les-Roses", ["citroen", "l'", "hay", "les", "roses"]),
        ("12 000", ["12000"]),
        ("1ᵉʳ Mᵐᵉ m² CO₂", ["1er", "mme", "m2", "co2"]),
        ("aﬀaire", ["affaire"]),
        ("北京", ["beijing"]),
    ],
    ids=str,
)
def test_folded_form(text: str, terms: list[str]) -> None:
    """The folded form is what someone in a hurry types."""
    assert terms == folded(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("élections", "election"),
        ("manifestation", "manifestations"),
        ("arrestation", "l'arrestation".removeprefix("l'")),
        ("grèves", "greve"),
        ("retraites", "retraite"),
    ],
)
def test_inflections_share_a_stem(one: str, other: str) -> None:
    """Two inflections of a word, with or without accents, have one stem."""
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cour", "cœur"),
        ("dune", "d’une"),
        ("quelle", "qu’elle"),
        ("Louvre", "l’ouvre"),
        ("légal", "l’égal"),
        ("te", "été"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    """Cutting elisions and folding never make another word."""
    assert not set(stems(one)) & set(stems(other))


@pytest.mark.parametrize("text", ["la vitamine C", "le RER D au départ", "le plan b"])
def test_letters_that_are_words_stay(text: str) -> None:
    """A lone capital, or a letter that no vowel follows, is no forgotten elision."""
    assert "'" not in "".join(folded(text))


def test_positions_count_words_and_skip_one_between_paragraphs() -> None:
    """Side by side means consecutive positions; a paragraph break leaves a gap."""
    positions = [token.position for token in analyse("un deux\n\ntrois")]

    assert positions == [0, 1, 3]


def test_a_term_has_a_bounded_length() -> None:
    """An endless run of letters keeps its place and the beginning of its term."""
    token = analyse("x" * 5000)[0]

    assert (token.end, len(token.forms.exact)) == (5000, 64)


def test_threads_do_not_mix_their_words() -> None:
    """Many threads analysing at once find the stems that one alone finds."""
    unheard = [f"{start}{middle}issements" for start in "bcdfglmnprst" for middle in ("ar", "on", "il", "ou", "et")]
    alone = {word: stems(word) for word in unheard}
    forms_of.cache_clear()

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(stems, unheard * 40))

    assert [alone[word] for word in unheard * 40] == together
