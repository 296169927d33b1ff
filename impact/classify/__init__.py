"""Stage 4: what each clause proposes, and what it only talks about."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from importlib import import_module
from typing import Any, NamedTuple

from impact.classify.score import Score
from impact.records import (
    ASIDES,
    Classification,
    Clause,
    Finding,
    Mention,
    Proposal,
    SafeguardFinding,
    Span,
    Strength,
    merged,
)
from impact.taxonomy import Taxonomy

Judge = Callable[[Proposal, Sequence[Clause], frozenset[str]], list[Score]]
Grader = Callable[[Proposal, Sequence[Clause], frozenset[str]], Mapping[tuple[int, str], float]]
"""Returns the chance, 0 to 1, that a clause (by 0-based place) proposes a label; absent means 0."""


class Doubt(NamedTuple):
    """Confidences below which what a judge says is marked for a reader."""

    finding: float
    safeguard: float


DOUBT: Mapping[str, Doubt] = {"cues": Doubt(0.62, 0.62), "model": Doubt(0.75, 0.6)}
"""Source: for the cues project judgement, a single fair cue lies below; for the model the development documents
(`bench/doubt.py`): from here on, in each twentieth of chance, four of five findings or more are right, and nearly
three of four safeguards; below, hardly more than half (docs/measured.md)."""

SERVED = 0.8
"""Confidence below which a finding is marked for a reader where its clause secures what the power hands over: such a
clause says "deliver" of what it protects. Source: the line from which reports call a finding firm; project judgement
after reading reports."""


def _late(module: str, name: str) -> Any:
    """Return a function that is looked up when it is called, so that nothing heavy is imported before."""

    def call(*given: object) -> Any:
        return getattr(import_module(f"impact.classify.{module}"), name)(*given)

    return call


JUDGES: Mapping[str, Judge] = {"cues": _late("cues", "judge"), "model": _late("model", "judge")}
"""Who may be asked: the cues alone, or the trained heads, which hear the cues too."""

GRADERS: Mapping[str, Grader] = {
    "cues": _late("cues", "grade"),
    "tfidf": _late("model", "grade_by_terms"),
    "model": _late("model", "grade"),
}
"""What each judge grades by before it cuts at a threshold; for evaluation and calibration. "tfidf" is a baseline."""

DIGESTS: Mapping[str, Callable[[], str]] = {"cues": _late("library", "digest"), "model": _late("model", "digest")}
"""What each judges by, as a digest."""


def digests(by: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return name and digest of what each judge judges by, sorted by name."""
    return tuple(sorted((name, DIGESTS[name]()) for name in by))


def classify(
    proposal: Proposal, clauses: Sequence[Clause], taxonomy: Taxonomy, by: Sequence[str] = ("model",)
) -> Classification:
    """Return findings, safeguards and mentions, each in the order of the clauses.

    What stands in a definition, a note, an example or an informative part, in a sentence without "must", is doubtful
    however sure the judges are; a finding that a judge is less sure of is firm where the cues vouch for it, and a
    finding that it is not quite sure of is doubtful in a clause that secures what the power hands over.
    Where several judges speak of the same clause and label, a proposal outweighs mere talk, the highest confidence
    counts and the evidence of all is kept.

    Args:
        proposal: The document with its metadata.
        clauses: Its clauses, in order.
        taxonomy: Says which labels are mechanisms and which are safeguards.
        by: Names of `JUDGES`.

    Raises:
        KeyError: If a judge is unknown.
    """
    findings: list[Finding] = []
    safeguards: list[SafeguardFinding] = []
    mentions: list[Mention] = []
    for number, label, said in _said(proposal, clauses, taxonomy, by):
        clause = clauses[number]
        proposing = [(name, score) for name, score in said if score.proposes]
        _, best = max(proposing or said, key=lambda pair: pair[1].confidence)
        evidence = tuple(sorted({span for _, score in proposing or said for span in score.evidence}))
        power = label in taxonomy.mechanisms
        doubtful = _doubtful(clause, proposing, finding=power)
        if not proposing:
            mentions.append(Mention(clause.id, label, evidence))
        elif power:
            id_ = finding_id(proposal.document.id, clause.id, label)
            judges = tuple(sorted({name for name, _ in proposing}))
            findings.append(Finding(id_, clause.id, label, best.confidence, doubtful, judges, evidence, best.strength))
        else:
            safeguards.append(SafeguardFinding(clause.id, label, best.confidence, evidence, best.strength, doubtful))
    places = {clause.id: clause.span for clause in clauses}
    acts = {name: one.act for name, one in taxonomy.mechanisms.items()}
    serving = {(safeguard.clause, safeguard.safeguard) for safeguard in safeguards if not safeguard.doubtful}
    marked = (
        _marked(finding, places[finding.clause], proposal.document.text, acts[finding.mechanism])
        for finding in findings
    )
    weighed = (_weighed(one, serving, taxonomy) for one in marked)
    return Classification(tuple(weighed), tuple(safeguards), tuple(mentions))


def _said(
    proposal: Proposal, clauses: Sequence[Clause], taxonomy: Taxonomy, by: Sequence[str]
) -> Iterator[tuple[int, str, list[tuple[str, Score]]]]:
    """Yield what the judges say, with their names, clause by clause and label by label in the order of the taxonomy."""
    scores: dict[tuple[int, str], list[tuple[str, Score]]] = {}
    for name in by:
        for score in JUDGES[name](proposal, clauses, frozenset(taxonomy.mechanisms)):
            scores.setdefault((score.clause, score.label), []).append((name, score))
    order = {label: place for place, label in enumerate(taxonomy.labels)}
    for number, label in sorted(scores, key=lambda pair: (pair[0], order[pair[1]])):
        yield number, label, scores[number, label]


def _marked(finding: Finding, place: Span, text: str, act: str) -> Finding:
    """Return a finding with the words that rule the act, by which its power is used, among its evidence."""
    found = re.search(act, place.of(text), re.IGNORECASE) if act and finding.strength is Strength.MUST else None
    if found is None:
        return finding
    words = Span(place.start + found.start(), place.start + found.end())
    return replace(finding, evidence=merged((*finding.evidence, words)))


def _weighed(finding: Finding, serving: AbstractSet[tuple[str, str]], taxonomy: Taxonomy) -> Finding:
    """Return a finding, as doubtful where its clause provides what secures its use and it is not sure all the same."""
    turned = any((finding.clause, name) in serving for name in taxonomy.mechanisms[finding.mechanism].turned)
    return replace(finding, doubtful=True) if turned and finding.confidence < SERVED else finding


def _doubtful(clause: Clause, said: Sequence[tuple[str, Score]], *, finding: bool) -> bool:
    """Return whether a reader must decide on what judges say of a clause: a finding, or else a safeguard."""
    lines = {name: DOUBT[name].finding if finding else DOUBT[name].safeguard for name, _ in said}
    unsure = all(score.confidence < lines[name] and not (finding and score.vouched) for name, score in said)
    binding = any(score.strength is Strength.MUST for _, score in said)
    return unsure or (clause.kind in ASIDES and not binding)


def finding_id(document: str, clause: str, mechanism: str, occurrence: int = 1) -> str:
    """Return the id of a finding: the same in each run, on each machine and for each model.

    Args:
        document: Digest of the file.
        clause: Address of the clause.
        mechanism: Id of the mechanism.
        occurrence: 1-based, where one clause has the same mechanism more than once.
    """
    text = "\0".join((document, clause, mechanism, str(occurrence)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
