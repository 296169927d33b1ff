"""`review.txt`, `review.docx`: the assessment as an IETF human-rights review, like those that experts write by hand."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from impact.present.cleaning import clipped, plain
from impact.present.words import bracketed, counted, listed, unbracketed, words
from impact.records import Advice, Assessment, Bearing, Omission
from impact.report.drafts.open_terms import also, loose
from impact.report.drafts.script import BLANK, Kind, Line, in_clauses, quote
from impact.report.quotes.quote import Piece
from impact.report.quotes.reminders import opening, reminder
from impact.report.view.cards import Places, Where
from impact.report.view.concerns import concerns_of, overview, parted, unfound
from impact.report.view.figures import figures_of, performance, reviewing
from impact.report.view.guideline_answers import Amount, AnswerShown, PointShown, answers_shown, tension_shown
from impact.report.view.identity import identity_of
from impact.report.view.openness import OTHERS
from impact.report.view.outcome import outcome
from impact.report.view.safeguards import Silent, provided_by, silent_on, weighed
from impact.report.view.summary import sentence_text
from impact.taxonomy.values import Taxonomy

FOOTER = "Human rights review: made with a screening aid, to be checked and edited by its author"
QUOTES = 2
LIMIT = 420


def script(assessment: Assessment, advice: Advice, taxonomy: Taxonomy) -> Iterator[Line]:
    """Yield the review: summary, benefits, guideline by guideline, what is loose or does not go together, silences."""
    at = Places(assessment)
    answers = answers_shown(assessment, advice, at, taxonomy, Amount(QUOTES, LIMIT))
    yield from _head(assessment)
    yield from _summary(assessment, advice, taxonomy, answers, at)
    if answers:
        yield from _benefits(assessment, advice, answers, taxonomy, at)
        yield from _guidelines(answers, at)
        yield from _tensions(advice, at)
        yield from loose(advice, taxonomy, at)
        yield from _silences(assessment, advice, answers, taxonomy, at)
    yield from limits(assessment)


def _head(assessment: Assessment) -> Iterator[Line]:
    identity = identity_of(assessment)
    made = assessment.provenance
    yield Line(Kind.TITLE, f"Human rights review of {identity.name}")
    for label, value in identity.verbatim:
        yield Line(Kind.FIELD, value, label)
    yield Line(Kind.FIELD, BLANK, "Reviewer")
    yield Line(Kind.FIELD, "RFC 9620, section 4 (questions in our own words)", "Guidelines")
    yield Line(Kind.FIELD, f"impact {plain(made.tool)}, {plain(made.made_at)[:10]}", "Drafted with")


def _summary(
    assessment: Assessment, advice: Advice, taxonomy: Taxonomy, answers: tuple[AnswerShown, ...], at: Places
) -> Iterator[Line]:
    facts, concerns = outcome(assessment), concerns_of(assessment, taxonomy)
    yield Line(Kind.HEADING, "Summary")
    for one in advice.summary:
        yield Line(Kind.TEXT, sentence_text(one, assessment.document, at))
    told = [overview(assessment, concerns)] if parted(concerns)[0] else []
    if concerns and facts.assessed and not told:
        told = [unfound(assessment, OTHERS)]
    read = f"{counted(facts.read, 'clause')} {'was' if facts.read == 1 else 'were'} read"
    headline = read if told and facts.assessed else facts.headline.rstrip(".")
    yield Line(Kind.TEXT, " ".join([*told, f"{headline}; {facts.unread}."]))
    for note in facts.notes:
        yield Line(Kind.TEXT, note)
    if answers:
        yield Line(Kind.TEXT, _touched(answers, taxonomy))


def _touched(answers: tuple[AnswerShown, ...], taxonomy: Taxonomy) -> str:
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


def _none(answers: tuple[AnswerShown, ...], labels: Container[str]) -> str:
    """Return that nothing was found, or nothing beyond doubt where a reader must decide on one of the labels."""
    unsure = any(point.point.doubtful and point.point.topic in labels for answer in answers for point in answer.points)
    return "none beyond doubt" if unsure else "none found"


def _benefits(
    assessment: Assessment, advice: Advice, answers: tuple[AnswerShown, ...], taxonomy: Taxonomy, at: Places
) -> Iterator[Line]:
    yield Line(Kind.HEADING, "Benefits")
    found = [(answer, one) for answer in answers for one in _of(answer, Bearing.BENEFIT)]
    left = weighed(advice, taxonomy)
    provided = [one for one in provided_by(assessment, (), at, taxonomy) if one.safeguard.id in left]
    if not found and not provided:
        surely = " surely" if _none(answers, taxonomy.safeguards) != "none found" else ""
        other = "Other benefits are for the reader to weigh."
        yield Line(Kind.TEXT, f"No clause was found that{surely} protects people. {other}")
    for answer, one in found:
        where = [*{where.full: where for where, _, _ in one.quotes}.values(), *one.others]
        named = bracketed(in_clauses([one.full for one in where])) + (f" and {one.more} more" if one.more else "")
        yield Line(Kind.BULLET, f"{one.point.says} ({answer.answer.number}; {named})", one.name)
    for guard in provided:
        named = bracketed(in_clauses([place.full for place in guard.places]))
        weigh = "Whether it helps the people concerned is for a reader to weigh"
        yield Line(
            Kind.BULLET,
            f"the text {guard.safeguard.benefit} ({named}). {weigh}, see guideline {left[guard.safeguard.id]}.",
            guard.safeguard.name,
        )


def _guidelines(answers: tuple[AnswerShown, ...], at: Places) -> Iterator[Line]:
    yield Line(Kind.HEADING, "Guideline by guideline")
    told: dict[str, list[str]] = {}
    for answer in answers:
        if answer.silent and not answer.omissions:
            continue
        yield Line(Kind.SUBHEADING, f"{answer.answer.number} {answer.answer.title}")
        yield Line(Kind.TEXT, answer.answer.question, "Question")
        for point in answer.points:
            yield from _quotes(point, at, answer.answer.number, told)
            yield from _point(point, answer.omissions)
        if answer.also:
            yield Line(Kind.TEXT, f"{answer.also}.", answer.beside)
        for omission in answer.omissions:
            named = in_clauses([where.full for where in at.each(omission.clauses)])
            see = f" See {listed(named)}." if named else ""
            yield Line(Kind.BULLET, f"{omission.says} {omission.ask}{see}", "Left open")
        if answer.rights:
            yield Line(Kind.QUIET, f"{'; '.join(answer.rights)}.", "Rights concerned")
    silent = [
        f"{answer.answer.number} {answer.answer.title}" for answer in answers if answer.silent and not answer.omissions
    ]
    if silent:
        yield Line(Kind.TEXT, f"{listed(silent)}.", "Nothing to say on")


def _quotes(one: PointShown, at: Places, guideline: str, told: dict[str, list[str]]) -> Iterator[Line]:
    """Yield the quotes of a point; of words quoted before, which `told` holds with the guidelines, a few, and once."""
    for where, clause, runs in one.quotes:
        said = opening(runs)
        line = quote(where, at.clause(clause), runs, at.stem(clause))
        homes = told.setdefault(said, [])
        if line.stem and not homes:
            told.setdefault(opening([Piece(line.stem)]), []).append(guideline)
        if guideline in homes[1:]:
            line = Line(Kind.TEXT, "Quoted above.", line.label)
        elif homes:
            under = "above" if guideline in homes else f"under {homes[0]}"
            again = (Piece(reminder(runs)),)
            line = replace(line, label=f"{line.label}, quoted {under}", runs=again, stem="", code=False)
        homes.append(guideline)
        yield line


def _point(one: PointShown, omissions: Iterable[Omission]) -> Iterator[Line]:
    """Yield what a point says; what a guideline leaves open asks for in the same words is not recommended too."""
    others = f" {also(one.others, one.more)}" if one.others else ""
    label = "Benefit" if one.point.bearing is Bearing.BENEFIT else "Impact"
    several = "each clause" if one.alike else "the first clause"
    first = several if len(one.quotes) > 1 else "the clause"
    binds = f" ({first} {one.binds})" if one.binds else ""
    label = "To check" if one.point.bearing is Bearing.NOTE else label
    text = f"{one.point.name}{binds}. {one.point.says}{others}"
    yield Line(Kind.TEXT, text, words()["decide"]["title"] if one.point.doubtful else label)
    if one.weak:
        named = in_clauses([f"{unbracketed(where.full)} ({said})" for where, said in one.weak])
        yield Line(
            Kind.TEXT, f"Only recommended, permitted or held to a measure without a test in {listed(named)}.", "Weak"
        )
    ask = one.point.ask
    if ask and not any(omission.ask.startswith(ask.rstrip(".")) for omission in omissions):
        yield Line(Kind.TEXT, ask, "Recommendation")


def _tensions(advice: Advice, at: Places) -> Iterator[Line]:
    if advice.tensions:
        yield Line(Kind.HEADING, "Clauses that do not go together")
    for tension in advice.tensions:
        one = tension_shown(tension, at, LIMIT)
        for where, clause, runs in (one.first, one.second):
            yield quote(where, at.clause(clause), runs, at.stem(clause))
        yield Line(Kind.TEXT, f"{one.name}. {tension.says}", f"{tension.guideline}, impact")
        yield Line(Kind.TEXT, tension.ask, "Recommendation")


def _silences(
    assessment: Assessment, advice: Advice, answers: tuple[AnswerShown, ...], taxonomy: Taxonomy, at: Places
) -> Iterator[Line]:
    """Yield the safeguards that the text states nowhere, power by power, and where the points left open stand."""
    yield Line(Kind.HEADING, "Silences")
    concerns = parted(concerns_of(assessment, taxonomy))[0]
    silent = [one for one in silent_on(assessment, advice, concerns, at, taxonomy) if one.lacking or _away(one)]
    found = [answer.answer.number for answer in answers for _ in answer.omissions]
    if not silent and not found:
        yield Line(Kind.TEXT, "None was found of those that this review looks for.")
    if silent:
        yield Line(
            Kind.TEXT,
            "Safeguards that would match a power found, and that no clause was found to state, or none near it:",
        )
    for one in silent:
        yield Line(Kind.BULLET, _unmatched(one), one.concern.mechanism.name)
    if found:
        where, more = listed(list(dict.fromkeys(found))), "further " if silent else ""
        count = counted(len(found), f"{more}point")
        yield Line(Kind.TEXT, f"{count} left open: see under {where}.")


def _unmatched(one: Silent) -> str:
    """Return the safeguards stated nowhere, then those stated away from the power, with their places."""
    lacking = f"{'; '.join(one.lacking)}." if one.lacking else ""
    away = _away(one)
    if not away:
        return lacking
    named = "; ".join(f"{name} ({bracketed(in_clauses([where.full for where in places]))})" for name, places in away)
    nowhere = f"stated nowhere: {lacking} " if lacking else ""
    return f"{nowhere}Stated elsewhere, perhaps for something else: {named}."


def _away(one: Silent) -> list[tuple[str, tuple[Where, ...]]]:
    """Return the safeguards that the text states away from the power alone."""
    near = {name for name, _ in one.beside}
    return [(name, places) for name, places in one.elsewhere if name not in near]


def limits(assessment: Assessment, of: str = "review") -> Iterator[Line]:
    """Yield what the review, or the document named, cannot say."""
    facts, made = outcome(assessment), assessment.provenance
    yield Line(Kind.HEADING, f"Limits of this {of}")
    yield Line(
        Kind.TEXT,
        "Drafted with a screening aid that reads text. Every point is a hint with the words it rests on and no "
        "verdict; where nothing is named, nothing was found, which does not clear the text. It cannot see "
        f"{listed([word['short'] for word in words()['blind']])}.",
    )
    yield Line(Kind.TEXT, performance(figures_of(assessment)))
    remarks = counted(len(assessment.document.warnings), "remark")
    yield Line(
        Kind.TEXT,
        f"{reviewing()} {facts.unread[:1].upper()}{facts.unread[1:]}."
        f"{f' {remarks} on what was not read.' if assessment.document.warnings else ''}",
    )
    for warning in assessment.document.warnings:
        yield Line(Kind.BULLET, clipped(plain(warning), 300))
    yield Line(
        Kind.QUIET,
        f"impact {plain(made.tool)}; taxonomy {plain(made.taxonomy)[:12]}; document SHA-256 "
        f"{assessment.document.id[:16]}; {plain(made.made_at)}",
    )


def _of(answer: AnswerShown, bearing: Bearing) -> list[PointShown]:
    return [point for point in answer.points if point.point.bearing is bearing]
