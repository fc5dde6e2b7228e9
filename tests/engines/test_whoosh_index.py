"""Columns as a Whoosh index: Whoosh's own searcher, queries and collectors work on them and agree with ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from whoosh import query as whoosh
from whoosh.reading import TermNotFound

from indexer.analysis.columns import Memory
from indexer.answer import Sort
from indexer.document import Document
from indexer.engines.columns import layout
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.engines.whoosh_engine.index import ColumnCollector, ColumnIndex, ColumnQuery
from indexer.query import parse_query
from indexer.query.syntax import Part

TEXTS = ["la grève des trains", "la grève des bus, la grève", "le marché aux trains", "rien du tout"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ColumnIndex:
    """A Whoosh index over four documents, numbered from 0."""
    root = tmp_path_factory.mktemp("whoosh")
    documents = [Document(f"n{number}", "", text) for number, text in enumerate(TEXTS)]
    WhooshEngine(root).rebuild([Memory().analyse_documents(documents)])
    return ColumnIndex(root / "generations" / "000001")


def tree(typed: str) -> Part:
    part = parse_query(typed).tree
    assert part is not None
    return part


def term(word: str) -> whoosh.Term:
    """Return Whoosh's query for the stem of a word."""
    return whoosh.Term("stem", tree(word).forms.stem)  # type: ignore[union-attr]


PAIRS = {
    "grève": term("grève"),
    "grève trains": whoosh.And([term("grève"), term("trains")]),
    "grève OU marché": whoosh.Or([term("grève"), term("marché")]),
    "trains SAUF grève": whoosh.And([term("trains"), whoosh.Not(term("grève"))]),
    "zzz": term("zzz"),
}


@pytest.mark.parametrize("typed", PAIRS)
def test_whoosh_queries_find_what_ours_find(index: ColumnIndex, typed: str) -> None:
    """Posting by posting, through Whoosh's matchers, the same documents come out."""
    found = index.searcher().search(PAIRS[typed], limit=None)
    ours = ColumnQuery(tree(typed)).matches(index.searcher())

    assert sorted(hit.docnum for hit in found) == ours.documents.tolist()


@pytest.mark.parametrize("typed", [*PAIRS, '"des trains"', "trai*", "SAUF grève"])
def test_our_query_under_whoosh_s_collector(index: ColumnIndex, typed: str) -> None:
    """Whoosh collects our query one document at a time, with the scores that we collect whole."""
    searcher = index.searcher()
    collector = ColumnCollector(Sort.RELEVANCE, 10)
    searcher.search_with_collector(ColumnQuery(tree(typed)), collector)
    found = searcher.search(ColumnQuery(tree(typed)), limit=None)

    assert collector.count() == len(found)
    assert dict(collector.results().items()) == pytest.approx({hit.docnum: hit.score for hit in found})


def test_whoosh_s_queries_under_our_collector(index: ColumnIndex) -> None:
    """A query object that is not ours falls back to its matcher, and its answer is the same."""
    searcher = index.searcher()
    collector = ColumnCollector(Sort.RELEVANCE, 10)
    searcher.search_with_collector(PAIRS["grève trains"], collector)

    assert collector.all_ids() == [0]
    assert collector.best.documents.tolist() == [0]


def test_our_query_inside_whoosh_s(index: ColumnIndex) -> None:
    """Our query is a leaf among Whoosh's."""
    mixed = whoosh.And([ColumnQuery(tree('"la grève"')), term("bus")])

    assert [hit.docnum for hit in index.searcher().search(mixed)] == [1]


def test_the_reader_tells_what_whoosh_asks(index: ColumnIndex) -> None:
    """Terms, frequencies, documents: Whoosh's reading protocol."""
    reader = index.reader()
    stem = term("grève").text

    assert ("stem", stem) in reader
    assert ("text", stem) not in reader
    assert ("stem", stem.encode()) in set(reader.all_terms())
    assert reader.indexed_field_names() == ["stem"]
    assert (reader.doc_frequency("stem", stem), reader.doc_frequency("stem", "zzz")) == (2, 0)
    assert (reader.doc_count(), reader.doc_count_all(), index.doc_count()) == (4, 4, 4)
    assert list(reader.all_doc_ids()) == [0, 1, 2, 3]
    assert (reader.has_deletions(), reader.is_deleted(0)) == (False, False)
    assert reader.stored_fields(2)["document"].text == TEXTS[2]


def test_an_unknown_term_is_whoosh_s_error(index: ColumnIndex) -> None:
    """Whoosh's matchers expect TermNotFound."""
    with pytest.raises(TermNotFound):
        index.reader().postings("stem", "zzz")


def test_equal_parts_are_equal_queries() -> None:
    """Whoosh compares query objects and keeps them in sets."""
    one, same, other = (ColumnQuery(tree(typed)) for typed in ("grève", "grève", "bus"))

    assert {one, same, other} == {one, other}
    assert "grève" in repr(one)


def test_nothing_in_an_index_is_pickled(tmp_path: Path) -> None:
    """An index holds numbers, strings and JSON: no file of it starts or reads like a pickle."""
    WhooshEngine(tmp_path).rebuild([Memory().analyse_documents([Document("a", "Titre", "Un texte.")])])

    for file in (tmp_path / "generations" / "000001").iterdir():
        assert not file.read_bytes().startswith(b"\x80\x04")
        assert file.suffix in {".u1", ".u2", ".u4", ".u8", ".json", ".dict"}


def test_the_layout_tells_every_file(tmp_path: Path) -> None:
    """Each file of an index has its line in the layout, and each line its file."""
    WhooshEngine(tmp_path).rebuild([Memory().analyse_documents([Document("a", "Titre", "Un texte.")])])
    files = {file.name for file in (tmp_path / "generations" / "000001").iterdir()} - {"manifest.json"}
    told = set(re.findall(r"(?:^|, )(\w+\.(?:u[1248]|n|json|dict))", layout.__doc__ or "", re.MULTILINE))
    narrow = {re.sub(r"u\d$", "n", file): file for file in files}

    assert {narrow[name] if name.endswith(".n") else name for name in told} == files
