"""`brief.<language>.html`: one page of A4 to take into the room, in an official language of the United Nations.

The fixed wording is in that language; what the document says stays as the document has it.
"""

import re
from dataclasses import dataclass
from html import unescape
from math import sqrt
from typing import Any

from impact.records import Assessment, Clause, Level, Verdict
from impact.report.cleaning import SPACE, clipped, plain, shown
from impact.report.concerns import Concern, concerns_of, parted
from impact.report.figures import figures_of
from impact.report.identity import title_of
from impact.report.outcome import outcome
from impact.report.pages import environment
from impact.report.quotes import Piece, pieces
from impact.report.wording import Wording, wording
from impact.report.words import confidence, words
from impact.taxonomy.values import SeverityRule, Taxonomy

GRAVEST = 3
QUOTE, STEM, TITLE, FIELD, PLACE = 220, 80, 150, 70, 24
"""About how many characters to show of each, so that the page stays one. Source: tests/report/test_onepage_paper.py."""

ALSO = 5
"""Further concerns that are named."""

RUNS = 4
"""Runs of page numbers that are listed."""

SMALLEST, LARGEST = 7.7, 10.4
"""Type sizes in points. The smallest holds the fullest page. Source: tests/report/test_onepage_paper.py."""

TAG = re.compile(r"<[^>]+>")
LANGUAGE = re.compile(r"[a-z]{2,3}")
UNREAD = {"scan": Verdict.SCAN, "broken": Verdict.BROKEN_MAP, "ocr": Verdict.OCR}


@dataclass(frozen=True, slots=True)
class At:
    """A place: number as the document has it, empty where it has none; page in words, empty where there are none."""

    number: str
    page: str


@dataclass(frozen=True, slots=True)
class Grave:
    """One of the gravest concerns, with the quote that shows it best.

    Attributes:
        level: Level as a word of the program, for the looks.
        more: Words on the clauses that are not quoted; empty where there are none.
        rights: Names of the rights with a primary link, and their articles.
    """

    level: str
    name: str
    at: At
    more: str
    stem: str
    runs: tuple[Piece, ...]
    sentence: str
    confidence: str
    rights: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A concern that a reader must decide; `runs` and `asks` are empty where it is only named."""

    level: str
    name: str
    at: At
    more: str
    runs: tuple[Piece, ...] = ()
    asks: str = ""


def render(assessment: Assessment, code: str, taxonomy: Taxonomy) -> str:
    """Return the page. All text of the document is escaped, isolated in its writing direction and held as text.

    Raises:
        ValueError: If `code` is none of `impact.report.LANGUAGES`.
    """
    say = wording(code, taxonomy)
    concerns, facts = concerns_of(assessment, taxonomy), outcome(assessment)
    firm, unsure = parted(concerns)
    foreign, left = assessment.proposal.language, len(firm) - GRAVEST - ALSO
    parts: dict[str, Any] = {
        "w": say,
        "lang": foreign if LANGUAGE.fullmatch(foreign) and foreign != "und" else "",
        "title": _title(assessment),
        "identity": _identity(assessment, say),
        "level": "" if assessment.level is Level.NONE else assessment.level.value,
        "lead": _lead(assessment, concerns, say, taxonomy.severity, assessed=facts.assessed),
        "leveled": assessment.level is assessment.firm_level,
        "graves": tuple(_grave(one, assessment, say, 1 + (len(firm) < GRAVEST)) for one in firm[:GRAVEST]),
        "also": tuple(say.get(f"mechanisms.{one.mechanism.id}.name") for one in firm[GRAVEST:][:ALSO]),
        "left": say.counted("counts.more_concerns", left) if left > 0 else "",
        "opens": tuple(
            _open(one, assessment, say, quoted=place <= GRAVEST)
            for place, one in enumerate(unsure[:ALSO], 1 + len(firm))
        ),
        "unnamed": say.counted("counts.more_concerns", len(unsure) - ALSO) if len(unsure) > ALSO else "",
        "cited": _instruments(firm[:GRAVEST], say),
        "silences": _silences(firm, say, taxonomy),
        "safeguards": _safeguards(assessment, say, taxonomy),
        "assessed": facts.assessed,
        "read": _read(assessment, facts.read, say, assessed=facts.assessed),
        "limits": _limits(assessment, say, assessed=facts.assessed),
        "made": say.say(
            "footer.made", version=assessment.provenance.tool, date=say.date(assessment.provenance.made_at)
        ),
        "file": clipped(plain(assessment.document.source), FIELD),
        "digest": assessment.document.id[:16],
    }
    template = environment().get_template("onepage.html")
    size = _size(template.render(parts, size=LARGEST), say.get("room"))
    return shown(template.render(parts, size=size))


def _size(page: str, room: int) -> float:
    """Return the type size in points at which a page fills the paper, of which `room` characters do so at 9 points."""
    text = unescape(TAG.sub("", page[page.index("<main>") :]))
    fitting = 9 * sqrt(room / len(SPACE.sub(" ", text)))
    return round(min(max(fitting, SMALLEST), LARGEST), 1)


def _title(assessment: Assessment) -> str:
    return clipped(title_of(assessment), TITLE) or clipped(plain(assessment.document.source), TITLE)


def _identity(assessment: Assessment, say: Wording) -> tuple[tuple[str, str], ...]:
    """Return label and value of what the document says of itself, each value one short line."""
    proposal = assessment.proposal
    revision = "" if proposal.number.endswith(proposal.revision) else proposal.revision
    fields = {
        "number": " ".join(part for part in (proposal.number, revision) if part),
        "venue": " · ".join(part for part in (proposal.body, proposal.group, proposal.question) if part),
        "source": "; ".join(proposal.source_organizations),
        "date": say.date(proposal.date),
    }
    shown = {name: clipped(plain(value), FIELD) for name, value in fields.items()}
    return tuple((say.say(f"labels.{name}"), value) for name, value in shown.items() if value)


def _lead(
    assessment: Assessment, concerns: tuple[Concern, ...], say: Wording, rule: SeverityRule, *, assessed: bool
) -> tuple[str, ...]:
    """Return the first sentences: what was found and, if it is firm, why the level is so; or why nothing was found."""
    code = assessment.proposal.language
    if not assessed:
        known = say.get("languages")
        name = known.get(code) or known["other"].format(code=plain(code))
        return (say.say("sentences.foreign", language=name),)
    lead = [say.say("sentences.untold")] if code == "und" else []
    if not concerns:
        return (say.say("sentences.unflagged"), say.say("sentences.uncleared"), *lead)
    reason = [_reason(assessment, say, rule)] if assessment.level is assessment.firm_level else []
    return (_overview(assessment, concerns, say), *reason, *lead)


def _overview(assessment: Assessment, concerns: tuple[Concern, ...], say: Wording) -> str:
    """Return how many powers were found and at which level, and how many are left to a reader."""
    firm, unsure = parted(concerns)
    left = [say.counted("counts.undecided", len(unsure))] if unsure else []
    if not firm:
        return str(say.get("marks.gap")).join([say.say("sentences.unsure"), *left])
    counts = {level: sum(one.level is level for one in firm) for level in (Level.HIGH, Level.MEDIUM, Level.LOW)}
    shares = [say.say(f"shares.{level.value}", count=say.number(count)) for level, count in counts.items() if count]
    clauses = len({one.finding.clause for one in assessment.findings if not one.finding.doubtful})
    told = say.say(
        "sentences.overview",
        powers=say.counted("counts.powers", len(firm)),
        clauses=say.counted("counts.clauses", clauses),
        shares=say.get("marks.item").join(shares),
    )
    return str(say.get("marks.gap")).join([told, *left])


def _reason(assessment: Assessment, say: Wording, rule: SeverityRule) -> str:
    """Return why the level is what it is: the first finding that has it, or two that make each other graver."""
    reached = (one.severity for one in assessment.firm.findings if one.severity.level is assessment.level)
    severity = next(reached, None)
    if severity is None:
        return say.say("sentences.together", level=say.say(f"levels.{assessment.level.value}"))
    triple = {
        "scale": severity.scale,
        "scope": severity.scope,
        "irremediability": severity.irremediability,
    }
    return say.say(f"reasons.{rule.ground(**triple)}", **triple)


def _grave(concern: Concern, assessment: Assessment, say: Wording, questions: int) -> Grave:
    first, document = concern.findings[0], assessment.document
    clause = assessment.clause(first.finding.clause)
    name = f"mechanisms.{concern.mechanism.id}"
    further = len(concern.clauses) - 1
    return Grave(
        level=concern.level.value,
        name=say.say(f"{name}.name"),
        at=_at(clause, assessment, say),
        more=say.counted("counts.others", further) if further else "",
        stem=clipped(plain(document.quote(clause.stem)), STEM) if clause.stem else "",
        runs=pieces(document.text, clause.span, first.finding.evidence, QUOTE),
        sentence=say.say(
            f"sentences.{'several' if further else 'enables'}",
            strength=say.say(f"strength.{first.finding.strength.value}"),
            enables=say.say(f"{name}.enables"),
        ),
        confidence=say.say(f"confidence.{confidence(first.finding)[0]}"),
        rights=tuple(
            (say.say(f"rights.{one.right}"), say.cited(one.articles)) for one in first.rights if one.link == "primary"
        ),
        questions=tuple(say.get(f"{name}.questions")[:questions]),
    )


def _open(concern: Concern, assessment: Assessment, say: Wording, *, quoted: bool) -> Open:
    first, further = concern.findings[0].finding, len(concern.clauses) - 1
    clause = assessment.clause(first.clause)
    name = f"mechanisms.{concern.mechanism.id}"
    return Open(
        level=concern.level.value,
        name=say.say(f"{name}.name"),
        at=_at(clause, assessment, say),
        more=say.counted("counts.others", further) if further else "",
        runs=pieces(assessment.document.text, clause.span, first.evidence, QUOTE) if quoted else (),
        asks=say.say("sentences.decide", enables=say.say(f"{name}.enables")) if quoted else "",
    )


def _instruments(concerns: tuple[Concern, ...], say: Wording) -> tuple[tuple[str, str], ...]:
    """Return short form and name of each instrument whose articles are cited."""
    refs = [
        ref for one in concerns for right in one.findings[0].rights if right.link == "primary" for ref in right.articles
    ]
    cited = {ref.split(" ")[0] for ref in refs}
    known = say.get("instruments")
    return tuple((one["short"], one["name"]) for name, one in known.items() if name in cited)


def _at(clause: Clause, assessment: Assessment, say: Wording) -> At:
    page = say.say("labels.page", page=clause.page) if assessment.document.paged else ""
    return At(clipped(plain(clause.number), PLACE), page)


def _silences(concerns: tuple[Concern, ...], say: Wording, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the names of the safeguards that would answer a power found and stand nowhere."""
    lacking = {name for one in concerns for name in one.lacking}
    return tuple(say.say(f"safeguards.{name}") for name in taxonomy.safeguards if name in lacking)


def _safeguards(assessment: Assessment, say: Wording, taxonomy: Taxonomy) -> tuple[tuple[str, At], ...]:
    """Return the name of each safeguard found, with its first place."""
    first: dict[str, str] = {}
    for one in assessment.safeguards:
        first.setdefault(one.safeguard, one.clause)
    return tuple(
        (say.say(f"safeguards.{name}"), _at(assessment.clause(first[name]), assessment, say))
        for name in taxonomy.safeguards
        if name in first
    )


def _read(assessment: Assessment, clauses: int, say: Wording, *, assessed: bool) -> tuple[str, ...]:
    """Return what was read and what was not: counts in one line, then a sentence a kind of page."""
    document, least = assessment.document, words()["reading"]["least_quality"]
    counts = [say.counted("counts.pages", len(document.pages))] if document.paged else []
    counts.append(say.counted("counts.words", document.words))
    counts += [say.counted("counts.assessed", clauses)] if assessed else []
    pages = {kind: [one.number for one in document.pages if one.verdict is verdict] for kind, verdict in UNREAD.items()}
    pages["poor"] = [one.number for one in document.pages if one.verdict is Verdict.OK and one.quality < least]
    lines = [f"{say.get('marks.comma').join(counts)}{say.get('marks.stop')}"]
    if not pages["scan"] and not pages["broken"]:
        lines.append(say.say(f"unread.{'none' if document.paged else 'unpaged'}"))
    lines += [
        say.counted(f"unread.{kind}", len(numbers), pages=say.ranges(numbers, RUNS))
        for kind, numbers in pages.items()
        if numbers
    ]
    remarks = len(document.warnings)
    return (*lines, *([say.counted("counts.remarks", remarks)] if remarks else []))


def _limits(assessment: Assessment, say: Wording, *, assessed: bool) -> tuple[str, ...]:
    """Return what the page cannot tell: what the tool does not see, and how well it finds over all labels."""
    blind = f"{say.get('marks.semicolon').join(say.get('blind'))}{say.get('marks.stop')}"
    lines = [f"{say.say('limits.blind')}{say.get('marks.gap')}{blind}", say.say("limits.likelihood")]
    lines += [say.say("limits.levels")] if assessment.findings else []
    if not assessed:
        return tuple(lines)
    measured = figures_of(assessment)
    if not measured:
        return (*lines, say.say("limits.unmeasured"))
    first = measured[0]
    figures = say.say(
        "limits.measured",
        clauses=say.counted("counts.measured", first.clauses),
        date=say.date(first.date),
        recall=round(100 * first.recall),
        precision=round(100 * first.precision),
    )
    return (*lines, figures)
