"""What a message says of itself."""

import mails

from impact.describe import describe
from impact.extract import read_bytes


def test_what_a_message_says_of_itself_is_its_head_and_not_what_it_cites() -> None:
    data = mails.eml(
        "[SA2] Re: S2-2101234", "3GPP TSG-SA WG2 Meeting #143\nS2-2105678\nTitle: Gates\nSource: Locks Ltd\n"
    )

    proposal = describe(read_bytes(data, "note.eml"))

    assert (proposal.title, proposal.number, proposal.date) == ("[SA2] Re: S2-2101234", "", "2026-05-04")
    assert proposal.source_organizations == ("Ana Keeper <ana@locks.example>",)
