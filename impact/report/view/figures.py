"""What has been measured of the program, read from measured.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from impact.errors import MissingError
from impact.present.words import counted
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


def figures_of(assessment: Assessment) -> tuple[Figure, ...]:
    """Return what measured.toml says of the judges that this assessment asked, in its order."""
    judges = {name for name, _ in assessment.provenance.models}
    return tuple(figure for figure in _shipped() if figure.by in judges)


@cache
def _shipped() -> tuple[Figure, ...]:
    return read_figures(files("impact.report.view").joinpath("measured.toml").read_text("utf-8"))


def read_figures(text: str) -> tuple[Figure, ...]:
    """Return the measurements of a TOML text.

    Raises:
        MissingError: If a table lacks a key or has one too many.
    """
    try:
        return tuple(Figure(**table) for table in tomllib.loads(text).get("figures", []))
    except TypeError as error:
        message = f"measured.toml: a table of figures is incomplete: {error}"
        raise MissingError(message, "Give what, by, clauses, data, date, recall and precision") from error


def performance(measured: tuple[Figure, ...]) -> str:
    """Return the first measurement in words, or that there is none yet."""
    return measured[0].words if measured else NONE_YET


@cache
def reviewing() -> str:
    """Return in one sentence how well guideline answers meet what a reviewer would raise, from measured.toml."""
    measured = tomllib.loads(files("impact.report.view").joinpath("measured.toml").read_text("utf-8"))["reviews"]
    return (
        "Guideline answers, held against lists of points that were written before the program was run "
        f"({measured['date']}): of {measured['points']} points on five documents they name {measured['named']} at the right clause, "
        f"with detectors improved in sight of these lists; of {measured['others']} points on four other documents, "
        f"{measured['others_named']}. Of {measured['extra']} further entries on the five, {measured['wrong']} were judged wrong."
    )
