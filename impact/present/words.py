"""The words that reports use: confidence, strength, places, languages."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from impact.present.cleaning import plain
from impact.records import Clause, Document, Finding, Level, RatedFinding, SafeguardFinding
from impact.records.report import ReportFinding

CLAUSES = "clauses "
LED = re.compile(rf"{CLAUSES}|(?:[A-Z]\.)?\d")
BARE = re.compile(r"\d+(?: \(|\Z)")
PAGE = "p. "
UNBREAKABLE = re.compile(r"\b(p\.|clauses?|Annex) (?=\d|[A-Z]\b)|(?<=\w) (?=\(p\. \d)")
BRACKETED = re.compile(rf" \(({re.escape(PAGE)}[^()]*)\)(?P<more> and )?")


@cache
def words() -> dict[str, Any]:
    """Return words.toml, read once; not to be changed."""
    table = tomllib.loads(files("impact.present").joinpath("words.toml").read_text("utf-8"))
    return dict(table)


def confidence(finding: Finding | SafeguardFinding | ReportFinding) -> tuple[str, str]:
    """Return the word for the confidence of a finding and what the word means for it; never the number.

    Source: the bands stand in words.toml; project judgement.
    """
    band = words()["doubtful"]
    if not finding.doubtful:
        band = next(word for word in words()["confidence"] if finding.confidence >= word["least"])
    return band["word"], band["meaning"]


def level_words(level: Level, firm: Level) -> str:
    """Return a level; where what is firm does not reach it, both, with words that a reader must decide."""
    lower = f" or {firm.value}" if firm is not Level.NONE else ""
    return level.value if level is firm else f"{level.value}{lower}, {words()['decide']['tag']}"


def if_holds(level: Level) -> str:
    """Return the level of what a reader must decide: "high if it holds"."""
    return str(words()["decide"]["holds"]).format(level=level.value)


def graded(judged: RatedFinding) -> str:
    """Return the level of one finding in words: "high if it holds" where it is doubtful, else as `level_words`."""
    severity = judged.severity
    return if_holds(severity.level) if judged.finding.doubtful else level_words(severity.level, severity.firm)


def strength(judged: RatedFinding) -> str:
    """Return what the sentence does: "requires", "recommends", "permits" or "describes"."""
    return str(words()["strength"][judged.finding.strength.value])


def number(clause: Clause) -> str:
    """Return the official number, or words that say that there is none."""
    return plain(clause.number) or "no number"


def place(clause: Clause, document: Document) -> str:
    """Return where a clause stands: "7.2.1 b) (p. 4)", without the page where pages mean nothing to a reader."""
    name = plain(clause.number)
    if not document.paged:
        return name or "a clause without number"
    return f"{name} ({PAGE}{clause.page})" if name else f"{PAGE}{clause.page}"


def named(place: str) -> str:
    """Return a place with what it is before a number without a point, which says so little: "clause 5 (p. 8)"."""
    return f"clause {place}" if BARE.match(place) else place


def also_in(place: str) -> str:
    """Return "Also in", or "Also on" before a place that is a mere page."""
    return f"Also {'on' if place.startswith(PAGE) else 'in'}"


def unbroken(text: str) -> str:
    """Return a text with places in which no line ends before a page or the number of a page, a clause or an annex."""
    return UNBREAKABLE.sub(lambda match: f"{match[1] or ''}\N{NO-BREAK SPACE}", text)


def unbracketed(text: str) -> str:
    """Return a text with places as they stand in brackets: "7.2, p. 4" for "7.2 (p. 4)"."""
    return BRACKETED.sub(lambda match: f", {match[1]}{', and ' if match['more'] else ''}", text)


def bracketed(places: Iterable[str]) -> str:
    """Return several places as they stand in brackets: "clause 7.2, p. 4; clause 8, p. 5", or "clauses 7.2, 8"."""
    phrases = [unbracketed(place) for place in places]
    if not any("," in phrase for phrase in phrases):
        return ", ".join(phrases)
    if any(phrase.startswith(CLAUSES) for phrase in phrases):
        phrases = [f"clause {phrase.removeprefix(CLAUSES)}" if LED.match(phrase) else phrase for phrase in phrases]
    return "; ".join(phrases)


def standing(clauses: Iterable[Clause], document: Document) -> dict[str, Clause]:
    """Return where clauses stand, pages of one number joined, each with its first clause: "7.2 (p. 4, 9)"."""
    groups: dict[str, list[Clause]] = {}
    for clause in clauses:
        groups.setdefault(plain(clause.number) or place(clause, document), []).append(clause)
    return {_joined(name, group, document): group[0] for name, group in groups.items()}


def _joined(name: str, clauses: Sequence[Clause], document: Document) -> str:
    if document.paged and plain(clauses[0].number):
        return f"{name} ({PAGE}{ranges(clause.page for clause in clauses)})"
    return name


def inside(name: str) -> str:
    """Return a name as it stands in the middle of a sentence: first letter lowered, unless it is an abbreviation."""
    return name if len(name) > 1 and name[1].isupper() else name[:1].lower() + name[1:]


def language(code: str) -> str:
    """Return the English name of a language, or its code where the name is not known."""
    return str(words()["languages"].get(code, f"a language with the code {plain(code)}"))


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"; with "; " as separator where an item has a comma of its own."""
    if len(items) < 2:
        return "".join(items)
    comma = "; " if any("," in item for item in items) else ", "
    return f"{comma.join(items[:-1])}{';' if comma == '; ' else ''} {last} {items[-1]}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return "1 clause", "2 clauses"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


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
