"""What Whoosh may raise: some twenty classes with no common root, and the errors of damaged files."""

from __future__ import annotations

import struct
import zlib
from pickle import UnpicklingError

from whoosh.codec.base import OutOfOrderError
from whoosh.fields import FieldConfigurationError, UnknownFieldError
from whoosh.filedb.filestore import StorageError
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import IndexError as WhooshIndexError
from whoosh.index import LockError
from whoosh.matching.mcore import NoQualityAvailable, ReadTooFar
from whoosh.query.qcore import QueryError
from whoosh.reading import ReaderClosed, TermNotFound
from whoosh.searching import NoTermsException, TimeLimit
from whoosh.writing import IndexingError

FOREIGN_ERRORS = (
    FieldConfigurationError,
    FileFormatError,
    IndexingError,
    LockError,
    NoQualityAvailable,
    NoTermsException,
    OutOfOrderError,
    QueryError,
    ReadTooFar,
    ReaderClosed,
    StorageError,
    TermNotFound,
    TimeLimit,
    UnknownFieldError,
    WhooshIndexError,
    # Files cut short or changed under an open reader.
    EOFError,
    OSError,
    UnpicklingError,
    struct.error,
    zlib.error,
)
"""Everything that the modules we touch can raise; a test compares it with Whoosh's own classes."""
