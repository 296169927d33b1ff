"""Document to proposal: what a document says of itself, each field with the place it was read from."""

from impact.describe.families import describe
from impact.describe.passages import clauses_in_other_languages

__all__ = ["clauses_in_other_languages", "describe"]
