"""The files of a proposal that are sent out: each follows the decisions that the person asking for it may read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from impact.present.cleaning import plain
from impact.present.lists import listed
from impact.present.words import words as report_words
from impact.records import ReviewedItem, ReviewRecord, ReviewVerdict
from impact.report import ANNOTATORS, FILE_NAMES, LANGUAGES
from impact.report.page import pdf
from impact.review.decide import reading
from impact.review.decide.reading import Desk
from impact.review.store import proposals
from impact.review.values import timestamps
from impact.review.values.refusals import UnknownError
from impact.review.values.users import User
from impact.web.desk.decided_report import DecidedReport, decided, latest_signed
from impact.web.desk.finding import DeskFinding
from impact.web.desk.outgoing_process import ANNOTATED, AS_PDF, OutgoingTask, produced
from impact.web.desk.pdf_process import NO_PDF
from impact.web.desk.wording import words
from impact.web.server.attachments import attachment, kind_of
from impact.web.server.middleware import SANDBOXED
from impact.web.server.session import Person, note
from impact.web.server.state import Server, ServerState

router = APIRouter(include_in_schema=False)
FORMS = {name: form for form, name in FILE_NAMES.items() if form != "json"} | {
    f"brief.{code}.pdf": f"onepage-{code}{AS_PDF}" for code in LANGUAGES
}
"""Form by name of the file; the annotated original is beside them."""


@dataclass(frozen=True, slots=True)
class OutgoingOffer:
    """A file that can be had, with what it is."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class OutgoingChoice:
    """What a page offers of a proposal.

    Attributes:
        groups: Files behind the name of their group.
        briefs: Code and name of each language of the one-page brief, and whether it can be had as PDF.
        hints: What is missing on the server, and whom to ask for it.
    """

    groups: tuple[tuple[str, tuple[OutgoingOffer, ...]], ...]
    briefs: tuple[tuple[str, str, bool], ...]
    hints: tuple[str, ...]


@router.get("/p/{proposal}/send/{name}")
def send(  # noqa: PLR0913, PLR0917 (FastAPI's shape)
    request: Request, server: Server, person: Person, proposal: str, name: str, show: int = 0
) -> Response:
    """Give a file to send, to be saved; a page may be shown too, and may then do nothing but be read."""
    stored = proposals.get(server.store, person, proposal)
    data = write_outgoing(server, person, stored.id, name)
    note(request, person, f"export {name}", stored.id)
    if show and name.endswith(".html"):
        return Response(data, media_type=kind_of(name), headers={"Content-Security-Policy": SANDBOXED})
    return attachment(data, name, kind_of(name))


def write_outgoing(server: ServerState, person: User, proposal: str, name: str) -> bytes:
    """Return a file of a proposal as decided: as signed where nothing was decided since, else as a draft.

    Raises:
        UnknownError: If there is no such proposal, analysis or file, or this person may not see it.
        ConflictError, MissingError, UnreadableError, LimitError: As `produced`.
    """
    desk = reading.open_desk(server.store, person, proposal)
    if desk.report is None or name not in _names(desk):
        msg = f"{desk.proposal.id} has no file {name[:64]!r}"
        raise UnknownError(msg, "Choose one that the page of the proposal offers")
    desk, report = decided(server.store, person, desk.proposal.id, latest_signed(desk))
    source = report.source or desk.report
    assert source is not None  # noqa: S101 (says to mypy what the lines above say)
    data = proposals.original(server.store, person, desk.proposal.id)
    form = FORMS.get(name, ANNOTATED)
    task = OutgoingTask(data, plain(desk.proposal.source), source, record_of(report), form, server.settings.seconds)
    return produced(task)


def record_of(report: DecidedReport) -> ReviewRecord | None:
    """Return what was decided as an assessment takes it in; None where nothing was decided, noted or signed."""
    items = tuple(_item(finding) for finding in report.every if finding.status.decided or finding.status.notes)
    if not items and not report.version:
        return None
    return ReviewRecord(
        items=items,
        decided=report.count.decided,
        total=report.count.total,
        signatures=report.signatures,
        version=report.version,
        digest=report.digest,
        last=timestamps.to_text(report.last) if report.last else "",
    )


def choice_of(made: Iterable[str]) -> OutgoingChoice:
    """Return what to offer of a proposal, of which the latest analysis made these files."""
    there, blank = pdf.is_there(), pdf.languages_without_font() if pdf.is_there() else frozenset()
    meanings = words().files
    original = tuple(name for name in made if name.startswith(f"{ANNOTATED}."))
    groups = tuple(
        (title, tuple(OutgoingOffer(name, meanings[name]) for name in (*names, *(original if last else ()))))
        for last, (title, names) in _grouped(there=there)
    )
    briefs = tuple((code, name, there and code not in blank) for code, name in words().languages.items())
    hints = () if there else (f"{'. '.join(NO_PDF)}.",)
    if blank:
        named = listed([report_words().languages[code] for code in words().languages if code in blank])
        hints = (words().fontless.format(languages=named),)
    return OutgoingChoice(groups, briefs, hints)


def _grouped(*, there: bool) -> Iterator[tuple[bool, tuple[str, tuple[str, ...]]]]:
    """Yield the groups of files that can be made, each with whether it is the last."""
    groups = list(words().outgoing.items())
    for at, (title, names) in enumerate(groups, 1):
        yield at == len(groups), (title, tuple(name for name in names if there or not name.endswith(".pdf")))


def _names(desk: Desk) -> frozenset[str]:
    kind = desk.report.document.format if desk.report else ""
    return frozenset({*FORMS, *({f"annotated.{kind}"} if kind in ANNOTATORS else ())})


def _item(finding: DeskFinding) -> ReviewedItem:
    status = finding.status
    return ReviewedItem(
        id=finding.subject.id,
        clause=finding.subject.clause,
        label=finding.subject.label,
        safeguard=not finding.is_finding,
        verdict=ReviewVerdict(status.verdict.value),
        by=finding.by or ((status.by,) if status.by else ()),
        remark=status.text,
        notes=status.notes,
        corrected=status.correction.label or "",
        severity=status.correction.severity,
        strength=status.correction.strength,
    )
