"""Whether an edit bears on people, and what it does: more power over them or less, more protection or less."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.compare.edits.edit import EditKind, Effect
from impact.compare.edits.meaning import RuleStance, change_of, stance_of
from impact.compare.edits.rule import RuleReading
from impact.compare.edits.sentencing import Pair

SAYS_THE_SAME = frozenset({EditKind.REWORDING, EditKind.EDITORIAL})
BEARS, PLAIN = 0.5, 0.75
"""Probability that an edit matters to people from which on it bears, and from which on it comes before those of which
that is less sure. Source: project judgment."""
DIRECTED = 0.6
"""Probability from which on a change is said to make it better or worse for people. Source: project judgment."""
SURE = 0.75
"""Probability from which on what a whole sentence does for people is plain. Source: project judgment."""
WHOLE = {
    (RuleStance.PROTECTS, True): (EditKind.PROTECTION_ADDED, Effect.MORE_PROTECTION),
    (RuleStance.PROTECTS, False): (EditKind.PROTECTION_REMOVED, Effect.LESS_PROTECTION),
    (RuleStance.BURDENS, True): (EditKind.BURDEN_ADDED, Effect.MORE_POWER),
    (RuleStance.BURDENS, False): (EditKind.BURDEN_REMOVED, Effect.LESS_POWER),
}
"""Kind and effect of a sentence that was added (True) or deleted, by what it does for people."""

Rules = tuple[RuleReading, RuleReading]


@dataclass(frozen=True, slots=True)
class EditBearing:
    """What an edit does to people; attributes as in `SentenceEdit`."""

    bears: bool
    effect: Effect = Effect.UNCLEAR
    plain: bool = True


def bearing_of(kind: EditKind, pair: Pair, rules: Rules) -> EditBearing:
    """Return what a change of a sentence does to people; raises as `change_of`."""
    if kind in SAYS_THE_SAME:
        return EditBearing(bears=False)
    chances = change_of(*pair).matters
    matters = 1 - chances["nothing"]
    return EditBearing(matters >= BEARS, _effect(kind, chances, rules, pair), matters >= PLAIN)


def bearing_of_whole(sentence: str, *, added: bool) -> tuple[EditKind, EditBearing] | None:
    """Return kind and bearing of a whole sentence that has come or gone; None for one that does nothing for people.

    Raises:
        MissingError: As for `stance_of`.
    """
    stance, probability = stance_of(sentence)
    if stance is RuleStance.NEUTRAL:
        return None
    kind, effect = WHOLE[stance, added]
    return kind, EditBearing(bears=True, effect=effect, plain=probability >= SURE)


def _effect(kind: EditKind, chances: Mapping[str, float], rules: Rules, pair: Pair) -> Effect:
    """Return the likeliest effect: on protection where the rule protects people before or after, else on power.

    Whether a stronger or weaker binding force is better for people follows from what the rule does for them.
    """
    before, after = (stance_of(sentence)[0] for sentence in pair)
    if kind is EditKind.MODALITY and before is after and not any(rule.denied for rule in rules):
        old, new = (rule.strength.rank for rule in rules)
        return _bound(after, firmer=old > new) if old != new else Effect.UNCLEAR
    likeliest = max(("worse", "better"), key=lambda name: chances[name])
    if chances[likeliest] < DIRECTED:
        return Effect.UNCLEAR
    table = {
        ("worse", True): Effect.LESS_PROTECTION,
        ("worse", False): Effect.MORE_POWER,
        ("better", True): Effect.MORE_PROTECTION,
        ("better", False): Effect.LESS_POWER,
    }
    return table[likeliest, RuleStance.PROTECTS in (before, after)]


def _bound(stance: RuleStance, *, firmer: bool) -> Effect:
    """Return what it does that a rule binds more firmly, or less."""
    if stance is RuleStance.NEUTRAL:
        return Effect.UNCLEAR
    return WHOLE[stance, firmer][1]
