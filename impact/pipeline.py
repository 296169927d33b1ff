"""The order of the stages: extract, describe, segment, classify, assess, report. No other module knows it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from impact.assess import assess
from impact.classify import classify, digests
from impact.describe import describe
from impact.extract import Options, read
from impact.records import Assessment, Classification, Clause, Proposal, Provenance
from impact.report import RENDERERS
from impact.segment import segment
from impact.taxonomy import load

ASSESSED_LANGUAGES = frozenset({"en", "und"})
"""Languages whose clauses are classified; "und" is text too short to tell. Source: cues and corpora are
English."""


def prepare(
    path: Path | str, options: Options | None = None, *, jailed: bool = True
) -> tuple[Proposal, tuple[Clause, ...]]:
    """Return a file as a proposal with its clauses: stages 1 to 3.

    Raises:
        UnreadableError: If the file cannot be read.
    """
    document = read(Path(path), options or Options(), jailed=jailed)
    return describe(document), segment(document)


def analyze(
    path: Path | str,
    *,
    options: Options | None = None,
    by: Sequence[str] = ("model",),
    now: datetime | None = None,
    jailed: bool = True,
) -> Assessment:
    """Return the assessment of a file: stages 1 to 5.

    Args:
        path: A PDF, DOCX, PPTX, HTML, XML, Markdown or text file; its kind is told by content.
        options: How to read it.
        by: Names of the judges to ask, see `impact.classify.JUDGES`.
        now: Time to put into the provenance; the clock's if absent.
        jailed: Whether to read the file in a child process with limits; switch it off for trusted files only.

    Raises:
        UnreadableError: If the file cannot be read.
    """
    chosen = options or Options()
    taxonomy = load()
    proposal, clauses = prepare(path, chosen, jailed=jailed)
    assessed = proposal.language in ASSESSED_LANGUAGES
    classification = classify(proposal, clauses, taxonomy, by) if assessed else Classification()
    provenance = Provenance(
        tool=version("impact-rights"),
        taxonomy=taxonomy.digest,
        models=digests(by),
        options=(("by", ",".join(by)), ("pdf_engine", chosen.pdf_engine), ("view", chosen.view)),
        made_at=(now or datetime.now(UTC)).isoformat(timespec="seconds"),
    )
    return assess(proposal, clauses, classification, taxonomy, provenance)


def render(assessment: Assessment, form: str) -> str:
    """Return the report of an assessment: stage 6.

    Args:
        assessment: What `analyze` returned.
        form: One of `impact.report.RENDERERS`: "html", "json", "md" or "csv".

    Raises:
        KeyError: If the form is unknown.
    """
    return RENDERERS[form](assessment, load())
