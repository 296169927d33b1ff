"""What a list of documents says of a document and its own cover does not."""

from dataclasses import replace

from impact.describe.organizations import names_in
from impact.records import Filing, Proposal


def filed(proposal: Proposal, filing: Filing) -> Proposal:
    """Return a proposal with how it came; the list fills number, title and source where the document says none.

    A title that is only the name of the file, or a property of it, gives way to that of the list.
    """
    row = filing.listed
    if row is None:
        return replace(proposal, filing=filing)
    has_title = bool(proposal.title) and any(name == "title" for name, _ in proposal.places)
    number = proposal.number or row.number
    title = proposal.title if has_title or not row.title else row.title
    sources = proposal.source_organizations or names_in(row.organizations)
    filled = {
        "number": number != proposal.number,
        "title": title != proposal.title,
        "source_organizations": sources != proposal.source_organizations,
    }
    return replace(
        proposal,
        filing=filing,
        number=number,
        title=title,
        source_organizations=sources,
        from_list=tuple(name for name, is_filled in filled.items() if is_filled),
    )
