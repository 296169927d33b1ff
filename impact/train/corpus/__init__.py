"""Labeled clauses, written and stand-off, put into their documents."""
