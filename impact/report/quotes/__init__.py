"""Quotes of clauses: cut, marked and introduced."""
