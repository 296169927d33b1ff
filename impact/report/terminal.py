"""The few lines that the command line prints."""

from impact.records import Assessment, Level
from impact.report.cleaning import clipped, plain
from impact.report.concerns import concerns_of, places
from impact.report.identity import title_of
from impact.report.outcome import outcome
from impact.report.words import counted
from impact.taxonomy.values import Taxonomy

WIDTH = 100
PAIRS = 5


def summary(assessment: Assessment, taxonomy: Taxonomy) -> str:
    """Return plain lines without a line feed at the end: level, one line a mechanism with places, what was not read.

    Nothing from the document can steer the terminal: control characters and marks of writing direction are taken out.
    """
    facts, concerns = outcome(assessment), concerns_of(assessment, taxonomy)
    title = " ".join(part for part in (plain(assessment.proposal.number), title_of(assessment)) if part)
    lines = [clipped(plain(assessment.document.source), WIDTH)]
    lines += [f"  {clipped(title, WIDTH)}"] if title else []
    level = "" if assessment.level is Level.NONE else f"{assessment.level.value.upper()}: "
    lines.append(f"  {level}{facts.headline.rstrip('.')}; {facts.unread}.")
    wide = max((len(one.mechanism.name) for one in concerns), default=0)
    for one in concerns:
        doubt = ", doubtful" if one.doubtful else ""
        where = clipped(places(one, assessment, 4), WIDTH)
        count = f"{len(one.findings)} x"
        lines.append(f"  {one.level.value:<6}  {one.mechanism.name:<{wide}}  {count:>5}  {where}{doubt}")
    names = {rule.id: rule.name for rule in taxonomy.compounds}
    lines += [f"  {one.level.value:<6}  Together: {names[one.id]}" for one in assessment.compounds[:PAIRS]]
    if len(assessment.compounds) > PAIRS:
        lines.append(f"          and {counted(len(assessment.compounds) - PAIRS, 'further pair')}")
    if assessment.silences:
        powers = len({one.mechanism for one in assessment.silences})
        lines.append(f"  Silent: {counted(powers, 'mechanism')} without a safeguard that would match")
    lines += [f"  {note}" for note in facts.notes]
    return "\n".join(lines)
