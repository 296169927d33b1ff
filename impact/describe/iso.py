"""ISO, IEC, OIML and CEN: title pages of standards, drafts, amendments and recommendations."""

import re

from impact.describe.fields import Described, Found, Reading, first_date, first_match, joined, keep, part, words
from impact.describe.front import Front, Line
from impact.describe.language import language_of
from impact.records import Span

COVER = 60
KIND = r"(?:/?(?:TS|TR|PAS|IWA|DIS|FDIS|CD|WD|PRF|Guide))?"
PARTS = r"(?:/(?:DAM|FDAM|PDAM|DAmd|Amd|AMD|Cor|COR|DCOR)\.? ?\d+(?::\d{4})?)?"
NUMBER = re.compile(
    rf"(?:Reference number\s*:?\s*)?(?P<number>(?P<body>ISO/IEC|IEC/IEEE|ISO/IEEE|ISO/CIE|ISO|IEC){KIND} \d+(?:-\d+)*(?::\d{{4}})?{PARTS})(?:\s*\([EFR]\))?$"
)
OIML = re.compile(
    r"(?:.*?\b)?(?P<number>OIML [RBDGVE] ?\d+(?:-\d+)?)\b\s*(?P<edition>Edition (?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
EDITION = re.compile(r"(?P<edition>Edition (?P<year>(?:19|20)\d\d))", re.IGNORECASE)
AMENDMENT = re.compile(
    r"(?:Amendment|Amendement|Technical Corrigendum|Rectificatif technique)\s+\d+\s*:", re.IGNORECASE
)
CEN = re.compile(
    r"(?P<number>(?:pr|Fpr)?EN (?:ISO(?:/IEC)? )?\d+(?:-\d+)*(?::\d{4})?|CWA \d+(?:-\d+)*(?::\d{4})?|CEN/T[SR] \d+(?:-\d+)*(?::\d{4})?)"
)
COMMITTEE = re.compile(
    r"(?P<group>(?:ISO|ISO/IEC|IEC|CEN|CEN/CENELEC)[ /](?:JTC|TC) ?\d+(?:/SC ?\d+)?(?:/WG ?\d+)?)(?:/WG)?\s*$"
)
NO_TITLE = re.compile(
    r"(?:INTERNATIONAL|STANDARD|RECOMMENDATION|BASIC|PUBLICATION|DOCUMENT|GUIDE|ORGANI[SZ]ATION|DE MÉTROLOGIE|OF LEGAL|OIML|Edition|EUROPEAN|NORME|"
    r"EUROPÄISCHE|ICS|English|ISO|IEC|CEN|Reference|(?:First|Second|Third|Fourth|Fifth) edition|Document |Secretariat|Date|©|\d{4}|Amendment \(|"
    r"This|Price|Part \d+$)",
    re.IGNORECASE,
)


def read(front: Front) -> Described:
    """Read an ISO or IEC document."""
    reading: Reading = {}
    cover = front.lines[:COVER]
    hits = [(line, match) for line in cover for match in [NUMBER.match(line.text)] if match]
    if hits:
        line, match = max(hits, key=lambda hit: len(hit[1]["number"]))
        keep(reading, "number", words(front, part(line, match, "number")))
        keep(reading, "body", Found(match["body"], part(line, match, "body")))
    split = _split_number(front, cover)
    keep(reading, "number", split)
    keep(reading, "body", Found("ISO"))
    committee = first_match(cover, COMMITTEE)
    if committee:
        keep(reading, "group", words(front, part(*committee, "group")))
    edition = first_match(
        cover, re.compile(r"(?P<edition>(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh) edition)", re.IGNORECASE)
    )
    if edition:
        keep(reading, "revision", words(front, part(*edition, "edition")))
    keep(reading, "title", _dashed_title(front, cover))
    keep(reading, "date", first_date(tuple(line for line in cover if len(line.text) < 80)))
    return Described(reading)


def _split_number(front: Front, cover: tuple[Line, ...]) -> Found | None:
    """Return the number of a cover that sets "ISO" and "17301-1" on two lines."""
    for line, following in zip(cover, cover[1:], strict=False):
        if re.match(r"(?:ISO|ISO/IEC|IEC)$", line.text) and re.match(r"\d+(?:-\d+)*(?::\d{4})?$", following.text):
            return words(front, Span(line.span.start, following.span.end))
    return None


def _dashed_title(front: Front, cover: tuple[Line, ...]) -> Found | None:
    """Return the first title made of elements with dashes ("Cereals — Test methods — Part 1: Rice")."""
    for at, line in enumerate(cover):
        if " \u2014" not in line.text or NO_TITLE.match(line.text):
            continue
        spans = [line.span]
        for other in cover[at + 1 : at + 6]:
            same = other.block == line.block and language_of(other.text) in {language_of(line.text), "und"}
            if NO_TITLE.match(other.text) and not AMENDMENT.match(other.text):
                break
            if not (same or AMENDMENT.match(other.text) or re.match(r"(?:Part|Partie) \d+\s*:", other.text)):
                break
            spans.append(other.span)
        return joined(front, spans)
    return None


def read_oiml(front: Front) -> Described:
    """Read a publication of the OIML: number, edition and the first of its titles."""
    reading: Reading = {}
    cover = front.lines[:40]
    hits = [(line, match) for line in cover for match in [OIML.match(line.text)] if match]
    if hits:
        line, match = max(hits, key=lambda hit: bool(hit[1]["edition"]))
        number = words(front, part(line, match, "number"))
        keep(reading, "number", number)
        keep(reading, "body", Found("OIML", number.span))
    edition = first_match(cover, re.compile(r"(?:.*?\b)?" + EDITION.pattern, re.IGNORECASE))
    if edition:
        keep(reading, "revision", words(front, part(*edition, "edition")))
        keep(reading, "date", words(front, part(*edition, "year")))
    keep(reading, "body", Found("OIML"))
    keep(reading, "title", _first_title(front, cover))
    return Described(reading)


def _first_title(front: Front, cover: tuple[Line, ...]) -> Found | None:
    """Return the first lines of the cover that are a title, in one language."""
    spans: list[Span] = []
    for line in cover:
        if NO_TITLE.match(line.text) or OIML.match(line.text) or len(line.text) < 4:
            if spans:
                break
            continue
        if spans and _is_french(line.text):
            break
        spans.append(line.span)
    return joined(front, spans[:6])


def _is_french(text: str) -> bool:
    """Return whether a line of a cover is the French title below the English one."""
    return bool(
        re.search(r"\b(?:de|des|du|pour|aux|la|le|les|et|encourus)\b|[éèàç]", text, re.IGNORECASE)
    ) and not re.search(r"\b(?:the|of|for|and|in)\b", text, re.IGNORECASE)


def read_cen(front: Front) -> Described:
    """Read a European standard."""
    reading: Reading = {}
    cover = front.lines[:COVER]
    hit = first_match(cover, CEN)
    if hit:
        keep(reading, "number", words(front, part(*hit, "number")))
    body = first_match(
        cover, re.compile(r"(?:.*?\b)?(?P<body>CENELEC|CEN)\b|EUROPEAN COMMITTEE FOR STANDARDI[SZ]ATION", re.IGNORECASE)
    )
    keep(reading, "body", Found((body[1]["body"] or "CEN").upper(), part(*body)) if body else Found("CEN"))
    committee = first_match(cover, COMMITTEE)
    if committee:
        keep(reading, "group", words(front, part(*committee, "group")))
    keep(reading, "title", _dashed_title(front, cover))
    keep(reading, "date", first_date(tuple(line for line in cover if len(line.text) < 80)))
    return Described(reading)
