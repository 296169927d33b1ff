"""Work a template of the library into the words of a clause, or say that it does not fit."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from impact.advise.amendments.library import AmendmentTemplate
from impact.advise.questions.library import wording
from impact.advise.questions.noun_phrases import MODAL, VERB_NEXT
from impact.records import Fate, Run, Span, Strength, TextSetting

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
    TextSetting.LIST: "add a paragraph after the list",
    TextSetting.TABLE: "add a paragraph after the table",
    TextSetting.ASIDE: "add a paragraph after the clause",
}


@dataclass(frozen=True, slots=True)
class AmendedClause:
    """The clause to be changed.

    Attributes:
        text: Its text, verbatim.
        sentence: The sentence that carries the finding, within `text`.
        setting: Kind of text that it stands in.
        strength: Strength of that sentence.
    """

    text: str
    sentence: Span
    setting: TextSetting
    strength: Strength

    @property
    def words(self) -> str:
        """The sentence."""
        return self.sentence.of(self.text)

    @property
    def flows(self) -> bool:
        """Whether the sentence is running text with a verb that ends in a full stop, not too long to be changed."""
        stops = self.setting is TextSetting.TEXT and self.words.endswith(".") and len(self.words) <= LONGEST
        return stops and not FRAGMENT.match(self.words) and bool(MODAL.search(self.words) or VERB.search(self.words))

    @property
    def bears_condition(self) -> bool:
        """Whether the sentence can bear a condition: binding or permitting, not denied, without a condition already."""
        acts = MODAL.search(self.words) and not EXISTING.match(self.words)
        rules = self.strength is not Strength.DESCRIPTIVE and acts
        return bool(self.flows and rules and not NEGATED.search(self.words) and not CONDITIONED.search(self.words))


Replacement = tuple[int, int, str]
"""Characters to delete, from and to, 0-based and half-open, and what to put there."""

Worked = tuple[str, tuple[Replacement, ...]]
"""Kind of edit as printed, and the replacements in the order of the text."""


def worked(template: AmendmentTemplate, clause: AmendedClause, words: Mapping[str, str]) -> Worked | None:
    """Return what a template does to a clause; None where it does not fit.

    Args:
        template: The template.
        clause: The clause.
        words: What stands for the names in the text of the template; if that needs another name, it does not fit.
    """
    try:
        text = template.text.format_map(dict(words))
    except KeyError:
        return None
    if words["shall"].isupper():
        text = text.replace(f"{words['shall']} not", f"{words['shall']} NOT")
    if template.needs and not re.search(template.needs, clause.words, re.IGNORECASE):
        return None
    if template.unless and re.search(template.unless, clause.words, re.IGNORECASE):
        return None
    return EDITS[template.edit](template, clause, text)


def runs(text: str, replacements: Iterable[Replacement]) -> tuple[Run, ...]:
    """Return a text with replacements as runs; neighbors of the same fate are joined."""
    pieces: list[tuple[Fate, str]] = []
    offset = 0
    for start, end, new in replacements:
        pieces += [(Fate.KEPT, text[offset:start]), (Fate.DELETED, text[start:end]), (Fate.INSERTED, new)]
        offset = end
    pieces.append((Fate.KEPT, text[offset:]))
    groups = groupby((piece for piece in pieces if piece[1]), key=lambda piece: piece[0])
    return tuple(Run(fate, "".join(piece for _, piece in group)) for fate, group in groups)


def strengthened(clause: AmendedClause, weak: Iterable[Span], shall: str) -> Worked | None:
    """Return the change that makes a recommendation or permission bind; None where its word cannot be replaced.

    Args:
        clause: The clause.
        weak: Where its weak words are, within its text.
        shall: How the document writes "shall".
    """
    for span in weak:
        if span.of(clause.text) in {"should", "may", "SHOULD", "MAY"}:
            return "make it binding", ((span.start, span.end, shall),)
    return None


def _sentence(_template: AmendmentTemplate, clause: AmendedClause, text: str) -> Worked:
    """Add a sentence after that which carries the finding; outside of running text a paragraph after the clause.

    Where the next sentence speaks of "such" things, it goes to the end of the clause, so that these stay together.
    """
    if clause.flows:
        end = clause.sentence.end
        if SUCH.match(clause.text, end) and clause.text.rstrip().endswith("."):
            end = len(clause.text.rstrip())
        return "add a sentence", ((end, end, f" {text}"),)
    end = len(clause.text)
    return PLACES.get(clause.setting, "add a paragraph after the clause"), ((end, end, f"\n{text}"),)


def _condition(template: AmendmentTemplate, clause: AmendedClause, text: str) -> Worked | None:
    """Hang a condition or a limit on the end of the sentence; no limit where it names a time."""
    if not clause.bears_condition or (template.edit == "limit" and TIMED.search(clause.words)):
        return None
    end = _hook(clause)
    return f"add a {template.edit}", ((end, end, text),)


def _hook(clause: AmendedClause) -> int:
    """Return where a condition is hung on a sentence: at its end, or before words of what it leads to."""
    tail = TAIL.search(clause.words)
    ruled = tail and not MODAL.search(tail[0])
    return clause.sentence.start + tail.start() if tail and ruled else clause.sentence.end - 1


def _permit(_template: AmendmentTemplate, clause: AmendedClause, text: str) -> Worked | None:
    """Permit what was required or recommended, on a condition; only where a single modal verb rules the sentence.

    What "is required to" be done "can optionally" be done then (ITU-T author's guide). What shall be possible would
    then perhaps be possible, which permits nothing.
    """
    if not clause.bears_condition or len(MODAL.findall(clause.words)) != 1 or POSSIBLE.search(clause.words):
        return None
    verb = BINDING.search(clause.text, clause.sentence.start, clause.sentence.end)
    further = _further(clause, verb) if verb else None
    if not verb or further is None:
        return None
    may = "MAY" if verb[0].isupper() else "can optionally" if " " in verb[0] else "may"
    able = ABLE.match(clause.text, verb.end())
    end = clause.sentence.end - 1
    before = "recommend" if verb[0].lower() == "should" else "require"
    first = (verb.start(), able.end() if able else verb.end(), may)
    return f"permit instead of {before}", (first, *further, (end, end, text))


def _further(clause: AmendedClause, verb: re.Match[str]) -> tuple[Replacement, ...] | None:
    """Return the deletions of "to" before further verbs that "is required to" rules; None where that cannot be told.

    "To" before a determiner or a name shows where something goes, and stays.
    """
    if not verb[0].endswith(" to"):
        return ()
    grammar = wording().grammar
    deletions: list[Replacement] = []
    for following in AND_TO.finditer(clause.text, verb.end(), clause.sentence.end):
        if following["next"].islower() and following["next"] not in grammar.determiners:
            if following["object"] not in VERB_NEXT | OBJECTS | grammar.prepositions:
                return None
            deletions.append((*following.span("to"), ""))
    return tuple(deletions)


def _forbid(_template: AmendmentTemplate, clause: AmendedClause, text: str) -> Worked | None:
    """Forbid what is required, recommended or permitted; only where a single modal verb rules the sentence."""
    if not clause.bears_condition or len(MODAL.findall(clause.words)) != 1:
        return None
    ruling = RULING.search(clause.text, clause.sentence.start, clause.sentence.end)
    if not ruling:
        return None
    verb = ruling[0].split()[0]
    new = f"{verb} not permitted to" if verb in {"is", "are"} else text.lower() if verb.islower() else text
    return "forbid", ((*ruling.span(), new),)


def _narrow(template: AmendmentTemplate, clause: AmendedClause, text: str) -> Worked | None:
    """Replace words that leave a power open, wherever they stand in the clause."""
    replacements = []
    along = re.compile(f"{NEAR}({template.along})", re.IGNORECASE)
    for wide in re.finditer(template.find, clause.text, re.IGNORECASE):
        new = text[:1].upper() + text[1:] if wide[0][:1].isupper() else text
        replacements.append((*wide.span(), new))
        going = along.match(clause.text, wide.end())
        if template.along and going:
            replacements.append((*going.span(1), template.instead))
            its = ITS.match(clause.text, going.end())
            replacements += [(*its.span(1), "the")] if its else []
    return (("replace words" if text else "delete words"), tuple(replacements)) if replacements else None


def _delete(_template: AmendmentTemplate, clause: AmendedClause, _text: str) -> Worked | None:
    """Delete a sentence that permits."""
    if clause.strength is not Strength.MAY or not clause.flows or NEGATED.search(clause.words):
        return None
    start, end = clause.sentence.start, clause.sentence.end
    while start == 0 and end < len(clause.text) and clause.text[end].isspace():
        end += 1
    while start > 0 and clause.text[start - 1].isspace():
        start -= 1
    return "delete the sentence", ((start, end, ""),)


EDITS: dict[str, Callable[[AmendmentTemplate, AmendedClause, str], Worked | None]] = {
    "sentence": _sentence,
    "condition": _condition,
    "limit": _condition,
    "permit": _permit,
    "forbid": _forbid,
    "narrow": _narrow,
    "delete": _delete,
}
"""What can be done to a clause, by the name in the library."""
