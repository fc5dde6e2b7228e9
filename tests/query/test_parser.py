"""What queries mean: typed text, how it was understood, and the remarks that say what was repaired."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.analysis import Form
from indexer.query import loosened, parse_query
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Everything,
    Excluded,
    Like,
    Near,
    Part,
    Pattern,
    Phrase,
    Prefix,
    Published,
    Spellings,
    Word,
    operands_of,
    shown_leaves,
    wanted_leaves,
    without_favours,
)


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
        ("NOT NOT grève", "grève"),
        ("SAUF (SAUF grève)", "grève"),
        ("12\u202f000 euros", "12\u202f000 euros"),
        ("http://exemple.fr mot:autre", "exemple.fr mot:autre"),
        ("un pique nique", "pique nique"),
        ("pique-nique", "pique-nique"),
        ('"un pique nique"', '"un pique nique"'),
        ("titre:pique-nique", "titre:pique-nique"),
        ("#LaCommune a.roy@mairie.fr", "#LaCommune a.roy@mairie.fr"),
        ("=grève =trains", "=grève =trains"),
        ("-=grève trains", "SAUF =grève trains"),
        ("titre:=grève =titre:train", "titre:=grève titre:=train"),
        ("=(grève OU train)", "=grève OU =train"),
        ("=la cote", "=la cote"),
        ('="la cote" =« la côte »', '="la cote" ="la côte"'),
        ('"=côte d\'azur"', '"=côte d\'azur"'),
        ("=porte-monnaie", "=porte-monnaie"),
        ('="ET"', '="ET"'),
        ("E = mc", "E mc"),
        ("charpentier PRES10 boulanger", "charpentier PRES10 boulanger"),
        ("charpentier PRES boulanger", "charpentier PRES10 boulanger"),
        ("charpentier PRÈS5 boulanger", "charpentier PRES5 boulanger"),
        ("charpentier PRE\u0300S5 boulanger", "charpentier PRES5 boulanger"),
        ("charpentier NEAR/5 boulanger", "charpentier PRES5 boulanger"),
        ("charpentier AVANT5 boulanger", "charpentier AVANT5 boulanger"),
        ("charpentier ADJ5 boulanger", "charpentier AVANT5 boulanger"),
        ("a PRES3 b PRES4 c", "(a PRES3 b) (b PRES4 c)"),
        ("le vieux charpentier PRES2 boulanger noir", "vieux (charpentier PRES2 boulanger) noir"),
        ('"marée noire" PRES5 =pêche', '"marée noire" PRES5 =pêche'),
        ("titre:(a PRES3 b)", "titre:(a PRES3 b)"),
        ("titre:a PRES3 b", "titre:(a PRES3 b)"),
        ("SAUF (a PRES3 b) c", "SAUF (a PRES3 b) c"),
        ("charpentier pres5 boulanger", "charpentier pres5 boulanger"),
        ("la guerre AVANT Noël", "guerre AVANT Noël"),
        ("ch?val", "ch?val"),
        ("*phobie", "*phobie"),
        ("an*mie", "an*mie"),
        ("l'h?pital", "h?pital"),
        ("grève? trains", "(grève?) trains"),
        ("(grève?)", "(grève?)"),
        ("où va-t-il ?", "va-t-il"),
        ("les retraites?", "retraites"),
        ("Vraiment ?!", "Vraiment"),
        ("https://exemple.fr/?q=mot", "exemple.fr/?q=mot"),
        ("boulangre~", "boulangre~"),
        ("l'écoel~", "écoel~"),
        ("auteur:vasuer~", "auteur:vasuer~"),
        ("ET=mot", "ET=mot"),
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
        ("m?s grève", "grève", "«\u00a0m?s\u00a0» correspond à trop de mots"),
        ("*tu grève", "grève", "«\u00a0*tu\u00a0» correspond à trop de mots"),
        ("et~ grève", "grève", "«\u00a0et~\u00a0» correspond à trop de mots"),
        ("=grèv* train", "grèv* train", "Le signe = ne vaut pas pour «\u00a0grèv*\u00a0»"),
        ("=ET grève", "grève", "L’opérateur = n’a rien à relier"),
        ("grève PRES5", "grève", "L’opérateur PRES5 n’a rien à relier"),
        ("PRES5 grève", "grève", "L’opérateur PRES5 n’a rien à relier"),
        ("(chat OU chien) PRES5 loup", "(chat OU chien) loup", "il a été lu comme ET"),
        ("titre:chat PRES5 texte:loup", "titre:chat texte:loup", "il a été lu comme ET"),
        ("-grève", "SAUF grève", "ne fait qu’exclure"),
        ("-grève SAUF train", "SAUF grève SAUF train", "ne fait qu’exclure"),
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


@pytest.mark.parametrize(
    ("typed", "family"),
    [
        ("Évén*", Prefix("Évén", "even")),
        ("CH?VAL", Pattern("CH?VAL", "ch?val")),
        ("*phobie", Pattern("*phobie", "*phobie")),
        ("an*mie", Pattern("an*mie", "an*mie")),
        ("cœur?*", Pattern("cœur?*", "coeur?*")),
        ("m*?*rie", Pattern("m*?*rie", "m?*rie")),
        ("fe\u0301d?ral", Pattern("fe\u0301d?ral", "fed?ral")),
        ("#grè*", Prefix("#grè", "#gre")),
        ("titre:Boulangère~", Like("Boulangère", "boulangere", "title")),
    ],
)
def test_families_of_words_are_folded(typed: str, family: Part) -> None:
    """A beginning, a pattern and a slip look at words without accents; signs in a row are put in order."""
    assert family == parse_query(typed).tree


@pytest.mark.parametrize("typed", ["=pêche", "=pe\u0302che", "=PÊCHE", '="pêche"'])
def test_the_strict_sign_keeps_accents(typed: str) -> None:
    """=mot is looked for as spelt, in any case and any encoding of its accents."""
    tree = parse_query(typed).tree

    assert isinstance(tree, Word)
    assert (tree.form, tree.forms.exact) == (Form.EXACT, "pêche")


def test_one_word_of_a_phrase_may_be_strict() -> None:
    """Inside quotes the sign binds what follows up to a blank."""
    tree = parse_query("\"=côte d'azur =l'école\"").tree

    assert isinstance(tree, Phrase)
    assert [form for form, _ in tree.asked] == [Form.EXACT, Form.FOLDED, Form.FOLDED, Form.EXACT, Form.EXACT]


def test_a_whole_query_may_be_strict() -> None:
    """The switch makes every word and phrase strict, and what was understood says so."""
    query = parse_query('les grèves de Nantes "marée noire" inond* SAUF train', exact=True)

    assert query.understood == '=grèves =Nantes ="marée noire" inond* SAUF =train'


def test_a_strict_query_keeps_its_numbers_and_takes_words_as_typed() -> None:
    """Grouped thousands stay one number, a compound is looked for the way it was written."""
    assert parse_query("12 000 pique nique #LaCommune", exact=True).understood == '="12 000" =pique =nique =#LaCommune'


def test_nearness_binds_the_words_beside_it() -> None:
    """Distance, order and field are those of the operator and of its operands."""
    tree = parse_query("titre:maire AVANT4 titre:=Nantes").tree

    assert isinstance(tree, Near)
    assert (tree.distance, tree.ordered, tree.field) == (4, True, "title")
    assert [operand.field for operand in operands_of(tree)] == [None, None]


@pytest.mark.parametrize(
    ("typed", "favoured"),
    [
        ("porte monnaie", ["porte monnaie", "porte monnaie"]),
        ("le 14 juillet", ["14 juillet"]),
        ("âge de la retraite des cheminots", ["âge de la retraite", "retraite des cheminots"]),
        ("Marine Le Pen", ["Marine Le Pen"]),
        ("Le Pen", ["Le Pen"]),
        ("à la une", []),
        ("l'âge du porte-monnaie", ["âge du porte-monnaie"]),
        ("titre:(pain beurre)", ["pain beurre"]),
        ("pain ET beurre", []),
        ("pain SAUF beurre", []),
        ("auteur:(ana vidal)", []),
        ("l'école", []),
        ("porte-monnaie", []),
    ],
)
def test_words_side_by_side_favour_articles_that_have_them_so(typed: str, favoured: list[str]) -> None:
    """Neighbours, with the small words between them, weigh more together; nothing of it is shown."""
    query = parse_query(typed)
    assert query.tree is not None
    wanted = {*wanted_leaves(query.tree)}

    assert favoured == [leaf.typed for leaf in shown_leaves(query.tree) if leaf not in wanted]


@pytest.mark.parametrize("typed", ["à la une", "il y a", "ce que nous"])
def test_small_words_alone_are_looked_for_side_by_side(typed: str) -> None:
    """They stand in every article: alone they mean nothing else. Where no article has them so, they come apart."""
    tree = parse_query(typed).tree

    assert isinstance(tree, Phrase)
    assert tree.typed == typed
    assert all(isinstance(leaf, Word) for looser in loosened(tree) for leaf in wanted_leaves(looser))


@pytest.mark.parametrize("typed", ["il y a eu grève", "il y a OU grève", "la"])
def test_small_words_beside_others_stay_apart(typed: str) -> None:
    """Beside a word that tells something they are left out, or words as any other."""
    leaves = wanted_leaves(parse_query(typed).tree or Everything())

    assert {type(leaf) for leaf in leaves} == {Word}


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
    tree = without_favours(parse_query(typed).tree or Everything())

    assert isinstance(tree, Spellings)
    phrases = [leaf.words for leaf in wanted_leaves(tree) if isinstance(leaf, Phrase)]
    words = [leaf.forms for leaf in wanted_leaves(tree) if isinstance(leaf, Word)]
    assert "piquenique" in {forms.folded for forms in (*words, *(words for phrase in phrases for words in phrase))}
    assert len(tree.parts) == 2


def test_a_tag_is_looked_for_whole() -> None:
    """The words inside a hashtag help those who type them; who types the hashtag wants the hashtag."""
    tree = parse_query("#LaCommune").tree

    assert isinstance(tree, Word)
    assert tree.forms.folded == "#lacommune"
