"""Names of xml2rfc (rfcxml.toml)."""

from dataclasses import dataclass

from impact.typed import Blank, load


@dataclass(frozen=True, slots=True)
class RfcNames:
    """Elements that are not laid out, styles of lists, and categories in words."""

    unread: frozenset[str]
    list_styles: dict[str, Blank]
    categories: dict[str, str]


NAMES = load(RfcNames, "impact.extract.markup", "rfcxml.toml")
