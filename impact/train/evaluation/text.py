"""The figures of an evaluation as text for a terminal."""

from collections.abc import Iterator, Sequence

from pandas import DataFrame

from impact.train.evaluation.alarms import Alarms
from impact.train.evaluation.by_document import GRAVEST, OFTEN
from impact.train.evaluation.calibration import FLOOR
from impact.train.evaluation.evaluate import Baseline, Evaluation, Placement
from impact.train.evaluation.scores import FREQUENT, LabelResult
from impact.train.evaluation.swap import Swapped
from impact.train.second_reader import MeasuredReader

FIGURES = {
    "micro_f1": "micro-F1",
    "macro_f1_frequent": f"macro-F1 over labels with {FREQUENT} or more",
    "anything_precision": "precision of any label",
    "anything_recall": "recall of any label",
}
"""Words for the figures that have an interval."""


def text(result: Evaluation, alarms: Alarms | None = None, swapped: Swapped | None = None) -> str:
    """Return tables and sentences: by label, with intervals, by body, baselines, cuts, calibration, by document."""
    agreement = result.agreement
    lines = [
        f"{agreement.clauses} clauses of {agreement.documents} documents, by {', '.join(result.by)}",
        *placed(result.placement),
        "",
        _table([*agreement.labels, agreement.micro, agreement.any_label]),
        f"macro-F1 {agreement.macro_f1:.2f}; over labels with {FREQUENT} or more {agreement.macro_f1_frequent:.2f}",
        *_intervals(result),
        "",
        _table(result.bodies, head="body"),
        "",
        _beside(result),
        *(_second(result.second) if result.second else ()),
        "",
        *_cuts(result),
        *_calibrations(result),
        *_documents(result),
        *(_alarms(alarms) if alarms else ()),
        *(_swapped(swapped) if swapped else ()),
    ]
    return "\n".join(lines)


def placed(placement: Placement) -> Iterator[str]:
    """Yield how clauses were found in whole documents; nothing where they were put into them."""
    if placement.whole:
        yield (
            f"whole documents: {placement.literal} clauses found word for word, {placement.lost} not found and judged "
            f"as having no label, {placement.left_out} left out because their document is not available"
        )


def _table(results: Sequence[LabelResult], head: str = "label") -> str:
    frame = DataFrame([_row(result, head) for result in results]).set_index(head).dropna(axis="columns", how="all")
    return frame.to_string(float_format="{:.2f}".format, index_names=False, na_rep="-")


def _row(result: LabelResult, head: str) -> dict[str, object]:
    return {
        head: result.label,
        "precision": result.precision,
        "recall": result.recall,
        "F1": result.f1,
        "AP": result.average_precision,
        "readers": result.true,
        "program": result.reported,
    }


def _intervals(result: Evaluation) -> Iterator[str]:
    spoken = (f"{FIGURES[interval.figure]} {interval.low:.2f} to {interval.high:.2f}" for interval in result.intervals)
    yield f"95 % intervals over documents (seed {result.seed}): {'; '.join(spoken)}"


def _beside(result: Evaluation) -> str:
    rows = [*result.baselines, Baseline(", ".join(result.by), result.agreement)]
    frame = DataFrame(
        {
            "program": row.name,
            "micro-F1": row.agreement.micro.f1,
            "macro-F1": row.agreement.macro_f1,
            f"macro-F1 ({FREQUENT}+)": row.agreement.macro_f1_frequent,
            "anything P": row.agreement.any_label.precision,
            "anything R": row.agreement.any_label.recall,
        }
        for row in rows
    )
    return frame.set_index("program").to_string(float_format="{:.2f}".format, index_names=False)


def _second(reader: MeasuredReader) -> Iterator[str]:
    yield (
        f"second reader: {reader.read} clauses read, {reader.unread} not read, {reader.dropped} quotes "
        f"left out; {reader.requests} requests, {reader.tokens} tokens, {reader.seconds:.1f} s"
    )


def _cuts(result: Evaluation) -> Iterator[str]:
    for curve in result.curves:
        spoken = (f"{share:.2f} at {100 * wanted:.0f} % recall" for wanted, share in curve.at)
        yield f"precision, {curve.name}: {', '.join(spoken)}"


def _calibrations(result: Evaluation) -> Iterator[str]:
    yield (
        f"calibration error {result.graded.error:.3f} over {result.graded.pairs} pairs of probability {FLOOR} or more, "
        f"{result.labeled.error:.3f} over the {result.labeled.pairs} that the program reports"
    )


def _documents(result: Evaluation) -> Iterator[str]:
    documents = result.documents
    yield (
        f"by document: of {documents.often} mechanisms that readers found in {OFTEN} or more clauses of a document, "
        f"the program reports in labeled clauses {documents.named_in_clauses} "
        f"({_percent(documents.named_in_clauses, documents.often)}), and in the whole document "
        f"{documents.named_anywhere} ({_percent(documents.named_anywhere, documents.often)})"
    )
    yield (
        f"gravest: of {documents.grave} findings, the {GRAVEST} gravest firm ones on labeled clauses of each "
        f"document, {documents.grave_right} are correct ({_percent(documents.grave_right, documents.grave)}); of each "
        f"document's {GRAVEST} gravest firm ones anywhere, {documents.top} are on labeled clauses, "
        f"{documents.top_right} of them correct "
        f"({_percent(documents.top_right, documents.top)})"
    )
    yield (
        f"firm: of {documents.firm} firm findings on labeled clauses, {documents.firm_right} are correct "
        f"({_percent(documents.firm_right, documents.firm)}); of {documents.doubtful} that need review, "
        f"{documents.doubtful_right} ({_percent(documents.doubtful_right, documents.doubtful)})"
    )


def _alarms(alarms: Alarms) -> Iterator[str]:
    yield (
        f"benign documents: {alarms.findings} findings in {alarms.clauses} clauses of {alarms.documents} documents,"
        f" {alarms.per_hundred:.2f} per 100 clauses"
    )


def _swapped(swapped: Swapped) -> Iterator[str]:
    yield (
        f"names swapped (seed {swapped.seed}): {len(swapped.changed)} of {swapped.clauses} clauses with a name "
        "changed a label"
    )
    for change in swapped.changed:
        lost, new = (", ".join(sorted(labels)) or "-" for labels in (change.lost, change.new))
        yield f"  {change.row}: lost {lost}; new {new}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none to judge"
