"""The list of all proposals: search, filters, and what it says of the latest signed version of each."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi import Query as QueryParameters
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from impact.present.words import grade_words
from impact.records import Grade
from impact.review.decide import signing
from impact.review.decide.count import DecisionCount, counts
from impact.review.store import extracts, jobs, proposals
from impact.review.team import folders, news
from impact.review.values.decision import Signature
from impact.review.values.proposal import ProposalQuery, State, StoredProposal
from impact.review.values.refusals import StoreError
from impact.review.values.users import User
from impact.taxonomy import load
from impact.web.desk.comments import news_words
from impact.web.desk.decided_report import outcome
from impact.web.pages.search import Matches, ask
from impact.web.server.session import Form, Person, note
from impact.web.server.state import Server, ServerState
from impact.web.server.templates import day, page

LOG = logging.getLogger("impact.web")
router = APIRouter(include_in_schema=False)
A_PAGE = 50
LONGEST_SEARCH = 300
OUTCOME = "signed, 1"
"""Kind of the extract of the latest signed version; another number where it is to be made anew."""

ORDER_NAMES = {"newest": "newest first", "oldest": "oldest first", "gravest": "gravest first", "title": "title"}
STATES = {State.QUEUED: "waiting", State.RUNNING: "being read", State.DONE: "read", State.FAILED: "could not be read"}
"""Words for the state of a proposal."""

UNFOUND = "none found"
"""Words for a proposal that was assessed and in which nothing was found."""

STAGES = {
    "": "waiting",
    "read": "reading the document",
    "judge": "assessing the clauses",
    "ask": "asking the second reader",
    "write": "writing the report",
}
"""Words for what a job is at."""

Word = Annotated[str, Field(max_length=LONGEST_SEARCH)]


class LibraryQuery(BaseModel):
    """What the address of the list asks for; what is no level, state or order asks nothing."""

    q: Word = ""
    folder: Word = ""
    group: Word = ""
    right: Word = ""
    mechanism: Word = ""
    level: Word = ""
    state: Word = ""
    order: Word = "newest"
    new: Annotated[int, Field(ge=0, le=1)] = 0
    start: Annotated[int, Field(ge=0, le=1_000_000)] = 0

    def query(self, matches: Matches, fresh: Collection[str]) -> ProposalQuery:
        """Return it as the store is asked; `matches` are those of the question, `fresh` has what is new."""
        chosen = matches.chosen
        if self.new:
            chosen = tuple(fresh if chosen is None else set(chosen).intersection(fresh))
        return ProposalQuery(
            text="" if matches.article else self.q,
            chosen=chosen,
            folder=self.folder,
            group=self.group,
            right=self.right,
            mechanism=self.mechanism,
            level=Grade(self.level) if self.level in list(Grade) else None,
            state=State(self.state) if self.state in list(State) else None,
            order=self.order if self.order in proposals.ORDERS else "newest",
            offset=self.start,
            limit=A_PAGE,
        )

    def link(self, start: int) -> str:
        """Return the address of another stretch of the same list."""
        parameters = {name: value for name, value in self.model_dump(exclude_defaults=True).items() if value}
        return f"/?{urlencode({**parameters, 'start': max(start, 0)})}"


@router.get("/")
def library(
    request: Request, server: Server, person: Person, query: Annotated[LibraryQuery, QueryParameters()]
) -> HTMLResponse:
    """Show the proposals that a person may see and asked for."""
    matches = ask(server, person, query.q)
    news.arrive(server.store, person, server.now())
    fresh = news.of(server.store, person) if query.new else {}
    listing = proposals.find(server.store, person, query.query(matches, fresh))
    listed = [proposal.id for proposal in listing.proposals]
    chosen = query.model_dump()
    shelves = folders.list_all(server.store, person)
    start = query.start
    return page(
        request,
        "library.html",
        person,
        listing=listing,
        signed=signed_of(server, person, listing.proposals),
        counts=counts(server.store, person, listed),
        matches=matches.within(server, person, listed),
        article=matches.words,
        news=fresh or news.of(server.store, person, listed),
        news_words=news_words,
        submitted=news.count_new(server.store, person),
        stages=stages_of(server, listing.proposals),
        chosen=chosen,
        choices=_choices(server, person)
        | {"folder": [(shelf.id, f"{shelf.name} ({shelf.total})") for shelf in shelves]},
        folders=shelves,
        names={shelf.id: shelf.name for shelf in shelves},
        narrowed=any(chosen[name] for name in ("q", "new", "folder", "group", "right", "mechanism", "level", "state")),
        earlier=query.link(start - A_PAGE) if start else "",
        later=query.link(start + A_PAGE) if start + A_PAGE < listing.total else "",
        largest=server.settings.largest,
        together=server.settings.together,
    )


@router.post("/seen")
def see_all(request: Request, server: Server, person: Person, _form: Form) -> Response:
    """Mark everything as seen."""
    news.see_all(server.store, person, server.now())
    note(request, person, "mark all as seen")
    return RedirectResponse("/", 303)


def stage_of(server: ServerState, proposal: StoredProposal) -> str:
    """Return in a few words what happens to a proposal now; empty where nothing does."""
    return stages_of(server, [proposal])[proposal.id]


def stages_of(server: ServerState, listed: Sequence[StoredProposal]) -> dict[str, str]:
    """Return what `stage_of` does for each of these proposals, by id."""
    latest = jobs.running_of(server.store, [stored.id for stored in listed if stored.state is State.RUNNING])
    stages = {name: STAGES.get(job.stage, "waiting") for name, job in latest.items()}
    waits = {State.QUEUED, State.RUNNING}
    return {stored.id: stages.get(stored.id, "waiting") if stored.state in waits else "" for stored in listed}


@dataclass(frozen=True, slots=True)
class SignatureSummary:
    """A signed version in brief.

    Attributes:
        level: Gravest of the findings that stand: "none" where none stands, empty where no level was given.
        words: Who signed it, and when.
        count: How much of it was decided.
        unassessed: That and why the program had not assessed the document; empty where it had.
    """

    level: str
    words: str
    count: DecisionCount
    unassessed: str


def signed_of(server: ServerState, viewer: User, listed: Iterable[StoredProposal]) -> dict[str, SignatureSummary]:
    """Return the latest signed version of each of these proposals that has one, by the id of the proposal."""
    signatures = signing.latest_signatures(server.store, viewer, [proposal.id for proposal in listed])
    outcomes = _outcomes(server, {name: versions[-1] for name, versions in signatures.items()})
    summaries = {}
    for proposal, (level, count, unassessed) in outcomes.items():
        versions = signatures[proposal]
        names = ", ".join(signature.name for signature in versions)
        words = f"signed by {names} on {day(versions[-1].time)}"
        summaries[proposal] = SignatureSummary(level, words, count, unassessed)
    return summaries


def _outcomes(server: ServerState, signed: Mapping[str, Signature]) -> dict[str, tuple[str, DecisionCount, str]]:
    """Return what came of signed versions, see `outcome`; what is missing in the store is kept there."""
    links = {name: signature.seq for name, signature in signed.items()}
    kept = extracts.read_from(server.store, OUTCOME, links)
    new_outcomes: dict[str, tuple[str, DecisionCount, str]] = {}
    for name in signed.keys() - kept.keys():
        try:
            new_outcomes[name] = outcome(server.store.files, signed[name].digest)
        except StoreError as error:  # a damaged file costs its own line and not the list
            LOG.error("%s: %s", name, error)  # noqa: TRY400 (the message says it)
    values = {name: (level, count.decided, count.total, words) for name, (level, count, words) in new_outcomes.items()}
    extracts.keep_all(server.store, OUTCOME, {name: (links[name], value) for name, value in values.items()})
    stored_outcomes = {
        name: (level, DecisionCount(done, total), words) for name, (level, done, total, words) in kept.items()
    }
    return stored_outcomes | new_outcomes


def _choices(server: ServerState, person: User) -> dict[str, list[tuple[str, str]]]:
    """Return what each filter offers: value and words, with the number of proposals."""
    facets, taxonomy = proposals.facets(server.store, person), load()
    names = {
        "right": {name: right.name for name, right in taxonomy.rights.items()},
        "mechanism": {name: mechanism.name for name, mechanism in taxonomy.mechanisms.items()},
        "group": {},
    }
    offered = {
        kind: [(value, f"{names[kind].get(value, value)} ({number})") for value, number in pairs]
        for kind, pairs in facets.items()
    }
    offered["level"] = [(grade.value, UNFOUND if grade is Grade.NONE else grade_words(grade)) for grade in Grade]
    offered["state"] = [(state.value, STATES[state]) for state in State]
    offered["order"] = list(ORDER_NAMES.items())
    return offered
