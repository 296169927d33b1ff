"""Which clauses the revision marks of a document have made."""

from impact.records import Clause, Document


class RevisionMarks:
    """The revision marks of one document, asked clause by clause."""

    def __init__(self, document: Document) -> None:
        self._present = bool(document.changes)
        self._touched = bytearray(len(document.text) + 1) if self._present else bytearray()
        for change in document.changes:
            end = max(change.span.end, change.span.start + 1)
            self._touched[change.span.start : end] = b"\x01" * (end - change.span.start)

    def change(self, clause: Clause) -> str | None:
        """Return "added" where a mark put, moved or cut words inside of the clause, so that its wording is new.

        "unchanged" where the document has marks and the clause has none; None where the document has no marks. A
        deletion whose characters are not in the text counts for the clause in which it stands.
        """
        if not self._present:
            return None
        return "added" if self._touched.find(1, clause.span.start, clause.span.end) >= 0 else "unchanged"
