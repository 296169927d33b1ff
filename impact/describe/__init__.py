"""Document to proposal: what a document says of itself, each field with the place it was read from."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from impact.records import Document, Proposal

__all__ = ["describe"]


def describe(document: "Document") -> "Proposal":
    """Return the document with title, number, body and the rest, as far as its first pages say them plainly.

    The family (body) is weighed by evidence; a field that cannot be read with confidence stays empty, except for the
    title, which falls back to the first heading, the largest text and at last the file name.
    """
    from impact.describe.families import described

    return described(document)
