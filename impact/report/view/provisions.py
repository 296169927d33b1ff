"""What a text without findings provides for the people concerned, in a sentence or two."""

from impact.present.places import placed, within
from impact.report.view.safeguards import provided_safeguards
from impact.report.view.subject import ReportSubject

MOST = 2
"""Places named for one safeguard. Source: project judgment."""


def provisions(subject: ReportSubject) -> tuple[str, ...]:
    """Return which safeguards a text without findings provides, and which it may provide; empty with findings."""
    if subject.concerns or not subject.facts.assessed:
        return ()
    firm, known, sentences = provided_safeguards(subject, ()), set[str](), []
    doubtful = provided_safeguards(subject, (), doubtful=True)
    may = (
        "It may also provide safeguards that need review"
        if firm
        else "The text may provide safeguards that need review"
    )
    for lead, guards in (("The text provides safeguards", firm), (may, doubtful)):
        listed = []
        for guard in (guard for guard in guards if guard.safeguard.id not in known):
            places = [place.full for place in guard.places]
            where = placed(places[:MOST], max(0, len(places) - MOST))
            listed.append(f"{guard.safeguard.phrase} {within(*places[:MOST])} {where}")
        known |= {guard.safeguard.id for guard in guards}
        sentences += [f"{lead}: {'; '.join(listed)}."] if listed else []
    return tuple(sentences)
