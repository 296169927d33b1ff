"""Questions made specific by the words of the clause."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from impact.advise.context import Scene
from impact.advise.openness.weak import hedges
from impact.advise.phrases import pattern_of, places
from impact.advise.questions.already_stated import PLACE, answered, said_of
from impact.advise.questions.nouns import actor, lists, thing, wording
from impact.records import Clause, Phrase, Question, RatedFinding, Span
from impact.taxonomy import Taxonomy

SLOT = re.compile(r"\{(\w+)\}")
MOST = 2
"""Questions about one finding, beside that about its strength. Source: project judgement."""


def questions_of(scene: Scene, taxonomy: Taxonomy) -> tuple[Question, ...]:
    """Return the questions about the findings that are shown, in their order; none is asked twice of one power.

    One that has no words of its clause is asked once in all. A further clause is asked only what the clauses before
    it were not asked.

    Those with the most words of the clause come first, then what the strength of the wording asks for.
    """
    made: dict[str, Question] = {}
    for mechanism in scene.shown:
        used: set[str] = set()
        for judged in scene.chosen(mechanism):
            for question in _about(scene, judged, used, taxonomy):
                told = any(phrase.span for phrase in question.phrases)
                made.setdefault(f"{mechanism if told else ''} {question.text}", question)
    return tuple(made.values())


def _about(scene: Scene, judged: RatedFinding, used: set[str], taxonomy: Taxonomy) -> list[Question]:
    """Return the questions about a finding; `used` are the wordings that clauses of its power had, and grows.

    What the text says already is not asked; general questions that it answers go with each.
    """
    words = {name: found for name, found in slots(scene, judged).items() if name != "actor" or not _idle(judged, found)}
    texts, first = list(_texts()[_worded(scene, judged, taxonomy)]), set[str]()
    settles: dict[str, tuple[str, ...]] = {}
    settled: tuple[str, ...] = ()
    elsewhere: set[str] = set()
    for said, told in said_of(scene, judged):
        settled += said.settles if not said.texts else ()
        if not set(said.instead).isdisjoint(texts):
            texts = [*said.texts, *(text for text in texts if text not in said.instead)]
            first |= set(said.texts if told.keys() - {PLACE} or not said.near else ())
            settles |= dict.fromkeys(said.texts, said.settles)
            words |= told
            elsewhere |= set(said.instead if said.near not in {"", said.mechanism} else ())
    texts, general = answered(scene, texts, scene.clause(judged.finding.clause))
    settled += general
    texts = [text for text in texts if text not in used and set(SLOT.findall(text)) <= words.keys()]
    texts = [text for text in texts if _fits(scene, judged, text)]
    texts.sort(key=lambda text: (text not in first, -len([one for one in SLOT.findall(text) if one != PLACE])))
    texts = texts[:MOST]
    used |= {*texts, *elsewhere}
    asked = [replace(_filled(judged, text, words), settles=(*settles.get(text, ()), *settled)) for text in texts]
    strength = (_filled(judged, text, words) for text in _strength(scene, judged, words))
    return [*asked, *(replace(one, settles=general, strength=True) for one in strength)]


def _fits(scene: Scene, judged: RatedFinding, text: str) -> bool:
    """Return whether a question fits the sentence that carries a finding (`fits` of questions.toml)."""
    sentence = scene.sentence(scene.clause(judged.finding.clause), judged.finding.evidence[0])
    return all(
        ("where" not in one or places(one["where"], scene.text, sentence))
        and not places(one.get("unless", ()), scene.text, sentence)
        for one in wording()["fits"]
        if text in one["texts"]
    )


def _strength(scene: Scene, judged: RatedFinding, words: Collection[str]) -> Iterator[str]:
    """Yield what the strength of a finding asks for, if anything."""
    finding = judged.finding
    if unsettled(scene, judged):
        yield wording()["unsettled"]["plain"]
        return
    strength = wording()["strength"][finding.strength.value]
    clause = scene.clause(finding.clause)
    sentence = scene.sentence(clause, finding.evidence[0])
    if (
        _optional(scene, clause, sentence, strength)
        or finding.mechanism in strength.get("apart", ())
        or ("unless" in strength and places(strength["unless"], scene.text, clause.span))
        or ("lead" in strength and clause.stem and places(strength["lead"], scene.text, clause.stem))
        or telling(scene, judged)
    ):
        return
    if "cases" in strength and _begins(strength["cases"], sentence.of(scene.text)):
        yield strength["case"]
    else:
        yield strength["actor"] if {"actor"} <= strength.keys() & set(words) else strength["plain"]


def _optional(scene: Scene, clause: Clause, sentence: Span, strength: Mapping[str, Any]) -> bool:
    """Return whether a sentence begins with its use, or its section says that the whole is optional."""
    if "optional" not in strength:
        return False
    near = (sentence, clause.span, *(one.span for one in scene.beside(clause)))
    used = _begins(strength["used"], sentence.of(scene.text))
    return used or any(places(strength["optional"], scene.text, span) for span in near)


def _begins(lines: Sequence[str], words: str) -> bool:
    return bool(pattern_of(tuple(lines)).match(words.lstrip()))


def _idle(judged: RatedFinding, actor: tuple[Phrase, ...]) -> bool:
    """Return whether who acts holds no power: a person whom it concerns, or a part of a machine."""
    grammar = wording()["grammar"]
    part = judged.finding.mechanism in grammar["powers_of_people"] and actor[-1].text.lower().endswith(
        tuple(grammar["parts"])
    )
    return part or _concerned(actor)


def _concerned(actor: tuple[Phrase, ...]) -> bool:
    """Return whether who acts is a person whom the power concerns, and nobody who holds it."""
    return actor[-1].text.split()[-1].lower().removesuffix("s") in wording()["grammar"]["concerned"]


def telling(scene: Scene, judged: RatedFinding) -> bool:
    """Return whether a finding stands where no rules stand, so that nobody need ask how strong it is."""
    strength = wording()["strength"][judged.finding.strength.value]
    titles = [title.lower().rstrip(" .:") for title in scene.clause(judged.finding.clause).headings]
    if not titles or "telling" not in strength:
        return False
    return titles[-1].endswith(tuple(strength["telling"])) or any("informative" in title for title in titles)


def unsettled(scene: Scene, judged: RatedFinding) -> bool:
    """Return whether the sentence that carries a finding leaves the matter to later work or to another text."""
    finding = judged.finding
    sentence = scene.sentence(scene.clause(finding.clause), finding.evidence[0])
    left = wording()["unsettled"]["hedges"]
    return any(hedge.within(scene.text, sentence) for hedge in hedges() if hedge.id in left)


def slots(scene: Scene, judged: RatedFinding) -> dict[str, tuple[Phrase, ...]]:
    """Return the words of a clause that could be told: "actor", "data", and "named" where the data have a name."""
    finding = judged.finding
    clause = scene.clause(finding.clause)
    at = finding.evidence[0]
    sentence = scene.sentence(clause, at)
    who = actor(scene.text, sentence, at.start)
    if not who and clause.stem and sentence.start == clause.span.start:
        who = actor(scene.text, clause.stem, clause.stem.end)
    what = thing(scene.text, sentence, finding.evidence, finding.mechanism)
    same = {one.span for one in who} & {one.span for one in what} - {None}
    data = () if same else what
    told = (("actor", who), ("data", data), ("named", () if _bare(data) else data))
    return {name: found for name, found in told if found}


def _bare(data: tuple[Phrase, ...]) -> bool:
    """Return whether a thing is called data, information or content, and nothing is said of what it tells."""
    words = [word for word in "".join(one.text for one in data).lower().split() if word not in lists().determiners]
    return len(words) == 1 and words[0] in lists().uncounted


def _worded(scene: Scene, judged: RatedFinding, taxonomy: Taxonomy) -> str:
    """Return the name of the questions for a finding: its mechanism, with the variant that its clause has of it."""
    clause = scene.clause(judged.finding.clause)
    told = taxonomy.mechanisms[judged.finding.mechanism].variant_for([clause.span.of(scene.text)])
    return f"{told.id}/{told.variant}" if told.variant else told.id


@cache
def _texts() -> Mapping[str, tuple[str, ...]]:
    return {one["mechanism"]: tuple(one["texts"]) for one in wording()["questions"]}


def _filled(judged: RatedFinding, text: str, words: Mapping[str, tuple[Phrase, ...]]) -> Question:
    phrases: list[Phrase] = []
    for at, part in enumerate(SLOT.split(text)):
        phrases += words[part] if at % 2 else [Phrase(part)] if part else []
    return Question(judged.finding.id, tuple(phrases))
