"""How binding the wording of a sentence is."""

import re
from collections.abc import Iterator, Sequence
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
class _LanguageWordings(_Wordings):
    code: str = ""
    prefixes: tuple[str, ...] = ()
    spaced: bool = True
    descriptive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Aside:
    source: str
    granting: re.Pattern[str]
    lead: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Examples:
    source: str
    lead: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Citing:
    source: str
    lead: re.Pattern[str]
    changes: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Declared:
    source: str
    keyword: re.Pattern[str]


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
    examples: _Examples
    citing: _Citing
    declared: _Declared
    unspaced: _Wordings
    language: tuple[_LanguageWordings, ...]


def strength_of(text: str, house: str = "", language: str = "") -> Strength:
    """Return the strongest normative wording in `text`, in any of the UN languages.

    Lower case counts as much as the capitals of RFC 2119: readers of contributions read "must" as an obligation, and
    RFC 8174 only says that it has no *special* meaning. "may" counts only in lower case or capitals, so that the month
    does not; "can", "could", "might" and "will" describe.

    Args:
        text: A sentence.
        house: "3gpp" to count "is to" as an obligation where the sentence does not say what something is for; other
            houses' wordings count everywhere.
        language: ISO 639-1 code of the language of the document, for what that has of its own, negations above all.
    """
    pattern, ranks = _wordings("" if house and _tables().threegpp.aims.match(text) else house, language)
    aside, best = _tables().aside, len(_RANKED)
    for match in pattern.finditer(text):
        if aside.granting.match(match[0]) and aside.lead.search(text, 0, match.start()):
            continue
        best = min(best, ranks[match.lastindex or 0])
        if not best:
            break
    return (*_RANKED, Strength.DESCRIPTIVE)[best]


def strengths_of(sentences: Sequence[str], house: str = "", language: str = "") -> tuple[Strength, ...]:
    """Return the strength of each sentence of a clause; a first one that is a mere keyword binds the second.

    Arguments as for `strength_of`.
    """
    strengths = [strength_of(sentence, house, language) for sentence in sentences]
    if (
        len(strengths) > 1
        and strengths[1] is Strength.DESCRIPTIVE
        and _tables().declared.keyword.fullmatch(sentences[0])
    ):
        strengths[1] = strengths[0]
    return tuple(strengths)


def house_of(cover: str) -> str:
    """Return whose wording a document keeps to, by its first page: "3gpp", or empty for none of its own."""
    return "3gpp" if _tables().threegpp.cover.search(cover) else ""


def leads_examples(sentence: str) -> bool:
    """Return whether a sentence introduces a list of examples, none of which binds."""
    return bool(_tables().examples.lead.search(sentence))


def leads_citation(sentence: str) -> bool:
    """Return whether a sentence introduces words of another text, such as a law, that it does not change."""
    citing = _tables().citing
    return bool(citing.lead.search(sentence)) and not citing.changes.search(sentence)


def strongest(strengths: tuple[Strength, ...]) -> Strength:
    """Return the strongest; descriptive where there is none."""
    return next((strength for strength in _RANKED if strength in strengths), Strength.DESCRIPTIVE)


_tables = loader(_Tables, "impact.segment", "strength.toml")


@cache
def _wordings(house: str, language: str) -> tuple["re.Pattern[str]", tuple[int, ...]]:
    """Return one pattern with a group for each wording, and the rank of each group's strength (0 is must).

    Branches share their first letter, so that the search skips from one such letter to the next; in each, the wordings
    of the language stand first.
    """
    special = dict(entry for table in _tables().language if table.code == language for entry in _own_wordings(table))
    common: dict[str, tuple[str, int]] = {}
    for table in _tables().wording:
        if table.house != "3gpp" or house == "3gpp":
            common.update((wording, (rf"(?<!\w.){wording[1:]}\b", rank)) for wording, rank in _common_wordings(table))
    common.update((wording, (wording[1:], rank)) for wording, rank in _common_wordings(_tables().unspaced))
    branches: dict[str, list[tuple[str, int]]] = {}
    for wordings in (special, common):
        for wording in sorted(wordings, key=lambda wording: (wording[0], -len(wording), wording)):
            branches.setdefault(wording[0], []).append(wordings[wording])
    parts = (f"{first}(?:{'|'.join(f'({rest})' for rest, _ in rests)})" for first, rests in branches.items())
    ranks = (rank for rests in branches.values() for _, rank in rests)
    return re.compile("|".join(parts)), (len(_RANKED), *ranks)


def _common_wordings(table: _Wordings) -> Iterator[tuple[str, int]]:
    return _ranked(table.must, table.should, table.may)


def _own_wordings(table: _LanguageWordings) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield each wording of a language, in both cases of its first letter, with what follows that and its rank."""
    before, after = (r"(?<!\w.)", r"\b") if table.spaced else ("", "")
    for wording, rank in _ranked(table.must, table.should, table.may, table.descriptive):
        for whole in (wording, *(prefix + wording for prefix in table.prefixes)):
            for first in dict.fromkeys((whole[0], whole[0].upper())):
                yield first + whole[1:], (f"{before}(?i:{whole[1:]}){after}", rank)


def _ranked(*ranks: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Yield each wording with its rank; first alternatives apart."""
    for rank, wordings in enumerate(ranks):
        for wording in wordings:
            start = _ALTERNATIVES.match(wording)
            for alternative in start[1].split("|") if start else ("",):
                yield alternative + (wording[start.end() :] if start else wording), rank
