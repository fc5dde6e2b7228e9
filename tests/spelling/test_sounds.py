"""What a misspelling costs: ears forgive more than fingers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.vocabulary import edit_distance
from indexer.spelling.sounds import SLIP, SOUND, SWAP, misspelling_cost

WORDS = st.text("acehnoprstuy", max_size=10)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("fare", "phare"),
        ("karton", "carton"),
        ("bouket", "bouquet"),
        ("rassine", "racine"),
        ("baze", "base"),
        ("orloge", "horloge"),
        ("tim", "thym"),
        ("girafon", "jirafon"),
        ("pijon", "pigeon"),
        ("pyrate", "pirate"),
        ("bato", "bateau"),
        ("chapo", "chapeau"),
        ("vandredi", "vendredi"),
        ("lempe", "lampe"),
        ("sapain", "sapin"),
        ("pin", "pain"),
        ("plonb", "plomb"),
        ("jardinner", "jardiner"),
        ("balon", "ballon"),
        ("marcher", "marchez"),
        ("atenssion", "atention"),
        ("agno", "anio"),
    ],
)
def test_what_sounds_the_same_costs_little(typed: str, written: str) -> None:
    """One spelling of a sound for another is no slip."""
    assert misspelling_cost(typed, written) == pytest.approx(SOUND)


@pytest.mark.parametrize(("typed", "written"), [("velour", "velours"), ("rempar", "rempart"), ("nidd", "nid")])
def test_what_is_not_heard_at_the_end_costs_less_than_a_slip(typed: str, written: str) -> None:
    """A silent letter left out, or one too many."""
    assert 0 < misspelling_cost(typed, written) < SLIP


@pytest.mark.parametrize(
    ("typed", "written", "cost"),
    [
        ("jardin", "jardin", 0),
        ("jarfin", "jardin", SLIP),
        ("jadin", "jardin", SLIP),
        ("jarvdin", "jardin", SLIP),
        ("jadrin", "jardin", SWAP),
        ("jafrdni", "jardin", SLIP + SWAP),
    ],
)
def test_slips_of_the_fingers(typed: str, written: str, cost: float) -> None:
    """A letter more, less or other is one slip, two letters exchanged nearly one."""
    assert misspelling_cost(typed, written) == pytest.approx(cost)


def test_the_first_letter_is_seldom_wrong() -> None:
    """A slip costs more there."""
    assert misspelling_cost("bardin", "jardin") > misspelling_cost("jabdin", "jardin")


@given(WORDS, WORDS)
def test_a_cost_tells_words_apart(typed: str, written: str) -> None:
    """Only the same word costs nothing; a cost is at most that of all the slips."""
    cost = misspelling_cost(typed, written)

    assert (cost == 0) == (typed == written)
    assert cost <= edit_distance(typed, written) * SLIP + 2 * 0.3
