"""A document with its metadata."""

from dataclasses import dataclass

from impact.records.document import Document
from impact.records.span import Span

ASSESSED_LANGUAGES = frozenset({"en", "und"})
"""Languages whose clauses the program assesses by itself; "und" is text too short to tell. Source: cues and corpora are
English."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the document says of itself. An empty string or tuple means that the document does not say.

    Attributes:
        document: The document described.
        number: Number of the contribution or standard ("C-83", "RFC 9458", "S2-2101234", "ITU-T Y.2770").
        body: ITU-T, ITU-R, IETF, IRTF, IAB, 3GPP, ETSI, ISO, IEC, W3C, CEN, UN or another body as written.
        publication: What it is published as, where its body does not answer for it as a standard or its number does not
            say it: "RFC (informational)", "Implementers' guide".
        group: Study group, working group or committee ("SG13", "TLS", "SA2").
        question: ITU-T question ("Q21/13").
        source_organizations: Who submits it, as written, in order.
        date: ISO 8601, as precise as the document says ("2019-09", "2019-09-23").
        revision: Version or revision as written ("R1", "08", "V17.2.0").
        language: ISO 639-1 code of most of the text ("en"); "und" where it cannot be told.
        places: Where each field was read: pairs of a field name and a span of the text; fields read from the file's
            properties or name are absent.

    Raises:
        ValueError: If a place names no field or points outside of the text.
    """

    document: Document
    title: str = ""
    number: str = ""
    body: str = ""
    publication: str = ""
    group: str = ""
    question: str = ""
    source_organizations: tuple[str, ...] = ()
    date: str = ""
    revision: str = ""
    language: str = "und"
    places: tuple[tuple[str, Span], ...] = ()

    def __post_init__(self) -> None:
        for name, span in self.places:
            if name not in Proposal.__dataclass_fields__ or span.end > len(self.document.text):
                raise ValueError(f"place of {name!r} at {span} is no field of a proposal or outside of the text")
