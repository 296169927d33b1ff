"""Counts, lists and ranges in English words."""

import re
from collections.abc import Iterable, Sequence

QUOTED = re.compile("\N{LEFT DOUBLE QUOTATION MARK}[^\N{RIGHT DOUBLE QUOTATION MARK}]*\N{RIGHT DOUBLE QUOTATION MARK}")
NUMERALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def inside(name: str) -> str:
    """Return a name as it stands in the middle of a sentence: first letter lowered, unless it is an abbreviation."""
    return name if len(name) > 1 and name[1].isupper() else name[:1].lower() + name[1:]


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"; with "; " as separator where an item has a comma or such a word of its own.

    Two items with such a word but no comma are "a and b, and c". Words in quotation marks do not count.
    """
    if len(items) < 2:
        return "".join(items)
    bare = [QUOTED.sub("", item) for item in items]
    commas, joined = any("," in item for item in bare), any(f" {last} " in item for item in bare)
    if joined and not commas and len(items) == 2:
        return f"{items[0]}, {last} {items[1]}"
    comma = "; " if commas or joined else ", "
    return f"{comma.join(items[:-1])}{';' if comma == '; ' else ''} {last} {items[-1]}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return "1 clause", "2 clauses"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def spelled(count: int, noun: str, plural: str = "") -> str:
    """Return "one clause", "two clauses", "12 clauses": numbers up to ten in words, as in running text."""
    return f"{numeral(count)} {noun if count == 1 else plural or noun + 's'}"


def numeral(count: int) -> str:
    """Return "one", "ten", "11": a number as in running text."""
    return NUMERALS[count] if count < len(NUMERALS) else f"{count:,}"


def further(count: int, noun: str) -> str:
    """Return "One more finding", "A further 12 findings": as the beginning of a sentence, which no figure begins."""
    if count < len(NUMERALS):
        return begun(spelled(count, f"more {noun}"))
    return f"A further {spelled(count, noun)}"


def opened(text: str) -> str:
    """Return a sentence that begins with a figure as one that does not: "Two pages ...", "Altogether, 12 pages ..."."""
    figure, _, rest = text.partition(" ")
    if not figure.replace(",", "").isdigit():
        return text
    count = int(figure.replace(",", ""))
    return f"{begun(numeral(count))} {rest}" if count < len(NUMERALS) else f"Altogether, {text}"


def begun(text: str) -> str:
    """Return a text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def ranges(numbers: Iterable[int]) -> str:
    """Return ascending numbers with runs joined: "3, 7-9"."""
    parts = [str(first) if first == last else f"{first}\N{EN DASH}{last}" for first, last in runs(numbers)]
    return ", ".join(parts)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and the last of each run of numbers that follow each other, ascending."""
    out: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if out and number == out[-1][1] + 1:
            out[-1] = (out[-1][0], number)
        else:
            out.append((number, number))
    return out
