"""`impact review`: the group, and what brings proposals in and shows them."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.review_deciding import agreement, conflicts, decide, done, sign, undo
from impact.cli.review_desk import at_desk, now, opened
from impact.cli.review_keeping import erase, export, take, verify
from impact.cli.terminal import complain, one_line
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.review.store.store import Store
    from impact.review.values.proposal import AnalysisJob, StoredProposal
    from impact.review.values.users import User

LEVELS = ("high", "medium", "low", "none")
STATES = ("queued", "running", "done", "failed")
SOME_FAILED = 4


@click.group()
def review() -> None:
    """Keep proposals in a store, and decide on what was found in them.

    PROPOSAL is the id that `list` shows, or its first four or more characters; FINDING likewise, or "next" for what
    you have not decided yet.
    """


@review.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--only", multiple=True, metavar="NAME", help="Let only these people see it; may be given again.")
@click.option("--readings", type=click.IntRange(min=1), default=1, show_default=True, help="Reviewers who read blind.")
@click.option("--keep-days", type=click.IntRange(min=1), help="Days after which `erase --expired` erases it.")
@click.option("--view", type=click.Choice(["accepted", "original"]), default="accepted", show_default=True)
@click.option("--pdf-engine", type=click.Choice(["pdfium", "pdfminer"]), default="pdfium", show_default=True)
@click.option("--by", type=click.Choice(["model", "cues"]), default="model", show_default=True)
@at_desk
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
    with opened(place, name) as (store, user):
        for file in files:
            try:
                given = Submission(file.name, file.read_bytes(), options, only or None, readings, until)
                made, _ = proposals.submit(store, user, given, now())
                failed += not _brought(store, user, made, options)
            except OSError as error:
                failed += 1
                complain(f"{file} cannot be read: {error.strerror}")
    if failed:
        sys.exit(1 if failed == len(files) else SOME_FAILED)


@review.command()
@click.argument("proposal")
@click.option("--by", type=click.Choice(["model", "cues"]), default="model", show_default=True)
@click.option("--take-over", is_flag=True, help="Even if another program has begun; it was killed, for instance.")
@at_desk
def again(proposal: str, by: str, place: str | None, name: str | None, *, take_over: bool) -> None:
    """Analyze PROPOSAL again, with a newer model for instance; decisions stay with their findings."""
    from impact.cli.reviewing import renewal_lines
    from impact.review.decide import reading
    from impact.review.store import jobs, proposals
    from impact.review.values.proposal import State

    with opened(place, name) as (store, user):
        found = proposals.get(store, user, proposal)
        job = jobs.latest_of(store, found.id)
        if take_over and job:
            jobs.queue_again(store, now(), job.worker or None)
            found = proposals.get(store, user, proposal)
        if found.state is not State.QUEUED:
            proposals.analyze_again(store, user, found.id, {"by": by}, now())
        if not _worked(store, user, found.id):
            sys.exit(1)
        if found.analyses:
            click.echo("\n".join(renewal_lines(reading.analysis_changes(store, user, found.id, found.analyses))))


@review.command("list")
@click.argument("words", nargs=-1)
@click.option("--group", default="", help="Study group, working group or committee.")
@click.option("--right", default="", help="Id of a right that a finding may touch.")
@click.option("--mechanism", default="", help="Id of a mechanism found.")
@click.option("--level", type=click.Choice(LEVELS), help="Gravest level.")
@click.option("--state", type=click.Choice(STATES))
@click.option("--order", type=click.Choice(["newest", "oldest", "gravest", "title"]), default="newest")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@at_desk
def list_(words: tuple[str, ...], place: str | None, name: str | None, limit: int, order: str, **asked: str) -> None:
    """List proposals, those with all WORDS in title, number, organizations or clauses."""
    from impact.cli.reviewing import proposal_line
    from impact.records import Level
    from impact.review.store import proposals
    from impact.review.values.proposal import Query, State

    query = Query(
        " ".join(words),
        asked["group"],
        asked["right"],
        asked["mechanism"],
        Level(asked["level"]) if asked["level"] else None,
        State(asked["state"]) if asked["state"] else None,
        order,
        limit=limit,
    )
    with opened(place, name) as (store, user):
        found = proposals.find(store, user, query)
        for proposal in found.proposals:
            click.echo(proposal_line(proposal))
        if found.total > len(found.proposals):
            click.echo(f"{found.total - len(found.proposals)} more; raise --limit", err=True)


@review.command()
@click.argument("proposal")
@at_desk
def show(proposal: str, place: str | None, name: str | None) -> None:
    """Show what is known of PROPOSAL, how far its reviewers are and who signed."""
    from impact.cli.reviewing import desk_lines
    from impact.review.decide import reading

    with opened(place, name) as (store, user):
        click.echo("\n".join(desk_lines(reading.open_desk(store, user, proposal))))


@review.command()
@click.argument("proposal")
@click.option("--undecided", is_flag=True, help="Only what you have not decided yet.")
@at_desk
def findings(proposal: str, place: str | None, name: str | None, *, undecided: bool) -> None:
    """List findings and safeguards of PROPOSAL with what you decided, and with what holds once it is opened."""
    from impact.cli.reviewing import subject_lines
    from impact.review.decide import reading

    with opened(place, name) as (store, user):
        for line in subject_lines(reading.open_desk(store, user, proposal), undecided=undecided):
            click.echo(line)


def _brought(store: "Store", user: "User", made: "StoredProposal", options: tuple[tuple[str, str], ...]) -> bool:
    """Analyze a proposal unless that is done; return whether it is now."""
    from impact.review.store import proposals
    from impact.review.values.proposal import State

    if made.state is State.DONE:
        click.echo(one_line(f"{made.id}  {made.source} is there already; `impact review again` analyzes it anew"))
        return True
    if made.state is State.FAILED:
        proposals.analyze_again(store, user, made.id, dict(options), now())
    return _worked(store, user, made.id)


def _worked(store: "Store", user: "User", proposal: str) -> bool:
    """Do the job of a proposal here and now; return whether it could be analyzed."""
    from impact.cli.reviewing import proposal_line
    from impact.review.store import analyses, jobs, proposals

    job = jobs.claim(store, f"command line {os.getpid()}", now(), proposal)
    if job is None:
        message = f"another program is at work on {proposal}"
        raise ImpactError(message, "See its state with `impact review list`")
    try:
        files = _analyzed(store, user, job)
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


def _analyzed(store: "Store", user: "User", job: "AnalysisJob") -> dict[str, bytes]:
    from impact import pipeline
    from impact.extract import Options, read_bytes
    from impact.report import FILE_NAMES
    from impact.review.store import proposals

    found = proposals.get(store, user, job.proposal)
    chosen = {"by": "model", "pdf_engine": "pdfium", "view": "accepted", **dict(job.options)}
    options = Options(pdf_engine=chosen["pdf_engine"], view=chosen["view"])
    document = read_bytes(proposals.original(store, user, job.proposal), found.source, options)
    assessment = pipeline.analyze_document(document, options, (chosen["by"],), now())
    return {FILE_NAMES[form]: pipeline.render(assessment, form).encode() for form in ("json", "html")}


for _command in (decide, undo, done, conflicts, agreement, sign, export, take, verify, erase):
    review.add_command(_command)
