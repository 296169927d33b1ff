"""How a document of a batch came, with the addresses of the reports on those that came with it."""

import json
from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from urllib.parse import quote

from impact.batch.containers.source_file import SourceFile
from impact.batch.naming import folder_of
from impact.records import Filing, LinkedDocument

MOST_LINKED = 100
"""Documents that the report on another names. Source: project judgment; one page has room for them."""


def address_beside(name: str) -> str:
    """Return the address of the report on another document, from a report in the folder beside its own."""
    return f"../{quote(folder_of(name))}/report.html"


def filing_of(document: SourceFile, address: Callable[[str], str] = address_beside) -> Filing:
    """Return how a document came, for its report; `address` takes a document's name and returns that of its report."""

    def linked(name: str) -> LinkedDocument:
        return LinkedDocument(name=name.rpartition("/")[2], href=address(name))

    return Filing(
        listed=document.listed,
        part_of=linked(document.part_of) if document.part_of else None,
        attached_to=linked(document.attached_to) if document.attached_to else None,
        further=tuple(linked(part.name) for part in document.further[:MOST_LINKED]),
    )


def digest_of(filing: Filing) -> str:
    """Return what tells one filing from another; empty where the document came alone and no list names it."""
    if filing == Filing():
        return ""
    return sha256(json.dumps(asdict(filing), sort_keys=True).encode()).hexdigest()[:16]
