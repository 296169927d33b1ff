"""The fixed wording of the one-page brief, in a language of the United Nations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from impact import typed
from impact.present.cleaning import plain
from impact.present.lists import runs
from impact.present.plurals import LANGUAGES, PLURALS
from impact.present.words import words
from impact.taxonomy.values import Taxonomy

QUESTIONS = 2
"""How many questions of each mechanism are translated."""


@dataclass(frozen=True, slots=True)
class BriefWording:
    """All that the brief says by itself, asked by the path of a key: "limits.blind".

    Attributes:
        table: As in languages/*.toml.

    Raises:
        ValueError: If the language is none of `LANGUAGES`.
    """

    code: str
    table: dict[str, Any]

    def __post_init__(self) -> None:
        if self.code not in LANGUAGES:
            raise ValueError(f"{self.code!r} is none of {', '.join(LANGUAGES)}")

    def get(self, key: str) -> Any:
        """Return what stands at a path.

        Raises:
            KeyError: If nothing does.
        """
        value: Any = self.table
        for part in key.split("."):
            value = value[part]
        return value

    def say(self, key: str, **values: str | int) -> str:
        """Return a sentence with its blanks filled."""
        return str(self.get(key)).format(**values)

    def counted(self, key: str, count: int, **values: str | int) -> str:
        """Return a sentence in the plural form that `count` asks for; `{count}` is the number as written."""
        form = self.get(key)[PLURALS[self.code](count)]
        return str(form).format(count=self.number(count), **values)

    def number(self, count: int) -> str:
        """Return a number with its digits grouped by threes as is the custom."""
        numbers = self.get("numbers")
        return str(count) if len(str(count)) < numbers["least"] else f"{count:,}".replace(",", numbers["group"])

    def date(self, iso: str) -> str:
        """Return a date ("2026", "2026-11", "2026-11-24" or with a time) in words; anything else as it is."""
        dates, parts = self.get("dates"), iso.partition("T")[0].split("-")
        if not all(part.isdecimal() for part in parts) or len(parts) > 3:
            return iso
        year, month, day = (*map(int, parts), 0, 0)[:3]
        if not month:
            return str(dates["year"].format(year=parts[0]))
        names = dates["dated" if day else "alone"]
        if not 1 <= month <= len(names) or day > 31:
            return iso
        form = dates["day" if day else "month"]
        return str(form.format(day=dates["first"] if day == 1 else day, month=names[month - 1], year=year))

    def ranges(self, numbers: Iterable[int], most: int) -> str:
        """Return ascending numbers with runs joined; after `most` runs the count of the rest."""
        ordered = runs(numbers)
        form = self.get("marks.range")
        parts = [form.format(first=a, last=b) if a < b else str(a) for a, b in ordered[:most]]
        rest = sum(b - a + 1 for a, b in ordered[most:])
        shown = str(self.get("marks.item")).join(parts)
        return f"{shown}{self.get('marks.gap')}{self.counted('counts.more_pages', rest)}" if rest else shown

    def cited(self, refs: Sequence[str]) -> str:
        """Return articles ("UDHR 7", "ICCPR 2(1)") as the language cites them, instrument by instrument."""
        parts = []
        for instrument, group in groupby(refs, key=lambda ref: ref.split(" ")[0]):
            numbers = [self._article(ref.split(" ")[1]) for ref in group]
            last = str(self.get("articles.last")).join(numbers[-2:])
            listed = str(self.get("marks.item")).join([*numbers[:-2], last])
            name = self.get(f"instruments.{instrument}.short")
            parts.append(self.counted("articles.cited", len(numbers), instrument=name, articles=listed))
        return str(self.get("marks.semicolon")).join(parts)

    def _article(self, number: str) -> str:
        article, _, paragraph = number.rstrip(")").partition("(")
        values = {"article": self._numeral(article), "paragraph": self._numeral(paragraph)}
        return self.say("articles.paragraph" if paragraph else "articles.article", **values)

    def _numeral(self, number: str) -> str:
        numerals = self.get("articles.numerals")
        return str(numerals[int(number) - 1]) if number and numerals else number


def language_name(code: str, say: BriefWording) -> str:
    """Return the name of a language in the language of the page, or its code where the name is not known."""
    names = say.get("languages")
    return str(names.get(code) or names["other"].format(code=plain(code)))


def wording(code: str, taxonomy: Taxonomy) -> BriefWording:
    """Return the fixed wording in a language; English takes its names and questions from the taxonomy.

    Raises:
        ValueError: If the language is none of `LANGUAGES`.
    """
    strings = _read(code) if code in LANGUAGES else {}
    return BriefWording(code, {**strings, **_english(taxonomy)} if code == "en" else strings)


@cache
def _read(code: str) -> dict[str, Any]:
    return typed.load(dict[str, Any], "impact.report.onepage", f"languages/{code}.toml")


def _english(taxonomy: Taxonomy) -> dict[str, Any]:
    """Return what en.toml leaves to the taxonomy and to words.toml."""
    reasons = ("scale", "irremediability", "all", "two", "low")
    return {
        "mechanisms": {
            mechanism.id: {
                "name": mechanism.name,
                "enables": mechanism.enables,
                "questions": list(mechanism.questions[:QUESTIONS]),
            }
            for mechanism in taxonomy.mechanisms.values()
        },
        "variants": {
            mechanism.id: {
                variant.id: {"enables": variant.enables, "questions": list(variant.questions[:QUESTIONS])}
                for variant in mechanism.variants
            }
            for mechanism in taxonomy.mechanisms.values()
            if mechanism.variants
        },
        "safeguards": {safeguard.id: safeguard.name for safeguard in taxonomy.safeguards.values()},
        "rights": {right.id: right.name for right in taxonomy.rights.values()},
        "instruments": {
            instrument.id: {"short": instrument.id, "name": instrument.name}
            for instrument in taxonomy.instruments.values()
        },
        "reasons": {key: taxonomy.severity.reasons[key] for key in reasons},
        "blind": [word.short for word in words().blind],
        "languages": {**words().languages, "other": "a language with the code {code}"},
    }
