"""The few lines that the command line prints."""

from impact.present.cleaning import clipped, plain
from impact.present.document_names import called
from impact.present.lists import counted
from impact.present.words import headline_words, words
from impact.records import Assessment, Grade
from impact.report.view.concerns import Concern, concerns_of, named_places, overview, parted
from impact.report.view.document_name import numbered, title_of
from impact.report.view.reading_facts import ReadingFacts, reading_facts
from impact.taxonomy.values import Taxonomy

WIDTH = 100
PAIRS = 5


def summary(assessment: Assessment, taxonomy: Taxonomy) -> str:
    """Return the level, a line for each mechanism with its places, and what was not read; no line feed at the end.

    Nothing from the document can steer the terminal: control characters and marks of writing direction are removed.
    """
    facts, concerns = reading_facts(assessment), concerns_of(assessment, taxonomy)
    title = called(numbered(assessment.proposal), title_of(assessment))
    lines = [clipped(plain(assessment.document.source), WIDTH)]
    lines += [f"  {clipped(title, WIDTH)}"] if title else []
    lines.append(f"  {_level(assessment)}{_counts(assessment, concerns, facts)}")
    wide = max((len(concern.mechanism.name) for concern in concerns), default=0)
    firm, unsure = parted(concerns)
    lines += [_line(concern, assessment, wide) for concern in firm]
    names, pairs = {rule.id: rule.name for rule in taxonomy.compounds}, assessment.firm.compounds
    lines += [f"  {pair.level.value:<6}  Combined: {names[pair.id]}" for pair in pairs[:PAIRS]]
    if len(pairs) > PAIRS:
        lines.append(f"          and {counted(len(pairs) - PAIRS, 'further pair')}")
    if silences := assessment.firm.silences:
        powers = len({silence.mechanism for silence in silences})
        lines.append(f"  Safeguards: no clause was found on matching safeguards for {counted(powers, 'power')}")
    if unsure:
        lines.append(f"  {words().decide.title}; the level applies if the finding is confirmed:")
        lines += [_line(concern, assessment, wide) for concern in unsure]
    lines += [f"  {note}" for note in (*facts.notes, *facts.second)]
    return "\n".join(lines)


def _counts(assessment: Assessment, concerns: tuple[Concern, ...], facts: ReadingFacts) -> str:
    """Return what the brief counts too, and how much was read."""
    if not facts.assessed or not concerns:
        return facts.opening
    return f"{overview(assessment, concerns)} {facts.ended(facts.extent)}"


def _level(assessment: Assessment) -> str:
    """Return the level before what was found: "HIGH. ", or "Needs review. " where nothing is firm."""
    grade, headline = assessment.headline.grade, headline_words(assessment.headline)
    decide = f"{words().decide.title}. "
    return {Grade.NONE: "", Grade.UNASSESSED: "", Grade.DECIDE: decide}.get(
        grade, f"{headline.replace(grade, grade.upper(), 1)}. "
    )


def _line(concern: Concern, assessment: Assessment, wide: int) -> str:
    where, count = clipped(named_places(concern, assessment, 4), WIDTH), f"{len(concern.surest)} x"
    left = f"; {concern.rated}" if concern.level is not concern.firm and not concern.doubtful else ""
    return f"  {concern.level.value:<6}  {concern.mechanism.name:<{wide}}  {count:>5}  {where}{concern.more}{left}"
