"""Lay what a Word document consists of into a document, whichever format it came in."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from impact.extract.office.body import Body
from impact.extract.office.flow import Flow
from impact.extract.office.losses import HIDDEN, OBJECTS, PARTS, unread
from impact.extract.office.numbering import Numbering
from impact.extract.office.styles import Styles
from impact.extract.options import Options
from impact.records import Document, Page, PageVerdict


@dataclass(frozen=True, slots=True)
class WordContent:
    """The parts of a Word document, as elements of WordprocessingML.

    Attributes:
        blocks: Children of the body, in order; they may be made while they are read.
        notes: Notes by their part ("footnotes", "endnotes") and id.
        comments: Text, author and date of comments by id.
        warnings: What was not read, in plain words; read after the blocks.
    """

    blocks: Iterable[Element]
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], Element] = field(default_factory=dict)
    comments: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    properties: tuple[tuple[str, str], ...] = ()
    warnings: Sequence[str] = ()


def lay(  # noqa: PLR0913 - the facts of a document, each named by the caller
    content: WordContent, data: bytes, name: str, options: Options, *, form: str, engine: str
) -> Document:
    """Return the document, in the view of the options."""
    flow = Flow(options.view)
    body = Body(flow, content.styles, content.numbering, content.notes)
    for element in content.blocks:
        body.read(element)
    body.finish()
    comments = flow.comments(dict(content.comments))
    text = flow.assembly.text()
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        source=name,
        format=form,
        engine=engine,
        text=text,
        blocks=tuple(flow.assembly.blocks),
        pages=(Page(1, verdict=PageVerdict.OK if text else PageVerdict.EMPTY),),
        layout=flow.assembly.layout(),
        changes=flow.revisions.changes(len(text)),
        comments=comments,
        properties=content.properties,
        warnings=(*_warnings(body), *content.warnings),
    )


def _warnings(body: Body) -> tuple[str, ...]:
    losses = ((OBJECTS, body.runs.pictures), (HIDDEN, body.runs.hidden), (PARTS, body.parts))
    return tuple(unread(losses))
