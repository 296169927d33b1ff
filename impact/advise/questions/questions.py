"""Questions made specific by the words of the clause."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from impact.advise.context import Context
from impact.advise.openness.library import hedges
from impact.advise.phrases import pattern_of, places
from impact.advise.question_library import Fit, StrengthQuestions, wording
from impact.advise.questions.already_stated import PLACE, stated_in_clause, without_stated
from impact.advise.questions.noun_phrases import actor, thing
from impact.advise.relevance import shows_power
from impact.records import Phrase, Question, RatedFinding, Span
from impact.stems import singular

SLOT = re.compile(r"\{(\w+)\}")
MOST = 2
"""Questions about one finding, beside that about its strength. Source: project judgment."""


def questions_of(context: Context) -> tuple[Question, ...]:
    """Return the questions about the findings that are shown, in their order; none is asked twice of one power.

    A question that has no words of its clause is asked once in all. A further clause is asked only what the clauses
    before it were not asked.

    Those with the most words of the clause come first, then what the strength of the wording asks for. Nothing is asked
    about a sentence that does not show the power.
    """
    questions: dict[str, Question] = {}
    for mechanism in context.ranked:
        used: set[str] = set()
        for rated in filter(partial(shows_power, context), context.chosen(mechanism)):
            for question in _about(context, rated, used):
                questions.setdefault(f"{mechanism if question.specific else ''} {question.text}", question)
    return tuple(questions.values())


def _about(context: Context, rated: RatedFinding, used: set[str]) -> list[Question]:
    """Return the questions about a finding; `used` are the wordings that clauses of its power had, and grows.

    What the text says already is not asked; general questions that it answers go with each.
    """
    words = {
        name: phrases for name, phrases in slots(context, rated).items() if name != "actor" or not idle(rated, phrases)
    }
    texts, first = list(_texts(context, rated)), set[str]()
    settles: dict[str, tuple[str, ...]] = {}
    settled: tuple[str, ...] = ()
    elsewhere: set[str] = set()
    for answer, stated in stated_in_clause(context, rated):
        settled += answer.settles if not answer.texts else ()
        if not set(answer.instead).isdisjoint(texts):
            texts = [*answer.texts, *(text for text in texts if text not in answer.instead)]
            first |= set(answer.texts if stated.keys() - {PLACE} or not answer.near else ())
            settles |= dict.fromkeys(answer.texts, answer.settles)
            words |= stated
            elsewhere |= set(answer.instead if answer.near not in {"", answer.mechanism} else ())
    texts, general = without_stated(context, texts, context.clause_of(rated))
    settled += general
    texts = [text for text in texts if set(SLOT.findall(text)) <= words.keys()]
    texts.sort(key=lambda text: (text not in first, -len([name for name in SLOT.findall(text) if name != PLACE])))
    texts = [text for text in _fitted(context, rated, texts, words) if text not in used][:MOST]
    used |= {*texts, *elsewhere}
    about = [replace(filled(rated, text, words), settles=(*settles.get(text, ()), *settled)) for text in texts]
    strength = (filled(rated, text, words) for text in _strength(context, rated, words))
    return [*about, *(replace(question, settles=general, strength=True) for question in strength)]


def carrier(context: Context, rated: RatedFinding) -> Span:
    """Return the sentence that has the first words of a finding."""
    return context.clause_of(rated).sentence_at(rated.finding.evidence[0])


def _fitted(
    context: Context, rated: RatedFinding, texts: Iterable[str], words: Mapping[str, tuple[Phrase, ...]]
) -> Iterator[str]:
    """Yield the questions that fit the sentence that carries a finding and its thing, or those in their place."""
    sentence, named = carrier(context, rated), "".join(phrase.text for phrase in words.get("data", ()))
    for text in texts:
        failing = (fit for fit in wording().fits if text in fit.texts and not _fits(fit, context.text, sentence, named))
        fit = next(failing, None)
        if fit is None:
            yield text
        elif fit.otherwise:
            yield fit.otherwise


def _fits(fit: Fit, text: str, sentence: Span, named: str) -> bool:
    """Return whether the conditions of a question hold (`fits` of questions.toml)."""
    return (
        (not fit.where or bool(places(fit.where, text, sentence)))
        and not places(fit.unless, text, sentence)
        and (not fit.things or bool(places(fit.things, named, Span(0, len(named)))))
    )


def _strength(context: Context, rated: RatedFinding, words: Collection[str]) -> Iterator[str]:
    if unsettled(context, rated):
        yield wording().unsettled.plain
        return
    strength = wording().strength[rated.finding.strength.value]
    clause, sentence = context.clause_of(rated), carrier(context, rated)
    if (
        _optional(context, rated, strength)
        or rated.finding.mechanism in strength.apart
        or places(strength.unless, context.text, clause.span)
        or (clause.stem and places(strength.lead, context.text, clause.stem))
        or telling(context, rated)
    ):
        return
    if strength.cases and _begins(strength.cases, sentence.of(context.text)):
        yield strength.case
    else:
        yield strength.actor if strength.actor and "actor" in words else strength.plain


def _optional(context: Context, rated: RatedFinding, strength: StrengthQuestions) -> bool:
    """Return whether a sentence begins with its use, or its section says that the whole is optional."""
    if not strength.optional:
        return False
    clause, sentence = context.clause_of(rated), carrier(context, rated)
    near = (sentence, clause.span, *(neighbor.span for neighbor in context.neighbors(clause)))
    used = rated.where_used or _begins(strength.used, sentence.of(context.text))
    return used or any(places(strength.optional, context.text, span) for span in near)


def _begins(lines: tuple[str, ...], words: str) -> bool:
    return bool(pattern_of(lines).match(words.lstrip()))


def idle(rated: RatedFinding, actor: Sequence[Phrase]) -> bool:
    """Return whether who acts holds no power: a person whom it concerns, or a part of a machine."""
    lists, words = wording().nouns, actor[-1].text.lower()
    part = rated.finding.mechanism in lists.powers_of_people and words.endswith(tuple(lists.parts))
    return part or singular(words.split()[-1]) in lists.concerned


def telling(context: Context, rated: RatedFinding) -> bool:
    """Return whether a finding stands where no rules stand, so that nobody need ask how strong it is."""
    endings = wording().strength[rated.finding.strength.value].telling
    titles = [title.lower().rstrip(" .:") for title in context.clause_of(rated).headings]
    if not titles or not endings:
        return False
    return titles[-1].endswith(endings) or any("informative" in title for title in titles)


def unsettled(context: Context, rated: RatedFinding) -> bool:
    """Return whether the sentence that carries a finding leaves the matter to later work or to another text."""
    sentence, leaving = carrier(context, rated), wording().unsettled.hedges
    return any(hedge.within(context.text, sentence) for hedge in hedges(leaving))


def slots(context: Context, rated: RatedFinding) -> dict[str, tuple[Phrase, ...]]:
    """Return the words of a clause that could be told: "actor", "data", and "named" where the data have a name."""
    finding, clause, sentence = rated.finding, context.clause_of(rated), carrier(context, rated)
    who = actor(context.text, sentence, finding.evidence[0].start, context.readings)
    if not who and clause.stem and sentence.start == clause.span.start:
        who = actor(context.text, clause.stem, clause.stem.end, context.readings)
    what = thing(context.text, sentence, finding.evidence, finding.mechanism, context.readings)
    same = any(
        subject_phrase.span and object_phrase.span and subject_phrase.span.covers(object_phrase.span)
        for subject_phrase in who
        for object_phrase in what
    )
    data = () if same or not _concerned(context, rated, what) else what
    who = () if _only_takes(context, rated) else who
    phrases = {"actor": who, "data": data, "named": () if _bare(data) else data}
    return {name: words for name, words in phrases.items() if words}


def _only_takes(context: Context, rated: RatedFinding) -> bool:
    """Return whether who acts in the sentence of a power to give something only asks for it or receives it."""
    lists, reading = wording().nouns, context.readings.of(carrier(context, rated))
    act, target = reading.action.value, reading.object.value
    takes = act in lists.taking or (act == "make" and target is not None and target.head in lists.taking)
    return takes and rated.finding.mechanism in lists.powers_of_giving


def _concerned(context: Context, rated: RatedFinding, what: tuple[Phrase, ...]) -> bool:
    """Return whether a thing may be what the act is done to: no other surely is, or the finding names it.

    It is not where it only qualifies the object ("address space"), or tells where a power acts that acts on its object.
    """
    sentence, spans = carrier(context, rated), [phrase.span for phrase in what if phrase.span]
    lists, target = wording().nouns, context.readings.object(sentence)
    if rated.finding.mechanism in lists.acting_on_objects and any(
        lists.placed.search(context.text[sentence.start : span.start]) for span in spans
    ):
        return False
    if target is None:
        return True
    if any(span.meets(target) and span.end < target.end for span in spans):
        return False
    return any(span.meets(place) for span in spans for place in (target, *rated.finding.evidence))


def _bare(data: tuple[Phrase, ...]) -> bool:
    """Return whether a thing is called data, information or content, and nothing is said of what it tells."""
    lists = wording().nouns
    words = [word for word in "".join(phrase.text for phrase in data).lower().split() if word not in lists.determiners]
    return len(words) == 1 and words[0] in lists.uncounted


def _texts(context: Context, rated: RatedFinding) -> tuple[str, ...]:
    """Return the questions for a finding: those of its mechanism, or of the variant that its clause has of it."""
    power = context.power_of(rated)
    return wording().questions[f"{power.id}/{power.variant}" if power.variant else power.id].texts


def filled(rated: RatedFinding, text: str, words: Mapping[str, tuple[Phrase, ...]]) -> Question:
    """Return a question with the words in the places of its slots."""
    phrases: list[Phrase] = []
    for number, part in enumerate(SLOT.split(text)):
        phrases += words[part] if number % 2 else [Phrase(part)] if part else []
    return Question(rated.finding.id, tuple(phrases))
