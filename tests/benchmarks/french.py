"""The recipe of French analysis that every peer follows: cut at non-letters, fold, drop stop words, stem.

Engines that have these steps of their own (tantivy, Whoosh, Xapian) are given them in the same order; the others
(FTS5, bm25s) are fed the terms that this module makes. Furet follows its own analysis.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import Stemmer

WORD = re.compile(r"\w+")

STOP_WORDS = frozenset(
    """
    a ai ainsi alors apres as au aussi autre autres aux avait avaient avant avec avez avoir avons ayant
    c ca car ce ceci cela celle celles celui ces cet cette ceux chez comme comment
    d dans de deja depuis des deux dit donc dont du
    elle elles en encore entre es est et etaient etait etant etc etre eu eut eux
    faire fait fut furent
    il ils j je jusqu
    l la le les leur leurs lorsqu lui
    m ma mais me meme memes mes moi mon
    n ne ni non nos notre nous
    on ont ou par parce pas peut peu plus pour puisqu
    qu quand que quel quelle quelles quels qui quoi quoiqu
    s sa sans se sera seront ses si soit son sont sous sur
    t ta te tes toi ton tous tout toute toutes tres tu
    un une vers voir vos votre vous y
    """.split()  # noqa: SIM905 - a list literal of 140 words is read by no one
)
"""Folded, with the elided words: a tokenizer that cuts at apostrophes leaves « l », « d », « qu » behind."""

_stemmer = Stemmer.Stemmer("french")
_terms: dict[str, str | None] = {}
_COMBINING = re.compile("[\u0300-\u036f]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "’": "'"})


def fold(text: str) -> str:
    """Return `text` without accents or ligatures, in the same case."""
    if text.isascii():
        return text
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text.translate(_LIGATURES)))


def term_of(word: str) -> str | None:
    """Return the term of a word, None for a stop word; remembered, for texts repeat their words."""
    if word not in _terms:
        folded = fold(word.lower())
        _terms[word] = None if folded in STOP_WORDS else _stemmer.stemWord(folded)
    return _terms[word]


def terms_of(text: str) -> Iterator[str]:
    """Yield the terms of `text`, in order, without the stop words."""
    for word in WORD.findall(text):
        term = _terms[word] if word in _terms else term_of(word)
        if term:
            yield term
