"""`contribution.txt`, `contribution.docx`: a contribution or liaison statement to ITU-T, to be edited."""

from collections.abc import Container, Iterator, Mapping, Sequence

from impact.present.cleaning import clipped, plain
from impact.present.lists import counted, inside, numeral
from impact.present.places import bracketed
from impact.present.words import unassessed_words, words
from impact.records import Advice, Amendment, Assessment, Span
from impact.report.annex.questions import Questions, QuestionText, general, questions_of, same
from impact.report.binding import Binding, alike, binding_of
from impact.report.drafts.decisions import decision_lines
from impact.report.drafts.elsewhere import PLACES, also_grave, further_powers
from impact.report.drafts.left_open import left_open, numbered_clauses, numbers_of
from impact.report.drafts.review import limits
from impact.report.script import BLANK, DraftLine, bullet, field, heading, paragraph, quote, subheading, title_line
from impact.report.view.amendments import spelled
from impact.report.view.concerns import Concern, unfound
from impact.report.view.document_name import numbered, title_of
from impact.report.view.guideline_answers import Amount, answer_views, tension_view
from impact.report.view.places import Places, in_clauses
from impact.report.view.rights_matrix import primary_rights
from impact.report.view.safeguards import weighed
from impact.report.view.sentences import enables, undecided, unstated
from impact.report.view.subject import ReportSubject
from impact.report.view.summary import sentence_text

FOOTER = "Draft contribution, prepared with a screening aid: to be checked and edited by its source"
MOST, QUOTED = 8, 2
"""Powers discussed, and clauses quoted for one. Source: project judgment."""
LIMIT = 420
NAMED = " (clause "
"""How a question names a clause beside that which it is on."""
CHANGES, QUESTIONS = 3, 2
UNDOING, DENYING = {"replace words", "delete words"}, "missing-remedy/"
UNWORDED = "No change of wording is proposed here. It depends on the answers to the questions."
UNCLEARED = "This does not mean that the text raises no concern."
CLOSING = "\N{RIGHT DOUBLE QUOTATION MARK}"


def script(subject: ReportSubject) -> Iterator[DraftLine]:
    """Yield the draft: header, introduction, discussion with clauses and concerns, proposals, what it cannot say.

    All of it rests on firm findings: what a reader has yet to decide is not put before a group, and its places are
    named only where nothing else was found.
    """
    most = MOST + (len(subject.firm) == MOST + 1)  # to name a single further one would take as much room
    concerns, further = subject.firm[:most], subject.firm[most:]
    quoted = {name for concern in concerns for name in _quoted(subject.advice, concern)}
    yield from _header(subject.assessment, subject.advice, concerns)
    yield from _introduction(subject, concerns)
    yield from _discussion(subject, concerns)
    yield from further_powers(subject.assessment, further, quoted)
    if concerns or not subject.assessment.unassessed:
        yield from _proposals(subject, concerns)
    yield from limits(subject, "document")
    yield from decision_lines(subject)


def _header(assessment: Assessment, advice: Advice, concerns: tuple[Concern, ...]) -> Iterator[DraftLine]:
    proposal = assessment.proposal
    name = _name(assessment)
    groups, body = words().groups, plain(proposal.body)
    yield title_line("Draft contribution or liaison statement")
    yield field(plain(proposal.group) or BLANK, groups.get(body, groups["other"]))
    if proposal.question or body in words().questions.bodies:
        yield field(plain(proposal.question) or BLANK, "Question")
    yield field(BLANK, "Meeting, place and date")
    yield field(BLANK, "Source")
    yield field(f"Human rights considerations on {name}", "Title")
    yield field("Discussion and proposal (of a liaison statement: for action or for information)", "Purpose")
    yield field(BLANK, "To (liaison statement only)")
    yield field(BLANK, "Deadline for a reply (liaison statement only)")
    yield field(BLANK, "Contact")
    yield field(_abstract(assessment, advice, concerns), "Abstract")


def _abstract(assessment: Assessment, advice: Advice, concerns: tuple[Concern, ...]) -> str:
    name = clipped(numbered(assessment.proposal), 60) or _name(assessment)
    if assessment.unassessed:
        return unfound(assessment, PLACES)
    if not concerns:
        return f"This document sets out what {name} leaves open. {unfound(assessment, PLACES)}"
    clauses = len({clause for concern in concerns for clause in _quoted(advice, concern)})
    count = sum(len(_changes(advice, concern)) for concern in concerns)
    changes = f" and {'changes' if count > 1 else 'a change'}" if count else ""
    return (
        f"This document quotes {counted(clauses, 'clause')} of {name} that could affect human rights, identifies the "
        f"rights concerned and the safeguards on which no clause was found, and proposes questions{changes}."
    )


def _introduction(subject: ReportSubject, concerns: tuple[Concern, ...]) -> Iterator[DraftLine]:
    assessment = subject.assessment
    yield heading("1 Introduction")
    if assessment.unassessed and not concerns:
        yield paragraph(f"{unfound(assessment, PLACES)} {UNCLEARED}")
        return
    name = _name(assessment)
    both = "," if numbered(assessment.proposal) and name.endswith(CLOSING) else ""
    yield paragraph(
        f"{name}{both} was reviewed against the International Bill of Human Rights and the guidelines of RFC 9620. "
        "The clauses below are quoted verbatim. Their effect depends on deployment, which the text does not describe. "
        "The points are raised so that the group can address them in the text."
    )
    for sentence in subject.advice.summary:
        yield paragraph(sentence_text(sentence, assessment.document, subject.at))
    if not concerns:
        yield paragraph(f"{unfound(assessment, PLACES)} {UNCLEARED}")


def _discussion(subject: ReportSubject, concerns: tuple[Concern, ...]) -> Iterator[DraftLine]:
    at, tensions = subject.at, subject.advice.tensions
    yield heading("2 Discussion")
    yield subheading("What the text already provides")
    yield from _provided(subject)
    for number, concern in enumerate(concerns, 1):
        yield subheading(f"Concern {number}: {inside(concern.mechanism.name)}")
        yield from _concern(subject, concern)
    if tensions:
        yield subheading("Clauses in tension")
    for tension in tensions:
        pair = tension_view(tension, at, LIMIT)
        for where, clause, runs in (pair.first, pair.second):
            yield quote(where, at.clause(clause), runs, at.stem(clause))
        yield paragraph(f"{tension.says} {tension.ask}")


def _provided(subject: ReportSubject) -> Iterator[DraftLine]:
    assessment, taxonomy, left = subject.assessment, subject.taxonomy, weighed(subject)
    places: dict[str, list[str]] = {}
    for safeguard in assessment.firm.safeguards:
        places.setdefault(safeguard.safeguard, []).append(subject.at.where(safeguard.clause).full)
    if not places and assessment.unassessed:
        yield paragraph(unassessed_words(assessment.unassessed))
    elif not places:
        certain = " with certainty" if assessment.safeguards else ""
        yield paragraph(f"No clause was found{certain} to provide any of the safeguards considered.")
    for name in taxonomy.safeguards:
        if name in places:
            where = list(dict.fromkeys(places[name]))
            more = f" and {len(where) - MOST} more" if len(where) > MOST else ""
            guard, named = taxonomy.safeguards[name], bracketed(in_clauses(where[:MOST]))
            weigh = " The group should consider whether it benefits the people concerned." if name in left else ""
            yield bullet(f"the text {guard.benefit} ({named}{more}).{weigh}", guard.name)


def _concern(subject: ReportSubject, concern: Concern) -> Iterator[DraftLine]:
    """Yield the clauses that show a power, what it may enable, and the clauses that would have to change with them."""
    assessment, taxonomy, at = subject.assessment, subject.taxonomy, subject.at
    quoted = _quoted(subject.advice, concern)
    firm = {rated.finding.clause: binding_of(rated) for rated in reversed(concern.surest)}
    firm_quotes = {clause: evidence for clause, evidence in quoted.items() if clause in firm}
    yield from _quotes(firm_quotes, at)
    yield from also_grave(assessment, concern, quoted, at)
    against = {clause: evidence for clause, evidence in quoted.items() if clause not in firm}
    sentence = enables(concern, _bound([firm[clause] for clause in firm_quotes]))
    unsure = undecided(concern, assessment, taxonomy, by="the group")
    lacking = f"{unstated(concern, taxonomy, subject.ruled)} {unsure}".strip()
    yield paragraph(sentence if against else f"{sentence} {lacking}".strip(), "Concern")
    yield from _quotes(against, at)
    if against and lacking:
        yield paragraph(lacking)
    yield paragraph(f"{primary_rights(concern.findings[0], taxonomy)}.", "Rights")


def _bound(bindings: Sequence[Binding]) -> str:
    """Return what to call the clauses that are quoted first and bind alike."""
    first = alike(bindings)
    if first == len(bindings):
        return "each passage quoted above" if first > 1 else "the passage quoted above"
    return "the first passage quoted" if first == 1 else f"each of the first {numeral(first)} passages quoted"


def _quotes(clauses: Mapping[str, tuple[Span, ...]], at: Places) -> Iterator[DraftLine]:
    for clause, evidence in clauses.items():
        where, runs = at.passage(clause, evidence, LIMIT)
        yield quote(where, at.clause(clause), runs, at.stem(clause))


def _quoted(advice: Advice, concern: Concern) -> dict[str, tuple[Span, ...]]:
    """Return the clauses that show a power best, and those whose wording is to change, each with its evidence.

    The clause of which a report asks first is one of them.
    """
    clauses = {rated.finding.id: rated.finding.clause for rated in concern.surest}
    questions = (
        question
        for question in advice.questions
        if question.finding in clauses and question.specific and not question.strength
    )
    first = [clauses[rated.finding] for rated in questions][:1]
    evidence = {rated.finding.clause: rated.finding.evidence for rated in reversed(concern.findings)}
    ordered = dict.fromkeys([*list(clauses.values())[:1], *first, *clauses.values()])
    shown = list(ordered)[:QUOTED]
    return {name: evidence.get(name, ()) for name in [*shown, *(change.clause for change in _changes(advice, concern))]}


def _proposals(subject: ReportSubject, concerns: tuple[Concern, ...]) -> Iterator[DraftLine]:
    advice, at, questions_by_mechanism = subject.advice, subject.at, questions_of(subject)
    yield heading("3 Proposals")
    changed = sum(len(_changes(advice, concern)) for concern in concerns)
    considered = f" and to consider the following {'changes' if changed > 1 else 'change'}" if changed else ""
    yield paragraph(f"The group is invited to answer the following questions{considered}.")
    for number, concern in enumerate(concerns, 1):
        changes, questions = _changes(advice, concern), questions_by_mechanism[concern.mechanism.id]
        chosen = _chosen(concern, questions, _quoted(advice, concern))
        asks = [questions.clause(question) or concern.findings[0].finding.clause for question in chosen]
        about = [*(change.clause for change in changes), *asks]
        several = len(numbers_of(about, at)) > 1
        title = f"Proposal {number}: {inside(concern.mechanism.name)}{numbered_clauses(about, at)}"
        yield subheading(title)
        for question in chosen:
            wording = "".join(phrase.text for phrase in question)
            on = numbered_clauses(filter(None, [questions.clause(question)]), at) if several else ""
            yield bullet(wording if NAMED in wording else f"{wording}{on}", "Question")
        for change in changes:
            yield bullet(spelled(change, at), "Change")
        if changed and not changes:
            yield paragraph(UNWORDED)
    yield from left_open(answer_views(subject, Amount(1, LIMIT)), at)


def _chosen(concern: Concern, questions: Questions, quoted: Container[str]) -> tuple[QuestionText, ...]:
    """Return the questions to put: on clauses that are quoted for the power, their words first, or general ones.

    One that asks the same again is left out, even where it leaves a single one.
    """
    first = [clause.questions[0] for clause in questions.about if any(phrase.span for phrase in clause.questions[0])]
    about = [question for clause in questions.about for question in clause.questions]
    ordered = (questions.first, questions.second, *first, *questions.general, *about, *general(concern.mechanism))
    chosen: list[QuestionText] = []
    for question in dict.fromkeys(ordered):
        fits = not (name := questions.clause(question)) or name in quoted
        if fits and (question in questions.general or not any(same(question, other) for other in chosen)):
            chosen.append(question)
    return tuple(chosen[:QUESTIONS])


def _changes(advice: Advice, concern: Concern) -> list[Amendment]:
    """Return the first changes for a power, and those that undo the denials of clauses that stand against them."""
    findings = {rated.finding.id for rated in concern.findings}
    changes = [amendment for amendment in advice.amendments if amendment.finding in findings][:CHANGES]
    against = {clause for change in changes for clause in change.against} - {change.clause for change in changes}
    undoing = {
        (change.clause, change.safeguard): change
        for change in reversed(advice.amendments)
        if change.clause in against and change.id.startswith(DENYING) and change.edit in UNDOING
    }
    return [*changes, *undoing.values()]


def _name(assessment: Assessment) -> str:
    proposal = assessment.proposal
    number, title = clipped(numbered(proposal), 60), clipped(title_of(assessment), 200)
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{title}{CLOSING}" if title else ""
    return ", ".join(part for part in (number, quoted) if part) or clipped(plain(assessment.document.source), 120)
