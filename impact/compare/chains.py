"""Revisions of one proposal among many documents: told by number, and by title where numbers change."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

SPACE = re.compile(r"[\s_]+")
WORD = re.compile(r"\w+")
FIGURES = re.compile(r"\d+")
DRAFT = re.compile(r"(draft-[a-z0-9]+(?:-[a-z0-9.]+?)+?)(?:-(\d\d))?(?:\.(?:txt|xml|html|md|pdf))?", re.IGNORECASE)
"""Source: RFC 7221 and the naming rules of Internet-Drafts: name and two figures."""
RFC = re.compile(r"RFC[ -]?\d+", re.IGNORECASE)
TDOC = re.compile(r"([A-Z]{1,2}\d?[A-Z]?-\d{6,7})(?:[-_ ]?r(?:ev)?[-_ .]?(\d{1,2}))?", re.IGNORECASE)
"""Source: 3GPP TR 21.900, numbers of documents of meetings."""
CONTRIBUTION = re.compile(
    r"((?:SG\d{1,2}|TSAG|RAG|TDAG|WP\d\w?|JCA\w*)?[-/ ]?(?:C|TD|GEN|PLEN|WP\d)[-/ ]?\d{1,4})"
    r"(?:[-/ (]{0,2}R(?:ev)?[ .-]?(\d{1,2})\)?)?",
    re.IGNORECASE,
)
"""Source: ITU-T A.2, numbers of contributions and temporary documents."""
DATED = re.compile(r"[12][0-9]{3}(?![0-9])")
YEAR = re.compile(r"(.*\S)\s*[:(]\s*((?:19|20)\d\d)\)?")
LEVEL = re.compile(r"(.*[a-z])-(\d+(?:\.\d+)*)", re.IGNORECASE)
"""Short names of W3C specifications end with their level or version."""
ORDINALS = {name: place for place, name in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), start=1)}
NEED_LIKE_TITLES = {"contribution": 0.6, "tdoc": 0.6, "standard": 0.4}
"""Share of the words of the shorter title that the other one has, by family. Source: project judgement."""
LONGEST = 200
"""Characters of a number that are looked at. Source: project judgement."""
TITLE_WORDS = 2
"""Words that a title needs to join documents of different numbers. Source: project judgement."""
PUBLISHED = 3
"""Years from the last draft to its RFC at most. Source: project judgement."""
STUDY_PERIOD = 4
"""Years after which contribution numbers start anew. Source: ITU Convention, Article 13: WTSA every four years."""


class Row(NamedTuple):
    """A document as `describe` tells it.

    Attributes:
        name: What chains are made of; unique.
        number, revision, title, date, body, group: As in `Proposal`; empty where the document does not say.
    """

    name: str
    number: str
    revision: str
    title: str
    date: str
    body: str
    group: str


class _Known(NamedTuple):
    """A row with its number taken apart.

    Attributes:
        row: The row.
        family: "draft", "rfc", "tdoc", "contribution", "standard" or "title".
        base: Number without revision, in small letters.
        revision: Figures of the revision; empty where unknown.
    """

    row: Row
    family: str
    base: str
    revision: tuple[int, ...]


def chains(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the names of documents that are revisions of one another, oldest first, sorted by the first name.

    A chain has two names or more. Copies of one revision (the same number, revision or date in another format or
    language) are in it once. Two documents whose order cannot be told are in no chain.

    Args:
        rows: Rows of (name, number, revision, title, date, body, group), in any order.
    """
    known = [one for one in (_known(Row(*row)) for row in rows) if one]
    groups: dict[tuple[str, ...], list[_Known]] = defaultdict(list)
    for one in sorted(known, key=lambda one: one.row):
        groups[_key(one)].append(one)
    joined = _renamed(list(groups.values()))
    found = [_ordered(part) for group in joined for part in _agreeing(group)]
    return tuple(sorted(tuple(one.row.name for one in chain) for chain in found if len(chain) > 1))


def _known(row: Row) -> _Known | None:
    """Return a row with its number taken apart; None where neither number nor title can tell it from others."""
    number = SPACE.sub(" ", row.number[:LONGEST]).strip()
    stem = "" if number else row.name.rsplit("/", 1)[-1][:LONGEST]
    return next((found for read in READERS if (found := read(row, number, stem))), None)


def _draft(row: Row, number: str, stem: str) -> _Known | None:
    found = DRAFT.fullmatch(number or stem)
    return _Known(row, "draft", found[1].lower(), _one(found[2]) or _figures(row.revision)) if found else None


def _tdoc(row: Row, number: str, stem: str) -> _Known | None:
    found = TDOC.fullmatch(number) or TDOC.match(stem)
    return _Known(row, "tdoc", found[1].lower(), _one(found[2]) or _figures(row.revision) or (0,)) if found else None


def _contribution(row: Row, number: str, _stem: str) -> _Known | None:
    found = CONTRIBUTION.fullmatch(number)
    if not found:
        return None
    base = re.sub(r"[-/ ]", "", found[1]).lower()
    return _Known(row, "contribution", base, _one(found[2]) or _figures(row.revision) or (0,))


def _rfc(row: Row, number: str, _stem: str) -> _Known | None:
    return _Known(row, "rfc", re.sub(r"\D", "", number), ()) if RFC.fullmatch(number) else None


def _numbered(row: Row, number: str, _stem: str) -> _Known | None:
    if not number:
        return None
    base, revision = _standard(number, row.body)
    return _Known(row, "standard", base.lower(), revision or _figures(row.revision))


def _titled(row: Row, _number: str, _stem: str) -> _Known | None:
    said = _figures(row.revision)
    return _Known(row, "title", _title(row.title), said) if said and len(_words(row.title)) > TITLE_WORDS else None


READERS = (_draft, _tdoc, _contribution, _rfc, _numbered, _titled)


def _standard(number: str, body: str) -> tuple[str, tuple[int, ...]]:
    """Return the number of a standard without year or version, and that year or version."""
    if found := YEAR.fullmatch(number):
        return found[1], (int(found[2]),)
    if body == "W3C" and (found := LEVEL.fullmatch(number)):
        return found[1], _figures(found[2])
    return number, ()


def _key(one: _Known) -> tuple[str, ...]:
    """Return what is the same in all revisions of one proposal; contributions are numbered by body and group."""
    place = (one.row.body.casefold(), one.row.group.casefold()) if one.family in {"contribution", "title"} else ()
    return (one.family, one.base, *place)


def _renamed(groups: list[list[_Known]]) -> list[list[_Known]]:
    """Return the groups with drafts joined whose name has changed, and with the RFC that a draft became."""
    out: list[list[_Known]] = []
    drafts: dict[str, list[list[_Known]]] = defaultdict(list)
    for group in sorted(groups, key=lambda group: _stage(group[0])):
        titles = {_title(one.row.title) for one in group}
        near = {id(other): other for title in sorted(titles) for other in drafts.get(title, ())}
        homes = [other for other in near.values() if _moved(other, group) or _published(other, group)]
        home = homes[0] if len(homes) == 1 else list(group)
        if len(homes) == 1:
            home.extend(group)
        else:
            out.append(home)
        if group[0].family == "draft":
            for title in titles:
                drafts[title].append(home)
    return out


def _moved(one: Sequence[_Known], other: Sequence[_Known]) -> bool:
    """Return whether a group's draft has the title of a person's, and a part of its name."""
    if {row.family for row in (*one, *other)} != {"draft"} or _stage(one[0]) == _stage(other[0]):
        return False
    return _titles_agree(one, other) and any(_parts(row) & _parts(each) for row in one for each in other)


def _published(draft: Sequence[_Known], rfc: Sequence[_Known]) -> bool:
    """Return whether an RFC has the title of a draft and came after it, by no more than `PUBLISHED` years."""
    if {one.family for one in draft} != {"draft"} or rfc[0].family != "rfc" or not _titles_agree(draft, rfc):
        return False
    dates, published = [one.row.date for one in draft if _year(one)], rfc[0].row.date
    year = _year(rfc[0])
    return bool(dates and year) and max(dates)[:7] <= published[:7] and year - int(max(dates)[:4]) <= PUBLISHED


def _titles_agree(one: Sequence[_Known], other: Sequence[_Known]) -> bool:
    titles = {_title(row.row.title) for row in one} & {_title(row.row.title) for row in other}
    return any(len(title.split()) >= TITLE_WORDS for title in titles)


def _parts(one: _Known) -> frozenset[str]:
    """Return the parts of a draft's name after those that say who writes it."""
    parts = one.base.split("-")
    return frozenset(parts[3:] if parts[1] in {"ietf", "irtf"} else parts[2:])


def _agreeing(group: Sequence[_Known]) -> list[list[_Known]]:
    """Return a group in parts that may be one proposal: like titles, and for contributions one study period."""
    if group[0].family not in NEED_LIKE_TITLES:
        return [list(group)]
    parts: list[list[_Known]] = []
    for one in group:
        home = next((part for part in parts if all(_same(one, other) for other in part)), None)
        if home is None:
            parts.append([one])
        else:
            home.append(one)
    return parts


def _same(one: _Known, other: _Known) -> bool:
    years = _year(one), _year(other)
    if one.family == "contribution" and all(years) and abs(years[0] - years[1]) >= STUDY_PERIOD:
        return False
    left, right = (set(_words(row.title)) for row in (one.row, other.row))
    least = NEED_LIKE_TITLES[one.family] * min(len(left), len(right))
    return not left or not right or len(left & right) >= least


def _ordered(group: Sequence[_Known]) -> list[_Known]:
    """Return one document for each revision, oldest first; by date where a revision or a common name is missing."""
    one_name = len({one.base for one in group}) == 1
    if one_name and all(one.revision for one in group):
        ordered = sorted(group, key=lambda one: (one.revision, one.row.date, one.row.name))
        return _once(ordered, [one.revision for one in ordered])
    if not one_name:
        return _across(group)
    dated = sorted((one for one in group if one.row.date), key=lambda one: (one.row.date, one.revision, one.row.name))
    return _once(dated, [(one.row.date, one.revision) for one in dated])


def _across(group: Sequence[_Known]) -> list[_Known]:
    """Return the revisions of a draft under its names, each name's run after the other's: individual names first."""
    names: dict[str, list[_Known]] = defaultdict(list)
    for one in group:
        names[one.base].append(one)
    runs = [_ordered(run) or run[:1] for run in names.values()]
    runs.sort(key=lambda run: (_stage(run[0]), run[0].row.date, run[0].base))
    return [one for run in runs for one in run]


def _stage(one: _Known) -> int:
    """Return 0 for a draft of a person and anything else, 1 for a draft that a group has adopted, 2 for an RFC."""
    if one.family == "rfc":
        return 2
    return int(one.family == "draft" and one.base.split("-")[1] in {"ietf", "irtf", "iab"})


def _once(ordered: Sequence[_Known], marks: Sequence[object]) -> list[_Known]:
    """Return the first document of each mark."""
    first: dict[object, _Known] = {}
    for mark, one in zip(marks, ordered, strict=True):
        first.setdefault(mark, one)
    return list(first.values())


def _year(one: _Known) -> int:
    """Return the year of the date; 0 where there is none."""
    found = DATED.match(one.row.date)
    return int(found[0]) if found else 0


def _title(text: str) -> str:
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _one(figure: str | None) -> tuple[int, ...]:
    return (int(figure),) if figure else ()


def _figures(revision: str) -> tuple[int, ...]:
    """Return "V17.2.0" as (17, 2, 0), "Second edition" as (2,); empty where there is no figure in it."""
    word = revision.casefold().split(" ", 1)[0]
    if word in ORDINALS:
        return (ORDINALS[word],)
    return tuple(int(figure) for figure in FIGURES.findall(revision)[:4])
