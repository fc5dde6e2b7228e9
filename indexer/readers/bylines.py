"""Who signed and when: what a line such as « Publié le 12 mai 2019 par Hélène Vasseur » tells."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from indexer.readers.dates import DATE, find_date

_WORD = r"(?:[dDlL][’'])?[A-ZÀ-ÖØ-ÞŒ][\w’'.-]*"
_NAME = rf"{_WORD}(?: (?:(?:de|du|des|de la|van|von|der|ben|bin|el|al|da|di|dos) )?{_WORD}){{1,3}}"
NAMES = re.compile(rf"{_NAME}(?:(?:, | et | & ){_NAME})*")
"""One or several names of persons: two to four words with capitals each, particles left aside."""

_BY = r"(?:propos recueillis par|entretien réalisé par|(?:texte|récit|reportage|enquête)(?: de| par| :)|(?:publié|posté|écrit|rédigé|signé) par|by|par)"  # noqa: E501 — one table
_SIGNED = re.compile(rf"(?:^|[\s,–—|·•-]){_BY}\s*:?\s+(?P<names>{NAMES.pattern})(?P<rest>.*)$")
_SIGNED_ANY_CASE = re.compile(rf"\b{_BY}\b", re.IGNORECASE)
_ARTICLES = re.compile(
    r"(?:L[’']|(?:Le|La|Les|Notre|Nos|Votre|Un|Une|Des|Ce|Cette|En|Au|Aux|Avec|Selon)\b)", re.IGNORECASE
)
_AFTER_NAMES = re.compile(r"\s*(?:$|[,(|–—•·/-]|(?:le|avec|à|pour|dans|in|publi|post|mis|et)\b)", re.IGNORECASE)

_PUBLISHED = re.compile(
    r"\b(?:(?:publi|modifi|actualis|post|rédig|cré)(?:ée?|e(?= le \d))|posted|par(?:u|ution)|mise? (?:en ligne|à jour)|"
    r"écrit|édition|dernière mise à jour|dernière modification)\b",
    re.IGNORECASE,
)
_DETAILS = re.compile(
    r"\b\d{1,2}\s?(?:h(?:eures?)?|:)\s?(?:\d{2})?(?::\d{2})?\b"  # the time
    r"|\b(?:temps de )?lecture\s*:?\s*\d+\s?min\w*|\b\d+\s?min(?:utes)? de lecture\b"
    r"|\b(?:p\.|pages?|n[°o])\s?\d+\b|(?:^|[\s,])(?:avec|et) AFP\b|\b\d+ (?:commentaires?|comments?)\b"
    r"|\b(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche)\b",
    re.IGNORECASE,
)
_SMALL = re.compile(r"(?:le|du|de|à|au|dans|date|par|on|at|et|[\W\d_])+", re.IGNORECASE)
_PARTS = re.compile(r"\s(?:[–—|•·/-]|//)\s|,\s|\.\s[–—-]\s|\s[–—-]$|\(|\)")
_PLACE = re.compile(r"[A-ZÀ-Ý][\w’'-]+(?: [A-Z][\w’'-]+)?, le \d")

_SIGNS = " ,;:.–—-|•·/()[]\u00a0\u202f«»"

LONGEST = 140
"""A line with more characters than this is prose, whatever date or name it tells."""


@dataclass(frozen=True)
class Byline:
    """What a line tells besides words of the article; `published` when it says so (« Publié le… »)."""

    author: str = ""
    date: dt.date | None = None
    source: str = ""
    published: bool = False


def find_author(line: str) -> str:
    """Return the author named by a signature (« Par Hélène Vasseur et Loïc N’Diaye »), "" when none is.

    « Par la rédaction » names nobody; « avec AFP » is left out.
    """
    signed = _SIGNED.search(_SIGNED_ANY_CASE.sub(lambda by: by[0].lower(), line))
    if not signed or not _AFTER_NAMES.match(signed["rest"]) or _ARTICLES.match(signed["names"]):
        return ""
    return signed["names"].rstrip(".,")


def is_name(text: str) -> bool:
    """Tell whether `text` has the shape of persons' names and nothing else."""
    name = unicodedata.normalize("NFC", text).strip(_SIGNS)
    return bool(NAMES.fullmatch(name)) and not _ARTICLES.match(name)


def read_byline(line: str) -> Byline | None:
    """Return what `line` tells when it is nothing but a signature, a date of publication, or both; else None."""
    if len(line) > LONGEST:
        return None
    line = unicodedata.normalize("NFC", line)  # the patterns name composed letters
    author, date = find_author(line), find_date(line)
    if date is None:
        signs = bool(author and _SIGNED_ANY_CASE.match(line)) and (len(line) < 60 or not line.endswith("."))
        return Byline(author) if signs else None
    published = bool(_PUBLISHED.search(line))
    left = [part for part in map(_leftover, _PARTS.split(_drop_signature(line, author))) if part]
    names = [part for part in left if is_name(part)]
    author = author or next(iter(names), "")
    others = [part for part in left if part != author]
    if others and not (published and line[:3].lower() in _OPENINGS) and not _is_source(others, line):
        return None
    source = others[0] if others and _is_source(others, line) and not _PLACE.match(line) else ""
    return Byline(author, date, source, published)


_OPENINGS = {"pub", "pos", "mis", "par", "mod", "act", "écr", "réd", "cré", "le "}
"""How a line begins that goes on telling where or in what section the article was published."""


def _is_source(parts: list[str], line: str) -> bool:
    """Tell whether the one unknown part of a dated line could be a publication: « Tribune du Rail, le 1er mai… »."""
    part = parts[0]
    apart = len(parts) == 1 and bool(_PARTS.search(line))
    return apart and part[0].isupper() and len(part.split()) <= 6 and line.startswith(part)


def _drop_signature(line: str, author: str) -> str:
    """Return `line` without « par » and the names that it introduces."""
    if not author:
        return line
    return re.sub(rf"(?:\b{_BY}\s*:?\s*)?{re.escape(author)}", " ", line, flags=re.IGNORECASE)


def _leftover(part: str) -> str:
    """Return what is left of a part of a dated line without date, time and small words; "" when nothing is."""
    for pattern in (DATE, _DETAILS, _PUBLISHED):
        part = pattern.sub(" ", part)
    words = part.strip(_SIGNS)
    return "" if _SMALL.fullmatch(words) else words.removeprefix("le ").removesuffix(" le").strip(_SIGNS)
