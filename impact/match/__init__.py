"""Does a known proposal come back under another name?"""

from impact.match.candidates import Candidate, Index, Paired, candidates, index_of, matches
from impact.match.library import Library, add, open_library, refresh, remove
from impact.match.sketch import Kept, Sketch, renewed, sketch_of
from impact.match.store import FILE_NAME, from_bytes, read, to_bytes

__all__ = [
    "FILE_NAME",
    "Candidate",
    "Index",
    "Kept",
    "Library",
    "Paired",
    "Sketch",
    "add",
    "candidates",
    "from_bytes",
    "index_of",
    "matches",
    "open_library",
    "read",
    "refresh",
    "remove",
    "renewed",
    "sketch_of",
    "to_bytes",
]
