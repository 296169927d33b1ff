"""The typed form of the taxonomy."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Literal

from impact.typed import Pattern, derived

Derogation = Literal["non-derogable", "derogable", "partly", "see note", "no clause"]
Limits = Literal["absolute", "qualified", "partly", "progressive", "no clause"]


@dataclass(frozen=True, slots=True)
class Instrument:
    """One of the three texts of the International Bill of Human Rights.

    Attributes:
        id: UDHR, ICCPR or ICESCR.
        citation: Official citation, with resolution, date, and treaty series where there is one.
        last: Number of its last article that this taxonomy covers; the first is 1.
        link: Address of the official text.
    """

    id: str
    name: str
    citation: str
    last: int
    link: str


@dataclass(frozen=True, slots=True)
class GeneralProvision:
    """An article that gives no right of its own but governs how the rights apply.

    Attributes:
        reason: Why it stands here and not under a right.
    """

    ref: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article of an instrument.

    Attributes:
        ref: As cited in reports: "UDHR 12", "ICCPR 19(3)", "ICESCR 2(2)".
        summary: What it says, in paraphrase.
        limits: How it may be limited, in a few words; empty where it says nothing of it.
        derogation: By ICCPR 4(2) and the Human Rights Committee: "non-derogable", "derogable", "partly" (elements
            are non-derogable) or "see note"; "no clause" in the UDHR and the ICESCR, which have no derogation clause,
            and for general provisions.
        derogation_note: Where that comes from; empty where the instrument has no derogation clause.
    """

    ref: str
    summary: str
    limits: str = ""
    derogation: Derogation = "no clause"
    derogation_note: str = ""

    @property
    def instrument(self) -> str:
        """UDHR, ICCPR or ICESCR."""
        return self.ref.partition(" ")[0]

    @property
    def number(self) -> str:
        """Article with paragraph, as in "19(3)"."""
        return self.ref.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class Right:
    """A right of the International Bill of Human Rights, with its articles in the order UDHR, ICCPR, ICESCR.

    Attributes:
        derogation: As for an article; "no clause" where no instrument that has the right has a derogation clause.
    """

    id: str
    name: str
    summary: str
    articles: tuple[str, ...]
    derogation: Derogation
    derogation_note: str
    limits: Limits
    limits_note: str


@dataclass(frozen=True, slots=True)
class Link:
    """A mechanism's link to a right, with where the link comes from."""

    right: str
    source: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What a mechanism is in clauses that give it a narrower object.

    Attributes:
        where: Regular expression for words of a clause that name the narrower object.
        unless: The same for words with which the clause has the mechanism as a whole all the same.
        beside: Ids of safeguards that would be beside the point there.
    """

    id: str
    phrase: str
    may: str
    where: Pattern
    unless: Pattern
    affected: str
    enables: str
    scale: int
    scope: int
    irremediability: int
    severity_reason: str
    severity_source: str
    questions: tuple[str, ...]
    mitigations: tuple[str, ...]
    beside: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Return whether a clause with this text has the narrower object alone."""
        return bool(self.where.search(text)) and not self.unless.search(text)


NARROWER = frozenset(part.name for part in fields(Variant)) - {"id", "where", "unless", "beside"}
"""What a variant has in place of its mechanism."""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A technical power over people.

    Attributes:
        phrase: What a sentence calls it, in a few words; `name` is a heading.
        may: What a text does that may have it: completes the sentence "The text may ...".
        affected: Who is affected, in words for a report.
        enables: What the clause may enable: completes the sentence "The clause may enable ...".
        scale: 1 to 5, as the two below.
        severity_source: UN document or "project judgment".
        safeguards: Ids of the safeguards that counter it, in the order of the taxonomy.
        act: Regular expression for words by which a sentence rules the act that uses the power; empty where no such
            words tell its clauses apart.
        turned: Ids of safeguards that in a clause or section of the power serve its use, and lower nothing there.
        bars: Ids of safeguards that are beside the point in a clause with a finding of it.
        variants: Narrower forms of it, see `variant_for`.
        variant: Id of the variant that this is; empty for the mechanism as a whole.
    """

    id: str
    name: str
    phrase: str
    may: str
    definition: str
    does_not_count: str
    affected: str
    enables: str
    primary: tuple[Link, ...]
    secondary: tuple[Link, ...]
    scale: int
    scope: int
    irremediability: int
    severity_reason: str
    severity_source: str
    questions: tuple[str, ...]
    mitigations: tuple[str, ...]
    source: str
    safeguards: tuple[str, ...] = derived(())
    act: str = ""
    turned: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    variant: str = derived("")

    def variant_for(self, texts: Iterable[str]) -> "Mechanism":
        """Return the mechanism as clauses with these texts have it: the first variant that fits all, or itself."""
        clauses = tuple(texts)
        fitting = (variant for variant in self.variants if clauses and all(variant.fits(text) for text in clauses))
        variant = next(fitting, None)
        if variant is None:
            return self
        narrower = {name: getattr(variant, name) for name in NARROWER}
        safeguards = tuple(name for name in self.safeguards if name not in variant.beside)
        return replace(self, **narrower, safeguards=safeguards, variant=variant.id)


@dataclass(frozen=True, slots=True)
class Safeguard:
    """A protection that a text can give.

    Attributes:
        phrase: What a sentence or a list calls it, in a few words; `name` is a heading.
        benefit: What it does for people: completes the sentence "The clause ...".
        counters: Ids of the mechanisms that it answers.
    """

    id: str
    name: str
    phrase: str
    definition: str
    does_not_count: str
    benefit: str
    counters: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CompoundRule:
    """Two mechanisms that make each other worse when one proposal has both."""

    id: str
    name: str
    mechanisms: tuple[str, str]
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class SeverityRule:
    """How a triple becomes a level, and what moves the triple.

    Attributes:
        high_scale: At or above this scale alone the level is high; likewise `high_irremediability`.
        high_all: If all three are at or above this the level is high.
        medium_each: If `medium_count` of the three are at or above this the level is medium; else it is low.
        reasons: Sentence by key, to be filled with `str.format`: "scale", "irremediability", "all", "two", "low" say
            why the level is what it is; "may" and "safeguard" say what moved it, "perhaps" what a doubtful
            safeguard would move. Placeholders that may stand in any of them: `{scale}`, `{scope}`,
            `{irremediability}` (the numbers after adjustment, 1 to 5). Beside them, in "may", "safeguard" and
            "perhaps" `{before}` (the number before it was lowered), in "safeguard" and "perhaps" `{safeguard}` (names,
            joined by commas), in "perhaps" `{level}` (the level after the move).
    """

    high_scale: int
    high_irremediability: int
    high_all: int
    medium_each: int
    medium_count: int
    may_lowers_scope_by: int
    safeguard_lowers_irremediability_by: int
    reasons: dict[str, str]
    source: str

    def ground(self, scale: int, scope: int, irremediability: int) -> str:
        """Return the key, in `reasons`, of the sentence that says which level a triple has and why.

        Source: UN Guiding Principles 14 and 24 with commentary name scale, scope and irremediable character; the
        thresholds are project judgment.
        """
        triple = (scale, scope, irremediability)
        if scale >= self.high_scale:
            return "scale"
        if irremediability >= self.high_irremediability:
            return "irremediability"
        if min(triple) >= self.high_all:
            return "all"
        return "two" if sum(number >= self.medium_each for number in triple) >= self.medium_count else "low"


@dataclass(frozen=True)
class Taxonomy:
    """Rights, mechanisms, safeguards and compounds by id, in the order of the files.

    Attributes:
        digest: SHA-256 over the files, hexadecimal.
        general: General provisions by ref: the articles that no right cites, with the reason.
    """

    articles: dict[str, Article]
    rights: dict[str, Right]
    mechanisms: dict[str, Mechanism]
    safeguards: dict[str, Safeguard]
    compounds: tuple[CompoundRule, ...]
    severity: SeverityRule
    digest: str
    instruments: dict[str, Instrument] = field(default_factory=dict)
    general: dict[str, GeneralProvision] = field(default_factory=dict)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Ids of all mechanisms, then of all safeguards."""
        return (*self.mechanisms, *self.safeguards)
