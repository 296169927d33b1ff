"""Pages for people: submit, library, proposal, account."""
