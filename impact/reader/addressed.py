"""Recognize text that addresses its reader, which must not appear in questions about other clauses."""

import unicodedata
from dataclasses import dataclass

from impact.reader.legible import legible
from impact.typed import Pattern, loader


@dataclass(frozen=True, slots=True)
class AddressSign:
    """One way to address a reader, with the expressions that reveal it."""

    id: str
    words: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class AddressSigns:
    """All of addressed.toml, by id."""

    signs: dict[str, AddressSign]


address_signs = loader(AddressSigns, "impact.reader", "addressed.toml")


def addresses_reader(text: str) -> bool:
    """Return whether a text shows a sign of addressing its reader, or has invisible characters."""
    plain = legible(unicodedata.normalize("NFKC", text))
    hides = any("\U000e0000" <= character <= "\U000e0fff" for character in text)
    return hides or any(word.search(plain) for sign in address_signs().signs.values() for word in sign.words)
