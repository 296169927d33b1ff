"""Document to proposal: what a document says of itself, each field with the place it was read from."""

from impact.describe.families import describe

__all__ = ["describe"]
