"""One contract for every engine: what each must answer over the same few documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from indexer.analysis import Form, analyse
from indexer.analysis.analysed import AnalysedDocuments
from indexer.analysis.columns import Memory
from indexer.answer import Sort
from indexer.document import Document
from indexer.engines import Engine, Spelling, Weighing
from indexer.engines.memory_engine import MemoryEngine
from indexer.engines.scoring import RESCORED
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.errors import IndexMissing, RebuildFailed, UnknownDocument
from indexer.query import loosened, parse_query
from indexer.query.syntax import (
    AllOf,
    AnyOf,
    Everything,
    Excluded,
    Favour,
    Favoured,
    Has,
    Kin,
    MostOf,
    Part,
    Phrase,
    Prefix,
    Published,
    Together,
    Word,
    shown_leaves,
)
from tests.conftest import make_document

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "memory": lambda _folder: MemoryEngine(),
    "whoosh": WhooshEngine,
}

DOCUMENTS = [
    Document(
        "a",
        "Grève à la S.N.C.F.",
        "Les trains sont rares. La grève continue.",
        "Ana Vidal",
        dt.date(2016, 7, 8),
        "L’Écho",
    ),
    Document(
        "b", "Marché", "La grève des marchés : une pêche.\n\nTrains supprimés, grève totale.", "", None, "La Gazette"
    ),
    Document("c", "Le péché", "Il a péché par orgueil, dit l’école.", "Ana Vidal", dt.date(2017, 1, 25), ""),
    Document("d", "Rien", "Un conseil municipal. Le conseil d’État.", "Luc Ana", dt.date(2016, 1, 1), "L’Écho"),
]


def analysed(documents: Iterable[Document]) -> Iterator[AnalysedDocuments]:
    """Yield the documents as the rebuild corridor does, in batches of three."""
    memory = Memory()
    kept = list(documents)
    for start in range(0, len(kept), 3):
        yield memory.analyse_documents(kept[start : start + 3])


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An engine that was never rebuilt."""
    return ENGINES[request.param](tmp_path / "index")


@pytest.fixture
def engine(empty: Engine) -> Engine:
    """An engine over DOCUMENTS."""
    empty.rebuild(analysed(DOCUMENTS))
    return empty


def ids(engine: Engine, query: str | Part, **options: object) -> list[str]:
    """Return the ids that answer a query, in order."""
    part = parse_query(query).tree if isinstance(query, str) else query
    assert part is not None
    return [hit.id for hit in engine.snapshot().search(part, **options).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("greve", "ab"),
        ("GRÈVES", "ab"),
        ("grève trains", "ab"),
        ("grève orgueil", ""),
        ("orgueil OU municipal", "cd"),
        ("grève SAUF marché", "a"),
        ("SAUF grève", "cd"),
        ("-grève -conseil", "c"),
        ("(pêche OU municipal) -marchés", "cd"),
        ('"conseil d\'etat"', "d"),
        ('"conseil municipal"', "d"),
        ('"municipal le conseil"', "d"),
        ('"conseil état"', ""),
        ('"pêche trains"', ""),
        ('"conseils"', ""),
        ("conseils-municipaux", "d"),
        ("trai*", "ab"),
        ("péc*", "bc"),
        ("titre:greve", "a"),
        ("texte:marché", "b"),
        ("titre:trains", ""),
        ("auteur:ana", "acd"),
        ('auteur:"ana vidal"', "ac"),
        ("source:echo", "ad"),
        ("date:2016", "ad"),
        ("2016-02..2017", "ac"),
        ("..2016-06", "d"),
        ("grève 2016..2017", "a"),
        ("l'école", "c"),
        ("ecole", "c"),
        ("zzz", ""),
        ("zzz*", ""),
        ("=pêche", "b"),
        ("=PÉCHÉ", "c"),
        ("=peche", ""),
        ("=conseils", ""),
        ("grève -=pêche", "a"),
        ('="la grève"', "ab"),
        ('="la greve"', ""),
        ('"=la greve"', "ab"),
        ('"la =greve"', ""),
        ("municipal PRES1 conseil", "d"),
        ("municipal AVANT1 conseil", ""),
        ("municipal AVANT2 conseil", "d"),
        ("trains PRES2 rares", "a"),
        ("trains PRES1 rares", ""),
        ("pêche PRES2 trains", "b"),
        ("pêche PRES1 trains", ""),
        ("conseil PRES3 conseil", "d"),
        ("état PRES9 état", ""),
        ("rien PRES9 conseil", ""),
        ('"conseil municipal" PRES2 conseil', "d"),
        ('"conseil municipal" PRES1 conseil', ""),
        ("titre:(péché PRES1 le)", "c"),
        ("texte:(péché PRES1 le)", ""),
        ("tr*ns AVANT2 rar*", "a"),
        ("p?che", "bc"),
        ("*ains", "ab"),
        ("tr*ns", "ab"),
        ("*unicip*", "d"),
        ("titre:(*arch?)", "b"),
        ("auteur:*vid?l", "ac"),
        ("gerve~", "ab"),
        ("orgeuil~", "c"),
        ("titre:marhcé~", "b"),
        ("auteur:vidla~", "ac"),
        ("zzzz~", ""),
    ],
)
def test_which_documents_match(engine: Engine, query: str, found: str) -> None:
    """Words, phrases, families, nearness, fields, dates and their combinations find exactly these documents."""
    hits = engine.snapshot().search(parse_query(query).tree or Everything())

    assert (set(found), len(found)) == ({hit.id for hit in hits.hits}, hits.total)


def test_everything(engine: Engine) -> None:
    """Everything is all the documents, ties in the order of ids."""
    assert ids(engine, Everything()) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("facet", "value", "found"),
    [
        ("source", "L’Écho", "ad"),
        ("source", "", "c"),
        ("author", "Ana Vidal", "ac"),
        ("year", 2016, "ad"),
        ("year", 0, "b"),
    ],
)
def test_facet_filters(engine: Engine, facet: str, value: str | int, found: str) -> None:
    """A facet value, « unknown » included, is matched whole."""
    assert list(found) == ids(engine, Has(facet, value))


def test_open_periods(engine: Engine) -> None:
    """A period without any end holds all the dated documents."""
    assert ids(engine, Published(None, None)) == ["a", "c", "d"]


def test_facets_count_the_whole_result(engine: Engine) -> None:
    """Facets count every hit, beyond the page, with "" and 0 for unknown."""
    hits = engine.snapshot().search(Everything(), limit=1)

    assert dict(hits.facets["source"]) == {"L’Écho": 2, "La Gazette": 1, "": 1}
    assert dict(hits.facets["author"]) == {"Ana Vidal": 2, "": 1, "Luc Ana": 1}
    assert dict(hits.facets["year"]) == {2016: 2, 2017: 1, 0: 1}


def test_pages_of_hits(engine: Engine) -> None:
    """Offset and limit cut one order; the total is that of all the hits."""
    pages = [engine.snapshot().search(Everything(), offset=offset, limit=3) for offset in (0, 3, 6)]

    assert [[hit.id for hit in page.hits] for page in pages] == [["a", "b", "c"], ["d"], []]
    assert {4} == {page.total for page in pages}


@pytest.mark.parametrize(("sort", "order"), [(Sort.NEWEST, "cadb"), (Sort.OLDEST, "dacb")])
def test_order_by_date(engine: Engine, sort: Sort, order: str) -> None:
    """By date, undated documents come last whatever the direction."""
    assert list(order) == ids(engine, Everything(), sort=sort)


@pytest.mark.parametrize("query", ["greve", "grève", "trains OU greve"])
def test_scores_come_in_order(engine: Engine, query: str) -> None:
    """Scores go down along the hits."""
    scores = [hit.score for hit in engine.snapshot().search(parse_query(query).tree or Everything()).hits]

    assert sorted(scores, reverse=True) == scores


def test_a_word_of_the_title_ranks_higher(engine: Engine) -> None:
    """Title and text beat text alone."""
    assert ids(engine, "greve") == ["a", "b"]


def test_typed_accents_rank_the_same_accents_first(engine: Engine) -> None:
    """« pêche » puts pêche before péché, though both match."""
    fish = ids(engine, "texte:pêche")
    sin = ids(engine, "texte:péché")

    assert (fish, sin) == (["b", "c"], ["c", "b"])


def test_words_with_other_accents_do_not_add_up(empty: Engine) -> None:
    """For « péché », one péché among many pêche is less than two péché, and more than pêche all over."""
    texts = {"sin twice": "péché péché", "fish": "pêche " * 6, "both": "péché" + " pêche" * 6, "bare": "peche peche"}
    empty.rebuild(analysed(Document(name, "", text + " mot" * (8 - text.count(" "))) for name, text in texts.items()))

    assert ids(empty, "péché") == ["sin twice", "both", "bare", "fish"]
    assert set(ids(empty, "peche")[:2]) == {"fish", "both"}


def test_partial_matches_are_graded(engine: Engine) -> None:
    """With a MostOf, who has more of the parts comes first."""
    most = next(loosened(parse_query("grève trains orgueil municipal SAUF marché").tree or Everything()))
    hits = ids(engine, most)

    assert [hits[0], *sorted(hits[1:])] == ["a", "c", "d"]


def test_an_exclusion_may_stand_in_a_choice(engine: Engine) -> None:
    """« A or not B » is a sound question."""
    market, strike = (parse_query(text).tree for text in ("marché", "grève"))
    assert isinstance(market, Word)
    assert strike is not None

    assert sorted(ids(engine, AnyOf((market, Excluded(strike))))) == ["b", "c", "d"]


def test_a_form_can_be_demanded(engine: Engine) -> None:
    """A word looked for in its exact form finds these accents only."""
    forms = analyse("pêche")[0].forms

    assert ids(engine, Word("pêche", forms, Form.EXACT)) == ["b"]


def test_a_slip_ranks_the_very_word_first(engine: Engine) -> None:
    """With `mot~` an article that has the word itself comes before those one slip away."""
    documents = [
        Document("1", "Le boulanger", "Un boulanger.", "", None, ""),
        Document("2", "Boulangers", "Boulangers, boulangers, boulangers.", "", None, ""),
    ]
    engine.rebuild(analysed(documents))

    assert (ids(engine, "boulanger~"), ids(engine, "boulangers~")) == (["1", "2"], ["2", "1"])


def scores(engine: Engine, part: Part) -> dict[str, float]:
    """Return the scores of all that matches."""
    return {hit.id: hit.score for hit in engine.snapshot().search(part).hits}


def test_what_is_favoured_adds_to_the_score_only(engine: Engine) -> None:
    """Articles that have a favoured phrase gain, those that do not stay as they are, and no other is found."""
    words = parse_query("grève ET totale OU trains").tree or Everything()
    phrase = Favoured(Phrase("grève totale", tuple(token.forms for token in analyse("grève totale")), Form.STEM))
    plain, favoured = scores(engine, words), scores(engine, AllOf((words, phrase)))

    assert favoured["a"] == pytest.approx(plain["a"])
    assert favoured["b"] > plain["b"] + 0.1
    assert plain.keys() == favoured.keys()


@pytest.mark.parametrize(("kind", "found"), [(AllOf, "b"), (AnyOf, "bc"), (MostOf, "bc")])
def test_what_is_favoured_may_stand_anywhere(engine: Engine, kind: type[AllOf | AnyOf | MostOf], found: str) -> None:
    """Beside other parts a favoured one neither finds nor hides anything."""
    fish, market, strike = (Word(text, analyse(text)[0].forms) for text in ("pêche", "marchés", "grève"))
    parts = (fish, market, Favoured(strike))

    assert set(found) == scores(engine, kind(parts)).keys()


def test_what_is_favoured_finds_everything_alone(engine: Engine) -> None:
    """Alone it only sorts."""
    strike = Word("grève", analyse("grève")[0].forms)

    assert sorted(ids(engine, Favoured(strike))[:2]) == ["a", "b"]
    assert ids(engine, Favoured(strike))[2:] == ["c", "d"]


def gained(empty: Engine, favour: Favour, **texts: str) -> dict[str, float]:
    """Return what articles gain by what is favoured; the words of their titles come before a colon."""
    cut = {name: text.rpartition(": ")[::2] for name, text in texts.items()}
    empty.rebuild(analysed(make_document(name, text, title) for name, (title, text) in cut.items()))
    return scores(empty, Favoured(favour))


def test_words_that_stand_close_together_gain(empty: Engine) -> None:
    """In any order and inflection, within eight words of a title or a text: the more words, and the rarer, the more."""
    gains = gained(
        empty,
        Together("grève trains neige", tuple(token.forms for token in analyse("grève trains neige"))),
        three="La neige, le train et les grèves.",
        two="Le train et la grève.",
        far="Les trains roulent malgré le vent la pluie le froid et la grève.",
        title="Train et neige: Le vent.",
        one="Le train.",
        none="Le vent.",
    )

    assert gains["three"] > gains["two"] > gains["far"] > gains["one"] > gains["none"] == 0
    assert gains["title"] > gains["one"]


def test_words_that_begin_alike_gain_where_the_word_is_not(empty: Engine) -> None:
    """Kin counts in articles that have no inflection of the word itself."""
    gains = gained(
        empty,
        Kin("licenciement", analyse("licenciement")[0].forms, "licen"),
        kin="On licencie.",
        word="Les licenciements.",
        both="On licencie : des licenciements.",
        neither="On embauche.",
    )

    assert [name for name, gain in gains.items() if gain] == ["kin"]


@pytest.mark.parametrize("counted", [True, False])
def test_only_the_best_articles_gain(empty: Engine, counted: bool) -> None:
    """What is favoured is looked for in the first of those found; the others stay behind them, in order."""
    texts = ["grève " * (1 + (number < RESCORED)) + "des trains" for number in range(RESCORED + 2)]
    empty.rebuild(analysed(make_document(f"t{number:03}", text) for number, text in enumerate(texts)))
    strike, trains = (Word(text, analyse(text)[0].forms) for text in ("grève", "trains"))
    snapshot = empty.snapshot()
    plain = snapshot.search(strike, limit=200, counted=counted).hits
    found = snapshot.search(AllOf((strike, Favoured(trains))), limit=200, counted=counted).hits

    assert [hit.id for hit in found] == [hit.id for hit in plain]
    risen = [hit.score > before.score for hit, before in zip(found, plain, strict=True)]
    assert risen == [True] * RESCORED + [False] * 2


@pytest.mark.parametrize(
    ("query", "identifier", "places"),
    [
        ("municipal PRES2 conseil", "d", ["conseil", "conseil", "municipal"]),
        ("municipal AVANT2 conseil", "d", ["conseil", "municipal"]),
        ("conseil PRES3 conseil", "d", ["conseil", "conseil"]),
        ('"d\'état" PRES9 municipal', "d", ["municipal", "État"]),
        ("tra?ns", "a", ["trains"]),
        ("orgueuil~", "c", ["orgueil"]),
        ('"=une peche"', "b", ["une pêche"]),
        ("conseil municipal", "d", ["conseil", "conseil", "conseil municipal", "municipal"]),
    ],
)
def test_where_a_query_stands(engine: Engine, query: str, identifier: str, places: list[str]) -> None:
    """Two words near each other are two places, a favoured phrase is one beside those of its words."""
    leaves = tuple(shown_leaves(parse_query(query).tree or Everything()))
    (reading,) = engine.snapshot().read([identifier], leaves)

    assert places == sorted(reading.document.text[place.start : place.end] for place in reading.places["text"])


def test_a_prefix_in_one_field(engine: Engine) -> None:
    """A prefix keeps to its field."""
    assert ids(engine, Prefix("march", "march", "title")) == ["b"]


def test_documents_come_back_as_they_went_in(engine: Engine) -> None:
    """A stored document is equal to the one that was indexed."""
    assert [
        reading.document for reading in engine.snapshot().read([document.id for document in DOCUMENTS], [])
    ] == DOCUMENTS


def written(spellings: Iterable[Spelling]) -> list[tuple[str, int]]:
    """Return the exact spellings and their counts."""
    return [(spelling.forms.exact, spelling.count) for spelling in spellings]


def test_a_word_is_spelled_as_titles_and_texts_have_it(engine: Engine) -> None:
    """The accents of the corpus, each with how many times it stands in titles and texts; the commonest first."""
    vocabulary = engine.snapshot().vocabulary()

    assert written(vocabulary.spelled("greve")) == [("grève", 4)]
    assert written(vocabulary.spelled("peche")) == [("péché", 2), ("pêche", 1)]
    assert vocabulary.spelled("grev") == ()
    assert "greve" in vocabulary
    assert "grev" not in vocabulary


def test_a_spelling_has_all_its_forms(engine: Engine) -> None:
    """A spelling can be searched for: its folded form and its stem come with it."""
    (strike,) = engine.snapshot().vocabulary().spelled("greve")

    assert strike.forms == analyse("grève")[0].forms


def test_words_that_start_alike(engine: Engine) -> None:
    """A prefix without accents gives the commonest first, then in the order of the alphabet, up to the limit."""
    vocabulary = engine.snapshot().vocabulary()

    assert written(vocabulary.starting("pe", 9)) == [("péché", 2), ("pêche", 1)]
    assert written(vocabulary.starting("co", 2)) == [("conseil", 2), ("continue", 1)]
    assert vocabulary.starting("zzz", 9) == ()


def test_words_that_are_spelled_nearly_so(engine: Engine) -> None:
    """The nearest first, the word itself left out; a swap of neighbours counts as one."""
    vocabulary = engine.snapshot().vocabulary()

    assert written(vocabulary.near("gerve", 2, 9)) == [("grève", 4)]
    assert written(vocabulary.near("marche", 1, 9)) == [("marchés", 1)]
    assert written(vocabulary.near("grave", 1, 1)) == [("grève", 4)]
    assert vocabulary.near("grrrave", 1, 9) == vocabulary.near("12 000", 2, 9) == ()


@pytest.mark.parametrize("folded", ["s.n.c.f", "snc", "vidal", "gazette", "l'", ""])
def test_the_vocabulary_is_words_of_titles_and_texts(engine: Engine, folded: str) -> None:
    """Authors, sources, elided articles and whatever is not spelled in letters have no part in it."""
    assert engine.snapshot().vocabulary().spelled(folded) == ()


def test_words_that_matching_documents_share(engine: Engine) -> None:
    """How many of the documents that match have a stem, in title or text."""
    strike = parse_query("grève").tree
    assert strike is not None
    stems = [analyse(word)[0].forms.stem for word in ("marché", "trains", "école", "ana", "zzz")]

    assert engine.snapshot().shares(strike, stems) == (1, 2, 0, 0, 0)
    assert engine.snapshot().shares(Everything(), stems) == (1, 2, 1, 0, 0)


def test_words_that_titles_or_texts_share(engine: Engine) -> None:
    """How many of the documents that match have a stem in the title alone, or in the text alone."""
    strike = parse_query("grève").tree
    assert strike is not None
    stems = [analyse(word)[0].forms.stem for word in ("marché", "grève", "trains", "ana", "zzz", "grève")]

    assert engine.snapshot().shares(strike, stems, "title") == (1, 1, 0, 0, 0, 1)
    assert engine.snapshot().shares(Everything(), stems, "text") == (1, 2, 2, 0, 0, 2)


@pytest.mark.parametrize("asked", ["grève", "marché SAUF zzz", "grev*", "école OU marché", "zzz"])
def test_what_a_part_is_worth_is_the_score_of_its_hit(engine: Engine, asked: str) -> None:
    """A document is weighed as a search would score it, and there is no score where a search finds nothing."""
    tree = parse_query(asked).tree
    assert tree is not None
    hits = engine.snapshot().search(tree, limit=50)
    scores = {hit.id: hit.score for hit in hits.hits}

    for hit in engine.snapshot().search(Everything(), limit=50).hits:
        assert engine.snapshot().weigh(hit.id, [tree]) == (Weighing(scores.get(hit.id), hits.total),)


def test_an_unknown_id_is_our_own_error(engine: Engine) -> None:
    """No engine lets a foreign exception out."""
    with pytest.raises(UnknownDocument):
        engine.snapshot().read(["zzz"], [])
    with pytest.raises(UnknownDocument):
        engine.snapshot().weigh("zzz", [])


def test_status_tells_what_is_in_service(engine: Engine) -> None:
    """Counts, undated documents, sources and the dates at both ends."""
    status = engine.snapshot().status()

    assert (status.documents, status.undated, status.sources) == (4, 1, 2)
    assert (dt.date(2016, 1, 1), dt.date(2017, 1, 25)) == (status.first, status.last)


def test_an_engine_never_rebuilt_has_no_index(empty: Engine) -> None:
    """Before the first rebuild every question is answered by IndexMissing."""
    for ask in (empty.snapshot,):
        with pytest.raises(IndexMissing):
            ask()


def test_a_rebuild_replaces_everything(engine: Engine) -> None:
    """Nothing of the old index is left."""
    engine.rebuild(analysed(DOCUMENTS[2:3]))

    assert ids(engine, Everything()) == ["c"]


def test_rollback_and_back(engine: Engine) -> None:
    """A rollback brings the previous index back, another one returns."""
    engine.rebuild(analysed(DOCUMENTS[:1]))

    assert (engine.rollback().documents, engine.rollback().documents) == (4, 1)


def test_rollback_needs_a_previous_index(engine: Engine) -> None:
    """A first index has nothing to go back to."""
    with pytest.raises(RebuildFailed):
        engine.rollback()

    assert engine.snapshot().status().documents == 4


def test_an_empty_rebuild_is_refused(engine: Engine) -> None:
    """No documents at all is a mistake; the old index serves on."""
    with pytest.raises(RebuildFailed):
        engine.rebuild([])

    assert engine.snapshot().status().documents == 4


def test_a_rebuild_that_breaks_leaves_the_old_index(engine: Engine) -> None:
    """An exception of the documents themselves passes through; the old index serves on."""

    def broken() -> Iterator[AnalysedDocuments]:
        yield from analysed(DOCUMENTS[:2])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        engine.rebuild(broken())

    assert ids(engine, Everything()) == ["a", "b", "c", "d"]
