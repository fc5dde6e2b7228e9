"""How many misspelt words come out right: ``python -m tests.benchmarks.misspellings INDEX [WORDS]``.

Words of the index, common ones more often, get one random slip each; a slip that makes another word of the index is
left out. Right is the same word, accents aside; nearly right, one of its inflections.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase

import click

from indexer.analysis import analyse
from indexer.engines import Snapshot, Spelling, open_engine
from indexer.spelling.candidates import candidates

LETTERS = 6
"""The shortest words that are misspelt."""


def misspelt(snapshot: Snapshot, words: int) -> Iterator[tuple[str, Spelling]]:
    """Yield misspelt words, each with what was meant; always the same for one index."""
    chosen = random.Random(1)
    vocabulary = snapshot.vocabulary()
    known = [
        spelling
        for letter in ascii_lowercase
        for spelling in vocabulary.starting(letter, 100_000)
        if len(spelling.forms.folded) >= LETTERS
    ]
    for meant in chosen.choices(known, [spelling.count for spelling in known], k=words):
        typed = slip(meant.forms.folded, chosen)
        if typed != meant.forms.folded and not vocabulary.spelled(typed):
            yield typed, meant


def slip(word: str, chosen: random.Random) -> str:
    """Return a word with one letter doubled, dropped, exchanged with the next, or replaced."""
    at = chosen.randrange(len(word) - 1)
    head, letter, tail = word[:at], word[at], word[at + 1 :]
    return head + chosen.choice(
        [letter * 2 + tail, tail, tail[0] + letter + tail[1:], chosen.choice(ascii_lowercase) + tail]
    )


def main(index: str, words: str = "1000") -> None:
    """Print how many come out right, nearly right, and the CPU time that each takes."""
    snapshot = open_engine(Path(index)).snapshot()
    right, nearly, times = 0, 0, []
    for typed, meant in misspelt(snapshot, int(words)):
        start = time.process_time()
        found = candidates(typed, snapshot)
        times.append(time.process_time() - start)
        first = analyse(found[0].exact)[-1].forms if found else None
        right += first is not None and first.folded == meant.forms.folded
        nearly += first is not None and first.stem == meant.forms.stem
    shares = f"{right / len(times):.1%} right, {nearly / len(times):.1%} with inflections"
    click.echo(f"{len(times)} words, {shares}, {statistics.median(times) * 1000:.1f} ms each")


if __name__ == "__main__":
    main(*sys.argv[1:])
