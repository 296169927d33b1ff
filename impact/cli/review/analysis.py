"""`impact review`: add proposals, analyze them again."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.messages import complain, failure_code, say
from impact.cli.options import WAYS, reader_options, terms_behind
from impact.cli.review.session import at_store, now
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.reader import Door
    from impact.reader.opinion import ReaderTerms
    from impact.review.store.store import Store
    from impact.review.values.proposal import AnalysisJob, StoredProposal
    from impact.review.values.users import User


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--only", multiple=True, metavar="NAME", help="Only this person may see the proposal. May be repeated.")
@click.option(
    "--readings",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Number of reviewers who work independently, without seeing each other's decisions.",
)
@click.option("--keep-days", type=click.IntRange(min=1), help="Days after which `erase --expired` erases the proposal.")
@click.option("--view", type=click.Choice(["accepted", "original"]), default="accepted", show_default=True)
@click.option("--pdf-engine", type=click.Choice(["pdfium", "pdfminer"]), default="pdfium", show_default=True)
@click.option("--by", type=click.Choice(WAYS), default="model", show_default=True)
@reader_options
@at_store
def add(
    store: "Store",
    user: "User",
    files: tuple[Path, ...],
    only: tuple[str, ...],
    readings: int,
    keep_days: int | None,
    door: "Door | None",
    **chosen: str,
) -> None:
    """Analyze FILES and add them to the store.

    With --reader, a language model that you trust reads clauses a second time.

    Exit codes: 0 completed; 1 failed; 4 completed, but some files failed.
    """
    from impact.review.store import proposals
    from impact.review.values.proposal import Submission

    options, terms = tuple(sorted(chosen.items())), terms_behind(door)
    until = now() + timedelta(days=keep_days) if keep_days else None
    failed = 0
    for file in files:
        try:
            submission = Submission(file.name, file.read_bytes(), options, only or None, readings, until)
            stored, _ = proposals.submit(store, user, submission, now())
            failed += not _bring_in(store, user, stored, options, terms)
        except OSError as error:
            failed += 1
            complain(f"{file} cannot be read: {error.strerror}")
    sys.exit(failure_code(failed, len(files)))


@click.command()
@click.argument("proposal")
@click.option("--by", type=click.Choice(WAYS), default="model", show_default=True)
@click.option(
    "--take-over",
    is_flag=True,
    help="Analyze even if another program has started the analysis, for example because it was killed.",
)
@reader_options
@at_store
def again(store: "Store", user: "User", proposal: str, by: str, door: "Door | None", *, take_over: bool) -> None:
    """Analyze PROPOSAL again.

    A newer model may give other findings. Decisions are kept with their findings.
    """
    from impact.cli.review.lines import renewal_lines
    from impact.review.decide import reading
    from impact.review.store import jobs, proposals
    from impact.review.values.proposal import State

    stored = proposals.get(store, user, proposal)
    job = jobs.latest_of(store, stored.id)
    if take_over and job:
        jobs.queue_again(store, now(), job.worker or None)
        stored = proposals.get(store, user, proposal)
    if stored.state is not State.QUEUED:
        proposals.analyze_again(store, user, stored.id, {"by": by}, now())
    if not _work(store, user, stored.id, terms_behind(door)):
        sys.exit(1)
    if stored.analyses:
        say(*renewal_lines(reading.analysis_changes(store, user, stored.id, stored.analyses)))


def _bring_in(
    store: "Store",
    user: "User",
    stored: "StoredProposal",
    options: tuple[tuple[str, str], ...],
    terms: "ReaderTerms | None",
) -> bool:
    """Analyze a proposal unless that is done; return whether it is now."""
    from impact.review.store import proposals
    from impact.review.values.proposal import State

    if stored.state is State.DONE:
        say(f"{stored.id}  {stored.source} is already in the store. To analyze it again, use `impact review again`")
        return True
    if stored.state is State.FAILED:
        proposals.analyze_again(store, user, stored.id, dict(options), now())
    return _work(store, user, stored.id, terms)


def _work(store: "Store", user: "User", proposal: str, terms: "ReaderTerms | None") -> bool:
    """Do the job of a proposal here and now; return whether it could be analyzed."""
    from impact.cli.review.lines import proposal_line
    from impact.review.store import analyses, jobs, proposals

    job = jobs.claim(store, f"command line {os.getpid()}", now(), proposal)
    if job is None:
        raise ImpactError(f"another program is analyzing {proposal}", "Check its state with `impact review list`")
    try:
        files = _analyze(store, user, job, terms)
    except ImpactError as error:
        jobs.fail(store, job, error.message, error.hint, now())
        complain(error)
        return False
    except BaseException:
        jobs.queue_again(store, now(), job.worker)
        raise
    analyses.save(store, job, files, now())
    say(proposal_line(proposals.get(store, user, proposal)))
    return True


def _analyze(store: "Store", user: "User", job: "AnalysisJob", terms: "ReaderTerms | None") -> dict[str, bytes]:
    from impact import pipeline
    from impact.extract import Options, read_bytes
    from impact.report import FILE_NAMES
    from impact.review.store import blobs, proposals
    from impact.taxonomy import load

    stored = proposals.get(store, user, job.proposal)
    chosen = dict(job.options)
    options = Options.chosen(chosen)
    document = read_bytes(proposals.original(store, user, job.proposal), stored.source, options)
    second = terms.keeping(blobs.answers_of(store.files, stored.digest)).opinion(load()) if terms else None
    assessment = pipeline.analyze_document(document, options, (chosen.get("by", "model"),), now(), second)
    return {FILE_NAMES[form]: pipeline.render(assessment, form).encode() for form in ("json", "html")}
