"""What files of known kinds begin with or hold (signatures.toml)."""

from dataclasses import dataclass

from impact.typed import Blank, loader

Signature = tuple[str, str, Blank]
"""Bytes (as Latin-1), what the file is, what to do."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signatures by where they stand; see the comments in the file."""

    images: tuple[str, ...]
    starts: tuple[Signature, ...]
    riff: tuple[Signature, ...]
    wordlike: frozenset[str]
    ooxml_refused: tuple[Signature, ...]
    containers: tuple[Signature, ...]
    ole2: tuple[Signature, ...]
    early_word: frozenset[str]
    containers_read: dict[str, str]
    ooxml_read: dict[str, str]


signatures = loader(Signatures, "impact.extract.detect", "signatures.toml")
