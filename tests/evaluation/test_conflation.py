"""Conflation: forms that meet their lemma, lemmas that meet, words that only accents tell apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import UnreadableMaterial
from indexer.evaluation.accents import Rivalry, read_groups, search_rivals
from indexer.evaluation.conflation import Entry, Meetings, Mergers, count_meetings, count_mergers, read_entries

# Lemmas that no analysis will ever find, and plurals that every analysis will.
ENTRIES = [
    Entry("meunier", "meunier", "NOUN", 9),
    Entry("meuniers", "meunier", "NOUN", 3),
    Entry("charrues", "bœuf", "NOUN", 8),
    Entry("tissait", "moudre", "VERB", 2),
    Entry("Meuniers", "meunier", "NOUN", 1),
]


def test_a_list_of_forms_is_read(tmp_path: Path) -> None:
    """Each line has a form, its lemma, a category and a count; a line of comment is passed over."""
    (tmp_path / "formes.tsv").write_text("# forme\tlemme\nmeuniers\tmeunier\tNOUN\t3\tplus\n", "utf-8")

    assert read_entries(tmp_path / "formes.tsv") == [Entry("meuniers", "meunier", "NOUN", 3)]


@pytest.mark.parametrize("line", ["meuniers\tmeunier\tNOUN", "meuniers\tmeunier\tNOUN\ttrois"])
def test_a_line_that_is_no_form_is_told(tmp_path: Path, line: str) -> None:
    """The error names the line."""
    (tmp_path / "formes.tsv").write_text(line, "utf-8")

    with pytest.raises(UnreadableMaterial, match="ligne 1"):
        read_entries(tmp_path / "formes.tsv")


def test_inflected_forms_meet_their_lemma_or_miss_it() -> None:
    """Forms that are their lemma do not count; the commonest of those that miss it are named first."""
    assert count_meetings(ENTRIES[1:4]) == [
        Meetings("NOUN", 2, (("charrues", "bœuf"),)),
        Meetings("VERB", 1, (("tissait", "moudre"),)),
        Meetings("", 3, (("charrues", "bœuf"), ("tissait", "moudre"))),
    ]


def test_a_form_is_counted_once() -> None:
    """The same form of the same lemma, met again, is no other form."""
    assert count_meetings([ENTRIES[1], ENTRIES[1], ENTRIES[0]])[-1] == Meetings("", 1, ())


LEMMAS = [
    Entry("moulin", "moulin", "NOUN", 9),
    Entry("moulins", "moulins", "NOUN", 8),
    Entry("mare", "mare", "NOUN", 7),
    Entry("puits", "puits", "NOUN", 6),
    Entry("sous", "sous", "ADP", 99),
]


def test_lemmas_that_meet_are_named() -> None:
    """All pairs of nouns, verbs and adjectives count; neighbours begin with the same four letters."""
    everyone, neighbours = count_mergers(LEMMAS)

    assert everyone == Mergers(6, (("moulin", "moulins"),))
    assert neighbours == Mergers(1, (("moulin", "moulins"),))


def test_lemmas_that_share_a_form_are_not_counted() -> None:
    """Two lemmas with one form, accents aside, must meet: that is nobody's fault."""
    shared = [*LEMMAS, Entry("Moûlins", "moulin", "ADJ", 1)]

    assert count_mergers(shared) == (Mergers(5, ()), Mergers(0, ()))


def test_only_frequent_lemmas_are_paired() -> None:
    """The commonest lemmas are those whose forms come most."""
    assert count_mergers(LEMMAS, frequent=2)[0].pairs == 1
    assert count_mergers([*LEMMAS, Entry("mares", "mare", "NOUN", 9)], frequent=2)[0].merged == ()


def test_a_list_of_groups_is_read(tmp_path: Path) -> None:
    """The words to tell apart are in the last column."""
    (tmp_path / "accents.tsv").write_text("peche\tpêche péché\nmûr mur\n", "utf-8")

    assert read_groups(tmp_path / "accents.tsv") == [["pêche", "péché"], ["mûr", "mur"]]


def test_the_word_typed_comes_first_or_not() -> None:
    """Both words are searched for; one without accents stands for both, and a draw is lost."""
    assert search_rivals([["mûr", "mur"]]) == [Rivalry("mûr", "mur", right=True), Rivalry("mur", "mûr", right=False)]


@pytest.mark.parametrize(("typed", "accented"), [("mûr", True), ("mur", False), ("bœuf", True)])
def test_words_typed_with_accents_are_told_from_others(typed: str, accented: bool) -> None:
    """Ligatures count among the accents."""
    assert Rivalry(typed, "mur", right=True).accented is accented
