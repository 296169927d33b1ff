"""What is written into the margin of the original: a note for each finding and safeguard, and one on the whole."""

import json
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Any

from impact.present.cleaning import plain, shown
from impact.present.lists import counted, inside
from impact.present.words import confidence, if_holds, level_words, second_words, words
from impact.records import Assessment, BlockKind, Document, Finding, RatedFinding, SafeguardFinding, Span
from impact.report.view.concerns import Concern, concerns_of, overview
from impact.report.view.decisions import decision_sentences, decisions_of
from impact.report.view.figures import reliance
from impact.report.view.reading_facts import reading_facts
from impact.report.view.rights_matrix import primary_rights
from impact.report.view.sentences import asks, enables, undecided, unstated
from impact.report.view.subject import ReportSubject
from impact.taxonomy.values import Taxonomy

NO_VERDICT = "A hint for a reader, not a verdict."


@dataclass(frozen=True, slots=True)
class Note:
    """A note in the margin.

    Attributes:
        id: Unique among the notes of an assessment, the same in every run.
        kind: "high", "medium" or "low" for a firm finding, "safeguard" for a firm safeguard, else "doubtful".
        title: One line that names the finding or safeguard.
        text: A few lines: what it may enable, the rights, what to ask; of a doubtful finding what to decide.
        evidence: Spans of the words that support it, in order; never empty.
    """

    id: str
    kind: str
    title: str
    text: str
    evidence: tuple[Span, ...]


def notes_of(subject: ReportSubject) -> tuple[Note, ...]:
    """Return the notes, findings before safeguards, both in the order of the assessment."""
    assessment, concerns = subject.assessment, {concern.mechanism.id: concern for concern in subject.concerns}
    asked = [question for question in subject.advice.questions if not question.strength]
    questions = {question.finding: question.text for question in reversed(asked)}
    findings = []
    for rated in assessment.findings:
        finding, clause = rated.finding, assessment.clause(rated.finding.clause)
        concern = replace(concerns[finding.mechanism], findings=(rated,), clauses=(clause,))
        ask = questions.get(finding.id, concern.mechanism.questions[0])
        findings.append(_finding(subject, rated, concern, ask))
    safeguards = (_safeguard(at, safeguard, subject.taxonomy) for at, safeguard in enumerate(assessment.safeguards, 1))
    return tuple(_with_decision(note, subject) for note in (*findings, *safeguards))


def _with_decision(note: Note, subject: ReportSubject) -> Note:
    """Return a note of a finding with what reviewers decided and remarked on it, where they did."""
    review = subject.assessment.review
    item = review.item(note.id) if review else None
    decision = " ".join(decision_sentences(item, subject.taxonomy)) if item else ""
    return replace(note, text=f"{decision}\n{note.text}") if decision else note


def about(assessment: Assessment, taxonomy: Taxonomy) -> str:
    """Return the note on the whole: what the notes are, how much was read, what they cannot see."""
    concerns, facts = concerns_of(assessment, taxonomy), reading_facts(assessment)
    decisions = decisions_of(assessment, taxonomy)
    lines = [
        "Human rights brief: a screening aid, not a verdict. Each finding is a hint for a reader.",
        *([overview(assessment, concerns)] if concerns else []),
        facts.opening,
        *facts.second,
        *(decisions.lines if decisions else ()),
        reliance(assessment),
        f"Scale, scope and irremediability count from 1 to 5. Confidence: {_bands(reviewed=bool(decisions))}.",
    ]
    return shown("\n".join(lines))


def letter(subject: ReportSubject) -> str:
    """Return as JSON all that the program that annotates the original needs besides the original."""
    document, provenance = subject.assessment.document, subject.assessment.provenance
    content = {
        "about": about(subject.assessment, subject.taxonomy),
        "author": f"impact {plain(provenance.tool)}",
        "made_at": plain(provenance.made_at),
        "view": dict(provenance.options).get("view", "accepted"),
        "pages": [[page.width, page.height] for page in document.pages],
        "notes": [_for_annotator(note, document) for note in notes_of(subject)],
    }
    return json.dumps(content, ensure_ascii=True)


def _for_annotator(note: Note, document: Document) -> dict[str, Any]:
    boxes = [box for span in note.evidence for box in document.boxes(span)]
    first, last = note.evidence[0].start, max(span.end for span in note.evidence) - 1
    return {
        "id": note.id,
        "kind": note.kind,
        "title": shown(note.title),
        "text": shown(note.text),
        "boxes": [[box.page, box.x0, box.y0, box.x1, box.y1] for box in boxes],
        "first": _place(document, first),
        "last": _place(document, last),
    }


def _place(document: Document, offset: int) -> dict[str, Any]:
    """Return a character's paragraph in the source, the text read of that paragraph, and its place in that text."""
    layout = document.layout
    at = bisect_right(document.blocks, offset, key=lambda block: block.span.start) - 1
    fragments = layout.fragments(Span(offset, offset + 1))
    if at < 0 or not fragments or document.paged:
        return {"paragraph": layout.origin(offset), "text": "", "at": 0}
    block = document.blocks[at]
    first = last = fragments[0]
    origin = layout.origins[first]
    while first > 0 and layout.origins[first - 1] == origin and layout.starts[first - 1] >= block.span.start:
        first -= 1
    while last + 1 < len(layout) and layout.origins[last + 1] == origin and layout.ends[last + 1] <= block.span.end:
        last += 1
    start = layout.starts[first]
    in_text = block.kind is not BlockKind.NOTE
    text = shown(document.verbatim(Span(start, layout.ends[last]))) if in_text else ""
    return {"paragraph": origin, "text": text, "at": len(document.verbatim(Span(start, offset)))}


def _finding(subject: ReportSubject, rated: RatedFinding, concern: Concern, ask: str) -> Note:
    """Return the note of a finding, which `concern` holds alone; a doubtful one only asks what a reader must decide."""
    finding, severity, taxonomy = rated.finding, rated.severity, subject.taxonomy
    word, _ = confidence(finding)
    second = _second(finding)
    if finding.doubtful:
        title = f"{words().decide.title}: {inside(concern.mechanism.name)} ({if_holds(severity.level)})"
        lines_to_decide = (
            asks(concern, subject.advice, finding.id),
            concern.mechanism.definition,
            f"Confidence {word}{second}. {NO_VERDICT}",
        )
        return Note(finding.id, word, title, "\n".join(lines_to_decide), finding.evidence)
    numbers = f"scale {severity.scale}, scope {severity.scope}, irremediability {severity.irremediability}"
    title = f"{concern.mechanism.name} ({level_words(severity.level, severity.firm)})"
    lines = (
        enables(concern),
        _rights(rated, taxonomy),
        unstated(concern, taxonomy, subject.ruled),
        undecided(concern, subject.assessment, taxonomy),
        _beside(rated, taxonomy),
        f"Ask: {ask}",
        f"Confidence {word}{second}; {numbers}. {NO_VERDICT}",
    )
    return Note(finding.id, severity.level.value, title, "\n".join(line for line in lines if line), finding.evidence)


def _second(finding: Finding | SafeguardFinding) -> str:
    """Return what a second reader makes of a finding, with a semicolon before it; empty where it was not asked."""
    comment = second_words(finding.second)
    return f"; {comment}" if comment else ""


def _bands(*, reviewed: bool) -> str:
    bands = (*([words().confirmed] if reviewed else []), *words().confidence, words().doubtful)
    return "; ".join(f"{word.word}, {word.meaning}" for word in bands)


def _rights(rated: RatedFinding, taxonomy: Taxonomy) -> str:
    """Return the rights with a primary link and their articles, and how many more there are."""
    more = sum(right.link != "primary" for right in rated.rights)
    further = f" By secondary links {counted(more, 'further right')}, named in the report." if more else ""
    return f"Rights that it may touch: {primary_rights(rated, taxonomy)}.{further}"


def _beside(rated: RatedFinding, taxonomy: Taxonomy) -> str:
    names = dict.fromkeys(
        taxonomy.safeguards[safeguard.safeguard].phrase for safeguard in rated.safeguards if not safeguard.doubtful
    )
    return f"Safeguards beside it: {'; '.join(names)}." if names else ""


def _safeguard(at: int, finding: SafeguardFinding, taxonomy: Taxonomy) -> Note:
    safeguard = taxonomy.safeguards[finding.safeguard]
    if finding.doubtful:
        word, _ = confidence(finding)
        title = f"{words().decide.title}: {safeguard.phrase} (safeguard)"
        text = (
            f"Is it true of this clause that it {safeguard.benefit}?\nConfidence {word}{_second(finding)}. {NO_VERDICT}"
        )
        return Note(f"safeguard-{at}", word, title, text, finding.evidence)
    does = f"{words().strength[finding.strength.value]} this{_second(finding)}"
    text = f"The text {safeguard.benefit}.\nThe clause {does}.\n{NO_VERDICT}"
    return Note(f"safeguard-{at}", "safeguard", f"Safeguard: {safeguard.phrase}", text, finding.evidence)
