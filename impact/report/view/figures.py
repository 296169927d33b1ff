"""What has been measured of the program, read from measured.toml."""

from dataclasses import dataclass

from impact import typed
from impact.present.lists import counted
from impact.present.words import instead_words
from impact.records import Assessment

NONE_YET = "How well it finds such clauses has not been measured yet."

JUDGES = {
    "model": "With the trained model",
    "fast": "With the smaller network of the trained model",
    "cues": "With the rules alone",
}
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
    others: int
    others_named: int
    drawn: int
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class FirmAgreement:
    """With which share of its firm powers, in whole documents, readers agree; the keys as measured.toml says."""

    by: str
    powers: int
    agreed: float
    date: str


@dataclass(frozen=True, slots=True)
class Measurements:
    """All of measured.toml."""

    figures: tuple[Figure, ...] = ()
    reviews: GuidelineReviews | None = None
    firm: FirmAgreement | None = None


def figures_of(assessment: Assessment) -> tuple[Figure, ...]:
    """Return what measured.toml says of the judges that this assessment asked, in its order."""
    judges = {name for name, _ in assessment.provenance.models}
    return tuple(figure for figure in shipped().figures if figure.by in judges)


TEXT_LIKE = frozenset({"text", "rfcxml", "xml", "yaml", "markdown", "asciidoc", "mediawiki", "html"})
"""Formats of which a warning says whether a document shows images."""

shipped = typed.loader(Measurements, "impact.report.view", "measured.toml")


def performance(measured: tuple[Figure, ...]) -> str:
    """Return the first measurement in words, or that there is none yet."""
    return measured[0].words if measured else NONE_YET


def shortly(assessment: Assessment) -> str:
    """Return the first measurement in few words: what was missed and, where findings are likely, how many were right.

    Where some findings are firm, also with how many of its firm findings readers agree. All of this is of the tool
    alone.
    """
    measured = figures_of(assessment)
    if not measured:
        return NONE_YET
    first = measured[0]
    share = f"{100 - round(100 * first.recall)} per cent of the passages"
    missed = (
        f"In a test on documents that were new to it, the tool{' without a second reader' * bool(assessment.second)} "
        f"missed {share} that readers had marked as relevant to human rights"
    )
    if not any(rated.likely for rated in assessment.findings):
        return f"{missed}."
    agreed = f"readers agreed with {round(100 * first.precision)} per cent of its findings"
    return f"{missed}, and {agreed}.{_agreed(assessment)}"


def _agreed(assessment: Assessment) -> str:
    """Return how often readers agree with firm findings, as a further sentence; empty where there are none."""
    firm, judges = shipped().firm, {name for name, _ in assessment.provenance.models}
    if firm is None or firm.by not in judges or all(rated.finding.doubtful for rated in assessment.findings):
        return ""
    agreed = round(100 * firm.agreed)
    share = f"{agreed} per cent of the findings that the tool rated as high-confidence"
    return f" In a separate test, readers agreed with {share}."


def reliance(assessment: Assessment) -> str:
    """Return in a few sentences how far a report can be relied on, what was measured first."""
    if assessment.unassessed:
        return instead_words(assessment.unassessed)
    document = assessment.document
    figures = "" if document.format in TEXT_LIKE else "It does not read images or diagrams. "
    advice = (
        "Check each quote against the document. A passage without a finding may still raise a concern."
        if any(rated.likely for rated in assessment.findings)
        else "Read the document before relying on this result."
    )
    return f"{shortly(assessment)} {figures}{advice}"


def reviewing() -> str:
    """Return in one sentence how well guideline answers meet what a reviewer would raise; empty if unmeasured."""
    reviews = shipped().reviews
    if reviews is None:
        return ""
    return (
        "The guideline answers were compared with lists of points written before the program was run "
        f"({reviews.date}). On two documents, they cover {reviews.named} of {reviews.points} points at the right "
        "clause; the detectors were improved with these lists in view. On four other documents, they cover "
        f"{reviews.others_named} of {reviews.others} points. Of {reviews.drawn} entries drawn at random from answers "
        f"on documents that no developer had seen, readers found {reviews.right} right and {reviews.wrong} wrong."
    )
