"""Queries: from what someone typed to a tree that every engine can answer."""

from indexer.query.loosening import any_of_all, loosened
from indexer.query.parser import Query, parse_query
from indexer.query.rendering import write_query

__all__ = ["Query", "any_of_all", "loosened", "parse_query", "write_query"]
