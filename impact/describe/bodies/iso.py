"""ISO, IEC, OIML and CEN: title pages of standards, drafts, amendments and recommendations."""

import re
from functools import partial
from itertools import pairwise

from impact.describe.fields import Described, Reading, first_date, first_match, first_words, keep, part
from impact.describe.front import FieldValue, Front, FrontLine
from impact.describe.language import language_of
from impact.describe.patterns import pattern
from impact.records import Span

P = partial(pattern, "iso")
OIML = partial(pattern, "oiml")
COVER = 60
"""Lines of the title page and the page after it. Source: project judgment."""


def read(front: Front) -> Described:
    """Read an ISO or IEC document."""
    reading: Reading = {}
    cover = front.lines[:COVER]
    hits = [(line, match) for line in cover for match in [P("number").match(line.text)] if match]
    if hits:
        line, match = max(hits, key=lambda hit: len(hit[1]["number"]))
        keep(reading, "number", front.words(part(line, match, "number")))
        keep(reading, "body", FieldValue(match["body"], part(line, match, "body")))
    keep(reading, "number", _split_number(front, cover))
    keep(reading, "body", FieldValue("ISO"))
    keep(reading, "revision", first_words(front, cover, P("edition"), "edition"))
    _shared(front, cover, reading)
    return Described(reading)


def _shared(front: Front, cover: tuple[FrontLine, ...], reading: Reading) -> None:
    """Read what the covers of ISO, IEC and CEN have in common: committee, title, date."""
    keep(reading, "group", first_words(front, cover, P("committee"), "group"))
    keep(reading, "title", _dashed_title(front, cover))
    amended = next((at for at, line in enumerate(cover) if re.match(r"amendment \d+$", line.text, re.IGNORECASE)), None)
    if amended is not None:
        keep(reading, "date", first_date(cover[amended : amended + 3]))
    keep(reading, "date", first_date(tuple(line for line in cover if len(line.text) < 80)))


def _split_number(front: Front, cover: tuple[FrontLine, ...]) -> FieldValue | None:
    """Return the number of a cover that sets "ISO" and "17301-1" on two lines."""
    for line, following in pairwise(cover):
        if re.match(r"(?:ISO|ISO/IEC|IEC)$", line.text) and re.match(r"\d+(?:-\d+)*(?::\d{4})?$", following.text):
            return front.words(Span(line.span.start, following.span.end))
    return None


def _dashed_title(front: Front, cover: tuple[FrontLine, ...]) -> FieldValue | None:
    """Return the first title made of elements with dashes ("Cereals — Test methods — Part 1: Rice").

    The lines after it belong to it while they are as large, or in the same block or language where sizes are unknown.
    """
    for at, line in enumerate(cover):
        if not re.search(r"\s\u2014(?:\s|$)", line.text) or P("no_title").match(line.text):
            continue
        spans = [line.span]
        for other in cover[at + 1 : at + 10]:
            is_amendment = bool(P("amendment").match(other.text))
            if (P("no_title").match(other.text) and not is_amendment) or not (is_amendment or _goes_on(line, other)):
                break
            spans.append(other.span)
        return front.joined(spans)
    return None


def _goes_on(first: FrontLine, other: FrontLine) -> bool:
    if first.source.size:
        return abs(other.source.size - first.source.size) < 0.3
    return other.block == first.block and language_of(other.text) in {language_of(first.text), "und"}


def read_oiml(front: Front) -> Described:
    """Read a publication of the OIML: number, edition or amendment, and the first of its titles."""
    reading: Reading = {}
    cover = front.lines[:40]
    hits = [(line, match) for line in cover for match in [OIML("number").match(line.text)] if match]
    if hits:
        line, match = max(hits, key=lambda hit: bool(hit[1]["edition"]))
        number = front.words(part(line, match, "number"))
        keep(reading, "number", number)
        keep(reading, "body", FieldValue("OIML", number.span))
    for name, key in (("amendment", "amendment"), ("edition", "edition")):
        hit = first_match(cover, OIML(name))
        if hit:
            keep(reading, "revision", front.words(part(*hit, key)))
            keep(reading, "date", front.words(part(*hit, "year")))
    keep(reading, "body", FieldValue("OIML"))
    keep(reading, "title", _first_title(front, cover))
    return Described(reading)


def _first_title(front: Front, cover: tuple[FrontLine, ...]) -> FieldValue | None:
    """Return the first lines of the cover that are a title, in one language."""
    spans: list[Span] = []
    for line in cover:
        if P("no_title").match(line.text) or OIML("number").match(line.text) or len(line.text) < 4:
            if spans:
                break
            continue
        if spans and _is_french(line.text):
            break
        spans.append(line.span)
    return front.joined(spans[:6])


def _is_french(text: str) -> bool:
    """Return whether a line of a cover is the French title below the English one."""
    french = re.search(r"\b(?:de|des|du|pour|aux|la|le|les|et|encourus)\b|[éèàç]", text, re.IGNORECASE)
    return bool(french) and not re.search(r"\b(?:the|of|for|and|in)\b", text, re.IGNORECASE)


def read_cen(front: Front) -> Described:
    """Read a European standard."""
    reading: Reading = {}
    cover = front.lines[:COVER]
    keep(reading, "number", first_words(front, cover, P("cen"), "number"))
    body = first_match(cover, P("cen_body"))
    keep(reading, "body", FieldValue(body[1]["body"] or "CEN", part(*body)) if body else FieldValue("CEN"))
    _shared(front, cover, reading)
    return Described(reading)
