"""What a list and the page of a proposal say of its latest signed version."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from impact.review.decide import signing
from impact.review.values.proposal import StoredProposal
from impact.review.values.refusals import StoreError
from impact.review.values.users import User
from impact.web.desk.decided_report import outcome
from impact.web.server.state import ServerState
from impact.web.server.templates import day

LOG = logging.getLogger("impact.web")


@dataclass(frozen=True, slots=True)
class SignatureSummary:
    """A signed version in brief.

    Attributes:
        level: Gravest of the findings that stand: "none" where none stands, empty where no level was given.
        words: Who signed it when, and how much of it is undecided.
    """

    level: str
    words: str


def signed_of(server: ServerState, viewer: User, listed: Iterable[StoredProposal]) -> dict[str, SignatureSummary]:
    """Return the latest signed version of each of these proposals that has one, by the id of the proposal."""
    signatures = signing.latest_signatures(server.store, viewer, [proposal.id for proposal in listed])
    summaries = {}
    for proposal, versions in signatures.items():
        try:
            level, undecided = outcome(server.store.files, versions[-1].digest)
        except StoreError as error:  # a damaged file costs its own line and not the list
            LOG.error("%s: %s", proposal, error)  # noqa: TRY400 (the message says it)
            continue
        names = ", ".join(signature.name for signature in versions)
        left = f"; {undecided} undecided" if undecided else ""
        summaries[proposal] = SignatureSummary(level, f"signed by {names}, {day(versions[-1].time)}{left}")
    return summaries
