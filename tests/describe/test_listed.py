"""What a list of documents says, and what a cover says itself."""

from impact.describe import describe
from impact.extract import read_bytes
from impact.records import Filing, ListedRow

ROW = ListedRow(list="list.csv", number="S2-2101234", title="On locks", organizations="Locks Ltd, Gates Inc.; Basins")
COVER = (
    "3GPP TSG-SA WG2 Meeting #143\tS2-2109999\n\nSource: Own Ltd\n\nTitle: Its own title\n\n1 Scope\n\nLocks open.\n"
)


def test_a_cover_that_says_what_it_is_keeps_its_own_words() -> None:
    proposal = describe(read_bytes(COVER.encode(), "a.txt"), Filing(listed=ROW))

    assert (proposal.title, proposal.number, proposal.source_organizations) == (
        "Its own title",
        "S2-2109999",
        ("Own Ltd",),
    )
    assert proposal.from_list == ()
    assert proposal.filing.listed == ROW


def test_a_heading_gives_way_to_the_title_of_the_list_and_has_no_place_any_more() -> None:
    document = read_bytes(b"1 Requirements\n\nThe lock keeper shall open.\n", "a.txt")

    proposal = describe(document, Filing(listed=ROW))

    assert (proposal.title, proposal.number) == ("On locks", "S2-2101234")
    assert proposal.source_organizations == ("Locks Ltd, Gates Inc.", "Basins")
    assert proposal.from_list == ("number", "title", "source_organizations")
    assert "title" not in dict(proposal.places)


def test_what_the_list_does_not_say_stays_as_it_was() -> None:
    document = read_bytes(b"1 Requirements\n\nThe lock keeper shall open.\n", "a.txt")
    bare = ListedRow(list="list.csv", number="C-1")

    assert describe(document, Filing(listed=bare)).title == describe(document).title
