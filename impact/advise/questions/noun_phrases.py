"""Who acts in a sentence, as grammar reads it, and what it concerns; lists judge who can act and what is of concern."""

import re
from collections.abc import Iterable
from functools import cache
from string import ascii_lowercase

from impact.advise.grammar import grammar
from impact.advise.question_library import NounLists, wording
from impact.advise.readings import Readings
from impact.records import Phrase, Span
from impact.stems import singular

Words = list[re.Match[str]]
_ALL = "all"
"""Determiner of several: before a word for one it belongs to another noun, as in "all XYZ credentials"."""

_MUTUAL = re.compile(r"communications?\s+(?:with|between)\b", re.IGNORECASE)
"""What somebody does with another, and no thing that is disclosed."""


def thing(
    text: str, sentence: Span, evidence: tuple[Span, ...], mechanism: str, readings: Readings
) -> tuple[Phrase, ...]:
    """Return what a sentence concerns: "the location of the subscriber"; nothing where no such thing is found.

    Args:
        text: Text of the document.
        sentence: The sentence that carries the finding.
        evidence: The words of the finding; a thing in them comes before the object of the sentence and any other.
        mechanism: Id of the mechanism.
        readings: What grammar says of the sentences of the text.
    """
    things: list[Span] = []
    for noun in _things(mechanism).finditer(text, sentence.start, sentence.end):
        if _MUTUAL.match(text, noun.start(), sentence.end):
            continue
        if things and text[things[-1].end : noun.start()] == " ":  # "visit log" is one thing
            things[-1] = Span(things[-1].start, noun.end())
        else:
            things.append(Span(*noun.span()))
    near = [noun for noun in things if any(noun.meets(span) for span in evidence)]
    if len(things) > 1 and not near and (target := readings.object(sentence)):
        near = [noun for noun in things if noun.meets(target)]
    return _widened(text, sentence, (near or things)[0]) if things else ()


def actor(text: str, sentence: Span, at: int, readings: Readings) -> tuple[Phrase, ...]:
    """Return who acts in a sentence: "the operator", "forwarding nodes"; nothing where that cannot be told.

    Args:
        text: Text of the document.
        sentence: The sentence.
        at: Where the finding is; of statements joined by "and" or "but" the last before it counts.
        readings: What grammar says of the sentences of the text.
    """
    statement = _statement(text, sentence, at)
    named = readings.actor(statement)
    if named is None:
        return ()
    before = grammar().word.findall(text, statement.start, named.start)
    determiner = before[-1].lower() if before and before[-1].lower() in _lists().determiners else ""
    short = text.rfind("(", named.start, named.end) + 1
    return _acting(text, [*grammar().word.finditer(text, short or named.start, named.end)], determiner)


def _statement(text: str, sentence: Span, at: int) -> Span:
    """Return the last of joined statements that begins before a place; each has a modal verb of its own."""
    for border in reversed([*grammar().joint.finditer(text, sentence.start, max(at, sentence.start))]):
        sides = (sentence.start, border.start()), (border.end(), sentence.end)
        shared = grammar().modal.match(text, border.end())
        if not shared and all(grammar().modal.search(text, *side) for side in sides):
            return Span(border.end(), sentence.end)
    return sentence


def _lists() -> NounLists:
    return wording().nouns


def _acting(text: str, names: Words, determiner: str) -> tuple[Phrase, ...]:
    """Return a noun phrase of these words if its head can act."""
    if not names or not _acts(names[-1][0], names) or names[-1][0].lower().endswith("ing"):
        return ()
    plural = _plural(names[-1][0])
    if determiner == _ALL and not plural:
        return ()
    owned = any(re.search(r"['\u2019]", name[0]) for name in names)
    if not determiner and (owned or (not plural and not names[-1][0].isupper())):
        return ()
    return _phrase(text, Span(names[0].start(), names[-1].end()), determiner, bare=plural)


def _acts(head: str, names: Words) -> bool:
    lists = _lists()
    if any(not re.fullmatch(r"[A-Za-z](?:[\w/&'\u2019-]*\w)?", name[0]) for name in names):
        return False
    if re.fullmatch(r"(?:[A-Z]-|[a-z]{1,4})?[A-Z][A-Z0-9/]{1,9}s?", head):
        return head.removesuffix("s").lstrip(ascii_lowercase) not in lists.things_in_capitals
    noun = singular(re.split(r"(?<=[A-Za-z])(?=[A-Z][a-z])", head)[-1].lower())
    compound = singular(" ".join(word[0].lower() for word in names[-2:]))
    if {noun, compound} & lists.things_in_er or (len(names) == 1 and noun in lists.vague):
        return False
    return noun in lists.actors or bool(re.fullmatch(r"[a-z-]{3,}(?:er|or|ist|ee)", noun))


def _widened(text: str, sentence: Span, head: Span) -> tuple[Phrase, ...]:
    """Return a thing with the words before it that belong to it, and whose it is."""
    owner = _owner().match(text, head.end, sentence.end)
    end = owner.end() if owner else head.end
    start, determiner = head.start, ""
    for word in reversed(list(grammar().word.finditer(text, sentence.start, head.start))[-4:]):
        if text[word.end() : start].strip():
            break
        if word[0].lower() in _lists().determiners:
            determiner = word[0].lower()
            break
        opens = word.start() == sentence.start and " " not in text[start : head.end]
        named = word[0][0].isupper() and text[start].isupper() and not opens
        if word[0] not in _lists().qualifiers and not named:
            break
        start = word.start()
    counted = singular(head.of(text).split()[-1].lower()) not in _lists().uncounted
    stays = counted and determiner not in _lists().not_before_things
    return _phrase(text, Span(start, end), determiner if determiner and stays else "the", bare=False)


def _phrase(text: str, span: Span, determiner: str, *, bare: bool) -> tuple[Phrase, ...]:
    """Return a noun phrase: determiner, then the words of the document on one line."""
    words = " ".join(span.of(text).replace(")", "").split())
    first, *rest = words.split(" ")
    if first[:1].isupper() and first[1:].islower() and not any(word[0].isupper() for word in rest):
        words = words[:1].lower() + words[1:]
    article = determiner if determiner in _lists().quantifiers else "" if bare and not determiner else "the"
    return (*((Phrase(f"{article} "),) if article else ()), Phrase(words, span))


@cache
def _things(mechanism: str) -> re.Pattern[str]:
    """Return a pattern for what a mechanism concerns: in singular and plural, in small letters or with a capital."""
    return re.compile(rf"(?<![\w-])(?:{_either(wording().things[mechanism])})(?![\w-])")


@cache
def _owner() -> re.Pattern[str]:
    return re.compile(
        rf"\s+of\s+(?:(?:the|a|an|each|every|any|all|its|their|that|this)\s+)?(?:[\w-]+\s+)?(?:{_either(_lists().owners)})"
        rf"(?![\w'\u2019-])"
    )


def _either(words: Iterable[str]) -> str:
    """Return a pattern for any of the nouns, longest first."""
    return "|".join(_inflected(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _inflected(word: str) -> str:
    first = f"[{word[0].upper()}{word[0]}]" if word[0].islower() else word[0]
    rest = re.escape(word[1:]).replace(r"\ ", r"\s+")
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{first}{rest[:-1]}(?:y|ies)"
    return f"{first}{rest}(?:es)?" if word.endswith(("s", "x", "ch", "sh")) else f"{first}{rest}s?"


def _plural(word: str) -> bool:
    return (
        word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and (word.islower() or word[:-1].isupper() or word.istitle())
    )
