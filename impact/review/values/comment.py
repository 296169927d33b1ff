"""What a reviewer says to others on a finding."""

from dataclasses import dataclass
from datetime import datetime

LONGEST_COMMENT = 5_000
"""Characters. Source: project judgment; a page of text has about 3,000."""


@dataclass(frozen=True, slots=True)
class FindingComment:
    """A comment on a finding or safeguard.

    Attributes:
        seq: Number of its link in the chain.
        subject: Id of the finding, by which it stays attached when the proposal is analyzed again.
        clause, label: Id of the clause, and mechanism or safeguard.
        text: Plain text, of one line or more.
        hash: Of its link, by which a signed version holds it.
    """

    seq: int
    proposal: str
    subject: str
    clause: str
    label: str
    author: str
    time: datetime
    text: str
    hash: str = ""
