"""Work a template of the library into the words of a clause, or say that it does not fit."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from impact.advise.amendments.library import AmendmentTemplate
from impact.advise.grammar import grammar
from impact.advise.question_library import wording
from impact.records import Fate, Run, Span, Strength, TextSetting

LONGEST = 500
"""Characters of a sentence beyond which no condition is hung on it. Source: project judgment."""

NEAR = "[^.;]{0,60}?"
"""Where words that go along with others stand: in the same sentence, soon after. Source: project judgment."""

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
        if self.setting is not TextSetting.TEXT or not self.words.endswith(".") or len(self.words) > LONGEST:
            return False
        verb = self.has(grammar().modal) or self.has(grammar().verb)
        return verb and not grammar().fragment.match(self.words)

    @property
    def bears_condition(self) -> bool:
        """Whether the sentence can bear a condition: binding or permitting, not denied, without a condition already."""
        rules = self.strength is not Strength.DESCRIPTIVE and self.has(grammar().modal)
        barred = grammar().existing.match(self.words) or self.has(grammar().negated) or self.has(grammar().conditioned)
        return rules and self.flows and not barred

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Return whether the sentence has words of a pattern."""
        return bool(pattern.search(self.words))


Replacement = tuple[int, int, str]
"""Characters to delete, from and to, 0-based and half-open, and what to put there."""

Worked = tuple[str, tuple[Replacement, ...]]
"""Kind of edit as printed, and the replacements in the order of the text."""


def worked(template: AmendmentTemplate, clause: AmendedClause, words: Mapping[str, str]) -> Worked | None:
    """Return what a template does to a clause; None where it does not fit, or has a name that `words` lacks."""
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
    """Return the change by which weak words within a clause bind; None where they cannot be replaced by `shall`."""
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
        if grammar().such.match(clause.text, end) and clause.text.rstrip().endswith("."):
            end = len(clause.text.rstrip())
        return "add a sentence", ((end, end, f" {text}"),)
    end = len(clause.text)
    return PLACES.get(clause.setting, "add a paragraph after the clause"), ((end, end, f"\n{text}"),)


def _condition(template: AmendmentTemplate, clause: AmendedClause, text: str) -> Worked | None:
    """Hang a condition or a limit on the end of the sentence; no limit where it names a time."""
    if not clause.bears_condition or (template.edit == "limit" and clause.has(grammar().timed)):
        return None
    end = _hook(clause)
    return f"add a {template.edit}", ((end, end, text),)


def _hook(clause: AmendedClause) -> int:
    """Return where a condition is hung on a sentence: at its end, or before words of what it leads to."""
    tail = grammar().tail.search(clause.words)
    ruled = tail and not grammar().modal.search(tail[0])
    return clause.sentence.start + tail.start() if tail and ruled else clause.sentence.end - 1


def _permit(_template: AmendmentTemplate, clause: AmendedClause, text: str) -> Worked | None:
    """Permit what was required or recommended, on a condition; only where a single modal verb rules the sentence.

    What "is required to" be done "can optionally" be done then (ITU-T author's guide). What shall be possible would
    then perhaps be possible, which permits nothing.
    """
    if not clause.bears_condition or len(grammar().modal.findall(clause.words)) != 1 or clause.has(grammar().possible):
        return None
    verb = grammar().binding.search(clause.text, clause.sentence.start, clause.sentence.end)
    further = _further(clause, verb) if verb else None
    if not verb or further is None:
        return None
    may = "MAY" if verb[0].isupper() else "can optionally" if " " in verb[0] else "may"
    able = grammar().able.match(clause.text, verb.end())
    end = clause.sentence.end - 1
    before = "recommending" if verb[0].lower() == "should" else "requiring"
    first = (verb.start(), able.end() if able else verb.end(), may)
    return f"permit instead of {before}", (first, *further, (end, end, text))


def _further(clause: AmendedClause, verb: re.Match[str]) -> tuple[Replacement, ...] | None:
    """Return the deletions of "to" before further verbs that "is required to" rules; None where that cannot be told.

    "To" before a determiner or a name shows where something goes, and stays.
    """
    if not verb[0].endswith(" to"):
        return ()
    deletions: list[Replacement] = []
    for following in grammar().and_to.finditer(clause.text, verb.end(), clause.sentence.end):
        if following["next"].islower() and following["next"] not in wording().nouns.determiners:
            if following["object"] not in grammar().after_verb | grammar().objects | wording().nouns.prepositions:
                return None
            deletions.append((*following.span("to"), ""))
    return tuple(deletions)


def _forbid(_template: AmendmentTemplate, clause: AmendedClause, text: str) -> Worked | None:
    """Forbid what is required, recommended or permitted; only where a single modal verb rules the sentence."""
    if not clause.bears_condition or len(grammar().modal.findall(clause.words)) != 1:
        return None
    ruling = grammar().ruling.search(clause.text, clause.sentence.start, clause.sentence.end)
    if not ruling:
        return None
    verb = ruling[0].split()[0]
    new = f"{verb} not permitted to" if verb in {"is", "are"} else text.lower() if verb.islower() else text
    return "prohibit", ((*ruling.span(), new),)


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
            its = grammar().its.match(clause.text, going.end())
            replacements += [(*its.span(1), "the")] if its else []
    return (("replace words" if text else "delete words"), tuple(replacements)) if replacements else None


def _delete(_template: AmendmentTemplate, clause: AmendedClause, _text: str) -> Worked | None:
    """Delete a sentence that permits."""
    if clause.strength is not Strength.MAY or clause.has(grammar().negated):
        return None
    return _strike(_template, clause, _text)


def _strike(_template: AmendmentTemplate, clause: AmendedClause, _text: str) -> Worked | None:
    """Delete a sentence of whatever strength, or the clause where nothing but its number is left."""
    if not clause.flows:
        return None
    start, end = clause.sentence.start, clause.sentence.end
    while start == 0 and end < len(clause.text) and clause.text[end].isspace():
        end += 1
    while start > 0 and clause.text[start - 1].isspace():
        start -= 1
    alone = not re.search(r"[^\W\d_]{2}", clause.text[:start] + clause.text[end:])
    return "delete the clause" if alone else "delete the sentence", ((start, end, ""),)


EDITS: dict[str, Callable[[AmendmentTemplate, AmendedClause, str], Worked | None]] = {
    "sentence": _sentence,
    "condition": _condition,
    "limit": _condition,
    "permit": _permit,
    "forbid": _forbid,
    "narrow": _narrow,
    "delete": _delete,
    "strike": _strike,
}
"""What can be done to a clause, by the name in the library."""
