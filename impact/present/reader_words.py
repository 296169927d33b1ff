"""Words on a second reader, of words.toml: who read, which passages it chose, which points it raised."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SecondReaderWords:
    """What is said of a second reader, with blanks; `unassessed` is `unread` where there is no first reading."""

    title: str
    agrees: str
    disagrees: str
    added: str
    server: str
    file: str
    absent: str
    alone: str
    tally: str
    unread: str
    unassessed: str
    dropped: str
    decide: str


@dataclass(frozen=True, slots=True)
class ChosenWords:
    """What is said of passages that a second reader chooses, with blanks; `none` where no answer can be used."""

    read: str
    none: str
    single: str
    others: str
    why: str
    dropped: str


@dataclass(frozen=True, slots=True)
class RaisedWords:
    """What is said of points that a second reader raises, with blanks; kinds by id."""

    title: str
    intro: str
    none: str
    read: str
    unanswered: str
    left: str
    why: str
    dropped: str
    kinds: dict[str, str]
