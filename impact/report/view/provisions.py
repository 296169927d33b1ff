"""What a text without findings discusses, and what it provides for the people concerned, in a few sentences."""

from collections import Counter
from collections.abc import Collection, Sequence

from impact.present.lists import listed, numeral, spelled
from impact.present.places import place, placed
from impact.report.view.guard_places import GuardPlaces, are_several, guard_places, providing
from impact.report.view.subject import ReportSubject

PLACED = 3
"""Places of a power that are named at most; more are counted. Source: project judgment."""

DISCUSSED = 5
"""Powers that are named at most; the others are counted. Source: project judgment."""


def provisions(subject: ReportSubject) -> tuple[str, ...]:
    """Return which powers a text without findings discusses, and which safeguards it provides or may provide.

    Empty where there are findings.
    """
    if subject.concerns or not subject.facts.assessed:
        return ()
    found = {guard.safeguard for guard in subject.assessment.firm.safeguards}
    maybe = {guard.safeguard for guard in subject.assessment.safeguards} - found
    names = [(name, safeguard.phrase) for name, safeguard in subject.taxonomy.safeguards.items()]
    firm, doubtful = (
        guard_places([pair for pair in names if pair[0] in chosen], subject.assessment, doubtful=unsure)
        for chosen, unsure in ((found, False), (maybe, True))
    )
    sentences = [*_discussed(subject)]
    sentences += [_sentence(firm, "provide" if firm and are_several(firm) else "provides")] if firm else []
    sentences += [_sentence(doubtful, "may provide", "further " * bool(firm))] if doubtful else []
    return tuple(sentences)


def _discussed(subject: ReportSubject) -> tuple[str, ...]:
    """Return "The text discusses two powers over people without providing for them: ...", the commonest first."""
    mechanisms = subject.taxonomy.mechanisms
    places = {(mention.label, mention.clause) for mention in subject.assessment.mentions}
    found = Counter(label for label, _ in places)
    counts = sorted(((label, found[label]) for label in mechanisms if found[label]), key=lambda pair: -pair[1])
    if not counts:
        return ()
    if len(counts) == 1:
        [(label, count)] = counts
        where = f"in {spelled(count, 'passage')}" if count > PLACED else f"in {_placed(subject, places)}"
        return (f"The text discusses {mechanisms[label].phrase} {where} but does not provide for this power.",)
    named = [f"{mechanisms[label].phrase} ({spelled(count, 'passage')})" for label, count in counts[:DISCUSSED]]
    more = len(counts) - len(named)
    named += [spelled(more, "other")] if more else []
    powers = spelled(len(counts), "power")
    return (f"The text discusses {powers} over people without providing for them: {listed(named)}.",)


def _placed(subject: ReportSubject, places: Collection[tuple[str, str]]) -> str:
    """Return where a power is discussed, in the order of the text: "clauses 5 and 7"."""
    document, wanted = subject.assessment.document, {clause for _, clause in places}
    return placed([place(clause, document) for clause in subject.assessment.clauses if clause.id in wanted])


def _sentence(guards: Sequence[GuardPlaces], provide: str, further: str = "") -> str:
    """Return "Clause 4 may provide a further safeguard: redress."."""
    subject, named = providing(guards)
    count = f"a {further}safeguard" if len(guards) == 1 else f"{numeral(len(guards))} {further}safeguards"
    return f"{subject} {provide} {count}: {named}."
