"""Builds documents out of blocks, as the readers do."""

from collections.abc import Callable

import pytest

from impact.extract.blocks.builder import Assembly
from impact.records import BlockKind, Bookmark, Document, Page


def _build(*blocks: tuple, format: str = "docx", outline: tuple[Bookmark, ...] = ()) -> Document:  # noqa: A002 - as in Document
    """Lay (kind, text or cells[, facts]) tuples into a document; `page` among the facts is the page."""
    assembly = Assembly()
    pages = 1
    for number, (kind, text, *rest) in enumerate(blocks):
        facts = dict(rest[0]) if rest else {}
        page = facts.pop("page", 1)
        pages = max(pages, page)
        if isinstance(text, tuple):
            for column, cell in enumerate(text):
                start = assembly.length if column else assembly.start
                assembly.put(cell, origin=number, page=page)
                assembly.cell(start)
                assembly.glue("\t")
        else:
            assembly.put(text, origin=number, page=page)
        assembly.close(kind=BlockKind(kind), **facts)
    return Document(
        id="0" * 64,
        source="made",
        format=format,
        engine="test",
        text=assembly.text(),
        blocks=tuple(assembly.blocks),
        pages=tuple(Page(number) for number in range(1, pages + 1)),
        layout=assembly.layout(),
        outline=outline,
    )


@pytest.fixture(scope="session")
def build() -> Callable[..., Document]:
    return _build
