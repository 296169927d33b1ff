"""What an erasure took away, and what is left of it."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

_ID, _HASH = re.compile("[0-9a-f]{16}"), re.compile("[0-9a-f]{64}")


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


def receipt_ids(text: str) -> frozenset[str]:
    """Return the ids of the proposals whose receipts a text holds, each on one line or several.

    All other lines are passed over.
    """
    return frozenset(value["proposal"] for value in _objects(text) if _is_receipt(value))


def _objects(text: str) -> Iterator[dict[str, Any]]:
    decoder, at = json.JSONDecoder(), 0
    starts = [found.start(1) for found in re.finditer(r"^[ \t\ufeff]*(\{)", text, re.MULTILINE)]
    for start in starts:
        if start < at:
            continue
        try:
            value, at = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        yield value


def _is_receipt(row: dict[str, Any]) -> bool:
    proposal, hash_, seq = row.get("proposal"), row.get("hash"), row.get("seq")
    is_named = isinstance(proposal, str) and _ID.fullmatch(proposal) is not None
    return (
        is_named and isinstance(hash_, str) and _HASH.fullmatch(hash_) is not None and isinstance(seq, int) and seq > 0
    )
