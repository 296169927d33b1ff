"""What to ask of a power whose findings all need review: one question, by what grammar reads in the clause shown."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from impact.advise.context import Context
from impact.advise.phrases import places
from impact.advise.questions.questions import carrier, filled, idle, slots
from impact.grammar import absent
from impact.records import Phrase, Question, RatedFinding, Span
from impact.records.clause import Strength
from impact.typed import loader

RISKS = frozenset({"an attacker acts", "a risk is what it speaks of", "a risk is what comes", "words of risk"})
"""Signs of `grammar/voice.toml` by which a sentence tells of a risk."""


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """One form of a question, and where it fits; see review.toml."""

    mechanism: str
    text: str
    risk: bool = False
    strengths: tuple[Strength, ...] = ()
    where: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    guards: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReviewForms:
    """All of review.toml; `risks` are patterns of sentences that tell of a risk."""

    risks: tuple[str, ...]
    forms: tuple[ReviewForm, ...]


review_forms = loader(ReviewForms, "impact.advise.questions", "review.toml")


def confirming_questions(context: Context) -> tuple[Question, ...]:
    """Return one question for each power whose findings all need review, about the finding that reports quote first.

    That the text tells of a risk itself is asked of one power alone.
    """
    questions, risk_asked = list[Question](), False
    for rated in _quoted(context):
        words = _sure_words(context, rated)
        form = next(
            form for form in _fitting(context, rated) if _has_words(form, words) and not (form.risk and risk_asked)
        )
        risk_asked |= form.risk
        questions.append(filled(rated, form.text, words))
    return tuple(questions)


def _quoted(context: Context) -> Iterator[RatedFinding]:
    """Yield the finding of each power without a firm one that reports show first: not where its clause counters it."""
    groups: dict[str, list[RatedFinding]] = {}
    for rated in context.whole.findings:
        groups.setdefault(rated.finding.mechanism, []).append(rated)
    firm = {(safeguard.safeguard, safeguard.clause) for safeguard in context.assessment.safeguards}
    for mechanism, group in groups.items():
        if mechanism not in context.ranked:
            countering = context.taxonomy.mechanisms[mechanism].safeguards
            countered = {clause for guard, clause in firm if guard in countering}
            yield min(group, key=partial(_shown, context, countered))


def _shown(context: Context, countered: Container[str], rated: RatedFinding) -> tuple[object, ...]:
    """Return a key for the order in which reports show doubtful findings."""
    *gravest, loose, idle, confidence = rated.telling
    missing = absent(context.text, carrier(context, rated), rated.finding.evidence)
    return rated.finding.clause in countered, gravest, missing, loose, idle, confidence


def _fitting(context: Context, rated: RatedFinding) -> Iterator[ReviewForm]:
    sentence, clause = carrier(context, rated), context.clause_of(rated)
    signs, risks = context.readings.of(sentence).signs, review_forms().risks
    risk = bool(signs & RISKS) or bool(places(risks, context.text, sentence))
    near = {clause.id, *(neighbor.id for neighbor in context.neighbors(clause))}
    guards = {safeguard.safeguard for safeguard in context.whole.safeguards if safeguard.clause in near}
    power = context.power_of(rated)
    for form in review_forms().forms:
        if (
            form.mechanism in {power.id, f"{power.id}/{power.variant}"}
            and (risk or not form.risk)
            and (not form.strengths or rated.finding.strength in form.strengths)
            and (not form.where or places(form.where, context.text, clause.span))
            and not places(form.unless, context.text, clause.span)
            and (not form.guards or form.guards & guards)
        ):
            yield form


def _has_words(form: ReviewForm, words: Mapping[str, tuple[Phrase, ...]]) -> bool:
    text = "".join(phrase.text for phrase in words.get("data", ()))
    fit = not form.things or bool(places(form.things, text, Span(0, len(text))))
    return fit and all(f"{{{name}}}" not in form.text or name in words for name in ("actor", "data"))


def _sure_words(context: Context, rated: RatedFinding) -> dict[str, tuple[Phrase, ...]]:
    """Return the words of a clause that may stand in a question: an actor, and a thing that the finding is about."""
    sentence = carrier(context, rated)
    slot_phrases, target = slots(context, rated), context.readings.object(sentence)
    about = [*rated.finding.evidence, *([target] if target else [])]
    words: dict[str, tuple[Phrase, ...]] = {}
    if "actor" in slot_phrases and context.readings.of(sentence).actor.sure and not idle(rated, slot_phrases["actor"]):
        words["actor"] = slot_phrases["actor"]
    if "named" in slot_phrases and any(_meets(phrase.span, about) for phrase in slot_phrases["named"]):
        words["data"] = slot_phrases["named"]
    return words


def _meets(span: Span | None, about: list[Span]) -> bool:
    return span is not None and any(span.meets(words) for words in about)
