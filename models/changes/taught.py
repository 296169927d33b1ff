"""What teaches a comparison: sentences before and after an edit, rules that took each other's place, and stances."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from impact.classify.networks.changes import KINDS, TURNED
from impact.compare.wording import key_of, words_of
from impact.paths import shelf
from impact.records import Span
from impact.segment.sentences import sentences

READ = ("ash", "birch", "dogwood", "juniper", "larch", "rowan", "sorrel")
"""Editions that were read; all others are held out."""
DIRECTIONS = {"less protection": "worse", "more power": "worse", "more protection": "better", "less power": "better"}
"""What the directions of edits mean for people."""
PART = 1 / 3
"""Share of the changes from which pairs of two different rules are made. Source: project judgment."""
LOOKED_AT = 40
"""Sentences of a set among which that with most words in common is taken for another rule. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A sentence, or two, and what is known of them.

    Attributes:
        source: Name of the set.
        old: The sentence before, or the only one.
        new: The sentence after; empty where there is only one.
        kind: Kind of the change; empty where it is not known.
        same: Whether both are one rule, though it may have changed; None where there is only one.
        stance: What the only sentence does for people; empty where it is not known.
        matters: Whether the change makes it "worse" or "better" for people, matters to them though it is "unclear" how,
            or does "nothing" to them; empty where it is not known.
    """

    source: str
    old: str
    new: str = ""
    kind: str = ""
    same: bool | None = None
    stance: str = ""
    matters: str = ""

    def turned(self) -> "Taught":
        """Return the change back, which is of the same kind and means the contrary for people."""
        matters = TURNED.get(self.matters, self.matters)
        return replace(self, old=self.new, new=self.old, matters=matters)


def taught() -> Iterator[Taught]:
    """Yield everything, in the order of the files."""
    changes = list(sentence_changes())
    yield from changes
    yield from _others(changes)
    yield from _rules()
    yield from _stances()


def sentence_changes() -> Iterator[Taught]:
    """Yield all changes of one sentence, of editions those that were read."""
    for row in _rows(shelf("corpora") / "changes" / "pairs.jsonl"):
        yield Taught(row["set"], key_of(row["old"]), key_of(row["new"]), row["kind"], same=True, matters=row["matters"])
    for source, edit in _edits():
        if edit["kind"] in KINDS:
            old, new = (_sentences(edit[side]) for side in ("old", "new"))
            before, after = (
                [sentence for sentence in old if sentence not in new],
                [sentence for sentence in new if sentence not in old],
            )
            if len(before) == len(after) == 1:
                matters = DIRECTIONS.get(edit["direction"], "unclear") if edit["bears"] else "nothing"
                yield Taught(source, before[0], after[0], edit["kind"], same=True, matters=matters)


def _others(changes: Sequence[Taught]) -> Iterator[Taught]:
    """Yield, for one in three changes, its old sentence with a new one of its set that has many words in common."""
    chance = random.Random(0)  # noqa: S311 - repeatable on purpose
    sets: dict[str, list[Taught]] = defaultdict(list)
    for change in changes:
        sets[change.source].append(change)
    for change in changes:
        alike = sets[change.source]
        others = [other for other in chance.sample(alike, min(LOOKED_AT, len(alike))) if other.old != change.old]
        if others and chance.random() < PART:
            words = set(words_of(change.old))
            nearest = max(others, key=lambda other: len(words & set(words_of(other.new))))
            yield Taught(change.source, change.old, nearest.new, same=False)


def _rules() -> Iterator[Taught]:
    """Yield rules that are worded anew, and rules in whose place another one has come."""
    for row in _rows(shelf("corpora") / "changes" / "rules.jsonl"):
        same = row["kind"] == "same"
        kind, matters = ("rewording", "nothing") if same else ("", "")
        yield Taught(row["set"], key_of(row["old"]), key_of(row["new"]), kind, same=same, matters=matters)


def _stances() -> Iterator[Taught]:
    """Yield sentences with what they do for people, and the rules that came and went in editions."""
    for row in _rows(shelf("corpora") / "stances" / "sentences.jsonl"):
        yield Taught(row["set"], key_of(row["text"]), stance=row["stance"])
    names = {"protection": "protects", "burden": "burdens", "neutral": "neutral"}
    for source, edit in _edits():
        act, _, what = edit["kind"].partition("-")
        if act in ("added", "deleted") and what in names:
            yield Taught(source, key_of(edit["old"] or edit["new"]), stance=names[what])


def _edits() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the edits of editions that were read, each with the name of its set."""
    for path in sorted((shelf("corpora") / "editions").glob("*/edits.json")):
        source = path.parent.name.split("-")[0]
        for edit in json.loads(path.read_text(encoding="utf-8")) if source in READ else ():
            yield source, edit


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _sentences(text: str) -> list[str]:
    return [key_of(span.of(text)) for span in sentences(text, Span(0, len(text)))]
