"""How binding the wording of a sentence is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from impact.records import Strength
from impact.typed import loader

_RANKED = (Strength.MUST, Strength.SHOULD, Strength.MAY)

_ALTERNATIVES = re.compile(r"\(\?:([^()]*)\)")


@dataclass(frozen=True, slots=True)
class _Wordings:
    source: str
    must: tuple[str, ...] = ()
    should: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _HouseWordings(_Wordings):
    house: str = ""


@dataclass(frozen=True, slots=True)
class _Aside:
    source: str
    granting: re.Pattern[str]
    lead: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _ThreeGpp:
    aims: re.Pattern[str]
    cover: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Tables:
    """The whole of strength.toml, see there."""

    wording: tuple[_HouseWordings, ...]
    threegpp: _ThreeGpp
    aside: _Aside
    unspaced: _Wordings


def strength_of(text: str, house: str = "") -> Strength:
    """Return the strongest normative wording in `text`, in any of the UN languages.

    Lower case counts as much as the capitals of RFC 2119: readers of contributions read "must" as an obligation, and
    RFC 8174 only says that it has no *special* meaning. "may" counts only in lower case or capitals, so that the month
    does not; "can", "could", "might" and "will" describe.

    Args:
        text: A sentence.
        house: "3gpp" to count "is to" as an obligation where the sentence does not say what something is for; other
            houses' wordings count everywhere.
    """
    pattern, ranks = _wordings("" if house and _tables().threegpp.aims.match(text) else house)
    aside, best = _tables().aside, len(_RANKED)
    for match in pattern.finditer(text):
        if aside.granting.match(match[0]) and aside.lead.search(text, 0, match.start()):
            continue
        best = min(best, ranks[match.lastindex or 0])
        if not best:
            break
    return (*_RANKED, Strength.DESCRIPTIVE)[best]


def house_of(cover: str) -> str:
    """Return whose wording a document keeps to, by its first page: "3gpp", or empty for none of its own."""
    return "3gpp" if _tables().threegpp.cover.search(cover) else ""


def strongest(strengths: tuple[Strength, ...]) -> Strength:
    """Return the strongest; descriptive where there is none."""
    return next((strength for strength in _RANKED if strength in strengths), Strength.DESCRIPTIVE)


_tables = loader(_Tables, "impact.segment", "strength.toml")


@cache
def _wordings(house: str) -> tuple["re.Pattern[str]", tuple[int, ...]]:
    """Return one pattern with a group for each wording, and the rank of each group's strength (0 is must).

    Branches share their first letter, so that the search skips from one such letter to the next.
    """
    entries: dict[str, tuple[str, int]] = {}
    for table in _tables().wording:
        if table.house != "3gpp" or house == "3gpp":
            entries.update((start, (rf"(?<!\w.){rest}\b", rank)) for start, rest, rank in _wordings_of(table))
    entries.update((start, (rest, rank)) for start, rest, rank in _wordings_of(_tables().unspaced))
    branches: dict[str, list[str]] = {}
    ranks = [len(_RANKED)]
    for wording in sorted(entries, key=lambda wording: (wording[0], -len(wording), wording)):
        rest, rank = entries[wording]
        branches.setdefault(wording[0], []).append(f"({rest})")
        ranks.append(rank)
    return re.compile("|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in branches.items())), tuple(ranks)


def _wordings_of(table: _Wordings) -> Iterator[tuple[str, str, int]]:
    """Yield each wording of a table, what follows its first letter, and its rank; first alternatives apart."""
    for rank, wordings in enumerate((table.must, table.should, table.may)):
        for wording in wordings:
            start = _ALTERNATIVES.match(wording)
            for alternative in start[1].split("|") if start else ("",):
                whole = alternative + (wording[start.end() :] if start else wording)
                yield whole, whole[1:], rank
