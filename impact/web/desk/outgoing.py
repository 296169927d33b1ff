"""The files of a proposal that are sent out: they follow the decisions that the person asking for them may read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response

from impact.present.lists import listed
from impact.present.words import words as report_words
from impact.report import ANNOTATED, outgoing
from impact.report.page import pdf
from impact.review.decide import reading
from impact.review.decide.decided import decided
from impact.review.store import proposals
from impact.review.values.refusals import UnknownError
from impact.review.values.users import User
from impact.web.desk.producing import NO_PDF, OutgoingTask, produced
from impact.web.desk.wording import words
from impact.web.server.attachments import attachment, kind_of
from impact.web.server.middleware import SANDBOXED
from impact.web.server.session import Person, note
from impact.web.server.state import Server, ServerState

router = APIRouter(include_in_schema=False)
LATEST = 2**31 - 1
"""Versions beyond this are taken for it; no proposal has as many."""

FORMS = {
    "html": "report.html",
    "docx": "brief.docx",
    "pdf": "report.pdf",
    "xlsx": "findings.xlsx",
    "csv": "findings.csv",
}
"""File by form of the decided report, of which each signed version can be had."""


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file of a proposal, with the id of that and the version that it follows; 0 for a draft."""

    data: bytes
    name: str
    proposal: str
    version: int


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
    export = write_outgoing(server, person, proposal, name)
    note(request, person, f"export {name}", export.proposal)
    return shown(export) if show and name.endswith(".html") else attachment(export.data, name, kind_of(name))


@router.get("/p/{proposal}/desk/report")
def report(  # noqa: PLR0913, PLR0917 (FastAPI's shape)
    server: Server, request: Request, person: Person, proposal: str, version: int = 0, save: int = 0, form: str = "html"
) -> Response:
    """Give the report as signed under a version, or as `write_outgoing` where it is 0; a page may be shown too."""
    export = decided_report(server, person, proposal, form if form in FORMS else "html", min(max(version, 0), LATEST))
    note(request, person, f"export {export.name}", export.proposal)
    return (
        attachment(export.data, export.name, kind_of(export.name))
        if save or form in FORMS.keys() - {"html"}
        else shown(export)
    )


def shown(made: OutgoingFile) -> Response:
    """Return a page that may do nothing but be read."""
    return Response(made.data, media_type=kind_of(made.name), headers={"Content-Security-Policy": SANDBOXED})


def decided_report(server: ServerState, person: User, proposal: str, form: str, version: int) -> OutgoingFile:
    """Return the decided report in one of `FORMS`; raises as `write_outgoing`."""
    made = write_outgoing(server, person, proposal, FORMS[form], version)
    return replace(made, name=f"decided-{made.version or 'draft'}.{form}")


def write_outgoing(server: ServerState, person: User, proposal: str, name: str, version: int = 0) -> OutgoingFile:
    """Return a file of a proposal as decided: as signed under a version.

    Without a version it is the one signed last, or what holds for this person where something was decided since.

    Raises:
        UnknownError: If there is no such proposal, analysis, version or file, or this person may not see it.
        ImpactError: As `produced`.
    """
    desk = reading.open_desk(server.store, person, proposal)
    stored = desk.proposal
    if desk.report is None or name not in outgoing(desk.report.document.format):
        msg = f"{stored.id} has no file {name[:64]!r}"
        raise UnknownError(msg, "Choose one that the page of the proposal offers")
    follows = decided(server.store, person, desk, version)
    data = proposals.original(server.store, person, stored.id)
    task = OutgoingTask(data, follows.report, follows.record, name, server.settings.seconds)
    return OutgoingFile(produced(task), name, stored.id, follows.version)


def forms() -> tuple[tuple[str, str], ...]:
    """Return the forms of the decided report that can be made here, with their names."""
    return tuple((form, name) for form, name in words().forms.items() if form != "pdf" or pdf.is_there())


def choice_of(file_names: Iterable[str]) -> OutgoingChoice:
    """Return what to offer of a proposal, of which the latest analysis made these files."""
    there, blank = pdf.is_there(), pdf.languages_without_font() if pdf.is_there() else frozenset()
    meanings = words().files
    original = tuple(name for name in file_names if name.startswith(f"{ANNOTATED}."))
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
