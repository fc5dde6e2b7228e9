"""What can go wrong, as one tree.

::

    FuretError
    ├── SettingsError        a flag, variable or configuration file makes no sense     exit 2
    ├── IndexMissing         no index in this folder yet                               exit 3
    ├── IndexDamaged         an index is there but cannot be trusted                   exit 3
    ├── UnreadableMaterial   a file to measure the search with makes no sense          exit 2
    ├── RebuildLocked        another rebuild is at work on this index                  exit 4
    ├── RebuildFailed        a rebuild was given up; the index served is untouched     exit 5
    ├── UnreadableFile       one corpus file cannot become a document (reported, never fatal)
    └── UnknownDocument      no document has this id

Every error carries a :class:`~indexer.messages.Message`: what happened, to which object, what to do next.
What a user types in the search box is never an error: a parser answers with remarks.
"""

from __future__ import annotations

from typing import ClassVar

from indexer.messages import Message


class FuretError(Exception):
    """Root of the tree; `exit_code` is what the command line ends with."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class SettingsError(FuretError):
    """A flag, an environment variable or a key of furet.toml has a value that makes no sense."""

    exit_code = 2


class IndexMissing(FuretError):
    """The folder holds no index: nothing was ever rebuilt there."""

    exit_code = 3


class IndexDamaged(FuretError):
    """Files of the index are missing, changed or of another version of Furet."""

    exit_code = 3


class UnreadableMaterial(FuretError):
    """A file of cases, judgments or forms, to measure the search with, makes no sense."""

    exit_code = 2


class RebuildLocked(FuretError):
    """Another process is rebuilding the same index."""

    exit_code = 4


class RebuildFailed(FuretError):
    """The new generation could not be built or verified; the one in service stays."""

    exit_code = 5


class UnreadableFile(FuretError):
    """A file of the corpus cannot become a document; the rebuild reports it and goes on."""


class UnknownDocument(FuretError):
    """No document of the index has the id that was asked for."""
