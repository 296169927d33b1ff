"""questions.toml, typed: what is asked of each power, what answers it, and the word lists for noun phrases."""

from dataclasses import dataclass

from impact.typed import Pattern, loader


@dataclass(frozen=True, slots=True)
class StrengthQuestions:
    """What the strength of the wording asks for, and where it is not asked; see questions.toml."""

    plain: str
    actor: str = ""
    case: str = ""
    cases: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What is asked of a sentence that leaves the matter to others, and the hedges by which it does so."""

    hedges: tuple[str, ...]
    plain: str


@dataclass(frozen=True, slots=True)
class Fit:
    """Questions that fit only sentences with words of `where`, if there are such, and without words of `unless`.

    Attributes:
        things: Patterns of the words for the thing ("data"), one of which a question needs, if there are such.
        otherwise: The question in place of one that does not fit, if there is one.
    """

    texts: tuple[str, ...]
    where: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class PowerQuestions:
    """The questions of a mechanism, or of a variant of it ("shut-off/variant")."""

    mechanism: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatedAnswer:
    """What the text says already, and what is asked once it does.

    Attributes:
        mechanism: Id of the power; empty for any.
        where: Patterns of the words, as for `phrases`; named groups are words that `texts` may name.
        near: Id of a mechanism; the words may then also stand in a clause of the section with a firm finding of it.
        safeguards: Safeguards of the text that say it together.
        power: The power that the text is about, which says it.
        lacking: Patterns of words that no assessed clause has.
        instead: Questions that are then not asked.
        texts: Questions that are asked, first where the clause says it or the words are named.
        settles: General questions of the taxonomy that are not asked beside `texts`, or at all where there are none.
    """

    mechanism: str = ""
    where: tuple[str, ...] = ()
    near: str = ""
    safeguards: tuple[str, ...] = ()
    power: str = ""
    lacking: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NounLists:
    """Word lists by which noun phrases are found and judged; see questions.toml."""

    qualifiers: frozenset[str]
    uncounted: frozenset[str]
    determiners: frozenset[str]
    quantifiers: frozenset[str]
    not_before_things: frozenset[str]
    owners: frozenset[str]
    concerned: frozenset[str]
    parts: frozenset[str]
    powers_of_people: frozenset[str]
    powers_of_giving: frozenset[str]
    taking: frozenset[str]
    acting_on_objects: frozenset[str]
    placed: Pattern
    prepositions: frozenset[str]
    vague: frozenset[str]
    actors: frozenset[str]
    things_in_capitals: frozenset[str]
    things_in_er: frozenset[str]


@dataclass(frozen=True, slots=True)
class QuestionLibrary:
    """All of questions.toml; `things` are the heads of noun phrases for what a mechanism concerns."""

    strength: dict[str, StrengthQuestions]
    unsettled: Unsettled
    fits: tuple[Fit, ...]
    questions: dict[str, PowerQuestions]
    in_clause: tuple[StatedAnswer, ...]
    anywhere: tuple[StatedAnswer, ...]
    things: dict[str, tuple[str, ...]]
    nouns: NounLists


wording = loader(QuestionLibrary, "impact.advise.questions", "questions.toml")
