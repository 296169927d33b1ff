"""Whether a sentence can be quoted alone, without the one before it and with its end."""

import re
from itertools import takewhile

from impact.present.words import words

POINTER = re.compile(
    r"\b(?:this|these|those|such(?!\s+(?:as|that|an?)\b))\s+(?=(?P<phrase>[\w-]+(?:\s+[\w-]+){0,3}))", re.IGNORECASE
)
FAR_POINTER = re.compile(
    r"\b(?:of|for|by|to|with|on|from|under|within|against|about|extends|updates|obsoletes|replaces|supplements|covers"
    r"|implements|clarifies|supersedes|complements)\s+that\s+(?=(?P<phrase>[\w-]+(?:\s+[\w-]+){0,3}))",
    re.IGNORECASE,
)
"""A word that points to a thing named before; "that" only where it is neither a conjunction nor a relative."""

OPEN = re.compile(r"(?:that|which|who|whose|whom|of|in|with|for|from|to|point|time|day|moment)\b", re.IGNORECASE)
"""What follows a pointing word that says itself what is meant: "those who", "at this time"."""

GROUP = re.compile(r"(?:these|those)\s+(?:of|in|with|for|from|to|on|by)\b", re.IGNORECASE)
"""How a sentence begins with some of what was named before: "Those for the purpose of mooring"."""

LEAST = 4
"""Letters of a word below which it ends the phrase behind a pointing word: "of", "and". Source: project judgment."""

ENDED = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\Z")
UNSTOPPED = re.compile(r"[\])]\s+(?:It|This|These|The|In|We|For|Such)\s+[a-z]")
"""Two sentences of which the first has no full stop behind its last reference."""


def stands_alone(sentence: str) -> bool:
    """Return whether a sentence is whole, does not go on with another, and points to nothing that it does not name."""
    if not ENDED.search(sentence) or UNSTOPPED.search(sentence):
        return False
    if any(re.search(leaning, sentence, re.IGNORECASE) for leaning in words().reading.leanings):
        return False
    return not any(_points_away(sentence, match) for way in (POINTER, FAR_POINTER) for match in way.finditer(sentence))


def _points_away(sentence: str, match: re.Match[str]) -> bool:
    """Return whether a pointing word means what no word before it in the sentence names, nor the document itself.

    A sentence may begin with "This", whose noun is then what the text is.
    """
    selves = "|".join(words().reading.selves)
    if match.start() == 0 and GROUP.match(sentence):
        return True
    if re.match(selves, sentence[match.start() :], re.IGNORECASE) or OPEN.match(match["phrase"]):
        return False
    if match.start() == 0:
        return bool(re.match(r"\w+\s+(?:is|are|was|were|has|have|can|may|will|\w+s)\b", sentence))
    named = {word.lower().rstrip("s") for word in re.findall(r"[\w-]+", sentence[: match.start()])}
    meant = takewhile(lambda word: len(word) >= LEAST, match["phrase"].split())
    return not named & {word.lower().rstrip("s") for word in meant}
