"""What an edit does to people: more power over them or less, more protection or less."""

import re
from collections.abc import Iterable

from impact.compare.edits.edit import EditKind, Effect, Named
from impact.compare.edits.figures import figure, seconds
from impact.compare.edits.labels import RuleStance
from impact.compare.edits.persons import personal
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


def effect_of(row: Named, old: RuleReading, new: RuleReading) -> Effect:
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


def whole(stance: RuleStance, *, added: bool) -> tuple[EditKind, Effect] | None:
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
