"""The rules of the chain, one table each: what meets what, and what stays apart."""

from __future__ import annotations

import pytest

from indexer.analysis import analyse


def words(text: str) -> list[str]:
    """Return what the reader saw of each word."""
    return [text[token.start : token.end] for token in analyse(text)]


def stems(text: str) -> list[str]:
    return [token.forms.stem for token in analyse(text)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("la munici-\npalité vote", ["la", "munici-\npalité", "vote"]),
        ("la munici-\r\n  palité vote", ["la", "munici-\r\n  palité", "vote"]),
        ("la munici- palité vote", ["la", "munici- palité", "vote"]),
        ("M. Bérégo-\nvoy", ["M", "Bérégo-\nvoy"]),
        ("l'ex-\nchanteur", ["l'", "ex", "chanteur"]),
        ("un sous-\npréfet", ["un", "sous", "préfet"]),
        ("de 1914-\n1918", ["de", "1914", "1918"]),
        ("trois- quatre", ["trois", "quatre"]),
        ("Jean-\nPaul", ["Jean", "Paul"]),
    ],
    ids=repr,
)
def test_a_word_cut_at_the_end_of_a_line_is_one(text: str, seen: list[str]) -> None:
    """The halves of a word meet; words that a hyphen ties stay two."""
    assert seen == words(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("un pique-nique", "un piquenique"),
        ("auto-école", "autoécole"),
        ("un micro-crédit", "un microcrédit"),
        ("anti-atomique", "antiatomique"),
    ],
)
def test_a_hyphen_that_spelling_leaves_free_changes_nothing(one: str, other: str) -> None:
    """What is a word with or without its hyphen is one word."""
    assert stems(one) == stems(other)


@pytest.mark.parametrize("text", ["porte-parole", "vice-doyen", "dit-on", "va-t-en", "là-bas", "Aix-en-Provence"])
def test_other_hyphens_part_words(text: str) -> None:
    """The parts of a compound are words of their own."""
    assert text.split("-") == words(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("le 5/03/1998", "le 5 mars 1998"),
        ("le 05.03.1998", "le 5 mars 1998"),
        ("1998-03-05", "1998 mars 5"),
        ("3 févr. 1871", "3 février 1871"),
        ("en sept. 1871", "en septembre 1871"),
        ("la C.G.T.", "la CGT"),
        ("l'U.R.S.S. et", "l'URSS et"),
        ("3.500 francs", "3 500 francs"),
        ("3.500 francs", "3500 francs"),
        ("2.7", "2,7"),
        ("01 45 67 89 10", "01.45.67.89.10"),
        ("+33 1 45 67 89 10", "0145678910"),
        ("15€", "15 euros"),
        ("15 $", "15 dollars"),
        ("Dupont & fils", "Dupont et fils"),
        ("la 3ème", "la 3e"),
        ("la 2nde", "la 2e"),
        ("le XIXe", "le 19e"),
        ("le XIXᵉ", "le XIXème"),
        ("Mlle Duval", "mademoiselle Duval"),
        ("St-Malo", "Saint-Malo"),
        ("bd Pasteur", "boulevard Pasteur"),
        ("10⁶", "106"),
        ("H₂O", "H2O"),
    ],
)
def test_two_ways_to_write_one_thing(one: str, other: str) -> None:
    """Figures, dates, acronyms, ordinals, signs and abbreviations meet what they stand for."""
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("le 40/13/2012", ["le", "40", "13", "2012"]),
        ("12 345 678 francs", ["12 345 678", "francs"]),
        ("de 1 à 3.", ["de", "1", "à", "3"]),
        ("Ils sont sept. Oui.", ["Ils", "sont", "sept", "Oui"]),
        ("la C.G.T. dit", ["la", "C.G.T.", "dit"]),
        ("écrire à a.roy@mairie.fr", ["écrire", "à", "a.roy@mairie.fr", "a", "roy", "mairie.fr", "mairie", "fr"]),
        ("https://www.mairie.fr/budget-2020", ["mairie.fr", "mairie", "fr", "budget", "2020"]),
        ("voir mairie.fr.", ["voir", "mairie.fr", "mairie", "fr"]),
        ("fin.Début", ["fin", "Début"]),
        ("#LaCommune", ["#LaCommune", "LaCommune", "La", "Commune"]),
        ("@mairie", ["@mairie", "mairie"]),
        ("en C++ ou C#", ["en", "C++", "ou", "C#"]),
        ("45 %", ["45", "%"]),
    ],
    ids=repr,
)
def test_words_with_figures_and_signs(text: str, seen: list[str]) -> None:
    """Each is the word a reader sees; an address or a tag is followed by its parts."""
    assert seen == words(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bateaux", "bateau"),
        ("journaux", "journal"),
        ("coraux", "corail"),
        ("yeux", "œil"),
        ("bonshommes", "bonhomme"),
        ("minima", "minimum"),
        ("nouvelle", "nouveau"),
        ("rousse", "roux"),
        ("lectrice", "lecteur"),
        ("perdues", "perdre"),
        ("nageons", "nager"),
        ("plaçait", "placer"),
        ("jetterions", "jeter"),
        ("cueilli", "cueillir"),
        ("téléférique", "téléphérique"),
        ("corole", "corolle"),
        ("abîme", "abyme"),
        ("interpelé", "interpeller"),
        ("zadistes", "zadiste"),
        ("Bérégovoys", "Bérégovoy"),
    ],
)
def test_inflections_and_spellings_share_a_stem(one: str, other: str) -> None:
    """Plurals, feminines, conjugation, and the spellings of before and after 1990."""
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lyon", "lion"),
        ("Paul", "Paule"),
        ("Jean", "Jeanne"),
        ("Lens", "lent"),
        ("médecin", "médecine"),
        ("pore", "porc"),
        ("chaîne", "chêne"),
        ("mineur", "minerai"),
        ("général", "généralité"),
        ("sons", "son"),
        ("fils", "fil"),
        ("vie", "VI"),
    ],
)
def test_words_that_look_alike_stay_apart(one: str, other: str) -> None:
    """Names are no common words, families of words are not inflections."""
    assert stems(one) != stems(other)


@pytest.mark.parametrize(
    ("text", "exact"), [("Rose", "Rose"), ("ROSE", "rose"), ("rose", "rose"), ("Dupont", "dupont"), ("Le", "le")]
)
def test_a_name_that_is_a_common_word_keeps_its_capital(text: str, exact: str) -> None:
    """Its exact form tells Rose from a rose; the folded form, which finds, does not."""
    (token,) = analyse(text)

    assert (exact, text.lower()) == (token.forms.exact, token.forms.folded)


@pytest.mark.parametrize(
    ("one", "other"), [("#ŒuvreComplète", "#OEuvreComplete"), ("#Œb", "#OEb"), ("@ÆtherBleu", "@AEtherBleu")]
)
def test_a_tag_with_a_ligature_has_the_words_of_one_with_two_letters(one: str, other: str) -> None:
    """Both letters of a ligature are one capital, where the words of a tag are told apart."""
    assert stems(one) == stems(other)
