"""A document of our own for a second reader, and what it says."""

from impact.records import SecondReading

POWERS = (
    "The harbor gateway shall shut off the berth of any skipper whose dues are late.",
    "The gateway shall report the position of each skipper to the harbor office every minute.",
    "The gateway shall encrypt all messages between skippers from end to end.",
    "The gateway shall print the checksum of each frame in blue ink.",
    "The gateway shall keep a record of each message for ten years.",
)
CHANCES = {"shut-off": 0.4, "location-tracking": 0.3, "logging-retention": 0.3, "encryption": 0.2, "redress": 0.15}


def document(*clauses: str) -> str:
    """Return a document with the clauses, by default those of `POWERS`."""
    return "Gateways of harbors\n\n1. Requirements\n\n" + "".join(f"   {text}\n\n" for text in clauses or POWERS)


def said(reading: SecondReading) -> list[tuple[str, ...]]:
    """Return the labels that each clause read is said to propose."""
    return [tuple(label.label for label in answer.labels if label.proposes) for answer in reading.clauses]
