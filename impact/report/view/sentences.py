"""Sentences of reports: quote first, then "may enable", then what the text does not state."""

from collections.abc import Callable, Mapping
from itertools import groupby

from impact.present.cleaning import clipped, plain
from impact.present.lists import listed
from impact.present.places import named, place, placed, standing, within
from impact.present.words import combined_words
from impact.records import Advice, Assessment, Compound, Finding
from impact.report.binding import alike, binding_of, worded
from impact.report.view.concerns import Concern
from impact.taxonomy.values import Taxonomy

MOST, PLACE = 3, 90
"""Places named for one safeguard, and characters of each. Source: project judgment."""


def enables(concern: Concern, quoted: str = "the one quoted") -> str:
    """Return "The clause is a requirement and may enable ...", in the plural where there is more than one clause.

    `quoted` is what to call its clause where there are several that do not bind alike; empty to say nothing of it.
    """
    bindings = [binding_of(rated) for rated in concern.surest]
    if len(concern.clauses) > 1:
        which = "each" if alike(bindings) == len(bindings) else quoted
        binding = f"; {which} is {worded(bindings[0])}" if quoted else ""
        return f"These clauses may enable {concern.mechanism.enables}{binding}."
    return f"The clause is {worded(bindings[0])} and may enable {concern.mechanism.enables}."


def asks(concern: Concern, advice: Advice, finding: str = "") -> str:
    """Return what to ask of a concern without a firm finding, or of a finding of it: by its clause, else in general."""
    ids = {finding} if finding else {rated.finding.id for rated in concern.findings}
    asked = next((question.text for question in advice.confirming if question.finding in ids), None)
    return decides(concern) if asked is None else plain(asked)


def decides(concern: Concern) -> str:
    """Return what a reader has to decide of a concern without a firm finding."""
    subject = "Do any of these clauses" if len(concern.clauses) > 1 else "Does this clause"
    return f"{subject} enable {concern.mechanism.enables}?"


RuledOut = Mapping[tuple[str, str], str]
"""By mechanism and safeguard: where the text rules the safeguard out, as printed."""


def unstated(concern: Concern, taxonomy: Taxonomy, ruled: RuledOut) -> str:
    """Return what safeguards the text provides nowhere, or even excludes; empty where none is lacking."""
    power = concern.mechanism.id
    names = [taxonomy.safeguards[name].phrase for name in concern.lacking if (power, name) not in ruled]
    silent = f"No clause was found on {listed(names, 'or')}." if names else ""
    denied = [(ruled[power, name], name) for name in concern.lacking if (power, name) in ruled]
    denials = [
        f"In {place}, the text excludes {listed([taxonomy.safeguards[name].phrase for _, name in group])}."
        for place, group in groupby(denied, key=lambda denial: denial[0])
    ]
    return " ".join([*([silent] if silent else []), *denials])


def undecided(
    concern: Concern,
    assessment: Assessment,
    taxonomy: Taxonomy,
    show: Callable[[str], str] = str,
    by: str = "the reviewer",
) -> str:
    """Return what safeguards a reader must decide on, with a few places each; empty where there is none.

    `show` makes a text from the document fit for the format; `by` says who has to decide.
    """
    names = []
    for name in concern.perhaps:
        standing_in = (
            assessment.clause(safeguard.clause) for safeguard in assessment.safeguards if safeguard.safeguard == name
        )
        places = [show(clipped(place, PLACE)) for place in standing(standing_in, assessment.document)]
        where = placed(places[:MOST], max(0, len(places) - MOST))
        names.append(f"{taxonomy.safeguards[name].phrase} {within(*places)} {where}")
    return f"The text may provide {listed(names)}; {by} has to confirm this." if names else ""


def together(compound: Compound, assessment: Assessment, taxonomy: Taxonomy, show: Callable[[str], str] = str) -> str:
    """Return one compound in one line: name, level, and a place for each of the two mechanisms; `show` as above."""
    rule = next(rule for rule in taxonomy.compounds if rule.id == compound.id)
    pair = assessment.pair(compound)
    places = [show(named(place(assessment.clause(finding.clause), assessment.document))) for finding in pair]
    parts = [_power(finding, assessment, taxonomy) for finding in pair]
    where = [f" in {place}" for place in places] if places[0] != places[1] else ["", f", both in {places[0]}"]
    level = combined_words(compound.level, compound.firm)
    return f"{rule.name} ({level}): {parts[0]}{where[0]} with {parts[1]}{where[1]}."


def _power(finding: Finding, assessment: Assessment, taxonomy: Taxonomy) -> str:
    """Return what a sentence calls the power of a finding, as its clause has it."""
    text = assessment.document.quote(assessment.clause(finding.clause).span)
    return taxonomy.mechanisms[finding.mechanism].variant_for((text,)).phrase


def paired(compound: Compound, assessment: Assessment) -> frozenset[str]:
    """Return the ids of the findings in the places that `together` names; doubtful ones where one named is doubtful."""
    pair = assessment.pair(compound)
    named = {place(assessment.clause(finding.clause), assessment.document) for finding in pair}
    unsure, members = any(finding.doubtful for finding in pair), set(compound.findings)
    findings = (rated.finding for rated in assessment.findings if rated.finding.id in members)
    return frozenset(
        finding.id
        for finding in findings
        if (unsure or not finding.doubtful) and place(assessment.clause(finding.clause), assessment.document) in named
    )
