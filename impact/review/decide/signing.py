"""Sign-off: a version of the decided report, frozen with names and time."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from impact.review.decide.blinding import Blinding, blinding_of
from impact.review.decide.conflict import FinalStatus, conflicts, outcomes
from impact.review.store import analyses, blobs, chain_links, filing
from impact.review.store.access import find_row, may_see
from impact.review.store.chain import canonical
from impact.review.store.store import Store
from impact.review.store.tables import ProposalRow
from impact.review.values.decision import Event, Signature, to_row
from impact.review.values.proposal import Analysis
from impact.review.values.refusals import ConflictError, ForbiddenError, StoreError, UnknownError
from impact.review.values.users import User

SCHEMA = "impact-signed/1"


@filing.recording
def sign(store: Store, signer: User, proposal: str, now: datetime) -> Signature:
    """Sign the latest analysis with all decisions as they stand.

    Whoever signs the same as somebody before signs the same version; if anything was decided since, a new one.

    Raises:
        UnknownError: If there is no such proposal, or this person may not see it.
        ForbiddenError: If this person is no reviewer of it whose decisions are opened.
        ConflictError: If reviewers differ and it is not settled, or this person signed this version already.
    """
    with store.writing() as session:
        chain_links.lock(session)
        found = find_row(session, signer, proposal)
        events = chain_links.events(session, found.id)
        before = chain_links.signatures(session, found.id)
        state = blinding_of(events, found.readings, signed=bool(before))
        _check(signer, found.id, events, state)
        analysis = analyses.find(session, found)
        frozen = canonical(_frozen(analysis, found.digest, events, outcomes(events, state)))
        (digest,) = filing.write(store, session, frozen.encode())
        same = [one for one in before if one.digest == digest]
        if any(one.name == signer.name for one in same):
            msg = f"{signer.name} signed this version of {found.id} already"
            raise ConflictError(msg)
        version = same[0].version if same else max((one.version for one in before), default=0) + 1
        body = {"version": version, "name": signer.name, "analysis": analysis.number, "digest": digest}
        link = chain_links.append(session, chain_links.SIGNATURE, found.id, body, now)
        found.updated = now
    return Signature(found.id, version, signer.name, now, analysis.number, digest, link.seq)


def latest_signatures(store: Store, viewer: User, proposals: Iterable[str]) -> dict[str, tuple[Signature, ...]]:
    """Return the signatures under the latest version of each of these proposals, of those that a person may see."""
    with store.reading() as session:
        asked = select(ProposalRow.id).where(may_see(viewer), ProposalRow.id.in_(tuple(proposals)))
        return chain_links.latest_signatures(session, session.scalars(asked))


def signed_version(store: Store, viewer: User, proposal: str, version: int = 0) -> dict[str, Any]:
    """Return what was signed as a version, or as the latest (0): schema `impact-signed/1`, see docs/review.md.

    Raises:
        UnknownError: If there is no such proposal or version, or this person may not see it.
        StoreError: If the file was changed since.
    """
    with store.reading() as session:
        found = find_row(session, viewer, proposal)
        every = chain_links.signatures(session, found.id)
    wanted = [one for one in every if one.version == (version or max(each.version for each in every))]
    if not wanted:
        msg = f"{found.id} has no signed version {version or ''}".rstrip()
        raise UnknownError(msg, "Sign it first")
    held: dict[str, Any] = json.loads(blobs.get(store.files, wanted[0].digest))
    if held.get("schema") != SCHEMA:
        msg = f"what was signed of {found.id} is no {SCHEMA}"
        raise StoreError(msg)
    names = [{"name": one.name, "time": one.time.isoformat(timespec="seconds")} for one in wanted]
    report = analyses.parse_report(blobs.get(store.files, held["report"]))
    return {**held, "version": wanted[0].version, "signatures": names, "digest": wanted[0].digest, "report": report}


def _check(signer: User, proposal: str, events: tuple[Event, ...], state: Blinding) -> None:
    if not signer.decides or signer.name not in state.opened:
        msg = f"{signer.name} is no reviewer of {proposal} who is done with all others"
        raise ForbiddenError(msg, "Decide and say that you are done first; wait for the others")
    if state.done != frozenset(state.begun):
        waiting = ", ".join(sorted(set(state.begun) - state.done))
        msg = f"{waiting} began to read {proposal} and is not done"
        raise ConflictError(msg, "Wait")
    open_ = [conflict.subject for conflict in conflicts(events, state) if conflict.blocks]
    if open_:
        msg = f"reviewers of {proposal} differ on {', '.join(open_[:5])}{' and others' if len(open_) > 5 else ''}"
        raise ConflictError(msg, "Settle them: see `impact review conflicts`")


def _frozen(
    analysis: Analysis, document: str, events: tuple[Event, ...], held: dict[str, FinalStatus]
) -> dict[str, Any]:
    """Return what is signed: digest of the report, all events, and what holds; nothing of the hour of signing."""
    return {
        "schema": SCHEMA,
        "document": document,
        "analysis": analysis.number,
        "report": dict(analysis.files)[analyses.REPORT],
        "events": [to_row(event.decision) | {"seq": event.seq, "hash": event.hash} for event in events],
        "holds": [_row(one) for one in held.values()],
    }


def _row(final: FinalStatus) -> dict[str, Any]:
    one = final.status
    fix = one.correction
    return {
        "subject": one.subject,
        "kind": one.kind.value,
        "clause": one.clause,
        "label": one.label,
        "verdict": one.verdict.value,
        "text": one.text,
        "by": list(final.by),
        "correction": {
            "label": fix.label,
            "severity": list(fix.severity) if fix.severity else None,
            "strength": fix.strength.value if fix.strength else None,
        },
        "notes": [{"name": name, "text": text} for name, text in one.notes],
    }
