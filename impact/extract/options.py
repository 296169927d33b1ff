"""What the caller may choose, and how much a document may cost."""

from collections.abc import Mapping
from dataclasses import dataclass

PDF_ENGINES = ("pdfium", "pdfminer")
VIEWS = ("accepted", "original")


@dataclass(frozen=True, slots=True)
class RecognizedPage:
    """What a text recognition read on a page.

    Attributes:
        number: From 1.
        turn: Quarter turns clockwise of the direction in which the text runs, as displayed, 0 to 3.
        table: Tesseract's tab-separated values, of the page turned upright; empty where it could not be read.
    """

    number: int
    turn: int
    table: str


@dataclass(frozen=True, slots=True)
class Options:
    """Choices and limits of one reading.

    Attributes:
        pdf_engine: One of `PDF_ENGINES`.
        view: One of `VIEWS`: a DOCX with its revision marks accepted, or as it was before them. Marks are listed in
            `Document.changes` in both views.
        recognized: What a text recognition read on pages of a PDF that are images; `read` adds it, nobody else has to.
        scans: Whether a PDF none of whose pages can be read is returned without text, so that its pages are known.
        max_pages: Pages (slides, sheets) read at the most; the rest is named in the warnings.
        max_page_characters: Characters read of one page at the most.
        max_archive_entries: Entries of a ZIP container at the most.
        max_archive_bytes: Bytes that a ZIP container may unpack to.
        max_archive_ratio: Bytes unpacked for each byte packed at the most, over the whole container.
        max_text_bytes: Bytes of a file of text (plain, HTML, XML, Markdown, AsciiDoc, YAML) at the most; the file
            itself may be larger where it is a container with pictures.
        max_characters: Characters of a document at the most.
        max_blocks: Paragraphs, headings, list items and rows of a document at the most.

    Source of the last three: project judgment. `max_pages` pages hold some 3,000 characters in 30 paragraphs each, and
    the longest standards written as one page of HTML 13 MB; what comes after the reading costs time and memory by them.

    Raises:
        ValueError: If a choice is unknown or a limit is not positive.
    """

    pdf_engine: str = "pdfium"
    view: str = "accepted"
    recognized: tuple[RecognizedPage, ...] = ()
    scans: bool = False
    max_pages: int = 3000
    max_page_characters: int = 200_000
    max_archive_entries: int = 5_000
    max_archive_bytes: int = 400_000_000
    max_archive_ratio: int = 150
    max_text_bytes: int = 32_000_000
    max_characters: int = 10_000_000
    max_blocks: int = 100_000

    def __post_init__(self) -> None:
        if self.pdf_engine not in PDF_ENGINES or self.view not in VIEWS:
            raise ValueError(f"pdf_engine {self.pdf_engine!r} or view {self.view!r} is unknown")
        pages = (self.max_pages, self.max_page_characters)
        archive = (self.max_archive_entries, self.max_archive_bytes, self.max_archive_ratio)
        if min(*pages, *archive, self.max_text_bytes, self.max_characters, self.max_blocks) < 1:
            raise ValueError("every limit is at least 1")

    @classmethod
    def chosen(cls, choices: Mapping[str, str]) -> "Options":
        """Return the engine and the view that choices name, among others; what they do not name is as it is by default.

        Raises:
            ValueError: If one of these is unknown.
        """
        bare = cls()
        return cls(choices.get("pdf_engine", bare.pdf_engine), choices.get("view", bare.view))
