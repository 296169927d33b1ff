"""Decisions as files, in and out."""
