"""What the report is about and what made it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from impact import typed
from impact.present.cleaning import clipped, plain
from impact.present.dates import written
from impact.present.document_names import SHORT_NAME, WORD, called
from impact.present.lists import begun, counted, listed, numeral
from impact.records import WORD_FORMATS, Assessment, LinkedDocument, Proposal
from impact.report.view.document_name import numbered, title_of


@dataclass(frozen=True, slots=True)
class NumberMarks:
    """All of identity.toml; the comments there say what each table holds."""

    series: dict[str, tuple[str, ...]]
    drafts: dict[str, tuple[str, ...]]
    groups: dict[str, str]
    short_names: dict[str, tuple[str, ...]]
    affiliations: dict[str, tuple[str, ...]]
    companies: dict[str, tuple[str, ...]]


number_marks = typed.loader(NumberMarks, "impact.report.view", "identity.toml")


OPTIONS = {"pdf_engine": ("pdf",), "view": tuple(sorted(WORD_FORMATS))}
"""Formats for which an option has an effect; every format for one that is not here."""

NAMED = 5
"""Organizations that are named before the others are counted. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Title, and pairs of a label and a value: what the document says of itself, and what was read and by what.

    Attributes:
        name: Number and title in one line, for the window.
        verbatim: Fields of the document, as written.
        facts: Fields that the program knows.
        linked: The documents that it came with, by what they are to it.
    """

    title: str
    name: str
    verbatim: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    linked: tuple[tuple[str, tuple[LinkedDocument, ...]], ...] = ()


def identity_of(assessment: Assessment) -> Identity:
    """Return the identity, each value one line without control characters."""
    proposal, document = assessment.proposal, assessment.document
    title = clipped(title_of(assessment), 300) or clipped(plain(document.source), 120)
    fields = (
        ("Short name" if _is_short_name(proposal) else "Number", numbered(proposal)),
        ("Version", "" if numbered(proposal) else proposal.revision),
        (_venue_label(proposal), published_as(proposal)),
        ("State" if proposal.publication else "Status", begun(proposal.state)),
        sources_of(proposal),
        ("Meeting date" if meets(proposal) else "Date", written(dated(proposal))),
        ("File", document.source),
    )
    verbatim = tuple((label, clipped(plain(value), 160)) for label, value in fields if plain(value))
    verbatim += _uncertain(proposal) + _listed(proposal)
    return Identity(
        title, called(clipped(numbered(proposal), 60), title), verbatim, _facts(assessment), _linked(proposal)
    )


FIELD_NAMES = {"number": "number", "title": "title", "source_organizations": "source"}
"""What a list may fill, in words."""


def _uncertain(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    """Return which of the fields shown the document does not state plainly and no list fills."""
    names = [FIELD_NAMES[name] for name in FIELD_NAMES if name in {*proposal.uncertain} - {*proposal.from_list}]
    return (("Uncertain", f"the {listed(names)}, which the document does not state plainly"),) if names else ()


def _listed(proposal: Proposal) -> tuple[tuple[str, str], ...]:
    """Return what a list of documents says, and which of the fields shown are from it and not from the document."""
    row = proposal.filing.listed
    if row is None:
        return ()
    filled = listed([FIELD_NAMES[name] for name in FIELD_NAMES if name in proposal.from_list])
    verb = "is" if len(proposal.from_list) == 1 else "are"
    fields = (
        ("Agenda item", f"{row.agenda_item} (from the list of documents)" if row.agenda_item else ""),
        (
            "List of documents",
            f"{row.list}: {filled} {verb} from this list, not from the document" if filled else row.list,
        ),
    )
    return tuple((label, clipped(plain(value), 160)) for label, value in fields if value)


def _linked(proposal: Proposal) -> tuple[tuple[str, tuple[LinkedDocument, ...]], ...]:
    filing = proposal.filing
    parts = (
        ("Part of", (filing.part_of,)),
        ("Attached to", (filing.attached_to,)),
        ("Further documents", filing.further),
    )
    cleaned = (
        (label, tuple(replace(document, name=clipped(plain(document.name), 120)) for document in documents if document))
        for label, documents in parts
    )
    return tuple((label, documents) for label, documents in cleaned if documents)


def dated(proposal: Proposal) -> str:
    """Return the date; empty where it is a mere year that the number has: "OIML R 999 (Edition 2026)"."""
    return "" if proposal.date in WORD.findall(numbered(proposal)) else proposal.date


def venue_of(proposal: Proposal, group: str | None = None) -> str:
    """Return body, group and question; of a publication with a series of its own only the body that it names.

    Args:
        proposal: Of which.
        group: How to name its group; as the document does where None.
    """
    series = proposal.publication.endswith("RFC") and all(name != "body" for name, _ in proposal.places)
    parts = ("" if series else proposal.body, proposal.group if group is None else group, proposal.question)
    return " · ".join(dict.fromkeys(plain(part) for part in parts if part))


def published_as(proposal: Proposal) -> str:
    """Return what kind of document it is, and whose; empty where it says neither."""
    kind = number_marks().groups.get(proposal.body, "")
    group = f"{proposal.group} {kind}" if proposal.group and "group" not in proposal.group.lower() else proposal.group
    individual = proposal.publication.startswith("Individual")
    venue = venue_of(proposal, f"for the {group.strip()}" if individual and group.strip() else group.strip())
    return " \N{MIDDLE DOT} ".join(part for part in (plain(proposal.publication), venue) if part)


def meets(proposal: Proposal) -> bool:
    """Return whether its date is the first day of the meeting to which it was submitted, as on ITU contributions."""
    return proposal.body.startswith("ITU") and bool(proposal.number) and not is_published(proposal)


def is_published(proposal: Proposal) -> bool:
    """Return whether it is a known publication, or its number one that its body gives to what it publishes.

    Contributions and drafts are not.
    """
    if proposal.publication:
        return proposal.publication not in number_marks().drafts["kinds"]
    beginnings = (f"{proposal.body} ", *number_marks().series.get(proposal.body, ()))
    return (
        bool(proposal.body)
        and proposal.number.startswith(beginnings)
        and not {*number_marks().drafts["marks"]} & {*WORD.findall(proposal.number)}
    )


def _venue_label(proposal: Proposal) -> str:
    if proposal.publication:
        return "Published as" if is_published(proposal) else "Status"
    if is_published(proposal):
        return "Published by"
    return "Submitted to" if proposal.body else "Group"


def _without_form(organization: str) -> str:
    """Return the name of an organization without brackets around it and the legal form of a company at its end."""
    organization = re.sub(r"\A\((.+)\)\Z", r"\1", organization)
    forms = "|".join(map(re.escape, number_marks().companies["forms"]))
    return re.sub(rf",?\s+(?:{forms})\.?\Z", "", organization, flags=re.IGNORECASE) or organization


def _is_short_name(proposal: Proposal) -> bool:
    return proposal.body in number_marks().short_names["bodies"] and bool(SHORT_NAME.fullmatch(plain(proposal.number)))


def sources_of(proposal: Proposal) -> tuple[str, str]:
    """Return the organizations that submit it or its people belong to, in one line, and before it what they are."""
    names = [_without_form(plain(name)) for name in proposal.source_organizations]
    label = _affiliation(proposal.source_roles, len(names)) if names_people(proposal) else "Source"
    return label, _first(names)


def names_people(proposal: Proposal) -> bool:
    """Return whether its organizations are those that its authors or editors work for, who take part as persons."""
    return bool(proposal.source_roles) or proposal.body in number_marks().affiliations["bodies"]


def _affiliation(roles: Sequence[str], count: int) -> str:
    """Return whose affiliations so many organizations are: "Editor's affiliation", "Authors' affiliations"."""
    people = Counter(roles) or Counter({"author": 2})
    owners = [
        f"{role}\N{RIGHT SINGLE QUOTATION MARK}s" if people[role] == 1 else f"{role}s\N{RIGHT SINGLE QUOTATION MARK}"
        for role in ("editor", "author")
        if people[role]
    ]
    return begun(f"{listed(owners)} affiliation{'s' * (count > 1)}")


def _first(names: Sequence[str]) -> str:
    """Return the first names, and how many others there are."""
    left = len(names) - NAMED
    more = f"; and {numeral(left)} {'other' if left == 1 else 'others'}"
    return f"{'; '.join(names[:NAMED])}{more * (left > 0)}"


def options_of(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """Return the options of the analysis that could change it for a document of this format."""
    form = assessment.document.format
    return tuple(option for option in assessment.provenance.options if form in OPTIONS.get(option[0], (form,)))


def _facts(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    document, provenance = assessment.document, assessment.provenance
    pages = f"{counted(len(document.pages), 'page')}, " if document.paged else ""
    form = "plain text" if document.format == "text" else plain(document.format)
    models = "".join(f", {plain(name)} {plain(digest)[:12]}" for name, digest in provenance.models)
    facts = (
        ("Read", f"{pages}{counted(document.words, 'word')}"),
        ("Read as", form if document.engine == "text" else f"{form}, by {plain(document.engine)}"),
        ("File digest", f"SHA-256 {document.id[:16]}\N{HORIZONTAL ELLIPSIS}"),
        ("Prepared by", f"impact {plain(provenance.tool)}, taxonomy {plain(provenance.taxonomy)[:12]}{models}"),
        ("Prepared on", plain(provenance.made_at).replace("T", " ")),
    )
    return tuple((label, clipped(value, 160)) for label, value in facts if value)
