"""Pairs of clauses that do not go together."""
