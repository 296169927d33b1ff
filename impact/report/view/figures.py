"""What has been measured of the program, read from measured.toml."""

from dataclasses import dataclass

from impact import typed
from impact.present.lists import counted, listed, numeral, spelled
from impact.present.words import words
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
        f" Of the {spelled(stated.stated, 'power')} that it reported with confidence in that test, readers confirmed "
        f"{_confirmed(round(stated.precision * stated.stated), stated.stated)}."
        if stated
        else ""
    )
    return (
        f"In a test on {counted(first.clauses, 'clause')} of standards that were new to it, the tool found "
        f"{round(100 * first.recall)} percent of the passages that readers had marked, and the readers agreed with "
        f"{round(100 * first.precision)} percent of those that it marked.{confirmed}"
    )


def _confirmed(count: int, of: int) -> str:
    """Return how many of so many were confirmed, in words."""
    if count == of:
        return "all"
    return f"{'only ' if 2 * count < of else ''}{numeral(count)}" if count else "none"


def unseen() -> str:
    """Return what the tool cannot see, in one sentence after what it reads."""
    blind = listed([word.short for word in words().blind], "or")
    return (
        f"The tool reads text only. It may miss a concern that depends on {blind}, and it does not assess how likely "
        "an effect is."
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
