"""Who acts in a sentence, and what it concerns: noun phrases found by light rules, or not at all.

The rules are made to miss rather than to mistake: a phrase is taken only where it begins and ends at words that are
known to begin and end a phrase.
"""

import re
from collections.abc import Iterable
from functools import cache
from string import ascii_lowercase

from impact.advise.grammar import grammar
from impact.advise.question_library import NounLists, wording
from impact.records import Phrase, Span
from impact.stems import singular

LONGEST = 5
"""Words that an actor may have beside its determiner. Source: project judgement."""

Words = list[re.Match[str]]


def thing(text: str, sentence: Span, evidence: tuple[Span, ...], mechanism: str) -> tuple[Phrase, ...]:
    """Return what a sentence concerns: "the location of the subscriber"; nothing where no such thing is found.

    A thing in the evidence comes before a thing elsewhere in the sentence that carries the finding.
    """
    things: list[Span] = []
    for noun in _things(mechanism).finditer(text, sentence.start, sentence.end):
        if things and text[things[-1].end : noun.start()] == " ":  # "visit log" is one thing
            things[-1] = Span(things[-1].start, noun.end())
        else:
            things.append(Span(*noun.span()))
    near = [noun for noun in things if any(noun.meets(span) for span in evidence)]
    return _widened(text, sentence, (near or things)[0]) if things else ()


def actor(text: str, sentence: Span, at: int) -> tuple[Phrase, ...]:
    """Return who acts in a sentence: "the operator", "forwarding nodes"; nothing where that cannot be told.

    The last modal verb before `at`, where the finding is, counts, or else the first.
    """
    modals = list(grammar().modal.finditer(text, sentence.start, sentence.end))
    if not modals:
        return _describing(text, sentence)
    before = [modal for modal in modals if modal.start() <= at] or modals[:1]
    while len(before) > 1 and grammar().shared.search(text, before[-2].end(), before[-1].start()):
        before.pop()
    modal = before[-1]
    if passive := grammar().passive.match(text, modal.end(), sentence.end):
        agent = grammar().agent.match(text, passive.end(), sentence.end)
        return _leading(text, Span(agent.end(), sentence.end)) if agent else ()
    return _trailing(text, Span(sentence.start, modal.start()))


def _lists() -> NounLists:
    return wording().nouns


def _trailing(text: str, before: Span) -> tuple[Phrase, ...]:
    """Return the actor at the end of a stretch, from the last border of a clause in it."""
    words = list(grammar().word.finditer(text, before.start, before.end))
    phrase: Words = []
    for word in reversed(words):
        follows = phrase[-1].start() if phrase else before.end
        if phrase and grammar().bracketed.fullmatch(text, word.start() - 1, follows):
            phrase.append(word)
            break
        if text[word.end() : follows].strip() or word[0].lower() in _lists().stops or len(phrase) > LONGEST:
            break
        phrase.append(word)
        if word[0].lower() in _lists().determiners:
            break
    return () if _hangs(text, words, phrase) else _acting(text, phrase[::-1])


def _hangs(text: str, words: Words, phrase: Words) -> bool:
    """Return whether the words of a phrase, last first, hang on a preposition before them, and so are no subject."""
    if not phrase:
        return False
    begins = phrase[-1].start()
    for word in reversed([word for word in words if word.end() <= begins]):
        if text[word.end() : begins].strip():
            return False
        if word[0].lower() not in _lists().determiners:
            return word[0].lower() in _lists().prepositions
        begins = word.start()
    return False


def _leading(text: str, after: Span) -> tuple[Phrase, ...]:
    """Return the actor at the beginning of a stretch."""
    phrase: Words = []
    for word in grammar().word.finditer(text, after.start, after.end):
        follows = phrase[-1].end() if phrase else after.start
        small = word[0].lower()
        ends = small in _lists().stops | _lists().prepositions or (phrase and small in _lists().determiners)
        if text[follows : word.start()].strip() or ends or len(phrase) > LONGEST:
            break
        phrase.append(word)
    return _acting(text, phrase)


def _describing(text: str, sentence: Span) -> tuple[Phrase, ...]:
    """Return the actor of "The server stores the ..."."""
    words = list(grammar().word.finditer(text, sentence.start, min(sentence.end, sentence.start + 160)))
    if len(words) < 4 or words[0][0].lower() not in {"the", "a", "an", "each", "every"}:
        return ()
    for last in range(1, min(LONGEST + 1, len(words) - 2)):
        verb, following = words[last + 1][0], words[last + 2][0]
        noun = not verb.islower() or not verb.endswith("s") or verb[:-1] in _lists().actors
        ends = noun or verb in _lists().stops or following not in grammar().after_verb
        if not ends and "," not in text[words[0].start() : words[last + 1].end()]:
            return _acting(text, words[: last + 1])
    return ()


def _acting(text: str, words: Words) -> tuple[Phrase, ...]:
    """Return a noun phrase of these words if its head can act."""
    determiner = words[0][0].lower() if words and words[0][0].lower() in _lists().determiners else ""
    names = words[1:] if determiner else words
    if not names or not _acts(names[-1][0], names) or names[-1][0].lower().endswith("ing"):
        return ()
    plural = _plural(names[-1][0])
    if not determiner and ((not plural and not names[-1][0].isupper()) or _fragment(names)):
        return ()
    return _phrase(text, Span(names[0].start(), names[-1].end()), determiner, bare=plural)


def _fragment(names: Words) -> bool:
    """Return whether words without a determiner are the end of something else: "ensuring user's applications"."""
    owned = any(re.search(r"['\u2019]", name[0]) for name in names)
    return owned or (len(names) > 2 and names[0][0].lower().endswith("ing"))


def _acts(head: str, names: Words) -> bool:
    lists = _lists()
    if any(not re.fullmatch(r"[A-Za-z][\w/&'\u2019-]*", name[0]) for name in names):
        return False
    if re.fullmatch(r"(?:[A-Z]-|[a-z]{1,4})?[A-Z][A-Z0-9/]{1,9}s?", head):
        return head.removesuffix("s").lstrip(ascii_lowercase) not in lists.things_in_capitals
    noun = singular(re.split(r"(?<=[A-Za-z])(?=[A-Z][a-z])", head)[-1].lower())
    compound = singular(" ".join(word[0].lower() for word in names[-2:]))
    if {noun, compound} & lists.things_in_er:
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
