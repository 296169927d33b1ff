"""The entries of the TOML files of this folder, one file a mechanism."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from impact.taxonomy import load
from impact.taxonomy.reader import Place, read_file, records


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of wording that answers a mechanism.

    Attributes:
        id: Unique in its file.
        edit: "sentence", "condition", "limit", "permit", "forbid", "narrow" or "delete", see `working`.
        safeguard: Id of the safeguard that it brings.
        why: Reason in one sentence.
        source: Where safeguard and reason come from.
        text: Words to add; may name `{shall}`, `{may}` (as the document writes them), `{here}` ("this clause"), and
            `{data}` or `{Data}` (the thing concerned, as it stands inside or at the beginning of a sentence), or
            `{named}` (the same where it is more than "the data"). Empty for "delete".
        find: For "narrow", a regular expression for the words that `text` replaces.
        needs: For the other edits, a regular expression for a word that the sentence must have, or else that of its
            file, or else the `act` of its mechanism; empty for none.
        unless: A regular expression for a word that the sentence must not have; empty for none.
        along: For "narrow", a regular expression for words soon after that go with those found, where they stand; empty
            for none.
        instead: Words that replace those of `along`.
        kin: Name that entries share which make one and the same offer in other words; one of them a clause.
        against: A regular expression for words of other clauses, near, at or beside a firm finding, or of code, that
            stand against it; empty for none.
        although: Why it is here, if the taxonomy does not match its safeguard with the mechanism.
    """

    id: str
    edit: str
    safeguard: str
    why: str
    source: str
    text: str = ""
    find: str = ""
    needs: str = ""
    unless: str = ""
    although: str = ""
    along: str = ""
    instead: str = ""
    kin: str = ""
    against: str = ""


@cache
def library() -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries by mechanism, in the order of the files.

    Raises:
        TaxonomyError: If a file is damaged.
    """
    return {name: tuple(_entries(name, file, tables)) for name, file, tables in _tables()}


def _entries(mechanism: str, file: str, tables: dict[str, Any]) -> Iterator[Entry]:
    needs = str(tables.get("needs", load().mechanisms[mechanism].act))
    for record in records(Entry, tables["amendments"], Place(file, "amendments")).values():
        yield record if record.needs or record.edit == "narrow" else replace(record, needs=needs)


@cache
def denials() -> Mapping[str, Mapping[str, str]]:
    """Return by mechanism, and by safeguard, a regular expression for words that deny it (`denies` of its file)."""
    return {name: dict(tables["denies"]) for name, _, tables in _tables() if "denies" in tables}


@cache
def _tables() -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """Return mechanism, file and tables of each file of this folder."""
    folder = files("impact.advise.amendments")
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    read = [(name, read_file(folder, name)[0]) for name in names]
    return tuple((str(tables["mechanism"]), name, tables) for name, tables in read)
