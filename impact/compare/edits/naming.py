"""The kind of change that a sentence has seen."""

from impact.compare.edits.anew import worded_anew
from impact.compare.edits.chunks import TermRow, difference
from impact.compare.edits.edit import EditKind, Named
from impact.compare.edits.editorial import editorial
from impact.compare.edits.places import in_places


def named(old: TermRow, new: TermRow) -> list[Named]:
    """Return what has changed between two sentences, the kinds that say most first; never empty."""
    if editorial(old.sentence, new.sentence):
        return [(EditKind.EDITORIAL, "", "")]
    found = difference(old, new)
    rows = list(worded_anew(found) if found.recast else in_places(found))
    ranks = list(EditKind)
    return sorted(rows, key=lambda row: ranks.index(row[0])) or [(EditKind.REWORDING, "", "")]


def recast_of(old: TermRow, new: TermRow) -> list[Named]:
    """Return what has changed for sure between a text and its parts, put in other sentences; may be empty."""
    ranks = list(EditKind)
    return sorted(worded_anew(difference(old, new)), key=lambda row: ranks.index(row[0]))
