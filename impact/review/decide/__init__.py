"""Decisions: recorded blind, compared, signed."""
