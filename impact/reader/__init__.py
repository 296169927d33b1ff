"""A second reader: a language model that the user trusts is asked about clauses, and its answers are checked."""

from impact.reader.door import BY_FILE, OFF, Door
from impact.reader.reading import read_again
from impact.reader.settings import configured

__all__ = ["BY_FILE", "OFF", "Door", "configured", "read_again"]
