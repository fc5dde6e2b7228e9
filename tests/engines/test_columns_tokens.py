"""Where the tokens of postings are, however many postings are asked for at once."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.analysis.columns import Memory
from indexer.document import Document
from indexer.engines.columns.reader import Columns
from indexer.engines.whoosh_engine import WhooshEngine


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    """Some 1,500 postings in blocks of 128, of one token to twenty."""
    folder = tmp_path_factory.mktemp("tokens")
    documents = [Document(f"n{n:03}", f"mot {n % 7}", "des mots " * (n % 21) + f"avec le mot {n}") for n in range(300)]
    WhooshEngine(folder).rebuild([Memory().analyse_documents(documents)])
    return Columns(folder / "generations" / "000001")


@pytest.mark.parametrize("step", [1, 2, 300])
def test_postings_read_together_have_the_tokens_that_they_have_alone(columns: Columns, step: int) -> None:
    """Whether blocks are counted once or for each posting, tokens are the same, in the same order."""
    places = np.arange(0, len(columns.codes), step)
    together = columns.tokens.at(places)
    alone = [columns.tokens.at(places[row : row + 1]) for row in range(len(places))]

    assert together.rows.tolist() == [row for row, tokens in enumerate(alone) for _ in tokens.rows]
    assert together.positions.tolist() == [position for tokens in alone for position in tokens.positions.tolist()]
    assert together.forms.tolist() == [form for tokens in alone for form in tokens.forms.tolist()]


def test_the_first_tokens_are_read_alone(columns: Columns) -> None:
    """As many as are asked for of each posting, from the first."""
    places = np.arange(len(columns.codes))
    whole, some = columns.tokens.at(places), columns.tokens.at(places, 2)

    for row in range(len(places)):
        assert some.positions[some.rows == row].tolist() == whole.positions[whole.rows == row][:2].tolist()


def test_a_posting_that_weighs_little_is_not_in_the_title(columns: Columns) -> None:
    """No word of a title has a lower code than the least that its document allows."""
    for stem in range(len(columns.stems)):
        where, documents = columns.postings(stem), columns.holders(stem)
        first = columns.tokens.at(np.arange(where.start, where.stop), 1).positions
        titled = first < columns.titles[documents]
        assert (columns.codes[where][titled] >= columns.title_codes[documents][titled]).all()
