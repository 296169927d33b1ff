"""The rule that joins what a classifier and a second reader say of clauses into one classification.

What both say, the second reader without reserve, is firm. What it denies stays, for a person to decide. What it adds is
for a person to decide, until a calibration of its model says that it may be firm.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from impact.reader.calibration import Answer, AnswerKind, AnswerWeights
from impact.reader.inquiry import Chances
from impact.records import (
    ASIDES,
    AnswerStance,
    Classification,
    Clause,
    ClauseAnswer,
    Concurrence,
    Finding,
    LabelAnswer,
    PassageChoice,
    Proposal,
    SafeguardFinding,
    Salience,
    SecondReading,
    Strength,
    finding_id,
    merged,
)
from impact.taxonomy.values import Taxonomy

Statement = TypeVar("Statement", Finding, SafeguardFinding)

LEFT_OUT = 0.05
"""Salience of a passage that a second reader saw and did not choose. Source: project judgment; it is not quoted."""

READER = "reader"
"""Name of a second reader among the sources of a finding."""


@dataclass(frozen=True, slots=True)
class FirstReading:
    """What a second reading is joined to: a document, its clauses, and what a classifier says of them.

    Attributes:
        chances: What the classifier gives; None where there is none for the language of the document.
    """

    proposal: Proposal
    clauses: Sequence[Clause]
    classification: Classification
    chances: Chances | None

    @property
    def proposed(self) -> frozenset[tuple[str, str]]:
        """Clause id and label of everything that the classifier says is proposed."""
        return _proposed(self.classification.findings, self.classification.safeguards)

    def chance(self, place: int, label: str) -> float | None:
        """Return the chance that the clause at a 0-based place proposes a label; None where there are no chances."""
        return None if self.chances is None else self.chances.get((place, label), 0.0)


def joined(
    first: FirstReading, second: SecondReading, calibration: AnswerWeights, taxonomy: Taxonomy
) -> Classification:
    """Return what both readings say, each tuple in the order of the clauses.

    Nothing that the first reading says is lost; where the second reader did not read a clause, it stands unchanged.
    What a definition, a note, an example or an informative part says in a sentence without "must" stays doubtful
    whoever says it, for it lays down nothing.
    """
    places = {clause.id: (place, clause) for place, clause in enumerate(first.clauses)}
    rule = _Rule(first, {answer.clause: answer for answer in second.clauses}, places, calibration, taxonomy)
    found = first.classification
    findings = [*(rule.weighed(finding, finding.mechanism) for finding in found.findings), *rule.added_findings()]
    safeguards = [*(rule.weighed(guard, guard.safeguard) for guard in found.safeguards), *rule.added_safeguards()]
    order = {label: place for place, label in enumerate(taxonomy.labels)}
    proposed = _proposed(findings, safeguards)
    return Classification(
        tuple(sorted(findings, key=lambda finding: (places[finding.clause][0], order[finding.mechanism]))),
        tuple(sorted(safeguards, key=lambda guard: (places[guard.clause][0], order[guard.safeguard]))),
        tuple(mention for mention in found.mentions if (mention.clause, mention.label) not in proposed),
        tuple(_salience(first, second.choice)) if second.choice else found.salience,
    )


def _salience(first: FirstReading, choice: PassageChoice) -> Iterator[Salience]:
    """Yield how salient passages are, in the order of the clauses: as the second reader has it where it chose."""
    first_salience = {passage_salience.clause: passage_salience for passage_salience in first.classification.salience}
    chosen = {passage.clause: passage for passage in choice.passages}
    for clause in first.clauses:
        passage_salience = first_salience.get(clause.id)
        if passage := chosen.get(clause.id):
            topics = passage_salience.topics if passage_salience else ()
            yield Salience(
                clause.id, passage.salience, passage.sentence, float(passage.protection), topics, chosen=True
            )
        elif passage_salience and clause.id in choice.seen:
            yield replace(passage_salience, chance=min(passage_salience.chance, LEFT_OUT))
        elif passage_salience:
            yield passage_salience


def answer_to(answer: ClauseAnswer, label: str) -> Answer:
    """Return what a second reader says of a label in a clause that it read."""
    named = _named(answer, label)
    if named is None:
        return Answer(AnswerKind.SILENT if label in answer.asked else AnswerKind.UNASKED)
    return _answer_of(named)


def _named(answer: ClauseAnswer, label: str) -> LabelAnswer | None:
    return next((label_answer for label_answer in answer.labels if label_answer.label == label), None)


def _answer_of(answer: LabelAnswer) -> Answer:
    kind = AnswerKind.NAMED if answer.stance is AnswerStance.PROPOSES else AnswerKind.CONTEXT
    return Answer(kind, answer.readers)


@dataclass(frozen=True, slots=True)
class _Rule:
    first: FirstReading
    answers: Mapping[str, ClauseAnswer]
    places: Mapping[str, tuple[int, Clause]]
    calibration: AnswerWeights
    taxonomy: Taxonomy

    def weighed(self, statement: Statement, label: str) -> Statement:
        """Return what the first reading says of a clause as it stands once the second reader has answered."""
        clause_answer = self.answers.get(statement.clause)
        answer = answer_to(clause_answer, label) if clause_answer else Answer(AnswerKind.UNASKED)
        if clause_answer is None or answer.kind is AnswerKind.UNASKED:
            return statement
        label_answer = _named(clause_answer, label)
        place, clause = self.places[statement.clause]
        first = self.first.chance(place, label) or statement.confidence
        return replace(
            statement,
            confidence=self.calibration.chance(first, answer),
            doubtful=not (label_answer and label_answer.sure) or _lays_down_nothing(clause, statement.strength),
            second=Concurrence.AGREES if label_answer and label_answer.proposes else Concurrence.DISAGREES,
        )

    def added_findings(self) -> Iterator[Finding]:
        """Yield the mechanisms that the second reader alone sees proposed."""
        document = self.first.proposal.document
        for clause, answer in self._added():
            if answer.label in self.taxonomy.mechanisms:
                chance, strength, doubtful = self._judged(clause, answer)
                id_, evidence = finding_id(document.id, clause.id, answer.label), merged(answer.evidence)
                yield Finding(
                    id_, clause.id, answer.label, chance, doubtful, (READER,), evidence, strength, Concurrence.ADDED
                )

    def added_safeguards(self) -> Iterator[SafeguardFinding]:
        """Yield the safeguards that the second reader alone sees provided."""
        for clause, answer in self._added():
            if answer.label in self.taxonomy.safeguards:
                chance, strength, doubtful = self._judged(clause, answer)
                evidence = merged(answer.evidence)
                yield SafeguardFinding(clause.id, answer.label, chance, evidence, strength, doubtful, Concurrence.ADDED)

    def _added(self) -> Iterator[tuple[Clause, LabelAnswer]]:
        proposed = self.first.proposed
        for clause in self.first.clauses:
            answer = self.answers.get(clause.id)
            for label_answer in answer.labels if answer else ():
                likely = (
                    label_answer.stance is AnswerStance.PROPOSES
                    and self._chance(clause, label_answer) >= self.calibration.stated
                )
                if likely and (clause.id, label_answer.label) not in proposed:
                    yield clause, label_answer

    def _chance(self, clause: Clause, answer: LabelAnswer) -> float:
        place, _ = self.places[clause.id]
        return self.calibration.chance(self.first.chance(place, answer.label), _answer_of(answer))

    def _judged(self, clause: Clause, answer: LabelAnswer) -> tuple[float, Strength, bool]:
        """Return chance and strength of what the second reader adds, and whether it is doubtful."""
        chance = self._chance(clause, answer)
        carrying = clause.carrying(answer.evidence, self.first.proposal.document.text)
        strength = carrying[1] if carrying else clause.strength
        firm = answer.sure and self.calibration.is_firm(chance)
        return chance, strength, not firm or _lays_down_nothing(clause, strength)


def _proposed(findings: Iterable[Finding], safeguards: Iterable[SafeguardFinding]) -> frozenset[tuple[str, str]]:
    mechanisms = {(finding.clause, finding.mechanism) for finding in findings}
    return frozenset(mechanisms | {(guard.clause, guard.safeguard) for guard in safeguards})


def _lays_down_nothing(clause: Clause, strength: Strength) -> bool:
    return clause.kind in ASIDES and strength is not Strength.MUST
