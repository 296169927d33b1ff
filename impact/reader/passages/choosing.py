"""Have a second reader choose the passages that a brief quotes: ask, check, and collect what was chosen."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from impact.reader.parts.questions import PartAnswers, PartQuestions, PartsAgenda
from impact.reader.passages.answer import PassageClaims, PlacedPassage, as_json, passages_in, placed
from impact.reader.passages.prompt import ALSO, FIRST, body_of, digest, key_of, themes
from impact.reader.rule import LEFT_OUT
from impact.records import ChosenPassage, Clause, PassageChoice, PassageKind, Proposal, SecondReading

ANSWER_TOKENS = 600
"""Expected tokens of an answer. Source: project judgment; nine passages with a sentence each."""

WORTH = {FIRST: 0.95, ALSO: 0.65}
"""Salience of a passage by its grade. Source: project judgment; both are quoted, the former before others."""


def _adopted(
    second: SecondReading,
    agenda: PartsAgenda[PassageClaims],
    answers: PartAnswers[PassageClaims],
    proposal: Proposal,
    clauses: Sequence[Clause],
) -> SecondReading:
    """Return a second reading with what was chosen over all passes, in the order of the text."""
    chosen: dict[str, list[PlacedPassage]] = defaultdict(list)
    passes: dict[str, int] = defaultdict(int)
    dropped = 0
    for excerpt, claims in answers.answers:
        passages, missing = placed(excerpt, claims, proposal.document.text)
        dropped += missing
        for clause in excerpt.clauses:
            passes[clause.clause] += 1
        for passage in passages:
            chosen[passage.clause].append(passage)
    choice = PassageChoice(
        agenda.prompt,
        tuple(_passage(clause, chosen[clause.id], passes[clause.id]) for clause in clauses if clause.id in chosen),
        frozenset(passes),
        agenda.assessed - len(passes),
        answers.unread,
        dropped,
    )
    return replace(second, choice=choice)


def _passage(clause: Clause, chosen: Sequence[PlacedPassage], passes: int) -> ChosenPassage:
    """Return a passage as most passes have it; its salience is the mean over all passes that saw it."""
    start = chosen[0].words.start
    sentence = next((part for part in clause.parts if part.start <= start < part.end), clause.span)
    salience = (sum(WORTH[placed.grade] for placed in chosen) + LEFT_OUT * (passes - len(chosen))) / passes
    protections = sum(placed.kind is PassageKind.PROTECTION for placed in chosen)
    return ChosenPassage(clause.id, sentence, round(salience, 4), protection=2 * protections > len(chosen))


PASSAGES = PartQuestions(themes, digest, key_of, body_of, passages_in, as_json, _adopted, ANSWER_TOKENS)
"""How passages are asked for."""
