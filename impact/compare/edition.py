"""What a comparison asks of the report of an edition beside its clauses."""

from hashlib import sha256

from impact.records.report import Report


def view_of(report: Report) -> str:
    """Return which text of a Word file with revision marks was read: "accepted" or "original"."""
    return dict(report.provenance.options).get("view", "accepted")


def versions_of(report: Report) -> str:
    """Return the digest of tool, taxonomy, models and options apart from the view.

    It is what two editions that differ in nothing but their text have in common.
    """
    provenance = report.provenance
    options = sorted((name, value) for name, value in provenance.options if name != "view")
    parts = (provenance.tool, provenance.taxonomy, sorted(provenance.models), options)
    return sha256(repr(parts).encode()).hexdigest()
