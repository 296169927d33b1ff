"""ITU-T and ITU-R: contribution and TD covers, Recommendations, Supplements, guides, Resolutions, bulletins."""

import re

from impact.describe.fields import (
    Described,
    Found,
    Reading,
    date_in,
    first_date,
    first_match,
    joined,
    keep,
    labelled,
    part,
    words,
)
from impact.describe.front import Front, Line
from impact.describe.organizations import split_organizations
from impact.records import Span

COVER = 60
CONTRIBUTION = re.compile(
    r"(?:.*?[\s(])?(?P<number>(?:(?:SG\d+|TSAG|FG-[\w-]+?|WTSA)-)?(?:C|TD|LS|R)[- ]?\d{1,4}"
    r"(?:[- ]?(?:R|Rev\.? ?)\d+)?(?:/(?:PLEN|GEN|\d+|WP\d+))?"
    r"|COM \d+ ?[-\u2013] ?(?:C|TD|LS|R) \d+(?: R\d+)?(?: ?[-\u2013] ?[EFSCAR])?)\)?$"
)
REVISED = re.compile(r".*?[- ]?(?P<revision>(?:R|Rev\.? ?)(?P<digits>\d+))\b")
SECTOR = r"(?:ITU|UIT|МСЭ)-?(?P<sector>[TRТ])"
SERIES = r"[A-Z]{1,3}\.\d+(?:\.\d+)*(?:-\d+)?"
RECOMMENDATION = re.compile(
    rf"(?:\S+ )?(?:\S+ )?(?:Recommendation|Recomendación|Recommandation|Рекомендация|التوصية|建议书)\s+{SECTOR}\s+"
    rf"(?P<number>{SERIES})(?P<rest>.{{0,50}})$",
    re.IGNORECASE,
)
COVER_NUMBER = re.compile(rf"(?:{SECTOR}\s+(?:Rec\.\s+)?)?(?P<number>{SERIES})(?P<rest>\s.{{0,40}})?$")
PART = re.compile(
    r"(?:.*[-\u2013\s])?(?P<kind>Amendment|Corrigendum|Supplement|Annex|Erratum|Addendum)\s+(?P<digits>[A-Z]?\d+)\b",
    re.IGNORECASE,
)
SHORT = {
    "amendment": "Amd.",
    "corrigendum": "Cor.",
    "supplement": "Suppl.",
    "annex": "Annex",
    "erratum": "Err.",
    "addendum": "Add.",
}
SUPPLEMENT = re.compile(
    r"(?:.*?\b)?(?P<number>(?:Supplement\s+\d+\s+to\s+ITU-?T\s+(?P<after>[A-Z])-series\b.*"
    r"|ITU-?T\s+(?P<before>[A-Z])-series\s+Recommendations\s+[-\u2013]\s+Supplement\s+\d+))",
    re.IGNORECASE,
)
GUIDE = re.compile(r"(?P<number>[A-Z]\.(?:Imp)?\d+(?:\.\d+)*\s+Implementer?s?'?s?\s+Guide)", re.IGNORECASE)
RESOLUTION = re.compile(
    r"(?P<number>RESOLUTION (?:ITU-R )?\d+)(?:\s*\((?P<revision>Rev\.[^)]*)\))?(?:\s*[-\u2013]\s*(?P<title>.+))?\s*$",
    re.IGNORECASE,
)
BULLETIN = re.compile(r"(?P<number>No\. ?\d{3,4})$")
AFTER_TITLE = re.compile(
    r"(?:summary|resumen|résumé|ملخص|摘要|резюме|scope|foreword|introduction|keywords|history|contents|table of contents|source|caution|"
    r"(?:amendment|corrigendum|annex|supplement|enmienda|amendement)\s+[A-Z]?\d|\d+(?:\.\d+)*\s+\w|\(|\[|question\s|.*-series recommendations|"
    r"recommendation|recomendaci|the itu |the world telecommunication)",
    re.IGNORECASE,
)
SERIES_LINE = re.compile(r"(?:SERIES|SERIE|SÉRIE|СЕРИЯ|السلسلة) ?[A-Z]\s?:", re.IGNORECASE)
STUDY_GROUP = re.compile(
    r"(?:.*\b)?(?P<group>STUDY GROUP\s*:?\s*(?P<digits>\d+)|TSAG|FG[ -][A-Z][\w-]+)\b", re.IGNORECASE
)
QUESTION = re.compile(
    r"(?:Q(?:uestion)?s?\.? ?)?(?P<list>(?:\d+(?:\s*(?:,|and|&)\s*)?)+|All|QALL)\s*/\s*(?P<group>\d+|TSAG)",
    re.IGNORECASE,
)
YEARS = re.compile(r"\((?:(?:19|20)\d\d\s*[-\u2013]\s*)*(?P<year>(?:19|20)\d\d)\)$")


def read(front: Front) -> Described:
    """Read a document of the ITU; which kind it is shows by what its cover has."""
    reading: Reading = {}
    cover = front.lines[:COVER]
    title = labelled(front, "title|titre|título|название")
    if title and not _recommendation(front.lines[:12]):
        keep(reading, "title", joined(front, title))
        _contribution_number(cover, reading)
    for reader in (_bulletin, _resolution, _recommended):
        reader(front, cover, reading)
    if "number" not in reading:
        _contribution_number(cover, reading)
    _question(front, reading)
    _group(cover, reading)
    keep(reading, "date", _date(front, cover))
    keep(reading, "body", _body(front, reading))
    return Described(reading, split_organizations(front, labelled(front, "source|origine|origen|источник")))


def _contribution_number(cover: tuple[Line, ...], reading: Reading) -> None:
    """Read "SG13-C83", "C-83" or "TD 12 Rev.1", the longest one first, and the revision in it."""
    hits = [(line, match) for line in cover for match in [CONTRIBUTION.match(line.text)] if match]
    if not hits:
        return
    line, match = max(
        hits, key=lambda hit: (hit[1]["number"].startswith(("SG", "TSAG", "COM", "FG")), len(hit[1]["number"]))
    )
    keep(reading, "number", Found(match["number"], part(line, match, "number")))
    revised = REVISED.fullmatch(match["number"].split("/")[0])
    if revised:
        start = line.span.start + match.start("number") + revised.start("revision")
        place = Span(start, start + len(revised["revision"]))
        keep(reading, "revision", Found(f"R{revised['digits']}", place))


def _recommendation(lines: tuple[Line, ...]) -> tuple[Line, re.Match[str]] | None:
    return first_match(lines, RECOMMENDATION)


def _recommended(front: Front, cover: tuple[Line, ...], reading: Reading) -> None:
    """Read number and title of a Recommendation, Supplement or implementers' guide."""
    supplement, guide = first_match(cover, SUPPLEMENT), first_match(cover, GUIDE)
    hit = supplement or guide or _recommendation(front.lines) or _cover_number(cover)
    if hit is None:
        return
    line, match = hit
    value = " ".join(match["number"].split())
    if supplement:
        digits = re.search(r"Supplement\s+(\d+)", match[0], re.IGNORECASE)
        value = f"ITU-T {match['after'] or match['before']} Suppl. {digits[1] if digits else ''}"
    elif not guide:
        value = f"ITU-{_sector(front, match)} {value}{_suffix(cover)}"
    keep(reading, "number", Found(value, part(line, match, "number")))
    keep(reading, "title", _inner_title(front) or _cover_title(front))


def _sector(front: Front, match: re.Match[str]) -> str:
    if match["sector"]:
        return "R" if match["sector"].upper() == "R" else "T"
    return "R" if any(re.match(r"ITU-?R\b", line.text) for line in front.lines[:COVER]) else "T"


def _suffix(cover: tuple[Line, ...]) -> str:
    """Return " Amd. 2" and the like, where the cover says that the document is but that part."""
    hit = first_match(tuple(line for line in cover[:25] if len(line.text) < 80), PART)
    return f" {SHORT[hit[1]['kind'].lower()]} {hit[1]['digits']}" if hit else ""


def _cover_number(cover: tuple[Line, ...]) -> tuple[Line, re.Match[str]] | None:
    """Return the number beside "ITU-T" in the table of a cover."""
    if not any(re.match(r"(?:ITU|UIT|МСЭ)-?[TR]$", line.text) for line in cover[:20]):
        return None
    return first_match(cover[:20], COVER_NUMBER)


def _inner_title(front: Front) -> Found | None:
    """Return the title under "Recommendation ITU-T X.n" on the page after the cover, or under a Supplement's name."""
    for at, line in enumerate(front.lines):
        if not (RECOMMENDATION.match(line.text) or re.match(r"Supplement\s+\d+\s+to\s+ITU", line.text, re.IGNORECASE)):
            continue
        titles = _until_stop(front.lines[at + 1 : at + 7])
        if titles:
            return words(front, Span(titles[0].span.start, titles[-1].span.end))
    return None


def _until_stop(lines: tuple[Line, ...]) -> list[Line]:
    """Return the lines of a title: those before what follows a title, within one block where the first one ends one."""
    titles: list[Line] = []
    for line in lines:
        if AFTER_TITLE.match(line.text) or (titles and _breaks(titles[-1], line)):
            break
        if SERIES_LINE.match(line.text) or len(line.text) > 250:
            break
        titles.append(line)
    return titles


def _breaks(before: Line, line: Line) -> bool:
    """Return whether a title cannot go on from one line to the next: another cell, or another paragraph of a row."""
    if before.source is line.source:
        return before.cell != line.cell
    return (
        line.cell >= 0
        or before.cell >= 0
        or before.source.style != line.source.style
        or before.source.size != line.source.size
    )


def _cover_title(front: Front) -> Found | None:
    """Return the title on the cover: the block after the one that names the series."""
    for at, line in enumerate(front.lines[:COVER]):
        if not SERIES_LINE.match(line.text):
            continue
        rest = [other for other in front.lines[at + 1 : at + 15] if other.block != line.block]
        titles = [other for other in rest if other.block == rest[0].block and not AFTER_TITLE.match(other.text)]
        if titles:
            return words(front, Span(titles[0].span.start, titles[-1].span.end))
    return None


def _resolution(front: Front, cover: tuple[Line, ...], reading: Reading) -> None:
    """Read "RESOLUTION 1 (Rev. Hammamet, 2016)" and the title after it."""
    hit = first_match(cover, RESOLUTION)
    if hit is None:
        return
    line, match = hit
    keep(reading, "number", Found(f"Resolution {match['number'].split(' ', 1)[1]}", part(line, match, "number")))
    if match["title"]:
        keep(reading, "title", words(front, part(line, match, "title")))
    else:
        at = front.lines.index(line)
        titles = _until_stop(front.lines[at + 1 : at + 5])
        keep(reading, "title", joined(front, [title.span for title in titles]))
    revised = next((m for other in cover if (m := RESOLUTION.match(other.text)) and m["revision"]), None)
    if revised:
        source = next(other for other in cover if RESOLUTION.match(other.text) and "Rev." in other.text)
        keep(reading, "revision", words(front, part(source, revised, "revision")))


def _bulletin(front: Front, cover: tuple[Line, ...], reading: Reading) -> None:
    """Read the Operational Bulletin."""
    if not cover or not re.match(r"ITU Operational Bulletin", cover[0].text, re.IGNORECASE):
        return
    keep(reading, "title", words(front, cover[0].span))
    hit = first_match(cover[:8], BULLETIN)
    if hit:
        keep(reading, "number", words(front, part(*hit, "number")))


def _question(front: Front, reading: Reading) -> None:
    """Read "Q2/13" of "Question(s): 2/13"; several are kept as a list."""
    spans = labelled(front, r"question\(?s?\)?|вопрос\(?ы?\)?|cuestión(?:es)?|cuestión\(es\)", most=1)
    if not spans:
        return
    match = QUESTION.match(front.document.quote(spans[0]))
    if match:
        numbers = re.findall(r"\d+", match["list"]) or ["All"]
        group = match["group"]
        value = ", ".join(f"Q{number}/{group}" for number in numbers).replace("QAll", "All")
        start = spans[0].start
        keep(reading, "question", Found(value, Span(start, start + match.end())))
        place = Span(start + match.start("group"), start + match.end("group"))
        keep(reading, "group", Found(f"SG{group}" if group.isdigit() else group, place))


def _group(cover: tuple[Line, ...], reading: Reading) -> None:
    """Read the study group where no question names it."""
    for line in cover:
        match = STUDY_GROUP.match(line.text) if len(line.text) < 60 else None
        if match:
            value = f"SG{match['digits']}" if match["digits"] else match["group"]
            keep(reading, "group", Found(value, part(line, match, "group")))
    number = reading.get("number", Found(""))
    named = re.match(r"(SG\d+|TSAG)-|COM (\d+)", number.value)
    if named and number.span:
        keep(reading, "group", Found(named[1] or f"SG{named[2]}", number.span))


def _date(front: Front, cover: tuple[Line, ...]) -> Found | None:
    """Return the first date of the cover; for old ITU-R Recommendations the last year of approval."""
    edition = first_date(
        tuple(line for line in cover if len(line.text) < 120 and not line.source.kind.value == "contents")
    )
    if edition is not None:
        return edition
    for line in front.lines[:COVER]:
        match = YEARS.match(line.text)
        if match:
            return Found(match["year"], part(line, match, "year"))
    spans = labelled(front, "date|document date", most=1)
    return next(
        (found for line in front.lines if spans and line.span.covers(spans[0]) and (found := date_in(line))), None
    )


def _body(front: Front, reading: Reading) -> Found:
    """Return ITU-R where the cover says so, else ITU-T; plain ITU for what belongs to neither."""
    for line in front.lines[:COVER]:
        match = re.match(r"(?:.*\s)?(?:ITU|UIT|МСЭ)-?(?P<sector>[TRТ])\b", line.text)
        if match and len(line.text) < 80:
            return Found("ITU-R" if match["sector"] == "R" else "ITU-T", part(line, match))
    for line in front.lines[:COVER]:
        match = re.match(
            r"(telecommunication standardization|radiocommunication)", " ".join(line.text.split()), re.IGNORECASE
        )
        if match:
            return Found("ITU-R" if match[0].lower().startswith("radio") else "ITU-T", line.span)
    return Found("ITU-T" if re.match(r"(?:SG\d|TSAG|COM)", reading.get("number", Found("")).value) else "ITU")
