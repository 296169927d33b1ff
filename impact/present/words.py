"""The words of reports that are judgment and not layout, and what is said with them: confidence, level, language."""

from collections.abc import Container
from dataclasses import dataclass

from impact import typed
from impact.present.cleaning import plain
from impact.present.lists import counted
from impact.present.reader_words import ChosenWords, RaisedWords, SecondReaderWords
from impact.records import REVIEWER, Concurrence, Finding, Grade, Headline, Level, RatedFinding, SafeguardFinding
from impact.records.report import ReportFinding


@dataclass(frozen=True, slots=True)
class ConfidenceBand:
    """A word for confidences from `least` on, and what it means."""

    word: str
    meaning: str
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class ScaleWords:
    """What levels and the numbers behind them are, a sentence each."""

    levels: str
    numbers: str


@dataclass(frozen=True, slots=True)
class DecideWords:
    """How what is doubtful is shown: `several` is the plural of `tag`; some have blanks for levels; see words.toml."""

    title: str
    tag: str
    several: str
    graver: str
    holds: str
    guarded: str
    combined: str
    one: str
    all: str
    guards: str
    doubts: dict[str, str]
    doubts_of_several: dict[str, str]


@dataclass(frozen=True, slots=True)
class UnassessedWords:
    """How a proposal is shown that was not assessed; three have a blank for the language, one for pages."""

    language: str
    headline: str
    pages: str
    follows: str
    instead: str


@dataclass(frozen=True, slots=True)
class PassageNote:
    """What is said of passages that are quoted without a finding; `alone`, `doubted` and `reviewed` have blanks.

    `none` is a predicate, `unsure` a sentence.
    """

    title: str
    single: str
    one: str
    several: str
    guarded: str
    protects: str
    alone: str
    doubted: str
    reviewed: str
    unsure: str
    none: str


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """What is said of the decisions of reviewers, with blanks; `internal` stands before the record in a draft."""

    title: str
    signed: str
    draft: str
    last: str
    count: str
    remarked: str
    undecided: str
    rejected: str
    note: str
    comment: str
    label: str
    severity: str
    strength: str
    none: str
    internal: str
    verdicts: dict[str, str]


@dataclass(frozen=True, slots=True)
class ShareBand:
    """A word for shares from `least` on."""

    least: float
    word: str


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """What is said to be read badly, and by which words a document speaks of itself; words.toml says how."""

    least_quality: float
    tells: tuple[str, ...]
    selves: tuple[str, ...]
    openings: tuple[str, ...]
    introducing: tuple[str, ...]
    abouts: tuple[str, ...]
    parts: frozenset[str]
    shared: frozenset[str]
    leanings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorksheetTest:
    """A test for a limitation of a right."""

    id: str
    name: str
    question: str


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """What the tool cannot see, in a list and in a sentence."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class QuestionBodies:
    """Bodies whose groups work by numbered questions; an empty name is a document that names none."""

    bodies: tuple[typed.Blank, ...]


@dataclass(frozen=True, slots=True)
class ReportWords:
    """words.toml; the comments there say what each table holds."""

    confidence: tuple[ConfidenceBand, ...]
    scales: ScaleWords
    confirmed: ConfidenceBand
    doubtful: ConfidenceBand
    decide: DecideWords
    about: dict[str, str]
    passages: PassageNote
    unassessed: UnassessedWords
    second: SecondReaderWords
    chosen: ChosenWords
    raised: RaisedWords
    review: ReviewWords
    shares: tuple[ShareBand, ...]
    strength: dict[str, str]
    lays: dict[str, str]
    binds: dict[str, str]
    change: dict[str, str]
    limits: dict[str, str]
    derogation: dict[str, str]
    derogations: dict[str, str]
    concealed: dict[str, str]
    reading: ReadingWords
    languages: dict[str, str]
    tests: tuple[WorksheetTest, ...]
    worksheet: dict[str, str]
    blind: tuple[BlindSpot, ...]
    bearing: dict[str, str]
    tensions: dict[str, str]
    groups: dict[str, str]
    questions: QuestionBodies

    def bands(self, used: Container[str]) -> str:
        """Return what those of the words for confidence mean that a report uses, one sentence each."""
        bands = [band for band in (*self.confidence, self.confirmed) if band.word in used]
        return " ".join(f"Confidence \u201c{band.word}\u201d: {band.meaning}." for band in bands)


words = typed.loader(ReportWords, "impact.present", "words.toml")


def confidence(finding: Finding | SafeguardFinding | ReportFinding) -> tuple[str, str]:
    """Return the word for the confidence of a finding and what it means, by the bands of words.toml; no number."""
    if not isinstance(finding, SafeguardFinding) and REVIEWER in finding.by:
        return words().confirmed.word, words().confirmed.meaning
    bands = words().confidence
    band = (
        words().doubtful
        if finding.doubtful
        else next(candidate for candidate in bands if finding.confidence >= candidate.least)
    )
    return band.word, band.meaning


def second_words(concurrence: Concurrence | None) -> str:
    """Return what a second reader makes of a finding or safeguard; empty where it was not asked about it."""
    return str(getattr(words().second, concurrence.value)) if concurrence else ""


def grade_words(grade: str) -> str:
    """Return what a proposal is headed by: "high", "not assessed", "needs review" where nothing is firm."""
    return needing_review() if grade == Grade.DECIDE else str(grade)


def needing_review(count: int = 1) -> str:
    """Return "needs review", or "need review" of several."""
    return words().decide.tag if count == 1 else words().decide.several


def headline_words(headline: Headline) -> str:
    """Return the grade of a proposal in words, and what stands beside it."""
    return "; ".join(filter(None, (grade_words(headline.grade), beside_headline(headline))))


def graver(headline: Headline) -> str:
    """Return that a reader must decide whether a proposal is graver; empty where that is not so."""
    return words().decide.graver if headline.is_open else ""


def unassessed_words(code: str) -> str:
    """Return that a document was not assessed, "Not assessed: the document is in French."; empty without a language."""
    return words().unassessed.headline.format(language=language(code)) if code else ""


def instead_words(code: str) -> str:
    """Return what to do with a document in a language that was not assessed."""
    return words().unassessed.instead.format(language=language(code))


def beside_headline(headline: Headline) -> str:
    """Return what stands beside the headline of a proposal: why it was not assessed, or that it may be graver."""
    code, unread = headline.unassessed, headline.unread
    status = words().unassessed.language.format(language=language(code)) if code else graver(headline)
    pages = words().unassessed.pages.format(unread=unread, pages=counted(headline.pages, "page")) if unread else ""
    return "; ".join(filter(None, (status, pages)))


def level_words(level: Level, firm: Level) -> str:
    """Return the level of a finding; where a doubtful safeguard may lower it, both, and what that depends on."""
    return level.value if level is firm else words().decide.guarded.format(level=level.value, firm=firm.value)


def combined_words(level: Level, firm: Level) -> str:
    """Return the level of a compound; where what is firm does not reach it, both."""
    if firm is Level.NONE:
        return if_holds(level)
    return level.value if level is firm else words().decide.combined.format(level=level.value, firm=firm.value)


def if_holds(level: Level) -> str:
    """Return the level of what a reader must decide: "high if confirmed"."""
    return words().decide.holds.format(level=level.value)


def graded(judged: RatedFinding) -> str:
    """Return the level of one finding in words: "high if confirmed" where it is doubtful, else as `level_words`."""
    severity = judged.severity
    return if_holds(severity.level) if judged.finding.doubtful else level_words(severity.level, severity.firm)


def language(code: str) -> str:
    """Return the English name of a language, or its code where the name is not known."""
    return words().languages.get(code, f"a language with the code {plain(code)}")
