"""The way in: the bytes, the sandbox, the document."""

import json
from contextlib import suppress
from dataclasses import asdict, replace
from hashlib import sha256

from impact.errors import LimitError, ScanError, UnreadableError
from impact.extract import readers
from impact.extract.codec import unpack
from impact.extract.office import legacy
from impact.extract.options import Options
from impact.records import Document
from impact.records.document import PAGE_FORMATS, UNREAD
from impact.sandbox.limits import Limits
from impact.sandbox.parent import nonsense, perform

_NOT_INSTALLED = "Tesseract OCR, which could read such pages, is not installed: ask your IT department."


def read_data(data: bytes, name: str, options: Options, limits: Limits, *, jailed: bool) -> Document:
    """Read the bytes of a file; see `impact.extract.read_bytes`."""
    try:
        document = _read(data, name, options, limits, jailed=jailed)
        if jailed and document.format in PAGE_FORMATS and any(page.verdict in UNREAD for page in document.pages):
            document = _recognized(data, name, options, limits, document)
    except LimitError:
        raise
    except ScanError as refusal:
        if not jailed:
            raise
        document = _recognized(data, name, options, limits, refusal)
    except UnreadableError as refusal:
        document = _by_office(data, name, options, limits, refusal, jailed=jailed)
    # Decisions of reviewers hang on the id, so it is not left to the child.
    return replace(document, id=sha256(data).hexdigest(), source=name)


def _recognized(data: bytes, name: str, options: Options, limits: Limits, first: Document | ScanError) -> Document:
    """Return a PDF with the text of pages that are images, as Tesseract reads it; a scan of which it reads none, never.

    Raises:
        ScanError: If the document has no other text.
        LimitError: If it has none because its pages need too much time or memory.
    """
    from impact.extract.images import tesseract
    from impact.extract.images.pages import recognize
    from impact.extract.pdf.document import name_pages

    if tesseract.program() is None:
        if isinstance(first, ScanError):
            raise first
        return replace(first, warnings=(*first.warnings, _NOT_INSTALLED))
    paged = (
        _read(data, name, replace(options, scans=True), limits, jailed=True) if isinstance(first, ScanError) else first
    )
    pages = [page.number for page in paged.pages if page.verdict in UNREAD]
    found, result = recognize(data, name, pages, limits), first
    if found.pages:
        with suppress(ScanError):
            result = _read(data, name, replace(options, recognized=found.pages), limits, jailed=True)
    if isinstance(result, ScanError):
        if found.refusal:
            raise found.refusal from result
        if found.late:
            reason = f"{result.message}, and text recognition takes longer than {limits.recognition_seconds:g} s"
            raise ScanError(reason, "Split the document, or allow more time") from result
        reason = f"{result.message}, and Tesseract recognized no text on it"
        raise ScanError(reason, "Request the document as text, or a sharper scan") from result
    if not found.late:
        return result
    late = f"{name_pages(found.late)} not read: text recognition stopped after {limits.recognition_seconds:g} s."
    return replace(result, warnings=(*result.warnings, late))


def _by_office(  # noqa: PLR0913 - as `read_data`, and what came of it
    data: bytes, name: str, options: Options, limits: Limits, refusal: UnreadableError, *, jailed: bool
) -> Document:
    """Return what LibreOffice makes of an old Word file that is too damaged for our reader; else raise the refusal."""
    if not legacy.fits(data) or legacy.program() is None:
        raise refusal
    try:
        document = _read(legacy.convert(data, name, limits), name, options, limits, jailed=jailed)
    except UnreadableError:
        raise refusal from None
    return replace(document, format="doc", engine=f"libreoffice+{document.engine}")


def _read(data: bytes, name: str, options: Options, limits: Limits, *, jailed: bool) -> Document:
    if not jailed:
        return readers.read(data, name, options)
    answer = perform(readers.read_packed, data, name, json.dumps(asdict(options)), limits)
    try:
        return unpack(answer)
    except ValueError as failure:
        raise nonsense(name, failure) from failure
