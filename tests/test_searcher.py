"""The search corridor over the memory engine: what someone typed, what comes back."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Answer, Document, Filters, IndexMissing, Searcher, Sort, UnknownDocument, open_index
from indexer.engines.memory_engine import MemoryEngine
from indexer.searcher import MAX_PAGE, MAX_PASSAGES

DOCUMENTS = (
    Document(
        "a", "Grève au port", "La grève dure. Les dockers de l’école.", "Ana Vidal", dt.date(2019, 5, 1), "L’Écho"
    ),
    Document("b", "Marché", "Le marché du port, jour de grève.\n\nUne grève générale.", "", None, "La Gazette"),
    Document("c", "Une pêche", "Le conseil municipal d’hiver.", "Luc Morin", dt.date(2020, 1, 2), "L’Écho"),
    Document("d", "Neige", "Le conseil. Rien de municipal, sauf la neige.", "Ana Vidal", dt.date(2019, 3, 4), ""),
)


@pytest.fixture
def searcher(searcher_over: Callable[..., Searcher]) -> Searcher:
    """A searcher over DOCUMENTS."""
    return searcher_over(*DOCUMENTS)


def ids(answer: Answer) -> str:
    """Return the ids of an answer, joined, in order."""
    return "".join(result.id for result in answer.results)


def test_a_complete_answer(searcher: Searcher) -> None:
    """Articles that have every word are counted and shown, and nothing is missing from them."""
    answer = searcher.search("grève port")

    assert (ids(answer), answer.total, answer.complete) == ("ab", 2, True)
    assert [result.missing for result in answer.results] == [(), ()]
    assert answer.query == answer.understood == "grève port"


def test_words_side_by_side_bring_the_articles_that_have_them_so(searcher_over: Callable[..., Searcher]) -> None:
    """« porte monnaie » puts the porte-monnaie before a door and small change, and marks it whole."""
    searcher = searcher_over(
        Document("apart", "Porte", "La porte. La monnaie. Porte et monnaie.", "", None, ""),
        Document("side", "Rien", "Il a perdu une bourse verte, ou était-ce une monnaie porte-bonheur ?", "", None, ""),
        Document("beside", "Rien", "Haÿ les Roses, la ville. Un juillet 14 fois, le 14 juillet une.", "", None, ""),
    )

    assert ids(searcher.search("14 juillet")) == ids(searcher.search("juillet 14")) == "beside"
    (result,) = searcher.search("hay les roses").results
    assert [piece.text for piece in result.passages[0].pieces if piece.mark is not None] == ["Haÿ les Roses"]


def test_the_exact_spelling_can_be_asked_for(searcher: Searcher) -> None:
    """With `exact` accents and endings are those typed, for search, hits and article alike."""
    assert (ids(searcher.search("greve", exact=True)), ids(searcher.search("GRÈVE", exact=True))) == ("", "ab")
    assert [hit.id for hit in searcher.hits("dockers conseil", exact=True)] == []
    assert searcher.article("a", "docker", exact=True).occurrences == 0
    assert searcher.article("a", "docker").occurrences == 1


def test_a_result_tells_all_of_its_article(searcher: Searcher) -> None:
    """A result carries the article's own data, its words and its occurrences."""
    (result,) = searcher.search("dockers").results

    assert (result.id, result.title, result.source, result.author) == ("a", "Grève au port", "L’Écho", "Ana Vidal")
    assert (result.date, result.words, result.occurrences, result.opening) == (dt.date(2019, 5, 1), 8, 1, "")


def test_a_partial_answer_tells_what_each_article_lacks(searcher: Searcher) -> None:
    """Without an article that has every word, those with most of them are given, the best first."""
    answer = searcher.search("grève dockers Conseil")

    assert (ids(answer)[0], sorted(ids(answer)), answer.total, answer.complete) == ("a", ["a", "b", "c", "d"], 4, False)
    assert {result.id: result.missing for result in answer.results} == {
        "a": ("Conseil",),
        "b": ("dockers", "Conseil"),
        "c": ("grève", "dockers"),
        "d": ("grève", "dockers"),
    }


def test_a_missing_part_is_told_as_it_was_typed(searcher: Searcher) -> None:
    """Fields, phrases and alternatives are missing as wholes."""
    answer = searcher.search('neige titre:grève "conseil municipal" (orage ET marché OU canicule)')
    missing = {result.id: result.missing for result in answer.results}

    assert missing["a"] == ("neige", '"conseil municipal"', "(orage marché) OU canicule")


def test_phrases_are_taken_apart_last(searcher: Searcher) -> None:
    """A phrase that no article has is looked for word by word, and its small words are forgotten."""
    answer = searcher.search('"conseil de neige"')

    assert (ids(answer), answer.complete) == ("dc", False)
    assert [result.missing for result in answer.results] == [(), ("neige",)]


def test_a_word_in_another_field_is_not_missing(searcher: Searcher) -> None:
    """A partial answer looks for what it lacks in the author and the source too."""
    answer = searcher.search("auteur:vidal source:écho orage")

    assert [(result.id, result.missing) for result in answer.results] == [
        ("a", ("orage",)),
        ("c", ("auteur:vidal", "orage")),
        ("d", ("source:écho", "orage")),
    ]


def test_exclusions_hold_in_a_partial_answer(searcher: Searcher) -> None:
    """What was excluded stays out, however loose the answer."""
    assert ids(searcher.search("grève orage SAUF marché")) == "a"


def test_nothing_at_all(searcher: Searcher) -> None:
    """A word that no article has gives an empty answer, which is not a partial one."""
    answer = searcher.search("xylophone")

    assert (answer.total, answer.results, answer.complete, answer.unfiltered) == (0, (), True, 0)


@pytest.mark.parametrize("text", ["", "   ", "()", '""', "-", "\x00"])
def test_nothing_to_look_for(searcher: Searcher, text: str) -> None:
    """Without a word there is no result."""
    assert (searcher.search(text).total, searcher.search(text).results) == (0, ())


def test_filters_alone_choose(searcher: Searcher) -> None:
    """Without text, filters list the articles that they choose."""
    assert ids(searcher.search("", filters=Filters(source="L’Écho"))) == "ac"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(source="L’Écho"), "a"),
        (Filters(author=""), "b"),
        (Filters(year=2019), "a"),
        (Filters(year=0), "b"),
        (Filters(source="L’Écho", author="Ana Vidal", year=2019), "a"),
    ],
)
def test_filters_narrow(searcher: Searcher, filters: Filters, found: str) -> None:
    """Every filter must hold; the empty string and 0 ask for articles that do not tell."""
    assert ids(searcher.search("grève", filters=filters)) == found


def test_filters_that_leave_nothing_tell_what_they_hide(searcher: Searcher) -> None:
    """`unfiltered` counts the articles that have every word, and no partial match takes their place."""
    answer = searcher.search("grève port", filters=Filters(year=2020))

    assert (answer.total, answer.complete, answer.unfiltered) == (0, True, 2)


def test_a_partial_answer_is_filtered(searcher: Searcher) -> None:
    """When no article at all has every word, the partial matches are those that the filters let through."""
    answer = searcher.search("grève xylophone", filters=Filters(source="La Gazette"))

    assert (ids(answer), answer.complete) == ("b", False)


def test_facets_are_in_the_order_of_pages(searcher: Searcher) -> None:
    """Sources and authors by count then name, years from the latest, unknown last."""
    facets = searcher.search("grève OU conseil", limit=1).facets
    told = {name: [(value.value, value.count) for value in values] for name, values in facets.items()}

    assert told["source"] == [("L’Écho", 2), ("La Gazette", 1), ("", 1)]
    assert told["author"] == [("Ana Vidal", 2), ("Luc Morin", 1), ("", 1)]
    assert told["year"] == [(2020, 1), (2019, 2), (0, 1)]


@pytest.mark.parametrize(("sort", "found"), [(Sort.NEWEST, "cadb"), (Sort.OLDEST, "dacb")])
def test_sorted_by_date(searcher: Searcher, sort: Sort, found: str) -> None:
    """By date, undated articles come last."""
    answer = searcher.search("grève OU conseil", sort=sort)

    assert (ids(answer), answer.sort) == (found, sort)


def test_a_title_match_shows_the_opening(searcher: Searcher) -> None:
    """When only the title matches there are no passages: the opening stands for them."""
    (result,) = searcher.search("pêche").results

    assert (result.passages, result.occurrences, result.opening) == ((), 0, "Le conseil municipal d’hiver.")
    assert [piece.text for piece in result.title_pieces if piece.mark] == ["pêche"]


@pytest.mark.parametrize(
    ("offset", "limit", "clamped"),
    [(-5, 2, (0, 2)), (0, 0, (0, 1)), (0, -3, (0, 1)), (0, 10**9, (0, MAX_PAGE)), (10**9, 20, (10**9, 20))],
)
def test_pages_are_clamped(searcher: Searcher, offset: int, limit: int, clamped: tuple[int, int]) -> None:
    """An offset or limit that makes no sense becomes the nearest one that does."""
    answer = searcher.search("grève OU conseil", offset=offset, limit=limit)

    assert ((answer.offset, answer.limit), answer.total) == (clamped, 4)
    assert len(answer.results) == len(range(clamped[0], min(4, sum(clamped))))


@pytest.mark.parametrize(("passages", "shown"), [(-1, 1), (0, 1), (1, 1), (4, 4), (10**9, MAX_PASSAGES)])
def test_passages_are_as_many_as_wanted(searcher_over: Callable[..., Searcher], passages: int, shown: int) -> None:
    """Each result has as many as are asked for, if it can; a number that makes no sense becomes the nearest one."""
    searcher = searcher_over(Document("a", "Titre", "\n\n".join(["Une grève."] * 12), "", None, ""))
    (result,) = searcher.search("greve", passages=passages).results

    assert (len(result.passages), result.occurrences) == (shown, 12)


def test_pages_follow_one_another(searcher: Searcher) -> None:
    """Pages of one are the whole list."""
    pages = [searcher.search("grève OU conseil", offset=offset, limit=1) for offset in range(4)]

    assert "".join(map(ids, pages)) == ids(searcher.search("grève OU conseil"))


HOSTILE = [
    "a" * 10_000,
    "grève " * 2_000,
    "(" * 10_000,
    '"' * 9_999,
    "-" * 10_000,
    "l'" * 5_000,
    '"grève sans fin',
    "« grève » port »",
    "grève\x00port",
    "\ud800 grève \udfff",
    "🚢🚢 grève 🇫🇷",
    "\u202egrève\u202c \u200f",
    "שלום grève مرحبا",
    "北京",
    "½ ² ﬁn ǅ",
    "e" + "\u0301" * 1_000,
    "titre:titre:titre:",
    "date:9999-99-99..date",
    "auteur:(source:(date:2016))",
    "OU OU ET SAUF -",
    "gr* * ** *ève",
    "../../etc/passwd %s {0} {count} <script>",
    "\r\n\t\x0b\x1f\x7f\x85\u2028",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_answered(searcher: Searcher, text: str) -> None:
    """Whatever is typed gets an answer, an article page, and remarks that can be told."""
    answer = searcher.search(text)
    article = searcher.article("a", text)

    assert answer.query == text
    assert answer.remarks == article.remarks
    assert all(remark.tell(language) for remark in answer.remarks for language in ("fr", "en"))


def test_an_article_is_marked_through_its_text(searcher: Searcher) -> None:
    """Marks are numbered from 1 through the paragraphs; those of the title are apart."""
    article = searcher.article("b", "marché grève")
    pieces = [
        [(piece.text, piece.mark) for piece in paragraph.pieces if piece.mark] for paragraph in article.paragraphs
    ]

    assert [paragraph.anchor for paragraph in article.paragraphs] == ["p1", "p2"]
    assert pieces == [[("marché", 1), ("grève", 2)], [("grève", 3)]]
    assert [(piece.text, piece.mark) for piece in article.title_pieces] == [("Marché", 1)]
    assert (article.occurrences, article.words) == (3, 10)


def test_an_article_without_a_query_is_bare(searcher: Searcher) -> None:
    """An article can be read for itself."""
    article = searcher.article("b")

    assert [piece.mark for paragraph in article.paragraphs for piece in paragraph.pieces] == [None, None]
    assert "\n\n".join("".join(piece.text for piece in paragraph.pieces) for paragraph in article.paragraphs) == (
        DOCUMENTS[1].text
    )


def test_an_article_is_marked_for_a_partial_query(searcher: Searcher) -> None:
    """What a partial answer showed is marked on the article's page."""
    article = searcher.article("d", '"conseil de neige"')

    assert [piece.text for paragraph in article.paragraphs for piece in paragraph.pieces if piece.mark] == [
        "conseil",
        "neige",
    ]


@pytest.mark.parametrize(
    ("query", "occurrences", "missing"),
    [
        ('auteur:vidal "école du port"', 0, ('"école du port"',)),
        ('((grève orage) OU canicule) "dockers fâchés"', 2, ("(grève orage) OU canicule", "fâchés")),
    ],
)
def test_the_page_is_as_loose_as_the_answer(
    searcher: Searcher, query: str, occurrences: int, missing: tuple[str, ...]
) -> None:
    """A phrase is taken apart on the page if the answer did so, and only then."""
    (result,) = (result for result in searcher.search(query).results if result.id == "a")

    assert (result.occurrences, result.missing) == (occurrences, missing)
    assert searcher.article("a", query).occurrences == occurrences


def test_an_unknown_article(searcher: Searcher) -> None:
    """An id that no article has is UnknownDocument."""
    with pytest.raises(UnknownDocument):
        searcher.article("zzz", "grève")


def test_before_the_first_rebuild() -> None:
    """Without an index, searching, reading and the status raise IndexMissing; nothing to look for does not."""
    searcher = Searcher(MemoryEngine())

    assert searcher.search("").total == 0
    for ask in (searcher.status, lambda: searcher.search("grève"), lambda: searcher.article("a")):
        with pytest.raises(IndexMissing):
            ask()


def test_opening_an_index_touches_nothing(tmp_path: Path) -> None:
    """An index that does not exist can be opened: it may come later, and its folder is not made."""
    searcher = open_index(tmp_path / "none")

    with pytest.raises(IndexMissing):
        searcher.search("grève")
    assert not list(tmp_path.iterdir())


WORDS = ["grève", "Grèves", "port", "l’école", "écoles", "marée", "basse", "pêche", "péché", "œuvre", "porte-monnaie"]
FILL = ["le", "de", "vent", "sur", "la", "côte", ".", "\n\n", "12 000", "été"]
texts = st.lists(st.sampled_from(WORDS + FILL + FILL), min_size=1, max_size=60).map(
    lambda words: "\n\n".join(filter(None, map(str.strip, " ".join(words).split("\n\n"))))
)
archives = st.lists(texts, min_size=1, max_size=5)
SIGNS = [
    "OU",
    "OU",
    "SAUF",
    "(",
    ")",
    '"',
    "titre:grève",
    "texte:port",
    "auteur:ana",
    "grè*",
    '"marée basse"',
    '"la grève"',
]
queries = st.lists(st.sampled_from(WORDS + SIGNS + ["xylophone"]), min_size=1, max_size=7).map(" ".join)


def archive(searcher_over: Callable[..., Searcher], texts: list[str]) -> Searcher:
    """Return a searcher over texts that take turns in having a title and an author."""
    return searcher_over(
        *(
            Document(str(number), ("Grève", "Le péché du port", "")[number % 3], text, ("", "Ana")[number % 2])
            for number, text in enumerate(texts)
        )
    )


@given(texts=archives, query=queries)
def test_every_passage_is_found_on_the_page(
    searcher_over: Callable[..., Searcher], texts: list[str], query: str
) -> None:
    """The law of links: a passage's anchor and each of its marks are on the article's page, with the same text."""
    searcher = archive(searcher_over, texts)
    for result in searcher.search(query).results:
        article = searcher.article(result.id, query)
        page = {piece.mark: piece.text for paragraph in article.paragraphs for piece in paragraph.pieces if piece.mark}

        assert list(page) == list(range(1, result.occurrences + 1))
        assert article.occurrences == result.occurrences
        assert article.title_pieces == result.title_pieces
        for passage in result.passages:
            assert passage.anchor == f"m{passage.first_mark}"
            assert all(
                page[piece.mark].replace("\n", " ") == piece.text for piece in passage.pieces if piece.mark is not None
            )


@given(texts=archives, query=queries)
def test_a_result_shows_something(searcher_over: Callable[..., Searcher], texts: list[str], query: str) -> None:
    """Passages, or else an opening; and a partial result has something of the query, and lacks something."""
    answer = archive(searcher_over, texts).search(query)

    assert all(bool(result.passages) != bool(result.opening) for result in answer.results if result.words)
    assert answer.complete or answer.results
    assert answer.whole < answer.total or not any(result.missing for result in answer.results)


@given(texts=archives, query=queries)
def test_a_query_without_accents_finds_the_same(
    searcher_over: Callable[..., Searcher], texts: list[str], query: str
) -> None:
    """Typing without accents changes the order at most."""
    searcher = archive(searcher_over, texts)
    with_accents, without = searcher.search(query), searcher.search(bare(query))

    assert (with_accents.total, with_accents.complete) == (without.total, without.complete)
    assert sorted(ids(with_accents)) == sorted(ids(without))


def bare(text: str) -> str:
    """Return a text as typed on a keyboard without accents."""
    letters = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return letters.replace("œ", "oe")


@given(text=st.text(max_size=80))
def test_no_text_raises(searcher_over: Callable[..., Searcher], text: str) -> None:
    """Any text at all is answered, with or without filters."""
    searcher = searcher_over(*DOCUMENTS)

    assert searcher.search(text).total >= 0
    assert searcher.search(text, filters=Filters(year=2019)).total >= 0
    assert searcher.article("a", text).id == "a"


@pytest.mark.parametrize("text", ["grève", "grève dockers", '"conseil municipal"', "zzz", "", "😀"])
def test_hits_are_those_of_a_complete_answer(searcher: Searcher, text: str) -> None:
    """Ids alone are those of the results that lack nothing."""
    answer = searcher.search(text)
    expected = [(result.id, result.score) for result in answer.results if answer.whole and not result.missing]

    assert [(hit.id, hit.score) for hit in searcher.hits(text)] == expected


@pytest.mark.parametrize(
    "text", ["grève", "dockres", "grève dockers zzz", '"conseil des dockers"', "zzz", "", "-grève", "😀"]
)
def test_ranked_are_the_articles_of_an_answer(searcher: Searcher, text: str) -> None:
    """Ids alone are those of the answer, partial or not, whatever the search does with a word that no article has."""
    expected = [(result.id, result.score) for result in searcher.search(text).results]

    assert [(hit.id, hit.score) for hit in searcher.ranked(text)] == expected


def test_hits_keep_to_the_limits_of_an_answer(searcher: Searcher) -> None:
    """A negative offset is the beginning, a limit of nothing is one."""
    assert searcher.hits("grève", offset=-3, limit=0) == searcher.hits("grève", limit=1)
