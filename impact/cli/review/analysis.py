"""`impact review`: add proposals, analyze them again."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.messages import complain, single_line
from impact.cli.review.session import now, open_as, user_options
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.review.store.store import Store
    from impact.review.values.proposal import AnalysisJob, StoredProposal
    from impact.review.values.users import User

SOME_FAILED = 4


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--only", multiple=True, metavar="NAME", help="Let only these people see it; may be given again.")
@click.option("--readings", type=click.IntRange(min=1), default=1, show_default=True, help="Reviewers who read blind.")
@click.option("--keep-days", type=click.IntRange(min=1), help="Days after which `erase --expired` erases it.")
@click.option("--view", type=click.Choice(["accepted", "original"]), default="accepted", show_default=True)
@click.option("--pdf-engine", type=click.Choice(["pdfium", "pdfminer"]), default="pdfium", show_default=True)
@click.option("--by", type=click.Choice(["model", "cues"]), default="model", show_default=True)
@user_options
def add(
    files: tuple[Path, ...],
    only: tuple[str, ...],
    readings: int,
    keep_days: int | None,
    view: str,
    pdf_engine: str,
    by: str,
    place: str | None,
    name: str | None,
) -> None:
    """Analyze FILES and store them.

    Exit codes: 0 done; 1 could not do it; 4 done, and some files failed.
    """
    from impact.review.store import proposals
    from impact.review.values.proposal import Submission

    options = (("by", by), ("pdf_engine", pdf_engine), ("view", view))
    until = now() + timedelta(days=keep_days) if keep_days else None
    failed = 0
    with open_as(place, name) as (store, user):
        for file in files:
            try:
                submission = Submission(file.name, file.read_bytes(), options, only or None, readings, until)
                stored, _ = proposals.submit(store, user, submission, now())
                failed += not _bring_in(store, user, stored, options)
            except OSError as error:
                failed += 1
                complain(f"{file} cannot be read: {error.strerror}")
    if failed:
        sys.exit(1 if failed == len(files) else SOME_FAILED)


@click.command()
@click.argument("proposal")
@click.option("--by", type=click.Choice(["model", "cues"]), default="model", show_default=True)
@click.option("--take-over", is_flag=True, help="Even if another program has begun; it was killed, for instance.")
@user_options
def again(proposal: str, by: str, place: str | None, name: str | None, *, take_over: bool) -> None:
    """Analyze PROPOSAL again, with a newer model for instance; decisions stay with their findings."""
    from impact.cli.review.lines import renewal_lines
    from impact.review.decide import reading
    from impact.review.store import jobs, proposals
    from impact.review.values.proposal import State

    with open_as(place, name) as (store, user):
        stored = proposals.get(store, user, proposal)
        job = jobs.latest_of(store, stored.id)
        if take_over and job:
            jobs.queue_again(store, now(), job.worker or None)
            stored = proposals.get(store, user, proposal)
        if stored.state is not State.QUEUED:
            proposals.analyze_again(store, user, stored.id, {"by": by}, now())
        if not _work(store, user, stored.id):
            sys.exit(1)
        if stored.analyses:
            click.echo("\n".join(renewal_lines(reading.analysis_changes(store, user, stored.id, stored.analyses))))


def _bring_in(store: "Store", user: "User", stored: "StoredProposal", options: tuple[tuple[str, str], ...]) -> bool:
    """Analyze a proposal unless that is done; return whether it is now."""
    from impact.review.store import proposals
    from impact.review.values.proposal import State

    if stored.state is State.DONE:
        click.echo(
            single_line(f"{stored.id}  {stored.source} is there already; `impact review again` analyzes it anew")
        )
        return True
    if stored.state is State.FAILED:
        proposals.analyze_again(store, user, stored.id, dict(options), now())
    return _work(store, user, stored.id)


def _work(store: "Store", user: "User", proposal: str) -> bool:
    """Do the job of a proposal here and now; return whether it could be analyzed."""
    from impact.cli.review.lines import proposal_line
    from impact.review.store import analyses, jobs, proposals

    job = jobs.claim(store, f"command line {os.getpid()}", now(), proposal)
    if job is None:
        raise ImpactError(f"another program is at work on {proposal}", "See its state with `impact review list`")
    try:
        files = _analyze(store, user, job)
    except ImpactError as error:
        jobs.fail(store, job, error.message, error.hint, now())
        complain(error)
        return False
    except BaseException:
        jobs.queue_again(store, now(), job.worker)
        raise
    analyses.save(store, job, files, now())
    click.echo(proposal_line(proposals.get(store, user, proposal)))
    return True


def _analyze(store: "Store", user: "User", job: "AnalysisJob") -> dict[str, bytes]:
    from impact import pipeline
    from impact.extract import Options, read_bytes
    from impact.report import FILE_NAMES
    from impact.review.store import proposals

    stored = proposals.get(store, user, job.proposal)
    chosen = {"by": "model", "pdf_engine": "pdfium", "view": "accepted", **dict(job.options)}
    options = Options(pdf_engine=chosen["pdf_engine"], view=chosen["view"])
    document = read_bytes(proposals.original(store, user, job.proposal), stored.source, options)
    assessment = pipeline.analyze_document(document, options, (chosen["by"],), now())
    return {FILE_NAMES[form]: pipeline.render(assessment, form).encode() for form in ("json", "html")}
