"""`impact review export`: decisions as files, and files to send that follow them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.messages import complain, say, say_data
from impact.cli.options import names_of
from impact.cli.output import write_all
from impact.cli.review.session import at_store
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.review.store.store import Store
    from impact.review.values.users import User

MANY = {"jsonl": "jsonl", "csv": "csv"}
"""Formats of the decisions on several proposals, with the suffix of the file."""

DATA = (*MANY, "annotations", "signed")
REPORTS = ("html", "md", "findings", "docx", "xlsx", "pdf")
DRAFTS = ("amendments", "review", "review-text", "contribution", "contribution-text")
ONEPAGE, ON_PAPER, ANNOTATED, EVERY = "onepage", "onepage-pdf", "annotated", "all"
FILES = (*REPORTS, *DRAFTS, ONEPAGE, ON_PAPER, ANNOTATED)
"""Formats of files to send; "findings" is findings.csv, for "csv" are the decisions."""

OFFICE = frozenset({"docx", "xlsx", "pdf", "amendments", "review", "contribution", ON_PAPER, ANNOTATED})
"""Formats that are no text, and so are never printed."""

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    return FILES if value.strip().lower() == EVERY else names_of(value, (*DATA, *FILES))


def _languages(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    return () if value is None else names_of(value, LANGUAGES, EVERY)


@click.command()
@click.argument("proposals", nargs=-1)
@click.option(
    "--format",
    "formats",
    default="jsonl",
    show_default=True,
    callback=_formats,
    help=f"One or more of {', '.join((*DATA, *FILES))}, separated by commas; or all, for all files to send.",
)
@click.option(
    "--language",
    "languages",
    callback=_languages,
    help=f"Languages of the one-page brief: {', '.join(LANGUAGES)}, or all; separate with commas.  [default: en]",
)
@click.option(
    "--version", type=click.IntRange(min=1), help="Signed version to export, or for the files to send to follow."
)
@click.option("--out", type=click.Path(path_type=Path), help="File to write, or folder for several.  [default: print]")
@at_store
def export(
    store: "Store",
    user: "User",
    proposals: tuple[str, ...],
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    version: int | None,
    out: Path | None,
) -> None:
    """Export the decisions that you may read, and files to send that follow them.

    Without PROPOSALS, decisions on all proposals are exported. jsonl and csv contain decisions for `import`. All other
    formats cover one proposal: annotations are W3C Web Annotations of the findings; signed is a signed version as
    data, by default the latest.

    Files to send have the formats of `impact analyze` and follow the decisions: rejected findings are left out,
    corrected ones are corrected, and each file says whose decisions it follows. findings is the table of findings
    (findings.csv). Without --version, the files follow the version signed last, or the present decisions if any has
    been made since. With all, a file that cannot be produced here is named in a message and left out.
    """
    _check_usage(formats, languages, version, printed=out is None)
    chosen = [form for form in formats if form in FILES]
    if (chosen or set(formats) - MANY.keys()) and len(proposals) != 1:
        form = next(form for form in formats if form not in MANY)
        raise ImpactError(f"{form} covers one proposal, not {len(proposals)}", "Give one proposal")
    files: dict[str, bytes] = {}
    for form in formats:
        if form not in FILES:
            name, text = _data(store, user, proposals, form, version or 0)
            files[name] = text.encode()
    if chosen:
        wanted = _spread(chosen, languages)
        files |= _outgoing(store, user, proposals[0], wanted, version=version or 0, tolerant=set(FILES) <= set(formats))
    _deliver(files, out)


def _check_usage(formats: Sequence[str], languages: Sequence[str], version: int | None, *, printed: bool) -> None:
    """Refuse options that do not go together.

    Raises:
        click.UsageError: If some do not.
    """
    if languages and not {ONEPAGE, ON_PAPER} & set(formats):
        raise click.UsageError(f"--language can be used only with --format {ONEPAGE} or {ON_PAPER}")
    if version and not {*FILES, "signed"} & set(formats):
        raise click.UsageError("--version can be used only with signed and with files to send")
    if printed and (len(formats) * max(len(languages), 1) > 1 or formats[0] in OFFICE):
        raise click.UsageError("give --out: only a single file of text can be printed")


def _spread(formats: Sequence[str], languages: Sequence[str]) -> list[str]:
    """Return the forms of `impact.report` for some formats, the one-page brief once for each language."""
    pages = {ONEPAGE: "onepage-{}", ON_PAPER: "onepage-{}-pdf"}
    spread: list[str] = []
    for form in formats:
        codes = languages or ("en",)
        spread += [pages[form].format(code) for code in codes] if form in pages else [form]
    return ["csv" if form == "findings" else form for form in spread]


def _data(store: "Store", user: "User", wanted: tuple[str, ...], form: str, version: int) -> tuple[str, str]:
    """Return the name of a file of decisions, and what stands in it."""
    from impact.review.decide import reading, signing
    from impact.review.exchange import annotations, rows

    if form in MANY:
        return f"decisions.{MANY[form]}", rows.WRITERS[form](reading.list_events(store, user, wanted))
    if form == "signed":
        frozen = signing.signed_version(store, user, wanted[0], version)
        return f"signed-{frozen['version']}.json", json.dumps(frozen, indent=1) + "\n"
    return "decisions.jsonld", annotations.render(reading.open_desk(store, user, wanted[0]))


def _outgoing(
    store: "Store", user: "User", proposal: str, forms: Sequence[str], *, version: int, tolerant: bool
) -> dict[str, bytes]:
    """Return files to send by name; where one cannot be made, an error, or one line said if `tolerant`."""
    from impact.pipeline import reissue
    from impact.report import outgoing
    from impact.review.decide import reading
    from impact.review.decide.decided import decided
    from impact.review.store import proposals

    desk = reading.open_desk(store, user, proposal)
    follows = decided(store, user, desk, version)
    names = {form: name for name, form in outgoing(follows.report.document.format).items()}
    make = reissue(proposals.original(store, user, desk.proposal.id), follows.report, follows.record)
    files = {}
    for form in forms:
        try:
            name = _name(names, form)
            files[name] = make(name)
        except ImpactError as error:
            if not tolerant:
                raise
            complain(error)
    return files


def _name(names: Mapping[str, str], form: str) -> str:
    if form not in names:
        raise ImpactError("only a PDF or DOCX can be annotated, and this document is neither", "Choose another format")
    return names[form]


def _deliver(files: Mapping[str, bytes], out: Path | None) -> None:
    """Print a text, or write files: a single one under the name given, several into a folder."""
    if out is None:
        say_data(next(iter(files.values())))
        return
    if len(files) == 1 and not out.is_dir():
        write_all(out.parent, {out.name: next(iter(files.values()))})
        return
    write_all(out, files)
    say(f"Files: {', '.join(str(out / name) for name in files)}")
