"""Findings, clauses and proposals as tables."""
