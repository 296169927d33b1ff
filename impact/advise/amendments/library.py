"""The templates of the TOML files of this folder, one file a mechanism."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from impact.taxonomy import load as taxonomy
from impact.typed import load

PACKAGE = "impact.advise.amendments"


@dataclass(frozen=True, slots=True)
class AmendmentTemplate:
    """A change of wording that answers a mechanism.

    Attributes:
        id: Unique in its file.
        edit: "sentence", "condition", "limit", "permit", "forbid", "narrow", "delete" or "strike", see `working`.
        safeguard: Id of the safeguard that it brings.
        why: Reason in one sentence.
        source: Where safeguard and reason come from.
        text: Words to add; may name `{shall}`, `{may}` (as the document writes them), `{here}` ("this clause"), and
            `{data}` or `{Data}` (the thing concerned, as it stands inside or at the beginning of a sentence), or
            `{named}` (the same where it is more than "the data"). Empty for "delete" and "strike".
        find: For "narrow", a regular expression for the words that `text` replaces.
        needs: For the other edits, a regular expression for a word that the sentence must have, or else that of its
            file, or else the `act` of its mechanism; empty for none.
        unless: A regular expression for a word that the sentence must not have; empty for none.
        along: For "narrow", a regular expression for words soon after that go with those found, where they stand; empty
            for none.
        instead: Words that replace those of `along`.
        kin: Name that templates share which make one and the same offer in other words; at most one such a clause.
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


@dataclass(frozen=True, slots=True)
class _Amendments:
    """A file; `needs` is that of templates without their own, `denies` an expression by safeguard that it denies."""

    mechanism: str
    amendments: dict[str, AmendmentTemplate]
    needs: str = ""
    denies: dict[str, str] = field(default_factory=dict)


@cache
def library() -> Mapping[str, tuple[AmendmentTemplate, ...]]:
    """Return the templates by mechanism, in the order of the files."""
    return {name: tuple(_templates(amendments)) for name, amendments in _files().items()}


def _templates(amendments: _Amendments) -> Iterator[AmendmentTemplate]:
    needs = amendments.needs or taxonomy().mechanisms[amendments.mechanism].act
    for template in amendments.amendments.values():
        yield template if template.needs or template.edit == "narrow" else replace(template, needs=needs)


@cache
def denials() -> Mapping[str, Mapping[str, str]]:
    """Return by mechanism, and by safeguard, a regular expression for words that deny it (`denies` of its file)."""
    return {name: amendments.denies for name, amendments in _files().items()}


@cache
def _files() -> dict[str, _Amendments]:
    names = sorted(file.name for file in files(PACKAGE).iterdir() if file.name.endswith(".toml"))
    return {amendments.mechanism: amendments for amendments in (load(_Amendments, PACKAGE, name) for name in names)}
