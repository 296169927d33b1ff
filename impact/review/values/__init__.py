"""Proposals, people, decisions: the values of the review."""
