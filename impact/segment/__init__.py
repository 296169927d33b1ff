"""Cut a document into clauses: headings, official numbers, sentences, normative strength, kinds."""

from impact.segment.clauses import segment
from impact.segment.strength import strength_of

__all__ = ["segment", "strength_of"]
