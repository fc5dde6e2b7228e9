"""Spelling: what someone may have meant by words that the corpus does not have, and how a word may go on."""

from indexer.spelling.completing import completed
from indexer.spelling.respelling import Respelled, respelled

__all__ = ["Respelled", "completed", "respelled"]
