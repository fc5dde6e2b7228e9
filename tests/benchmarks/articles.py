"""The articles of a benchmark corpus: JSON Lines as Furet reads them, and the bytes that tell two corpora apart."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import IO


@dataclass(frozen=True)
class Article:
    """One line of a corpus."""

    id: str
    title: str
    text: str

    @property
    def whole(self) -> str:
        """The title and the text in one: what engines of a single field index."""
        return f"{self.title}\n{self.text}"

    def line(self) -> str:
        """Return the article as a line of JSON."""
        return json.dumps({"id": self.id, "title": self.title, "text": self.text}, ensure_ascii=False) + "\n"


def read_articles(path: Path) -> Iterator[Article]:
    """Yield the articles of a .jsonl or .jsonl.xz file."""
    with _open(path) as lines:
        for line in lines:
            if line.strip():
                keys = json.loads(line)
                yield Article(str(keys["id"]), keys["title"], keys["text"])


def digest_of(*parts: Path | str) -> str:
    """Return a short digest of strings and of the contents of files."""
    digest = blake2b(digest_size=6)
    for part in parts:
        if isinstance(part, str):
            digest.update(part.encode())
            continue
        with part.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _open(path: Path) -> IO[str]:
    return lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")
