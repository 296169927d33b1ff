"""What became of the findings and safeguards of clauses that are the same one in both editions."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar

from impact.compare.wording import key_of
from impact.compare.words import words
from impact.records import Level
from impact.records.report import ReportClause, ReportFinding, ReportSafeguard

Label = TypeVar("Label", ReportFinding, ReportSafeguard)


@dataclass(frozen=True, slots=True)
class FindingShift:
    """A finding in the old text, in the new text, or in both.

    Attributes:
        words_stand: For one that is gone or new: whether the words that carry it stand in the other text too, so that
            what stands around them must have changed.

    Raises:
        ValueError: If it is in neither.
    """

    old: ReportFinding | None
    new: ReportFinding | None
    words_stand: bool = False

    def __post_init__(self) -> None:
        if self.old is None and self.new is None:
            raise ValueError("a finding in neither text")

    @property
    def change(self) -> str:
        """One of new, gone, mechanism, raised, lowered, stronger, weaker, weighed, kept: the first that applies."""
        old, new = self.old, self.new
        if old is None or new is None:
            return "new" if old is None else "gone"
        if old.mechanism != new.mechanism:
            return "mechanism"
        before, after = old.severity, new.severity
        if before.level is not after.level:
            return "raised" if after.level > before.level else "lowered"
        if old.strength is not new.strength:
            return "stronger" if new.strength.rank < old.strength.rank else "weaker"
        return "kept" if (before.triple, old.doubtful) == (after.triple, new.doubtful) else "weighed"

    @property
    def manner(self) -> str:
        """The change; for one that is gone or new with words that stand in both texts, "gone_context" and so on."""
        return f"{self.change}_context" if self.words_stand else self.change

    @property
    def sure(self) -> bool:
        """Whether no side of it is doubtful."""
        return not any(label.doubtful for label in (self.old, self.new) if label)

    @property
    def level(self) -> Level:
        """The level that counts for the order: of the new text where it is in it, else of the old one."""
        finding = self.new or self.old
        assert finding is not None  # noqa: S101 (checked at birth)
        return finding.severity.level

    @property
    def gravity(self) -> int:
        """Where it stands among the effects of changes, highest first; 0 where it is kept."""
        return words().gravity.finding[self.manner][self.level]


@dataclass(frozen=True, slots=True)
class SafeguardShift:
    """A safeguard in the old text, in the new text, or in both; attributes as in `FindingShift`.

    Raises:
        ValueError: If it is in neither, or not the same in both.
    """

    old: ReportSafeguard | None
    new: ReportSafeguard | None
    words_stand: bool = False

    def __post_init__(self) -> None:
        names = {safeguard.safeguard for safeguard in (self.old, self.new) if safeguard}
        if len(names) != 1:
            raise ValueError(f"a safeguard in neither text, or two: {names}")

    @property
    def sure(self) -> bool:
        """As in `FindingShift`."""
        return not any(label.doubtful for label in (self.old, self.new) if label)

    @property
    def name(self) -> str:
        """Id of the safeguard."""
        return next(safeguard.safeguard for safeguard in (self.old, self.new) if safeguard)

    @property
    def change(self) -> str:
        """One of new, gone, weakened, strengthened, weighed, kept: the first that applies."""
        if self.old is None or self.new is None:
            return "new" if self.old is None else "gone"
        steps = self.new.strength.rank - self.old.strength.rank
        if steps:
            return "weakened" if steps > 0 else "strengthened"
        return "kept" if self.old.doubtful is self.new.doubtful else "weighed"

    @property
    def manner(self) -> str:
        """As in `FindingShift`."""
        return f"{self.change}_context" if self.words_stand else self.change

    @property
    def gravity(self) -> int:
        """As in `FindingShift`."""
        return words().gravity.safeguard[self.manner]


def finding_shifts(old: Sequence[ReportClause], new: Sequence[ReportClause]) -> tuple[FindingShift, ...]:
    """Return what became of each finding of some clauses: those of one mechanism are paired in their order.

    Where one finding is left on each side, the clause has changed its mechanism.
    """
    before, after = ([finding for clause in side for finding in clause.findings] for side in (old, new))
    pairs = _paired(before, after, lambda finding: finding.mechanism)
    gone = [earlier for earlier, later in pairs if later is None]
    come = [later for earlier, later in pairs if earlier is None]
    if len(gone) == len(come) == 1:
        pairs = [(earlier, later) for earlier, later in pairs if earlier and later]
        pairs.append((gone[0], come[0]))
    texts = _text(old), _text(new)
    return tuple(FindingShift(*pair, _words_stand(*pair, texts)) for pair in pairs)


def safeguard_shifts(old: Sequence[ReportClause], new: Sequence[ReportClause]) -> tuple[SafeguardShift, ...]:
    """Return what became of each safeguard of some clauses: the same ones are paired in their order."""
    before, after = ([safeguard for clause in side for safeguard in clause.safeguards] for side in (old, new))
    texts = _text(old), _text(new)
    pairs = _paired(before, after, lambda safeguard: safeguard.safeguard)
    return tuple(SafeguardShift(*pair, _words_stand(*pair, texts)) for pair in pairs)


def _text(clauses: Iterable[ReportClause]) -> str:
    return key_of("\n".join(clause.text for clause in clauses))


def _words_stand(
    old: ReportFinding | ReportSafeguard | None, new: ReportFinding | ReportSafeguard | None, texts: tuple[str, str]
) -> bool:
    """Return whether the words of what is in one text alone stand in the other text."""
    label = old or new
    if label is None or (old and new):
        return False
    text = texts[1] if old else texts[0]
    return bool(text) and all(key_of(quotation.quote) in text for quotation in label.evidence)


def _paired(
    old: Iterable[Label], new: Iterable[Label], name: Callable[[Label], str]
) -> list[tuple[Label | None, Label | None]]:
    sides: dict[str, tuple[list[Label], list[Label]]] = defaultdict(lambda: ([], []))
    for place, side in enumerate((old, new)):
        for label in side:
            sides[name(label)][place].append(label)
    return [pair for name in sorted(sides) for pair in zip_longest(*sides[name])]
