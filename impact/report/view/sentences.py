"""Sentences of reports: quote first, then "may enable", then what the text does not state."""

from collections.abc import Callable, Mapping
from itertools import groupby

from impact.present.cleaning import plain
from impact.present.lists import begun, inside, listed
from impact.present.places import named, place, unbracketed
from impact.present.words import combined_words
from impact.records import Advice, Assessment, Compound, Finding, Strength
from impact.report.binding import alike, binding_of, binds, lays
from impact.report.view.concerns import Concern
from impact.report.view.guard_places import guard_places, providing
from impact.taxonomy.values import Taxonomy


def enables(concern: Concern, quoted: str = "the passage quoted") -> str:
    """Return "The passage contains a requirement; it may enable ...", or "These passages may ...", and how they bind.

    A single passage stands below the name of the power, which is not repeated.
    `quoted` is what to call its clause where there are several that do not bind alike; empty to say nothing of it.
    """
    bindings = [binding_of(rated) for rated in concern.surest]
    if all(strength is Strength.DESCRIPTIVE for strength, _ in bindings):
        subject = "The passage" if len(concern.clauses) == 1 else "These passages"
        return f"{subject} may enable {concern.mechanism.enables}."
    if len(concern.clauses) == 1 and bindings[0][0] is Strength.MAY:
        return f"The passage may enable {concern.mechanism.enables}."
    if len(concern.clauses) == 1:
        return f"The passage {lays(bindings[0])}; it may enable {concern.mechanism.enables}."
    quoted = "" if bindings[0][0] is Strength.MAY else quoted
    together = alike(bindings) == len(bindings)
    which = begun(f"{'each of them' if together else quoted} {binds(bindings[0], concern.mechanism.phrase)}")
    return f"These passages may enable {concern.mechanism.enables}.{f' {which}.' * bool(quoted)}"


def asks(concern: Concern, advice: Advice, finding: str = "") -> str:
    """Return what to ask of a concern without a firm finding, or of a finding of it: by its clause, else in general."""
    ids = {finding} if finding else {rated.finding.id for rated in concern.findings}
    asked = next((question.text for question in advice.confirming if question.finding in ids), None)
    return decides(concern) if asked is None else plain(asked)


def decides(concern: Concern) -> str:
    """Return what a reader has to decide of a concern without a firm finding."""
    subject = "Do any of these passages" if len(concern.clauses) > 1 else "Does this passage"
    return f"{subject} enable {concern.mechanism.enables}?"


RuledOut = Mapping[tuple[str, str], str]
"""By mechanism and safeguard: where the text rules the safeguard out, as printed."""


def unstated(concern: Concern, taxonomy: Taxonomy, ruled: RuledOut) -> str:
    """Return what safeguards the text provides nowhere, or even excludes; empty where none is lacking."""
    power = concern.mechanism.id
    names = [f"for {taxonomy.safeguards[name].phrase}" for name in concern.lacking if (power, name) not in ruled]
    silent = f"No provision was found {listed(names, 'or')}." if names else ""
    denied = [(ruled[power, name], name) for name in concern.lacking if (power, name) in ruled]
    denials = [
        f"In {place}, the text excludes {listed([taxonomy.safeguards[name].phrase for _, name in group])}."
        for place, group in groupby(denied, key=lambda denial: denial[0])
    ]
    return " ".join([*([silent] if silent else []), *denials])


def undecided(
    concern: Concern, assessment: Assessment, taxonomy: Taxonomy, show: Callable[[str], str] = str, by: str = ""
) -> str:
    """Return what safeguards a reader must decide on, with a few places each; empty where there is none.

    `show` makes a text from the document fit for the format; `by` says who has to decide, if not the reader.
    """
    names = [(name, taxonomy.safeguards[name].phrase) for name in concern.perhaps]
    if not names:
        return ""
    subject, guards = providing(guard_places(names, assessment, doubtful=True, show=show))
    return f"{subject} may provide for {guards}; {f'{by} should confirm this' if by else 'please confirm'}."


def likely_pairs(assessment: Assessment) -> tuple[Compound, ...]:
    """Return the compounds of which both powers have a likely finding, in their order."""
    likely = {rated.finding.id for rated in assessment.findings if rated.likely}
    return tuple(
        compound
        for compound in assessment.compounds
        if all(finding.id in likely for finding in assessment.pair(compound))
    )


def together(compound: Compound, assessment: Assessment, taxonomy: Taxonomy, show: Callable[[str], str] = str) -> str:
    """Return one compound in one line: name, level, and a place for each of the two mechanisms; `show` as above."""
    rule = next(rule for rule in taxonomy.compounds if rule.id == compound.id)
    pair = assessment.pair(compound)
    places = [show(named(place(assessment.clause(finding.clause), assessment.document))) for finding in pair]
    parts = [_power(finding, assessment, taxonomy) for finding in pair]
    apart = [f" ({unbracketed(place)})" for place in places]
    where = apart if places[0] != places[1] else ["", f", both in {places[0]}"]
    level = combined_words(compound.level, compound.firm)
    return f"{rule.name} ({level}): {parts[0]}{where[0]}, together with {parts[1]}{where[1]}."


def _power(finding: Finding, assessment: Assessment, taxonomy: Taxonomy) -> str:
    """Return what a sentence calls the power of a finding, as its clause has it."""
    text = assessment.document.quote(assessment.clause(finding.clause).span)
    mechanism = taxonomy.mechanisms[finding.mechanism].variant_for((text,))
    return mechanism.phrase if mechanism.variant else inside(mechanism.name)


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
