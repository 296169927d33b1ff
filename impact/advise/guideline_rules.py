"""guidelines.toml, typed: the 21 guidelines, the sections, omissions and pairs of clauses that bear on them."""

from dataclasses import dataclass

from impact.typed import Pattern, loader


@dataclass(frozen=True, slots=True)
class Guideline:
    """One guideline; `powers`, `benefits` and `also` are labels; see the head of the file."""

    number: str
    title: str
    question: str
    rights: tuple[str, ...]
    powers: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A section whose presence is an answer; `empty` are words that make a short one none, and what to say then.

    It is a benefit where a clause of it has `substance`, under a heading of `points`; any where these are empty.
    """

    topic: str
    name: str
    guideline: str
    titles: tuple[str, ...]
    says: str
    source: str
    labels: tuple[str, ...] = ()
    substance: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    empty_says: str = ""
    empty_ask: str = ""


@dataclass(frozen=True, slots=True)
class WeakMeasures:
    """Words that make a benefit weak, beside those of weak.toml: measures without a test; and what to ask then.

    Under the guidelines of `spares` nothing is called weak.
    """

    measures: tuple[str, ...]
    ask: str
    spares: frozenset[str]


@dataclass(frozen=True, slots=True)
class OmissionPart:
    """A part of what no clause may be found to say, which one of `unless` answers; missed only with one of `when`."""

    says: str
    unless: tuple[str, ...]
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OmissionRule:
    """What no clause may be found to say: said where one of `when` and none of `unless` was found.

    Where a clause even denies it (one of `denied` was found), `denies` is said in place of `says`. Of `parts` those
    that are not answered stand for "{parts}" in `says`. Where the text refers to a document with one of `titles`,
    `refers` and `check` are said in place of `says` and `ask`. `matter` names what is lacking, in a few words.
    `words` anywhere in the text, `subjects` in a title, or words of `spread` in many clauses answer it. A review says
    it from `least` clauses on, with so many of its `topics`.
    """

    id: str
    guideline: str
    when: tuple[str, ...]
    says: str
    ask: str
    source: str
    unless: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    denies: str = ""
    parts: tuple[OmissionPart, ...] = ()
    titles: tuple[str, ...] = ()
    refers: str = ""
    check: str = ""
    matter: str = ""
    words: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    spread: tuple[str, ...] = ()
    least: int = 2
    topics: int = 1


@dataclass(frozen=True, slots=True)
class OtherTexts:
    """How texts are told that specify no design: by what they are published as, their title, two of their headings.

    Of them only silences of `themes` are said.
    """

    themes: frozenset[str]
    publications: tuple[str, ...]
    titles: tuple[str, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What tells that a text is about parties that exchange something: the share of its clauses that name them.

    Raises:
        ValueError: If the share is not above 0 and at most 1.
    """

    share: float
    parties: Pattern

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise ValueError(f"a share of {self.share}")


@dataclass(frozen=True, slots=True)
class SilenceRules:
    """How many silences a review says, and which: by what calls for them; see guidelines.toml.

    Those of the themes `certain` that powers call for are said only where one is firm. Source: without, readers agreed
    with 3 of 10 in reviews of unseen documents; of the other themes with 27 of 36. From the share `spread` of the
    clauses on, words of a rule's own `spread` answer it. Source: project judgment after reading entries; of 38 texts of
    which it was right to say that they have no section on security, one has more than .06.
    """

    most: int
    joined: int
    firm: int
    share: float
    certain: frozenset[str]
    spread: float
    exchange: Exchange
    other_texts: OtherTexts
    calls: dict[str, tuple[str, ...]]
    themes: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Counter:
    """A safeguard, detector or side, and a power, detector or side that takes away the same thing.

    Attributes:
        link: How the clauses of two detectors or sides are held to be about the same thing, see `similarity.LINKS`.
        least: How much of it there must be.
        ask: Where it is not that of all counters; so `source`.
    """

    safeguard: str
    power: str
    guideline: str
    says: str
    link: str = "words"
    least: int = 3
    ask: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class TensionRule:
    """A rule for two clauses; the lists only where it needs them."""

    ask: str
    source: str
    says: str = ""
    patterns: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A text about targets, who use nothing of it: such a share of its clauses with a firm finding has these powers.

    `says` is what to say of what is good for a system with such a power; `safeguards` may be good for it too.
    """

    powers: tuple[str, ...]
    safeguards: tuple[str, ...]
    share: float
    says: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """The beginning of a mitigation that makes no sense where a clause has such words, or that a safeguard gives."""

    power: str
    begins: str
    safeguard: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroundsRule:
    """Grounds of non-discrimination: patterns by name, and from how many in a sentence it is a list of them."""

    guideline: str
    least: int
    says: str
    ask: str
    source: str
    words: tuple[str, ...]
    names: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ThreatRule:
    """What to say of a threat that a text names and does not meet."""

    id: str
    name: str
    says: str
    ask: str
    source: str


@dataclass(frozen=True, slots=True)
class Threats:
    """How threats and measures against them are told.

    Attributes:
        words: What somebody could do with what is known of people, whoever it is, if it is put out of scope.
        hedges: Ids of the hedges of weak.toml that put things out of scope.
        measures: Words of a measure; where they stand beside a threat it counts as met.
        rules: "outside" and "unmet".
    """

    words: tuple[str, ...]
    hedges: tuple[str, ...]
    measures: tuple[str, ...]
    rules: dict[str, ThreatRule]


@dataclass(frozen=True, slots=True)
class GuidelineRules:
    """The whole file: guidelines by number, sections by topic, omissions by id."""

    guidelines: dict[str, Guideline]
    sections: dict[str, SectionRule]
    omissions: dict[str, OmissionRule]
    silences: SilenceRules
    counters: tuple[Counter, ...]
    tensions: dict[str, TensionRule]
    languages: tuple[str, ...]
    weak: WeakMeasures
    target: Target
    grounds: GroundsRule
    unfit: tuple[Unfit, ...]
    threats: Threats
    stops: frozenset[str]
    conditions: tuple[str, ...]
    needs: tuple[str, ...]
    announcing: tuple[str, ...]

    def home(self, label: str) -> str:
        """Return the number of the guideline under which a label of the taxonomy stands."""
        return next(
            guideline.number
            for guideline in self.guidelines.values()
            if label in {*guideline.powers, *guideline.benefits}
        )


rules = loader(GuidelineRules, "impact.advise.guidelines", "guidelines.toml")
