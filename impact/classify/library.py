"""The library of cues: TOML files beside this module, loaded, checked and compiled once."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Literal

from impact.classify.notation import Forms, Pattern, compile_pattern, forms
from impact.typed import EMPTY, Place, content_of, parse

HINT = "Correct the file; docs/cues.md describes the format"

WEIGHTS: Mapping[str, float] = {"strong": 0.8, "fair": 0.55, "weak": 0.3}
"""How sure a cue alone makes us. Source: project judgment, set so that one fair cue or two weak ones reach a half."""

BEFORE = 10
"""Words that a marker of reach "before" may stand before a match. Source: project judgment."""

_place = partial(Place, hint=HINT)


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """One or more patterns that speak for a label; compared by identity.

    Attributes:
        label: Id of a mechanism or safeguard, or the name of a marker or subject.
        name: Address in the library: file and ordinal, 1-based ("shut-off/3").
        weight: 0 to 1, see `WEIGHTS`.
        subjects: The cue counts only in documents on one of these subjects; empty means everywhere.
        context: Whether the cue only ever shows that the clause talks about the label.
        matches: Sentences that the cue must find.
        misses: Near misses that it must not find.
        reach: Of a marker, how far it reaches, see stance.toml; so `tokens` and `spares`.
    """

    label: str
    name: str
    patterns: tuple[Pattern, ...]
    weight: float
    subjects: frozenset[str]
    context: bool
    matches: tuple[str, ...]
    misses: tuple[str, ...]
    reach: str = "sentence"
    tokens: int = BEFORE
    spares: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _WrittenCue:
    """A cue as it is written, see docs/cues.md."""

    patterns: tuple[str, ...]
    matches: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    weight: Literal["strong", "fair", "weak"] = "strong"
    subject: frozenset[str] = frozenset()
    stance: Literal["", "context"] = ""
    reach: Literal["before", "sentence", "clause"] = "sentence"
    tokens: int = BEFORE
    spares: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _CueFile:
    label: str
    source: str
    cue: tuple[_WrittenCue, ...]


@dataclass(frozen=True, slots=True)
class _WordLists:
    irregular: dict[str, Annotated[frozenset[str], EMPTY]]
    list: dict[str, tuple[str, ...]]


FEW = 4
"""Labels whose cues may share a word that still tells one of them. Source: project judgment."""


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
        by_label: dict[str, set[str]] = defaultdict(set)
        for cue in self.cues:
            by_label[cue.label] |= {word for pattern in cue.patterns for word in pattern.rarest}
        shared = Counter(word for words in by_label.values() for word in words)
        return {label: frozenset(word for word in words if shared[word] <= FEW) for label, words in by_label.items()}

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
    tables = ("words.toml", "stance.toml", "subjects.toml")
    contents = {name: content_of(folder, name, HINT) for name in tables}
    names = sorted(file.name for file in (folder / "cues").iterdir() if file.name.endswith(".toml"))
    contents |= {name: content_of(folder / "cues", name, HINT) for name in names}
    forms_of = _spelled_out(parse(_WordLists, contents["words.toml"], _place("words.toml")))
    markers, subjects = (
        tuple(
            cue
            for label, entries in parse(dict[str, tuple[_WrittenCue, ...]], contents[name], _place(name)).items()
            for cue in _cues(label, entries, forms_of, _place(name, label))
        )
        for name in ("stance.toml", "subjects.toml")
    )
    cues: list[Cue] = []
    for name in names:
        file = parse(_CueFile, contents[name], _place(name))
        cues += _cues(file.label, file.cue, forms_of, _place(name, "cue"))
    subject_labels = {cue.label for cue in subjects}
    for cue in cues:
        if cue.subjects - subject_labels:
            _place(cue.name, "subject").refuse(f"{sorted(cue.subjects - subject_labels)} not in subjects.toml")
    hashed = hashlib.sha256()
    for name, content in contents.items():
        hashed.update(name.encode() + b"\0" + content + b"\0")
    return Library(tuple(cues), markers, subjects, forms_of.lists.get("person", frozenset()), hashed.hexdigest())


def _spelled_out(words: _WordLists) -> Forms:
    """Spell out the named lists: a word with `~` stands for its forms, `@name` for an earlier list."""
    lists: dict[str, frozenset[str]] = {}
    for name, written in words.list.items():
        spelled: set[str] = set()
        for word in written:
            if word.startswith("@"):
                spelled |= lists[word[1:]]
            else:
                spelled |= forms(word[:-1], words.irregular) if word.endswith("~") else {word}
        lists[name] = frozenset(spelled)
    return Forms(lists, words.irregular)


def _cues(label: str, entries: tuple[_WrittenCue, ...], words: Forms, place: Place) -> Iterator[Cue]:
    for number, entry in enumerate(entries, 1):
        try:
            patterns = tuple(compile_pattern(line, words) for line in entry.patterns)
        except ValueError as error:
            place.of(number).at("patterns").refuse(str(error))
        yield Cue(
            label=label,
            name=f"{label}/{number}",
            patterns=patterns,
            weight=WEIGHTS[entry.weight],
            subjects=entry.subject,
            context=entry.stance == "context",
            matches=entry.matches,
            misses=entry.misses,
            reach=entry.reach,
            tokens=entry.tokens,
            spares=entry.spares,
        )
