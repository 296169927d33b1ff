"""What has been measured of the program, read from measured.toml."""

from dataclasses import dataclass

from impact import typed
from impact.present.lists import counted
from impact.records import Assessment

NONE_YET = "Its recall and precision have not been measured yet."

JUDGES = {"model": "with the trained model", "cues": "with the rules alone"}
"""What found the labels, as it is said in a sentence."""


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

    @property
    def words(self) -> str:
        """The measurement as one sentence."""
        return (
            f"Measured {JUDGES.get(self.by, self.by)} on {counted(self.clauses, 'clause')} ({self.data}; {self.date}), "
            f"{self.what}: of 100 that readers found, the tool found {round(100 * self.recall)}; of 100 that the tool "
            f"found, readers agreed with {round(100 * self.precision)}."
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


def reviewing() -> str:
    """Return in one sentence how well guideline answers meet what a reviewer would raise; empty if unmeasured."""
    reviews = shipped().reviews
    if reviews is None:
        return ""
    return (
        "Guideline answers, held against lists of points that were written before the program was run "
        f"({reviews.date}): of {reviews.points} points on five documents they name {reviews.named} at the right "
        f"clause, with detectors improved in sight of these lists; of {reviews.others} points on four other documents, "
        f"{reviews.others_named}. Of {reviews.extra} further entries on the five, {reviews.wrong} were judged wrong."
    )
