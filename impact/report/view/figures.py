"""What has been measured of the program, read from measured.toml."""

from dataclasses import dataclass

from impact import typed
from impact.present.lists import counted
from impact.records import Assessment

NONE_YET = "How well it finds such clauses has not been measured yet."

JUDGES = {"model": "With the trained model", "cues": "With the rules alone"}
"""What assigned the labels, at the beginning of a sentence."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement; `recall` and `precision` from 0 to 1, the rest as measured.toml says."""

    what: str
    by: str
    clauses: int
    data: str
    date: str
    recall: float
    precision: float
    stated: int = 0

    @property
    def words(self) -> str:
        """The measurement as one sentence."""
        return (
            f"{JUDGES.get(self.by, self.by)}, on {counted(self.clauses, 'clause')} of {self.data} ({self.date}), the "
            f"tool found {round(100 * self.recall)} of every 100 labels that readers assigned, and readers agreed with "
            f"{round(100 * self.precision)} of every 100 that the tool assigned ({self.what})."
        )


@dataclass(frozen=True, slots=True)
class GuidelineReviews:
    """How many points of lists written before are named at the right clause; the keys as measured.toml says."""

    date: str
    points: int
    named: int
    extra: int
    wrong: int
    others: int
    others_named: int


@dataclass(frozen=True, slots=True)
class Measurements:
    """All of measured.toml."""

    figures: tuple[Figure, ...] = ()
    reviews: GuidelineReviews | None = None


def figures_of(assessment: Assessment) -> tuple[Figure, ...]:
    """Return what measured.toml says of the judges that this assessment asked, in its order."""
    judges = {name for name, _ in assessment.provenance.models}
    return tuple(figure for figure in shipped().figures if figure.by in judges)


shipped = typed.loader(Measurements, "impact.report.view", "measured.toml")


def performance(measured: tuple[Figure, ...]) -> str:
    """Return the first measurement in words, or that there is none yet."""
    return measured[0].words if measured else NONE_YET


def shortly(measured: tuple[Figure, ...]) -> str:
    """Return the first measurement, and that of the powers it states as findings, in few words."""
    if not measured:
        return NONE_YET
    first = measured[0]
    stated = next((figure for figure in measured if figure.stated), None)
    confirmed = (
        f" Of {counted(stated.stated, 'power')} that it reported there without reservation, readers confirmed "
        f"{round(stated.precision * stated.stated)}."
        if stated
        else ""
    )
    return (
        f"In a test on {counted(first.clauses, 'clause')} of standards that it had not seen, it found "
        f"{round(100 * first.recall)} of every 100 passages that readers marked, and readers agreed with "
        f"{round(100 * first.precision)} of every 100 that it marked.{confirmed}"
    )


def reviewing() -> str:
    """Return in one sentence how well guideline answers meet what a reviewer would raise; empty if unmeasured."""
    reviews = shipped().reviews
    if reviews is None:
        return ""
    return (
        "The guideline answers were compared with lists of points written before the program was run "
        f"({reviews.date}). On five documents, they cover {reviews.named} of {reviews.points} points at the right "
        "clause; the detectors were improved with these lists in view. On four other documents, they cover "
        f"{reviews.others_named} of {reviews.others} points. Of {reviews.extra} further entries on the five documents, "
        f"{reviews.wrong} were judged wrong."
    )
