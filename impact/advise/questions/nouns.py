"""Who acts in a sentence, and what it concerns: noun phrases found by light rules, or not at all.

The rules are made to miss rather than to mistake: a phrase is taken only where it begins and ends at words that are
known to begin and end one.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import ascii_lowercase
from typing import Any

from impact.records import Phrase, Span

LONGEST = 5
"""Words that an actor may have beside its determiner. Source: project judgement."""

WORD = re.compile(r"[^\W_](?:[\w'\u2019/.&-]*[\w'\u2019])?")
MODAL = re.compile(
    r"\b(?:shall|must|should|may|can|will|SHALL|MUST|SHOULD|MAY|CAN|(?:has|have|needs?|ought) to|can optionally|"
    r"(?:is|are) (?:required|recommended|expected|able|permitted|allowed) to)\b"
    r"(?:\s+(?:not|NOT|also|only|always|either|optionally|at least|then|be able to|be capable of)\b)*"
)
PASSIVE = re.compile(r"\s*(?:be|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|pt|nt|ld|rn|de|ad|ut|et|lt)\b")
AGENT = re.compile(r"(?:\s+\w+ly)?\s+by\s+")

SHARED = re.compile(r"(?:\b(?:and|or|then)|,)\s+\Z")
"""What stands before a verb that shares its subject with the verb before it."""

BRACKETED = re.compile(r"\([A-Z][A-Za-z]*[A-Z]s?\)\s+")
"""A short form in brackets, which stands for the name before it."""

VERB_NEXT = frozenset({"the", "a", "an", "all", "each", "any", "its", "their", "every", "this", "these"})


@dataclass(frozen=True, slots=True)
class Lists:
    """The word lists of questions.toml."""

    things: dict[str, re.Pattern[str]]
    owners: re.Pattern[str]
    qualifiers: frozenset[str]
    determiners: frozenset[str]
    kept: frozenset[str]
    dropped: frozenset[str]
    uncounted: frozenset[str]
    stops: frozenset[str]
    prepositions: frozenset[str]
    actors: frozenset[str]
    no_actors: frozenset[str]
    capitals: frozenset[str]


@cache
def wording() -> dict[str, Any]:
    """Return questions.toml, read once; not to be changed."""
    return tomllib.loads(files("impact.advise.questions").joinpath("questions.toml").read_text("utf-8"))


@cache
def lists() -> Lists:
    """Return the word lists of questions.toml, made ready."""
    grammar = wording()["grammar"]
    return Lists(
        things={name: _heads(words) for name, words in wording()["things"].items()},
        owners=re.compile(
            rf"\s+of\s+(?:(?:the|a|an|each|every|any|all|its|their|that|this)\s+)?(?:[\w-]+\s+)?(?:{_either(grammar['owners'])})"
            rf"(?![\w'\u2019-])"
        ),
        qualifiers=frozenset(grammar["qualifiers"]),
        determiners=frozenset(grammar["determiners"]),
        kept=frozenset(grammar["kept"]),
        dropped=frozenset(grammar["dropped"]),
        uncounted=frozenset(grammar["uncounted"]),
        stops=frozenset(grammar["stops"]),
        prepositions=frozenset(grammar["prepositions"]),
        actors=frozenset(word.lower() for word in grammar["actors"]),
        no_actors=frozenset(grammar["things_in_er"]),
        capitals=frozenset(grammar["things_in_capitals"]),
    )


def thing(text: str, sentence: Span, evidence: tuple[Span, ...], mechanism: str) -> tuple[Phrase, ...]:
    """Return what a sentence concerns: "the location of the subscriber"; nothing where no such thing is found.

    Args:
        text: Text of the document.
        sentence: The sentence that carries the finding.
        evidence: The words of the finding; a thing in them comes before one elsewhere in the sentence.
        mechanism: Id of the mechanism.
    """
    found: list[Span] = []
    for one in lists().things[mechanism].finditer(text, sentence.start, sentence.end):
        if found and text[found[-1].end : one.start()] == " ":  # "visit log" is one thing
            found[-1] = Span(found[-1].start, one.end())
        else:
            found.append(Span(*one.span()))
    near = [one for one in found if any(one.meets(span) for span in evidence)]
    return _widened(text, sentence, (near or found)[0]) if found else ()


def actor(text: str, sentence: Span, at: int) -> tuple[Phrase, ...]:
    """Return who acts in a sentence: "the operator", "forwarding nodes"; nothing where that cannot be told.

    Args:
        text: Text of the document.
        sentence: The sentence.
        at: Where the finding is; the last modal verb before it counts, or else the first one.
    """
    modals = list(MODAL.finditer(text, sentence.start, sentence.end))
    if not modals:
        return _describing(text, sentence)
    before = [modal for modal in modals if modal.start() <= at] or modals[:1]
    while len(before) > 1 and SHARED.search(text, before[-2].end(), before[-1].start()):
        before.pop()
    modal = before[-1]
    if passive := PASSIVE.match(text, modal.end(), sentence.end):
        agent = AGENT.match(text, passive.end(), sentence.end)
        return _leading(text, Span(agent.end(), sentence.end)) if agent else ()
    return _trailing(text, Span(sentence.start, modal.start()))


def _trailing(text: str, before: Span) -> tuple[Phrase, ...]:
    """Return the actor at the end of a stretch, from the last border of a clause in it."""
    words = list(WORD.finditer(text, before.start, before.end))
    taken: list[re.Match[str]] = []
    for word in reversed(words):
        follows = taken[-1].start() if taken else before.end
        if taken and BRACKETED.fullmatch(text, word.start() - 1, follows):
            taken.append(word)
            break
        if text[word.end() : follows].strip() or word[0].lower() in lists().stops or len(taken) > LONGEST:
            break
        taken.append(word)
        if word[0].lower() in lists().determiners:
            break
    if _hangs(text, words, taken):
        return ()
    return _acting(text, taken[::-1])


def _hangs(text: str, words: list[re.Match[str]], taken: list[re.Match[str]]) -> bool:
    """Return whether the words taken, last first, hang on a preposition before them, and so are no subject."""
    if not taken:
        return False
    begins = taken[-1].start()
    for word in reversed([word for word in words if word.end() <= begins]):
        if text[word.end() : begins].strip():
            return False
        if word[0].lower() not in lists().determiners:
            return word[0].lower() in lists().prepositions
        begins = word.start()
    return False


def _leading(text: str, after: Span) -> tuple[Phrase, ...]:
    """Return the actor at the beginning of a stretch."""
    taken: list[re.Match[str]] = []
    for word in WORD.finditer(text, after.start, after.end):
        follows = taken[-1].end() if taken else after.start
        small = word[0].lower()
        ends = small in lists().stops | lists().prepositions or (taken and small in lists().determiners)
        if text[follows : word.start()].strip() or ends or len(taken) > LONGEST:
            break
        taken.append(word)
    return _acting(text, taken)


def _describing(text: str, sentence: Span) -> tuple[Phrase, ...]:
    """Return the actor of "The server stores the ..."."""
    words = list(WORD.finditer(text, sentence.start, min(sentence.end, sentence.start + 160)))
    if len(words) < 4 or words[0][0].lower() not in {"the", "a", "an", "each", "every"}:
        return ()
    for at in range(1, min(LONGEST + 1, len(words) - 2)):
        verb, following = words[at + 1][0], words[at + 2][0]
        looks = verb.islower() and verb.endswith("s") and verb[:-1] not in lists().actors and following in VERB_NEXT
        if looks and verb not in lists().stops and not text[words[0].start() : words[at + 1].end()].count(","):
            return _acting(text, words[: at + 1])
    return ()


def _acting(text: str, words: list[re.Match[str]]) -> tuple[Phrase, ...]:
    """Return a noun phrase of these words if its head can act."""
    determiner = words[0][0].lower() if words and words[0][0].lower() in lists().determiners else ""
    names = words[1:] if determiner else words
    if not names or not _acts(names[-1][0], names) or any(name[0].lower().endswith("ing") for name in names[-1:]):
        return ()
    plural = _plural(names[-1][0])
    if not determiner and ((not plural and not names[-1][0].isupper()) or _fragment(names)):
        return ()
    return _phrase(text, Span(names[0].start(), names[-1].end()), determiner, bare=plural)


def _fragment(names: list[re.Match[str]]) -> bool:
    """Return whether words without a determiner are the end of something else: "ensuring user's applications"."""
    owned = any(re.search(r"['\u2019]", name[0]) for name in names)
    return owned or (len(names) > 2 and names[0][0].lower().endswith("ing"))


def _acts(head: str, names: list[re.Match[str]]) -> bool:
    if any(not re.fullmatch(r"[A-Za-z][\w/&'\u2019-]*", name[0]) for name in names):
        return False
    if re.fullmatch(r"(?:[A-Z]-|[a-z]{1,4})?[A-Z][A-Z0-9/]{1,9}s?", head):
        return head.removesuffix("s").lstrip(ascii_lowercase) not in lists().capitals
    one = _singular(re.split(r"(?<=[A-Za-z])(?=[A-Z][a-z])", head)[-1].lower())
    if one in lists().no_actors or _singular(" ".join(word[0].lower() for word in names[-2:])) in lists().no_actors:
        return False
    return one in lists().actors or bool(re.fullmatch(r"[a-z-]{3,}(?:er|or|ist|ee)", one))


def _widened(text: str, sentence: Span, head: Span) -> tuple[Phrase, ...]:
    """Return a thing with the words before it that belong to it, and whose it is."""
    owner = lists().owners.match(text, head.end, sentence.end)
    end = owner.end() if owner else head.end
    start, determiner = head.start, ""
    for word in reversed(list(WORD.finditer(text, sentence.start, head.start))[-4:]):
        if text[word.end() : start].strip():
            break
        if word[0].lower() in lists().determiners:
            determiner = word[0].lower()
            break
        opens = word.start() == sentence.start and " " not in text[start : head.end]
        named = word[0][0].isupper() and text[start].isupper() and not opens
        if word[0] not in lists().qualifiers and not named:
            break
        start = word.start()
    counted = _singular(head.of(text).split()[-1].lower()) not in lists().uncounted
    stays = counted and determiner not in lists().dropped
    return _phrase(text, Span(start, end), determiner if determiner and stays else "the", bare=False)


def _phrase(text: str, span: Span, determiner: str, *, bare: bool) -> tuple[Phrase, ...]:
    """Return a noun phrase: determiner, then the words of the document on one line."""
    words = " ".join(span.of(text).replace(")", "").split())
    first, *rest = words.split(" ")
    if first[:1].isupper() and first[1:].islower() and not any(one[0].isupper() for one in rest):
        words = words[:1].lower() + words[1:]
    kept = determiner if determiner in lists().kept else "" if bare and not determiner else "the"
    return (*((Phrase(f"{kept} "),) if kept else ()), Phrase(words, span))


def _heads(words: list[str]) -> re.Pattern[str]:
    """Return a pattern for nouns in singular and plural, longest first; in small letters, or with a capital."""
    return re.compile(rf"(?<![\w-])(?:{_either(words)})(?![\w-])")


def _either(words: list[str]) -> str:
    return "|".join(_inflected(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _inflected(word: str) -> str:
    first = f"[{word[0].upper()}{word[0]}]" if word[0].islower() else word[0]
    rest = re.escape(word[1:]).replace(r"\ ", r"\s+")
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{first}{rest[:-1]}(?:y|ies)"
    return f"{first}{rest}(?:es)?" if word.endswith(("s", "x", "ch", "sh")) else f"{first}{rest}s?"


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _plural(word: str) -> bool:
    return (
        word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and (word.islower() or word[:-1].isupper() or word.istitle())
    )
