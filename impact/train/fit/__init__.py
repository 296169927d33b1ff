"""Heads fitted to labeled clauses."""
