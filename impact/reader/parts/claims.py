"""What an answer on a part of a document lists, before its quotes are looked up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from impact.reader.answer import LARGEST, object_with
from impact.reader.reasons import UnreadReason

Claim = TypeVar("Claim")

_MANY = 10_000


@dataclass(frozen=True, slots=True)
class ListedClaims(Generic[Claim]):
    """All claims of an answer, and how many more were dropped as malformed or too many."""

    claims: tuple[Claim, ...]
    dropped: int


def claims_listed(
    content: str, name: str, most: int, claim_of: Callable[[Any], Claim | None]
) -> ListedClaims[Claim] | UnreadReason:
    """Return what an answer lists under a name, or why nothing is to be taken from it.

    The JSON may stand in fences or among words. A malformed claim is dropped and counted, as are those beyond the
    `most`, and those that were dropped before the answer was stored.
    """
    if len(content) > LARGEST:
        return UnreadReason.TOO_LONG
    value = object_with(content, name)
    if value is None:
        return UnreadReason.FORM
    candidates, before = value[name], value.get("dropped", 0)
    claims = tuple(claim for candidate in candidates if (claim := claim_of(candidate)) is not None)[:most]
    counted = before if type(before) is int and 0 <= before < _MANY else 0
    return ListedClaims(claims, len(candidates) - len(claims) + counted)
