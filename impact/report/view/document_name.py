"""How a report names a document: number and title in one line."""

import re
from collections.abc import Iterator

from impact.present.cleaning import clipped, plain
from impact.records import Assessment, Proposal

WORD = re.compile(r"\w+")
DIGEST = re.compile(r"[0-9a-f]{12,}", re.IGNORECASE)
"""A digest of the content, as version control and content-addressed stores name it: no number to cite."""
EDGES = ".,;:()[]'\"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
CHAPTER = re.compile(r"(\d{1,2})\.? (?=\S)")
SHORT_NAME = re.compile(r"[a-z][\w.]*(?:[-_][\w.]+)*")
"""A number that is a name in small letters, as those of drafts: "draft-birds-parcel-03", "parcel-request"."""
DRAFT = "draft-"
TELLING = 4
"""Least letters of a word of a title that a short name repeats, but for initials. Source: project judgment."""


def called(number: str, title: str) -> str:
    """Return number and title in one line: "RFC 9999: Parcels", "Parcels (draft-birds-parcel-03)".

    A title that has all words of the number stands alone: "Beacon".
    """
    if not (number and title):
        return number or title
    if {*_name_words(number)} <= {*_name_words(title)}:
        return title
    return f"{title} ({number})" if SHORT_NAME.fullmatch(number) else f"{number}: {title}"


def _name_words(text: str) -> Iterator[str]:
    """Yield the words of a name; what has a digit in it ("C-83", "G.8101/Y.1355") is one word."""
    for word in text.casefold().split():
        yield from [word.strip(EDGES)] if re.search(r"\d", word) else WORD.findall(word.replace("\u2019", "'"))


def name_of(assessment: Assessment) -> str:
    """Return number and title of the document in one line; the name of its file where it has neither."""
    number = clipped(numbered(assessment.proposal), 60)
    return called(number, title_of(assessment)) or plain(assessment.document.source)


def numbered(proposal: Proposal) -> str:
    """Return the number with the revision that it does not name itself: "C-417-R1", "OIML R 999 (Edition 2026)".

    It is empty where there is no number, or a short name that only repeats the title.
    """
    number, revision = (
        "" if DIGEST.fullmatch(field) else field for field in (plain(proposal.number), plain(proposal.revision))
    )
    if not number or _repeats(number, plain(proposal.title)):
        return ""
    if not revision or re.search(rf"(?<!\w){re.escape(revision)}(?!\w)", number):
        return number
    if " " in revision:
        return f"{number}, {revision}" if "(" in revision else f"{number} ({revision})"
    return f"{number}{'-' if '-' in number and ' ' not in number else ' '}{revision}"


def _repeats(short: str, title: str) -> bool:
    """Return whether a short name only repeats a title: its words, their beginnings, "a11y" for "accessibility".

    It has the beginning of at least one word, so that mere initials stay. The name of a draft is cited as it is.
    """
    if not SHORT_NAME.fullmatch(short) or short.startswith(DRAFT):
        return False
    words, letters = WORD.findall(title.casefold()), re.sub(r"[\W_]", "", short.casefold())
    if not any(len(word) >= TELLING and word[:TELLING] in letters for word in words):
        return False
    reached = {0}
    for word in words:
        ways = {word[:length] for length in (1, len(word), *range(TELLING, min(len(word), len(letters))))}
        ways.add(f"{word[0]}{len(word) - 2}{word[-1]}")
        reached |= {at + len(way) for at in reached for way in ways if letters.startswith(way, at)}
    return len(letters) in reached


def title_of(assessment: Assessment) -> str:
    """Return the title in one line, without the number of a chapter of which the text has a clause ("2 Functions")."""
    title = plain(assessment.proposal.title)
    match = CHAPTER.match(title)
    if match and any(clause.number.startswith(f"{match[1]}.") for clause in assessment.clauses):
        return title[match.end() :]
    return title
