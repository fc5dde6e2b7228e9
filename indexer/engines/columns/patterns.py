"""Patterns: which strings of a sorted table belong to a family of words, many at a time.

Strings are compared byte by byte. Folded forms are in ASCII, save those of words that have no letter there: these
sort last, are few, and are told one by one.
"""

from __future__ import annotations

import numpy as np

from indexer.engines.columns.layout import Array
from indexer.engines.columns.strings import Strings
from indexer.engines.families import takes_in
from indexer.query.syntax import Family, Like, Pattern, Prefix

_ANY = ord("?")


def find_family(table: Strings, family: Family) -> Array:
    """Return the numbers of the strings that belong to a family, in order."""
    word = family.folded.encode()
    match family:
        case Prefix():
            return np.arange(*table.with_prefix(word))
        case Pattern() if word.isascii():
            return _of_shape(table, word)
        case Like() if word.isascii():
            return _one_slip_apart(table, word, _perhaps_like(table, word))
        case _:
            doubtful = np.arange(table.place(b"\x80"), len(table))
    belongs = takes_in(family)
    return np.array([number for number in doubtful.tolist() if belongs(table[number].decode())], np.int64)


def _of_shape(table: Strings, shape: bytes) -> Array:
    """Return the numbers of the strings of a shape: its stretches between stars, each where it first fits.

    Without any sign it is a word; several forms may be folded to it.
    """
    first, *others = shape.split(b"*")
    if not others and b"?" not in first:
        return np.array(table.places(first), np.int64)
    numbers = np.arange(*table.with_prefix(first.split(b"?")[0]))
    sizes, least = table.sizes[numbers], len(shape) - len(others)
    numbers = numbers[sizes >= least if others else sizes == least]
    numbers = numbers[_fitting(table.letters, first, table.starts(numbers))]
    if not others:
        return numbers
    *middle, last = others
    numbers = numbers[_fitting(table.letters, last, table.starts(numbers + 1) - len(last))]
    at = table.starts(numbers) + len(first)
    for stretch in middle:
        found = _places(table.letters, stretch)
        at = np.append(found, len(table.letters))[np.searchsorted(found, at)] + len(stretch)
        fits = at <= table.starts(numbers + 1) - len(last)
        numbers, at = numbers[fits], at[fits]
    return numbers


def _perhaps_like(table: Strings, word: bytes) -> Array:
    """Return the numbers of the few strings among which are all those one slip away from a word, each once.

    A slip leaves one half of the word as it is, unless it exchanges the letters where the halves meet.
    """
    half = len(word) // 2
    low, high = table.with_prefix(word[:half])
    heads, tails = np.arange(low, high), table.ending_with(word[half:])
    heads = heads[_near_size(table.sizes[heads], word)]
    tails = tails[_near_size(table.sizes[tails], word) & ((tails < low) | (tails >= high))]
    tails = tails[_fitting(table.letters, word[half:], table.starts(tails + 1) - len(word) + half)]
    turned = word[: half - 1] + word[half : half + 1] + word[half - 1 : half] + word[half + 1 :]
    exchanged = table.places(turned) if turned != word else ()
    return np.concatenate([heads, tails, np.array(exchanged, np.int64)])


def _one_slip_apart(table: Strings, word: bytes, numbers: Array) -> Array:
    """Return the numbers, of some strings of nearly the same size, of those one slip away from a word.

    What the two have alike at their starts and at their ends is then all but one letter of the longer, or all but two
    that stand the other way round.
    """
    sizes, starts = table.sizes[numbers].astype(np.int64), table.starts(numbers)
    letters, steps = np.frombuffer(word, np.uint8), np.arange(len(word))
    inside = steps < sizes[:, np.newaxis]
    firsts = np.where(inside, starts[:, np.newaxis] + steps, 0)
    lasts = np.where(inside, (starts + sizes - 1)[:, np.newaxis] - steps, 0)
    heads = _alike((table.letters[firsts] == letters) & inside)
    tails = _alike((table.letters[lasts] == letters[::-1]) & inside)
    near = heads + tails >= np.maximum(sizes, len(word)) - 1
    turned = ((heads + tails == len(word) - 2) & (sizes == len(word))).nonzero()[0]
    first, at = starts[turned] + heads[turned], heads[turned]
    exchanged = (table.letters[first] == letters[at + 1]) & (table.letters[first + 1] == letters[at])
    near[turned[exchanged]] = True
    return np.sort(numbers[near])


def _alike(letters: Array) -> Array:
    """Return how many of the first letters of each row are alike."""
    return np.asarray(np.logical_and.accumulate(letters, axis=1).sum(axis=1))


def _near_size(sizes: Array, word: bytes) -> Array:
    return np.asarray(np.abs(sizes - len(word)) <= 1)


def _fitting(letters: Array, stretch: bytes, places: Array) -> Array:
    """Return at which of some places (their numbers among them) a stretch stands."""
    rows = np.arange(len(places))
    for step, letter in enumerate(stretch):
        if letter != _ANY:
            rows = rows[letters[places[rows] + step] == letter]
    return rows


def _places(letters: Array, stretch: bytes) -> Array:
    """Return all the places where a stretch stands, strings aside."""
    last = max(len(letters) - len(stretch) + 1, 0)
    found = np.ones(last, bool)
    for step, letter in enumerate(stretch):
        if letter != _ANY:
            found &= letters[step : last + step] == letter
    return np.flatnonzero(found)
