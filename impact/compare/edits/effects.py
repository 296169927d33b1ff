"""Whether an edit bears on people, and what it does: more power over them or less, more protection or less."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impact.compare.edits.edit import RULE_KINDS, EditKind, Effect, Named
from impact.compare.edits.figures import figure, seconds
from impact.compare.edits.labels import RuleStance
from impact.compare.edits.meaning import change_of, stances_of, taught
from impact.compare.edits.persons import personal
from impact.compare.edits.sentencing import Pair
from impact.compare.edits.stance import RuleReading
from impact.grammar.roles import RoleWord
from impact.grammar.values import Party
from impact.numerals import IN_WORDS

_RANK = {Party.PERSON: 3, Party.AUTHORITY: 1, Party.PROVIDER: 0, Party.SYSTEM: 0}
"""In whose hands a decision is safest for people. Source: project judgment."""
_INDEPENDENT = 2
_FLOORS = re.compile(r"\b(?:at least|more than|minimum|not less than|no fewer than|exceed\w*|no less than|over)\b")
_CEILINGS = re.compile(r"\b(?:at most|up to|maximum|(?:not|no) more than|not exceed\w*|less than|fewer than|within)\b")
_DEFAULT_OUT = re.compile(r"\bopt(?:ed|s|ing)?[ -]out\b|\b(?:unless|objects?)\b")
_DEFAULT_IN = re.compile(r"\bopt(?:ed|s|ing)?[ -]in(?:to)?\b")
_AGE = re.compile(rf"\b(?:age[ds]?|under|over)(?: (?:of|the|age))* (?:\d|{IN_WORDS})")
_TIGHT = re.compile(r"\b(?:consent|court|judge|judicial|warrant|approval|agreement|independent|proof|necessary)\b")
_GUARDED = re.compile(r"\b(?:consent|court|judge|judicial|warrant|approval of the|agreement of the)\b")
_LOOSE = re.compile(
    r"\b(?:whether or not|in (?:all|any) cases?|or|even|regardless|irrespective|at any time|objects?)\b"
)
SAYS_THE_SAME = frozenset({EditKind.REWORDING, EditKind.EDITORIAL})
BEARS, PLAIN = 0.5, 0.75
"""Probability that an edit matters to people from which on it bears, and from which on it comes before those of which
that is less sure. Source: project judgment."""
DIRECTED = 0.6
"""Probability from which on a change is said to make it better or worse for people. Source: project judgment."""
SURE = 0.75
"""Probability from which on what a whole sentence does for people is plain. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class EditBearing:
    """What an edit does to people; attributes as in `SentenceEdit`."""

    bears: bool
    effect: Effect = Effect.UNCLEAR
    plain: bool = True


Rules = tuple[RuleReading, RuleReading]


def bearing_of(row: Named, pair: Pair, rules: Rules) -> EditBearing:
    """Return what a change of a sentence does to people; by its grammar alone where there is no network."""
    if row[0] in SAYS_THE_SAME:
        return EditBearing(bears=False)
    if not taught():
        plain = any(rule.concerns or rule.acts for rule in rules)
        return EditBearing(_bears(row[0], rules), _effect_of(row, *rules), plain)
    chances = change_of(*pair).matters
    matters = 1 - chances["nothing"]
    return EditBearing(matters >= BEARS, _effect(row[0], chances, rules, pair), matters >= PLAIN)


def bearing_of_whole(sentence: str, rule: RuleReading, *, added: bool) -> tuple[EditKind, EditBearing] | None:
    """Return kind and bearing of a whole sentence that has come or gone; None for one that does nothing for people."""
    side = rule.side(stances_of(sentence) if taught() else None)
    rated = _whole(side, added=added)
    if not rated:
        return None
    plain = max(stances_of(sentence).values()) >= SURE if taught() else rule.plain(side)
    return rated[0], EditBearing(bears=True, effect=rated[1], plain=plain)


def _effect(kind: EditKind, chances: Mapping[str, float], rules: Rules, pair: Pair) -> Effect:
    """Return the likeliest effect: on protection where the rule protects people before or after, else on power.

    Whether a stronger or weaker binding force is better for people follows from what the rule does for them.
    """
    before, after = (rule.side(stances_of(own)) for rule, own in zip(rules, pair, strict=True))
    old, new = rules
    if kind is EditKind.MODALITY and before is after and not (old.denied or new.denied):
        return _wider(after, _sign(old.strength.rank, new.strength.rank))
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


def _bears(kind: EditKind, rules: Rules) -> bool:
    if kind in RULE_KINDS:
        return any(rule.binds or rule.touches or rule.states for rule in rules)
    if kind is EditKind.PERIOD:
        return any(rule.concerns or rule.acts for rule in rules)
    return kind is EditKind.NUMBER and any(rule.concerns for rule in rules)


def _effect_of(row: Named, old: RuleReading, new: RuleReading) -> Effect:
    """Return what a change of a kind does, judged by what the sentence does for people before and after."""
    kind, gone, come = row
    aim = new.aim or old.aim
    effects = {
        EditKind.POLARITY: lambda: _by_default(come) or _turned(old, new),
        EditKind.MODALITY: lambda: _firmer(old, new),
        EditKind.ACTOR: lambda: _by_hands(old, new),
        EditKind.CONDITION: lambda: _guarding(gone, come) or _wider(aim, _condition(gone, come)),
        EditKind.OBJECT: lambda: _wider(aim or _about(new), bool(come) - bool(gone)),
        EditKind.PERIOD: lambda: (
            Effect.UNCLEAR if _age_denied(new) else _longer(aim, _sign(seconds(come), seconds(gone)))
        ),
        EditKind.NUMBER: lambda: _bounded(aim, gone, come, new),
    }
    return effects[kind]() if kind in effects else Effect.UNCLEAR


def _whole(stance: RuleStance, *, added: bool) -> tuple[EditKind, Effect] | None:
    """Return kind and effect of a whole sentence that has come or gone; None for one that is neutral."""
    table = {
        (RuleStance.PROTECTS, True): (EditKind.PROTECTION_ADDED, Effect.MORE_PROTECTION),
        (RuleStance.PROTECTS, False): (EditKind.PROTECTION_REMOVED, Effect.LESS_PROTECTION),
        (RuleStance.BURDENS, True): (EditKind.BURDEN_ADDED, Effect.MORE_POWER),
        (RuleStance.BURDENS, False): (EditKind.BURDEN_REMOVED, Effect.LESS_POWER),
    }
    return table.get((stance, added))


def _by_default(come: str) -> Effect | None:
    """Return what another default does: to act for oneself or others unless somebody objects is to ask less of them."""
    words = come.lower()
    if _DEFAULT_OUT.search(words):
        return Effect.LESS_PROTECTION
    return Effect.MORE_PROTECTION if _DEFAULT_IN.search(words) else None


def _about(rule: RuleReading) -> RuleStance:
    """Return what a rule does whose act says nothing: to name more of what is of people is a burden."""
    return RuleStance.BURDENS if rule.touches else RuleStance.NEUTRAL


def _turned(old: RuleReading, new: RuleReading) -> Effect:
    """Return what a rule does that was turned round, by its stance, or by what its act does to people."""
    for before, after in ((old.stance, new.stance), (old.aim, new.aim)):
        if before is not after:
            if after > before:
                return Effect.MORE_PROTECTION if after is RuleStance.PROTECTS else Effect.LESS_POWER
            return Effect.LESS_PROTECTION if before is RuleStance.PROTECTS else Effect.MORE_POWER
    return Effect.UNCLEAR


def _firmer(old: RuleReading, new: RuleReading) -> Effect:
    step = old.strength.rank - new.strength.rank
    if old.stance is not new.stance:
        return _turned(old, new)
    return _wider(new.aim, _sign(step, 0))


def _wider(stance: RuleStance, step: int) -> Effect:
    """Return what a rule does that reaches further (1) or less far (-1) than before."""
    if not step or stance is RuleStance.NEUTRAL:
        return Effect.UNCLEAR
    if stance is RuleStance.PROTECTS:
        return Effect.MORE_PROTECTION if step > 0 else Effect.LESS_PROTECTION
    return Effect.MORE_POWER if step > 0 else Effect.LESS_POWER


def _longer(stance: RuleStance, step: int) -> Effect:
    """Return what a time does that is longer (1) or shorter (-1): a duty to erase after it is worth less, say."""
    return _wider(stance, -step if stance is RuleStance.PROTECTS else step)


def _guarding(gone: str, come: str) -> Effect | None:
    """Return what a condition does that guards people, such as a court order, where it comes, goes or gives way."""
    before, after = (bool(_GUARDED.search(words.lower())) for words in (gone, come))
    if before is after:
        return None
    return Effect.MORE_PROTECTION if after else Effect.LESS_PROTECTION


def _condition(gone: str, come: str) -> int:
    """Return whether a rule reaches further by its conditions."""
    if bool(gone) != bool(come):
        bare = gone or come
        return 1 if gone or _LOOSE.match(bare.lower()) else -1
    tight = _sign(_tightness(come), _tightness(gone))
    return -tight if tight else int(bool(_LOOSE.search(come.lower())))


def _tightness(words: str) -> int:
    """Return how well a condition guards people: 2 for consent and courts, 1 for a check of another kind."""
    return 2 * bool(_GUARDED.search(words.lower())) or int(bool(_TIGHT.search(words.lower())))


def _by_hands(old: RuleReading, new: RuleReading) -> Effect:
    before, after = old.words, new.words
    lost = _hands(word for word in before if word.lemma not in {other.lemma for other in after})
    gained = _hands(word for word in after if word.lemma not in {other.lemma for other in before})
    if lost is None or gained is None or lost == gained:
        return Effect.UNCLEAR
    return Effect.MORE_PROTECTION if gained > lost else Effect.LESS_PROTECTION


def _hands(words: Iterable[RoleWord]) -> int | None:
    ranks = []
    for word in words:
        if _TIGHT.fullmatch(word.lemma):
            ranks.append(_INDEPENDENT)
        elif personal(word):
            ranks.append(_RANK[Party.PERSON])
        elif word.party in _RANK:
            ranks.append(_RANK[word.party])
    return max(ranks, default=None)


def _bounded(stance: RuleStance, gone: str, come: str, new: RuleReading) -> Effect:
    step = _sign(figure(come), figure(gone))
    text = " ".join(word.text.lower() for word in new.words)
    floor = bool(_FLOORS.search(text)) and not _CEILINGS.search(text)
    if not step or stance is RuleStance.NEUTRAL or _age_denied(new):
        return Effect.UNCLEAR
    if stance is RuleStance.PROTECTS:
        return _wider(stance, step)
    return _wider(stance, -step if floor else step)


def _age_denied(rule: RuleReading) -> bool:
    """Return whether a denial hangs on an age: whom a lower one guards, the words do not say."""
    return rule.denied and bool(_AGE.search(" ".join(word.text.lower() for word in rule.words)))


def _sign(one: float | None, other: float | None) -> int:
    if one is None or other is None:
        return 0
    return (one > other) - (one < other)
