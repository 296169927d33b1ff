"""Times as the store keeps them: UTC, as text of one length, so that their order is that of the alphabet."""

from datetime import UTC, datetime

FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def to_text(time: datetime) -> str:
    """Return a time as text.

    Raises:
        ValueError: If the time has no zone.
    """
    if time.tzinfo is None:
        raise ValueError(f"{time} has no zone")
    return time.astimezone(UTC).strftime(FORM)


def from_text(text: str) -> datetime:
    """Return the time that `to_text` wrote.

    Raises:
        ValueError: If it wrote no such thing.
    """
    return datetime.strptime(text, FORM).replace(tzinfo=UTC)
