"""Runs of a Word paragraph: text with its look."""

from collections.abc import Iterable
from dataclasses import dataclass

INSERTED, DELETED = "inserted", "deleted"
TRACKED = frozenset({INSERTED, DELETED})
"""Looks of runs that are tracked changes, to be accepted or rejected in the office program."""


@dataclass(frozen=True, slots=True)
class WordRun:
    """A run of text with its look: "evidence", "bold", "italic", "quiet", "struck", a level, `INSERTED`, `DELETED`."""

    text: str
    look: frozenset[str] = frozenset()


def trimmed(words: Iterable[WordRun]) -> list[WordRun]:
    """Return words without blanks at both ends and without two blanks in a row."""
    runs: list[WordRun] = []
    for word in words:
        text = word.text.lstrip(" ") if not runs or runs[-1].text.endswith((" ", "\n")) else word.text
        if text:
            runs.append(WordRun(text, word.look))
    while runs and not runs[-1].text.rstrip():
        runs.pop()
    if runs:
        runs[-1] = WordRun(runs[-1].text.rstrip(), runs[-1].look)
    return runs
