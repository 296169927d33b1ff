"""What the number of a clause is in its document, without that of the title, and which operation it is of."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

from impact.present.cleaning import plain
from impact.records import BlockKind, Clause, Document

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
"""How operations are called. Source: OpenAPI 3.1, Path Item Object."""
LETTER = re.compile(r"[A-Z](?=$|, item)")
"""The number of an appendix, or of an item of it."""
CITED_CLAUSE, CITED_SECTION = (re.compile(rf"\b{name}s? [A-Z]?\.?\d", re.IGNORECASE) for name in ("clause", "section"))


def number_alone(clause: Clause, document: Document) -> str:
    """Return the number of a clause without one that names no place alone: of the title, or of a step of a section.

    Sections below a numbered title have headings and no numbers; the steps of another section have the same numbers,
    and what numbers a heading below a numbered section is no item of it.
    """
    first, *others = [plain(heading) for heading in clause.headings] or [""]
    number, _, item = clause.number.partition(" ")
    if document.paged:
        return clause.number
    is_of_title = number and first.startswith(f"{number} ")
    if is_of_title and (not others or others[-1][:1].isdigit()):
        is_of_title = _numbers_the_title(number, document)
    below = item.partition(" ")[0].rstrip(".")
    if below[:1].isdecimal() and others and re.match(rf"{re.escape(below)}(?!\w|\.\w)", others[-1]):
        return item.partition(" ")[2]
    return item if is_of_title or _is_step(number, clause, document) else clause.number


def _numbers_the_title(number: str, document: Document) -> bool:
    """Return whether the only heading of the first level has a number, below which no other heading is numbered."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    titles, below = [block for block in headings if block.level <= 1], re.compile(rf"{re.escape(number)}[.-]\w")
    is_alone = len(titles) == 1 and re.match(rf"{re.escape(number)}(?!\w)", plain(document.quote(titles[0].span)))
    return bool(is_alone) and not any(below.match(plain(document.quote(block.span))) for block in headings[1:])


def _is_step(number: str, clause: Clause, document: Document) -> bool:
    """Return whether a number is that of a heading below one that has none, and is not the title of the document."""
    titles = [plain(heading) for heading in clause.headings]
    above = list(takewhile(lambda title: not re.match(rf"{re.escape(number)}(?!\w)", title), titles))
    outer = above[1:] if above and above[0].rstrip(" :") == first_heading(document) else above
    return number.isdecimal() and len(above) < len(titles) and bool(outer) and not outer[-1][:1].isdigit()


def first_heading(document: Document) -> str:
    """Return the first heading of a document, as clauses have it, if it stands above all others; else nothing."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    if not headings or (headings[0].level > 1 and any(block.level <= headings[0].level for block in headings[1:])):
        return ""
    return re.sub(r"^(\d+)\. ", r"\1 ", plain(document.quote(headings[0].span)).rstrip(" :"))


def says_section(document: Document) -> bool:
    """Return whether numbered parts are called sections: where there are no pages, unless the text says "clause"."""
    return not document.paged and not _cites_clauses(document.text)


def is_appendix(number: str, clause: Clause, document: Document) -> bool:
    """Return whether a number is a letter alone that comes after numbered sections: those are called appendices."""
    if not LETTER.match(number) or not says_section(document):
        return False
    before = (block for block in document.blocks if block.span.start < clause.span.start)
    headings = (block for block in before if block.kind is BlockKind.HEADING)
    return any(f"{block.number}{plain(document.quote(block.span))}"[:1].isdigit() for block in headings)


@lru_cache(maxsize=16)
def _cites_clauses(text: str) -> bool:
    """Return whether a text cites more clauses than sections."""
    return len(CITED_CLAUSE.findall(text)) > len(CITED_SECTION.findall(text))


def operation_of(headings: Sequence[str]) -> str:
    """Return the operation of an interface to which a clause belongs: "POST /sessions"; empty where it is none."""
    for path, method in pairwise(headings):
        if path.startswith("/") and method in METHODS:
            return f"{method.upper()} {path}"
    return ""
