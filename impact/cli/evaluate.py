"""`impact evaluate`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.errors import CorpusError

if TYPE_CHECKING:
    from impact.train.alarms import Alarms
    from impact.train.evaluate import Evaluation, LabelResult


@click.command()
@click.argument("clauses", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", default="cues", show_default=True, help="Judges to ask, separated by commas.")
@click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the documents that the clauses are from; they are then judged in their context.",
)
@click.option(
    "--benign",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="File or folder of documents in which every finding is a false alarm; may be repeated.",
)
@click.option(
    "--benign-list",
    "listed",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="List of such files, one path below the folder of --documents a line.",
)
@click.option("--json", "target", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures here too.")
def evaluate(
    clauses: tuple[Path, ...],
    by: str,
    documents: Path | None,
    benign: tuple[Path, ...],
    listed: Path | None,
    target: Path | None,
) -> None:
    """Compare what the program says of labelled CLAUSES (JSON Lines) with the labels of readers."""
    from impact.classify import JUDGES
    from impact.pipeline import prepare
    from impact.taxonomy import load
    from impact.train.alarms import count_alarms, read_benign_list
    from impact.train.clauses import read_labelled
    from impact.train.evaluate import evaluate as run

    if listed and not documents:
        message = "--benign-list needs --documents, the folder that its paths are below"
        raise click.UsageError(message)
    judges = tuple(part.strip() for part in by.split(","))
    if set(judges) - set(JUDGES):
        message = f"--by {by!r}: choose from {', '.join(JUDGES)}, separated by commas"
        raise click.UsageError(message)
    taxonomy = load()
    labelled = [row for path in clauses for row in read_labelled(path, taxonomy.labels)]
    if not labelled:
        message = f"{', '.join(map(str, clauses))}: no labelled clause in it"
        raise CorpusError(message, "Give a file with one clause a line")
    result = run(labelled, taxonomy, judges, prepare, documents)
    quiet = (*benign, *(read_benign_list(listed, documents) if listed and documents else ()))
    alarms = count_alarms(quiet, taxonomy, judges, prepare) if quiet else None
    click.echo(_table(result, alarms))
    if target:
        target.write_text(json.dumps(_figures(result, alarms), indent=2) + "\n", encoding="utf-8")


def _table(result: "Evaluation", alarms: "Alarms | None") -> str:
    from pandas import DataFrame

    rows = [_row(each) for each in (*result.labels, result.micro, result.any_label)]
    table = DataFrame(rows).set_index("label").to_string(float_format="{:.2f}".format, index_names=False)
    lines = [f"{result.clauses} clauses of {result.documents} documents", "", table]
    lines.append(f"macro-F1 {result.macro_f1:.2f}; over labels with 8 or more {result.macro_f1_frequent:.2f}")
    if alarms:
        lines.append(
            f"benign documents: {alarms.findings} findings in {alarms.clauses} clauses of {alarms.documents} documents,"
            f" {alarms.per_hundred:.2f} for each 100 clauses"
        )
    return "\n".join(lines)


def _row(each: "LabelResult") -> dict[str, object]:
    return {
        "label": each.label,
        "precision": each.precision,
        "recall": each.recall,
        "F1": each.f1,
        "readers": each.true,
        "program": each.said,
    }


def _figures(result: "Evaluation", alarms: "Alarms | None") -> dict[str, object]:
    rows = {
        each.label: {
            "precision": round(each.precision, 4),
            "recall": round(each.recall, 4),
            "f1": round(each.f1, 4),
            "readers": each.true,
            "program": each.said,
        }
        for each in (*result.labels, result.micro, result.any_label)
    }
    figures: dict[str, object] = {
        "clauses": result.clauses,
        "documents": result.documents,
        "results": rows,
        "macro_f1": round(result.macro_f1, 4),
        "macro_f1_frequent": round(result.macro_f1_frequent, 4),
    }
    if alarms:
        figures["benign"] = {
            "documents": alarms.documents,
            "clauses": alarms.clauses,
            "findings": alarms.findings,
            "per_hundred": round(alarms.per_hundred, 4),
        }
    return figures
