"""Sounds: how far a French word as typed is from one as written, counting as little what an ear cannot tell."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import permutations

SLIP = 1.0
"""The cost of a letter more, less or other: the unit."""

FIRST = 0.3
"""What it costs more on the first letter, where slips are rare."""

SWAP = 0.8
"""Two neighbours exchanged: fingers do that more often than the rest."""

SOUND = 0.35
"""One spelling of a sound for another; a letter doubled or not."""

SILENT = 0.45
"""A letter at the end that is not heard."""

_SOUNDS = """
f ff ph
c k q qu cu cc ck ch
s ss c sc t x
z s
j g ge
g gu gh
gn ni ny
i y hi hy ie
o au eau ho hau eo
e ai ei er ez et ee es est ay
eu oeu e
an en am em han ean
in im ain ein aim yn ym un en
on om
oi oy ois oie
ill il ll y ille
eil eille
ail aille
euil ueil euille oeil
ou oo oux w
tion sion ssion cion xion
x cs cc ks xc gz
v w
u hu ue
a ha as at
bb b
dd d
ll l
mm m
nn n
pp p
rr r rh
tt t th
"""
"""The spellings of each sound, one sound a line, without accents."""

_UNHEARD = ("e", "s", "t", "d", "x", "p", "z", "es", "ts", "ds", "ent", "h")
"""What may stand at the end of a word and not be heard."""


def _alternatives() -> dict[str, frozenset[str]]:
    """Return, for each spelling of a sound, the other ones."""
    others = defaultdict[str, set[str]](set)
    for sound in filter(None, _SOUNDS.splitlines()):
        for one, other in permutations(sound.split(), 2):
            others[one].add(other)
    return {one: frozenset(found) for one, found in others.items()}


_ALIKE = _alternatives()
_LONGEST = max(map(len, _ALIKE))


def misspelling_cost(typed: str, written: str) -> float:
    """Return how unlikely it is to type one folded word for another, in slips of a letter; 0 for the same word.

    An edit distance whose edits include whole spellings of a sound: f for ph costs less than f for v.
    """
    rows = [_first_costs(written)]
    starts = _first_costs(typed)
    heard, sounds = _heard(typed), _heard(written)
    for i in range(1, len(typed) + 1):
        row = [starts[i]]
        for j in range(1, len(written) + 1):
            slip = 0.0 if typed[i - 1] == written[j - 1] else SLIP + FIRST * (i == j == 1)
            best = min(rows[i - 1][j - 1] + slip, rows[i - 1][j] + SLIP, row[j - 1] + SLIP)
            if i > 1 and j > 1 and typed[i - 1] == written[j - 2] and typed[i - 2] == written[j - 1]:
                best = min(best, rows[i - 2][j - 2] + SWAP)
            for one, others in heard[i]:
                for other, _ in sounds[j]:
                    if other in others:
                        best = min(best, rows[i - len(one)][j - len(other)] + SOUND)
            row.append(best)
        rows.append(row)
    ends = [
        rows[-1][-1],
        *(rows[-1][-1 - len(end)] + SILENT for end in _UNHEARD if written.endswith(end)),
        *(rows[-1 - len(end)][-1] + SILENT for end in _UNHEARD if typed.endswith(end)),
    ]
    return min(ends)


def _first_costs(word: str) -> list[float]:
    """Return what each beginning of a word costs when the other word has nothing of it; an h is not heard."""
    first = SOUND if word[:1] == "h" else SLIP + FIRST
    return [0.0, *(first + SLIP * more for more in range(len(word)))]


@lru_cache(maxsize=1 << 10)
def _heard(word: str) -> tuple[tuple[tuple[str, frozenset[str]], ...], ...]:
    """Return, for each place in a word, the spellings of sounds that end there, each with what sounds alike."""
    return tuple(
        tuple(
            (word[start:end], _ALIKE[word[start:end]])
            for start in range(max(0, end - _LONGEST), end)
            if word[start:end] in _ALIKE
        )
        for end in range(len(word) + 1)
    )
