"""The hash chain: each link holds the hash of the one before, so that a change of any of them shows."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

GENESIS = "0" * 64
"""What the first link has in place of the hash of the one before."""

ERASE = "erase"
"""Kind of the link after which the bodies of all earlier links of its proposal may be gone."""

COMMENT, REMOVAL = "comment", "removal"
"""Kinds of the link of a comment, and of the link after which the body of that comment may be gone."""


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where a chain ends; `ChainHead()` is that of an empty one."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One entry of the chain.

    Attributes:
        seq: From 1, without a gap.
        kind: "decision", "signature", "comment", "removal" or "erase".
        time: As `impact.review.values.timestamps.to_text` writes it: when the link was made.
        digest: SHA-256 of the body.
        hash: SHA-256 over all fields above.
        body: Canonical JSON with a random "salt", which keeps an erased body from being guessed by its digest; None
            where it was erased.
    """

    seq: int
    kind: str
    proposal: str
    time: str
    digest: str
    previous: str
    hash: str
    body: str | None


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Something in a chain that is not as it was written."""

    seq: int
    what: str


def canonical(value: Any) -> str:
    """Return JSON of which there is but one for a value: keys sorted, no white space, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def next_link(head: ChainHead, kind: str, proposal: str, time: str, body: dict[str, Any]) -> ChainLink:
    """Return the link that follows a head."""
    text = canonical(body)
    digest = sha256(text.encode()).hexdigest()
    link = ChainLink(head.seq + 1, kind, proposal, time, digest, head.hash, "", text)
    return replace(link, hash=_hash(link))


def head_after(link: ChainLink) -> ChainHead:
    """Return the head of a chain that ends with this link."""
    return ChainHead(link.seq, link.hash)


def faults(
    links: Iterable[ChainLink], head: ChainHead, erased: Iterable[str], removed: Iterable[int] = ()
) -> Iterator[ChainFault]:
    """Yield what is wrong with a chain, whose links are in order and read once.

    The head is where it ended when it was last written, and shows links missing at the end; erased are the ids of the
    proposals with an `ERASE` link, removed the numbers of the comments with a `REMOVAL` link.
    """
    gone, taken = frozenset(erased), frozenset(removed)
    before = ChainHead()
    for link in links:
        yield from _faults_of(link, before, gone, taken)
        before = head_after(link)
    if before != head:
        what = f"the chain should end with {head.seq} {head.hash[:12]}, not with {before.hash[:12]}"
        yield ChainFault(before.seq, what)


def _faults_of(link: ChainLink, before: ChainHead, gone: frozenset[str], taken: frozenset[int]) -> Iterator[ChainFault]:
    if link.seq != before.seq + 1:
        yield ChainFault(link.seq, f"follows {before.seq}")
    if link.previous != before.hash:
        yield ChainFault(link.seq, "does not hold the hash of the one before")
    if link.hash != _hash(link):
        yield ChainFault(link.seq, "its fields are not those that were hashed")
    if link.body is None:
        is_removed = link.kind == COMMENT and link.seq in taken
        if not is_removed and (link.proposal not in gone or link.kind == ERASE):
            yield ChainFault(link.seq, "its content is gone, and nobody erased the proposal")
    elif sha256(link.body.encode("utf-8", "surrogatepass")).hexdigest() != link.digest:
        yield ChainFault(link.seq, "its content is not what was hashed")


def _hash(link: ChainLink) -> str:
    fields = [link.seq, link.kind, link.proposal, link.time, link.digest, link.previous]
    return sha256(canonical(fields).encode()).hexdigest()
