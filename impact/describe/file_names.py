"""What the name of a file tells of the title of its document."""

import re
from collections.abc import Sequence

from impact.describe.dates import find_date
from impact.describe.front import FieldValue, Front
from impact.records import Block

PHRASE = 3
"""Words of the name of a file from which on it is a phrase. Source: project judgment."""
RECORD = re.compile(r"(?:(?:rfc[-_ ]?)?\d{3,5}[-_ ]+|\d{1,2}_)(?=\D)", re.IGNORECASE)
"""The number of a record in a series, with which the name of its file begins."""
DATED = re.compile(r"(?P<date>(?:19|20)\d{2}-\d{2}-\d{2})(?:[-_ ]+|$)")
"""The date with which the names of files of some records begin."""
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[A-Z]{2})(?=[A-Z][a-z])")
WORDS = re.compile(r"[^\W\d_]{3,}")
GENERIC = frozenset({"draft", "file", "index", "main", "readme", "spec", "specification", "document", "latest"})
"""Words of names of files that say nothing of what is in them."""


def file_name(front: Front) -> str:
    """Return the name of the file in words; what is no phrase, or the name of a draft, keeps its hyphens."""
    record = DATED.match(front.stem) or RECORD.match(front.stem)
    stem = (front.stem[record.end() :] if record else "") or front.stem
    parted = stem if re.search(r"[-_\s]", stem) else CAMEL.sub("-", stem)
    words = parted.count("-") + 1 if parted != stem else len(WORDS.findall(parted)) + bool(record)
    is_phrase = words >= PHRASE and not re.fullmatch(r"draft-[a-z0-9-]+", front.stem)
    name = " ".join(re.split(r"[-_\s]+", parted) if is_phrase else re.split(r"[_\s]+", front.stem))
    return name[:1].upper() + name[1:] if " " in name else name


def date_in_name(front: Front) -> FieldValue | None:
    """Return the date with which the name of the file begins; None without one."""
    dated = DATED.match(front.stem)
    stated = find_date(dated["date"]) if dated else None
    return FieldValue(stated.iso, uncertain=True) if stated else None


def heading_or_file_name(front: Front, headings: Sequence[Block]) -> FieldValue:
    """Return the first of some headings that has all words of the name of the file, if they are several; else that."""
    values = [front.words(block.span) for block in headings] if len(telling_words(front.stem)) > 1 else []
    named = (value for value in values if has_name(value.value, front.stem))
    return next(named, FieldValue(file_name(front), uncertain=True))


def has_name(title: str, stem: str) -> bool:
    """Return whether a title has all telling words of the name of a file, or the same letters as it."""
    letters, name = ("".join(filter(str.isalnum, text)).casefold() for text in (title, stem))
    return telling_words(stem) <= telling_words(title) or letters == name


def telling_words(text: str) -> set[str]:
    """Return the words of three letters or more that say something, in small letters."""
    return {*WORDS.findall(text.lower())} - GENERIC
