"""Which reader reads which kind, and how what goes wrong in one is told."""

import json
from collections.abc import Callable
from importlib import import_module

from impact.errors import ImpactError, LimitError, UnreadableError
from impact.extract.codec import pack
from impact.extract.detect import content_kind
from impact.extract.options import Options, RecognizedPage
from impact.records import Document

Reader = Callable[[bytes, str, Options], Document]

_PACKED = frozenset({"pdf", "docx", "pptx", "doc", "rtf", "odt", "odp", "eml", "msg", "xlsx", "image"})
"""Kinds whose files hold more than text."""

_LAID_OUT = frozenset({"text", "markdown", "asciidoc", "mediawiki", "yaml"})
"""Kinds in which characters alone make headings, lists and code."""

REPORT = "Please report this error. You can save the text as DOCX or plain text and use that file"


def read(data: bytes, name: str, options: Options, ready: Callable[[], None] = lambda: None) -> Document:
    """Find out what `data`, a whole file, is and read it.

    `ready` is called when the reader and its libraries are loaded, before they see the data.

    Raises:
        UnreadableError: Whatever goes wrong; no exception of another class leaves.
        LimitError: If a limit stopped the reading.
    """
    kind = "unknown"
    try:
        from impact.extract.concealed import known_words, seen

        kind = content_kind.kind(data, name)
        _refuse_heavy(kind, len(data), name, options)
        read_kind = _load(kind, name, options)
        known_words()
        ready()
        document = seen(_read(read_kind, kind, data, name, options))
    except ImpactError:
        raise
    except MemoryError as error:
        message = f"{name} needs more memory than is allowed for reading one file"
        raise LimitError(message, "Split the document, or allow more memory") from error
    except Exception as error:
        message = f"{name} could not be read: the {kind} reader failed ({type(error).__name__})"
        raise UnreadableError(message, REPORT) from error
    if not document.text.strip() and not options.scans:
        message = f"{name} has no text"
        raise UnreadableError(
            message, "If text is visible on the screen, it is an image: run text recognition (OCR) first"
        )
    _refuse_long(document, name, options)
    return document


def _read(reader: Reader, kind: str, data: bytes, name: str, options: Options) -> Document:
    if kind not in _LAID_OUT:
        return reader(data, name, options)
    from impact.extract.concealed import read_seen

    return read_seen(lambda seen_data: reader(seen_data, name, options), data, name)


def read_packed(data: bytes, name: str, letter: str, ready: Callable[[], None]) -> bytes:
    """Read in the child (a task of `impact.sandbox`); the letter holds the options, the answer the document."""
    choices = json.loads(letter)
    choices["recognized"] = tuple(RecognizedPage(**page) for page in choices.get("recognized", ()))
    return pack(read(data, name, Options(**choices), ready))


def _refuse_heavy(kind: str, size: int, name: str, options: Options) -> None:
    """Refuse a file of text of a size that no text has."""
    if kind not in _PACKED and size > options.max_text_bytes:
        message = f"{name} contains {size / 1e6:.1f} MB of text; the limit is {options.max_text_bytes / 1e6:.1f} MB"
        raise LimitError(message, "Split the document")


def _refuse_long(document: Document, name: str, options: Options) -> None:
    """Refuse a document that the stages after the reading could not digest in bearable time."""
    blocks, characters = len(document.blocks), len(document.text)
    if blocks > options.max_blocks or characters > options.max_characters:
        message = (
            f"{name} contains {blocks:,} paragraphs and {characters:,} characters; "
            f"at most {options.max_blocks:,} and {options.max_characters:,} are read"
        )
        raise LimitError(message, "Split the document")


def _load(kind: str, name: str, options: Options) -> Reader:
    choice = options.pdf_engine if kind == "pdf" else kind
    if choice not in _READERS:
        raise UnreadableError(f"{name} has the format {kind}, which is not supported", "Save it as PDF or DOCX")
    modules, function = _READERS[choice]
    loaded = [import_module(f"impact.extract.{module}") for module in modules]
    reader: Reader = getattr(loaded[-1], function)
    return reader


_READERS: dict[str, tuple[tuple[str, ...], str]] = {
    "pdfium": (("pdf.read",), "read_by_pdfium"),
    "pdfminer": (("pdf.pdfminer", "pdf.read"), "read_by_pdfminer"),
    "docx": (("office.docx",), "read"),
    "pptx": (("office.pptx",), "read"),
    "doc": (("oldword.doc",), "read"),
    "rtf": (("rtf.rtf",), "read"),
    "odt": (("opendocument.odt",), "read"),
    "odp": (("opendocument.odp",), "read"),
    "html": (("markup.html",), "read"),
    "rfcxml": (("markup.rfcxml",), "read"),
    "xml": (("markup.rfcxml",), "read"),
    "markdown": (("markdown.markdown",), "read"),
    "asciidoc": (("asciidoc.asciidoc",), "read"),
    "mediawiki": (("mediawiki.mediawiki",), "read"),
    "yaml": (("markdown.openapi",), "read"),
    "text": (("text.text",), "read"),
    "eml": (("mail.read",), "read_eml"),
    "msg": (("mail.read",), "read_msg"),
    "xlsx": (("lists.read",), "read_xlsx"),
    "image": (("images.read",), "read"),
    "csv": (("lists.read",), "read_csv"),
}
"""The reader of a kind, for PDF of an engine: what must be loaded before files are given up, its own module last, and
its function there."""
