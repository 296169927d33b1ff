"""Make the text that a reader of the source sees of one in which words are hidden, and keep what was undone."""

from impact.extract.concealed.document import conceals, seen
from impact.extract.concealed.source import read_seen
from impact.extract.concealed.words import known_words

__all__ = ["conceals", "known_words", "read_seen", "seen"]
