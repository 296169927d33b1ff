"""Findings under headings: by severity, by clause, by right."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from impact.present.cleaning import clipped, plain
from impact.present.words import words
from impact.taxonomy import load
from impact.web.desk.view import Item

LEVELS = {"high": "High", "medium": "Medium", "low": "Low"}
OTHERS, GUARDS = "Added by reviewers", "Safeguards"
DECIDE = str(words()["decide"]["title"])


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Items under a heading; those that stand in an earlier group too are only named."""

    title: str
    items: tuple[Item, ...]
    named: tuple[Item, ...] = ()

    @property
    def left(self) -> int:
        """How many are undecided."""
        return sum(not one.decided for one in self.items)


def grouped(items: Iterable[Item], order: str, report: Mapping[str, Any]) -> tuple[FindingGroup, ...]:
    """Return the items under headings; `order` is a key of the words `orders`."""
    return ORDERS[order](tuple(items), report)


def _by_severity(items: tuple[Item, ...], _: Mapping[str, Any]) -> tuple[FindingGroup, ...]:
    """Return firm findings by level, then all doubtful ones, which keep their place when they are decided."""
    made: dict[str, list[Item]] = {title: [] for title in (*LEVELS.values(), DECIDE, OTHERS, GUARDS)}
    for one in items:
        title = DECIDE if one.subject.doubtful else LEVELS.get(one.level, OTHERS)
        made[title if one.is_finding else GUARDS].append(one)
    return tuple(FindingGroup(title, tuple(each)) for title, each in made.items() if each)


def _by_clause(items: tuple[Item, ...], report: Mapping[str, Any]) -> tuple[FindingGroup, ...]:
    order = {clause["id"]: index for index, clause in enumerate(report["clauses"])}
    chapters = {clause["id"]: (clause["headings"] or [""])[0] for clause in report["clauses"]}
    made: dict[str, list[Item]] = {}
    for one in sorted(items, key=lambda one: (order[one.subject.clause], not one.is_finding)):
        made.setdefault(chapters[one.subject.clause], []).append(one)
    return tuple(FindingGroup(clipped(plain(title), 90) or "No heading", tuple(each)) for title, each in made.items())


def _by_right(items: tuple[Item, ...], _: Mapping[str, Any]) -> tuple[FindingGroup, ...]:
    names = {name: right.name for name, right in load().rights.items()}
    made: dict[str, list[Item]] = {name: [] for name in names}
    for one in items:
        for right in one.primary:
            made.setdefault(right, []).append(one)
    seen: set[str] = set()
    groups = []
    for right, each in made.items():
        fresh = tuple(one for one in each if one.dom not in seen)
        named = tuple(one for one in each if one.dom in seen)
        seen |= {one.dom for one in each}
        if each:
            groups.append(FindingGroup(names.get(right, plain(right)), fresh, named))
    rest = tuple(one for one in items if one.dom not in seen)
    return (*groups, *([FindingGroup("Safeguards and added findings", rest)] if rest else []))


ORDERS: dict[str, Callable[[tuple[Item, ...], Mapping[str, Any]], tuple[FindingGroup, ...]]] = {
    "severity": _by_severity,
    "clause": _by_clause,
    "right": _by_right,
}
