"""What a text without findings provides for the people concerned, in a sentence or two."""

from collections.abc import Sequence

from impact.present.lists import numeral
from impact.report.view.guard_places import GuardPlaces, are_several, guard_places, providing
from impact.report.view.subject import ReportSubject


def provisions(subject: ReportSubject) -> tuple[str, ...]:
    """Return which safeguards a text without findings provides, and which it may provide; empty with findings."""
    if subject.concerns or not subject.facts.assessed:
        return ()
    found = {guard.safeguard for guard in subject.assessment.firm.safeguards}
    maybe = {guard.safeguard for guard in subject.assessment.safeguards} - found
    names = [(name, safeguard.phrase) for name, safeguard in subject.taxonomy.safeguards.items()]
    firm, doubtful = (
        guard_places([pair for pair in names if pair[0] in chosen], subject.assessment, doubtful=unsure)
        for chosen, unsure in ((found, False), (maybe, True))
    )
    sentences = [_sentence(firm, "provide" if firm and are_several(firm) else "provides", "")] if firm else []
    sentences += [_sentence(doubtful, "may provide", "further " * bool(firm), ", to be confirmed")] if doubtful else []
    return tuple(sentences)


def _sentence(guards: Sequence[GuardPlaces], provide: str, further: str, confirm: str = "") -> str:
    """Return "Clause 4 may provide a further safeguard, to be confirmed: redress."."""
    subject, named = providing(guards)
    count = f"a {further}safeguard" if len(guards) == 1 else f"{numeral(len(guards))} {further}safeguards"
    return f"{subject} {provide} {count}{confirm}: {named}."
