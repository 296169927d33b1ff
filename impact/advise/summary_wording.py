"""How the sentences of the summary are worded: summary.toml."""

from dataclasses import dataclass

from impact.typed import loader

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class NarrowerPower:
    """Words of a clause that show a power in a narrower way, and the sentence's words for it."""

    mechanism: str
    where: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SummaryWording:
    """summary.toml: each table by label, strength or name; see there."""

    power: Words
    powers: Words
    other: Words
    verbs: Words
    conditions: dict[str, tuple[str, ...]]
    mechanisms: Words
    variants: dict[str, Words]
    narrower: tuple[NarrowerPower, ...]
    named: Words
    named_variants: dict[str, Words]
    safeguards: Words
    denied: Words
    parts: dict[str, Words]
    sections: Words
    own: dict[str, tuple[str, ...]]
    telling: dict[str, tuple[str, ...]]
    handing: str
    handed: Words
    removed: dict[str, Words]
    absent: Words


wording = loader(SummaryWording, "impact.advise", "summary.toml")
