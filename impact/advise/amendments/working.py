"""Work an entry of the library into the words of a clause, or say that it does not fit."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from impact.advise.amendments.library import Entry
from impact.advise.questions.nouns import MODAL, VERB_NEXT, lists
from impact.records import Fate, Run, Setting, Span, Strength

LONGEST = 500
"""Characters of a sentence beyond which no condition is hung on it. Source: project judgement."""

BINDING = re.compile(r"\b(?:shall|must|SHALL|MUST|should|SHOULD|(?:is|are) required to)\b")
VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|does|do|allows?|[a-z]{3,}s\s+(?:the|a|an|to|all|its|that|via|from|with|by|for|in|on))\b"
)
TIMED = re.compile(r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b", re.IGNORECASE)
ABLE = re.compile(r"\s+be able to\b")
RULING = re.compile(rf"{BINDING.pattern}|\b(?:may|MAY|can optionally)\b")
NORMATIVE = re.compile(
    rf"{RULING.pattern}|\b(?:is|are|be) (?:recommended|permitted|allowed|prohibited|forbidden) to\b|"
    r"\b(?:REQUIRED|RECOMMENDED|OPTIONAL)\b|\b(?:needs?|has|have) to\b"
)
"""Words of a rule. Source: RFC 2119; ISO/IEC Directives Part 2, clause 7; ITU-T author's guide."""

NEGATED = re.compile(r"\b(?:not|NOT|no|never|cannot)\b", re.IGNORECASE)
CONDITIONED = re.compile(
    r"\b(?:provided that|unless|only (?:if|where|when|after|with)|subject to|except)\b", re.IGNORECASE
)
EXISTING = re.compile(r"\s*there\b", re.IGNORECASE)
"""How a sentence begins that says that something is there; who does what is not told, so that no condition fits it."""

POSSIBLE = re.compile(r"\bbe (?:\w+ly )?(?:possible|feasible)\b", re.IGNORECASE)

FRAGMENT = re.compile(r"\s*(?:\((?!\w{1,3}\))|[B-HJ-Z]\s)")
"""How words begin that are torn from a sentence or a row of a table: "(e.g. ...", "O name ..."."""

ITS = re.compile(r"[^.;]*?\bof\s+(its|their)\b")
"""Where a word stands that may mean whom a change before it deletes."""

AND_TO = re.compile(r"\b(?:and|or)\s+(?P<to>to\s+)(?P<next>[\w-]+)(?:\s+(?P<object>\w+))?")
"""How a further verb, or a further place, goes on after "is required to"."""

SUCH = re.compile(
    r"\s+(?:[^.;]|\.(?!\s+[A-Z]))*?\b(?:[Ss]uch\b(?!\s+as\b)|[Tt]he\s+(?:appropriate|corresponding|respective|relevant|same)\b)"
)
"""How a sentence goes on that refers to what the sentence before it names."""

OBJECTS = frozenset({"it", "them", "such", "no", "some"})

TAIL = re.compile(
    r",\s+(?:(?:thus|thereby|hence|so|therefore)\s+\w+ing|allowing|enabling|ensuring|facilitating)\b[^;:()]*\.\Z"
)
"""What a sentence goes on to say that it leads to: a condition goes before it, or it would hang on that."""

NEAR = "[^.;]{0,60}?"
"""Where words that go along with others stand: in the same sentence, soon after. Source: project judgement."""

PLACES = {
    Setting.LIST: "add a paragraph after the list",
    Setting.TABLE: "add a paragraph after the table",
    Setting.ASIDE: "add a paragraph after the clause",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """The clause to be changed.

    Attributes:
        text: Its text, verbatim.
        sentence: The sentence that carries the finding, within `text`.
        setting: Kind of text that it stands in.
        strength: Strength of that sentence.
    """

    text: str
    sentence: Span
    setting: Setting
    strength: Strength

    @property
    def words(self) -> str:
        """The sentence."""
        return self.sentence.of(self.text)

    @property
    def flows(self) -> bool:
        """Whether the sentence is running text with a verb that ends in a full stop, not too long to be changed."""
        stops = self.setting is Setting.TEXT and self.words.endswith(".") and len(self.words) <= LONGEST
        return stops and not FRAGMENT.match(self.words) and bool(MODAL.search(self.words) or VERB.search(self.words))


Change = tuple[int, int, str]
"""Characters to delete, from and to, 0-based and half-open, and what to put there."""

Worked = tuple[str, tuple[Change, ...]]
"""Kind of edit as printed, and the changes in the order of the text."""


def worked(entry: Entry, ground: Ground, words: Mapping[str, str]) -> Worked | None:
    """Return what an entry does to a clause; None where it does not fit.

    Args:
        entry: The entry.
        ground: The clause.
        words: What stands for the names in the entry's text; an entry that needs another name does not fit.
    """
    try:
        text = entry.text.format_map(dict(words))
    except KeyError:
        return None
    if words["shall"].isupper():
        text = text.replace(f"{words['shall']} not", f"{words['shall']} NOT")
    if entry.needs and not re.search(entry.needs, ground.words, re.IGNORECASE):
        return None
    if entry.unless and re.search(entry.unless, ground.words, re.IGNORECASE):
        return None
    return EDITS[entry.edit](entry, ground, text)


def runs(text: str, changes: Iterable[Change]) -> tuple[Run, ...]:
    """Return a text with changes as runs; neighbors of one fate are made one."""
    made: list[Run] = []
    offset = 0
    for start, end, new in changes:
        for fate, piece in (
            (Fate.KEPT, text[offset:start]),
            (Fate.DELETED, text[start:end]),
            (Fate.INSERTED, new),
        ):
            _add(made, fate, piece)
        offset = end
    _add(made, Fate.KEPT, text[offset:])
    return tuple(made)


def strengthened(ground: Ground, weak: Iterable[Span], shall: str) -> Worked | None:
    """Return the change that makes a recommendation or permission bind; None where its word cannot be replaced.

    Args:
        ground: The clause.
        weak: Where its weak words are, within its text.
        shall: How the document writes "shall".
    """
    for span in weak:
        if span.of(ground.text) in {"should", "may", "SHOULD", "MAY"}:
            return "make it binding", ((span.start, span.end, shall),)
    return None


def _add(made: list[Run], fate: Fate, text: str) -> None:
    if text and made and made[-1].fate is fate:
        made[-1] = Run(fate, made[-1].text + text)
    elif text:
        made.append(Run(fate, text))


def _sentence(_entry: Entry, ground: Ground, text: str) -> Worked:
    """Add a sentence after the one that carries the finding; outside of running text a paragraph after the clause.

    Where the next sentence speaks of "such" things, it goes to the end of the clause, so that these stay together.
    """
    if ground.flows:
        at = ground.sentence.end
        if SUCH.match(ground.text, at) and ground.text.rstrip().endswith("."):
            at = len(ground.text.rstrip())
        return "add a sentence", ((at, at, f" {text}"),)
    end = len(ground.text)
    return PLACES.get(ground.setting, "add a paragraph after the clause"), ((end, end, f"\n{text}"),)


def _condition(entry: Entry, ground: Ground, text: str) -> Worked | None:
    """Hang a condition or a limit on the end of the sentence; no limit where it names a time."""
    if not _bears(ground) or (entry.edit == "limit" and TIMED.search(ground.words)):
        return None
    at = _hook(ground)
    return f"add a {entry.edit}", ((at, at, text),)


def _hook(ground: Ground) -> int:
    """Return where a condition is hung on a sentence: at its end, or before words of what it leads to."""
    tail = TAIL.search(ground.words)
    ruled = tail and not MODAL.search(tail[0])
    return ground.sentence.start + tail.start() if tail and ruled else ground.sentence.end - 1


def _permit(_entry: Entry, ground: Ground, text: str) -> Worked | None:
    """Permit what was required or recommended, on a condition; only where one modal verb rules the sentence.

    What "is required to" be done "can optionally" be done then (ITU-T author's guide). What shall be possible would
    then perhaps be possible, which permits nothing.
    """
    if not _bears(ground) or len(MODAL.findall(ground.words)) != 1 or POSSIBLE.search(ground.words):
        return None
    found = BINDING.search(ground.text, ground.sentence.start, ground.sentence.end)
    if not found:
        return None
    further = _further(ground, found)
    if further is None:
        return None
    may = "MAY" if found[0].isupper() else "can optionally" if " " in found[0] else "may"
    able = ABLE.match(ground.text, found.end())
    at = ground.sentence.end - 1
    before = "recommend" if found[0].lower() == "should" else "require"
    first = (found.start(), able.end() if able else found.end(), may)
    return f"permit instead of {before}", (first, *further, (at, at, text))


def _further(ground: Ground, found: re.Match[str]) -> tuple[Change, ...] | None:
    """Return the deletions of "to" before further verbs that "is required to" rules; None where that cannot be told.

    "To" before a determiner or a name shows where something goes, and stays.
    """
    if not found[0].endswith(" to"):
        return ()
    made: list[Change] = []
    for one in AND_TO.finditer(ground.text, found.end(), ground.sentence.end):
        if one["next"].islower() and one["next"] not in lists().determiners:
            if one["object"] not in VERB_NEXT | OBJECTS | lists().prepositions:
                return None
            made.append((*one.span("to"), ""))
    return tuple(made)


def _forbid(_entry: Entry, ground: Ground, text: str) -> Worked | None:
    """Forbid what is required, recommended or permitted; only where one modal verb rules the sentence."""
    if not _bears(ground) or len(MODAL.findall(ground.words)) != 1:
        return None
    found = RULING.search(ground.text, ground.sentence.start, ground.sentence.end)
    if not found:
        return None
    verb = found[0].split()[0]
    new = f"{verb} not permitted to" if verb in {"is", "are"} else text.lower() if verb.islower() else text
    return "forbid", ((*found.span(), new),)


def _narrow(entry: Entry, ground: Ground, text: str) -> Worked | None:
    """Replace words that leave a power open, wherever they stand in the clause."""
    changes = []
    for found in re.finditer(entry.find, ground.text, re.IGNORECASE):
        new = text[:1].upper() + text[1:] if found[0][:1].isupper() else text
        changes.append((*found.span(), new))
        going = re.compile(f"{NEAR}({entry.along})", re.IGNORECASE).match(ground.text, found.end())
        if entry.along and going:
            changes.append((*going.span(1), entry.instead))
            its = ITS.match(ground.text, going.end())
            changes += [(*its.span(1), "the")] if its else []
    return (("replace words" if text else "delete words"), tuple(changes)) if changes else None


def _delete(_entry: Entry, ground: Ground, _text: str) -> Worked | None:
    """Delete a sentence that permits."""
    if ground.strength is not Strength.MAY or not ground.flows or NEGATED.search(ground.words):
        return None
    start, end = ground.sentence.start, ground.sentence.end
    while start == 0 and end < len(ground.text) and ground.text[end].isspace():
        end += 1
    while start > 0 and ground.text[start - 1].isspace():
        start -= 1
    return "delete the sentence", ((start, end, ""),)


def _bears(ground: Ground) -> bool:
    """Return whether a sentence can bear a condition: binding or permitting, not denied, without one already."""
    acts = MODAL.search(ground.words) and not EXISTING.match(ground.words)
    rules = ground.strength is not Strength.DESCRIPTIVE and acts
    return bool(ground.flows and rules and not NEGATED.search(ground.words) and not CONDITIONED.search(ground.words))


EDITS: dict[str, Callable[[Entry, Ground, str], Worked | None]] = {
    "sentence": _sentence,
    "condition": _condition,
    "limit": _condition,
    "permit": _permit,
    "forbid": _forbid,
    "narrow": _narrow,
    "delete": _delete,
}
"""What can be done to a clause, by the name in the library."""
