"""A file of text, freed of what hides words before its reader looks for headings, tables and code in it."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from impact.extract.concealed.characters import finder
from impact.extract.concealed.document import hidden_edits
from impact.extract.concealed.edits import Repair, Shift, applied
from impact.extract.concealed.spacing import sets_apart, spaced_in
from impact.records import Concealment, Document, Span

PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")


def read_seen(read: Callable[[bytes], Document], data: bytes, name: str) -> Document:
    """Return what a reader of text, whose origins are characters of the file, makes of it without what hides words.

    What an honest text has of unseen characters stays, for a reader of the format goes by it.
    """
    from impact.extract.blocks.decode import decode  # its library is loaded with the readers of text, and not of PDF

    decoded = decode(data, name)
    suspect = finder(decoded.text)
    if not suspect and not sets_apart(decoded.text):
        return read(data)
    spans = [Span(*match.span()) for match in PARAGRAPH.finditer(decoded.text)]
    edits = _noted(decoded.text, spans, suspect)
    if not edits:
        return read(data)
    document = read(b"\xef\xbb\xbf" + applied(decoded.text, edits).encode("utf-8", "replace"))
    return replace(
        _Unveiling(decoded.text, edits, Shift(edits)).mark(document), warnings=decoded.warnings + document.warnings
    )


def _noted(text: str, spans: Sequence[Span], suspect: re.Pattern[str] | None) -> list[Repair]:
    """Return the edits of what hides words; of two at one place the earlier."""
    hidden = hidden_edits(text, spans, suspect) if suspect else ()
    spaced = [edit for _, edits in spaced_in(text, spans) for edit in edits]
    kept: list[Repair] = []
    for edit in sorted((edit for edit in (*hidden, *spaced) if edit.noted), key=lambda edit: (edit.start, edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


@dataclass(frozen=True, slots=True)
class _Unveiling:
    """The source of a text, and what was undone in it."""

    text: str
    edits: Sequence[Repair]
    shift: Shift

    def mark(self, document: Document) -> Document:
        """Return a document with what was undone at its places in the text, and with origins in the source."""
        layout = document.layout
        origins = array("q", [origin if origin < 0 else self.shift.source(origin) for origin in layout.origins])
        marks, last = [], 0
        for concealment in sorted(self._concealments(document), key=lambda concealment: concealment.span):
            if concealment.span.start >= last:
                marks.append(concealment)
                last = concealment.span.end
        return replace(document, layout=replace(layout, origins=origins), concealments=tuple(marks))

    def _concealments(self, document: Document) -> Iterator[Concealment]:
        layout = document.layout
        fragments = sorted((origin, at) for at, origin in enumerate(layout.origins) if origin >= 0)
        firsts = [origin for origin, _ in fragments]
        for edit, place in zip(self.edits, self.shift.places, strict=True):
            index = bisect_right(firsts, place) - 1
            if index < 0:
                continue
            origin, at = fragments[index]
            start, end = layout.starts[at] + place - origin, layout.ends[at]
            if start + len(edit.seen) <= end:
                source = self.text[edit.start : edit.end]
                yield Concealment(edit.kind, Span(start, start + len(edit.seen)), source, edit.noted)
