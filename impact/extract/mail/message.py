"""What a message of mail says, whatever its format."""

from dataclasses import dataclass

from impact.extract.unpack.members import Member

LONGEST_FIELD = 2000
"""Characters of a field of its head that are kept. Source: project judgment; what decodes them takes more than linear
time."""


@dataclass(frozen=True, slots=True)
class MailMessage:
    """A message.

    Attributes:
        subject, sender, recipients: One line each, as written; empty where the message does not say.
        date: ISO 8601 with the time; empty where it has none.
        text, html: The body as plain text and as HTML; empty where it has none of that form.
        attachments: Files with their names, and messages in it as files.
        warnings: What of it could not be read, one sentence each.
    """

    subject: str = ""
    sender: str = ""
    recipients: str = ""
    date: str = ""
    text: str = ""
    html: str = ""
    attachments: tuple[Member, ...] = ()
    warnings: tuple[str, ...] = ()
