"""The one family of errors that `impact` raises on purpose.

Each says what happened and where (the message) and what to do next (the hint). They are caught at the doors only:
the command line, the web page and the batch engine.
"""

import zipfile
import zlib

DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What `zipfile` raises on ZIPs that are damaged, packed in unknown ways or need a password; the two last are kinds of
RuntimeError."""


class ImpactError(Exception):
    """Something that a person can act on.

    Attributes:
        message: What happened and where, one line, no full stop needed.
        hint: What to do next, one line; empty when nothing can be done.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return message and hint as one line."""
        return f"{self.message}. {self.hint}".rstrip(". ") + "." if self.hint else self.message


class UnreadableError(ImpactError):
    """A document that cannot be read: encrypted, empty, truncated, a scan, an unknown kind, too large."""


class ScanError(UnreadableError):
    """A document whose pages are images, or have text that cannot be decoded: a text recognition may read it."""


class LimitError(UnreadableError):
    """A document that the jail stopped: memory, time, pages, or size of an archive."""


class DataError(ImpactError):
    """A data file of the program that contradicts itself or another; the message names file and key."""


class CorpusError(ImpactError):
    """A file of labeled clauses that cannot be used; the message names file and line."""


class MissingError(ImpactError):
    """Something that should have been installed with the program is not there, or damaged."""
