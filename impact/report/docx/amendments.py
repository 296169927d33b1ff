"""`amendments.docx`: clauses with proposed changes, one after another, as tracked changes to accept or reject."""

from impact.present.cleaning import clipped, plain, shown
from impact.present.lists import inside
from impact.present.places import place
from impact.present.words import words
from impact.records import Amendment, Fate, RatedFinding
from impact.report.binding import binding_of, lays
from impact.report.docx.document import WordDocument, document_on
from impact.report.docx.runs import DELETED, INSERTED, WordRun
from impact.report.view.amendments import opposed
from impact.report.view.concerns import unfound
from impact.report.view.guideline_answers import raised_views
from impact.report.view.places import Places, in_clauses
from impact.report.view.subject import ReportSubject

FOOTER = "Possible amendments: offers for discussion, not a judgment of the text"
BOLD = frozenset({"bold"})
LOOKS: dict[Fate, frozenset[str]] = {
    Fate.KEPT: frozenset(),
    Fate.INSERTED: frozenset({INSERTED}),
    Fate.DELETED: frozenset({DELETED}),
}
ABOUT = (
    "Each clause stands here in its own words with a tracked change that would bring a safeguard. Accept or reject it "
    "in your office program; several changes of one clause are separate offers: those that add words can stand "
    "together; of those that change the same words, only one can be taken. "
    "{open}The comment gives the reason. The wording is a starting point for people who know the text (project "
    "judgment)."
)
OPEN, BRACKET = "Square brackets hold what is to be decided. ", "["
UNFIT = "None of the changes of wording that this program knows fits a clause that was found."
NONE = "No amendment is proposed, which does not clear the text."
QUOTE = 220
"""Characters of a quote of what a second reader raises."""

PLACES = 12
"""Clauses named that a reader must decide. Source: project judgment."""


def make(subject: ReportSubject) -> bytes:
    """Return the document; equal assessments give equal bytes. Clauses that nothing changes are not in it."""
    assessment, at, taxonomy = subject.assessment, subject.at, subject.taxonomy
    document = document_on(assessment, FOOTER)
    by_id = {rated.finding.id: rated for rated in assessment.findings}
    document.paragraph([WordRun("Possible amendments")], "Title")
    document.paragraph([WordRun(plain(subject.identity.name))], "Lead")
    document.paragraph([WordRun(_about(subject))], "Quiet")
    for number, amendment in enumerate(subject.advice.amendments, 1):
        rated = by_id[amendment.finding]
        mechanism = taxonomy.mechanisms[rated.finding.mechanism]
        (where,) = in_clauses([clipped(place(at.clause(amendment.clause), assessment.document), 80)])
        document.paragraph(
            [WordRun(f"{number}. {where[:1].upper()}{where[1:]}: {inside(mechanism.name)}")], "Heading 2"
        )
        answers = mechanism.id in taxonomy.safeguards[amendment.safeguard].counters
        power = f"{_power(amendment, rated, at)} {mechanism.enables}. " if answers else ""
        _offer(document, subject, amendment, power)
    _raised(document, subject)
    _decisions(document, subject)
    return document.packed()


def _decisions(document: WordDocument, subject: ReportSubject) -> None:
    """Write whose decisions the changes follow, their remarks, and what they rejected."""
    if subject.decisions is None:
        return
    document.paragraph([WordRun(words().review.title)], "Heading 1")
    document.paragraph([WordRun(subject.decisions.who)], "Normal")
    for title, lines in subject.decisions.parts:
        document.paragraph([WordRun(title)], "Heading 2")
        for line in lines:
            document.paragraph([WordRun(line.text)], "List Bullet")


def _raised(document: WordDocument, subject: ReportSubject) -> None:
    """Write the changes that answer points of a second reader, apart from all others."""
    offers = [(view, view.amendment) for view in raised_views(subject, QUOTE) or () if view.amendment]
    if not offers:
        return
    document.paragraph([WordRun(words().raised.title)], "Heading 1")
    document.paragraph([WordRun(words().raised.intro)], "Quiet")
    for view, amendment in offers:
        (where,) = in_clauses([plain(subject.at.where(amendment.clause).full)])
        document.paragraph([WordRun(f"{where[:1].upper()}{where[1:]}: {view.under}")], "Heading 2")
        _offer(document, subject, amendment, f"{view.point.says} ")


def _offer(document: WordDocument, subject: ReportSubject, amendment: Amendment, lead: str) -> None:
    """Write a clause with its change and, as a comment, what the change answers and why."""
    runs = [WordRun(shown(run.text), LOOKS[run.fate]) for run in amendment.runs]
    clause = document.paragraph(runs, "Normal")
    document.comment(clause, f"{lead}With the change: {_why(amendment, subject.at)}")
    edit = document.paragraph([WordRun("Change: ", BOLD), WordRun(f"{amendment.edit}.")], "Fact")
    for paragraph in (clause, edit):  # an offer stands on one page
        paragraph.paragraph_format.keep_with_next = True
    brings = subject.taxonomy.safeguards[amendment.safeguard].phrase
    document.paragraph([WordRun("Brings: ", BOLD), WordRun(f"{brings}. Source: {amendment.source}.")], "Fact")


def _about(subject: ReportSubject) -> str:
    if amendments := subject.advice.amendments:
        added = (run.text for amendment in amendments for run in amendment.runs if run.fate is Fate.INSERTED)
        return ABOUT.format(open=OPEN if any(BRACKET in text for text in added) else "")
    return f"{UNFIT if subject.assessment.firm.findings else unfound(subject.assessment, PLACES)} {NONE}"


def _power(amendment: Amendment, rated: RatedFinding, at: Places) -> str:
    """Return the beginning of a sentence on the power that an amendment answers, up to "may enable"."""
    if amendment.clause == rated.finding.clause:
        return f"As it stands, the clause {lays(binding_of(rated))}; it may enable"
    (where,) = in_clauses([plain(at.where(rated.finding.clause).full)])
    return f"This answers {where}, which may enable"


def _why(amendment: Amendment, at: Places) -> str:
    """Return the reason of a change, to be read on after a colon, and the clauses that speak against it."""
    why = (
        amendment.why[:1].lower() + amendment.why[1:]
        if amendment.why[1:2].islower() or amendment.why[1:2] == " "
        else amendment.why
    )
    return f"{why} {opposed(amendment, at)}".rstrip()
