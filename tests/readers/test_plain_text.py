"""Saved pages as plain text: what is found, what is left out, what must never be lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.document import Document
from indexer.readers import CorpusFile, read_file
from indexer.readers.blocks import Kind, make_block
from indexer.readers.plain_text import make_draft

ReadOne = Callable[[str, str | bytes], Document]

PROSE = "Il avait plu toute la nuit sur la vallée, et la rivière, au matin, touchait presque le tablier du pont."
MORE = "Les pompiers ont posé des sacs de sable devant la mairie, puis ils ont attendu que le niveau baisse enfin."


@pytest.mark.parametrize(
    ("name", "title", "told", "paragraphs"),
    [
        (
            "blog",
            "Le retour des cigognes dans le marais de Brouelle",
            ("Odile Marchandeau", "2019-03-14", "Le Carnet du marais"),
            2,
        ),
        (
            "base_de_presse",
            "La halle aux grains change de toit",
            ("Barnabé Quillien", "2021-02-05", "Le Messager des Trois-Vallées"),
            3,
        ),
        (
            "quotidien",
            "Abonné Travaux. À Tresmont, la passerelle rouvre avec deux ans de retard",
            ("Barnabé Quillien", "2023-10-03", "Le Messager des Trois-Vallées"),
            5,
        ),
        (
            "webzine",
            "Un opérateur coupe le cuivre dans trois communes",
            ("Jérôme Pasquier", "2017-01-12", "Zone Vallée"),
            5,
        ),
        ("magazine", "Les ports francs, une vieille idée qui revient", ("", "2018-02-12", "NLVT"), 6),
        (
            "abonnes",
            "Grand format. À l’école du cirque, la chute s’apprend avant le saut",
            ("Odile Marchandeau", "2023-03-02", ""),
            5,
        ),
    ],
)
def test_captures(data: Path, name: str, title: str, told: tuple[str, str, str], paragraphs: int) -> None:
    """Title, author, day, publication and paragraphs are found in pages of different sites."""
    (document,) = read_file(CorpusFile(data, data / f"{name}.txt"))

    assert isinstance(document, Document)
    assert title == document.title
    assert told == (document.author, str(document.date), document.source)
    assert paragraphs == len(document.paragraphs)


def test_clean_text_comes_out_whole(data: Path) -> None:
    """A text without furniture loses nothing but its first line, the title; a menu's word may be a heading."""
    (document,) = read_file(CorpusFile(data, data / "texte_propre.txt"))
    title, *paragraphs = (data / "texte_propre.txt").read_text("utf-8").strip().split("\n\n")

    assert isinstance(document, Document)
    assert document.title == title
    assert document.paragraphs == paragraphs


def test_no_title(data: Path) -> None:
    """A text without a title takes its first sentence as one, and keeps it."""
    (document,) = read_file(CorpusFile(data, data / "depeche_courte.txt"))

    assert isinstance(document, Document)
    assert document.title == "Deux blessés légers dans une collision à Corvigny, mardi soir, à l’entrée du bourg."
    assert document.text.startswith(document.title)


def test_long_first_sentence_is_cut_at_a_word(read_one: ReadOne) -> None:
    """A title made from a long sentence has at most 120 characters and ends after a whole word."""
    document = read_one("a.txt", "mot " * 100 + "fin.")

    assert len(document.title) <= 120
    assert document.title.endswith("mot…")


def test_one_line_is_the_text(read_one: ReadOne) -> None:
    """A file of one line has that line as title and as text."""
    document = read_one("a.txt", "Rien à signaler")

    assert (document.title, document.text) == ("Rien à signaler", "Rien à signaler")


@pytest.mark.parametrize(
    "window", ["Crue : la nuit la plus longue | Le Messager", "Crue : la nuit la plus longue - Le Messager"]
)
def test_window_title(window: str) -> None:
    """« Title | Site » above the title gives the name of the site, and is not kept twice."""
    draft = make_draft([window, "Crue : la nuit la plus longue", PROSE, MORE])

    assert (draft.title, draft.source) == ("Crue : la nuit la plus longue", "Le Messager")
    assert draft.paragraphs == [PROSE, MORE]


def test_title_with_a_dash_stays_whole() -> None:
    """A dash joins the halves of many a title; alone it proves no site."""
    assert make_draft(["Tresmont - la crue en images", PROSE]).title == "Tresmont - la crue en images"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("pont-rouge", Kind.CAPTION),
        ("vue du pont rouge", Kind.CAPTION),
        ("La crue vue du pont. © Le Messager", Kind.CAPTION),
        ("Photo d’archives", Kind.CAPTION),
        ("Crédit photo : DR", Kind.CAPTION),
        ("IMG_2041.jpg", Kind.CAPTION),
    ],
)
def test_captions_stay_out(line: str, kind: Kind) -> None:
    """Names and credits of images between paragraphs are no text."""
    assert make_draft(["Le titre de cet article", PROSE, line, "Publicité", MORE]).paragraphs == [PROSE, MORE]


@pytest.mark.parametrize(
    "lines",
    [
        ["Une nuit blanche"],
        ["Faut-il partir ?"],
        ["Politique"],
        ["Il faut emporter :", "des bottes ;", "une lampe ;", "du pain."],
        ["– Une lampe", "– Du pain"],
        ["« On attend », dit-il."],
        ["39 60", "225 €"],
        ["il existe un autre pont"],
        ["Il faut une copie (photo ou scan) :", "– du passeport"],
        ["modifie les délais qui courent depuis le 12 mars 2020"],
        ["Source : services techniques"],
        ["La publicité de l’eau en bouteille a été retirée."],
        ["12 mai 2019", MORE, "13 mai 2019"],
    ],
)
def test_short_lines_of_the_article_stay(lines: list[str]) -> None:
    """Headings, lists, dialogue and the dates of a diary between paragraphs are text."""
    assert make_draft(["Le titre de cet article", PROSE, *lines, MORE]).paragraphs == [PROSE, *lines, MORE]


@pytest.mark.parametrize(
    "tail",
    [
        ["Ailleurs sur le web", "Elle ouvre son garage et n’en revient pas"],
        [
            "Leave a Reply",
            "Votre adresse de messagerie ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
        ],
        ["2 commentaires", "Laisser un commentaire", "Nom *"],
        ["À lire également", "Le barrage sous surveillance", "La digue a tenu"],
        ["Commentaires (2)", "Riverain", PROSE.replace("plu", "neigé")],
    ],
)
def test_nothing_follows_an_end_marker(tail: list[str]) -> None:
    """Comment forms, readers' comments and lists of links after the article are furniture."""
    assert make_draft(["Le titre de cet article", PROSE, MORE, *tail]).paragraphs == [PROSE, MORE]


def test_end_marker_above_the_article() -> None:
    """A link to the comments above the text does not end it."""
    assert make_draft(["Le titre de cet article", "Commentaires (3)", PROSE, MORE]).paragraphs == [PROSE, MORE]


def test_related_link_and_heading() -> None:
    """Under « À lire aussi » the link goes, and the heading that stands on a paragraph stays."""
    draft = make_draft(
        ["Le titre de cet article", PROSE, "À lire aussi", "La piscine fermée", "Une longue attente", MORE]
    )

    assert draft.paragraphs == [PROSE, "Une longue attente", MORE]


def test_lead_and_second_headline_stay() -> None:
    """The lead, and a second headline that differs from the title, are text; the title repeated is not."""
    title, headline = "La vallée sous les eaux, la préfecture mobilisée", "Vallée inondée : la préfecture sur le pont"
    draft = make_draft([title, title, PROSE, "Publié le 25 janvier 2017 - 16:51 par Odile Marchandeau", headline, MORE])

    assert draft.paragraphs == [PROSE, headline, MORE]
    assert (draft.title, draft.author, draft.date) == (title, "Odile Marchandeau", dt.date(2017, 1, 25))


def test_publication_before_update() -> None:
    """The day of publication is the earliest that the page tells, not that of an update."""
    draft = make_draft(["Le titre de cet article", "Mis à jour le 13 mai 2019", "Publié le 12 mai 2019", PROSE])

    assert draft.date == dt.date(2019, 5, 12)


def test_role_is_no_name() -> None:
    """« Journaliste pour… En savoir plus sur cet auteur » names nobody and is no text."""
    draft = make_draft(
        [
            "NVT",
            "/ Le magazine de la vallée /",
            "Le titre de cet article",
            "Journaliste pour NVT. En savoir plus sur cet auteur",
            PROSE,
        ]
    )

    assert (draft.author, draft.source, draft.paragraphs) == ("", "NVT", [PROSE])


def test_name_beside_the_date_signs() -> None:
    """A name alone on its line signs when it stands beside the date or ends the text."""
    assert (
        make_draft(["Le titre de cet article", "Odile Marchandeau", "12 mai 2019", PROSE]).author == "Odile Marchandeau"
    )
    assert make_draft(["Le titre de cet article", PROSE, "Odile Marchandeau"]).author == "Odile Marchandeau"


def test_capitals_are_written_small() -> None:
    """A site whose banner is in capitals keeps the spelling that its footer gives."""
    draft = make_draft(
        ["LE MESSAGER", "Accueil", "Le titre de cet article", PROSE, "© 2020 Le Messager – Tous droits réservés"]
    )

    assert draft.source == "Le Messager"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "vide"),
        (b" \n\t\n ", "vide"),
        (b"\x00\x01\x02\x03" * 50, "codage"),
        ("Publicité\n\nPartager\n\nLe 12 mai 2019".encode(), "Aucun texte"),
        (b"***\n\n---", "Aucun texte"),
    ],
)
def test_no_article(fail_one: Callable[[str, str | bytes], str], content: bytes, reason: str) -> None:
    """A file without text fails with a sentence that says why."""
    assert reason in fail_one("a.txt", content)


def test_long_line(read_one: ReadOne) -> None:
    """Two megabytes in one line are one paragraph."""
    assert len(read_one("a.txt", "mot " * 500_000).paragraphs) == 1


@given(st.lists(st.text(min_size=61, max_size=90, alphabet="abcdefé ’,").map(lambda text: f"Il {text.strip()} ainsi.")))
def test_prose_is_never_lost(sentences: list[str]) -> None:
    """Whatever the paragraphs say, full sentences long enough all stay, in order."""
    assert make_draft(sentences).paragraphs == sentences


@pytest.mark.parametrize("text", ["", "a", "É", "?", "1", "…"])
def test_any_block_has_a_kind(text: str) -> None:
    """The smallest blocks can be judged."""
    assert make_block(text).kind in Kind


@pytest.mark.shared
def test_real_captures(shared: Path) -> None:
    """The two real captures: title, author, day and source right, and no furniture in the text."""
    found = [
        document
        for file in sorted((shared / "captures").glob("*.txt"))
        for document in read_file(CorpusFile(shared, file))
    ]
    one, two = (document for document in found if isinstance(document, Document))

    assert one.title.startswith("Kim Dotcom, fondateur")
    assert one.title.endswith("grand retour")
    assert (one.author, one.date, one.source) == ("", dt.date(2016, 7, 8), "NLTO")
    assert two.title.startswith("Megaupload 2.0")
    assert two.title.endswith("moyens financiers")
    assert (two.author, two.date) == ("François Giraud", dt.date(2017, 1, 25))
    assert [len(document.paragraphs) for document in (one, two)] == [5, 6]
    furniture = ("En savoir plus", "Publicité", "Ailleurs sur", "Leave a", "Votre adresse", "manoir", "kimdotcom")
    assert not [phrase for phrase in furniture if phrase in one.text + two.text]
