"""What is decided on a proposal as the pages show it: what stands, what was rejected and what is undecided."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from impact.records import Headline, Level
from impact.records.report import Report
from impact.review.decide.count import DecisionCount
from impact.review.decide.decided import DecidedItem, DecidedProposal, signed_items
from impact.review.store import analyses, blobs
from impact.web.desk.finding import DeskFinding, beside
from impact.web.desk.wording import not_assessed


@dataclass(frozen=True, slots=True)
class DecidedReport:
    """A report as far as it is decided.

    Attributes:
        source: What is decided, item by item, with who signed it.
        stands, rejected, undecided: Findings and safeguards, gravest first; of undecided ones the firm ones before.
        unassessed: That and why the document was not assessed, as a sentence; empty where it was.
    """

    source: DecidedProposal
    stands: tuple[DeskFinding, ...]
    rejected: tuple[DeskFinding, ...]
    undecided: tuple[DeskFinding, ...]
    unassessed: str = ""

    @property
    def counts(self) -> str:
        """The numbers in words: "18 of 21 items decided: 12 confirmed, 6 rejected"."""
        count, confirmed, rejected = self.source.count, len(self.stands), len(self.rejected)
        return f"{count.words}: {confirmed} confirmed, {rejected} rejected" if count.decided else count.words


def report_of(source: DecidedProposal) -> DecidedReport:
    """Return what is decided as a report."""
    return DecidedReport(source, *_parted(_shown(source.items, source.report)), not_assessed(_headline(source.report)))


@lru_cache(maxsize=1000)
def outcome(files: Path, digest: str) -> tuple[str, DecisionCount, str]:
    """Return the gravest level of the findings that stand in a signed file, how much is decided, and what is unread.

    The level is "none" where no finding stands, and empty where none of those that does has one; the last says that and
    why the document was not assessed, if so. It is kept, since what a digest stands for never changes.
    """
    frozen = json.loads(blobs.get(files, digest))
    report = analyses.parse_report(blobs.get(files, frozen["report"]))
    signed = report_of(DecidedProposal(report, signed_items(frozen, report)))
    stands = [finding for finding in signed.stands if finding.is_finding]
    levels = {Level(finding.decided_level) for finding in stands if finding.decided_level}
    gravest = max(levels).value if levels else ""
    return gravest if stands else Level.NONE.value, signed.source.count, signed.unassessed


def _headline(report: Report) -> Headline:
    return replace(report.headline, pages=len(report.extraction.pages), unread=report.unread)


def _shown(items: Iterable[DecidedItem], report: Report) -> list[DeskFinding]:
    return [beside(item.subject, item.status, item.by, paged=report.document.paged) for item in items]


def _parted(
    findings: Iterable[DeskFinding],
) -> tuple[tuple[DeskFinding, ...], tuple[DeskFinding, ...], tuple[DeskFinding, ...]]:
    """Return the findings that stand, gravest first, those that were rejected and those that are undecided."""
    parts: dict[str, list[DeskFinding]] = {"stands": [], "rejected": [], "undecided": []}
    for finding in findings:
        verdict = finding.status.verdict.value
        parts[verdict if verdict in parts else "stands"].append(finding)
    parts["stands"].sort(key=lambda finding: (not finding.is_finding, -Level(finding.decided_level or Level.NONE)))
    return tuple(parts["stands"]), tuple(parts["rejected"]), tuple(parts["undecided"])
