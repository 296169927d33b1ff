"""Does a known proposal come back under another name?"""

from impact.match.candidates import Candidate, ClausePair, LibraryIndex, candidates, index_of, matches
from impact.match.library import SketchLibrary, add, open_library, refresh, remove
from impact.match.sketch import Sketch, SketchClause, renewed, sketch_of
from impact.match.store import FILE_NAME, from_bytes, read, to_bytes

__all__ = [
    "FILE_NAME",
    "Candidate",
    "ClausePair",
    "LibraryIndex",
    "Sketch",
    "SketchClause",
    "SketchLibrary",
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
