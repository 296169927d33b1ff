"""Words of AsciiDoc (asciidoc.toml)."""

from dataclasses import dataclass

from impact.typed import Blank, load


@dataclass(frozen=True, slots=True)
class AsciiDocWords:
    """All of asciidoc.toml; the comments there say what each holds."""

    verbatim: frozenset[str]
    notes: frozenset[str]
    quotes: frozenset[str]
    uncounted: frozenset[str]
    prefatory: frozenset[str]
    shown: frozenset[str]
    unshown: frozenset[str]
    preset: frozenset[str]
    characters: dict[str, Blank]
    facts: dict[str, str]


WORDS = load(AsciiDocWords, "impact.extract.asciidoc", "asciidoc.toml")
