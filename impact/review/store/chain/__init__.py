"""The chain: its links, the records that it covers, and its ends as they are kept elsewhere."""

from impact.review.store.chain.links import (
    COMMENT,
    ERASE,
    GENESIS,
    REMOVAL,
    ChainFault,
    ChainHead,
    ChainLink,
    canonical,
    faults,
    head_after,
    next_link,
)

__all__ = [
    "COMMENT",
    "ERASE",
    "GENESIS",
    "REMOVAL",
    "ChainFault",
    "ChainHead",
    "ChainLink",
    "canonical",
    "faults",
    "head_after",
    "next_link",
]
