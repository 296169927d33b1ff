"""The worksheet of the tests that a limitation of a right has to pass."""

from dataclasses import dataclass

from impact.records.span import Cited


@dataclass(frozen=True, slots=True)
class Ground:
    """An aim, with the words of the text that name it; `cites` empty where the text does not."""

    id: str
    name: str
    cites: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Limitation:
    """What an article asks of a limitation of a right.

    Attributes:
        ref: The paragraph ("ICCPR 19(3)").
        law: What it asks of the law ("provided by law").
        need: What it asks beside the law ("necessary").
        grounds: The aims that it lists, in its order; empty where it lists none.
        note: What else to know.
        source: Article and general comments.
    """

    ref: str
    law: str
    need: str
    grounds: tuple[Ground, ...]
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class RightSheet:
    """The tests for one right to which a mechanism found has a primary link.

    Attributes:
        mechanisms: Ids of those mechanisms, gravest first.
        limitations: What its articles ask; empty where they name no limitation at all.
        answers: By test ("legality", "necessity", "proportionality"), the clauses that may speak to it.
        unlisted: Aims that the text names and that none of the articles lists.
    """

    right: str
    mechanisms: tuple[str, ...]
    limitations: tuple[Limitation, ...]
    answers: tuple[tuple[str, tuple[Cited, ...]], ...]
    unlisted: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """All of it, each tuple in the order of the taxonomy.

    Attributes:
        sheets: Rights that may be limited and to which a mechanism found has a primary link.
        absolute: Ids of rights touched that may not be limited, or not in part.
        firm: Ids of rights touched from which, or from parts of which, no emergency allows derogation.
        further: Ids of rights that may be limited and are reached by secondary links alone.
    """

    sheets: tuple[RightSheet, ...] = ()
    absolute: tuple[str, ...] = ()
    firm: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
