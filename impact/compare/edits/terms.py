"""The words of a sentence that count in a comparison, each by what it says and not by its letters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from impact.compare.edits.figures import figure_at, names_matter
from impact.compare.edits.parts import REACH, SentenceParts, hangs
from impact.compare.vocabulary import Meaning, meanings, root, stems, vocabulary
from impact.grammar.roles import RoleWord, WordRole
from impact.records import Span, Strength
from impact.stems import stem

_NONE = Meaning()
_BAN = f"={Strength.MUST}"
_FREE = "=free"
"""Strength of a duty that is denied: "is not required to"."""
_DUTY = "require"
"""Sense of "need"."""
_DUTIES = frozenset({"need", "duty", "obligation", "requirement"})
"""Nouns in a phrase that denies what they name: "no need to"."""
_ABILITY = frozenset({"can", "could"})
"""Modal verbs that say what is possible and not what is allowed, in a clause below the main one."""
AGENTS = ("er", "or", "ee", "ant")
"""Endings of who does an act, whose names say nothing of the act."""
_DENIALS = ("not", "n't", "never")
_ENDING = ("for", "to", "that", "which", "and", "or", "by", "in", "within", ".", ",", ";")
"""Words at which what hangs on a condition ends."""
_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f,](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase with a content.

    Attributes:
        key: Equal for words that say the same: the sense, or the stem.
        words: As the sentence has them.
        content: Whether it names a matter: no denial, modal verb, opener of a condition or figure.
        condition: Whether it opens a condition or is part of one.
        acting: Whether it names who acts, or is part of what says so.
        guards: Whether it stands before what a condition hangs on: "without" before "the consent of the owner".
        lemma: Its base form; empty for a phrase.
        attributive: Whether it is an adjective before its noun, and says what kind of thing that is.
    """

    key: str
    words: str
    meaning: Meaning
    kind: str
    role: WordRole
    span: Span
    main: bool
    condition: bool
    acting: bool = False
    guards: bool = False
    lemma: str = ""
    attributive: bool = False

    @property
    def content(self) -> bool:
        """See above."""
        meaning = self.meaning
        return not (meaning.strength or meaning.negates or meaning.opens or meaning.figure or self.kind == "number")

    @property
    def figure(self) -> str:
        """What kind of figure it is: number, unit, time, bound, count; empty for none."""
        return self.meaning.figure or ("number" if self.kind == "number" else "")

    @property
    def guarding(self) -> bool:
        """Whether its loss is the loss of a condition, however a sentence is worded: a consent, a warrant."""
        guards = vocabulary().conditions.guards
        return (self.meaning.sense in guards and not self.meaning.opposite) or self.key in guards

    @property
    def lifts(self) -> bool:
        """Whether it says that there is no condition: "in all cases"."""
        return self.key == f"?{vocabulary().conditions.lifting[0]}"


def evened(sentence: str) -> str:
    """Return a sentence with figures that are written in groups put together: "1 000" becomes "1000"."""
    return _GROUPED.sub("", " ".join(sentence.split()))


def terms(words: Sequence[RoleWord], sentence: str) -> tuple[Term, ...]:
    """Return the terms of a parsed sentence, in order."""
    return tuple(_terms(words, sentence, SentenceParts(words)))


def _terms(words: Sequence[RoleWord], sentence: str, within: SentenceParts) -> Iterator[Term]:
    at, hung = 0, False
    while at < len(words):
        places, meaning, phrase = _read(words, at)
        run = [words[place] for place in places]
        between = [words[place] for place in range(at, places[-1] + 1) if place not in places]
        yield from _terms(between, sentence, within) if between else ()
        bare = all(word.kind in ("punctuation", "function") for word in run)
        says = meaning.strength or meaning.negates or meaning.opens or meaning.sense or meaning.figure
        hung = hung and run[0].role is not WordRole.ACT
        hung = hangs(words, at) or (hung and (bare or run[0].kind == "adjective" or words[at - 1].kind != "noun"))
        if says or not (meaning.empty or bare):
            head = next((word for word in run if word.kind != "function"), run[-1])
            span = Span(run[0].span.start, run[-1].span.end)
            condition = meaning.opens or head.role is WordRole.CONDITION or hung or head.span in within.hanging
            key = _key(meaning, head, phrase)
            lemma = head.lemma if len(run) == 1 else ""
            about = head.main, condition, head.span in within.acting, _guards(words, places[-1]), lemma
            yield Term(key, span.of(sentence), meaning, head.kind, head.role, span, *about, head.span in within.naming)
        hung = hung and run[-1].lemma not in _ENDING
        at = places[-1] + 1


def _read(words: Sequence[RoleWord], at: int) -> tuple[list[int], Meaning, str]:
    """Return what `_phrase` does, or a quantity where its place makes one of a word: "s" in "30 s"."""
    if names_matter(words, at):
        return [at], _NONE, ""
    figure = figure_at(words, at)
    return ([at], Meaning(figure=figure), "") if figure else _phrase(words, at)


def _phrase(words: Sequence[RoleWord], at: int) -> tuple[list[int], Meaning, str]:
    """Return the places of the longest phrase of the vocabulary from here, what it says, and the phrase, if any.

    A denial may be within it: "is not allowed".
    """
    here = words[at]
    table = meanings()
    phrases = {**table.get(here.text.lower(), {}), **table.get(here.lemma, {})}
    for phrase in sorted(phrases, key=len, reverse=True):
        places = _places(words, at, phrase)
        if places:
            return places, phrases[phrase], " ".join(phrase)
    if here.kind in ("noun", "verb", "adjective", "adverb") and not here.lemma.endswith(AGENTS):
        return [at], stems().get(stem(here.lemma), _NONE), ""
    return [at], _NONE, ""


def _places(words: Sequence[RoleWord], at: int, phrase: Sequence[str]) -> list[int]:
    """Return where the words of a phrase are from a place on; empty where they are not."""
    places: list[int] = []
    for part in phrase:
        skipped = words[at].lemma in (*_DENIALS, "-") if places and at < len(words) else False
        if skipped and part not in _DENIALS:
            at += 1
        if at >= len(words) or part not in (words[at].lemma, words[at].text.lower()):
            return []
        places.append(at)
        at += 1
    return places


def _key(meaning: Meaning, head: RoleWord, phrase: str) -> str:
    says = (
        (meaning.strength, f"={meaning.strength}"),
        (meaning.sense, f"~{meaning.sense}{'-' if meaning.opposite else '+'}"),
        (meaning.negates, "!not"),
        (meaning.opens, f"?{_opener(phrase)}"),
        (meaning.figure == "bound", f"<{_first(phrase, vocabulary().numbers.bounds)}"),
        (head.kind == "number", f"#{head.text.lower()}"),
    )
    word = head.lemma if head.lemma.isalpha() else head.text.lower().rstrip(".")
    return next((key for found, key in says if found), "") or root(word)


def _opener(phrase: str) -> str:
    return _first(phrase, [*vocabulary().conditions.alike, vocabulary().conditions.lifting])


def _first(phrase: str, groups: Iterable[Sequence[str]]) -> str:
    """Return the first of the phrases that say the same."""
    return next((group[0] for group in groups if phrase in group), phrase)


def strengths(row: Iterable[Term]) -> frozenset[str]:
    """Return the keys of the strengths that some terms lay down; an ability below the main statement is none."""
    return frozenset(
        term.key for term in row if term.meaning.strength and (term.main or term.words.lower() not in _ABILITY)
    )


def firmness(row: Iterable[Term]) -> list[str]:
    """Return the strengths that some terms lay down, each as often as it is; what is prohibited is laid down firmly."""
    terms = list(row)
    bans = [_BAN for term in terms if term.meaning.negates and term.meaning.sense == "permit" and term.main]
    strong = [term for term in terms if term.key in strengths(terms) and not (term.key == _BAN and excused(terms))]
    free = [_FREE] * excused(terms)
    return sorted([*bans, *free, *(_BAN if " not " in term.words else term.key for term in strong)])


def excused(row: Sequence[Term]) -> bool:
    """Return whether the main statement denies a duty, so that nobody has to act: "need not", "is not required to"."""
    main = [term for term in row if term.main]
    whole = any(term.meaning.negates and _DUTIES & set(term.words.lower().split()) for term in main)
    return whole or any(
        (verb.meaning.negates and _obliges(following)) or (following.meaning.negates and _needs(verb))
        for verb, following in pairwise(main)
    )


def _obliges(term: Term) -> bool:
    return _needs(term) or (term.meaning.strength is Strength.MUST and len(term.words.split()) > 1)


def _needs(term: Term) -> bool:
    return term.meaning.sense == _DUTY and not term.meaning.opposite


def _guards(words: Sequence[RoleWord], at: int) -> bool:
    """Return whether what a condition hangs on comes within reach behind a word."""
    heads = vocabulary().conditions.heads
    return any(word.lemma in heads for word in words[at + 1 : at + 1 + REACH])
