"""Sign-off: a version of the decided report, frozen with names and time."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from impact.review.decide import summary
from impact.review.decide.blinding import Blinding, blinding_of
from impact.review.decide.conflict import FinalStatus, outcomes
from impact.review.store import analyses, blobs, chain_links, filing
from impact.review.store.access import find_row, visible_ids
from impact.review.store.chain import ChainHead, canonical
from impact.review.store.store import Session, Store
from impact.review.values.comment import FindingComment
from impact.review.values.decision import Event, Signature, correction_row, event_row
from impact.review.values.proposal import Analysis
from impact.review.values.refusals import ConflictError, ForbiddenError, StoreError, UnknownError
from impact.review.values.users import User

SCHEMA = "impact-signed/1"


@filing.recording
def sign(store: Store, signer: User, proposal: str, now: datetime) -> Signature:
    """Sign the latest analysis with all decisions as they stand.

    Whoever signs the same as somebody before signs the same version; if anything was decided since, a new one. The
    comments that are there when a version is first signed belong to it, and so does where the chain ended then, so
    that whoever has the version can tell whether the chain was cut or made anew; neither alone makes a new one.

    Raises:
        UnknownError: If there is no such proposal, or this person may not see it.
        ForbiddenError: If this person is no reviewer of it whose decisions are opened.
        ConflictError: If reviewers differ and it is not settled, or this person signed this version already.
    """
    with store.writing() as session:
        head = chain_links.lock(session)
        end = ChainHead(head.seq, head.hash)
        row = find_row(session, signer, proposal)
        events = chain_links.events(session, row.id)
        before = chain_links.signatures(session, row.id)
        blinding = blinding_of(events, row.readings, signed=bool(before))
        finals = outcomes(events, blinding)
        _check(signer, row.id, finals, blinding)
        analysis = analyses.find(session, row)
        content = _version(analysis, row.digest, events, finals)
        same = _same(session, row.id, content, before)
        remarks = {} if same else _comment_hashes(chain_links.comment_hashes(session, row.id)) | {"chain": asdict(end)}
        digest = same[0].digest if same else filing.write(store, session, canonical(content | remarks).encode())[0]
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
        StoreError: If the file or a comment was changed since.
    """
    with store.reading() as session:
        row = find_row(session, viewer, proposal)
        signatures = chain_links.signatures(session, row.id)
        comments = {comment.seq: comment for comment in chain_links.comments(session, row.id)}
    wanted = version or max((signature.version for signature in signatures), default=0)
    signed = [signature for signature in signatures if signature.version == wanted]
    if not signed:
        raise UnknownError(f"{row.id} has no signed version {version or ''}".rstrip(), "Sign it first")
    content: dict[str, Any] = json.loads(blobs.get(store.files, signed[0].digest))
    if content.get("schema") != SCHEMA:
        raise StoreError(f"what was signed of {row.id} is no {SCHEMA}")
    names = [{"name": signature.name, "time": signature.time.isoformat(timespec="seconds")} for signature in signed]
    report = json.loads(blobs.get(store.files, content["report"]))
    remarks = {"comments": list(_comments(content["comments"], comments))} if "comments" in content else {}
    return {**content, **remarks, "version": wanted, "signatures": names, "digest": signed[0].digest, "report": report}


def _same(
    session: Session, proposal: str, content: Mapping[str, Any], before: Sequence[Signature]
) -> tuple[Signature, ...]:
    """Return the signatures under the latest version, if nothing but comments came or went since its first one."""
    latest = [signature for signature in before if signature.version == before[-1].version]
    if not latest:
        return ()
    remarks = _comment_hashes(chain_links.comment_hashes(session, proposal, latest[0].seq))
    end = {"chain": asdict(chain_links.before(session, latest[0].seq))}
    older = ({**content, **remarks}, content)  # of before versions held the end of the chain, and comments
    digests = {sha256(canonical(version).encode()).hexdigest() for version in ({**content, **remarks, **end}, *older)}
    return tuple(latest) if latest[0].digest in digests else ()


def _comment_hashes(hashes: Mapping[int, str]) -> dict[str, Any]:
    """Return what a version holds of comments; those of before the store signed comments hold nothing of them."""
    return {"comments": [{"seq": seq, "hash": hash_} for seq, hash_ in hashes.items()]} if hashes else {}


def _comments(rows: Iterable[Mapping[str, Any]], comments: Mapping[int, FindingComment]) -> Iterator[dict[str, Any]]:
    """Yield the comments of a version; of one that was removed since, that it was.

    Raises:
        StoreError: If another comment is there than was signed.
    """
    for row in rows:
        comment = comments.get(row["seq"])
        if comment is None:
            yield {**row, "removed": True}
        elif comment.hash != row["hash"]:
            raise StoreError(f"comment {row['seq']} is not the one that was signed")
        else:
            about = {name: getattr(comment, name) for name in ("subject", "clause", "label", "author", "text")}
            yield {**row, **about, "time": comment.time.isoformat(timespec="seconds")}


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
    """Return what all sign: digest of the report, all events, and what holds; nothing of the hour of signing."""
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
