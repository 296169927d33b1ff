"""`report.md`: the brief for a terminal or an e-mail, at most about a hundred lines; with the annex, some more."""

from collections.abc import Iterator

from impact.present.articles import articles_cited
from impact.present.cleaning import clipped, plain
from impact.present.dates import written
from impact.present.escaping import escaped, escaped_run
from impact.present.lists import begun, counted, inside
from impact.present.places import named, place, standing, unbracketed, with_article
from impact.present.words import confidence, if_holds, second_words, words
from impact.records import Assessment, Grade, RatedFinding
from impact.report.annex.questions import questions_of
from impact.report.markdown.annex import annex, left, titled
from impact.report.markdown.passages import passage_lines
from impact.report.quotes.ledger import QuoteLedger
from impact.report.view.concerns import Concern, doubted_places, named_places, overview
from impact.report.view.document_name import name_of
from impact.report.view.doubts import doubt_of, doubts
from impact.report.view.figures import reliance
from impact.report.view.identity import dated, published_as, sources_of
from impact.report.view.introduction import introduction_of
from impact.report.view.levels import depends, headline_depends
from impact.report.view.passages import heading, unrated
from impact.report.view.sentences import RuledOut, asks, enables, likely_pairs, together, undecided, unstated
from impact.report.view.subject import ReportSubject
from impact.report.view.summary import sentence_text
from impact.taxonomy.values import Taxonomy

QUOTED = 5
TITLE, QUOTE, AGAIN = 300, 400, 60
MOST_OTHERS = 16
MOST_PAIRS = 5
MOST_OPEN = 6
MOST_QUESTIONS = 6

GRAVEST = "Main findings"
PARTS = {
    "findings": f"under {GRAVEST}",
    "decide": f"under {words().decide.title}",
    "passages": f"under {words().passages.title}",
    "annex": f"under {words().raised.title}",
}
"""Where a clause is quoted, by part of the brief."""


def render(subject: ReportSubject) -> str:
    """Return the brief in CommonMark, a clause quoted once; nothing from the document can act as markup in it."""
    ledger = QuoteLedger(PARTS)
    sections = (
        list(_head(subject)),
        titled("Points to note", _summary(subject)),
        titled(GRAVEST, _gravest(subject, ledger)),
        titled("Also found", _others(subject)),
        titled(words().decide.title, _decide(subject, ledger)),
        titled(heading(subject), passage_lines(subject, ledger)),
        titled("Combined risks", _together(subject)),
        titled("Questions to ask", _questions(subject)),
        titled("Reliability of this report", _limits(subject)),
        titled(words().review.title, _decisions(subject)),
        *(annex(subject, ledger) if subject.annexed else ()),
        list(_provenance(subject.assessment)),
    )
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _decisions(subject: ReportSubject) -> Iterator[str]:
    """Yield whose decisions the report follows, their remarks, and what they rejected."""
    if subject.decisions:
        yield escaped(subject.decisions.who)
        for title, lines in subject.decisions.parts:
            yield from ("", f"### {title}", "", *(f"- {escaped(line.text)}" for line in lines))


def _head(subject: ReportSubject) -> Iterator[str]:
    assessment, proposal, facts = subject.assessment, subject.assessment.proposal, subject.facts
    yield f"# {escaped(f'Human rights brief: {clipped(name_of(assessment), TITLE)}')}"
    yield ""
    stated = (("", published_as(proposal)), ("status: ", proposal.state), ("dated ", written(dated(proposal))))
    parts = [f"{label}{escaped(clipped(value, 120))}" for label, value in stated if value]
    label, organizations = sources_of(proposal)
    parts += [f"{label}: {escaped(clipped(organizations, 400))}"] if organizations else []
    if parts:
        yield begun(" · ".join(parts))
        yield ""
    if facts.assessed and (quoted := unrated(subject)):
        yield quoted
    elif facts.assessed and subject.concerns:
        yield f"{_level(subject)}{overview(assessment, subject.concerns)}"
        yield facts.ended(facts.extent)
    else:
        yield f"{_level(subject)}{facts.opening}"
    yield from map(escaped, facts.notes)
    yield from (escaped(sentence) for sentence in facts.second)
    shown = {passage.clause for passage in subject.advice.salient}
    introduction = introduction_of(subject, shown) if facts.assessed else None
    if introduction:
        text, clause = introduction
        yield ""
        yield f"{words().about['stated']}:"
        yield ""
        yield f"> {escaped(text)} ({escaped(unbracketed(named(place(clause, assessment.document))))})"


def _level(subject: ReportSubject) -> str:
    """Return the level before what was found, or that it is for a reader to decide where nothing is firm."""
    headline = subject.assessment.headline
    decide = f"**{words().decide.title}.** " if subject.likely else ""
    on = headline_depends(subject)
    firm = f"**Severity: {headline.grade.value}{f'; {escaped(on)}' if on else ''}.** "
    return {Grade.NONE: "", Grade.UNASSESSED: "", Grade.DECIDE: decide}.get(headline.grade, firm)


def _summary(subject: ReportSubject) -> Iterator[str]:
    silences_shown = any(concern.lacking for concern in subject.firm[:QUOTED])
    for sentence in subject.advice.summary:
        if not (silences_shown and sentence.kind == "silence"):
            yield f"- {escaped(sentence_text(sentence, subject.assessment.document, subject.at))}"


def _gravest(subject: ReportSubject, ledger: QuoteLedger) -> Iterator[str]:
    assessment, ruled = subject.assessment, {key: escaped(place) for key, place in subject.ruled.items()}
    for position, concern in enumerate(subject.firm[:QUOTED], 1):
        first = concern.findings[0]
        where = escaped(named_places(concern, assessment, 4))
        yield from [""] if position > 1 else []
        on = depends(concern, subject.at)
        level = f"{concern.firm.value}{f'; {escaped(on)}' if on and on != headline_depends(subject) else ''}"
        firmness = f"severity: {level}; confidence: {confidence(first.finding)[0]}{_second(first)}"
        yield f"{position}. **{concern.mechanism.name}** ({firmness}): {where}"
        yield f"   {_quote(subject, ledger, concern)}"
        yield ""
        yield f"   {_consequence(assessment, concern, subject.taxonomy, ruled)}"
        if concern.unsure and (at := doubted_places(concern, assessment, 4)):
            yield f"   This finding may also apply to {escaped(with_article(at))}; please check."


def _consequence(assessment: Assessment, concern: Concern, taxonomy: Taxonomy, ruled: RuledOut) -> str:
    """Return what may follow, which rights are touched, and what the text does not state, or only perhaps."""
    first = concern.findings[0]
    rights = [f"{taxonomy.rights[right.right].name} ({articles_cited(right.articles)})" for right in first.rights]
    primary = [name for name, right in zip(rights, first.rights, strict=True) if right.link == "primary"]
    parts = (
        enables(concern),
        f"Right{'s' * (len(primary) > 1)} concerned: {'; '.join(map(inside, primary))}.",
        unstated(concern, taxonomy, ruled),
        undecided(concern, assessment, taxonomy, escaped),
    )
    return " ".join(part for part in parts if part)


def _quote(subject: ReportSubject, ledger: QuoteLedger, concern: Concern) -> str:
    """Return the words of the first clause of a power as a block quote, with its place where it has others."""
    finding = concern.findings[0].finding
    part, clause = "decide" if finding.doubtful else "findings", finding.clause
    where, words_of = subject.at.passage(clause, subject.evidence[clause], QUOTE)
    quote = ledger.quote(part, where.anchor, words_of)
    if quote.says:
        begins = clipped(plain("".join(run.text for run in words_of)), AGAIN)
        return f"{quote.says}: \u201c{escaped(begins)}\u201d"
    parts = []
    for run in quote.runs:
        text = escaped(run.text)
        lead, tail = run.text[:1].isspace(), run.text[-1:].isspace()
        parts.append(f"{' ' if lead or run.gap else ''}{text}{' ' if tail or run.gap else ''}")
    several = len(standing(concern.clauses, subject.assessment.document)) > 1
    place_of = f" ({_place(subject, clause)})" if several else ""
    return f"> {clipped(''.join(parts).strip(), 900)}{place_of}"


def _place(subject: ReportSubject, clause: str) -> str:
    """Return where a clause stands, without brackets."""
    return escaped(unbracketed(named(place(subject.at.clause(clause), subject.assessment.document))))


def _others(subject: ReportSubject) -> Iterator[str]:
    for concern in subject.firm[QUOTED : QUOTED + MOST_OTHERS]:
        where = escaped(named_places(concern, subject.assessment, 4))
        findings = counted(len(concern.surest), "finding")
        yield f"- {concern.mechanism.name} ({concern.rated}, {findings}): {where}{concern.more}"


def _decide(subject: ReportSubject, ledger: QuoteLedger) -> Iterator[str]:
    """Yield what is likely and needs review: the first ones quoted, the others named."""
    assessment, concerns = subject.assessment, subject.likely
    if concerns:
        yield doubts(_doubts(subject))
        yield from [words().second.decide] if subject.disputed else []
        yield ""
    for concern in concerns[:MOST_OPEN]:
        where = escaped(named_places(concern, assessment, 4))
        yield f"- **{concern.mechanism.name}** ({if_holds(concern.level)}{_second(concern.findings[0])}): {where}"
        yield f"  {_quote(subject, ledger, concern)}"
        yield ""
        yield f"  {escaped(asks(concern, subject.advice))}"
    for concern in concerns[MOST_OPEN:]:
        yield f"- {concern.mechanism.name} ({if_holds(concern.level)}): {escaped(named_places(concern, assessment, 4))}"


def _doubts(subject: ReportSubject) -> Iterator[str]:
    """Yield for each power of the section why the finding that is quoted needs review."""
    for concern in subject.likely:
        quoted = concern.findings[0].finding
        yield doubt_of(quoted, subject.at.clause(quoted.clause))


def _second(judged: RatedFinding) -> str:
    """Return what a second reader makes of a finding, with a comma before it; empty where it was not asked."""
    comment = second_words(judged.finding.second)
    return f", {comment}" if comment else ""


def _together(subject: ReportSubject) -> Iterator[str]:
    pairs = likely_pairs(subject.assessment)
    for pair in pairs[:MOST_PAIRS]:
        yield f"- {together(pair, subject.assessment, subject.taxonomy, escaped)}"
    if len(pairs) > MOST_PAIRS:
        yield f"- and {counted(len(pairs) - MOST_PAIRS, 'further pair')}"


def _questions(subject: ReportSubject) -> Iterator[str]:
    by_mechanism = questions_of(subject)
    for concern in subject.firm[:MOST_QUESTIONS]:
        questions = by_mechanism[concern.mechanism.id]
        about = questions.where(questions.first)
        asked = "".join(escaped_run(phrase.text) for phrase in questions.first)
        where = f" ({place})" if about and (place := escaped(unbracketed(named(about.full)))) not in asked else ""
        yield f"- {concern.mechanism.name}: {asked}{where}"
    yield from left(len(subject.firm[MOST_QUESTIONS:]), "further power")


def _limits(subject: ReportSubject) -> Iterator[str]:
    yield f"This is a screening aid, not a verdict. {reliance(subject.assessment)}"


def _provenance(assessment: Assessment) -> Iterator[str]:
    provenance = assessment.provenance
    tool = f"the screening tool “impact”, version {escaped(provenance.tool)}"
    yield (
        f"Prepared on {written(provenance.made_at[:10])} with {tool} (for reference: "
        f"taxonomy {escaped(provenance.taxonomy[:12])}, document {assessment.document.id[:12]})."
    )
