"""What is no safeguard: what a clause denies or undoes ("is not informed" informs nobody), what protects nobody."""

from collections.abc import Sequence

from impact.classify.library import load
from impact.classify.matching import find, words_of
from impact.classify.stance import only_talks, setting_of
from impact.classify.wording import wording
from impact.records import Clause, Span


def undone(text: str, clause: Clause, label: str) -> bool:
    """Return whether a clause takes away itself what words, vectors or cues found of a safeguard in it."""
    pattern = wording().undoing.get(label)
    return pattern is not None and bool(pattern.search(clause.span.of(text)))


def meets_nobody(text: str, clause: Clause, label: str) -> bool:
    """Return whether a label of a clause meets nobody: it protects packets, or people do themselves what it says."""
    words, acts = clause.span.of(text), wording().own_acts
    if clause.stem and label in acts.labels and acts.stem.search(clause.stem.of(text)):
        return True
    return any(
        apart.label == label and apart.about.search(words) and not apart.unless.search(words)
        for apart in wording().apart
    )


def unanswered(text: str, clause: Clause, evidence: Sequence[Span]) -> bool:
    """Return whether a clause only asks what words of it name: in a question, or in a section of open questions."""
    if any(wording().unanswered.search(title) for title in clause.headings):
        return True
    asking = (clause.sentence_at(span).of(text).rstrip(' )"\u201d\n') for span in evidence)
    return all(sentence.endswith("?") for sentence in asking)


def denied(text: str, clause: Clause, label: str, evidence: Sequence[Span]) -> bool:
    """Return whether a safeguard that words and vectors found is denied wherever its evidence in the text stands."""
    if label not in wording().deniable:
        return False
    piece, base = clause.span.of(text), clause.span.start
    markers = find(piece, load().marker_index.candidates(words_of(piece)))
    places = [Span(span.start - base, span.end - base) for span in evidence]
    return bool(markers) and all(
        only_talks(piece, place, setting_of(clause, place, mechanism=False), markers) for place in places
    )
