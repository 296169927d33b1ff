"""The levels by which documents of an archive are chosen, light enough for the command line to import."""

from impact.records.level import Grade

LEVELS = {"high": Grade.HIGH, "medium": Grade.MEDIUM, "low": Grade.LOW, "review": Grade.DECIDE, "none": Grade.NONE}
"""Grades, by the names that people give."""
