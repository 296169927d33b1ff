"""Who may be asked what clauses propose, and what each goes by."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from impact.classify import cues, library, model
from impact.classify.score import Score
from impact.records import Clause, Proposal

Classifier = Callable[[Proposal, Sequence[Clause], frozenset[str]], list[Score]]
Grader = Callable[[Proposal, Sequence[Clause], frozenset[str]], Mapping[tuple[int, str], float]]
"""Returns the chance, 0 to 1, that a clause (by 0-based place) proposes a label; absent means 0."""

CLASSIFIERS: dict[str, Classifier] = {
    "cues": cues.scores_of,
    "fast": partial(model.scores_of, way="fast"),
    "model": partial(model.scores_of, way="model"),
}
"""The cues alone, or the trained heads, which hear the cues too: with the encoder alone, or with the larger network."""

GRADERS: dict[str, Grader] = {
    "cues": cues.grade,
    "tfidf": model.grade_by_terms,
    "fast": partial(model.grade, way="fast"),
    "model": partial(model.grade, way="model"),
}
"""What each grades by before it cuts at a threshold; for evaluation and calibration. "tfidf" is a baseline."""

DIGESTS: dict[str, Callable[[], str]] = {
    "cues": library.digest,
    "fast": partial(model.digest, "fast"),
    "model": partial(model.digest, "model"),
}


def digests(by: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return name and digest of what each classifier goes by, sorted by name."""
    return tuple(sorted((name, DIGESTS[name]()) for name in by))
