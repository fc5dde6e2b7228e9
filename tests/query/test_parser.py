"""What queries mean: typed text, how it was understood, and the remarks that say what was repaired."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.analysis import Form
from indexer.query import parse_query
from indexer.query.syntax import AllOf, AnyOf, Excluded, Phrase, Prefix, Published, Spellings, Word, wanted_leaves


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ('retraite greve "reforme des retraites"', 'retraite greve "reforme des retraites"'),
        ("les retraites et la grève", "retraites grève"),
        ("l'arrestation d’un homme", "arrestation homme"),
        ("l avion", "avion"),
        ("la le", "la le"),
        ("pomme SAUF iphone", "pomme SAUF iphone"),
        ("pomme NOT iphone", "pomme SAUF iphone"),
        ("pomme -iphone", "pomme SAUF iphone"),
        ("train ET grève", "train grève"),
        ("train AND grève", "train grève"),
        ("train OU avion", "train OU avion"),
        ("train OU avion grève", "train OU (avion grève)"),
        ("(train OU avion) ET grève", "(train OU avion) grève"),
        ("chat et chien", "chat chien"),
        ("sauf erreur ou omission", "sauf erreur omission"),
        ("« état d’urgence »", '"état d’urgence"'),
        ("“état d’urgence”", '"état d’urgence"'),
        ("megaup*", "megaup*"),
        ("l'élec*", "élec*"),
        ("titre:canicule auteur:giraud source:NLTO", "titre:canicule auteur:giraud source:NLTO"),
        ("Title:canicule author:giraud", "titre:canicule auteur:giraud"),
        ("titre: canicule", "titre:canicule"),
        ("titre:(chat OU chien)", "titre:chat OU titre:chien"),
        ("date:2016 kim", "date:2016 kim"),
        ("2016..2017", "2016..2017"),
        ("2016..2016", "date:2016"),
        ("2016-07..2017-01", "2016-07..2017-01"),
        ("2017-01..2016-07", "2016-07..2017-01"),
        ("2016-07-08..", "2016-07-08.."),
        ("..2017", "..2017"),
        ("grève +trains", "grève trains"),
        ("un tiret - seul", "tiret seul"),
        ("grève grève", "grève"),
        ("-grève", "SAUF grève"),
        ("NOT NOT grève", "grève"),
        ("12\u202f000 euros", "12\u202f000 euros"),
        ("http://exemple.fr mot:autre", "exemple.fr mot:autre"),
        ("un pique nique", "pique nique"),
        ("pique-nique", "pique-nique"),
        ('"un pique nique"', '"un pique nique"'),
        ("titre:pique-nique", "titre:pique-nique"),
        ("#LaCommune a.roy@mairie.fr", "#LaCommune a.roy@mairie.fr"),
    ],
)
def test_what_was_understood(typed: str, understood: str) -> None:
    """A sound query is understood as a French documentalist means it, without a remark."""
    query = parse_query(typed)

    assert (understood, ()) == (query.understood, query.remarks)


@pytest.mark.parametrize(
    ("typed", "understood", "remark"),
    [
        ('grève "reforme des', "grève reforme", "Un guillemet n’est pas fermé"),
        ("(train OU avion", "train OU avion", "Une parenthèse n’est pas fermée"),
        ("train) avion", "train avion", "Une parenthèse fermante est de trop"),
        ("ET grève", "grève", "L’opérateur ET n’a rien à relier"),
        ("grève OU", "grève", "L’opérateur OU n’a rien à relier"),
        ("grève SAUF", "grève", "L’opérateur SAUF n’a rien à relier"),
        ("a* grève", "grève", "«\u00a0a*\u00a0» correspond à trop de mots"),
        ("date:hier grève", "grève", "«\u00a0hier\u00a0» n’est pas une date"),
        ('grève date:"', "grève", "n’est pas une date"),
        ("date:2016-02-30 grève", "grève", "n’est pas une date"),
        ("😀", "", "Il n’y a rien à chercher ici"),
        ("(" * 200 + "chat", "chat", "imbriquées trop profondément"),
        ("mot " * 300, "mot", "La recherche est trop longue"),
        (" ".join(f"mot{n}" for n in range(99)), " ".join(f"mot{n}" for n in range(32)), "trop de mots"),
    ],
)
def test_what_was_repaired(typed: str, understood: str, remark: str) -> None:
    """Broken syntax is repaired, and a remark in French says how."""
    query = parse_query(typed)

    assert understood == query.understood
    assert any(remark in str(said) for said in query.remarks)


def test_an_empty_query_has_no_remark() -> None:
    """Nothing typed is nothing to remark on."""
    query = parse_query("  ")

    assert (query.tree, query.understood, query.remarks) == (None, "", ())


def test_words_side_by_side_are_all_required() -> None:
    """Juxtaposition means ET."""
    tree = parse_query("grève train").tree

    assert isinstance(tree, AllOf)
    assert [part.typed for part in tree.parts if isinstance(part, Word)] == ["grève", "train"]


def test_a_quoted_phrase_is_looked_for_without_inflection() -> None:
    """Quotes ask for these words; accents stay indifferent, stop words count."""
    tree = parse_query('"retour d\'un service"').tree

    assert isinstance(tree, Phrase)
    assert tree.form == Form.FOLDED
    assert [word.folded for word in tree.words] == ["retour", "d'", "un", "service"]


def test_a_compound_is_a_phrase_that_inflects() -> None:
    """porte-monnaie is its words side by side, whatever their endings."""
    tree = parse_query("chefs-d’œuvre").tree

    assert isinstance(tree, Phrase)
    assert tree.form == Form.STEM


def test_names_and_hashtags_are_not_inflected() -> None:
    """An author, a source, a hashtag is looked for as written, accents aside."""
    tree = parse_query("auteur:vasseurs #grèves").tree

    assert isinstance(tree, AllOf)
    assert [part.form for part in tree.parts if isinstance(part, Word)] == [Form.FOLDED, Form.FOLDED]


def test_a_prefix_needs_three_letters() -> None:
    """mot* is a prefix, folded."""
    assert Prefix("Évén", "even") == parse_query("Évén*").tree


def test_exclusions_combine() -> None:
    """A minus binds what follows, a group included."""
    tree = parse_query("chat -(chien OU loup)").tree

    assert isinstance(tree, AllOf)
    assert isinstance(tree.parts[1], Excluded)
    assert isinstance(tree.parts[1].part, AnyOf)


def test_a_period_includes_both_its_ends() -> None:
    """2016-07..2017-01 runs from the first of July to the last of January."""
    assert Published(dt.date(2016, 7, 1), dt.date(2017, 1, 31)) == parse_query("2016-07..2017-01").tree


@pytest.mark.parametrize("typed", ["pique nique", "pique-nique", "piquenique"])
def test_a_compound_is_looked_for_however_it_is_written(typed: str) -> None:
    """In one word, with a hyphen or in two: what was typed is one part with all its spellings."""
    tree = parse_query(typed).tree

    assert isinstance(tree, Spellings)
    assert "piquenique" in {leaf.forms.folded for leaf in wanted_leaves(tree) if isinstance(leaf, Word)}
    assert len(tree.parts) == 2


def test_a_tag_is_looked_for_whole() -> None:
    """The words inside a hashtag help those who type them; who types the hashtag wants the hashtag."""
    tree = parse_query("#LaCommune").tree

    assert isinstance(tree, Word)
    assert tree.forms.folded == "#lacommune"
