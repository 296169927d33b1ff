"""Which clauses may be a safeguard, as the subject of a sentence where they are few, else in brackets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from impact.present.cleaning import clipped
from impact.present.lists import begun, listed, spelled
from impact.present.places import PAGE, bracketed, placed, standing
from impact.records import Assessment
from impact.report.view.places import in_clauses

MOST, PLACE = 3, 90
"""Places named for one safeguard, and characters of each; of more the first two are named. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class GuardPlaces:
    """A safeguard by the phrase for it, its places in the order of the text, and in how many passages it is."""

    phrase: str
    places: tuple[str, ...]
    passages: int

    @property
    def bracketed(self) -> str:
        """The phrase with places: "encryption (clause 5)", "redress (eight passages, among them clauses 4 and 5)"."""
        if len(self.places) > MOST:
            return f"{self.phrase} ({spelled(self.passages, 'passage')}, among them {_among(self.places)})"
        return f"{self.phrase} ({bracketed(in_clauses(self.places))})"


def _among(places: Sequence[str]) -> str:
    """Return the first two places: "clauses 4.1 and 5", "clause 4.1, p. 3, and clause 5, p. 4"."""
    first, second = (bracketed(in_clauses([place])) for place in places[:2])
    if "," in first:
        return f"{first}, and {second}"
    return listed(in_clauses(places[:2]))


def guard_places(
    names: Iterable[tuple[str, str]], assessment: Assessment, *, doubtful: bool, show: Callable[[str], str] = str
) -> tuple[GuardPlaces, ...]:
    """Return where safeguards are, by id and phrase, those that are `doubtful` or the others.

    `show` makes a text from the document fit for the format.
    """
    out = []
    for name, phrase in names:
        ids = {guard.clause for guard in assessment.safeguards if (guard.safeguard, guard.doubtful) == (name, doubtful)}
        clauses = [clause for clause in assessment.clauses if clause.id in ids]
        places = tuple(show(clipped(place, PLACE)) for place in standing(clauses, assessment.document))
        out.append(GuardPlaces(phrase, places, len(clauses)))
    return tuple(out)


def providing(guards: Sequence[GuardPlaces]) -> tuple[str, str]:
    """Return what provides safeguards, to begin a sentence, and which: "Clauses 4 and 5", "encryption and redress".

    That is the text, with places beside each safeguard, unless all of them are in the same few places with a name.
    """
    places = guards[0].places
    few = len(places) <= MOST and not any(place.startswith(PAGE) for place in places)
    if few and all(guard.places == places for guard in guards):
        return begun(placed(places)), listed([guard.phrase for guard in guards])
    return "The text", listed([guard.bracketed for guard in guards])
