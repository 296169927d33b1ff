"""What became of the findings and safeguards of clauses that are the same one in both editions."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar

from impact.compare.edition import Guard, Passage, Power
from impact.compare.wording import key_of
from impact.records import Strength

Item = TypeVar("Item", Power, Guard)
ORDER = list(Strength)


@dataclass(frozen=True, slots=True)
class PowerShift:
    """A finding in the old text, in the new text, or in both.

    Attributes:
        old: The finding in the old text.
        new: The finding in the new text.
        words_stand: For one that is gone or new: whether the words that carry it stand in the other text too, so that
            what stands around them must have changed.

    Raises:
        ValueError: If it is in neither.
    """

    old: Power | None
    new: Power | None
    words_stand: bool = False

    def __post_init__(self) -> None:
        """Refuse a finding that is in neither text."""
        if self.old is None and self.new is None:
            msg = "a finding in neither text"
            raise ValueError(msg)

    @property
    def change(self) -> str:
        """One of new, gone, mechanism, raised, lowered, stronger, weaker, weighed, kept: the first that applies."""
        old, new = self.old, self.new
        if old is None or new is None:
            return "new" if old is None else "gone"
        if old.mechanism != new.mechanism:
            return "mechanism"
        if old.level is not new.level:
            return "raised" if new.level > old.level else "lowered"
        if old.strength is not new.strength:
            return "stronger" if ORDER.index(new.strength) < ORDER.index(old.strength) else "weaker"
        return "kept" if (old.triple, old.doubtful) == (new.triple, new.doubtful) else "weighed"

    @property
    def manner(self) -> str:
        """The change; for one that is gone or new with words that stand in both texts, "gone_context" and so on."""
        return f"{self.change}_context" if self.words_stand else self.change

    @property
    def level(self) -> str:
        """The level that counts for the order: of the new text where it is in it, else of the old one."""
        power = self.new or self.old
        assert power is not None  # noqa: S101 (checked at birth)
        return power.level.value


@dataclass(frozen=True, slots=True)
class GuardShift:
    """A safeguard in the old text, in the new text, or in both; attributes as in `PowerShift`.

    Raises:
        ValueError: If it is in neither, or not the same in both.
    """

    old: Guard | None
    new: Guard | None
    words_stand: bool = False

    def __post_init__(self) -> None:
        """Refuse a safeguard that is in neither text and two different ones."""
        names = {guard.safeguard for guard in (self.old, self.new) if guard}
        if len(names) != 1:
            msg = f"a safeguard in neither text, or two: {names}"
            raise ValueError(msg)

    @property
    def name(self) -> str:
        """Id of the safeguard."""
        return next(guard.safeguard for guard in (self.old, self.new) if guard)

    @property
    def change(self) -> str:
        """One of new, gone, weakened, strengthened, weighed, kept: the first that applies."""
        if self.old is None or self.new is None:
            return "new" if self.old is None else "gone"
        steps = ORDER.index(self.new.strength) - ORDER.index(self.old.strength)
        if steps:
            return "weakened" if steps > 0 else "strengthened"
        return "kept" if self.old.doubtful is self.new.doubtful else "weighed"

    @property
    def manner(self) -> str:
        """As in `PowerShift`."""
        return f"{self.change}_context" if self.words_stand else self.change


def power_shifts(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[PowerShift, ...]:
    """Return what became of each finding of some clauses: those of one mechanism are paired in their order.

    Where one finding is left on each side, the clause has changed its mechanism.
    """
    before, after = ([power for one in side for power in one.powers] for side in (old, new))
    pairs = _paired(before, after, lambda power: power.mechanism)
    gone = [one for one, other in pairs if other is None]
    come = [other for one, other in pairs if one is None]
    if len(gone) == len(come) == 1:
        pairs = [(one, other) for one, other in pairs if one and other]
        pairs.append((gone[0], come[0]))
    texts = _text(old), _text(new)
    return tuple(PowerShift(one, other, _stand(one, other, texts)) for one, other in pairs)


def guard_shifts(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[GuardShift, ...]:
    """Return what became of each safeguard of some clauses: the same ones are paired in their order."""
    before, after = ([guard for one in side for guard in one.guards] for side in (old, new))
    texts = _text(old), _text(new)
    pairs = _paired(before, after, lambda guard: guard.safeguard)
    return tuple(GuardShift(one, other, _stand(one, other, texts)) for one, other in pairs)


def _text(passages: Iterable[Passage]) -> str:
    return key_of("\n".join(passage.text for passage in passages))


def _stand(old: Power | Guard | None, new: Power | Guard | None, texts: tuple[str, str]) -> bool:
    """Return whether the words of what is in one text alone stand in the other text."""
    if old and new:
        return False
    text = texts[1] if old else texts[0]
    quotes = [key_of(quote) for item in (old, new) if item for quote in item.quotes]
    return bool(text) and all(quote in text for quote in quotes)


def _paired(
    old: Iterable[Item], new: Iterable[Item], name: Callable[[Item], str]
) -> list[tuple[Item | None, Item | None]]:
    sides: dict[str, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for place, side in enumerate((old, new)):
        for item in side:
            sides[name(item)][place].append(item)
    return [pair for name in sorted(sides) for pair in zip_longest(*sides[name])]
