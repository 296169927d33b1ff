"""The words of an archive's pages, see wording.toml."""

from dataclasses import dataclass

from impact.typed import loader


@dataclass(frozen=True, slots=True)
class ListKind:
    """How lists of a kind are named.

    Attributes:
        title: Heads a list, with `{name}`.
        several: Heads the page that names all lists of the kind.
        column: Heads the column with their names there.
        intro: What the documents of a list have in common, and their order.
    """

    id: str
    title: str
    several: str
    column: str
    intro: str


@dataclass(frozen=True, slots=True)
class ArchiveWording:
    """The whole of wording.toml."""

    kinds: dict[str, ListKind]
    states: dict[str, str]


wording = loader(ArchiveWording, "impact.batch.catalog", "wording.toml")
