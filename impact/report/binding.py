"""How the clauses of a finding or safeguard bind, and how many of several bind alike: told in one place."""

from collections.abc import Sequence
from itertools import takewhile

from impact.present.words import words
from impact.records import Assessment, RatedFinding, Strength

Binding = tuple[Strength, bool]
"""Strength of the sentence, and whether it binds only where what it rules is used at all."""

WHERE_USED = " where it is used"
APPLIES = f" that applies{WHERE_USED}"


def binding_of(rated: RatedFinding) -> Binding:
    """Return how the clause of a finding binds."""
    return rated.finding.strength, rated.where_used


def bindings_of(assessment: Assessment, topic: str) -> dict[str, Binding]:
    """Return how the clauses found for a label bind, by id of the clause; the first finding counts."""
    powers = [rated for rated in assessment.findings if rated.finding.mechanism == topic]
    guards = [safeguard for safeguard in assessment.safeguards if safeguard.safeguard == topic]
    return {
        **{safeguard.clause: (safeguard.strength, False) for safeguard in reversed(guards)},
        **{rated.finding.clause: binding_of(rated) for rated in reversed(powers)},
    }


def alike(bindings: Sequence[Binding]) -> int:
    """Return how many of the first bind as the first does."""
    return sum(1 for _ in takewhile(lambda binding: binding == bindings[0], bindings))


def lays(binding: Binding) -> str:
    """Return what a passage lays down: "contains a requirement that applies where it is used"."""
    return f"{words().lays[binding[0].value]}{APPLIES * binding[1]}"


def binds(binding: Binding, this: str) -> str:
    """Return what a clause does with a power: "requires it where it is used"; `this` is what to call the power."""
    return f"{words().binds[binding[0].value].format(this=this)}{WHERE_USED * binding[1]}"


def bound(strength: Strength, *, where_used: bool) -> str:
    """Return what a clause does with something: "requires it where it is used"."""
    return f"{words().strength[strength.value]} it{WHERE_USED * where_used}"
