"""Stage 4: what each clause proposes, and what it only talks about."""

from impact.classify.classifiers import CLASSIFIERS, GRADERS, digests
from impact.classify.combine import DOUBT, classify
from impact.classify.outlook import outlook_of, outlooks_of, surest

__all__ = ["CLASSIFIERS", "DOUBT", "GRADERS", "classify", "digests", "outlook_of", "outlooks_of", "surest"]
