"""Runs of a Word paragraph: text with its look."""

from collections.abc import Iterable
from dataclasses import dataclass

INSERTED, DELETED = "inserted", "deleted"
TRACKED = frozenset({INSERTED, DELETED})
"""Looks of runs that are tracked changes, to be accepted or rejected in the office program."""


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text with its look: "evidence", "bold", "italic", "quiet", "struck", a level, `INSERTED`, `DELETED`."""

    text: str
    look: frozenset[str] = frozenset()


def trimmed(words: Iterable[Words]) -> list[Words]:
    """Return words without blanks at both ends and without two blanks in a row."""
    made: list[Words] = []
    for word in words:
        text = word.text.lstrip(" ") if not made or made[-1].text.endswith((" ", "\n")) else word.text
        if text:
            made.append(Words(text, word.look))
    while made and not made[-1].text.rstrip():
        made.pop()
    if made:
        made[-1] = Words(made[-1].text.rstrip(), made[-1].look)
    return made
