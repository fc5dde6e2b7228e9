"""Phrases that stand around articles."""

from __future__ import annotations

import pytest

from indexer.readers.furniture import Furniture, find_furniture, fold


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("PUBLICITÉ", Furniture.TOOL),
        ("[ Publicité ]", Furniture.TOOL),
        ("← Article précédent", Furniture.TOOL),
        ("12 commentaires", Furniture.TOOL),
        ("Temps de lecture : 4 min", Furniture.TOOL),
        ("Facebook Twitter WhatsApp Courriel", Furniture.TOOL),
        ("Partager : f t g+ in", Furniture.TOOL),
        ("Lire aussi : Le port rouvre lundi", Furniture.RELATED),
        ("À LIRE ÉGALEMENT", Furniture.RELATED),
        ("Leave a Reply", Furniture.END),
        ("Commentaires (3)", Furniture.END),
        ("Votre adresse de messagerie ne sera pas publiée.", Furniture.END),
        ("Accueil > Économie > Énergie", Furniture.MENU),
        ("Territoires > Infrastructures", Furniture.MENU),
        ("Accueil | Agriculture | Forêts", Furniture.MENU),
        ("Menu Rechercher Se connecter", Furniture.MENU),
        ("Climat Espace Santé Vivant Maths", Furniture.MENU),
        ("Nous utilisons des cookies pour mesurer l’audience.", Furniture.BANNER),
        ("/ Le magazine du bocage /", Furniture.SLOGAN),
    ],
)
def test_furniture_is_known(text: str, section: Furniture) -> None:
    """Case, accents, apostrophes and signs around a phrase do not matter."""
    assert section is find_furniture(text)


@pytest.mark.parametrize(
    "text",
    [
        "La publicité envahit les murs de la ville.",
        "Sciences & société",
        "Partager le travail pour sauver l’usine",
        "Paris – Tresmont en deux heures",
        "Le maire veut lire aussi les lettres anonymes",
        "Politique du pire, économie de moyens",
        "L’accueil des réfugiés divise la commune",
        "Deux blessés, un mort",
        "",
    ],
)
def test_words_of_an_article_are_not_furniture(text: str) -> None:
    """A title or sentence made of the same words is not taken for furniture."""
    assert find_furniture(text) is None


def test_a_long_paragraph_is_never_furniture() -> None:
    """However a paragraph begins, its length protects it."""
    assert find_furniture("Lire aussi est un plaisir. " * 30) is None


def test_fold_is_how_the_table_is_written() -> None:
    """Folding forgets case, accents, typographic apostrophes, no-break spaces and outer signs."""
    assert fold("« L’ÉTÉ\u00a0! »") == "l'ete"
