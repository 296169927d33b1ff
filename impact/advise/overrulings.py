"""Where reviewers overruled the program: what it read in a sentence is no power, no safeguard and no hint of one."""

from collections import defaultdict
from collections.abc import Collection
from functools import cached_property

from impact.advise.detectors.library import Detector, Side
from impact.records import Assessment, Bearing, Span
from impact.taxonomy.values import Taxonomy

Labels = dict[Span, set[str]]
"""Labels by sentence."""


class Overrulings:
    """What reviewers overruled in one assessment, by sentence, with what stands there beside it.

    Attributes:
        clauses: Those with an overruled power and none that stands; their words say nothing of another power.
    """

    def __init__(self, assessment: Assessment, taxonomy: Taxonomy) -> None:
        self._assessment, self._taxonomy = assessment, taxonomy
        powers = {label.clause for label in assessment.overruled if label.label in taxonomy.mechanisms}
        self.clauses = frozenset(powers - {rated.finding.clause for rated in assessment.findings})

    @cached_property
    def sentences(self) -> Labels:
        """The overruled labels."""
        labels: Labels = defaultdict(set)
        for overruled in self._assessment.overruled:
            clause = self._assessment.clause(overruled.clause)
            for words in overruled.evidence:
                labels[clause.sentence_at(words)].add(overruled.label)
        return labels

    @cached_property
    def _standing(self) -> Labels:
        labels: Labels = defaultdict(set)
        cited = [(rated.finding.cited, rated.finding.mechanism) for rated in self._assessment.findings]
        cited += [(safeguard.cited, safeguard.safeguard) for safeguard in self._assessment.safeguards]
        for cite, label in cited:
            for words in cite.evidence:
                labels[self._assessment.clause(cite.clause).sentence_at(words)].add(label)
        return labels

    def bar(self, side: Side, sentence: Span) -> bool:
        """Return whether what a detector finds in a sentence is what reviewers overruled there.

        Its own labels count. Where no power stands in the sentence, nothing but a benefit is found in it either.
        """
        overruled = self.sentences.get(sentence, set())
        if not overruled:
            return False
        standing, labels = self._standing.get(sentence, set()), _labels(side)
        if standing.intersection(labels):
            return False
        if overruled.intersection(labels):
            return True
        powers = self._taxonomy.mechanisms.keys()
        helps = isinstance(side, Detector) and side.bearing is Bearing.BENEFIT
        return not helps and not powers.isdisjoint(overruled) and powers.isdisjoint(standing)


def _labels(side: Side) -> Collection[str]:
    return side.labels if isinstance(side, Detector) else ()
