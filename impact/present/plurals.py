"""Which plural form of a noun stands with a whole number, in the official languages of the United Nations."""

from collections.abc import Callable

MILLION = 1_000_000


def _arabic(count: int) -> str:
    if count < 3:
        return ("zero", "one", "two")[count]
    rest = count % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


def _russian(count: int) -> str:
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    return "few" if count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14} else "many"


FORMS: dict[str, tuple[str, ...]] = {
    "ar": ("zero", "one", "two", "few", "many", "other"),
    "en": ("one", "other"),
    "es": ("one", "many", "other"),
    "fr": ("one", "many", "other"),
    "ru": ("one", "few", "many"),
    "zh": ("other",),
}
"""The forms that whole numbers take in each language. Source: Unicode CLDR, cardinal plural rules; the Russian form
"other" is for fractions only."""

LANGUAGES = tuple(FORMS)
"""The official languages of the United Nations, by ISO 639-1 code."""

PLURALS: dict[str, Callable[[int], str]] = {
    "ar": _arabic,
    "en": lambda count: "one" if count == 1 else "other",
    "es": lambda count: "one" if count == 1 else "many" if count and count % MILLION == 0 else "other",
    "fr": lambda count: "one" if count < 2 else "other" if count % MILLION else "many",
    "ru": _russian,
    "zh": lambda _count: "other",
}
"""Form of a number from 0 on, by language. Source: Unicode CLDR, cardinal plural rules for whole numbers."""
