"""How a report names a document: number and title in one line."""

import re
from pathlib import PurePath

from impact.present.cleaning import clipped, plain
from impact.present.document_names import SHORT_NAME, WORD, called
from impact.present.words import words
from impact.records import Assessment, Proposal

DIGEST = re.compile(r"[0-9a-f]{12,}", re.IGNORECASE)
"""A digest of the content, as version control and content-addressed stores name it: no number to cite."""
CHAPTER = re.compile(r"(\d{1,2})\.? (?=\S)")
DRAFT = "draft-"
VERSION = re.compile(r"\d+(?:\.\d+)+")
TELLING = 4
"""Least letters of a word of a title that a short name repeats, but for initials. Source: project judgment."""


def name_of(assessment: Assessment) -> str:
    """Return number and title of the document in one line; the name of its file where it has neither."""
    number = clipped(numbered(assessment.proposal), 60)
    return called(number, title_of(assessment)) or plain(assessment.document.source)


def numbered(proposal: Proposal) -> str:
    """Return the number with the revision that it does not name itself: "C-417-R1", "OIML R 999 (Edition 2026)".

    The version of a number with a hyphen is named: "XEP-9999, version 0.2". It is empty where there is no number, or a
    short name that only repeats the title.
    """
    number, revision = (
        "" if DIGEST.fullmatch(field) else field for field in (plain(proposal.number), plain(proposal.revision))
    )
    if not number or _repeats(number, plain(proposal.title)):
        return ""
    if not revision or re.search(rf"(?<!\w){re.escape(revision)}(?!\w)", number):
        return number
    if "-" in number and " " not in number and VERSION.fullmatch(revision):
        return f"{number}, version {revision}"
    if " " in revision:
        return f"{number}, {revision}" if "(" in revision else f"{number} ({revision})"
    return f"{number}{'-' if '-' in number and ' ' not in number else ' '}{revision}"


def _repeats(short: str, title: str) -> bool:
    """Return whether a short name only repeats a title: its words, their beginnings, "a11y" for "accessibility".

    It has the beginning of at least one word, so that mere initials stay, and may be a plural ("BirdSongs"). The name
    of a draft is cited as it is.
    """
    if not SHORT_NAME.fullmatch(short.casefold()) or short.startswith(DRAFT):
        return False
    words, letters = WORD.findall(title.casefold()), re.sub(r"[\W_]", "", short.casefold())
    if not any(len(word) >= TELLING and word[:TELLING] in letters for word in words):
        return False
    reached = {0}
    for word in words:
        ways = {word[:length] for length in (1, len(word), *range(TELLING, min(len(word), len(letters))))}
        ways.add(f"{word[0]}{len(word) - 2}{word[-1]}")
        reached |= {at + len(way) for at in reached for way in ways if letters.startswith(way, at)}
    return len(letters) in reached or (letters.endswith("s") and len(letters) - 1 in reached)


def _letters(text: str) -> str:
    return "".join(WORD.findall(text.casefold())).replace("_", "")


def title_of(assessment: Assessment) -> str:
    """Return the title in one line, without the number of a chapter of which the text has a clause ("2 Functions").

    Of a document without a title the file is named.
    """
    title = plain(assessment.proposal.title)
    file = PurePath(assessment.document.source)
    named = "title" in assessment.proposal.uncertain and _letters(file.stem).endswith(_letters(title))
    headings = {_letters(heading) for clause in assessment.clauses for heading in clause.headings}
    if named and not any(heading.endswith(_letters(title)) for heading in headings):
        return words().about["untitled"].format(file=plain(file.name))
    match = CHAPTER.match(title)
    if match and any(clause.number.startswith(f"{match[1]}.") for clause in assessment.clauses):
        return title[match.end() :]
    return title
