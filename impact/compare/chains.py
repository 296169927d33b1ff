"""Revisions of one proposal among many documents: told by number, and by title where numbers change."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, groupby
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
"""Share of the words of the shorter title that the other one has, by family. Source: project judgment."""
LONGEST = 200
"""Characters of a number that are looked at. Source: project judgment."""
TITLE_WORDS = 2
"""Words that a title needs to join documents of different numbers. Source: project judgment."""
PUBLISHED = 3
"""Years from the last draft to its RFC at most. Source: project judgment."""
STUDY_PERIOD = 4
"""Years after which contribution numbers start anew. Source: ITU Convention, Article 13: WTSA every four years."""


class DocumentFacts(NamedTuple):
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


class _Edition(NamedTuple):
    """A document with its number taken apart.

    Attributes:
        family: "draft", "rfc", "tdoc", "contribution", "standard" or "title".
        base: Number without revision, in small letters.
        revision: Figures of the revision; empty where unknown.
    """

    facts: DocumentFacts
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
    editions = filter(None, (_edition(DocumentFacts(*row)) for row in rows))
    groups: dict[tuple[str, ...], list[_Edition]] = defaultdict(list)
    for edition in sorted(editions, key=lambda edition: edition.facts):
        groups[_key(edition)].append(edition)
    ordered = [_ordered(part) for group in _renamed(list(groups.values())) for part in _agreeing(group)]
    return tuple(sorted(tuple(edition.facts.name for edition in chain) for chain in ordered if len(chain) > 1))


def _edition(facts: DocumentFacts) -> _Edition | None:
    """Return a document with its number taken apart; None where neither number nor title can tell it from others."""
    number = SPACE.sub(" ", facts.number[:LONGEST]).strip()
    stem = "" if number else facts.name.rsplit("/", 1)[-1][:LONGEST]
    return next((edition for read in READERS if (edition := read(facts, number, stem))), None)


def _draft(facts: DocumentFacts, number: str, stem: str) -> _Edition | None:
    match = DRAFT.fullmatch(number or stem)
    return match and _Edition(facts, "draft", match[1].lower(), _revision(match[2], facts))


def _tdoc(facts: DocumentFacts, number: str, stem: str) -> _Edition | None:
    match = TDOC.fullmatch(number) or TDOC.match(stem)
    return match and _Edition(facts, "tdoc", match[1].lower(), _revision(match[2], facts) or (0,))


def _contribution(facts: DocumentFacts, number: str, _stem: str) -> _Edition | None:
    match = CONTRIBUTION.fullmatch(number)
    if not match:
        return None
    base = re.sub(r"[-/ ]", "", match[1]).lower()
    return _Edition(facts, "contribution", base, _revision(match[2], facts) or (0,))


def _rfc(facts: DocumentFacts, number: str, _stem: str) -> _Edition | None:
    return _Edition(facts, "rfc", re.sub(r"\D", "", number), ()) if RFC.fullmatch(number) else None


def _numbered(facts: DocumentFacts, number: str, _stem: str) -> _Edition | None:
    if not number:
        return None
    base, revision = _standard(number, facts.body)
    return _Edition(facts, "standard", base.lower(), revision or _figures(facts.revision))


def _titled(facts: DocumentFacts, _number: str, _stem: str) -> _Edition | None:
    revision, words = _figures(facts.revision), _words(facts.title)
    return _Edition(facts, "title", " ".join(words), revision) if revision and len(words) > TITLE_WORDS else None


READERS = (_draft, _tdoc, _contribution, _rfc, _numbered, _titled)


def _standard(number: str, body: str) -> tuple[str, tuple[int, ...]]:
    """Return the number of a standard without year or version, and that year or version."""
    if match := YEAR.fullmatch(number):
        return match[1], (int(match[2]),)
    if body == "W3C" and (match := LEVEL.fullmatch(number)):
        return match[1], _figures(match[2])
    return number, ()


def _key(edition: _Edition) -> tuple[str, ...]:
    """Return what is the same in all revisions of one proposal; contributions are numbered by body and group."""
    facts = edition.facts
    place = (facts.body.casefold(), facts.group.casefold()) if edition.family in {"contribution", "title"} else ()
    return (edition.family, edition.base, *place)


def _renamed(groups: list[list[_Edition]]) -> list[list[_Edition]]:
    """Return the groups with drafts joined whose name has changed, and with the RFC that a draft became."""
    out: list[list[_Edition]] = []
    drafts: dict[str, list[list[_Edition]]] = defaultdict(list)
    for group in sorted(groups, key=lambda group: _stage(group[0])):
        titles = {_title(edition) for edition in group}
        near = {id(other): other for title in sorted(titles) for other in drafts.get(title, ())}
        homes = [other for other in near.values() if _moved(other, group) or _published(other, group)]
        if len(homes) == 1:
            home = homes[0]
            home.extend(group)
        else:
            home = list(group)
            out.append(home)
        if group[0].family == "draft":
            for title in titles:
                drafts[title].append(home)
    return out


def _moved(old: Sequence[_Edition], new: Sequence[_Edition]) -> bool:
    """Return whether a group's draft has the title of a person's, and a part of its name."""
    if {edition.family for edition in (*old, *new)} != {"draft"} or _stage(old[0]) == _stage(new[0]):
        return False
    return _titles_agree(old, new) and any(_parts(earlier) & _parts(later) for earlier in old for later in new)


def _published(draft: Sequence[_Edition], rfc: Sequence[_Edition]) -> bool:
    """Return whether an RFC has the title of a draft and came after it, by no more than `PUBLISHED` years."""
    if {edition.family for edition in draft} != {"draft"} or rfc[0].family != "rfc" or not _titles_agree(draft, rfc):
        return False
    dates, published = [edition.facts.date for edition in draft if _year(edition)], rfc[0].facts.date
    year = _year(rfc[0])
    return bool(dates and year) and max(dates)[:7] <= published[:7] and year - int(max(dates)[:4]) <= PUBLISHED


def _titles_agree(old: Sequence[_Edition], new: Sequence[_Edition]) -> bool:
    return any(len(title.split()) >= TITLE_WORDS for title in set(map(_title, old)) & set(map(_title, new)))


def _parts(edition: _Edition) -> frozenset[str]:
    """Return the parts of a draft's name after those that say who writes it."""
    parts = edition.base.split("-")
    return frozenset(parts[3:] if parts[1] in {"ietf", "irtf"} else parts[2:])


def _agreeing(group: Sequence[_Edition]) -> list[list[_Edition]]:
    """Return a group in parts that may be one proposal: like titles, and for contributions one study period."""
    if group[0].family not in NEED_LIKE_TITLES:
        return [list(group)]
    parts: list[list[_Edition]] = []
    for edition in group:
        home = next((part for part in parts if all(_same(edition, other) for other in part)), None)
        if home is None:
            parts.append([edition])
        else:
            home.append(edition)
    return parts


def _same(edition: _Edition, other: _Edition) -> bool:
    years = _year(edition), _year(other)
    if edition.family == "contribution" and all(years) and abs(years[0] - years[1]) >= STUDY_PERIOD:
        return False
    left, right = (set(_words(facts.title)) for facts in (edition.facts, other.facts))
    least = NEED_LIKE_TITLES[edition.family] * min(len(left), len(right))
    return not left or not right or len(left & right) >= least


def _ordered(group: Sequence[_Edition]) -> list[_Edition]:
    """Return one document for each revision, oldest first; by date where a revision or a common name is missing."""
    single_name = len({edition.base for edition in group}) == 1
    if single_name and all(edition.revision for edition in group):
        ordered = sorted(group, key=lambda edition: (edition.revision, edition.facts.date, edition.facts.name))
        return [next(copies) for _, copies in groupby(ordered, lambda edition: edition.revision)]
    if not single_name:
        return _across(group)
    dated = (edition for edition in group if edition.facts.date)
    ordered = sorted(dated, key=lambda edition: (edition.facts.date, edition.revision, edition.facts.name))
    return [next(copies) for _, copies in groupby(ordered, lambda edition: (edition.facts.date, edition.revision))]


def _across(group: Sequence[_Edition]) -> list[_Edition]:
    """Return the revisions of a draft under its names, each name's run after the other's: individual names first."""
    names: dict[str, list[_Edition]] = defaultdict(list)
    for edition in group:
        names[edition.base].append(edition)
    runs = [_ordered(run) or run[:1] for run in names.values()]
    runs.sort(key=lambda run: (_stage(run[0]), run[0].facts.date, run[0].base))
    return list(chain.from_iterable(runs))


def _stage(edition: _Edition) -> int:
    """Return 0 for a draft of a person and anything else, 1 for a draft that a group has adopted, 2 for an RFC."""
    if edition.family == "rfc":
        return 2
    return int(edition.family == "draft" and edition.base.split("-")[1] in {"ietf", "irtf", "iab"})


def _year(edition: _Edition) -> int:
    """Return the year of the date; 0 where there is none."""
    match = DATED.match(edition.facts.date)
    return int(match[0]) if match else 0


def _title(edition: _Edition) -> str:
    return " ".join(_words(edition.facts.title))


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _revision(figure: str | None, facts: DocumentFacts) -> tuple[int, ...]:
    """Return the revision that the number itself states, or else that of the document."""
    return (int(figure),) if figure else _figures(facts.revision)


def _figures(revision: str) -> tuple[int, ...]:
    """Return "V17.2.0" as (17, 2, 0), "Second edition" as (2,); empty where there is no figure in it."""
    word = revision.casefold().split(" ", 1)[0]
    if word in ORDINALS:
        return (ORDINALS[word],)
    return tuple(int(figure) for figure in FIGURES.findall(revision)[:4])
