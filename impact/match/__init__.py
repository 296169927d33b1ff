"""Does a known proposal come back under another name?"""

from impact.match.candidates import candidates, matches, neighborhood
from impact.match.library import add, open_library, remove
from impact.match.sketch import sketch_of

__all__ = ["add", "candidates", "matches", "neighborhood", "open_library", "remove", "sketch_of"]
