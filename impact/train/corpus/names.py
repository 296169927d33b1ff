"""Replace names of countries, companies, standards bodies and people by others of the same kind."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from impact.typed import loader

_BEFORE = r"(?<![\w@/.&-])"
_AFTER = r"(?![\w@/&]|-\w|\.\w)"

_NUMBERED = r"(?![-/ ]?(?:\(?[A-Z][\w./-]*[ -]){0,3}\(?[A-Z]*[.-]?\d)"
"""What must not follow a body, for then it is part of a specification's name: "ETSI TS 103 645", "ISO 8601".

Source: project judgment.
"""


@dataclass(frozen=True, slots=True)
class _NameLists:
    """The lists of names.toml, see there."""

    country: tuple[tuple[str, str], ...]
    also: tuple[tuple[str, str], ...]
    company: tuple[str, ...]
    body: tuple[str, ...]
    body_name: tuple[str, ...]
    given: tuple[str, ...]
    surname: tuple[str, ...]
    stays_before: tuple[str, ...]


class NameSwap:
    """Swaps each name for another, always the same one.

    Args:
        seed: Chooses which; the same seed gives the same replacements.
    """

    def __init__(self, seed: int) -> None:
        names = _lists()
        chance = random.Random(seed)  # noqa: S311 (a fair choice, no secret)
        self._others: dict[str, str] = dict(_in_circle(names.country, chance))
        self._others |= {other: self._others[country] for country, other in names.also}
        for alike in (names.company, names.body, names.body_name, names.given, names.surname):
            self._others |= dict(_in_circle([(name,) for name in alike], chance))
        stays = "|".join(map(re.escape, names.stays_before))
        bodies = set(names.body)
        plain = _any(name for name in self._others if name not in bodies)
        numbered = _any(bodies)
        self._pattern = re.compile(
            f"{_BEFORE}(?:(?:{plain}){_AFTER}(?! (?:{stays})\\b)|(?:{numbered}){_AFTER}{_NUMBERED})"
        )

    def occurs_in(self, text: str) -> bool:
        """Return whether there is a name to swap."""
        return self._pattern.search(text) is not None

    def swapped(self, text: str) -> str:
        """Return the text with every name replaced."""
        return self._pattern.sub(lambda match: self._others[match[0]], text)


def _in_circle(names: Sequence[Sequence[str]], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield each name and its successor in a random circle; the names of one entry go together, place by place."""
    order = list(names)
    chance.shuffle(order)
    for entry, successors in zip(order, [*order[1:], order[0]], strict=True):
        yield from zip(entry, successors, strict=True)


def _any(names: Iterator[str] | set[str]) -> str:
    """Return a pattern of any of the names, longer ones first."""
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


_lists = loader(_NameLists, "impact.train.corpus", "names.toml")
