"""Summary: what a status says of an index, gathered while its documents pass by."""

from __future__ import annotations

import datetime as dt

from indexer.answer import Status
from indexer.document import Document


class Summary:
    """Counts of the documents seen so far."""

    def __init__(self) -> None:
        self.documents = 0
        self.undated = 0
        self.sources: set[str] = set()
        self.first: dt.date | None = None
        self.last: dt.date | None = None

    def add(self, document: Document) -> None:
        """Count one document."""
        self.documents += 1
        if document.source:
            self.sources.add(document.source)
        if document.date is None:
            self.undated += 1
        else:
            self.first = min(self.first or document.date, document.date)
            self.last = max(self.last or document.date, document.date)

    def status(self) -> Status:
        """Return the counts as a status, without anything about a generation."""
        return Status(self.documents, self.undated, len(self.sources), self.first, self.last)
