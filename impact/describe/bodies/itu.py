"""ITU-T and ITU-R: contribution and TD covers, Recommendations, Supplements, guides, Resolutions, bulletins."""

import re
from functools import partial
from itertools import pairwise

from impact.describe.bodies.itu_titles import FIRST, cover_title, inner_title, is_title_page, title_after
from impact.describe.fields import Described, Reading, first_date, first_match, first_words, keep, labeled, part
from impact.describe.front import FieldValue, Front, FrontLine
from impact.describe.organizations import split_organizations
from impact.describe.patterns import pattern
from impact.records import BlockKind, Span

P = partial(pattern, "itu")
COVER = 60
"""Lines of the cover of a contribution or Recommendation. Source: project judgment."""

SHORT = {
    "amendment": "Amd.",
    "corrigendum": "Cor.",
    "supplement": "Suppl.",
    "annex": "Annex",
    "erratum": "Err.",
    "addendum": "Add.",
}


def read(front: Front) -> Described:
    """Read a document of the ITU; which kind it is shows by what its cover has."""
    reading: Reading = {}
    cover = front.lines[:COVER]
    title = labeled(front, "title|titre|título|название")
    if title and not any(P("recommendation").match(line.text) for line in cover[:12]):
        keep(reading, "title", front.joined(title))
        _contribution_number(cover, reading)
    for reader in (_bulletin, _resolution, _recommended):
        if "number" not in reading:
            reader(front, cover, reading)
    if "number" not in reading:
        _contribution_number(cover, reading)
    _guide(front, cover, reading)
    _question(front, reading)
    _group(cover, reading)
    keep(reading, "date", _date(cover))
    keep(reading, "body", _body(cover, reading))
    return Described(reading, split_organizations(front, labeled(front, "source|origine|origen|источник")))


def _contribution_number(cover: tuple[FrontLine, ...], reading: Reading) -> None:
    """Read "SG13-C83", "C-83" or "TD 12 Rev.1", the longest one first; the revision in it is a field of its own."""
    hits = [(line, match) for line in cover for match in [P("contribution").match(line.text)] if match]
    if not hits:
        return
    line, match = max(
        hits, key=lambda hit: (bool(re.match(r"SG|TSAG|COM|FG", hit[1]["number"])), len(hit[1]["number"]))
    )
    place = part(line, match, "number")
    revised = P("revised").fullmatch(match["number"])
    if not revised:
        keep(reading, "number", FieldValue(match["number"], place))
        return
    keep(reading, "number", FieldValue(revised["base"] + revised["rest"], place))
    start = place.start + revised.start("revision")
    keep(reading, "revision", FieldValue(f"R{revised['digits']}", Span(start, start + len(revised["revision"]))))


def _recommended(front: Front, cover: tuple[FrontLine, ...], reading: Reading) -> None:
    """Read number and title of a Recommendation, Supplement or implementers' guide."""
    supplement, guide = first_match(cover, P("supplement")), first_match(cover[:12], P("guide"))
    pages = tuple(line for at, line in enumerate(front.lines) if is_title_page(line, at))
    named = None if _has_other_name(cover) else first_match(pages, P("recommendation")) or _cover_number(cover)
    hit = supplement or guide or named
    if hit is None:
        keep(reading, "title", cover_title(front))
        return
    line, match = hit
    value = " ".join(match["number"].split())
    if supplement:
        digits = re.search(r"Supplement\s+(\d+)", match[0], re.IGNORECASE)
        value = f"ITU-T {match['after'] or match['before']} Suppl. {digits[1] if digits else ''}"
    elif not guide:
        value = f"ITU-{_sector(front, match)} {value}{_suffix(cover)}"
    keep(reading, "number", FieldValue(value, part(line, match, "number")))
    keep(reading, "title", (None if guide else inner_title(front)) or cover_title(front))


def _guide(front: Front, cover: tuple[FrontLine, ...], reading: Reading) -> None:
    """Read that a publication is an implementers' guide; its number, if no line has it, is in the name of the file."""
    if not any(P("guide_name").match(" ".join(pair)) for pair in pairwise(line.text for line in cover[:FIRST])):
        return
    if "number" not in reading and (named := P("file_name").match(front.stem)):
        keep(reading, "number", FieldValue(f"ITU-{named['sector'].upper()} {named['number']}", uncertain=True))
    if not P("contribution").match(reading.get("number", FieldValue("")).value):
        keep(reading, "publication", FieldValue("Implementers' guide"))


def _sector(front: Front, match: re.Match[str]) -> str:
    if match["sector"]:
        return "R" if match["sector"].upper() == "R" else "T"
    return "R" if any(re.match(r"ITU-?R\b", line.text) for line in front.lines[:COVER]) else "T"


def _suffix(cover: tuple[FrontLine, ...]) -> str:
    """Return " Amd. 2" and the like, where the cover says that the document is but that part."""
    hit = first_match(tuple(line for line in cover[:25] if len(line.text) < 80), P("part"))
    return f" {SHORT[hit[1]['kind'].lower()]} {hit[1]['digits']}" if hit else ""


def _cover_number(cover: tuple[FrontLine, ...]) -> tuple[FrontLine, re.Match[str]] | None:
    """Return the number beside "ITU-T" in the table of a cover."""
    if not any(re.match(r"(?:ITU|UIT|МСЭ)-?[TR]$", line.text) for line in cover[:20]):
        return None
    return first_match(cover[:20], P("cover_number"))


def _has_other_name(cover: tuple[FrontLine, ...]) -> bool:
    """Return whether the cell beside "ITU-T" holds no number but the name of another kind of publication."""
    for line, beside in pairwise(cover[:12]):
        if line.cell >= 0 and re.match(r"ITU-?[TR]$", line.text) and beside.block == line.block:
            return not re.search(r"\d", beside.text)
    return False


def _resolution(front: Front, cover: tuple[FrontLine, ...], reading: Reading) -> None:
    """Read "RESOLUTION 1 (Rev. Hammamet, 2016)" and the title after it."""
    hits = [(line, match) for line in cover for match in [P("resolution").match(line.text)] if match]
    if not hits:
        return
    line, match = hits[0]
    keep(reading, "number", FieldValue(f"Resolution {match['number'].split(' ', 1)[1]}", part(line, match, "number")))
    if match["title"]:
        keep(reading, "title", front.words(part(line, match, "title")))
    keep(reading, "title", title_after(front, line))
    for other, revised in hits:
        if revised["revision"]:
            keep(reading, "revision", front.words(part(other, revised, "revision")))


def _bulletin(front: Front, cover: tuple[FrontLine, ...], reading: Reading) -> None:
    if not cover or not re.match(r"ITU Operational Bulletin", cover[0].text, re.IGNORECASE):
        return
    keep(reading, "title", front.words(cover[0].span))
    keep(reading, "number", first_words(front, cover[:8], P("bulletin"), "number"))


def _question(front: Front, reading: Reading) -> None:
    """Read "Q2/13" of "Question(s): 2/13"; several are kept as a list."""
    spans = labeled(front, r"question\(?s?\)?|вопрос\(?ы?\)?|cuestión(?:es)?|cuestión\(es\)", most=1)
    if not spans:
        return
    match = P("question").match(front.document.quote(spans[0]))
    if match:
        numbers = re.findall(r"\d+", match["list"])
        group = match["group"]
        value = ", ".join(f"Q{number}/{group}" for number in numbers) or f"All/{group}"
        start = spans[0].start
        keep(reading, "question", FieldValue(value, Span(start, start + match.end())))
        place = Span(start + match.start("group"), start + match.end("group"))
        keep(reading, "group", FieldValue(f"SG{group}" if group.isdigit() else group, place))


def _group(cover: tuple[FrontLine, ...], reading: Reading) -> None:
    """Read the study group where no question names it."""
    hit = first_match(tuple(line for line in cover if len(line.text) < 60), P("study_group"))
    if hit:
        line, match = hit
        keep(
            reading,
            "group",
            FieldValue(f"SG{match['digits']}" if match["digits"] else match["group"], part(line, match, "group")),
        )
    number = reading.get("number", FieldValue(""))
    named = re.match(r"(SG\d+|TSAG)-|COM (\d+)", number.value)
    if named and number.span:
        keep(reading, "group", FieldValue(named[1] or f"SG{named[2]}", number.span))


def _date(cover: tuple[FrontLine, ...]) -> FieldValue | None:
    """Return the first date of the cover; for old ITU-R Recommendations the last year of approval."""
    edition = first_date(
        tuple(line for line in cover if len(line.text) < 120 and line.source.kind is not BlockKind.CONTENTS)
    )
    if edition is not None:
        return edition
    hit = first_match(cover, P("years"))
    return FieldValue(hit[1]["year"], part(*hit, "year")) if hit else None


def _body(cover: tuple[FrontLine, ...], reading: Reading) -> FieldValue:
    """Return ITU-R where the cover says so, else ITU-T; plain ITU for what belongs to neither."""
    hit = first_match(tuple(line for line in cover if len(line.text) < 80), P("sector"))
    if hit:
        return FieldValue("ITU-R" if hit[1]["sector"].upper() == "R" else "ITU-T", part(*hit))
    hit = first_match(cover, P("sector_name"))
    if hit:
        return FieldValue("ITU-R" if hit[1][0].lower().startswith("radio") else "ITU-T", part(*hit))
    return FieldValue("ITU-T" if re.match(r"SG\d|TSAG|COM", reading.get("number", FieldValue("")).value) else "ITU")
