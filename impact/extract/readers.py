"""Which reader reads which kind, and how what goes wrong in one is told."""

import json
from collections.abc import Callable

from impact.errors import ImpactError, LimitError, UnreadableError
from impact.extract.codec import pack
from impact.extract.detect import content_kind
from impact.extract.options import Options
from impact.records import Document

Reader = Callable[[bytes, str, Options], Document]

_PACKED = frozenset({"pdf", "docx", "pptx"})
"""Kinds whose files hold more than text."""

REPORT = "Report it with the name of the failure; the text can be saved as DOCX or plain text and read from there"


def read(data: bytes, name: str, options: Options, ready: Callable[[], None] = lambda: None) -> Document:
    """Find out what `data` is and read it.

    Args:
        data: The whole file.
        name: File name without folders.
        options: Choices and limits.
        ready: Called when the reader and its libraries are loaded, before they see the data.

    Raises:
        UnreadableError: Whatever goes wrong; no exception of another class leaves.
        LimitError: If a limit stopped the reading.
    """
    kind = "unknown"
    try:
        kind = content_kind.kind(data, name)
        _refuse_heavy(kind, len(data), name, options)
        read_kind = _load(kind, name, options)
        ready()
        document = read_kind(data, name, options)
    except ImpactError:
        raise
    except MemoryError as error:
        message = f"{name} needs more memory than one reading may use"
        raise LimitError(message, "Split the document, or allow more memory") from error
    except Exception as error:
        message = f"{name} could not be read: the {kind} reader failed ({type(error).__name__})"
        raise UnreadableError(message, REPORT) from error
    if not document.text.strip():
        message = f"{name} has no text"
        raise UnreadableError(message, "If it shows text on the screen, it holds pictures: run text recognition on it")
    _refuse_long(document, name, options)
    return document


def read_packed(data: bytes, name: str, letter: str, ready: Callable[[], None]) -> bytes:
    """Read in the child (a task of `impact.sandbox`); the letter holds the options, the answer the document."""
    return pack(read(data, name, Options(**json.loads(letter)), ready))


def _refuse_heavy(kind: str, size: int, name: str, options: Options) -> None:
    """Refuse a file of text of a size that no text has."""
    if kind not in _PACKED and size > options.max_text_bytes:
        message = f"{name} holds {size / 1e6:.1f} MB of text; at most {options.max_text_bytes / 1e6:.1f} MB are read"
        raise LimitError(message, "Split the document")


def _refuse_long(document: Document, name: str, options: Options) -> None:
    """Refuse a document that the stages after the reading could not digest in bearable time."""
    blocks, characters = len(document.blocks), len(document.text)
    if blocks > options.max_blocks or characters > options.max_characters:
        message = (
            f"{name} holds {blocks:,} paragraphs and {characters:,} characters; "
            f"at most {options.max_blocks:,} and {options.max_characters:,} are read"
        )
        raise LimitError(message, "Split the document")


def _load(kind: str, name: str, options: Options) -> Reader:
    """Return the reader of `kind`, with the libraries that it uses."""
    choice = options.pdf_engine if kind == "pdf" else kind
    if choice not in _READERS:
        raise UnreadableError(f"{name} is of kind {kind}; there is no reader for it", "Save it as PDF or DOCX")
    return _READERS[choice]()


def _pdfium() -> Reader:
    from impact.extract.pdf.read import read_by_pdfium

    return read_by_pdfium


def _pdfminer() -> Reader:
    from impact.extract.pdf import pdfminer  # noqa: F401  # loaded before files are given up
    from impact.extract.pdf.read import read_by_pdfminer

    return read_by_pdfminer


def _docx() -> Reader:
    from impact.extract.office.docx import read

    return read


def _pptx() -> Reader:
    from impact.extract.office.pptx import read

    return read


def _html() -> Reader:
    import lxml.html  # noqa: F401  # loaded before files are given up

    from impact.extract.markup.html import read

    return read


def _xml() -> Reader:
    import lxml.etree  # noqa: F401  # loaded before files are given up

    from impact.extract.markup.rfcxml import read

    return read


def _markdown() -> Reader:
    from impact.extract.markdown.markdown import read

    return read


def _yaml() -> Reader:
    from impact.extract.markdown.openapi import read

    return read


def _text() -> Reader:
    from impact.extract.text.text import read

    return read


_READERS: dict[str, Callable[[], Reader]] = {
    "pdfium": _pdfium,
    "pdfminer": _pdfminer,
    "docx": _docx,
    "pptx": _pptx,
    "html": _html,
    "rfcxml": _xml,
    "xml": _xml,
    "markdown": _markdown,
    "yaml": _yaml,
    "text": _text,
}
"""What loads the reader of a kind, for PDF of an engine."""
