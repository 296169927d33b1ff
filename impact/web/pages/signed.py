"""What a list and the page of a proposal say of its latest signed version."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from impact.review.decide import signing
from impact.review.values.proposal import StoredProposal
from impact.review.values.refusals import StoreError
from impact.review.values.users import User
from impact.web.desk.decided_report import summed
from impact.web.pages.templates import day
from impact.web.server.state import Site

LOG = logging.getLogger("impact.web")


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed version in brief.

    Attributes:
        level: Gravest of the findings that stand: "none" where none stands, empty where no level was given.
        told: Who signed it when, and how much of it is undecided.
    """

    level: str
    told: str


def signed_of(site: Site, viewer: User, listed: Iterable[StoredProposal]) -> dict[str, Signed]:
    """Return the latest signed version of each of these proposals that has one, by the id of the proposal."""
    found = signing.latest(site.store, viewer, [one.id for one in listed])
    made = {}
    for proposal, each in found.items():
        try:
            level, undecided = summed(site.store.files, each[-1].digest)
        except StoreError as error:  # a damaged file costs its own line and not the list
            LOG.error("%s: %s", proposal, error)  # noqa: TRY400 (the message says it)
            continue
        names = ", ".join(one.name for one in each)
        left = f"; {undecided} undecided" if undecided else ""
        made[proposal] = Signed(level, f"signed by {names}, {day(each[-1].time)}{left}")
    return made
