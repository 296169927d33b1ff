"""The one-page brief as a page: its parts, put together in a type size that fills the paper."""

import re
from html import unescape
from math import sqrt
from typing import Any

from impact.present import templates
from impact.present.cleaning import SPACE, clipped, plain
from impact.present.lists import begun
from impact.records import Assessment
from impact.report.onepage.body import GRAVEST, graves, instruments, opens, room, safeguards, silences
from impact.report.onepage.decisions import decided
from impact.report.onepage.lead import lead
from impact.report.onepage.reading import limits, read
from impact.report.onepage.wording import BriefWording, wording
from impact.report.page.templates import FILTERS
from impact.report.view.document_name import numbered, title_of
from impact.report.view.identity import dated, is_published, meets, names_people, venue_of
from impact.report.view.subject import ReportSubject

TITLE, FIELD = 150, 70
"""About how many characters to show of each, so that the page stays one. Source: tests/report/test_onepage_paper.py."""

SMALLEST, LARGEST = 7.2, 10.4
"""Type sizes in points. The smallest holds the fullest page. Source: tests/report/test_onepage_paper.py."""

TEMPLATE = "report/onepage.html"
TAG = re.compile(r"<[^>]+>")


def render(subject: ReportSubject, code: str) -> str:
    """Return the page. All text of the document is escaped, isolated in its writing direction and held as text.

    Raises:
        ValueError: If `code` is none of `impact.report.LANGUAGES`.
    """
    say = wording(code, subject.taxonomy)
    shows = _shows(subject, say)
    size = _size(templates.render(TEMPLATE, {**shows, "size": LARGEST}, filters=FILTERS), say.get("room"))
    return templates.render(TEMPLATE, {**shows, "size": size}, filters=FILTERS)


def _shows(subject: ReportSubject, say: BriefWording) -> dict[str, Any]:
    """Return what the template shows, but for the size of its type."""
    assessment, firm, unsure = subject.assessment, subject.firm, subject.unsure
    provenance = assessment.provenance
    named = GRAVEST + room(len(firm) - GRAVEST)
    left, unnamed = len(firm) - named, len(unsure) - room(len(unsure))
    return {
        "w": say,
        "lang": templates.lang_of(assessment.proposal.language),
        "title": clipped(title_of(assessment), TITLE) or clipped(plain(assessment.document.source), TITLE),
        "identity": _identity(assessment, say),
        "assessed": subject.facts.assessed,
        "read": read(subject, say),
        "limits": limits(subject, say),
        "made_by": say.say("footer.made", version=provenance.tool, date=say.date(provenance.made_at)),
        "file": clipped(plain(assessment.document.source), FIELD),
        "digest": assessment.document.id[:16],
        "level": assessment.headline.grade.value,
        "graver": assessment.headline.is_open,
        "undecided": say.counted("counts.decide", len(assessment.findings)),
        "lead": lead(subject, say),
        "graves": graves(subject, say),
        "also": [say.get(f"mechanisms.{concern.mechanism.id}.name") for concern in firm[GRAVEST:named]],
        "left": say.counted("counts.more_concerns", left) if left > 0 else "",
        "opens": opens(subject, say),
        "unnamed": say.counted("counts.more_concerns", unnamed) if unnamed > 0 else "",
        "cited": instruments(firm[:GRAVEST], say),
        "silences": silences(subject, say),
        "answered": not any(concern.lacking or concern.perhaps for concern in firm),
        "safeguards": safeguards(subject, say),
        "review": decided(subject, say),
        "perhaps": safeguards(subject, say, doubtful=True),
    }


def _size(page: str, room: int) -> float:
    """Return the type size in points at which a page fills the paper, of which `room` characters do so at 9 points."""
    text = unescape(TAG.sub("", page[page.index("<main>") :]))
    fitting = 9 * sqrt(room / len(SPACE.sub(" ", text)))
    return round(min(max(fitting, SMALLEST), LARGEST), 1)


def _identity(assessment: Assessment, say: BriefWording) -> tuple[tuple[str, str], ...]:
    """Return label and value of what the document says of itself, each value one short line."""
    proposal = assessment.proposal
    kind = (plain(proposal.publication), venue_of(proposal))
    fields = {
        "number": numbered(proposal),
        "venue": " \N{MIDDLE DOT} ".join(part for part in kind if part),
        "state": begun(proposal.state),
        "source": "; ".join(proposal.source_organizations),
        "date": say.date(dated(proposal)),
    }
    shown = {name: clipped(plain(value), FIELD) for name, value in fields.items()}
    labels = {
        "venue": "status" if proposal.publication else "publisher" if is_published(proposal) else "venue",
        "state": "status",
        "date": "meeting" if meets(proposal) else "date",
        "source": "affiliations" if names_people(proposal) else "source",
    }
    return tuple((say.say(f"labels.{labels.get(name, name)}"), value) for name, value in shown.items() if value)
