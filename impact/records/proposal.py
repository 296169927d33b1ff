"""A document with its metadata, and how it came."""

from dataclasses import dataclass, field

from impact.records.document import Document
from impact.records.span import Span

ASSESSED_LANGUAGES = frozenset({"en", "und"})
"""Languages whose clauses the program assesses by itself; "und" is text too short to tell. Source: cues and corpora are
English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """A row of a list of documents, such as that of a meeting; text as written there, empty where it says nothing.

    Attributes:
        list: Name of the list.
        number: Number of the document, by which the row was linked to it.
        organizations: Who submits it, in one line.
        agenda_item: Item of the agenda under which it is to be treated.

    Raises:
        ValueError: If it has no number.
    """

    list: str
    number: str
    title: str = ""
    organizations: str = ""
    agenda_item: str = ""

    def __post_init__(self) -> None:
        if not self.number:
            raise ValueError(f"a row of {self.list!r} without a number")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedDocument:
    """A document that came with another: its name, and the address of its report from that of the other."""

    name: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """How a document came.

    Attributes:
        listed: What a list says of it; None where no list names it.
        part_of: The cover of the proposal that it is a further document of.
        attached_to: The message that it was attached to.
        further: Further documents of the proposal of which it is the cover, or what is attached to it as a message.
    """

    listed: ListedRow | None = None
    part_of: LinkedDocument | None = None
    attached_to: LinkedDocument | None = None
    further: tuple[LinkedDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignPassage:
    """A long passage in another language, by its ISO 639-1 code, than most of its document."""

    language: str
    span: Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the document says of itself. An empty string or tuple means that the document does not say.

    Attributes:
        document: The document described.
        number: Number of the contribution or standard ("C-83", "RFC 9458", "S2-2101234", "ITU-T Y.2770").
        body: ITU-T, ITU-R, IETF, IRTF, IAB, 3GPP, ETSI, ISO, IEC, W3C, CEN, UN or another body as written.
        publication: What kind of document it is, where its body does not answer for it as a standard or its number does
            not say it: "Standards Track RFC", "Implementers' guide", "Internet-Draft", "Editor's Draft".
        group: Study group, working group or committee ("SG13", "TLS", "SA2").
        question: ITU-T question ("Q21/13").
        source_organizations: Who submits it, as written, in order.
        source_roles: What each person named with them is to the document, "author" or "editor", in order; empty where
            persons are not named.
        date: ISO 8601, as precise as the document says ("2019-09", "2019-09-23").
        revision: Version or revision as written ("R1", "08", "V17.2.0").
        state: What it says of its progress, as written ("Draft", "Final", "superseded").
        language: ISO 639-1 code of most of the text ("en"); "und" where it cannot be told.
        passages: Long passages in another language, in order.
        places: Where each field was read: pairs of a field name and a span of the text; fields read from the file's
            properties or name are absent.
        filing: How the document came.
        uncertain: Names of the fields that the document does not state plainly: a title that is only its largest text,
            or what is from the name of the file.
        from_list: Names of the fields that are not from the document, but from the list that `filing` names.

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
    source_roles: tuple[str, ...] = ()
    date: str = ""
    revision: str = ""
    state: str = ""
    language: str = "und"
    passages: tuple[ForeignPassage, ...] = ()
    places: tuple[tuple[str, Span], ...] = ()
    filing: Filing = field(default_factory=Filing)
    uncertain: tuple[str, ...] = ()
    from_list: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, span in self.places:
            if name not in Proposal.__dataclass_fields__ or span.end > len(self.document.text):
                raise ValueError(f"place of {name!r} at {span} is no field of a proposal or outside of the text")
