"""How firmly a sentence lays something down, and whether it denies it."""

from dataclasses import dataclass

from impact.compare.edits.terms import Term, excused
from impact.grammar.roles import RoleWord, WordRole
from impact.grammar.values import Party
from impact.records import Strength


@dataclass(frozen=True, slots=True)
class RuleReading:
    """A parsed sentence with its terms, in their order."""

    words: tuple[RoleWord, ...]
    terms: tuple[Term, ...]

    @property
    def strength(self) -> Strength:
        """That of its last modal verb before the act; descriptive where there is none."""
        strengths = [term.meaning.strength for term in self._before_act if term.meaning.strength]
        return strengths[-1] if strengths else Strength.DESCRIPTIVE

    @property
    def denied(self) -> bool:
        """Whether it says that the act does not come about; where it has no act, whether anything in it is denied."""
        denials = [term for term in self._before_act if term.meaning.negates and not term.condition]
        return len(denials) % 2 == 1

    @property
    def excused(self) -> bool:
        """Whether it says that nobody has to act."""
        return excused(self.terms)

    @property
    def _before_act(self) -> list[Term]:
        act = self._act
        return [term for term in self.terms if term.main and (act is None or term.span.start < act.span.start)]

    @property
    def _act(self) -> RoleWord | None:
        """The main verb behind the modal verb; without one the first, or that behind people who act."""
        modal = next((at for at, word in enumerate(self.words) if self._is_modal(word)), None)
        verbs = [word for word in self.words[modal or 0 :] if word.kind == "verb" and not self._is_modal(word)]
        main = next((word for word in verbs if word.main and word.role is not WordRole.CONDITION), None)
        return main or (self._act_of_person if modal is None else None)

    @property
    def _act_of_person(self) -> RoleWord | None:
        """The verb behind people who act, for a sentence of which the parse has no main verb."""
        acting = (at for at, word in enumerate(self.words) if word.role is WordRole.ACTOR)
        person = next((at for at in acting if self.words[at].party is Party.PERSON), len(self.words))
        return next((word for word in self.words[person:] if word.kind == "verb"), None)

    def _is_modal(self, word: RoleWord) -> bool:
        return word.main and any(term.meaning.strength and term.span.meets(word.span) for term in self.terms)
