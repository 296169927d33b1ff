"""What classification found as reviewers decided it: rejected findings gone, accepted ones firm, others relabeled."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from impact.assess.severity import level_of, sentence
from impact.present.lists import listed
from impact.records import (
    REVIEWER,
    Classification,
    ClauseIndex,
    Finding,
    OverruledLabel,
    ReviewedItem,
    ReviewRecord,
    ReviewVerdict,
    SafeguardFinding,
    SecondReading,
    Severity,
)
from impact.taxonomy.values import Taxonomy


def reviewed(found: Classification, record: ReviewRecord, index: ClauseIndex, taxonomy: Taxonomy) -> Classification:
    """Return the classification that the decisions give.

    What nobody decided stays as it was found, doubtful or not. Where a correction gives a clause a label that it has
    already, the decided one stays. Labels and clauses that are not known any more change nothing.
    """
    decided = [item for item in record.items if item.decided and _is_known(item, index, taxonomy)]
    findings = [*_findings(found.findings, decided), *_added(decided, index)]
    safeguards = [*_safeguards(found.safeguards, decided), *_added_safeguards(decided, index)]
    findings.sort(key=lambda finding: REVIEWER not in finding.by)
    safeguards.sort(key=lambda guard: guard.doubtful)
    guards = {(guard.clause, guard.safeguard): guard for guard in reversed(safeguards)}
    once = {(finding.clause, finding.mechanism): finding for finding in reversed(findings)}
    return replace(
        found,
        findings=tuple(sorted(once.values(), key=lambda finding: index.position(finding.clause))),
        safeguards=tuple(sorted(guards.values(), key=lambda guard: index.position(guard.clause))),
    )


def overruled(
    found: Classification, record: ReviewRecord, index: ClauseIndex, taxonomy: Taxonomy
) -> tuple[OverruledLabel, ...]:
    """Return what of the classification the decisions take away: what was rejected, or has another label now."""
    decided = [item for item in record.items if item.decided and _is_known(item, index, taxonomy)]
    gone = {(item.clause, item.label) for item in decided if not item.stands or item.corrected not in {"", item.label}}
    labeled = [(finding.cited, finding.mechanism) for finding in found.findings]
    labeled += [(guard.cited, guard.safeguard) for guard in found.safeguards]
    return tuple(
        OverruledLabel(cited.clause, label, cited.evidence) for cited, label in labeled if (cited.clause, label) in gone
    )


def unruled(reading: SecondReading, overruled: Iterable[OverruledLabel]) -> SecondReading:
    """Return what a second reader said without the points that rest on a label which reviewers do not see there."""
    gone = {(label.clause, label.label) for label in overruled}
    if reading.raising is None or not gone:
        return reading
    points = tuple(
        point
        for point in reading.raising.points
        if gone.isdisjoint((cite.clause, label) for cite in point.cites for label in point.labels)
    )
    return replace(reading, raising=replace(reading.raising, points=points))


def rating_of(item: ReviewedItem | None, taxonomy: Taxonomy) -> Severity | None:
    """Return the severity that reviewers give to a finding; None where they give none."""
    if item is None or not item.stands or not item.severity:
        return None
    scale, scope, irremediability = item.severity
    level, key = level_of(scale, scope, irremediability, taxonomy.severity)
    why = taxonomy.severity.reasons[key].format(scale=scale, scope=scope, irremediability=irremediability)
    numbers = f"scale {scale}, scope {scope}, irremediability {irremediability}"
    by = f" by {listed(item.by)}" if item.by else ""
    return Severity(scale, scope, irremediability, level, f"Rated in review{by}: {numbers}. {sentence(why)}")


def _is_known(item: ReviewedItem, index: ClauseIndex, taxonomy: Taxonomy) -> bool:
    labels = taxonomy.safeguards if item.safeguard else taxonomy.mechanisms
    return item.decided_label in labels and item.clause in index


def _findings(findings: Iterable[Finding], decided: Iterable[ReviewedItem]) -> Iterator[Finding]:
    decided_by_id = {item.id: item for item in decided if not item.safeguard}
    for finding in findings:
        item = decided_by_id.get(finding.id)
        if item is None:
            yield finding
        elif item.stands:
            by = tuple(sorted({*finding.by, REVIEWER}))
            strength = item.strength or finding.strength
            yield replace(finding, mechanism=item.decided_label, doubtful=False, by=by, strength=strength)


def _safeguards(safeguards: Iterable[SafeguardFinding], decided: Iterable[ReviewedItem]) -> Iterator[SafeguardFinding]:
    decided_by_label = {(item.clause, item.label): item for item in decided if item.safeguard}
    for guard in safeguards:
        item = decided_by_label.get((guard.clause, guard.safeguard))
        if item is None:
            yield guard
        elif item.stands:
            strength = item.strength or guard.strength
            yield replace(guard, safeguard=item.decided_label, doubtful=False, strength=strength)


def _added(decided: Iterable[ReviewedItem], index: ClauseIndex) -> Iterator[Finding]:
    """Yield what reviewers added; the whole clause carries it."""
    for item in decided:
        if item.verdict is ReviewVerdict.ADDED and not item.safeguard:
            clause = index.clause(item.clause)
            strength, words = item.strength or clause.strength, (clause.span,)
            yield Finding(
                id=item.id,
                clause=item.clause,
                mechanism=item.decided_label,
                confidence=1.0,
                doubtful=False,
                by=(REVIEWER,),
                evidence=words,
                strength=strength,
            )


def _added_safeguards(decided: Iterable[ReviewedItem], index: ClauseIndex) -> Iterator[SafeguardFinding]:
    for item in decided:
        if item.verdict is ReviewVerdict.ADDED and item.safeguard:
            clause = index.clause(item.clause)
            yield SafeguardFinding(
                item.clause, item.decided_label, 1.0, (clause.span,), item.strength or clause.strength
            )
