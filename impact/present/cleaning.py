"""Text from anywhere, made fit to be shown: nothing in it may steer a terminal, a browser or a spreadsheet."""

import re

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SPACE = re.compile(r"\s+")
GAP = "[\N{HORIZONTAL ELLIPSIS}]"
UNENDED = re.compile(
    r"(?:[\s,;:(\[\u201c]+(?:an?|the|this|that|these|those|its|their|and|or|nor|but|either|neither|both|of|to|in|on|at|by|for|"
    r"from|with|within|as|if|when|where|while|unless|until|than|into|which|who|whose|not|no|is|are|was|were|be|been|"
    r"can|may|shall|should|must|will|has|have|MAY|SHALL|SHOULD|MUST|NOT))*(?:(?<=\w{3}[.!?])\s+[A-Z]\w*)?[\s,;:(\[\u201c]*\Z"
)
"""Small words, and the first one of a sentence, with which no cut words can end. Source: project judgment."""


def shown(text: str) -> str:
    """Return `text` with each control character and half surrogate pair as U+FFFD; the length stays the same.

    Line feeds, carriage returns and tabs stay; marks of writing direction stay, since the place that shows the text
    isolates it.
    """
    return UNSEEN.sub("\ufffd", text)


def plain(text: str) -> str:
    """Return `text` as one line without control characters and without marks that turn the writing direction."""
    return SPACE.sub(" ", STEERING.sub("", shown(text))).strip()


def clipped(text: str, limit: int) -> str:
    """Return at most about `limit` characters of `text`, cut after a word that can end, and marked where cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - len(GAP)]
    cut = head.rfind(" ")
    shortened = head[: cut if cut > limit // 2 else len(head)]
    return f"{UNENDED.sub('', shortened) or shortened.rstrip()} {GAP}"


def ended(text: str, limit: int) -> str:
    """Return at most about `limit` characters of the end of `text`, cut between words and marked where cut."""
    if len(text) <= limit:
        return text
    tail = text[len(GAP) - limit :]
    cut = tail.find(" ")
    return f"{GAP} {tail[cut if 0 <= cut < limit // 2 else 0 :].lstrip()}"
