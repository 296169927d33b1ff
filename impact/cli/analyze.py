"""`impact analyze`."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.enclosed import documents_of
from impact.cli.messages import complain, failure_code, say, single_line
from impact.cli.options import (
    by_option,
    formats_option,
    names_of,
    opinion_behind,
    pdf_engine_option,
    quiet_option,
    reader_options,
    view_option,
)
from impact.cli.output import folders_of, write_all
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.cli.enclosed import EnclosedDocument
    from impact.extract import Options
    from impact.reader import Door
    from impact.reader.opinion import SecondOpinion
    from impact.records import Assessment, Level

LEVELS = ("low", "medium", "high")
ANNOTATED, ONEPAGE, PDF = "annotated", "onepage", "pdf"
FORMATS = ("html", "json", "md", "csv", "docx", "xlsx", ONEPAGE, "amendments", "review", "contribution", PDF, ANNOTATED)
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
WITH_TEXT = {"review": "review-text", "contribution": "contribution-text"}
LEVEL_REACHED = 3


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    names = names_of(value, FORMATS)
    return tuple(name for form in names for name in (form, WITH_TEXT.get(form)) if name)


def _languages(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    return () if value is None else names_of(value, LANGUAGES, "all")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write the reports to.")
@formats_option(FORMATS, "separate several with commas", _formats)
@click.option(
    "--language",
    "languages",
    callback=_languages,
    help=f"Languages of the one-page brief: {', '.join(LANGUAGES)}, or all; separate with commas.  [default: en]",
)
@pdf_engine_option
@view_option
@by_option
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS, case_sensitive=False),
    help="Exit with code 3 if firm findings reach this level. Findings that need review do not count.",
)
@click.option("--annex", is_flag=True, help="Include the annex in pdf, docx and md, and in the printed html page.")
@reader_options
@quiet_option
def analyze(
    files: tuple[Path, ...],
    out: Path | None,
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    pdf_engine: str,
    view: str,
    by: str,
    fail_on: str | None,
    door: "Door | None",
    *,
    annex: bool,
    quiet: bool,
) -> None:
    """Analyze each of FILES and write a report on it.

    The report is written to DIR/report.html (and report.json and so on), with a folder for each file if there are
    several; without --out, to a folder NAME-report in the current folder. An archive with one contribution, or a
    message with attachments, is one proposal: reports on its further documents are in DIR/further.

    Formats: docx is a brief for Word; xlsx is a workbook; onepage is a one-page brief in each --language; amendments
    shows the clauses with tracked changes for Word; review and contribution are drafts to edit, as text and for Word;
    pdf is the printed report (WeasyPrint must be installed); annotated is the original PDF or DOCX with a note at each
    finding. A message says so if notes cannot be added to the original.

    The printed report contains the brief and the findings. Add --annex to include guideline answers, amendments,
    the worksheet and the other parts of the annex.

    With --reader, a language model that you trust reads the relevant clauses a second time. The reports name the model.

    Exit codes: 0 completed; 1 failed; 2 incorrect usage; 3 completed, and firm findings in a file reach the level of
    --fail-on; 4 completed, but some files failed.
    """
    from impact.extract import Options
    from impact.records import Level

    if languages and ONEPAGE not in formats:
        raise click.UsageError(f"--language can be used only with --format {ONEPAGE}")
    spread, options = _spread(formats, languages), Options(pdf_engine=pdf_engine, view=view)
    second = opinion_behind(door)
    run = partial(_analyze, formats=spread, options=options, by=by, second=second, annex=annex, quiet=quiet)
    levels = _levels(run, files, out)
    done = [level for level in levels if level is not None]
    reached = fail_on is not None and any(level >= Level(fail_on) for level in done)
    sys.exit(failure_code(len(levels) - len(done), len(levels)) or (LEVEL_REACHED if reached else 0))


def _levels(
    run: "Callable[[EnclosedDocument, Path], Assessment]", files: Sequence[Path], out: Path | None
) -> "list[Level | None]":
    """Return the firm levels of the documents in the files; None for each that cannot be analyzed, after saying why."""
    levels: list[Level | None] = []
    for file, folder in zip(files, folders_of(files, out), strict=True):
        try:
            documents = documents_of(file)
        except ImpactError as error:
            complain(error)
            levels.append(None)
            continue
        for document in documents:
            try:
                levels.append(run(document, folder / document.folder).firm_level)
            except ImpactError as error:
                complain(error)
                levels.append(None)
    return levels


def _spread(formats: Sequence[str], languages: Sequence[str]) -> list[str]:
    """Return formats with the one-page brief once for each language, English if there is none."""
    pages = [f"{ONEPAGE}-{code}" for code in languages or ("en",)]
    return [name for form in formats for name in (pages if form == ONEPAGE else [form])]


def _analyze(
    enclosed: "EnclosedDocument",
    folder: Path,
    *,
    formats: Sequence[str],
    options: "Options",
    by: str,
    second: "SecondOpinion | None",
    annex: bool,
    quiet: bool,
) -> "Assessment":
    """Analyze one document, write its reports and print the summary."""
    name = enclosed.document.name.rpartition("/")[2]
    if not quiet and sys.stderr.isatty():
        click.echo(f"Reading {single_line(name)} ...", err=True)
    from impact.extract import Limits, read_bytes
    from impact.pipeline import analyze_document, exporter
    from impact.report import FILE_NAMES, summary
    from impact.taxonomy import load

    data = enclosed.document.read(Limits().file_bytes)
    document = read_bytes(data, name, options)
    assessment = analyze_document(document, options, (by,), datetime.now(UTC), second, enclosed.filing)
    make = exporter(assessment, annex=annex)
    reports: dict[str, str | bytes] = {FILE_NAMES[form]: make(form) for form in formats if form != ANNOTATED}
    if ANNOTATED in formats:
        reports |= _annotated(data, assessment, alone=not reports)
    write_all(folder, reports)
    if not quiet:
        click.echo(summary(assessment, load()).rstrip())
        say(f"Reports: {', '.join(str(folder / name) for name in reports)}")
    return assessment


def _annotated(data: bytes, assessment: "Assessment", *, alone: bool) -> dict[str, bytes]:
    """Return the annotated original by its name; where it cannot be made, an error if `alone`, else one line said."""
    from impact.pipeline import annotate

    try:
        annotated = annotate(assessment, data)
    except ImpactError as error:
        if alone:
            raise
        complain(error)
        return {}
    return {f"annotated.{assessment.document.format}": annotated}
