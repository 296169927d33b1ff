"""What an erasure took away, and what is left of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Remainder:
    """Something that an erasure leaves, and until when: sentences for people."""

    what: str
    until: str


@dataclass(frozen=True, slots=True)
class ErasureReceipt:
    """What was erased of a proposal.

    Attributes:
        by: Who asked; "impact" where nobody did.
        why: "asked", "retention", or "restored": a backup had brought it back.
        files: Digests of its original, of the files of its analyses, and of its signed versions.
        seq, hash: Of the link of the chain that records the erasure.
        remains: What was left right after; empty for an erasure of which only the link is known.
    """

    proposal: str
    time: datetime
    by: str
    why: str
    files: tuple[str, ...]
    seq: int
    hash: str
    remains: tuple[Remainder, ...] = ()


def receipt_row(receipt: ErasureReceipt) -> dict[str, Any]:
    """Return a receipt as it is written in JSON."""
    return asdict(receipt) | {"time": receipt.time.isoformat(timespec="seconds")}
