"""The reader of each family, and the proposal made of what it reads."""

from collections.abc import Callable
from typing import Any

from impact.describe import general, titles
from impact.describe.bodies import etsi, ietf, iso, itu, mail, threegpp, un, w3c
from impact.describe.evidence import family_of
from impact.describe.fields import Described
from impact.describe.front import SOURCES, Front, front_of
from impact.describe.language import is_legible, language
from impact.describe.listed import filed
from impact.describe.organizations import is_organization
from impact.describe.passages import foreign_passages
from impact.records import Document, Filing, Proposal, Span

READERS: dict[str, Callable[[Front], Described]] = {
    "itu": itu.read,
    "ietf": ietf.read,
    "threegpp": threegpp.read,
    "etsi": etsi.read,
    "iso": iso.read,
    "oiml": iso.read_oiml,
    "cen": iso.read_cen,
    "w3c": w3c.read,
    "un": un.read,
    "mail": mail.read,
}
FIELDS = ("title", "number", "body", "publication", "group", "question", "date", "revision", "state")


def describe(document: Document, filing: Filing | None = None) -> Proposal:
    """Return the document with title, number, body and the rest, as far as its first pages say them plainly.

    The family (body) is weighed by evidence; a field that cannot be read with confidence stays empty, except for the
    title, which falls back to the first heading, the largest text and at last the file name. What the document does not
    say, the list of documents in `filing` may. Words that a font or text recognition has garbled are no title; sources
    in markup have neither.
    """
    front = front_of(document)
    is_mail = document.format in mail.FORMATS
    family = "mail" if is_mail else family_of(front)
    reading = READERS[family](front) if family else Described({})
    fields = dict(reading.fields)
    if not is_mail:
        general.complete(front, fields)
    if (title := fields.get("title")) and document.format not in SOURCES and not is_legible(title.value):
        fields["title"] = titles.substitute_title(front)
    places: list[tuple[str, Span]] = [
        (name, source.span) for name in FIELDS if (source := fields.get(name)) and source.span is not None
    ]
    named = reading.organizations or general.named_organizations(front)
    sources = tuple(source for source in named if is_mail or is_organization(source.value))
    places += [("source_organizations", source.span) for source in sources if source.span is not None]
    values: dict[str, Any] = {name: fields[name].value for name in FIELDS if name in fields}
    spoken = language(document)
    proposal = Proposal(
        document,
        source_organizations=tuple(source.value for source in sources),
        source_roles=reading.roles if reading.organizations else general.named_roles(front),
        language=spoken,
        passages=foreign_passages(document, spoken),
        places=tuple(places),
        uncertain=tuple(name for name in FIELDS if name in fields and fields[name].uncertain),
        **values,
    )
    if filing is None:
        return proposal
    return filed(proposal, filing, titled="title" in reading.fields or bool(titles.labeled_title(front)))
