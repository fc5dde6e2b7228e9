"""What every reader hands over: the parts of an article, made into a Document by the same rules."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from indexer.document import Document, whole_name
from indexer.errors import UnreadableFile
from indexer.messages import message
from indexer.readers.furniture import fold
from indexer.readers.paragraphs import clean_line

LONGEST_TITLE = 120
"""Characters of a title that is made from the first sentence."""

_SENTENCE_END = re.compile(
    r"(?<=[^\W\d_]{3}[.!?…])(?=\s)|(?<=[.!?…][\u00a0\u202f ][»”])(?=\s)|(?<=[\u00a0\u202f ][!?])(?=\s)"
)

_PLAIN = re.compile("[0-9A-Za-z]")


@dataclass(frozen=True)
class Draft:
    """The parts of an article as its reader found them; what is unknown stays empty. Paragraphs are clean."""

    paragraphs: Sequence[str]
    title: str = ""
    author: str = ""
    date: dt.date | None = None
    source: str = ""
    url: str = ""

    def document(self, id: str, path: str) -> Document:  # noqa: A002 — the name that Document gives it
        """Return the Document; raises UnreadableFile when there is no text.

        A paragraph that repeats the title is left out. Without a title, the first sentence is one, and stays in
        the text. Without a source, the host of the address is one.
        """
        title, url = clean_line(self.title), web_address(self.url)
        paragraphs = _without(fold(title), self.paragraphs)
        if not any(map(_says_something, paragraphs)):
            raise UnreadableFile(message("Aucun texte d'article n'a été trouvé."))
        return Document(
            id=id,
            title=title or first_sentence(paragraphs),
            text="\n\n".join(paragraphs),
            author=whole_name(clean_line(self.author)),
            date=self.date,
            source=whole_name(clean_line(self.source)) or host_name(url),
            url=url,
            path=path,
        )


def _without(title: str, paragraphs: Sequence[str]) -> Sequence[str]:
    """Return the paragraphs that do not say what the folded title says; only those about as long are looked at."""
    if not title:
        return paragraphs
    shortest, longest = len(title) // 2, len(title) + 20
    return [text for text in paragraphs if not (shortest <= len(text) <= longest and _says(text, title))]


def _says(text: str, folded: str) -> bool:
    """Tell whether a text says what a folded one does; its first character nearly always tells that it does not."""
    return (not _is_plain(text[:1]) or text[0].lower() == folded[0]) and fold(text) == folded


def _says_something(text: str) -> bool:
    """Tell whether a paragraph has more than signs; a plain letter or digit, which folding keeps, tells most often."""
    return bool(_PLAIN.search(text) or fold(text))


def _is_plain(character: str) -> bool:
    """Tell whether a character is a letter or digit that stays first when its text is folded."""
    return character.isascii() and character.isalnum()


def identify(content: bytes) -> str:
    """Return the id of the article that a whole file is: the same content has the same id wherever it is."""
    return hashlib.sha256(content).hexdigest()[:16]


def first_sentence(paragraphs: Sequence[str]) -> str:
    """Return the first sentence of the text, cut at a word to at most LONGEST_TITLE characters."""
    start = clean_line(next(filter(_says_something, paragraphs))[: 10 * LONGEST_TITLE])
    sentence = _SENTENCE_END.split(start, maxsplit=1)[0]
    if len(sentence) <= LONGEST_TITLE:
        return sentence
    whole_words = sentence[:LONGEST_TITLE].rpartition(" ")[0] or sentence[: LONGEST_TITLE - 1]
    return whole_words.rstrip(" ,;:–—-\u00a0\u202f") + "…"


def web_address(text: str) -> str:
    """Return `text` if it is an http or https address, else ""."""
    address = clean_line(text)
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname and " " not in address else ""


def host_name(url: str) -> str:
    """Return the host of `url` without its « www. », "" without one."""
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
