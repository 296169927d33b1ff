"""Does a clause make a thing happen, or does it only talk about it?"""

from collections.abc import Sequence
from dataclasses import dataclass

from impact.classify.library import Cue
from impact.classify.matching import Match, words_of
from impact.classify.wording import wording
from impact.records import Clause, Span, Strength


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a match.

    Attributes:
        sentence: Characters of the sentence, in the text that the spans of matches count from.
        mechanism: Whether the label matched is a mechanism (else it is a safeguard).
    """

    sentence: Span
    strength: Strength
    mechanism: bool


def setting_of(clause: Clause, place: Span, *, mechanism: bool) -> Setting:
    """Return the sentence that holds the start of a match (counted from the clause's start) and its strength."""
    base = clause.span.start
    for sentence, strength in zip(clause.sentences, clause.strengths, strict=False):
        if sentence.start - base <= place.start < sentence.end - base:
            return Setting(Span(sentence.start - base, sentence.end - base), strength, mechanism)
    return Setting(Span(0, len(clause.span)), clause.strength, mechanism)


def only_talks(text: str, place: Span, setting: Setting, markers: Sequence[Match]) -> bool:
    """Return whether a marker turns the match into mere talk; place and markers count from the start of `text`."""
    return any(
        _reaches(text, marker, place, setting.sentence)
        for marker in markers
        if not _spared(marker.cue, setting)
        and not (marker.place.meets(place) and marker.cue.reach != "clause")
        and not (
            setting.mechanism and marker.cue.label == "negation" and _has_consequence(text, marker, place, setting)
        )
    )


def _has_consequence(text: str, marker: Match, place: Span, setting: Setting) -> bool:
    """Return whether the sentence says what befalls those of whom the marker denies something.

    "Packets whose sender cannot be identified shall be discarded" has every sender identified.
    """
    before, after = text[setting.sentence.start : marker.place.end], text[place.end : setting.sentence.end]
    return bool(wording().condition.search(before) and wording().consequence.search(after))


def _spared(cue: Cue, setting: Setting) -> bool:
    normative = setting.strength in {Strength.MUST, Strength.SHOULD}
    label = "mechanisms" if setting.mechanism else "safeguards"
    return label in cue.spares or (normative and "normative" in cue.spares)


def _reaches(text: str, marker: Match, place: Span, sentence: Span) -> bool:
    """Return whether a marker reaches a cue's match at `place`: see the head of stance.toml."""
    if marker.cue.reach == "clause" or not sentence.meets(marker.place):
        return marker.cue.reach == "clause"
    if marker.cue.reach == "sentence":
        return True
    between, limit = text[marker.place.end : place.start], marker.cue.tokens
    return marker.place.end <= place.start and len(between.split()) <= limit and len(words_of(between)) <= limit
