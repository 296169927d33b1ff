"""Whether a rule protects people, burdens them, or does neither."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from impact.compare.edits.terms import Term
from impact.grammar.roles import RoleWord, WordRole
from impact.grammar.values import Party
from impact.records import Strength
from impact.stems import singular
from impact.typed import loader

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class StanceWords:
    """The whole of stance.toml."""

    people: Words
    matters: Words
    protects: Words
    powers: Words
    grave: Words
    gains: Words
    received: Words
    open: Words
    accounts: Words
    guards: tuple[str, ...]


stance_words = loader(StanceWords, "impact.compare.edits", "stance.toml")


class RuleStance(IntEnum):
    """What a rule does for people."""

    BURDENS = -1
    NEUTRAL = 0
    PROTECTS = 1


@dataclass(frozen=True, slots=True)
class RuleReading:
    """A sentence as its stance is told: its words and its terms."""

    words: tuple[RoleWord, ...]
    terms: tuple[Term, ...]

    @property
    def touches(self) -> bool:
        """Whether it is about people or what is theirs."""
        lists = stance_words()
        near = [(form, word.kind) for word in self.words for form in (word.lemma, singular(word.text.lower()))]
        named = any(form in lists.people or (form in lists.matters and kind != "verb") for form, kind in near)
        return named or self.guarded

    @property
    def guarded(self) -> bool:
        """Whether it names what guards people wherever it is."""
        text = f" {' '.join(word.text.lower() for word in self.words)} "
        return any(f" {guard} " in text or f" {guard}s " in text for guard in stance_words().guards)

    @property
    def binds(self) -> bool:
        """Whether it requires, recommends, permits or forbids."""
        return any(term.meaning.strength or term.meaning.negates for term in self.terms)

    @property
    def strength(self) -> Strength:
        """That of its last modal verb before the act; descriptive where there is none."""
        strengths = [term.meaning.strength for term in self._before(self._main_act) if term.meaning.strength]
        return strengths[-1] if strengths else Strength.DESCRIPTIVE

    @property
    def denied(self) -> bool:
        """Whether it says that the act does not come about."""
        return self._denied(self._main_act)

    @property
    def _main_act(self) -> RoleWord | None:
        return self._act(next((at for at, word in enumerate(self.words) if self._modal(word)), None))

    @property
    def concerns(self) -> bool:
        """Whether it protects or burdens people, or is about them."""
        return self.touches or self.stance is not RuleStance.NEUTRAL

    @property
    def stance(self) -> RuleStance:
        """What it does for people, as far as its verb and its subject tell."""
        modal = next((at for at, word in enumerate(self.words) if self._modal(word)), None)
        act = self._act(modal)
        subject = self._subject(modal)
        denied = self._denied(act)
        if subject is not None and personal(subject):
            return self._of_person(act, denied=denied)
        if denied and act is not None and act.lemma in stance_words().powers:
            return RuleStance.PROTECTS
        value = self._of_other(act)
        if not denied:
            return RuleStance(value)
        return RuleStance(-value) if value else RuleStance(int(self.touches))

    @property
    def aim(self) -> RuleStance:
        """What its act alone does to people, whatever guards it: the stance of a rule without its conditions."""
        lists, act = stance_words(), self._main_act
        if act is None:
            return self.stance
        modal = next((at for at, word in enumerate(self.words) if self._modal(word)), None)
        subject = self._subject(modal)
        if subject is not None and personal(subject):
            return self.stance
        if act.lemma in (lists.powers if self.touches else lists.grave) - lists.protects:
            return RuleStance.PROTECTS if self.denied else RuleStance.BURDENS
        return self.stance

    def _modal(self, word: RoleWord) -> bool:
        return word.main and any(term.meaning.strength and term.span.meets(word.span) for term in self.terms)

    def _denied(self, act: RoleWord | None) -> bool:
        """Return whether what stands before the act denies it; of a sentence without an act, anything in it."""
        denials = [term for term in self._before(act) if term.meaning.negates and not term.condition]
        return len(denials) % 2 == 1

    def _before(self, act: RoleWord | None) -> list[Term]:
        return [term for term in self.terms if term.main and (act is None or term.span.start < act.span.start)]

    def _act(self, modal: int | None) -> RoleWord | None:
        """Return the verb behind the modal verb, or the first verb where there is none; "be" and "have" are none."""
        verbs = [word for word in self.words[modal or 0 :] if word.kind == "verb" and not self._modal(word)]
        return next((word for word in verbs if word.main and word.role is not WordRole.CONDITION), None)

    def _subject(self, modal: int | None) -> RoleWord | None:
        """Return the noun that the statement is about."""
        end = (
            modal
            if modal is not None
            else next((at for at, word in enumerate(self.words) if word.kind == "verb" and word.main), 0)
        )
        head = None
        for word in self.words[:end]:
            if word.role is WordRole.CONDITION:
                continue
            if head is not None and word.kind not in ("noun", "adjective", "punctuation"):
                break
            head = word if word.kind == "noun" else head
        return head

    def _of_person(self, act: RoleWord | None, *, denied: bool) -> RuleStance:
        lists = stance_words()
        strengths = [term.meaning.strength for term in self._before(act) if term.meaning.strength]
        excused = denied and any("require" in term.words or "oblige" in term.words for term in self.terms)
        if excused:
            return RuleStance.PROTECTS
        if Strength.MAY in strengths:
            return RuleStance.BURDENS if denied else RuleStance.PROTECTS
        if act is None:
            return RuleStance.NEUTRAL
        if self._passive(act):
            value = -1 if act.lemma in lists.powers - lists.received else 1
            return RuleStance(-value if denied else value)
        return RuleStance.PROTECTS if act.lemma in lists.gains and not denied else RuleStance.BURDENS

    def _passive(self, act: RoleWord) -> bool:
        at = self.words.index(act)
        near = self.words[max(0, at - 3) : at]
        return act.text.lower() != act.lemma and any(word.lemma == "be" for word in near)

    def _of_other(self, act: RoleWord | None) -> int:
        lists = stance_words()
        if act is None:
            return int(self.guarded)
        accounts = act.lemma in lists.open and any(word.lemma in lists.accounts for word in self.words)
        serves = act.lemma in lists.protects and self.touches
        given = act.lemma in lists.received and (
            self._for_person() or (act.lemma in lists.protects and self._passive(act))
        )
        if accounts or serves or given or self.guarded:
            return 1
        return -1 if act.lemma in lists.powers and self.touches else 0

    def _for_person(self) -> bool:
        return any(personal(word) for word in self.words if word.role is WordRole.OBJECT)


def personal(word: RoleWord) -> bool:
    """Return whether a word names people."""
    lists = stance_words()
    return word.party is Party.PERSON or word.lemma in lists.people or singular(word.text.lower()) in lists.people


def rule_of(words: Sequence[RoleWord], terms: Iterable[Term]) -> RuleReading:
    """Return a parsed sentence as its stance is told."""
    return RuleReading(tuple(words), tuple(terms))
