"""Programs and libraries of the system: fonts and PDF, LibreOffice, text recognition."""

import subprocess
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from shutil import which

from impact.doctor.values import Check, CheckedPlaces, Health, reason_of
from impact.errors import ImpactError, MissingError
from impact.present.lists import listed
from impact.present.words import words

PDF, FONTS, OFFICE, OCR = "PDF reports", "Fonts", "Old Word files", "Text recognition"
_RTF = rb"{\rtf1 The quay is long.}"
_PAGE = "<!DOCTYPE html><html lang=en><title>Quay</title><p>The quay is long.</p></html>"
_SECONDS = 20
COMMANDS = ("pip ", "apt-get ")
"""How hints begin that are commands."""


def pdf(_places: CheckedPlaces) -> Check:
    """Return whether a page is printed as PDF, in the sandbox."""
    from impact.pipeline import print_page

    meaning = "PDF files cannot be produced; HTML, Word and all other formats can"
    try:
        whole = print_page(_PAGE).startswith(b"%PDF")
    except MissingError as error:
        return Check(PDF, Health.MISSING, _sentence(error.message), f"{meaning}. {_sentence(error.hint)}")
    except ImpactError as error:
        return Check(PDF, Health.FAILED, f"A sample page could not be printed: {error.message}.", f"{meaning}.")
    if not whole:
        return Check(PDF, Health.FAILED, "A sample page did not give a PDF file.", f"{meaning}.")
    return Check(PDF, Health.OK, f"A sample page was printed with WeasyPrint{_version('weasyprint')}.")


def fonts(_places: CheckedPlaces) -> Check:
    """Return for which languages of the one-page brief there are fonts."""
    from impact.report.page.pdf import FONT_TAGS, lacks_fonts, languages_without_font

    if which("fc-list") is None:
        found = "The fonts of this system could not be listed, because fc-list is not installed."
        meaning = (
            "PDF files in Arabic, Chinese or Russian may show boxes instead of letters. Install fontconfig to check."
        )
        return Check(FONTS, Health.LIMITED, found, meaning)
    if lacks_fonts():
        meaning = (
            "PDF files show boxes instead of letters. Install fonts, such as fonts-dejavu-core and fonts-noto-core."
        )
        return Check(FONTS, Health.MISSING, "There are no fonts in the folders of this system.", meaning)
    names = {code: words().languages[code] for code in FONT_TAGS}
    lacking = [names[code] for code in FONT_TAGS if code in languages_without_font()]
    if lacking:
        found = f"There is no font for {listed(lacking)}."
        return Check(FONTS, Health.LIMITED, found, f"PDF briefs in {listed(lacking)} show boxes instead of letters.")
    return Check(FONTS, Health.OK, f"There are fonts for all languages of the brief, also {listed([*names.values()])}.")


def office(_places: CheckedPlaces) -> Check:
    """Return whether LibreOffice converts a document, in the sandbox."""
    from impact.extract import Limits
    from impact.extract.office import legacy

    meaning = "Damaged old Word files (DOC) cannot be repaired. All others can be read"
    path = legacy.program()
    if path is None:
        return Check(OFFICE, Health.MISSING, "LibreOffice is not installed.", f"{meaning}. Install libreoffice-writer.")
    try:
        legacy.convert(_RTF, "sample.doc", Limits())
    except (ImpactError, OSError) as error:
        reason = f"LibreOffice ({path}) did not convert a sample document: {reason_of(error)}."
        return Check(OFFICE, Health.FAILED, reason, f"{meaning}.")
    return Check(
        OFFICE, Health.OK, f"LibreOffice ({path}) converted a sample document; the sandbox above applies to it."
    )


def recognition(_places: CheckedPlaces) -> Check:
    """Return whether Tesseract reads a picture of words, in the sandbox, and in which languages it can."""
    from impact.extract import Limits
    from impact.extract.images import sample, tesseract

    meaning = "Pages that are images cannot be read and are reported as not read"
    path = tesseract.program()
    if path is None:
        ask = "Ask your IT department to install Tesseract OCR (tesseract-ocr, and tesseract-ocr-eng for English)"
        return Check(OCR, Health.MISSING, "Tesseract is not installed.", f"{meaning}. {ask}.")
    languages = tesseract.languages(path)
    try:
        table = tesseract.read_page(path, sample.picture(), tesseract.chosen("Latin", languages), "sample", Limits())
    except (ImpactError, OSError) as error:
        return Check(OCR, Health.FAILED, f"Tesseract ({path}) failed: {reason_of(error)}.", f"{meaning}.")
    if sample.WORDS.split()[1] not in table:
        return Check(OCR, Health.FAILED, f"Tesseract ({path}) did not read a picture of words.", f"{meaning}.")
    found = f"Tesseract ({path}) read a picture of words; it has data for: {', '.join(sorted(languages))}."
    return Check(OCR, Health.OK, found)


def _output(command: Sequence[str]) -> str:
    """Return what a program prints; nothing where it cannot be run."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def _version(package: str) -> str:
    try:
        return f" {version(package)}"
    except PackageNotFoundError:
        return ""


def _sentence(text: str) -> str:
    """Return a message or a hint with a full stop; a command to type is named as such."""
    return f"{'To install: ' if text.startswith(COMMANDS) else ''}{text.rstrip('.')}."
