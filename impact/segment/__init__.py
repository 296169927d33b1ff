"""Cut a document into clauses: headings, official numbers, sentences, normative strength, kinds."""

from impact.segment.clauses import segment
from impact.segment.earlier import earlier_clauses
from impact.segment.remarks import remarked, warned
from impact.segment.strength import strength_of

__all__ = ["earlier_clauses", "remarked", "segment", "strength_of", "warned"]
