"""Documents as their readers hand them over, built by the assembly that the readers use."""

import re
from collections.abc import Callable, Sequence

import pytest

from impact.describe import describe
from impact.extract.blocks.builder import Assembly
from impact.records import BlockKind, Document, Page, Proposal

DIGEST = "0" * 64


@pytest.fixture
def text_document() -> Callable[..., Document]:
    """Return a maker of plain text documents: one block a paragraph, one fragment a line, indents kept."""

    def make(text: str, *, source: str = "file.txt", kind: str = "text", properties: Sequence = ()) -> Document:
        assembly = Assembly()
        offset = 0
        for paragraph in re.split(r"\n(?:[ \t]*\n)+", text):
            lines = [line for line in paragraph.split("\n") if line.strip()]
            for number, line in enumerate(lines):
                if number:
                    assembly.glue("\n")
                assembly.put(line.strip(), origin=offset)
                offset += len(line) + 1
            indent = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
            assembly.close(indent=float(indent))
        return _finish(assembly, source, kind, properties)

    return make


@pytest.fixture
def word_document() -> Callable[..., Document]:
    """Return a maker of DOCX documents: a list of cells is a row, a string a paragraph, a pair a style and its text."""

    def make(parts: Sequence, *, source: str = "file.docx", properties: Sequence = ()) -> Document:
        assembly = Assembly()
        for number, piece in enumerate(parts):
            if isinstance(piece, list):
                for column, cell in enumerate(piece):
                    start = assembly.start if column == 0 else assembly.length + 3
                    if column:
                        assembly.glue(" | ")
                    assembly.put(cell, origin=100 * number + column)
                    assembly.cell(start)
                assembly.close(kind=BlockKind.ROW, table=0)
            else:
                style, text = piece if isinstance(piece, tuple) else ("Normal", piece)
                assembly.put(text, origin=100 * number)
                assembly.close(style=style, kind=BlockKind.HEADING if "eading" in style else BlockKind.PARAGRAPH)
        return _finish(assembly, source, "docx", properties)

    return make


@pytest.fixture
def drawn_document() -> Callable[..., Document]:
    """Return a maker of PDF documents from lines (x, y, size, text): a word is a fragment, a gap in y ends a block."""

    def make(
        lines: Sequence[tuple[float, float, float, str]], *, source: str = "f.pdf", properties: Sequence = ()
    ) -> Document:
        assembly = Assembly()
        last = None
        for x, y, size, text in lines:
            if last is not None and (y - last[1] > 1.6 * size or abs(size - last[2]) > 0.5 or y < last[1]):
                assembly.close(size=last[2], indent=last[0])
            elif last is not None:
                assembly.glue(" ")
            left = x
            for number, word in enumerate(text.split()):
                if number:
                    assembly.glue(" ")
                assembly.put(word, origin=assembly.length, box=(left, y, left + len(word) * size / 2, y + size))
                left += (len(word) + 1) * size / 2
            last = (x, y, size)
        if last:
            assembly.close(size=last[2])
        return _finish(assembly, source, "pdf", properties)

    return make


@pytest.fixture
def reads() -> Callable[[Document], Proposal]:
    """Return describe() with the promise that every place holds the words that its value was read from."""

    def read(document: Document) -> Proposal:
        proposal = describe(document)
        for name, span in proposal.places:
            assert document.quote(span).strip() == document.quote(span) != "", (name, span)
        for name in ("title", "number"):
            for span in (span for field, span in proposal.places if field == name):
                letters = re.findall(r"\w+", document.quote(span).casefold())
                assert set(re.findall(r"\w+", getattr(proposal, name).casefold())) & set(letters), name
        return proposal

    return read


def _finish(assembly: Assembly, source: str, kind: str, properties: Sequence) -> Document:
    return Document(
        id=DIGEST, source=source, format=kind, engine="made", text=assembly.text(), blocks=tuple(assembly.blocks),
        pages=(Page(1),), layout=assembly.layout(), properties=tuple(properties),
    )  # fmt: skip
