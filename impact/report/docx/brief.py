"""`brief.docx`: the page as a Word document, walked element by element, so that the two cannot say different things.

Everything of the page on paper is there in its order, with the annex where it is asked for, but not the list of all
clauses, which the workbook has.
"""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from impact.report.docx.column_widths import BESIDE, UPRIGHT, Element, widths
from impact.report.docx.document import WordDocument, document_on
from impact.report.docx.looks import looks
from impact.report.docx.runs import WordRun, trimmed
from impact.report.page.html import render
from impact.report.page.paper import CLAUSES, printed
from impact.report.view.subject import ReportSubject

if TYPE_CHECKING:
    from docx.table import _Cell

FOOTER = "Human rights brief: a screening aid, not a verdict"
SPACE = re.compile(r"\s+")
SPACE_IN_LINE = re.compile(r"[^\S\n]+")
PIPS = {"high": "\u25cf\u25cf\u25cf", "medium": "\u25cf\u25cf\u25cb", "low": "\u25cf\u25cb\u25cb"}
BLOCKS = frozenset(
    {"article", "blockquote", "details", "div", "dl", "footer", "h1", "h2", "h3", "h4", "header", "ol", "p", "section"}
    | {"summary", "table", "ul"}
)
FURTHER = frozenset({"reason", "beside"})
"""Classes of what is said further of a quote, which stays on its page."""

BLANK = "_" * 24
LETTER = 0.18
"""Centimeters a letter of a turned title."""


def make(subject: ReportSubject) -> bytes:
    """Return the document; equal assessments give equal bytes."""
    page: Element = printed(render(subject), annex=subject.annexed)
    document = document_on(subject.assessment, FOOTER)
    writer = _PageWriter(document)
    writer.children(page.get_element_by_id("main"))
    if not subject.annexed:
        document.paragraph([WordRun(CLAUSES)], "Quiet")
    for colophon in page.find_class("colophon"):
        writer.children(colophon)
    return document.packed()


class _PageWriter:
    """Writes block after block; `cell` is where, None for the body of the document."""

    def __init__(self, document: WordDocument, cell: "_Cell | None" = None) -> None:
        self._document, self._cell = document, cell
        self._blocks: dict[str, Callable[[Element], None]] = {
            "p": self._paragraph,
            "summary": self._summary,
            "blockquote": self._quote,
            "ul": self._list,
            "ol": self._list,
            "dl": self._facts,
            "table": self._table,
            **dict.fromkeys(looks().headings, self._heading),
        }

    def children(self, parent: Element) -> None:
        """Write the blocks of an element; words between them are paragraphs of their own."""
        loose: list[WordRun] = list(_text(parent.text, frozenset(), ""))
        for child in parent.iterchildren("*"):
            if child.tag in BLOCKS:
                self._write(loose)
                loose = []
                self._block(child)
            else:
                loose += _inline(child)
            loose += _text(child.tail, frozenset(), "")
        self._write(loose, "Place" if "margin" in _classes(parent) else "")

    def _block(self, element: Element) -> None:
        classes = _classes(element)
        if "screen" in classes:
            return
        if element.tag in self._blocks:
            self._blocks[element.tag](element)
        elif "row" in classes:
            self._row(element)
        else:
            self.children(element)

    def _row(self, row: Element) -> None:
        """Write a row of margin and column: a heading of the column comes first, and stands for a mere label."""
        margin = next((child for child in row.iterchildren("*") if "margin" in _classes(child)), None)
        rest = [child for child in row.iterchildren("*") if child is not margin]
        heading = next((child for column in rest for child in column.iterchildren("*")), None)
        if heading is not None and heading.tag in looks().headings:
            self._heading(heading)
            heading.getparent().remove(heading)
            if margin is not None and not margin.find_class("badge") and margin.find_class("label"):
                margin = None
        if margin is not None:
            self._write(_joined(margin), "Place")
        for column in rest:
            self.children(column) if column.tag not in self._blocks else self._block(column)

    def _heading(self, element: Element) -> None:
        self._say(element, looks().headings[element.tag])

    def _summary(self, element: Element) -> None:
        heading = element.find("h2")
        if heading is None:
            self._say(element, "Lead-in", frozenset({"bold"}))
        else:
            self._heading(heading)

    def _paragraph(self, element: Element) -> None:
        styles = looks().styles
        style = next((styles[name] for name in _classes(element) if name in styles), "")
        if element.getparent().get("id") == "annex":
            style = "Annex" if "label" in _classes(element) else "Intro"
        words = list(_inline(element))
        if style == "Fact":
            parts = [trimmed(_inline(fact)) for fact in element.iterchildren("*")]
            words = [fact for part in parts for fact in (*part, WordRun(" \u00b7 "))][:-1]
        following = element.getnext()
        stays = "held" in _classes(element) or (following is not None and FURTHER & {*_classes(following)})
        self._write(words, style, stays=bool(stays))

    def _quote(self, element: Element) -> None:
        for part in element.iterchildren("p"):
            look = frozenset({"quiet"}) if "stem" in _classes(part) else frozenset()
            self._say(part, "Quote", look, lines=True)

    def _list(self, element: Element) -> None:
        first, further = ("List Number" if element.tag == "ol" else "List Bullet"), "List Continue"
        for item in element.iterchildren("li"):
            parts = [child for child in item.iterchildren("*") if child.tag in BLOCKS]
            for at, part in enumerate(parts or [item]):
                self._say(part, further if at else first)

    def _facts(self, element: Element) -> None:
        signed, pairs = "signoff" in _classes(element.getparent()), list(element.iterchildren("div"))
        for name, value in ((pair.find("dt"), pair.find("dd")) for pair in pairs):
            label = [*_inline(name), WordRun(": ", frozenset({"bold"}))]
            listed = value.find("ul")
            value_runs = list(_inline(value)) if listed is None else []
            blank = [WordRun(BLANK)] if listed is None and not value_runs else []
            stays = signed and name is not pairs[-1].find("dt")
            self._write([*label, *value_runs, *blank], "Fact" if listed is None else "Lead-in", stays=stays)
            if listed is not None:
                self._list(listed)

    def _table(self, element: Element) -> None:
        caption, rows = element.find("caption"), list(element.iter("tr"))
        title = "".join(run.text for run in _inline(caption)) if caption is not None else ""
        if caption is not None:
            self._say(caption, "Caption")
        count = max(len(row) for row in rows)
        turned = element.find_class("turned") if count - BESIDE > UPRIGHT else []
        table = self._document.table(title, len(rows), widths(element, count))
        for at, row in enumerate(rows):
            for cell, source in zip(table.rows[at].cells, row.iterchildren("th", "td"), strict=False):
                self._fill(cell, source, head=at == 0)
                if source in turned:
                    self._document.turn(cell)
        if turned:
            self._document.narrow(table)
            self._document.height(table, 0, max(len("".join(run.itertext())) for run in turned) * LETTER)
        self._document.keep_head(table)
        self._document.paragraph([], "Quiet")

    def _fill(self, cell: "_Cell", source: Element, *, head: bool) -> None:
        inner = _PageWriter(self._document, cell)
        questions = source.find_class("question")
        for question in questions:
            question.drop_tree()
        if any(child.tag in BLOCKS for child in source):
            inner.children(source)
        else:
            look = frozenset({"bold"}) if head or source.tag == "th" else frozenset()
            inner._write(list(_inline(source, look)))
        for question in questions:
            inner._say(question)

    def _say(
        self, element: Element, style: str = "", look: frozenset[str] = frozenset(), *, lines: bool = False
    ) -> None:
        self._write(list(_inline(element, look, lines=lines)), style)

    def _write(self, words: list[WordRun], style: str = "", *, stays: bool = False) -> None:
        runs = trimmed(words)
        if runs:
            chosen = style or "Normal"
            if self._cell is not None:
                chosen = "List Bullet 2" if chosen.startswith("List") else "In table"
            paragraph = self._document.paragraph(runs, chosen, self._cell)
            if stays:
                paragraph.paragraph_format.keep_with_next = True


def _inline(element: Element, look: frozenset[str] = frozenset(), *, lines: bool = False) -> Iterator[WordRun]:
    """Yield the words of an element, what is for the eye alone left out; `lines` keeps line ends."""
    classes = _classes(element)
    if element.get("aria-hidden") == "true":
        return
    if "tick" in classes:
        yield WordRun("\u2610 ", look)
        return
    look |= {looks().looks[element.tag]} if element.tag in looks().looks else set()
    look |= {looks().classes[name] for name in classes if name in looks().classes}
    level = next((name for name in classes if name in PIPS), "") if "badge" in classes else ""
    look |= {level, "bold"} if level else set()
    before, after = ("\u201c", "\u201d") if element.tag == "q" else ("", "")
    yield from _text(f"{before}{element.text or ''}", look, "\n" if lines else "")
    for child in element.iterchildren("*"):
        yield from _inline(child, look, lines=lines)
        yield from _text(child.tail, look, "\n" if lines else "")
    end = after or (f" {PIPS[level]}" if level else "") or (":" if "label" in classes and element.tag == "span" else "")
    if end:
        yield WordRun(end, look)


def _joined(margin: Element) -> list[WordRun]:
    """Return the parts of a margin in one line: a label with a colon, all else with commas."""
    runs: list[WordRun] = []
    blocks = list(margin.iterchildren("*")) or [margin]
    for part in (block_ for block in blocks for block_ in (block if "where" in _classes(block) else [block])):
        words = trimmed(_inline(part))
        label = "label" in _classes(part) and not runs
        runs += [*words, WordRun(": " if label else ", ")] if words else []
    return runs[:-1]


def _text(text: str | None, look: frozenset[str], newlines: str) -> Iterator[WordRun]:
    """Yield a text with its white space as a browser would show it; line ends stay where they are `newlines`."""
    shown = (SPACE_IN_LINE if newlines else SPACE).sub(" ", text or "")
    if shown:
        yield WordRun(shown, look)


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()
