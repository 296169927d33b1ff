"""The library of cues: TOML files beside this module, loaded, checked and compiled once."""

import hashlib
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from impact.classify.notation import Pattern, compile_pattern, forms
from impact.errors import DataError

WEIGHTS: Mapping[str, float] = {"strong": 0.8, "fair": 0.55, "weak": 0.3}
"""How sure a cue alone makes us. Source: project judgement, set so that one fair cue or two weak ones reach a half."""

_CUE_FIELDS = {"patterns", "weight", "subject", "stance", "source", "matches", "misses"}


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """One or more patterns that speak for a label; compared by identity.

    Attributes:
        label: Id of a mechanism or safeguard, or the name of a marker or subject.
        name: Address in the library: file and ordinal, 1-based ("shut-off/3").
        patterns: As written and compiled, in the same order.
        weight: 0 to 1, see `WEIGHTS`.
        subjects: The cue counts only in documents on one of these subjects; empty means everywhere.
        context: Whether the cue only ever shows that the clause talks about the label.
        matches: Sentences that the cue must find.
        misses: Near misses that it must not find.
        facts: Further keys of the entry, for markers.
    """

    label: str
    name: str
    lines: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    weight: float
    subjects: frozenset[str]
    context: bool
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


FEW = 4
"""Labels whose cues may share a word that still tells one of them. Source: project judgement."""


@dataclass(frozen=True)
class Library:
    """All cues.

    Attributes:
        cues: Cues of all labels, in the order of files and entries.
        markers: Stance markers: cues whose label says what they mark ("negation", "threat", ...).
        subjects: Cues that tell what a document is about; the label is the subject.
        persons: Words that stand for natural persons.
        digest: SHA-256 over all files, hexadecimal.
    """

    cues: tuple[Cue, ...]
    markers: tuple[Cue, ...]
    subjects: tuple[Cue, ...]
    persons: frozenset[str]
    digest: str

    @cached_property
    def index(self) -> "Index":
        """Where to look up which cues a text can match at all."""
        return Index(self.cues)

    @cached_property
    def words(self) -> "Mapping[str, frozenset[str]]":
        """By label: the words in lower case by which its cues are told, but those that cues of many labels share."""
        found: dict[str, set[str]] = defaultdict(set)
        for cue in self.cues:
            found[cue.label] |= {word for pattern in cue.patterns for word in pattern.rarest}
        shared = Counter(word for words in found.values() for word in words)
        return {label: frozenset(word for word in words if shared[word] <= FEW) for label, words in found.items()}

    @cached_property
    def marker_index(self) -> "Index":
        """The same for markers."""
        return Index(self.markers)

    @cached_property
    def subject_index(self) -> "Index":
        """The same for subjects."""
        return Index(self.subjects)


class Index:
    """Finds the patterns whose needed words all occur in a text, without looking at their order."""

    def __init__(self, cues: tuple[Cue, ...]) -> None:
        self._by_word: dict[str, list[tuple[Cue, Pattern]]] = defaultdict(list)
        for cue in cues:
            for pattern in cue.patterns:
                for word in pattern.rarest:
                    self._by_word[word].append((cue, pattern))

    def candidates(self, words: frozenset[str]) -> list[tuple[Cue, Pattern]]:
        """Return the cues and patterns that could match a text with these lower-case words, in no set order."""
        return [
            (cue, pattern)
            for word in words & self._by_word.keys()
            for cue, pattern in self._by_word[word]
            if not any(map(words.isdisjoint, pattern.needed))
        ]


@cache
def load() -> Library:
    """Return the library that ships with the program.

    Raises:
        DataError: If a file is not as documented in `docs/cues.md`; the message names file and key.
    """
    return load_from(files("impact.classify"))


def digest() -> str:
    """Return the digest of the library that ships with the program."""
    return load().digest


def load_from(folder: Traversable) -> Library:
    """Load a library from a folder with `words.toml`, `stance.toml`, `subjects.toml` and a folder `cues`.

    Raises:
        DataError: As for `load`.
    """
    tables = {name: _read(folder / name) for name in ("words.toml", "stance.toml", "subjects.toml")}
    irregular = {base: frozenset(others) for base, others in tables["words.toml"]["irregular"].items()}
    words = _word_lists(tables["words.toml"]["list"], irregular)
    sources = sorted((file for file in (folder / "cues").iterdir() if file.name.endswith(".toml")), key=_name)
    cues: list[Cue] = []
    for source in sources:
        table = _read(source)
        cues += _cues(source.name, table.get("label", ""), table.get("cue", []), words, irregular)
    markers = tuple(_grouped("stance.toml", tables["stance.toml"], words, irregular))
    subjects = tuple(_grouped("subjects.toml", tables["subjects.toml"], words, irregular))
    known = {cue.label for cue in subjects}
    for cue in cues:
        if cue.subjects - known:
            raise _complaint(cue.name, "subject", f"{sorted(cue.subjects - known)} not in subjects.toml")
    hashed = hashlib.sha256()
    for source in (*(folder / name for name in tables), *sources):
        hashed.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    persons = words.get("person", frozenset())
    return Library(tuple(cues), markers, subjects, persons, hashed.hexdigest())


def _name(file: Traversable) -> str:
    return file.name


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        message = f"{file.name} is not valid TOML: {error}"
        raise DataError(message, "Mend the file at that line") from error


def _word_lists(lists: Mapping[str, list[str]], irregular: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Spell out the named lists: a word with `~` stands for its forms, `@name` for an earlier list."""
    done: dict[str, frozenset[str]] = {}
    for name, entries in lists.items():
        made: set[str] = set()
        for entry in entries:
            if entry.startswith("@"):
                made |= done[entry[1:]]
            else:
                made |= forms(entry[:-1], irregular) if entry.endswith("~") else {entry}
        done[name] = frozenset(made)
    return done


def _grouped(
    file: str, table: Mapping[str, Any], words: Mapping[str, frozenset[str]], irregular: Mapping[str, frozenset[str]]
) -> Iterator[Cue]:
    for label, entries in table.items():
        yield from _cues(file, label, entries, words, irregular)


def _cues(
    file: str,
    label: str,
    entries: list[dict[str, Any]],
    words: Mapping[str, frozenset[str]],
    irregular: Mapping[str, frozenset[str]],
) -> Iterator[Cue]:
    if not label:
        raise _complaint(file, "label", "missing")
    for number, entry in enumerate(entries, 1):
        name, where = f"{label}/{number}", f"{file} ({label}/{number})"
        lines = tuple(entry.get("patterns", ()))
        weight = entry.get("weight", "strong")
        if not lines or weight not in WEIGHTS:
            raise _complaint(where, "patterns or weight", "patterns needed, weight strong, fair or weak")
        try:
            patterns = tuple(compile_pattern(line, words, irregular) for line in lines)
        except ValueError as error:
            raise _complaint(where, "patterns", str(error)) from error
        yield Cue(
            label=label,
            name=name,
            lines=lines,
            patterns=patterns,
            weight=WEIGHTS[weight],
            subjects=frozenset(entry.get("subject", ())),
            context=entry.get("stance") == "context",
            matches=tuple(entry.get("matches", ())),
            misses=tuple(entry.get("misses", ())),
            facts={key: value for key, value in entry.items() if key not in _CUE_FIELDS},
        )


def _complaint(where: str, key: str, what: str) -> DataError:
    message = f"{where}: key {key!r}: {what}"
    return DataError(message, "Mend the entry; docs/cues.md describes the format")
