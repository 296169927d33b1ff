"""The one-page brief as a page: its parts, put together in a type size that fills the paper."""

import re
from dataclasses import dataclass, replace
from html import unescape
from math import sqrt

from impact.present import templates
from impact.present.cleaning import SPACE, clipped, plain
from impact.records import Advice, Assessment, Level
from impact.report.onepage.body import (
    GRAVEST,
    ClausePlace,
    GraveConcern,
    OpenConcern,
    graves,
    instruments,
    opens,
    room,
    safeguards,
    silences,
)
from impact.report.onepage.lead import lead
from impact.report.onepage.reading import limits, read
from impact.report.onepage.wording import BriefWording, wording
from impact.report.page.templates import FILTERS
from impact.report.view.concerns import concerns_of, parted
from impact.report.view.identity import is_published, meets, numbered, title_of
from impact.report.view.reading_facts import reading_facts
from impact.taxonomy.values import Taxonomy

TITLE, FIELD = 150, 70
"""About how many characters to show of each, so that the page stays one. Source: tests/report/test_onepage_paper.py."""

SMALLEST, LARGEST = 7.6, 10.4
"""Type sizes in points. The smallest holds the fullest page. Source: tests/report/test_onepage_paper.py."""

TEMPLATE = "report/onepage.html"
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePageView:
    """What the template shows.

    Attributes:
        w: The fixed wording.
        size: Of the type, in points.
        lang: Language of what is quoted; empty where it is not known.
        identity: Label and value of what the document says of itself.
        level: Level as a word of the program, for the looks; empty where nothing was found.
        leveled: Whether it holds whatever a reader decides.
        also: Names of further concerns.
        left: How many more there are, in words.
        unnamed: How many more a reader must decide, in words.
        answered: Whether each power found is answered by a safeguard.
        perhaps: Safeguards that a reader must decide.
    """

    w: BriefWording
    size: float
    lang: str
    title: str
    identity: tuple[tuple[str, str], ...]
    assessed: bool
    read: tuple[str, ...]
    limits: tuple[str, ...]
    made_by: str
    file: str
    digest: str
    level: str
    leveled: bool
    lead: tuple[str, ...]
    graves: tuple[GraveConcern, ...]
    also: tuple[str, ...]
    left: str
    opens: tuple[OpenConcern, ...]
    unnamed: str
    cited: tuple[tuple[str, str], ...]
    silences: tuple[tuple[str, ClausePlace | None], ...]
    answered: bool
    safeguards: tuple[tuple[str, ClausePlace, bool], ...]
    perhaps: tuple[tuple[str, ClausePlace, bool], ...]


def render(assessment: Assessment, advice: Advice, code: str, taxonomy: Taxonomy) -> str:
    """Return the page. All text of the document is escaped, isolated in its writing direction and held as text.

    Raises:
        ValueError: If `code` is none of `impact.report.LANGUAGES`.
    """
    say = wording(code, taxonomy)
    view = _view(assessment, advice, say, taxonomy)
    size = _size(templates.render(TEMPLATE, view, filters=FILTERS), say.get("room"))
    return templates.render(TEMPLATE, replace(view, size=size), filters=FILTERS)


def _view(assessment: Assessment, advice: Advice, say: BriefWording, taxonomy: Taxonomy) -> OnePageView:
    facts, provenance = reading_facts(assessment), assessment.provenance
    concerns = concerns_of(assessment, taxonomy)
    firm, unsure = parted(concerns)
    named = GRAVEST + room(len(firm) - GRAVEST)
    left, unnamed = len(firm) - named, len(unsure) - room(len(unsure))
    return OnePageView(
        w=say,
        size=LARGEST,
        lang=templates.lang_of(assessment.proposal.language),
        title=_title(assessment),
        identity=_identity(assessment, say),
        assessed=facts.assessed,
        read=read(assessment, facts.read, say, assessed=facts.assessed),
        limits=limits(assessment, say, assessed=facts.assessed),
        made_by=say.say("footer.made", version=provenance.tool, date=say.date(provenance.made_at)),
        file=clipped(plain(assessment.document.source), FIELD),
        digest=assessment.document.id[:16],
        level="" if assessment.level is Level.NONE else assessment.level.value,
        leveled=assessment.level is assessment.firm_level,
        lead=lead(assessment, concerns, say, taxonomy.severity, assessed=facts.assessed),
        graves=graves(firm, assessment, advice, say),
        also=tuple(say.get(f"mechanisms.{concern.mechanism.id}.name") for concern in firm[GRAVEST:named]),
        left=say.counted("counts.more_concerns", left) if left > 0 else "",
        opens=opens(unsure, firm, assessment, say),
        unnamed=say.counted("counts.more_concerns", unnamed) if unnamed > 0 else "",
        cited=instruments(firm[:GRAVEST], say),
        silences=silences(firm, assessment, advice, say, taxonomy),
        answered=not any(concern.lacking or concern.perhaps for concern in firm),
        safeguards=safeguards(assessment, advice, say, taxonomy),
        perhaps=safeguards(assessment, advice, say, taxonomy, doubtful=True),
    )


def _size(page: str, room: int) -> float:
    """Return the type size in points at which a page fills the paper, of which `room` characters do so at 9 points."""
    text = unescape(TAG.sub("", page[page.index("<main>") :]))
    fitting = 9 * sqrt(room / len(SPACE.sub(" ", text)))
    return round(min(max(fitting, SMALLEST), LARGEST), 1)


def _title(assessment: Assessment) -> str:
    return clipped(title_of(assessment), TITLE) or clipped(plain(assessment.document.source), TITLE)


def _identity(assessment: Assessment, say: BriefWording) -> tuple[tuple[str, str], ...]:
    """Return label and value of what the document says of itself, each value one short line."""
    proposal = assessment.proposal
    fields = {
        "number": numbered(proposal),
        "venue": " · ".join(part for part in (proposal.body, proposal.group, proposal.question) if part),
        "source": "; ".join(proposal.source_organizations),
        "date": say.date(proposal.date),
    }
    shown = {name: clipped(plain(value), FIELD) for name, value in fields.items()}
    labels = {"venue": "publisher"} if is_published(proposal) else {"date": "meeting"} if meets(proposal) else {}
    return tuple((say.say(f"labels.{labels.get(name, name)}"), value) for name, value in shown.items() if value)
