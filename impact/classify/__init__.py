"""Stage 4: what each clause proposes, and what it only talks about."""

from impact.classify.classifiers import CLASSIFIERS, GRADERS, digests
from impact.classify.combine import DOUBT, classify

__all__ = ["CLASSIFIERS", "DOUBT", "GRADERS", "classify", "digests"]
