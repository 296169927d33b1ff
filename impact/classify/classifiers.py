"""Who may be asked what clauses propose, and what each goes by."""

from collections.abc import Callable, Mapping, Sequence

from impact.classify import cues, library, model
from impact.classify.score import Score
from impact.records import Clause, Proposal

Classifier = Callable[[Proposal, Sequence[Clause], frozenset[str]], list[Score]]
Grader = Callable[[Proposal, Sequence[Clause], frozenset[str]], Mapping[tuple[int, str], float]]
"""Returns the chance, 0 to 1, that a clause (by 0-based place) proposes a label; absent means 0."""

CLASSIFIERS: dict[str, Classifier] = {"cues": cues.scores_of, "model": model.scores_of}
"""The cues alone, or the trained heads, which hear the cues too."""

GRADERS: dict[str, Grader] = {"cues": cues.grade, "tfidf": model.grade_by_terms, "model": model.grade}
"""What each grades by before it cuts at a threshold; for evaluation and calibration. "tfidf" is a baseline."""

DIGESTS: dict[str, Callable[[], str]] = {"cues": library.digest, "model": model.digest}


def digests(by: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return name and digest of what each classifier goes by, sorted by name."""
    return tuple(sorted((name, DIGESTS[name]()) for name in by))
