"""What a list of documents says of a document and its own cover does not."""

from dataclasses import replace

from impact.describe.organizations import names_in
from impact.records import Filing, Proposal


def filed(proposal: Proposal, filing: Filing, *, titled: bool) -> Proposal:
    """Return a proposal with how it came; the list fills number, title and source where the document says none.

    Args:
        proposal: What the document says of itself.
        filing: How it came.
        titled: Whether the document says what its title is. A first heading, the largest text or the name of the file
            gives way to the title of the list.
    """
    row = filing.listed
    if row is None:
        return replace(proposal, filing=filing)
    number = proposal.number or row.number
    title = proposal.title if titled or not row.title else row.title
    sources = proposal.source_organizations or names_in(row.organizations)
    filled = {
        "number": number != proposal.number,
        "title": title != proposal.title,
        "source_organizations": sources != proposal.source_organizations,
    }
    return replace(
        proposal,
        filing=filing,
        places=tuple(place for place in proposal.places if not filled.get(place[0])),
        number=number,
        title=title,
        source_organizations=sources,
        from_list=tuple(name for name, is_filled in filled.items() if is_filled),
    )
