"""Whether a rule protects people, burdens them, or does neither."""

from collections.abc import Mapping
from dataclasses import dataclass

from impact.compare.edits.deeds import answerable, deed, shut_out
from impact.compare.edits.labels import NO_LABELS, RuleStance, SentenceLabels
from impact.compare.edits.persons import behind, compound, is_act, objects, personal, spaced, touching
from impact.compare.edits.stance_words import Words, stance_words
from impact.compare.edits.terms import Term, excused
from impact.grammar.roles import RoleWord, WordRole
from impact.grammar.values import Party
from impact.records import Strength

HUMANE = 0.65
"""Confidence from which on a safeguard that is for people counts in a sentence that names none.
Source: project judgment on sentences of our own."""


@dataclass(frozen=True, slots=True)
class RuleReading:
    """A sentence as its stance is told: its words, its terms, and what the classifier found in it."""

    words: tuple[RoleWord, ...]
    terms: tuple[Term, ...]
    labels: SentenceLabels = NO_LABELS

    @property
    def touches(self) -> bool:
        """Whether it is about people or what is theirs."""
        return touching(self.words) or self.guarded

    @property
    def guarded(self) -> bool:
        """Whether it names what guards people wherever it is."""
        text = spaced(self.words)
        named = any(f" {guard} " in text or f" {guard}s " in text for guard in stance_words().guards)
        acts = any(word.kind == "verb" and word.lemma in stance_words().contests for word in self.words)
        return acts or (named and self.binds)

    @property
    def _powers(self) -> Words:
        """Acts that are powers in it: where it names no people, only those that are upon people in any case."""
        return stance_words().powers if self.touches else stance_words().grave

    @property
    def binds(self) -> bool:
        """Whether it requires, recommends, permits or forbids."""
        return any(term.meaning.strength or term.meaning.negates for term in self.terms)

    @property
    def states(self) -> bool:
        """Whether it has a verb, and so says something, and not of the document alone."""
        subject = self._subject(self._modal_place)
        of_text = subject is not None and subject.lemma in stance_words().texts
        return any(word.kind == "verb" for word in self.words) and not of_text

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
    def excused(self) -> bool:
        """Whether it says that nobody has to act."""
        return excused(self.terms)

    @property
    def _main_act(self) -> RoleWord | None:
        return self._act(self._modal_place)

    @property
    def concerns(self) -> bool:
        """Whether it protects or burdens people, or is about them."""
        return self.touches or self.stance is not RuleStance.NEUTRAL

    @property
    def acts(self) -> bool:
        """Whether an act in it is one that protects people or is a power over them: a time for it concerns them."""
        lists = stance_words()
        return any(word.kind == "verb" and word.lemma in lists.powers | lists.protects for word in self.words)

    @property
    def stance(self) -> RuleStance:
        """What it does for people, as far as its verb and its subject tell."""
        act = self._main_act
        subject = self._subject(self._modal_place)
        denied = self._denied(act)
        if subject is not None and personal(subject):
            return self._of_person(act, denied=denied)
        if denied and act is not None and is_act(self.words, act, self._powers):
            return RuleStance.PROTECTS
        value = self._of_other(act)
        if denied:
            return RuleStance(-value) if value else RuleStance(int(self.touches))
        return RuleStance(value or int(self._limits(act)))

    def side(self, stances: Mapping[str, float] | None = None) -> RuleStance:
        """Return what the whole sentence does for people: the likeliest stance, or by its grammar if none is known."""
        if stances is None:
            return self.by_grammar
        return max(RuleStance, key=lambda stance: stances[stance.name.lower()])

    @property
    def by_grammar(self) -> RuleStance:
        """What the whole sentence does for people: as its grammar tells where it is plain, else as the classifier does.

        It is plain where the sentence is about what people do or receive, or denies a power. A safeguard that the
        classifier finds in a sentence that is about no people protects machines.
        """
        found = self.labels.stance
        machine = not self._public and self.labels.humane < HUMANE
        if self._clear or found is RuleStance.NEUTRAL or (found is RuleStance.PROTECTS and machine):
            return self.stance
        return RuleStance.PROTECTS if self.denied and found is RuleStance.BURDENS else found

    def plain(self, side: RuleStance) -> bool:
        """Return whether the grammar alone tells that it is on a side."""
        return self.stance is side

    @property
    def _clear(self) -> bool:
        subject, act = self._subject(self._modal_place), self._main_act
        if subject is not None and personal(subject):
            return True
        if self._denied(act):
            return self.guarded if act is None else is_act(self.words, act, self._powers)
        if act is None:
            return False
        done_to = is_act(self.words, act, self._powers) and any(personal(word) for word in objects(self.words, act))
        return done_to or self._serves(act) or bool(deed(self.words, act, subject))

    @property
    def _public(self) -> bool:
        """Whether it is about people, or about an authority whose acts they may meet."""
        return self.touches or any(word.party is Party.AUTHORITY for word in self.words)

    @property
    def _modal_place(self) -> int | None:
        return next((at for at, word in enumerate(self.words) if self._modal(word)), None)

    def _limits(self, act: RoleWord | None) -> bool:
        """Return whether something is denied behind the act, in a sentence about people: "and must not", "never"."""
        behind = [term for term in self.terms if act is not None and term.span.start > act.span.start]
        return self.touches and any(term.meaning.negates and term.main and not term.condition for term in behind)

    @property
    def aim(self) -> RuleStance:
        """What its act alone does to people, whatever guards it: the stance of a rule without its conditions."""
        lists, act = stance_words(), self._main_act
        if act is None:
            return self.stance
        subject = self._subject(self._modal_place)
        if subject is not None and personal(subject):
            return self.stance
        if act.lemma in self._powers - lists.protects:
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
        main = (word for word in verbs if word.main and word.role is not WordRole.CONDITION)
        return next(main, None) or (self._act_of_person if modal is None else None)

    @property
    def _act_of_person(self) -> RoleWord | None:
        """Return the verb behind people who act, for a sentence of which the parse finds no main verb."""
        at = next((at for at, word in enumerate(self.words) if word.role is WordRole.ACTOR and personal(word)), None)
        return None if at is None else next((word for word in self.words[at:] if word.kind == "verb"), None)

    def _subject(self, modal: int | None) -> RoleWord | None:
        """Return the noun that the statement is about."""
        end = (
            modal
            if modal is not None
            else next((at for at, word in enumerate(self.words) if word.kind == "verb" and word.main), 0)
        )
        if not end:
            end = next((at for at, word in enumerate(self.words) if word.lemma == "be" and word.main), 0)
        if not end:
            return next((word for word in self.words if word.role is WordRole.ACTOR and personal(word)), None)
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
            return RuleStance(answerable(self.words))
        discreet = any(word.lemma in lists.discretion for word in self.words)
        if discreet or (self._passive(act) and not denied and shut_out(self.words, act)):
            return RuleStance.PROTECTS
        if self._passive(act):
            value = -1 if act.lemma in lists.powers - lists.received or self._contrary(act, "permit") else 1
            return RuleStance(-value if denied else value)
        return RuleStance.PROTECTS if act.lemma in lists.gains and not denied else RuleStance.BURDENS

    def _contrary(self, act: RoleWord, sense: str) -> bool:
        """Return whether an act is the contrary of a matter: to turn away that of "permit"."""
        term = next((term for term in self.terms if term.span.meets(act.span)), None)
        return term is not None and term.meaning.opposite and term.meaning.sense == sense

    def _passive(self, act: RoleWord) -> bool:
        at = self.words.index(act)
        near = self.words[max(0, at - 3) : at]
        return act.text.lower() != act.lemma and any(word.lemma == "be" for word in near)

    def _of_other(self, act: RoleWord | None) -> int:
        lists = stance_words()
        if act is None:
            return int(self.guarded)
        if self._contrary(act, "disclose") and self.touches and not any(behind(self.words, "from")):
            return 1
        special = deed(self.words, act, self._subject(self._modal_place))
        if special:
            return special
        if self._serves(act) or self.guarded or (act.lemma in lists.protects and self.touches):
            return 1
        return -1 if is_act(self.words, act, self._powers) else 0

    def _serves(self, act: RoleWord) -> bool:
        """Return whether an act gives people something to know or to say, or an account of what is done."""
        lists = stance_words()
        accounts = any(
            act.lemma in acts and any(word.lemma in nouns for word in self.words)
            for acts, nouns in ((lists.open, lists.accounts), (lists.gives, lists.reasons))
        )
        heard = act.lemma in lists.protects & lists.received and self._passive(act)
        return accounts or heard or (act.lemma in lists.received and self._for_person())

    def _for_person(self) -> bool:
        near = (word for at, word in enumerate(self.words) if not compound(self.words, at))
        return any(personal(word) for word in near if word.role is WordRole.OBJECT)
