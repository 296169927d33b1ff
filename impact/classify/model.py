"""The classifier that was trained: words, cues and sentence vectors, fused into one chance for each label."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

from impact.classify.agreement import (
    PowerTally,
    traits_of_clause,
    traits_of_document,
    traits_of_heads,
    traits_of_label,
    weights,
)
from impact.classify.agreement import digest as agreement_digest
from impact.classify.denial import denied, meets_nobody, undone
from impact.classify.evidence import carried, completed
from impact.classify.features import SURE, View, views
from impact.classify.heads import load
from impact.classify.judging import Judged, judged, odds_of
from impact.classify.networks.encoder import load as load_encoder
from impact.classify.networks.larger import load as load_network
from impact.classify.score import Score
from impact.classify.wording import wording
from impact.records import Clause, Proposal, Span, Strength
from impact.salience import PROTECTION, label_traits
from impact.salience import weights as salience_weights
from impact.trait_weights import Traits, TraitWeights

CERTAIN = 0.88
"""How sure the cues must be that a clause proposes a mechanism for it to be said of it, doubtfully, whatever the heads
say. Source: `bench/doubt.py`, development clauses: readers agree with 20 of 20 such pairs, and with 11 of 14 at .85 to
.88."""

PROTECTED = 0.6
"""Chance that a clause is for what protects people from which it is not said to give a power. Source: of what the heads
say of mechanisms above it, readers confirmed 1 of 19 (verdicts, calibration contributions, fresh clauses):
models/agreement/README.md."""

REMOTE = 0.1
"""Chance of agreement below which nothing is said. Source: readers confirmed 5 of 36 such labels on new development
clauses, fresh folder 2 and the calibration contributions, none of the last."""


def scores_of(
    proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str], way: str = "model"
) -> list[Score]:
    """Return what the heads say of each assessed clause in a way of judging, in the order of the clauses and labels.

    What counts is `Judged.counts`, with the chance that a careful reader agrees, and a mechanism of which the cues are
    certain, with the chance that the heads give it; unless all that the cues find of it is talk: a ban, a denial, a
    threat. Where it does not count, but the cues say that the clause talks about it, it is a mention. The result for a
    clause depends on its words, its kind, its headings, the title of its document, how often powers count in this, and
    on what the cues take from its neighbors and its document; on nothing else.
    """
    whole = list(judged(proposal, clauses, mechanisms, way))
    document = _Document(proposal.document.text, clauses, mechanisms, _tally(whole, mechanisms))
    agreement, protection = weights(way), salience_weights(PROTECTION[way])
    return [score for view, judgment in whole for score in document.scores(view, judgment, agreement, protection)]


def traits(
    proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str], way: str = "model"
) -> Mapping[tuple[int, str], Traits]:
    """Return what speaks for and against each label that counts in an assessed clause, by 0-based clause and label."""
    whole, labels = list(judged(proposal, clauses, mechanisms, way)), load().labels
    document = _Document(proposal.document.text, clauses, mechanisms, _tally(whole, mechanisms))
    return {
        (view.number, labels[place]): document.traits(view, judgment, place)
        for view, judgment in whole
        for place, counts in enumerate(judgment.counts.tolist())
        if counts
    }


def _tally(whole: Sequence[tuple[View, Judged]], mechanisms: frozenset[str]) -> PowerTally:
    """Return what counts in all assessed clauses of a document."""
    labels = load().labels
    powers = [
        [label for label, counts in zip(labels, judgment.counts, strict=True) if counts and label in mechanisms]
        for _, judgment in whole
    ]
    return PowerTally(len(whole), sum(map(bool, powers)), Counter(chain.from_iterable(powers)))


class _Document(NamedTuple):
    """What all clauses of a document have in common."""

    text: str
    clauses: Sequence[Clause]
    mechanisms: frozenset[str]
    tally: PowerTally

    def scores(
        self, view: View, judgment: Judged, agreement: TraitWeights, protection: TraitWeights
    ) -> Iterator[Score]:
        """Yield what is said of a clause, in the order of the labels."""
        heads = load()
        protects = bool(judgment.counts.any()) and protection.chance(label_traits(odds_of(judgment))) >= PROTECTED
        for place, counts in enumerate(judgment.counts.tolist()):
            label = heads.labels[place]
            power = label in self.mechanisms
            certain = power and label in view.cues and view.cues[label].proposes >= CERTAIN
            if not counts and label not in view.cues:
                continue
            claim = _Claim(float(judgment.chances[place]), power, (counts or certain) and not (power and protects))
            score = _score(self.text, self.clauses[view.number], view, place, claim)
            if score is not None and score.proposes and counts:
                agreed = agreement.chance(self.traits(view, judgment, place))
                score = replace(score, confidence=round(agreed, 4))
            if score is not None and not (score.proposes and counts and score.confidence < REMOTE):
                yield score

    def traits(self, view: View, judgment: Judged, place: int) -> Traits:
        """Return what speaks for and against the label at a place of `Heads.labels`."""
        label = load().labels[place]
        return {
            **traits_of_heads(judgment, place, safeguard=label not in self.mechanisms),
            **traits_of_label(label),
            **traits_of_document(self.tally, label),
            **traits_of_clause(self.clauses[view.number], self.text),
        }


class _Claim(NamedTuple):
    """A chance from 0 to 1, whether its label is a mechanism, and whether the clause is said to propose it."""

    chance: float
    power: bool
    counts: bool


def _score(text: str, clause: Clause, view: View, place: int, claim: _Claim) -> Score | None:
    """Return what is said of the label at a place of `Heads.labels`, if anything is."""
    heads = load()
    label = heads.labels[place]
    signal = view.cues.get(label)
    proposes = claim.counts and not view.only_talks(label) and not _void(text, clause, label)
    if not proposes and not (signal and signal.touches >= SURE):
        return None
    evidence = completed(text, (signal.evidence if proposes else signal.touched) if signal else ())
    if not evidence:
        evidence = carried(text, clause, place, heads)
        proposes = proposes and not denied(text, clause, label, evidence)
    confidence = round(claim.chance, 4) if proposes or not signal else signal.touches
    strength = _strength(clause, text, evidence, limited=claim.power)
    return Score(view.number, label, proposes, confidence, evidence, strength)


def _void(text: str, clause: Clause, label: str) -> bool:
    return undone(text, clause, label) or meets_nobody(text, clause, label)


def grade(
    proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str], way: str = "model"
) -> Mapping[tuple[int, str], float]:
    """Return the chance of each 0-based clause and label, however small."""
    labels = load().labels
    return {
        (view.number, label): float(chance)
        for view, judgment in judged(proposal, clauses, mechanisms, way)
        for label, chance in zip(labels, judgment.chances, strict=True)
    }


def grade_by_terms(
    proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str]
) -> Mapping[tuple[int, str], float]:
    """Return what the words alone would say, as a baseline: a chance for each 0-based clause and label."""
    import numpy as np

    heads = load()
    return {
        (view.number, label): float(1 / (1 + np.exp(-score)))
        for view in views(proposal, clauses, mechanisms)
        for label, score in zip(heads.labels, heads.by_terms(view.text, view.setting), strict=True)
    }


def digest(way: str = "model") -> str:
    """Return what a way of judging goes by: the digest over those of heads, networks and agreement, hexadecimal."""
    parts = [load().digest, load_encoder().digest, *([load_network().digest] if way == "model" else [])]
    return sha256(" ".join([*parts, agreement_digest(way)]).encode()).hexdigest()


def _strength(clause: Clause, text: str, evidence: tuple[Span, ...], *, limited: bool = False) -> Strength:
    """Return the wording of the sentence with most words of evidence, the first of equal ones.

    That of the clause where it has no sentences. Where a limit counts, what "should ... only where" is permitted.
    """
    carrying = clause.carrying(evidence, text)
    if carrying is None:
        return clause.strength
    sentence, strength = carrying
    recommended = limited and strength is Strength.SHOULD
    return Strength.MAY if recommended and wording().limited.search(text, sentence.start, sentence.end) else strength
