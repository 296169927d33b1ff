"""Sections of a dump that hold terms or abbreviations, where lines say otherwise than elsewhere what begins anew."""

import re
from enum import StrEnum

from impact.extract.text.marks import HEADING

# Source: clause 3 of the ETSI template and of 3GPP TR 21.801, ISO/IEC Directives Part 2, clauses 16 and 17.
TERMS_TITLE = re.compile(r"(?:definitions?|terms)(?: of terms|,? and definitions|,? and abbreviations)?", re.IGNORECASE)
SHORT_FORMS_TITLE = re.compile(
    r"(?:list of )?(?:abbreviations|acronyms)(?: and (?:abbreviations|acronyms))?", re.IGNORECASE
)
# Source: clause 3.1 of ETSI deliverables: the term, a colon, the definition; project judgment for the length.
TERM = re.compile(r"(?!(?:NOTE|EXAMPLE)\b)[^\W_][^.:;\u2022]{0,70}(?<!apply)(?<!applies)(?<!following):(?=\s|\Z)")
TERM_WORDS = 9
# Source: project judgment: capitals or digits within the first word, or one letter alone.
SHORT_FORM = re.compile(r"(?:\S*[A-Z0-9]\S*[A-Z0-9]\S*|[A-Z0-9]|\S*[a-z]\S*[A-Z]\S*)(?=\s|\Z)")
SENTENCE_END = re.compile(r"[.!?][\"\u201d\u2019)]?\Z")


class Entries(StrEnum):
    """What the lines of a section list."""

    TERMS = "terms"
    SHORT_FORMS = "short forms"


def entries_of(title: str) -> Entries | None:
    """Return what a section lists by its title, number and all; None for most sections."""
    number = HEADING.match(title)
    words = title[number.end() if number else 0 :].strip()
    if TERMS_TITLE.fullmatch(words):
        return Entries.TERMS
    return Entries.SHORT_FORMS if SHORT_FORMS_TITLE.fullmatch(words) else None


def is_term(text: str) -> bool:
    """Return whether a line begins with a term and a colon."""
    term = TERM.match(text)
    return term is not None and len(term[0].split()) <= TERM_WORDS


def begins_entry(entries: Entries, last: str, text: str) -> bool:
    """Return whether a line begins an entry of its own, and does not go on with `last`, the line before it."""
    if entries is Entries.TERMS:
        if is_term(text) and not last.endswith(","):
            return True
        ended = SENTENCE_END.search(last) or (last.endswith(":") and not TERM.fullmatch(last))
        return bool(ended) and not text[0].islower()
    if last.endswith(":"):
        return True
    return SHORT_FORM.match(text) is not None and not SHORT_FORM.fullmatch(last)
