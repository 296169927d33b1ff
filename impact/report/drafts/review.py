"""`review.txt`, `review.docx`: the assessment as an IETF human-rights review, like those that experts write by hand."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from impact.present.cleaning import clipped, plain
from impact.present.lists import begun, counted, listed
from impact.present.places import bracketed, unbracketed
from impact.present.words import needing_review, words
from impact.records import Assessment, Bearing, Omission
from impact.report.annex.openness import OTHERS
from impact.report.drafts.decisions import decision_lines
from impact.report.drafts.open_terms import also, loose
from impact.report.drafts.raised import raised_lines
from impact.report.quotes.abridged import abridged, opening
from impact.report.quotes.quote import Piece
from impact.report.script import (
    BLANK,
    DraftLine,
    bullet,
    field,
    heading,
    paragraph,
    quote,
    small_print,
    subheading,
    title_line,
)
from impact.report.view.concerns import overview, unfound
from impact.report.view.figures import figures_of, performance, reviewing
from impact.report.view.guideline_answers import Amount, AnswerView, PointView, answer_views, tension_view
from impact.report.view.places import Location, Places, in_clauses
from impact.report.view.rights_matrix import primary_rights
from impact.report.view.safeguards import MatchingSafeguards, matching_safeguards, provided_safeguards, weighed
from impact.report.view.subject import ReportSubject
from impact.report.view.summary import sentence_text
from impact.taxonomy.values import Taxonomy

FOOTER = "Human rights review, prepared with a screening aid: to be checked and edited by its author"
QUOTES = 2
LIMIT = 420


def script(subject: ReportSubject) -> Iterator[DraftLine]:
    """Yield the review: summary, benefits, guideline by guideline, what is loose or does not go together, silences."""
    answers = answer_views(subject, Amount(QUOTES, LIMIT))
    yield from _head(subject)
    yield from _summary(subject, answers)
    if answers:
        yield from _benefits(subject, answers)
        yield from _guidelines(answers, subject.at)
        yield from _tensions(subject)
        yield from loose(subject)
        yield from _silences(subject, answers)
        yield from _rights(subject)
    yield from raised_lines(subject, LIMIT)
    yield from limits(subject)
    yield from decision_lines(subject)


def _head(subject: ReportSubject) -> Iterator[DraftLine]:
    identity, provenance = subject.identity, subject.assessment.provenance
    yield title_line(f"Human rights review of {identity.name}")
    for label, value in identity.verbatim:
        yield field(value, label)
    yield field(BLANK, "Reviewer")
    yield field("RFC 9620, section 4 (questions in our own words)", "Guidelines")
    yield field(f"impact {plain(provenance.tool)}, {plain(provenance.made_at)[:10]}", "Drafted with")


def _summary(subject: ReportSubject, answers: tuple[AnswerView, ...]) -> Iterator[DraftLine]:
    assessment, facts = subject.assessment, subject.facts
    yield heading("Summary")
    for sentence in subject.advice.summary:
        yield paragraph(sentence_text(sentence, assessment.document, subject.at))
    sentences = [overview(assessment, subject.concerns)] if subject.firm else []
    if subject.concerns and facts.assessed and not sentences:
        sentences = [unfound(assessment, OTHERS)]
    headline = facts.extent if sentences and facts.assessed else facts.headline.rstrip(".")
    yield paragraph(" ".join([*sentences, facts.ended(headline)]))
    for note in facts.notes:
        yield paragraph(note)
    if answers:
        yield paragraph(_touched(answers, subject.taxonomy))


def _touched(answers: tuple[AnswerView, ...], taxonomy: Taxonomy) -> str:
    """Return under which guidelines the text protects people, may give a power, or leaves something to a reader."""
    helped = [answer.answer.number for answer in answers if _of(answer, Bearing.BENEFIT)]
    powers = [answer.answer.number for answer in answers if answer.also or _of(answer, Bearing.POWER)]
    unsure = [answer.answer.number for answer in answers if any(point.point.doubtful for point in answer.points)]
    checked = [
        answer.answer.number
        for answer in answers
        if any(not point.point.doubtful for point in _of(answer, Bearing.NOTE))
    ]
    no_help, no_power = (_none(answers, labels) for labels in (taxonomy.safeguards, taxonomy.mechanisms))
    left = f" Clauses under {listed(checked)} should be checked." if checked else ""
    left += f" Clauses under {listed(unsure)} {needing_review(2)}." if unsure else ""
    spoken = sum(not answer.silent for answer in answers)
    return (
        f"Clauses bear on {spoken} of the {len(answers)} guidelines. Guidelines under which clauses protect people: "
        f"{listed(helped) or no_help}. Guidelines under which clauses could give a power over people: "
        f"{listed(powers) or no_power}.{left}"
    )


def _none(answers: tuple[AnswerView, ...], labels: Container[str]) -> str:
    """Return that nothing was found, or nothing beyond doubt where a reader must decide on one of the labels."""
    unsure = any(point.point.doubtful and point.point.topic in labels for answer in answers for point in answer.points)
    return "none found with certainty" if unsure else "none found"


def _benefits(subject: ReportSubject, answers: tuple[AnswerView, ...]) -> Iterator[DraftLine]:
    yield heading("Benefits")
    benefits = [(answer, point) for answer in answers for point in _of(answer, Bearing.BENEFIT)]
    left = weighed(subject)
    provided = [guard for guard in provided_safeguards(subject, ()) if guard.safeguard.id in left]
    if not benefits and not provided:
        certain = " with certainty" if _none(answers, subject.taxonomy.safeguards) != "none found" else ""
        other = "The reviewer should consider whether the text has other benefits."
        yield paragraph(f"No clause was found{certain} to protect people. {other}")
    for answer, point in benefits:
        where = [*{where.full: where for where, _, _ in point.quotes}.values(), *point.others]
        named = _bracketed(where) + (f" and {point.more} more" if point.more else "")
        yield bullet(f"{point.point.says} ({answer.answer.number}; {named})", point.name)
    weigh = "The reviewer should consider whether it benefits the people concerned"
    for guard in provided:
        benefit = f"the text {guard.safeguard.benefit} ({_bracketed(guard.places)})"
        yield bullet(f"{benefit}. {weigh}; see guideline {left[guard.safeguard.id]}.", guard.safeguard.name)


def _bracketed(places: Iterable[Location]) -> str:
    return bracketed(in_clauses([where.full for where in places]))


def _guidelines(answers: tuple[AnswerView, ...], at: Places) -> Iterator[DraftLine]:
    yield heading("Guideline by guideline")
    homes: dict[str, list[str]] = {}
    for answer in answers:
        if answer.silent and not answer.omissions:
            continue
        yield subheading(f"{answer.answer.number} {answer.answer.title}")
        yield paragraph(answer.answer.question, "Question")
        for point in answer.points:
            yield from _quotes(point, at, answer.answer.number, homes)
            yield from _point(point, answer.omissions)
        if answer.also:
            yield paragraph(f"{answer.also}.", answer.beside)
        for omission in answer.omissions:
            named = in_clauses([where.full for where in at.of(omission.clauses)])
            see = f" See {listed(named)}." if named else ""
            yield bullet(f"{omission.says} {omission.ask}{see}", "Left open")
        if answer.rights:
            yield small_print(f"{'; '.join(answer.rights)}.", "Rights concerned")
    silent = [
        f"{answer.answer.number} {answer.answer.title}" for answer in answers if answer.silent and not answer.omissions
    ]
    if silent:
        yield paragraph(f"{listed(silent)}.", "No points on")


def _quotes(point: PointView, at: Places, guideline: str, homes_by_words: dict[str, list[str]]) -> Iterator[DraftLine]:
    """Yield the quotes of a point; of words quoted before, by guideline in `homes_by_words`, a few, and once."""
    for where, clause, runs in point.quotes:
        words = opening(runs)
        line = quote(where, at.clause(clause), runs, at.stem(clause))
        homes = homes_by_words.setdefault(words, [])
        if line.stem and not homes:
            homes_by_words.setdefault(opening([Piece(line.stem)]), []).append(guideline)
        if guideline in homes[1:]:
            line = paragraph("Quoted above.", line.label)
        elif homes:
            under = "above" if guideline in homes else f"under {homes[0]}"
            again = (Piece(abridged(runs)),)
            line = replace(line, label=f"{line.label}, quoted {under}", runs=again, stem="", code=False)
        homes.append(guideline)
        yield line


def _point(point: PointView, omissions: Iterable[Omission]) -> Iterator[DraftLine]:
    """Yield what a point says; what a guideline leaves open asks for in the same words is not recommended too."""
    others = f" {also(point.others, point.more)}" if point.others else ""
    label = "Benefit" if point.point.bearing is Bearing.BENEFIT else "Impact"
    several = "each clause" if point.alike else "the first clause"
    first = several if len(point.quotes) > 1 else "the clause"
    binds = f" ({first} {point.binds})" if point.binds else ""
    label = "To check" if point.point.bearing is Bearing.NOTE else label
    text = f"{point.point.name}{binds}. {point.point.says}{others}"
    yield paragraph(text, words().decide.title if point.point.doubtful else label)
    if point.weak:
        named = in_clauses([f"{unbracketed(where.full)} ({weak_words})" for where, weak_words in point.weak])
        yield paragraph(
            f"This is only recommended or permitted, or depends on a measure without a test, in {listed(named)}.",
            "Weak",
        )
    ask = point.point.ask
    if ask and not any(omission.ask.startswith(ask.rstrip(".")) for omission in omissions):
        yield paragraph(ask, "Recommendation")


def _tensions(subject: ReportSubject) -> Iterator[DraftLine]:
    tensions, at = subject.advice.tensions, subject.at
    if tensions:
        yield heading("Clauses in tension")
    for tension in tensions:
        view = tension_view(tension, at, LIMIT)
        for where, clause, runs in (view.first, view.second):
            yield quote(where, at.clause(clause), runs, at.stem(clause))
        yield paragraph(f"{view.name}. {tension.says}", f"{tension.guideline}, impact")
        yield paragraph(tension.ask, "Recommendation")


def _silences(subject: ReportSubject, answers: tuple[AnswerView, ...]) -> Iterator[DraftLine]:
    """Yield the safeguards that the text states nowhere, power by power, and where the points left open stand."""
    yield heading("Safeguards not found")
    matching = matching_safeguards(subject, subject.firm)
    silent = [silence for silence in matching if silence.lacking or _away(silence)]
    numbers = [answer.answer.number for answer in answers for _ in answer.omissions]
    if not silent and not numbers:
        yield paragraph("None of the safeguards that this review considers was found to be missing.")
    if silent:
        yield paragraph(
            "The following safeguards would answer a power found, but no clause, or no clause near that power, was "
            "found to provide them:"
        )
    for silence in silent:
        yield bullet(_unmatched(silence), silence.concern.mechanism.name)
    if numbers:
        where, more = listed(list(dict.fromkeys(numbers))), "further " if silent else ""
        count = counted(len(numbers), f"{more}point")
        yield paragraph(f"The text leaves {count} open; see under {where}.")


def _rights(subject: ReportSubject) -> Iterator[DraftLine]:
    """Yield the rights that each power found may touch first, with their articles."""
    if subject.firm:
        yield heading("Rights and articles")
    for concern in subject.firm:
        yield bullet(f"{primary_rights(concern.findings[0], subject.taxonomy)}.", concern.mechanism.name)


def _unmatched(silence: MatchingSafeguards) -> str:
    """Return the safeguards stated nowhere, then those stated away from the power, with their places."""
    lacking = f"{'; '.join(silence.lacking)}." if silence.lacking else ""
    away = _away(silence)
    if not away:
        return lacking
    named = "; ".join(f"{name} ({_bracketed(places)})" for name, places in away)
    nowhere = f"no clause was found on: {lacking} " if lacking else ""
    return f"{nowhere}Provided elsewhere, perhaps for another purpose: {named}."


def _away(silence: MatchingSafeguards) -> list[tuple[str, tuple[Location, ...]]]:
    """Return the safeguards that the text states away from the power alone."""
    near = {name for name, _ in silence.beside}
    return [(name, places) for name, places in silence.elsewhere if name not in near]


def limits(subject: ReportSubject, of: str = "review") -> Iterator[DraftLine]:
    """Yield what the review, or the document named, cannot say."""
    assessment, facts, provenance = subject.assessment, subject.facts, subject.assessment.provenance
    yield heading(f"Limits of this {of}")
    yield paragraph(
        f"This {of} was drafted with a screening aid that reads text. Each point is an indication, with the words on "
        f"which it rests, and not a verdict. {_unnamed(assessment)} The tool cannot see "
        f"{listed([word.short for word in words().blind])}."
    )
    yield paragraph(performance(figures_of(assessment)))
    unread = f" {begun(facts.unread)}." if facts.unread else ""
    remarks = counted(len(assessment.document.warnings), "remark")
    noted = f" {remarks} on what was not read." if assessment.document.warnings else ""
    yield paragraph(f"{reviewing()}{unread}{noted}")
    for sentence in facts.second:
        yield paragraph(sentence)
    for warning in assessment.document.warnings:
        yield bullet(clipped(plain(warning), 300))
    yield small_print(
        f"impact {plain(provenance.tool)}; taxonomy {plain(provenance.taxonomy)[:12]}; document SHA-256 "
        f"{assessment.document.id[:16]}; {plain(provenance.made_at)}"
    )


def _unnamed(assessment: Assessment) -> str:
    """Return what it means that something is not named."""
    if assessment.unassessed:
        return "No concern is named because the text was not assessed; this does not mean that it raises none."
    return "That no concern is named on a point does not mean that the text raises none."


def _of(answer: AnswerView, bearing: Bearing) -> list[PointView]:
    return [point for point in answer.points if point.point.bearing is bearing]
