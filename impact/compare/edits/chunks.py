"""Where two sentences differ: runs of terms that one of them has alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from impact.compare.edits.figures import seconds
from impact.compare.edits.terms import AGENTS, Term
from impact.compare.vocabulary import vocabulary
from impact.compare.wording import Coding

LOCAL = 2
"""Runs with a content at most, in a sentence that was changed in places and not worded anew.
Source: bench/edits.py on corpora/editions."""
NEAR = 3
"""Terms within which a quantity ends that begins behind a place: "24 working hours". Source: project judgment."""
REORDERED = 1
"""Terms that stand in another order, from which on a sentence is worded anew. Source: as above."""
TIMES = frozenset({"unit", "time"})
"""Kinds of figures that are times."""
ROOT, ALIKE = 5, 0.7
"""Letters, and the share of the shorter word, that two words derived from one begin with. Source: project judgment."""
OTHER = 0.6
"""Share of the content of both sentences from which on what is not shared makes one worded anew. Source: as above."""


@dataclass(frozen=True)
class TermRow:
    """A sentence with its terms, and what they say, to be looked up."""

    sentence: str
    terms: tuple[Term, ...]

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(term.key for term in self.terms)

    @cached_property
    def _senses(self) -> frozenset[tuple[str, bool]]:
        return frozenset((term.meaning.sense, term.meaning.opposite) for term in self.terms if term.meaning.sense)

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(term.words.lower() for term in self.terms)

    @cached_property
    def durations(self) -> tuple[float, ...]:
        """The stretches of time that it names, in seconds, sorted; those without a figure are one unit."""
        if any(term.figure == "count" and not term.words.lower().startswith("once") for term in self.terms):
            return ()
        numbers = {
            after.span: self.number_at(at)
            for at, term in enumerate(self.terms)
            if term.figure == "number" and (after := self.next_to(slice(at, at + 1)))
        }
        timed = (term for term in self.terms if term.figure in TIMES)
        lengths = (seconds(f"{numbers.get(term.span, '')} {term.words}") for term in timed if not _date(term))
        return tuple(sorted(length for length in lengths if length is not None))

    def has(self, term: Term) -> bool:
        """Return whether it has a term, or one derived from the same word, or says the contrary of it."""
        if term.key in self._keys or self.contradicted(term):
            return True
        return any(_derived(term, other) for other in self.terms)

    def contradicted(self, term: Term) -> bool:
        """Return whether a term of it says the contrary of another one, in one matter or by its beginning."""
        word, prefixes = term.words.lower(), vocabulary().negation.prefixes
        meaning = term.meaning
        turned = bool(meaning.sense) and not meaning.opposite and (meaning.sense, True) in self._senses
        prefixed = any(prefix + word in self._forms for prefix in prefixes)
        return turned or prefixed or self.turned(term) or self.opposed(term)

    def opposed(self, term: Term) -> bool:
        """Return whether a term of it says the contrary by a list; what kind of thing a noun is has no contrary."""
        return not term.attributive and any(
            not other.attributive and opposites(term.lemma, other.lemma) for other in self.terms
        )

    def turned(self, term: Term) -> bool:
        """Return whether a term denies one of it: "erase" of "keep", "unlawful" of "lawful"."""
        word, meaning = term.words.lower(), term.meaning
        if meaning.opposite and (meaning.sense, False) in self._senses:
            return True
        prefixes = (prefix for prefix in vocabulary().negation.prefixes if word.startswith(prefix))
        return any(word[len(prefix) :] in self._forms for prefix in prefixes)

    def gap(self, here: slice) -> str:
        """Return the words from behind the term before some terms to the one after them; a hyphenated number whole."""
        first, last = here.start, here.stop
        while here.start < here.stop and self._hyphenated(first):
            first -= 1
        while here.start < here.stop and self._hyphenated(last):
            last += 1
        start = self.terms[first - 1].span.end if first else 0
        end = self.terms[last].span.start if last < len(self.terms) else len(self.sentence)
        return self.sentence[start:end]

    def next_to(self, here: slice) -> Term | None:
        """Return the term behind some terms and the rest of a hyphenated number, if there is nothing between them.

        "Working" and the like between a number and its unit are passed over.
        """
        last: int = here.stop
        while last and self._hyphenated(last):
            last += 1
        if last >= len(self.terms) or not last:
            return None
        before, after = self.terms[last - 1], self.terms[last]
        if after.lemma in vocabulary().numbers.between and last + 1 < len(self.terms):
            return self.terms[last + 1]
        return None if self.sentence[before.span.end : after.span.start].strip(" -") else after

    def number_at(self, at: int) -> str:
        """Return the number that ends with a term, a hyphenated one whole."""
        start = at
        while self._hyphenated(start):
            start -= 1
        return self.sentence[self.terms[start].span.start : self.terms[at].span.end]

    def _hyphenated(self, at: int) -> bool:
        """Return whether a hyphen joins a number to the number before it: "one" in "thirty-one"."""
        if not 0 < at < len(self.terms):
            return False
        before, after = self.terms[at - 1], self.terms[at]
        joined = self.sentence[before.span.end : after.span.start] == "-"
        return joined and before.figure == after.figure == "number"


def _date(term: Term) -> bool:
    return term.words.lower() in vocabulary().numbers.calendar or term.words.isdigit()


def opposites(left: str, right: str) -> bool:
    """Return whether two words in their base form are contraries by a list."""
    return bool(left and right) and frozenset((left, right)) in _pairs()


@cache
def _pairs() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in vocabulary().contraries.words)


def _derived(term: Term, other: Term) -> bool:
    """Return whether two words of different kinds begin alike: "expires" and "expiry", not "operate" and "operator"."""
    words = term.words.lower(), other.words.lower()
    shortest = min(map(len, words))
    if term.kind == other.kind or any(word.endswith(AGENTS) for word in words) or not all(map(str.isalpha, words)):
        return False
    common = next((at for at, letters in enumerate(zip(*words, strict=False)) if len({*letters}) > 1), shortest)
    return common >= max(ROOT, ALIKE * shortest)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of terms of the old sentence in whose place the new one has others, and the words around them alike.

    Attributes:
        after: The term behind it, if nothing is between them.
        behind: The next few terms of the new sentence behind it, whatever is between them.
        early: Whether it stands before the first modal verb.
    """

    old: tuple[Term, ...]
    new: tuple[Term, ...]
    old_words: str = ""
    new_words: str = ""
    after: Term | None = None
    early: bool = False
    behind: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """Those of both."""
        return self.old + self.new


@dataclass(frozen=True, slots=True)
class SentenceDifference:
    """What two sentences differ in.

    Attributes:
        lost: Terms that the new sentence does not have, wherever they stood.
        gained: Terms that the old sentence does not have.
        recast: Whether the sentence was worded anew, in another order, and not changed in places.
    """

    old: TermRow
    new: TermRow
    chunks: tuple[Chunk, ...]
    lost: tuple[Term, ...]
    gained: tuple[Term, ...]
    recast: bool

    @property
    def alone(self) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """The lost and the gained terms to which the other sentence has no counterpart, not even to the contrary."""
        lost = tuple(term for term in self.lost if not self.new.has(term))
        return lost, tuple(term for term in self.gained if not self.old.has(term))


def difference(old: TermRow, new: TermRow) -> SentenceDifference:
    """Return where two sentences differ."""
    from rapidfuzz.distance import Indel

    coding = Coding()
    left, right = (coding.encode(term.key for term in side) for side in (old.terms, new.terms))
    chunks: list[Chunk] = []
    at = (0, 0)
    for block in [*Indel.opcodes(left, right).as_matching_blocks()]:
        here, there = slice(at[0], block.a), slice(at[1], block.b)
        if here.start < here.stop or there.start < there.stop:
            words = _shown(old.gap(here), new.gap(there))
            after = new.next_to(there)
            early = not any(term.meaning.strength for term in new.terms[: there.start])
            behind = new.terms[there.stop : there.stop + NEAR]
            chunks.append(Chunk(old.terms[here], new.terms[there], *words, after, early, behind))
        at = block.a + block.size, block.b + block.size
    apart = [term for chunk in chunks for term in chunk.old], [term for chunk in chunks for term in chunk.new]
    lost, gained = _more(*apart), _more(*reversed(apart))
    moved = sum(len(chunk.old) for chunk in chunks) - len(lost)
    weighty = sum(any(term.content for term in chunk.terms) for chunk in chunks)
    other = all(_share(side, row.terms) > OTHER for side, row in ((lost, old), (gained, new)))
    return SentenceDifference(old, new, tuple(chunks), lost, gained, moved >= REORDERED or weighty > LOCAL or other)


def _share(part: Sequence[Term], whole: Sequence[Term]) -> float:
    """Return the share of the content of some terms that others make up."""
    return sum(term.content for term in part) / max(sum(term.content for term in whole), 1)


def _shown(old: str, new: str) -> tuple[str, str]:
    """Return the words of two gaps without those that both begin or end with."""
    before, after = old.split(), new.split()
    while before and after and before[0] == after[0]:
        before, after = before[1:], after[1:]
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    return " ".join(before), " ".join(after)


def _more(terms: Sequence[Term], other: Sequence[Term]) -> tuple[Term, ...]:
    """Return the terms of a sentence that it has more often than the other, the last ones of equal ones."""
    spare = Counter(term.key for term in other)
    out = []
    for term in terms:
        if spare[term.key]:
            spare[term.key] -= 1
        else:
            out.append(term)
    return tuple(out)
