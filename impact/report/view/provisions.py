"""What a text without findings discusses, and what it provides for the people concerned, in a few sentences."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from impact.present.lists import listed, numeral, spelled
from impact.present.places import place, placed
from impact.report.view.guard_places import GuardPlaces, are_several, guard_places, providing
from impact.report.view.subject import ReportSubject

PLACED = 3
"""Places of a power that are named at most; more are counted. Source: project judgment."""

DISCUSSED, PASSAGES = 5, 3
"""Powers that are named at most, the others being counted, and passages from which one is discussed. Source: project
judgment; of nine powers that reports called discussed in one or two passages, readers saw none."""

LIKELY = 0.6
"""Confidence from which a doubtful safeguard is named. Source: of 13 less likely ones in twenty reports, readers agreed
with none."""


def provisions(subject: ReportSubject) -> tuple[str, ...]:
    """Return which powers a text without findings discusses, and which safeguards it provides or may provide.

    Empty where there are findings.
    """
    if subject.concerns or not subject.facts.assessed:
        return ()
    likely = [guard for guard in subject.assessment.safeguards if not guard.doubtful or guard.confidence >= LIKELY]
    assessment = replace(subject.assessment, safeguards=tuple(likely))
    found = {guard.safeguard for guard in likely if not guard.doubtful}
    maybe = {guard.safeguard for guard in likely} - found
    names = [(name, safeguard.phrase) for name, safeguard in subject.taxonomy.safeguards.items()]
    firm, doubtful = (
        guard_places([pair for pair in names if pair[0] in chosen], assessment, doubtful=unsure)
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
    often = [(label, found[label]) for label in mechanisms if found[label] >= PASSAGES]
    counts = sorted(often, key=lambda pair: -pair[1])
    if not counts:
        return ()
    if len(counts) == 1:
        [(label, count)] = counts
        clauses = {clause for mentioned, clause in places if mentioned == label}
        where = f"in {spelled(count, 'passage')}" if count > PLACED else f"in {_placed(subject, clauses)}"
        return (f"The text discusses {mechanisms[label].phrase} {where} but does not provide for this power.",)
    named = [f"{mechanisms[label].phrase} ({spelled(count, 'passage')})" for label, count in counts[:DISCUSSED]]
    more = len(counts) - len(named)
    named += [spelled(more, "other")] if more else []
    powers = spelled(len(counts), "power")
    return (f"The text discusses {powers} over people without providing for them: {listed(named)}.",)


def _placed(subject: ReportSubject, wanted: Collection[str]) -> str:
    """Return where a power is discussed, by the ids of its clauses, in the order of the text: "clauses 5 and 7"."""
    document = subject.assessment.document
    return placed([place(clause, document) for clause in subject.assessment.clauses if clause.id in wanted])


def _sentence(guards: Sequence[GuardPlaces], provide: str, further: str = "") -> str:
    """Return "Clause 4 may provide a further safeguard: redress."."""
    subject, named = providing(guards)
    count = f"a {further}safeguard" if len(guards) == 1 else f"{numeral(len(guards))} {further}safeguards"
    return f"{subject} {provide} {count}: {named}."
