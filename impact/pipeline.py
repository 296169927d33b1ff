"""The order of the stages: extract, describe, segment, classify, assess, advise, report. No other module knows it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from impact.advise import advise
from impact.assess import assess, unruled
from impact.classify import GRADERS, classify, outlook_of, outlooks_of
from impact.describe import clauses_in_other_languages, describe
from impact.errors import ImpactError, LimitError, UnreadableError
from impact.extract import Limits, Options, read, read_bytes
from impact.provenance import provenance, with_reader
from impact.reader.opinion import SecondOpinion
from impact.reader.rule import FirstReading
from impact.records import (
    ASSESSED_LANGUAGES,
    Assessment,
    Classification,
    Clause,
    Document,
    Filing,
    Proposal,
    ReviewRecord,
)
from impact.records.report import Report
from impact.records.restoring import classification_of, fits, provenance_of, same_words, second_reading_of
from impact.report import (
    ANNOTATED,
    ANNOTATORS,
    FILE_NAMES,
    MAKERS,
    RENDERERS,
    WITH_COMMENTS,
    ReportSubject,
    letter,
    making,
    outgoing,
)
from impact.salience import salience_of, with_topics
from impact.sandbox.parent import Task, nonsense, perform
from impact.segment import earlier_clauses, remarked, segment, warned
from impact.taxonomy import load

EXPORT_LIMITS = Limits(cpu_seconds=300, wall_seconds=300.0, memory_bytes=4 * 1024**3, answer_bytes=2**28)
"""What making files may use. Source: project judgment; 40 pages of a report as PDF take 12 s of one core."""


def prepare(
    path: Path | str, options: Options | None = None, *, jailed: bool = True
) -> tuple[Proposal, tuple[Clause, ...]]:
    """Return a file as a proposal with its clauses: stages 1 to 3.

    Raises:
        UnreadableError: If the file cannot be read.
    """
    return _prepare(read(Path(path), options or Options(), jailed=jailed))


def analyze(  # noqa: PLR0913 - all but the file are choices, named by the caller
    path: Path | str,
    *,
    options: Options | None = None,
    by: Sequence[str] = ("model",),
    second: SecondOpinion | None = None,
    now: datetime | None = None,
    jailed: bool = True,
) -> Assessment:
    """Return the assessment of a file: stages 1 to 5.

    Args:
        path: A file of a format that `impact.extract` reads; its kind is told by content.
        options: How to read it.
        by: Names of the classifiers to ask, see `impact.classify.CLASSIFIERS`.
        second: Who reads a second time; nobody if absent.
        now: Time to put into the provenance; the clock's if absent.
        jailed: Whether to read the file in a child process with limits; switch it off for trusted files only.

    Raises:
        UnreadableError: If the file cannot be read.
    """
    reading = options or Options()
    return analyze_document(read(Path(path), reading, jailed=jailed), reading, by, now or datetime.now(UTC), second)


def analyze_document(  # noqa: PLR0913, PLR0917 - how a document came is the last of what is said of it
    document: Document,
    options: Options,
    by: Sequence[str],
    now: datetime,
    second: SecondOpinion | None = None,
    filing: Filing | None = None,
) -> Assessment:
    """Return the assessment of a document that `impact.extract` read with these options: stages 2 to 5.

    A document in a language that is not among `ASSESSED_LANGUAGES` is assessed by the second reader alone.
    """
    proposal, clauses = _prepare(document, filing)
    origin = provenance(options, by, now)
    assessed = proposal.language in ASSESSED_LANGUAGES
    found = _classified(proposal, clauses, by) if assessed else Classification()
    classification = found.without(clauses_in_other_languages(proposal, clauses))
    if second is None:
        return assess(proposal, clauses, classification, load(), origin)
    chances = GRADERS["model"](proposal, clauses, frozenset(load().mechanisms)) if assessed else None
    both, second_reading = second.on(FirstReading(proposal, clauses, classification, chances), load())
    origin = with_reader(origin, second_reading.reader, second.calibration)
    if assessed:
        both = replace(both, salience=with_topics(both.salience, clauses, outlook_of(proposal, by)))
    return replace(assess(proposal, clauses, both, load(), origin), second=second_reading)


def _classified(proposal: Proposal, clauses: tuple[Clause, ...], by: Sequence[str]) -> Classification:
    """Return what is found in a document, and how salient its passages are."""
    found = classify(proposal, clauses, load(), by)
    labeled = {label.clause for label in (*found.findings, *found.safeguards)}
    salience = salience_of(proposal.document.text, clauses, outlooks_of(proposal, by), labeled)
    return replace(found, salience=salience)


def restore(document: Document, report: Report, review: ReviewRecord | None = None) -> Assessment:
    """Return the assessment that a report was written from, or that reviewers made of it, without classifying anew.

    A text that would be cut into other clauses now keeps those of the report.

    Raises:
        UnreadableError: If other words are read of the document now.
    """
    if not same_words(report, document):
        message = f"{document.source} was analyzed by another version of the program"
        raise UnreadableError(message, "Analyze it again; the decisions remain with their findings")
    proposal, clauses = _prepare(document, report.document.filing)
    if not fits(report, document, clauses):
        clauses = earlier_clauses(report, document)
    found, second = classification_of(report), second_reading_of(report)
    assessment = assess(proposal, clauses, found, load(), provenance_of(report), review=review)
    return replace(assessment, second=unruled(second, assessment.overruled)) if second else assessment


def reissue(
    original: bytes, report: Report, review: ReviewRecord | None = None, limits: Limits | None = None
) -> Callable[[str], bytes]:
    """Return what makes a file of what reviewers decided, by its name: one of `impact.report.outgoing`, or report.json.

    Only reports and tables have the comments of reviewers.

    Args:
        original: The whole file that was analyzed; it is read once more.
        report: What the program found in it.
        review: None for that alone.
        limits: What the reading may use.

    Raises:
        UnreadableError: As `restore`; making a file raises as `export` and `annotate`.
        LimitError: If a limit stopped the reading.
    """
    options = Options.chosen(dict(report.provenance.options))
    document = read_bytes(original, report.document.source, options, limits or Limits())
    assessment = restore(document, report, review)
    forms = outgoing(document.format) | {FILE_NAMES["json"]: "json"}
    outward = replace(assessment, review=review.outward) if review else assessment
    talking, silent = exporter(assessment), exporter(outward)

    def make(name: str) -> bytes:
        form = forms[name]
        if form == ANNOTATED:
            return annotate(outward, original)
        return (talking if form in WITH_COMMENTS else silent)(form)

    return make


def _prepare(document: Document, filing: Filing | None = None) -> tuple[Proposal, tuple[Clause, ...]]:
    proposal = describe(document, filing)
    clauses = segment(document, proposal.language)
    return replace(proposal, document=warned(remarked(document, clauses), clauses, proposal.passages)), clauses


def render(assessment: Assessment, form: str) -> str:
    """Return the report of an assessment in a form of `impact.report.RENDERERS`: stages 6 and 7.

    Raises:
        KeyError: If the form is unknown.
    """
    return RENDERERS[form](_subject(assessment))


def export(assessment: Assessment, form: str, *, annex: bool = False) -> bytes:
    """Return the report of an assessment as the bytes of a file, in a form of `impact.report.FILE_NAMES`.

    With the `annex`, paper, Markdown and Word have it too; HTML has it in any case, and then prints it.

    Raises:
        KeyError: If the form is unknown.
        ImpactError: As `exports`, or as the making of the file.
    """
    return exporter(assessment, annex=annex)(form)


def exporter(assessment: Assessment, *, annex: bool = False) -> Callable[[str], bytes]:
    """Return what `export` returns, form by form; the advice is worked out once for all of them."""
    subject = replace(_subject(assessment), annexed=annex)

    def make(form: str) -> bytes:
        if form not in MAKERS:
            return RENDERERS[form](subject).encode()
        export = _exported(subject, (form,))[form]
        if isinstance(export, ImpactError):
            raise export
        return export

    return make


def exports(assessment: Assessment, forms: Sequence[str]) -> Mapping[str, bytes | ImpactError]:
    """Return files in several forms of `impact.report.MAKERS`, made by one child, or why there is none of a form.

    Raises:
        LimitError: If a limit stopped the child, and with it all forms.
        MissingError: If a form needs what is not installed.
    """
    return _exported(_subject(assessment), forms)


def print_page(page: str, styles: Sequence[str] = ()) -> bytes:
    """Return a page as PDF, with `styles` in place of the style sheets that it links to; it raises as `exports`."""
    return _produced(making.print_page, page.encode(), "the PDF file", json.dumps(list(styles)))


def _exported(subject: ReportSubject, forms: Sequence[str]) -> Mapping[str, bytes | ImpactError]:
    name = ", ".join(FILE_NAMES[form] for form in forms)
    answer = _produced(making.make_files, making.packed_subject(subject), name, json.dumps(list(forms)))
    try:
        return making.unpacked_files(answer, forms)
    except ValueError as failure:
        raise nonsense(name, failure) from failure


def _produced(task: Task, data: bytes, name: str, letter: str) -> bytes:
    try:
        return perform(task, data, name, letter, EXPORT_LIMITS)
    except LimitError as error:
        most = f"{EXPORT_LIMITS.cpu_seconds} s or {EXPORT_LIMITS.memory_bytes // 2**20} MB"
        message = f"{name} could not be produced: it needs more than {most}, or its process crashed"
        raise LimitError(message, "Choose another format, or leave out the annex") from error


def _subject(assessment: Assessment) -> ReportSubject:
    by = assessment.provenance.by
    outlook = outlook_of(assessment.proposal, by) if by else None
    return ReportSubject(assessment, partial(advise, assessment, load(), outlook), load())


def annotate(assessment: Assessment, original: bytes, *, limits: Limits | None = None, jailed: bool = True) -> bytes:
    """Return the original with a note at the words of each finding and safeguard: a PDF or a DOCX, as the original is.

    Args:
        assessment: What `analyze` returned for these bytes.
        original: The whole file that was analyzed.
        limits: What the child process may use; by default as for reading, with room for a larger file.
        jailed: Whether a child process does it; switch it off for trusted files only.

    Raises:
        UnreadableError: If the format takes no notes, or the file is another one, encrypted, signed or damaged.
        LimitError: If a limit stopped it.
    """
    document = assessment.document
    annotator = ANNOTATORS.get(document.format)
    if annotator is None:
        message = f"{document.source} is {document.format}, but only PDF and DOCX can be annotated"
        raise UnreadableError(message, "Save it in one of these formats and analyze that file, or use the report")
    if sha256(original).hexdigest() != document.id:
        raise UnreadableError(f"{document.source} has changed since it was analyzed", "Analyze it again")
    notes, room = letter(_subject(assessment)), Limits().answer_bytes + len(original)
    if not jailed:
        return annotator(original, document.source, notes, lambda: None)
    return perform(annotator, original, document.source, notes, limits or replace(Limits(), answer_bytes=room))
