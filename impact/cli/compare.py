"""`impact compare`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.messages import say
from impact.cli.options import by_option, formats_option, pdf_engine_option, quiet_option
from impact.cli.output import write_all
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.records.report import Report

FORMATS = ("html", "json")
REPORT_HEAD = b'{"schema":"impact-report/'


@click.command()
@click.argument("old", type=click.Path(path_type=Path, readable=False))
@click.argument("new", required=False, type=click.Path(path_type=Path, readable=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write the comparison to.")
@formats_option(FORMATS, "separate both with a comma")
@pdf_engine_option
@by_option
@quiet_option
def compare(
    old: Path, new: Path | None, out: Path | None, formats: tuple[str, ...], pdf_engine: str, by: str, *, quiet: bool
) -> None:
    """Compare two versions of a proposal.

    The comparison covers clauses, findings and safeguards. OLD and NEW are documents, or report.json files written by
    `impact analyze` or `impact batch`. If NEW is left out, OLD must be a Word file with tracked changes. Its original
    text is compared with the text after all changes are accepted.

    The comparison is written to DIR/comparison.html and DIR/comparison.json. Without --out, it is written to a folder
    NAME-comparison in the current folder.

    Exit codes: 0 completed; 1 failed; 2 incorrect usage.
    """
    from impact.compare import FILE_NAMES, RENDERERS, terminal
    from impact.compare import compare as run
    from impact.taxonomy import load

    before, after = _marked(old, by) if new is None else (_edition(path, pdf_engine, by) for path in (old, new))
    comparison, taxonomy = run(before, after), load()
    folder = out or Path(f"{(new or old).stem}-comparison")
    write_all(folder, {FILE_NAMES[form]: RENDERERS[form](comparison, taxonomy) for form in formats})
    if not quiet:
        say(*terminal(comparison).splitlines())
        say(f"Comparison: {', '.join(str(folder / FILE_NAMES[form]) for form in formats)}")


def _edition(path: Path, pdf_engine: str, by: str, view: str = "accepted") -> "Report":
    """Return one side: a report.json as it stands, any other file analyzed."""
    from impact.extract import Options
    from impact.pipeline import analyze
    from impact.records.report_json import from_text
    from impact.report.jsonfile import report_of
    from impact.taxonomy import load

    if path.is_file() and _is_report(path):
        return from_text(path.read_bytes(), path.name)
    return report_of(analyze(path, options=Options(pdf_engine=pdf_engine, view=view), by=(by,)), load())


def _is_report(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(REPORT_HEAD)) == REPORT_HEAD


def _marked(path: Path, by: str) -> tuple["Report", "Report"]:
    """Return the two texts of a Word file, which must have revision marks."""
    from datetime import UTC, datetime

    from impact.extract import Options, read
    from impact.pipeline import analyze_document
    from impact.report.jsonfile import report_of
    from impact.taxonomy import load

    views = [Options(view="original"), Options(view="accepted")]
    original = read(path, views[0])
    if not original.changes:
        message = f"{path.name} has no tracked changes to compare"
        raise ImpactError(message, "Give both files: impact compare OLD NEW")
    now = datetime.now(UTC)
    before, after = (
        report_of(analyze_document(document, options, (by,), now), load())
        for document, options in zip((original, read(path, views[1])), views, strict=True)
    )
    return before, after
