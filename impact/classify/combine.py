"""Findings, safeguards and mentions from what the classifiers say of each clause."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from impact.classify.classifiers import CLASSIFIERS
from impact.classify.denial import unanswered
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
    finding_id,
    merged,
)
from impact.taxonomy.values import Taxonomy

DOUBT: dict[str, float] = {"cues": 0.62, "fast": 0.8, "model": 0.8}
"""Confidence below which what a classifier says is marked for a reader. Source: for the cues project judgment, a single
fair cue lies below; for the others, of what is above in documents that the weights had not seen readers agree with .84
of the mechanisms, in contributions of ours with .96: models/agreement/README.md."""

SERVED = 0.8
"""Confidence below which a finding is marked for a reader where its clause secures what the power hands over: such a
clause says "deliver" of what it protects. Source: the line from which reports call a finding firm; project judgment
after reading reports."""


def classify(
    proposal: Proposal, clauses: Sequence[Clause], taxonomy: Taxonomy, by: Sequence[str] = ("model",)
) -> Classification:
    """Return findings, safeguards and mentions, each in the order of the clauses.

    What stands in a definition, a note, an example or an informative part, in a sentence without "must", is doubtful
    however sure the classifiers are, and a finding that they are not quite sure of is doubtful in a clause that secures
    what the power hands over. Where several
    of `CLASSIFIERS` speak of the same clause and label, a proposal outweighs mere talk, the highest confidence counts
    and the evidence of all is kept.

    Raises:
        KeyError: If a classifier is unknown.
    """
    findings: list[Finding] = []
    safeguards: list[SafeguardFinding] = []
    mentions: list[Mention] = []
    for number, label, scores in _scores(proposal, clauses, taxonomy, by):
        clause = clauses[number]
        proposing = [(name, score) for name, score in scores if score.proposes]
        _, best = max(proposing or scores, key=lambda pair: pair[1].confidence)
        evidence = tuple(sorted({span for _, score in proposing or scores for span in score.evidence}))
        power = label in taxonomy.mechanisms
        doubtful = _doubtful(clause, proposing)
        if not proposing or (not power and unanswered(proposal.document.text, clause, evidence)):
            mentions.append(Mention(clause.id, label, evidence))
        elif power:
            id_ = finding_id(proposal.document.id, clause.id, label)
            judges = tuple(sorted({name for name, _ in proposing}))
            finding = Finding(id_, clause.id, label, best.confidence, doubtful, judges, evidence, best.strength)
            findings.append(_marked(finding, clause.span, proposal.document.text, taxonomy.mechanisms[label].act))
        else:
            safeguards.append(SafeguardFinding(clause.id, label, best.confidence, evidence, best.strength, doubtful))
    serving = {(safeguard.clause, safeguard.safeguard) for safeguard in safeguards if not safeguard.doubtful}
    weighed = tuple(_weighed(finding, serving, taxonomy) for finding in findings)
    return Classification(weighed, tuple(safeguards), tuple(mentions))


def _scores(
    proposal: Proposal, clauses: Sequence[Clause], taxonomy: Taxonomy, by: Sequence[str]
) -> Iterator[tuple[int, str, list[tuple[str, Score]]]]:
    """Yield scores with names of classifiers, by clause, then by label in the order of the taxonomy."""
    scores: dict[tuple[int, str], list[tuple[str, Score]]] = {}
    for name in by:
        for score in CLASSIFIERS[name](proposal, clauses, frozenset(taxonomy.mechanisms)):
            scores.setdefault((score.clause, score.label), []).append((name, score))
    order = {label: place for place, label in enumerate(taxonomy.labels)}
    for number, label in sorted(scores, key=lambda pair: (pair[0], order[pair[1]])):
        yield number, label, scores[number, label]


def _marked(finding: Finding, place: Span, text: str, act: str) -> Finding:
    """Return a finding with the words that rule the act, by which its power is used, among its evidence."""
    match = re.search(act, place.of(text), re.IGNORECASE) if act and finding.strength is Strength.MUST else None
    if match is None:
        return finding
    words = Span(place.start + match.start(), place.start + match.end())
    return replace(finding, evidence=merged((*finding.evidence, words)))


def _weighed(finding: Finding, serving: AbstractSet[tuple[str, str]], taxonomy: Taxonomy) -> Finding:
    """Return a finding, as doubtful where its clause provides what secures its use and it is not sure all the same."""
    turned = any((finding.clause, name) in serving for name in taxonomy.mechanisms[finding.mechanism].turned)
    return replace(finding, doubtful=True) if turned and finding.confidence < SERVED else finding


def _doubtful(clause: Clause, scores: Sequence[tuple[str, Score]]) -> bool:
    """Return whether a reader must decide on the scores of a clause for a label."""
    unsure = all(score.confidence < DOUBT[name] for name, score in scores)
    binding = any(score.strength is Strength.MUST for _, score in scores)
    return unsure or (clause.kind in ASIDES and not binding)
