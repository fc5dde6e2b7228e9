"""The furniture of a page: phrases that stand around articles, from furniture.txt."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path


class Furniture(StrEnum):
    """The sections of furniture.txt, which says what each is; a phrase is looked for in this order."""

    END = "end"
    RELATED = "related"
    TOOL = "tool"
    MENU = "menu"
    SLOGAN = "slogan"
    BANNER = "banner"


LONGEST = {section: 700 if section is Furniture.BANNER else 200 for section in Furniture}
"""How many characters a block may have to be compared with the phrases of a section."""

_SEPARATORS = re.compile(r"\s*[|•·›»>]\s*|\]\s*\[|\s+[/–—-]\s+")
"""What stands between the links of a menu, a breadcrumb trail or a row of buttons."""


_PAGE_NUMBER = re.compile(r"[–—-] ?\d{1,4} ?[–—-]")
_SPACED_SIGN = re.compile(r" (?=[:;?!])")  # « Tags : » and « Tags: » are the same phrase


def find_furniture(text: str) -> Furniture | None:
    """Return the section that the whole of `text` belongs to, None for what may be an article's own words."""
    if _PAGE_NUMBER.fullmatch(text):
        return Furniture.TOOL
    folded = fold(text)
    for section, pattern in _load_phrases().items():
        if len(text) <= LONGEST[section] and pattern.fullmatch(folded):
            return section
    return _find_row(text)


def _find_row(text: str) -> Furniture | None:
    """Return what a row of links or buttons is: « Accueil | Politique | Sport », « Facebook Twitter Imprimer »."""
    if len(text) > LONGEST[Furniture.MENU]:
        return None
    parts = [part for part in _SEPARATORS.split(text.strip("[] ")) if part]
    known = [find_furniture(part) for part in parts] if len(parts) > 1 else []
    bars = text.count("|") >= 2 or "][" in text.replace(" ", "")
    if known and all(section is Furniture.TOOL for section in known):
        return Furniture.TOOL
    if len(parts) > 1 and fold(parts[0]) in {"accueil", "home", "vous etes ici"}:
        return Furniture.MENU
    if len(parts) == 2 and re.search(r"\w\s*[>›]\s*\w", text) and len(text) <= 60:
        return Furniture.MENU
    if len(parts) >= 3 and all(len(part) <= 30 for part in parts) and (len(parts) >= 4 or bars or any(known)):
        return Furniture.TOOL if bars and sum(section is Furniture.TOOL for section in known) > 1 else Furniture.MENU
    return _find_words(text)


def _find_words(text: str) -> Furniture | None:
    """Return what a row of links without separators is: known phrases one after the other, or capitals only.

    « Se connecter S’abonner Aide »: at least three known phrases (two buttons), and fewer words that are not; three
    letters alone (« f t in ») are worth a phrase. « Climat Espace Santé Vivant »: one known phrase, and every word of
    four or more has a capital, which no French title has.
    """
    words = re.findall(r"[^\W\d_][\w’'-]*", text)
    phrases, rest = _cover(fold(text))
    left = [word for word in rest if len(word) > 2]
    if len(left) < len(phrases) and len(phrases) + (len(rest) - len(left)) // 3 >= (
        2 if set(phrases) == {Furniture.TOOL} else 3
    ):
        return Furniture.MENU if Furniture.MENU in phrases else Furniture.TOOL
    titled = len(words) >= 4 and all(word[0].isupper() and word[1:].islower() for word in words)
    return Furniture.MENU if titled and phrases and not re.search(r"[^\w\s’'-]", text) else None


def _cover(folded: str) -> tuple[list[Furniture], list[str]]:
    """Return the sections of the known phrases found one after the other in a folded row, and the words left."""
    phrases: list[Furniture] = []
    rest: list[str] = []
    words = folded.split()
    while words:
        size = next((size for size in range(min(6, len(words)), 0, -1) if _section(" ".join(words[:size]))), 0)
        if size:
            phrases.append(_section(" ".join(words[:size])) or Furniture.MENU)
        else:
            rest.append(words[0])
        words = words[size or 1 :]
    return phrases, rest


def _section(folded: str) -> Furniture | None:
    """Return the section of furniture.txt that has exactly this phrase, among menus and tools."""
    exact = _load_exact()
    return exact.get(folded.strip("()[]?!.,:;|"))


@cache
def _load_exact() -> dict[str, Furniture]:
    """Return the phrases without wildcard of menus, tools and ends; in a row an end is one link more."""
    sections = {Furniture.MENU: Furniture.MENU, Furniture.TOOL: Furniture.TOOL, Furniture.END: Furniture.MENU}
    return {
        phrase: sections[section]
        for section, phrases in _read_phrases().items()
        if section in sections
        for phrase in phrases
        if not set("*<") & set(phrase)
    }


_COMBINING = re.compile("[\u0300-\u036f\u1dc4-\u1dff\u20d0-\u20ff]+")
"""Accents on their own, as decomposition leaves them."""

_END_SIGNS = re.compile(r"^[^\w(]+|[^\w%)+€$°]+$")


def fold(text: str) -> str:
    """Return `text` as furniture.txt is written: lower case, no accents, plain blanks, no signs at the ends."""
    letters = text.casefold()
    if not letters.isascii():
        letters = _COMBINING.sub("", unicodedata.normalize("NFKD", letters)).replace("’", "'")
    words = " ".join(letters.split())
    return _SPACED_SIGN.sub("", _END_SIGNS.sub("", words))


@cache
def _load_phrases() -> dict[Furniture, re.Pattern[str]]:
    """Return one pattern a section, made of its phrases."""
    return {section: re.compile("|".join(map(_pattern, phrases))) for section, phrases in _read_phrases().items()}


def _read_phrases() -> dict[Furniture, list[str]]:
    """Read furniture.txt."""
    phrases: dict[Furniture, list[str]] = {section: [] for section in Furniture}
    section = Furniture.TOOL
    for line in Path(__file__).with_name("furniture.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = Furniture(line.strip("[]"))
        elif line and not line.startswith("#"):
            phrases[section].append(line)
    return phrases


def _pattern(phrase: str) -> str:
    """Return the regular expression of one phrase."""
    return re.escape(_SPACED_SIGN.sub("", phrase)).replace(r"\*", ".*").replace("<n>", r"\d[\d .,]*")
