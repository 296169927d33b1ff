"""Sign-off: a version of the decided report, frozen with names and time."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from impact.review.decide import summary
from impact.review.decide.blinding import Blinding, blinding_of
from impact.review.decide.conflict import FinalStatus, outcomes
from impact.review.store import analyses, blobs, chain_links, filing
from impact.review.store.access import find_row, visible_ids
from impact.review.store.chain import canonical
from impact.review.store.store import Store
from impact.review.values.decision import Event, Signature, correction_row, event_row
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
        row = find_row(session, signer, proposal)
        events = chain_links.events(session, row.id)
        before = chain_links.signatures(session, row.id)
        blinding = blinding_of(events, row.readings, signed=bool(before))
        finals = outcomes(events, blinding)
        _check(signer, row.id, finals, blinding)
        analysis = analyses.find(session, row)
        content = canonical(_version(analysis, row.digest, events, finals))
        (digest,) = filing.write(store, session, content.encode())
        same = [signature for signature in before if signature.digest == digest]
        if any(signature.name == signer.name for signature in same):
            raise ConflictError(f"{signer.name} has already signed this version of {row.id}")
        version = same[0].version if same else max((signature.version for signature in before), default=0) + 1
        body = {"version": version, "name": signer.name, "analysis": analysis.number, "digest": digest}
        link = chain_links.append(session, chain_links.SIGNATURE, row.id, body, now)
        row.updated = now
        summary.keep(session, row.id, row.readings, events)
        return Signature(row.id, version, signer.name, now, analysis.number, digest, link.seq)


def latest_signatures(store: Store, viewer: User, proposals: Iterable[str]) -> dict[str, tuple[Signature, ...]]:
    """Return the signatures under the latest version of each of these proposals, of those that a person may see."""
    with store.reading() as session:
        return chain_links.latest_signatures(session, visible_ids(session, viewer, proposals))


def signed_version(store: Store, viewer: User, proposal: str, version: int = 0) -> dict[str, Any]:
    """Return what was signed as a version, or as the latest (0): schema `impact-signed/1`, see docs/review.md.

    Raises:
        UnknownError: If there is no such proposal or version, or this person may not see it.
        StoreError: If the file was changed since.
    """
    with store.reading() as session:
        row = find_row(session, viewer, proposal)
        signatures = chain_links.signatures(session, row.id)
    wanted = version or max((signature.version for signature in signatures), default=0)
    signed = [signature for signature in signatures if signature.version == wanted]
    if not signed:
        raise UnknownError(f"{row.id} has no signed version {version or ''}".rstrip(), "Sign it first")
    content: dict[str, Any] = json.loads(blobs.get(store.files, signed[0].digest))
    if content.get("schema") != SCHEMA:
        raise StoreError(f"what was signed of {row.id} is no {SCHEMA}")
    names = [{"name": signature.name, "time": signature.time.isoformat(timespec="seconds")} for signature in signed]
    report = json.loads(blobs.get(store.files, content["report"]))
    return {**content, "version": wanted, "signatures": names, "digest": signed[0].digest, "report": report}


def _check(signer: User, proposal: str, finals: Mapping[str, FinalStatus], blinding: Blinding) -> None:
    if not signer.decides or signer.name not in blinding.opened:
        msg = f"{signer.name} cannot sign {proposal} before all reviewers who began have finished"
        raise ForbiddenError(msg, "Finish your review, then wait for the others")
    if blinding.done != frozenset(blinding.begun):
        waiting = ", ".join(sorted(set(blinding.begun) - blinding.done))
        raise ConflictError(f"the review of {proposal} by {waiting} is not finished", "Wait until it is")
    open_ = [subject for subject, final in finals.items() if final.conflict and final.conflict.blocks]
    if open_:
        msg = f"reviewers of {proposal} disagree on {', '.join(open_[:5])}{' and others' if len(open_) > 5 else ''}"
        raise ConflictError(msg, "Settle these conflicts; `impact review conflicts` lists them")


def _version(
    analysis: Analysis, document: str, events: tuple[Event, ...], finals: Mapping[str, FinalStatus]
) -> dict[str, Any]:
    """Return what is signed: digest of the report, all events, and what holds; nothing of the hour of signing."""
    return {
        "schema": SCHEMA,
        "document": document,
        "analysis": analysis.number,
        "report": dict(analysis.files)[analyses.REPORT],
        "events": [event_row(event) for event in events],
        "holds": [_final_row(final) for final in finals.values()],
    }


def _final_row(final: FinalStatus) -> dict[str, Any]:
    status = final.status
    return {
        "subject": status.subject,
        "kind": status.kind.value,
        "clause": status.clause,
        "label": status.label,
        "verdict": status.verdict.value,
        "text": status.text,
        "by": list(final.by),
        "correction": correction_row(status.correction),
        "notes": [{"name": name, "text": text} for name, text in status.notes],
    }
