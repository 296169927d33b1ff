"""Heads fitted to labelled clauses."""
