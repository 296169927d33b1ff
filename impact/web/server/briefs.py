"""What the reading order of a folder needs of each report, kept in the store: to read the reports takes too long."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from impact.batch.portfolio.summary import DocumentSummary, summary_of
from impact.batch.record import Record, RecordOutcome
from impact.review.store import analyses, extracts, proposals
from impact.review.store.store import Store
from impact.review.values.proposal import ProposalQuery, StoredProposal
from impact.review.values.refusals import StoreError, UnknownError
from impact.review.values.users import Role, User
from impact.taxonomy import load

LOG = logging.getLogger("impact.web")
KIND = "reading order, 1"
"""Kind of the extract; another number where it is to be made anew."""

ITSELF = User("impact", Role.ADMINISTRATOR)
"""Who the server is to the store."""

AT_ONCE = 1000
_FORM = TypeAdapter(DocumentSummary)


def summaries(store: Store, listed: Iterable[StoredProposal]) -> dict[str, DocumentSummary]:
    """Return the summary of each of these proposals whose latest report can be read; what is missing is kept."""
    by_id = {stored.id: stored for stored in listed if stored.analyses}
    kept = _kept(store, by_id)
    missing = {name: stored for name, stored in by_id.items() if name not in kept}
    made = {name: summary for name, stored in missing.items() if (summary := _summarized(store, stored))}
    extracts.keep_all(
        store, KIND, {name: (by_id[name].analyses, _FORM.dump_python(made[name], mode="json")) for name in made}
    )
    return {name: replace(summary, record=record_of(by_id[name])) for name, summary in (kept | made).items()}


def keep_all(store: Store) -> None:
    """Keep the summaries of all proposals."""
    start, total = 0, 1
    while start < total:
        page = proposals.find(store, ITSELF, ProposalQuery(order="oldest", offset=start, limit=AT_ONCE))
        summaries(store, page.proposals)
        start, total = start + AT_ONCE, page.total


def record_of(stored: StoredProposal) -> Record:
    """Return a proposal as a batch records a document."""
    return Record(stored.source, stored.id, stored.digest, "", RecordOutcome.DONE)


def _kept(store: Store, by_id: Mapping[str, StoredProposal]) -> dict[str, DocumentSummary]:
    versions = {name: stored.analyses for name, stored in by_id.items()}
    kept = {}
    for name, value in extracts.read_from(store, KIND, versions).items():
        try:
            kept[name] = _FORM.validate_python(value)
        except ValidationError:  # another version of the program kept it
            LOG.info("the summary of %s is made anew", name)
    return kept


def _summarized(store: Store, stored: StoredProposal) -> DocumentSummary | None:
    """Return the summary of a report; None, and a line in the log, where the report cannot be read."""
    try:
        report = analyses.parse_report(analyses.read_file(store, ITSELF, stored.id, analyses.REPORT, stored.analyses))
    except (StoreError, UnknownError) as error:
        LOG.error("%s: %s", stored.id, error)  # noqa: TRY400 (the message says it)
        return None
    return summary_of(record_of(stored), report, load().mechanisms)
