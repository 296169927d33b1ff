"""`review.txt`, `review.docx`: the assessment as an IETF human-rights review, like those that experts write by hand."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from impact.present.cleaning import clipped, plain
from impact.present.words import bracketed, counted, listed, unbracketed, words
from impact.records import Advice, Assessment, Bearing, Omission
from impact.report.drafts.open_terms import also, loose
from impact.report.drafts.script import (
    BLANK,
    DraftLine,
    bullet,
    field,
    heading,
    in_clauses,
    paragraph,
    quote,
    small_print,
    subheading,
    title_line,
)
from impact.report.quotes.abridged import abridged, opening
from impact.report.quotes.quote import Piece
from impact.report.view.concerns import concerns_of, overview, parted, unfound
from impact.report.view.figures import figures_of, performance, reviewing
from impact.report.view.guideline_answers import Amount, AnswerView, PointView, answer_views, tension_view
from impact.report.view.identity import identity_of
from impact.report.view.openness import OTHERS
from impact.report.view.places import Location, Places
from impact.report.view.reading_facts import reading_facts
from impact.report.view.safeguards import MatchingSafeguards, matching_safeguards, provided_safeguards, weighed
from impact.report.view.summary import sentence_text
from impact.taxonomy.values import Taxonomy

FOOTER = "Human rights review: made with a screening aid, to be checked and edited by its author"
QUOTES = 2
LIMIT = 420


def script(assessment: Assessment, advice: Advice, taxonomy: Taxonomy) -> Iterator[DraftLine]:
    """Yield the review: summary, benefits, guideline by guideline, what is loose or does not go together, silences."""
    at = Places(assessment)
    answers = answer_views(assessment, advice, at, taxonomy, Amount(QUOTES, LIMIT))
    yield from _head(assessment)
    yield from _summary(assessment, advice, taxonomy, answers, at)
    if answers:
        yield from _benefits(assessment, advice, answers, taxonomy, at)
        yield from _guidelines(answers, at)
        yield from _tensions(advice, at)
        yield from loose(advice, taxonomy, at)
        yield from _silences(assessment, advice, answers, taxonomy, at)
    yield from limits(assessment)


def _head(assessment: Assessment) -> Iterator[DraftLine]:
    identity = identity_of(assessment)
    made = assessment.provenance
    yield title_line(f"Human rights review of {identity.name}")
    for label, value in identity.verbatim:
        yield field(value, label)
    yield field(BLANK, "Reviewer")
    yield field("RFC 9620, section 4 (questions in our own words)", "Guidelines")
    yield field(f"impact {plain(made.tool)}, {plain(made.made_at)[:10]}", "Drafted with")


def _summary(
    assessment: Assessment, advice: Advice, taxonomy: Taxonomy, answers: tuple[AnswerView, ...], at: Places
) -> Iterator[DraftLine]:
    facts, concerns = reading_facts(assessment), concerns_of(assessment, taxonomy)
    yield heading("Summary")
    for one in advice.summary:
        yield paragraph(sentence_text(one, assessment.document, at))
    told = [overview(assessment, concerns)] if parted(concerns)[0] else []
    if concerns and facts.assessed and not told:
        told = [unfound(assessment, OTHERS)]
    read = f"{counted(facts.read, 'clause')} {'was' if facts.read == 1 else 'were'} read"
    headline = read if told and facts.assessed else facts.headline.rstrip(".")
    yield paragraph(" ".join([*told, f"{headline}; {facts.unread}."]))
    for note in facts.notes:
        yield paragraph(note)
    if answers:
        yield paragraph(_touched(answers, taxonomy))


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
    left = f" Under {listed(checked)} there are clauses to check." if checked else ""
    left += f" Under {listed(unsure)} there are clauses {words()['decide']['tag']}." if unsure else ""
    spoken = sum(not answer.silent for answer in answers)
    return (
        f"Clauses were found on {spoken} of the {len(answers)} guidelines. Guidelines "
        f"under which clauses protect people: {listed(helped) or no_help}. Guidelines under which clauses may give "
        f"a power: {listed(powers) or no_power}.{left}"
    )


def _none(answers: tuple[AnswerView, ...], labels: Container[str]) -> str:
    """Return that nothing was found, or nothing beyond doubt where a reader must decide on one of the labels."""
    unsure = any(point.point.doubtful and point.point.topic in labels for answer in answers for point in answer.points)
    return "none beyond doubt" if unsure else "none found"


def _benefits(
    assessment: Assessment, advice: Advice, answers: tuple[AnswerView, ...], taxonomy: Taxonomy, at: Places
) -> Iterator[DraftLine]:
    yield heading("Benefits")
    found = [(answer, one) for answer in answers for one in _of(answer, Bearing.BENEFIT)]
    left = weighed(advice, taxonomy)
    provided = [one for one in provided_safeguards(assessment, (), at, taxonomy) if one.safeguard.id in left]
    if not found and not provided:
        surely = " surely" if _none(answers, taxonomy.safeguards) != "none found" else ""
        other = "Other benefits are for the reader to weigh."
        yield paragraph(f"No clause was found that{surely} protects people. {other}")
    for answer, one in found:
        where = [*{where.full: where for where, _, _ in one.quotes}.values(), *one.others]
        named = bracketed(in_clauses([one.full for one in where])) + (f" and {one.more} more" if one.more else "")
        yield bullet(f"{one.point.says} ({answer.answer.number}; {named})", one.name)
    for guard in provided:
        named = bracketed(in_clauses([place.full for place in guard.places]))
        weigh = "Whether it helps the people concerned is for a reader to weigh"
        yield bullet(
            f"the text {guard.safeguard.benefit} ({named}). {weigh}, see guideline {left[guard.safeguard.id]}.",
            guard.safeguard.name,
        )


def _guidelines(answers: tuple[AnswerView, ...], at: Places) -> Iterator[DraftLine]:
    yield heading("Guideline by guideline")
    told: dict[str, list[str]] = {}
    for answer in answers:
        if answer.silent and not answer.omissions:
            continue
        yield subheading(f"{answer.answer.number} {answer.answer.title}")
        yield paragraph(answer.answer.question, "Question")
        for point in answer.points:
            yield from _quotes(point, at, answer.answer.number, told)
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
        yield paragraph(f"{listed(silent)}.", "Nothing to say on")


def _quotes(one: PointView, at: Places, guideline: str, told: dict[str, list[str]]) -> Iterator[DraftLine]:
    """Yield the quotes of a point; of words quoted before, which `told` holds with the guidelines, a few, and once."""
    for where, clause, runs in one.quotes:
        said = opening(runs)
        line = quote(where, at.clause(clause), runs, at.stem(clause))
        homes = told.setdefault(said, [])
        if line.stem and not homes:
            told.setdefault(opening([Piece(line.stem)]), []).append(guideline)
        if guideline in homes[1:]:
            line = paragraph("Quoted above.", line.label)
        elif homes:
            under = "above" if guideline in homes else f"under {homes[0]}"
            again = (Piece(abridged(runs)),)
            line = replace(line, label=f"{line.label}, quoted {under}", runs=again, stem="", code=False)
        homes.append(guideline)
        yield line


def _point(one: PointView, omissions: Iterable[Omission]) -> Iterator[DraftLine]:
    """Yield what a point says; what a guideline leaves open asks for in the same words is not recommended too."""
    others = f" {also(one.others, one.more)}" if one.others else ""
    label = "Benefit" if one.point.bearing is Bearing.BENEFIT else "Impact"
    several = "each clause" if one.alike else "the first clause"
    first = several if len(one.quotes) > 1 else "the clause"
    binds = f" ({first} {one.binds})" if one.binds else ""
    label = "To check" if one.point.bearing is Bearing.NOTE else label
    text = f"{one.point.name}{binds}. {one.point.says}{others}"
    yield paragraph(text, words()["decide"]["title"] if one.point.doubtful else label)
    if one.weak:
        named = in_clauses([f"{unbracketed(where.full)} ({said})" for where, said in one.weak])
        yield paragraph(
            f"Only recommended, permitted or held to a measure without a test in {listed(named)}.",
            "Weak",
        )
    ask = one.point.ask
    if ask and not any(omission.ask.startswith(ask.rstrip(".")) for omission in omissions):
        yield paragraph(ask, "Recommendation")


def _tensions(advice: Advice, at: Places) -> Iterator[DraftLine]:
    if advice.tensions:
        yield heading("Clauses that do not go together")
    for tension in advice.tensions:
        one = tension_view(tension, at, LIMIT)
        for where, clause, runs in (one.first, one.second):
            yield quote(where, at.clause(clause), runs, at.stem(clause))
        yield paragraph(f"{one.name}. {tension.says}", f"{tension.guideline}, impact")
        yield paragraph(tension.ask, "Recommendation")


def _silences(
    assessment: Assessment, advice: Advice, answers: tuple[AnswerView, ...], taxonomy: Taxonomy, at: Places
) -> Iterator[DraftLine]:
    """Yield the safeguards that the text states nowhere, power by power, and where the points left open stand."""
    yield heading("Silences")
    concerns = parted(concerns_of(assessment, taxonomy))[0]
    silent = [
        one for one in matching_safeguards(assessment, advice, concerns, at, taxonomy) if one.lacking or _away(one)
    ]
    found = [answer.answer.number for answer in answers for _ in answer.omissions]
    if not silent and not found:
        yield paragraph("None was found of those that this review looks for.")
    if silent:
        yield paragraph(
            "Safeguards that would match a power found, and that no clause was found to state, or none near it:",
        )
    for one in silent:
        yield bullet(_unmatched(one), one.concern.mechanism.name)
    if found:
        where, more = listed(list(dict.fromkeys(found))), "further " if silent else ""
        count = counted(len(found), f"{more}point")
        yield paragraph(f"{count} left open: see under {where}.")


def _unmatched(one: MatchingSafeguards) -> str:
    """Return the safeguards stated nowhere, then those stated away from the power, with their places."""
    lacking = f"{'; '.join(one.lacking)}." if one.lacking else ""
    away = _away(one)
    if not away:
        return lacking
    named = "; ".join(f"{name} ({bracketed(in_clauses([where.full for where in places]))})" for name, places in away)
    nowhere = f"stated nowhere: {lacking} " if lacking else ""
    return f"{nowhere}Stated elsewhere, perhaps for something else: {named}."


def _away(one: MatchingSafeguards) -> list[tuple[str, tuple[Location, ...]]]:
    """Return the safeguards that the text states away from the power alone."""
    near = {name for name, _ in one.beside}
    return [(name, places) for name, places in one.elsewhere if name not in near]


def limits(assessment: Assessment, of: str = "review") -> Iterator[DraftLine]:
    """Yield what the review, or the document named, cannot say."""
    facts, made = reading_facts(assessment), assessment.provenance
    yield heading(f"Limits of this {of}")
    yield paragraph(
        "Drafted with a screening aid that reads text. Every point is a hint with the words it rests on and no "
        "verdict; where nothing is named, nothing was found, which does not clear the text. It cannot see "
        f"{listed([word['short'] for word in words()['blind']])}.",
    )
    yield paragraph(performance(figures_of(assessment)))
    remarks = counted(len(assessment.document.warnings), "remark")
    yield paragraph(
        f"{reviewing()} {facts.unread[:1].upper()}{facts.unread[1:]}."
        f"{f' {remarks} on what was not read.' if assessment.document.warnings else ''}",
    )
    for warning in assessment.document.warnings:
        yield bullet(clipped(plain(warning), 300))
    yield small_print(
        f"impact {plain(made.tool)}; taxonomy {plain(made.taxonomy)[:12]}; document SHA-256 "
        f"{assessment.document.id[:16]}; {plain(made.made_at)}",
    )


def _of(answer: AnswerView, bearing: Bearing) -> list[PointView]:
    return [point for point in answer.points if point.point.bearing is bearing]
