"""A Hunspell dictionary as lemmas with all their forms (format: man 5 hunspell)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from indexer.analysis.accents import fold_accents

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ROMAN_ORDINAL = re.compile(r"[IVXLC]+es?|\w+ᵉˢ?")
LONGEST_COMPOUND = 5
"""Parts of a compound at most."""


class Kind(StrEnum):
    NOUN = "noun"  # and adjectives
    VERB = "verb"
    AUXILIARY = "auxiliary"
    NAME = "name"
    FUNCTION = "function"
    OTHER = "other"


@dataclass
class Lemma:
    """An entry: its folded word, its kind, its folded forms; among these the feminine ones, and a verb's participles.

    `invariable` tells a noun whose plural is its singular (« cours »).
    """

    word: str
    kind: Kind
    forms: set[str] = field(default_factory=set)
    feminine: set[str] = field(default_factory=set)
    participles: set[str] = field(default_factory=set)
    invariable: bool = False


@dataclass(frozen=True)
class Suffix:
    """One line of a suffix class: cut `strip`, add `addition` where the word ends like `condition`."""

    strip: str
    addition: str
    more: str
    condition: re.Pattern[str]
    tags: tuple[str, ...]


def fold(word: str) -> str:
    return fold_accents(word.lower().replace("’", "'"))


def read_lemmas(affixes: Path, words: Path) -> list[Lemma]:
    """Return the lemmas that are one word; entries of one word and kind are one lemma."""
    lemmas: dict[tuple[str, Kind], Lemma] = {}
    for word, kind, forms in read_entries(affixes, words):
        if not WORD.fullmatch(word) or ROMAN_ORDINAL.fullmatch(word):
            continue
        lemma = lemmas.setdefault((fold(word), kind), Lemma(fold(word), kind))
        for form, tags in forms:
            if WORD.fullmatch(form):
                lemma.forms.add(fold(form))
                lemma.invariable |= "inv" in tags and form == word
                if "fem" in tags:
                    lemma.feminine.add(fold(form))
                elif kind is Kind.VERB and "mas" in tags:
                    lemma.participles.add(fold(form))
    return list(lemmas.values())


def read_compounds(affixes: Path, words: Path) -> set[tuple[str, ...]]:
    """Return the folded parts of the hyphenated words of the dictionary: (porte, monnaie)."""
    compounds = set()
    for word, _, forms in read_entries(affixes, words):
        if "-" not in word:
            continue
        for form in {word, *(form for form, _ in forms)}:
            parts = tuple(fold(part) for part in form.split("-"))
            if len(parts) <= LONGEST_COMPOUND and all(part.isalpha() for part in parts):
                compounds.add(parts)
    return compounds


def read_entries(affixes: Path, words: Path) -> Iterator[tuple[str, Kind, set[tuple[str, tuple[str, ...]]]]]:
    """Yield word, kind and forms (with their tags) of every entry."""
    suffixes = read_suffixes(affixes)
    for line in words.read_text("utf-8").splitlines()[1:]:
        head, *morphology = line.split()
        word, _, flags = head.partition("/")
        kinds = {tag[3:] for tag in morphology if tag.startswith("po:")}
        if "err" in kinds:
            continue
        tags = tuple(tag[3:] for tag in morphology if tag.startswith("is:"))
        yield word, kind_of(word, kinds), {(word, tags), *expand(word, flags, suffixes)}


def kind_of(word: str, kinds: set[str]) -> Kind:
    def any_starts(*heads: str) -> bool:
        return any(kind.startswith(heads) for kind in kinds)

    if any_starts("v0"):
        return Kind.AUXILIARY
    if any_starts("v1", "v2", "v3"):
        return Kind.VERB
    if kinds & {"nom", "adj", "titr", "nb", "nbro"}:
        return Kind.NOUN if word == word.lower() else Kind.NAME
    if kinds & {"npr", "prn", "patr"}:
        return Kind.NAME
    return Kind.FUNCTION if any_starts("mg", "prep", "det", "pro", "cj", "neg") else Kind.OTHER


def read_suffixes(affixes: Path) -> dict[str, list[Suffix]]:
    classes = defaultdict(list)
    for line in affixes.read_text("utf-8").splitlines():
        columns = line.split()
        if len(columns) >= 5 and columns[0] == "SFX":
            addition, _, more = columns[3].partition("/")
            strip, addition = ("" if text == "0" else text for text in (columns[2], addition))
            tags = tuple(tag[3:] for tag in columns[5:] if tag.startswith("is:"))
            classes[columns[1]].append(Suffix(strip, addition, more, re.compile(f"(?:{columns[4]})$"), tags))
    return classes


def expand(
    word: str, flags: str, suffixes: dict[str, list[Suffix]], depth: int = 2
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the forms that two-letter `flags` give to a word, and their tags."""
    for at in range(0, len(flags), 2):
        for suffix in suffixes.get(flags[at : at + 2], ()):
            if word.endswith(suffix.strip) and suffix.condition.search(word):
                form = word[: len(word) - len(suffix.strip)] + suffix.addition
                yield form, suffix.tags
                if depth > 1:
                    for further, tags in expand(form, suffix.more, suffixes, depth - 1):
                        yield further, suffix.tags + tags
