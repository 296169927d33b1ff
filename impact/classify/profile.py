"""What a document as a whole tells about each of its clauses."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from impact.classify.library import Library
from impact.classify.matching import find, words_of
from impact.records import Clause, Proposal

DENSE = 1.5
"""Matches of a subject for each 1,000 words that make it a subject. Source: project judgment, see docs/cues.md."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """A document in a few facts.

    Attributes:
        persons: Words for natural persons for each 1,000 words.
        discussion: Whether it discusses rather than specifies (survey, problem statement, principles, report).
    """

    subjects: frozenset[str]
    persons: float
    discussion: bool


def profile(proposal: Proposal, clauses: Sequence[Clause], library: Library) -> Profile:
    """Return the profile of a document, from its title and its assessed clauses."""
    text = proposal.document.text
    assessed = [clause for clause in clauses if clause.assessed]
    words, persons = 0, 0
    counts: Counter[str] = Counter()
    for clause in assessed:
        piece = clause.span.of(text)
        tokens = _WORD.findall(piece.lower())
        words += len(tokens)
        persons += sum(token in library.persons for token in tokens)
        counts.update(_subjects(piece, library))
    title = set(_subjects(proposal.title, library))
    thousands = max(words, 200) / 1000
    dense = {label for label, count in counts.items() if count / thousands >= DENSE and count > 1}
    return Profile(
        subjects=frozenset((title | dense) - {"discussion"}),
        persons=1000 * persons / max(words, 1),
        discussion="discussion" in title,
    )


def _subjects(text: str, library: Library) -> list[str]:
    return [match.cue.label for match in find(text, library.subject_index.candidates(words_of(text)))]
