"""The purpose of a document, in the sentences that state it."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

from impact.present.alone import stands_alone
from impact.present.cleaning import GAP, plain
from impact.present.words import words
from impact.records import Assessment, Clause, ClauseKind
from impact.report.quotes.lead_ins import BULLET, items

FIRST = 5
"""Clauses at the beginning of a document of which any may state its purpose. Source: project judgment."""

LEAST = 40
"""Characters below which sentences say too little of a document. Source: project judgment."""

_GLUED = re.compile(r"\A(?:Scope|Summary|Abstract|Purpose|Introduction)(?=[A-Z])")
"""A heading that a PDF has on the line of the sentence, without a blank."""

TELLING = 4
"""Least characters of a word by which a purpose and a title are compared. Source: project judgment."""

SHARED = 2
"""Words of a title that a sentence has which says what the document is about without naming it, or all. Source: project
judgment."""

LONGER = 2
"""How much longer than the limit a sentence may be. Source: project judgment."""

SUMMARY = 480
"""Characters up to which an abstract or summary is quoted whole. Source: project judgment; a few lines."""

BEGINS = 2
"""Clauses at the beginning of a document, and of its summary, whose first sentence may introduce it. Source: project
judgment."""

JOINED = re.compile(r"(?:[,;:.]|\b(?:and|or))\Z")
"""How an item ends after which the next one needs no semicolon."""

BETWEEN = 5
"""Most words between the document as the subject of a sentence and its verb. Source: project judgment."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """A sentence that states the purpose of a document, its clause, and the heading that the clause stands under."""

    text: str
    clause: Clause
    topic: str

    def rank(self, title: frozenset[str]) -> tuple[bool, bool, int]:
        """Return how well it says what a document of this title is: the first of the best ones is quoted.

        Before others come sentences that begin with the document and its verb, of these those under "Abstract" or
        "Scope", else those that share most words with the title.
        """
        reading = words().reading
        own = "|".join(reading.selves)
        begins = rf"(?:In )?(?:{own})\b(?:, we)?\s+(?:{'|'.join(reading.tells)})\b|This is an? (?:[\w-]+ ){{1,4}}that\b"
        states = re.match(begins, self.text, re.IGNORECASE)
        first = bool(states) and _is_about(self.topic, ("abstract", *reading.plain_abouts))
        return bool(states), first, 0 if first else len(title & _words(self.text))


@dataclass(frozen=True, slots=True)
class Introduction:
    """What introduces a document to a reader: words of it, their first clause, and what is said before the quote."""

    lead: str
    text: str
    clause: Clause


def introduction_of(
    assessment: Assessment, limit: int, besides: Container[str] = (), *, begins: bool = True
) -> Introduction | None:
    """Return a short abstract, else the stated purpose (`purpose_of`), else the first sentence that stands alone.

    The last only if `begins`, and if no abstract is quoted elsewhere.
    """
    overruled = {label.clause for label in assessment.overruled}
    prose = [clause for clause in assessment.clauses if clause.assessed and clause.kind is not ClauseKind.CODE]
    summary = _summary(prose)
    quoted = any(clause.id in besides for clause in summary)
    whole = " ".join(text for clause in summary for text in _sentences(assessment, clause))
    is_short = LEAST <= len(whole) <= SUMMARY and (whole.endswith(".") or whole[-1].isalnum())
    if is_short and not quoted and not overruled & {clause.id for clause in summary}:
        return Introduction(words().about["stated"], whole, summary[0])
    stated = purpose_of(assessment, limit, besides)
    if stated or quoted or not begins:
        return Introduction(words().about["stated"], *stated) if stated else None
    apart = overruled | {rated.finding.clause for rated in assessment.findings}
    apart |= {guard.clause for guard in assessment.safeguards}
    vague = re.compile("|".join((*words().reading.others, *words().reading.vague)))
    for clause in (*summary[:BEGINS], *prose[:BEGINS]):
        text = next(_sentences(assessment, clause), "")
        alone = clause.id not in apart and clause.id not in besides and stands_alone(text)
        if alone and LEAST <= len(text) <= LONGER * limit and not vague.search(text):
            return Introduction(words().about["begins"], text, clause)
    return None


def _summary(clauses: Iterable[Clause]) -> list[Clause]:
    """Return the clauses of the first section that sums the document up."""
    named = groupby(clauses, lambda clause: (clause.headings, _topic(clause) in words().reading.openings))
    return next((list(group) for (_, sums), group in named if sums), [])


def purpose_of(assessment: Assessment, limit: int, besides: Container[str] = ()) -> tuple[str, Clause] | None:
    """Return the sentence by which the document states its purpose, of about `limit` characters, and the clause.

    It is under a heading such as "Scope", says what the document does or is for, and can be quoted alone; it neither
    tells what the document leaves out nor what a meeting was for. Clauses with ids in `besides`, which are quoted
    elsewhere, are left out. The items of a list follow its head, or a gap does. None is returned where no sentence
    states a purpose and no abstract begins with one that can be quoted.
    """
    named = _words(assessment.proposal.title)
    found = _purposes(assessment, limit, besides)
    best = max(found, key=lambda purpose: purpose.rank(named), default=None) or _opening(assessment, limit, besides)
    return (best.text, best.clause) if best else None


def _opening(assessment: Assessment, limit: int, besides: Container[str]) -> Purpose | None:
    """Return the first sentence of an abstract, or of the document if it has words of the title, that introduces it."""
    named, openings = _words(assessment.proposal.title), words().reading.openings
    for at, clause in enumerate(assessment.clauses):
        topic = _topic(clause)
        if not clause.assessed or clause.id in besides or not (topic in openings or at < FIRST):
            continue
        text = next(_sentences(assessment, clause), "")
        is_about = topic in openings or len(named & _words(text)) >= max(1, min(len(named), SHARED))
        if is_about and LEAST <= len(text) <= LONGER * limit and _introduces(text) and stands_alone(text):
            return Purpose(text, clause, topic)
    return None


def _introduces(sentence: str) -> bool:
    """Return whether a sentence says what something is or does, and nothing that is no purpose."""
    reading = words().reading
    if re.search("|".join((*reading.others, *reading.exclusions)), sentence, re.IGNORECASE):
        return False
    tells = [verb for verb in reading.tells if verb not in reading.own_tells]
    return re.search(rf"\b(?:(?:is|are) (?:an?|the)|{'|'.join(tells)})\b", sentence) is not None


def _purposes(assessment: Assessment, limit: int, besides: Container[str]) -> Iterator[Purpose]:
    for at, clause in enumerate(assessment.clauses):
        topic = _topic(clause)
        if not clause.assessed or clause.id in besides or not (_is_about(topic, words().reading.abouts) or at < FIRST):
            continue
        for text in _stated(_sentences(assessment, clause), topic, limit):
            listing = items(assessment.document.text, assessment.clauses[at:]) if text.endswith(":") else ""
            whole = _run_on(text, listing)
            if len(whole) >= LEAST and (bool(listing.strip(GAP + " ")) if text.endswith(":") else stands_alone(text)):
                yield Purpose(whole, clause, topic)


def _run_on(text: str, listing: str) -> str:
    """Return a sentence with the items of its list on one line."""
    whole = text
    for item in (plain(line.removeprefix(BULLET.strip())) for line in listing.split("\n") if line.strip()):
        whole += f"{'' if JOINED.search(whole) else ';'} {item}"
    return whole


def _words(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, in small letters."""
    return frozenset(word for word in re.findall(r"\w+", text.lower()) if len(word) >= TELLING)


def _topic(clause: Clause) -> str:
    """Return the innermost heading of a clause in small letters; of "Scope" and "General" in it the outer one."""
    titles = [plain(title).lower().rstrip(".: ") for title in clause.headings]
    return next((title for title in reversed(titles) if not title.endswith("general")), "")


def _is_about(topic: str, abouts: Iterable[str]) -> bool:
    """Return whether a heading ends with one of these words."""
    return re.search(rf"\b(?:{'|'.join(abouts)})\Z", topic) is not None


def _sentences(assessment: Assessment, clause: Clause) -> Iterator[str]:
    for span, _ in clause.provisions():
        yield plain(assessment.document.quote(span))


def _stated(sentences: Iterable[str], topic: str, limit: int) -> Iterator[str]:
    """Yield each sentence that states a purpose, by "It" after one whose subject is the document."""
    states = re.compile("|".join(_patterns(topic)), re.IGNORECASE)
    selves = re.compile("|".join(words().reading.selves), re.IGNORECASE)
    for before, sentence in pairwise(["", *sentences]):
        goes_on = sentence.startswith("It ") and selves.match(before)
        whole = f"This document{sentence.removeprefix('It')}" if goes_on else sentence
        if len(sentence) <= LONGER * limit and _states(states, whole):
            yield f"[This document]{sentence.removeprefix('It')}" if goes_on else _GLUED.sub("", sentence)


def _states(states: re.Pattern[str], sentence: str) -> bool:
    match, reading = states.search(sentence), words().reading
    if match is None or re.search("|".join(reading.others), sentence, re.IGNORECASE):
        return False
    return not re.search("|".join(reading.exclusions), sentence[: match.end()], re.IGNORECASE)


@cache
def _patterns(topic: str) -> tuple[str, ...]:
    """Return how a sentence under a heading states a purpose: by what it is about, under "Scope" by its verb alone."""
    reading = words().reading
    verbs = rf"\b(?:{'|'.join(reading.tells)})\b"
    own = rf"\b(?:{'|'.join(reading.selves)})\b"
    aside = r"(?:\s*\([^()]{1,120}\)|,[^,;]{1,120},)?"
    about = (rf"{own}{aside}(?:\s+[^\s;]+){{0,{BETWEEN}}}?\s+{verbs}", rf"\AWe (?:hereby )?{verbs}", *reading.purposes)
    others = rf"\b(?:{'|'.join(verb for verb in reading.tells if verb not in reading.own_tells)})\b"
    return (*about, others) if _is_about(topic, reading.plain_abouts) else about
