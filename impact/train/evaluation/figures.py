"""The figures of an evaluation as plain values, for JSON."""

from typing import Any

from impact.train.evaluation.alarms import Alarms
from impact.train.evaluation.calibration import Calibration
from impact.train.evaluation.evaluate import Evaluation
from impact.train.evaluation.scores import Agreement, LabelResult
from impact.train.evaluation.swap import Swapped


def figures(result: Evaluation, alarms: Alarms | None = None, swapped: Swapped | None = None) -> dict[str, Any]:
    """Return all figures, shares rounded to four places; absent is what was not asked for."""
    agreement = result.agreement
    tables: dict[str, Any] = {
        "by": list(result.by),
        "clauses": agreement.clauses,
        "documents": agreement.documents,
        "results": {
            label_result.label: _result(label_result)
            for label_result in (*agreement.labels, agreement.micro, agreement.any_label)
        },
        "macro_f1": _round(agreement.macro_f1),
        "macro_f1_frequent": _round(agreement.macro_f1_frequent),
        "bodies": {body.label: _result(body) for body in result.bodies},
        "precision_at_recall": {
            curve.name: {f"{at:g}": _round(share) for at, share in curve.at} for curve in result.curves
        },
        "curves": {curve.name: [[_round(x), _round(y)] for x, y in curve.points] for curve in result.curves},
        "calibration": {"graded": _calibration(result.graded), "said": _calibration(result.labeled)},
        "intervals": {interval.figure: [_round(interval.low), _round(interval.high)] for interval in result.intervals},
        "seed": result.seed,
        "by_document": {name: getattr(result.documents, name) for name in result.documents.__dataclass_fields__},
        "placement": {name: getattr(result.placement, name) for name in result.placement.__dataclass_fields__},
        "baselines": {baseline.name: _baseline(baseline.agreement) for baseline in result.baselines},
    }
    if result.second:
        counts = ("read", "unread", "dropped", "requests", "tokens")
        tables["second_reader"] = {name: getattr(result.second, name) for name in counts}
        tables["second_reader"]["seconds"] = round(result.second.seconds, 1)
    if alarms:
        tables["benign"] = {
            "documents": alarms.documents,
            "clauses": alarms.clauses,
            "findings": alarms.findings,
            "per_hundred": _round(alarms.per_hundred),
            "by_mechanism": dict(alarms.by_mechanism),
        }
    if swapped:
        changed = {
            label_result.row: {"lost": sorted(label_result.lost), "new": sorted(label_result.new)}
            for label_result in swapped.changed
        }
        tables["swapped_names"] = {"clauses": swapped.clauses, "seed": swapped.seed, "changed": changed}
    return tables


def _result(result: LabelResult) -> dict[str, Any]:
    table = {
        "precision": _round(result.precision),
        "recall": _round(result.recall),
        "f1": _round(result.f1),
        "readers": result.true,
        "program": result.reported,
    }
    return table | ({} if result.average_precision is None else {"average_precision": _round(result.average_precision)})


def _baseline(agreement: Agreement) -> dict[str, Any]:
    return {
        "micro": _result(agreement.micro),
        "anything": _result(agreement.any_label),
        "macro_f1": _round(agreement.macro_f1),
        "macro_f1_frequent": _round(agreement.macro_f1_frequent),
    }


def _calibration(calibration: Calibration) -> dict[str, Any]:
    bins = [
        {
            "from": interval.low,
            "to": interval.high,
            "pairs": interval.pairs,
            "graded": _round(interval.graded),
            "true": _round(interval.true),
        }
        for interval in calibration.bins
    ]
    return {"error": _round(calibration.error), "pairs": calibration.pairs, "bins": bins}


def _round(share: float) -> float:
    return round(share, 4)
