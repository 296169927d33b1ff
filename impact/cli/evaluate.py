"""`impact evaluate`."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.installed import check_installed
from impact.cli.options import opinion_behind, reader_options
from impact.errors import CorpusError

if TYPE_CHECKING:
    from impact.reader import Door
    from impact.records import Assessment, Classification, Clause, Proposal
    from impact.taxonomy.values import Taxonomy
    from impact.train.corpus.clauses import Labeled
    from impact.train.grading import Asker, Read

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_TARGET = click.Path(path_type=Path, dir_okay=False)


def _in_folder(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path | None:
    """Refuse a file to write whose folder is not there, before the work is done rather than after."""
    if value and not value.parent.is_dir():
        raise click.BadParameter(f"{value.parent} is not a folder")
    return value


@click.command()
@click.argument("clauses", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--by",
    default="model",
    show_default=True,
    help="Classifiers to evaluate: model, fast, cues, tfidf; separate several with commas.",
)
@click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the source documents, so that clauses are judged in context.",
)
@click.option(
    "--end-to-end",
    "whole",
    is_flag=True,
    help="Analyze whole documents, as `impact analyze` does, and compare the results for the labeled clauses.",
)
@click.option(
    "--benign",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="File or folder of documents in which every finding is a false alarm. May be repeated.",
)
@click.option(
    "--benign-list",
    "listed",
    type=_FILE,
    help="File listing such documents, one path per line, relative to --documents.",
)
@click.option(
    "--swap-names",
    "swap",
    is_flag=True,
    help="Judge the clauses again with other names, and count the labels that change.",
)
@reader_options
@click.option("--seed", default=0, show_default=True, help="Random seed for the intervals and for --swap-names.")
@click.option("--json", "target", type=_TARGET, callback=_in_folder, help="Also write the figures to this file.")
@click.option(
    "--html", "page", type=_TARGET, callback=_in_folder, help="Also write a page with figures and plots to this file."
)
def evaluate(
    clauses: tuple[Path, ...],
    by: str,
    documents: Path | None,
    whole: bool,  # noqa: FBT001 (click's shape)
    benign: tuple[Path, ...],
    listed: Path | None,
    swap: bool,  # noqa: FBT001 (click's shape)
    seed: int,
    target: Path | None,
    page: Path | None,
    door: "Door | None",
) -> None:
    """Measure how well the program agrees with readers.

    CLAUSES are JSON Lines files, or folders of stand-off labels such as corpora/development, whose texts are taken from
    --documents. With --reader, the results are given both with and without the second reader.
    """
    check_installed("impact evaluate", "train")
    from impact.pipeline import prepare
    from impact.train.evaluation.alarms import count_alarms, read_benign_list
    from impact.train.evaluation.evaluate import Documents, simpler
    from impact.train.evaluation.evaluate import evaluate as run
    from impact.train.evaluation.figures import figures
    from impact.train.evaluation.page import render
    from impact.train.evaluation.swap import swap_names
    from impact.train.evaluation.text import text

    if (listed or whole) and not documents:
        option = "--benign-list" if listed else "--end-to-end"
        raise click.UsageError(f"{option} requires --documents, the folder with the source documents")
    asker = _asker(by, door)
    read = cache(read_unboxed)
    labeled = labeled_in(clauses, asker.taxonomy, documents, read)
    place = Documents(read, documents, whole)
    result = run(labeled, asker, place, simpler(asker.by), seed)
    quiet = (*benign, *(read_benign_list(listed, documents) if listed and documents else ()))
    alarms = count_alarms(quiet, asker, prepare) if quiet else None
    swapped = swap_names(labeled, asker, place, seed) if swap else None
    click.echo(text(result, alarms, swapped))
    if target:
        target.write_text(json.dumps(figures(result, alarms, swapped), indent=2) + "\n", encoding="utf-8")
    if page:
        page.write_text(render(result, alarms, swapped), encoding="utf-8")


def read_unboxed(path: Path) -> "tuple[Proposal, tuple[Clause, ...]]":
    """Return a document without its boxes, so that many can be held at once."""
    from impact.pipeline import prepare
    from impact.records import Layout

    proposal, clauses = prepare(path)
    return replace(proposal, document=replace(proposal.document, layout=Layout())), clauses


def _asker(by: str, door: "Door | None") -> "Asker":
    from impact.classify import CLASSIFIERS, GRADERS
    from impact.taxonomy import load
    from impact.train.grading import Asker
    from impact.train.second_reader import MeasuredReader

    names = tuple(part.strip() for part in by.split(","))
    choices = list(dict.fromkeys((*CLASSIFIERS, *GRADERS)))
    if set(names) - set(choices):
        raise click.UsageError(f"--by {by!r}: choose from {', '.join(choices)}, separated by commas")
    if door and not set(names) & set(CLASSIFIERS):
        raise click.UsageError(f"--reader requires --by to include one of {', '.join(CLASSIFIERS)}")
    opinion = opinion_behind(door, parts=False)
    return Asker(load(), names, _assess, MeasuredReader(opinion) if opinion else None)


def labeled_in(
    clauses: tuple[Path, ...], taxonomy: "Taxonomy", documents: Path | None, read: "Read"
) -> "list[Labeled]":
    """Return the clauses of all files and folders, at least one."""
    from impact.train.corpus.clauses import read_labeled
    from impact.train.corpus.standoff import read_standoff

    labeled: list[Labeled] = []
    for path in clauses:
        if path.is_dir():
            labeled += read_standoff(path, documents, read, taxonomy.labels).labeled
        else:
            labeled += read_labeled(path, taxonomy.labels)
    if not labeled:
        message = (
            f"{', '.join(map(str, clauses))}: no labeled clause was found, or none of the source documents is available"
        )
        hint = "Give a file with one clause per line, or give the folder of source documents with --documents"
        raise CorpusError(message, hint)
    return labeled


def _assess(proposal: "Proposal", clauses: "tuple[Clause, ...]", classification: "Classification") -> "Assessment":
    from impact.assess import assess
    from impact.records import Provenance
    from impact.taxonomy import load

    taxonomy = load()
    return assess(proposal, clauses, classification, taxonomy, Provenance("evaluation", taxonomy.digest, (), (), ""))
