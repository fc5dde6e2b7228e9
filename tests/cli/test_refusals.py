"""What `furet` refuses: one sentence on stderr, a documented exit code, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from tests.cli.conftest import Ran

Furet = Callable[..., Ran]

USAGE = [
    (["sarch"], "« sarch » n’est pas une commande. Vouliez-vous dire 'search' ?"),
    (["search", "--limi", "3", "x"], "« --limi » n’est pas une option. Vouliez-vous dire '--limit' ?"),
    (["rebuild"], "Il manque l’argument 'DOSSIER...'."),
    (["--language", "fr"], "Il manque une commande."),
    (
        ["--language", "xx", "status"],
        "Valeur incorrecte pour '--language' : « xx » n’est pas l’une de celles-ci : 'fr', 'en'.",
    ),
    (["search", "--limit", "200", "x"], "200 est hors de l’intervalle 1<=x<=100."),
    (["search", "--year", "hier", "x"], "Valeur incorrecte pour '--year' : « hier » n’est pas un nombre entier."),
    (["search", "--batch", "rien.txt"], "Valeur incorrecte pour '--batch' : le fichier « rien.txt » n’existe pas."),
    (["search", "--batch", "."], "« . » est un dossier."),
    (["search", "--limit"], "L’option --limit demande une valeur."),
    (["search", "--json=oui", "x"], "L’option --json ne prend pas de valeur."),
    (["status", "un"], "Argument en trop : un."),
    (["status", "un", "deux"], "Arguments en trop : un deux."),
]


@pytest.mark.parametrize(("arguments", "sentence"), USAGE, ids=lambda value: value if isinstance(value, str) else None)
def test_wrong_usage_ends_with_2(furet: Furet, arguments: list[str], sentence: str) -> None:
    """A wrong command, option or value ends with 2 and a French sentence, click's own included."""
    ran = furet(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith("Erreur : ")
    assert sentence in ran.err


def test_wrong_usage_points_at_the_help(furet: Furet) -> None:
    """A refusal shows the usage and how to see the help, in French."""
    assert furet("rebuild").err.startswith(
        "Usage : furet rebuild [OPTIONS] DOSSIER...\nPour voir l’aide : furet rebuild --help\n"
    )


SETTINGS = [
    ("PORT", "abc", "Le réglage « port » ne peut pas valoir « abc ». Valeur attendue : un nombre entier."),
    ("PORT", "70000", "Le réglage « port » ne peut pas valoir « 70000 ». Valeur attendue : 0 … 65535."),
    ("LANGUAGE", "xx", "Le réglage « language » ne peut pas valoir « xx ». Valeur attendue : fr, en."),
    ("CONFIG", "rien.toml", "Le fichier de configuration rien.toml ne peut pas être lu : "),
]


@pytest.mark.parametrize(("name", "value", "sentence"), SETTINGS, ids=lambda value: value)
def test_a_wrong_setting_ends_with_2(
    furet: Furet, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    """A variable that makes no sense is refused by every command, with its name and value."""
    monkeypatch.setenv(f"FURET_{name}", value)

    ran = furet("status")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"Erreur : {sentence}")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("prot = 8000", "Clé inconnue dans furet.toml : prot. Clés admises : host, index,"),
        ("port =", "Le fichier de configuration furet.toml ne peut pas être lu : "),
        ("index = 5", "Le réglage « index » ne peut pas valoir « 5 ». Valeur attendue : un texte."),
    ],
)
def test_a_wrong_configuration_file_ends_with_2(furet: Furet, tmp_path: Path, content: str, sentence: str) -> None:
    """A furet.toml that makes no sense is refused, with the file and the key."""
    (tmp_path / "furet.toml").write_text(content, "utf-8")

    ran = furet("status")

    assert ran.code == 2
    assert ran.err.startswith(f"Erreur : {sentence}")


def test_wrong_settings_are_refused_in_the_language_asked_for(furet: Furet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even settings that cannot be read are refused in English to whoever asked for English."""
    monkeypatch.setenv("FURET_PORT", "abc")

    ran = furet("--language", "en", "status")

    assert ran.err == "Error: The setting “port” cannot be “abc”. Expected: a whole number.\n"


def test_a_second_rebuild_ends_with_4(furet: Furet, articles: Path, index: Path) -> None:
    """While another process holds the lock, a rebuild is refused at once; searches go on."""
    with FileLock(index / "lock"):
        ran = furet("rebuild", articles, "--index", index)
        search = furet("search", "--index", index, "farine")

    assert ran.code == 4
    assert f"Une autre reconstruction de {index} est en cours" in ran.err
    assert search.code == 0


def test_without_arguments_the_help_is_shown(furet: Furet) -> None:
    """`furet` alone shows its help on stderr and ends with 2, as for a missing command."""
    ran = furet()

    assert (ran.code, ran.out) == (2, "")
    assert "Pour commencer :" in ran.err
