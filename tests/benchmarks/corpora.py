"""The corpus of a run, of the size that was asked for: a sample of its source, or more articles recombined from it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.readers import Failure, find_files, read_file
from tests.benchmarks.articles import Article, digest_of, read_articles

SEED = 2026

_PARAGRAPH_END = re.compile(r"\n+")


@dataclass(frozen=True)
class Corpus:
    """A corpus on disk; `digest` tells it from any other, `text_bytes` counts titles and texts in UTF-8."""

    path: Path
    digest: str
    source: str
    documents: int
    text_bytes: int


def prepare_corpus(source: Path, size: int | None, folder: Path) -> Corpus:
    """Return a corpus of `size` articles made from `source`, written in `folder` unless it is there already.

    `source` is a .jsonl or .jsonl.xz file, or a folder of articles in any format that Furet reads. Without `size`
    the source is taken whole; a smaller size takes articles evenly spaced, a larger one recombines paragraphs.
    """
    files = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else [source]
    digest = digest_of(*files, str(size), str(SEED), Path(__file__))
    path = folder / f"{digest}.jsonl"
    if not path.exists():
        articles = list(read_folder(source)) if source.is_dir() else list(read_articles(source))
        _write(resized(articles, size or len(articles)), path)
    documents = text_bytes = 0
    for article in read_articles(path):
        documents += 1
        text_bytes += len(article.title.encode()) + len(article.text.encode())
    return Corpus(path, digest, source.name, documents, text_bytes)


def resized(articles: Sequence[Article], size: int) -> Iterable[Article]:
    """Return `size` articles: the same ones, some of them evenly spaced, or new ones recombined from them."""
    if size > len(articles):
        return recombine(articles, size)
    return (articles[number * len(articles) // size] for number in range(size))


def recombine(articles: Sequence[Article], size: int, seed: int = SEED) -> Iterator[Article]:
    """Yield `size` articles whose paragraphs are drawn from those of `articles`.

    Each has the title and the number of paragraphs of a real one, so that lengths keep their distribution; word
    frequencies too, but the vocabulary does not grow. The same seed gives the same articles.
    """
    draw = random.Random(seed)
    paragraphs = [paragraph for article in articles for paragraph in paragraphs_of(article)]
    lengths = [(article.title, len(paragraphs_of(article))) for article in articles]
    for number in range(size):
        title, length = draw.choice(lengths)
        yield Article(f"made-{number}", title, "\n\n".join(draw.choices(paragraphs, k=length)))


def paragraphs_of(article: Article) -> list[str]:
    """Return the paragraphs of an article, whether one or two line ends part them."""
    return _PARAGRAPH_END.split(article.text.strip())


def read_folder(folder: Path) -> Iterator[Article]:
    """Yield the articles of a folder, read as a rebuild reads them."""
    for file in find_files([folder]):
        for document in read_file(file):
            if not isinstance(document, Failure):
                yield Article(document.id, document.title, document.text)


def _write(articles: Iterable[Article], path: Path) -> None:
    """Write a corpus in one piece: a run that is interrupted leaves nothing that the next one would trust."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    with aside.open("w", encoding="utf-8") as lines:
        lines.writelines(article.line() for article in articles)
    aside.replace(path)
