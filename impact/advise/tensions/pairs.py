"""Pairs of clauses: a protection weaker than the power beside it, and two clauses that do not go together."""

import re
from collections.abc import Iterable, Iterator

from impact.advise.context import Context
from impact.advise.detectors.library import detectors
from impact.advise.grammar import grammar
from impact.advise.guideline_rules import rules
from impact.advise.guidelines.weak_benefits import WEAK
from impact.advise.phrases import places
from impact.advise.similarity import (
    LINKS,
    QuotedSentence,
    binding,
    closest,
    phrases_shared,
    provisions,
    quoted,
    sentences_detected,
    unconditional,
    words_shared,
)
from impact.advise.tensions.headings import nongoals, unfilled
from impact.records import Cited, Finding, Mention, SafeguardFinding, Strength, Tension
from impact.stems import stem

LABELS = 3
"""Words that the clauses of two labels must share. Source: project judgment after reading pairs of 62 documents."""


def tensions_of(context: Context) -> tuple[Tension, ...]:
    """Return the pairs by rule: bans, counters, statements that a power belies, weaker and uneven protections."""
    tensions = [
        *_bans(context),
        *_countered(context),
        *_claims(context),
        *_weaker(context),
        *_uneven(context),
        *nongoals(context),
        *unfilled(context),
    ]
    pairs = {frozenset((tension.first.clause, tension.second.clause)): tension for tension in reversed(tensions)}
    return tuple(reversed(pairs.values()))


def _bans(context: Context) -> Iterator[Tension]:
    """Yield a finding beside a clause that rules out the same act on the same thing."""
    rule = rules().tensions["ban"]
    for mechanism in dict.fromkeys(rated.finding.mechanism for rated in context.assessment.findings):
        banning = [mention for mention in context.assessment.mentions if mention.label == mechanism]
        sides = _provisions(context, banning), _provisions(context, _findings(context, mechanism))
        if pair := closest(context, *sides, link=_same_act):
            yield Tension("ban", rules().home(mechanism), rule.says, rule.ask, *pair, rule.source)


def _same_act(context: Context, ban: QuotedSentence, power: QuotedSentence) -> int:
    """Return how many words a ban shares with a sentence that has the same verb and is no ban."""
    act = grammar().ban.search(context.text, ban.span.start, ban.span.end)
    if act is None or grammar().ban.search(context.text, power.span.start, power.span.end):
        return 0
    verbs = re.findall(rf"{grammar().acting}([a-z]+)", power.span.of(context.text), re.IGNORECASE)
    done = stem(act["verb"].lower()) in {stem(verb.lower()) for verb in verbs}
    return words_shared(context, ban, power) if done else 0


def _countered(context: Context) -> Iterator[Tension]:
    """Yield for each counter the two clauses that are most about the same thing: of labels, or else of detectors."""
    rule = rules().tensions["counter"]
    for counter in rules().counters:
        protecting = _provisions(context, _safeguards(context, counter.safeguard))
        countering = _provisions(context, _findings(context, counter.power))
        first, second = (
            sentences_detected(context.detections.get(name, ())) for name in (counter.safeguard, counter.power)
        )
        pair = closest(context, protecting, countering, LABELS) or closest(
            context, first, second, counter.least, LINKS[counter.link]
        )
        if pair:
            ask, source = counter.ask or rule.ask, counter.source or rule.source
            yield Tension("counter", counter.guideline, counter.says, ask, *pair, source)


def _uneven(context: Context) -> Iterator[Tension]:
    """Yield a benefit of which one sentence binds without a condition, and another, about the same thing, is weak."""
    rule = rules().tensions["uneven"]
    for detector in detectors():
        topical = detector.id in rule.topics
        sentences = list(sentences_detected(context.detections.get(detector.id, ()) if topical else ()))
        weak = [sentence for sentence in sentences if _weak(context, sentence)]
        firm = [sentence for sentence in sentences if sentence not in weak and binding(context, sentence)]
        if pair := closest(context, firm, weak, 1, phrases_shared):
            yield Tension("uneven", detector.guideline, rule.says, rule.ask, *pair, rule.source)


def _weak(context: Context, sentence: QuotedSentence) -> bool:
    """Return whether a sentence recommends, or holds to a measure without a test, and is no example."""
    rule = rules().tensions["uneven"]
    if places(rule.others, context.text, sentence.span):
        return False
    return sentence.strength is Strength.SHOULD or bool(places(rule.patterns, context.text, sentence.span))


def _claims(context: Context) -> Iterator[Tension]:
    """Yield a statement that there are no data about people, beside the first clause that demands them."""
    rule = rules().tensions["claim"]
    demanding = (rated.finding for rated in context.assessment.findings if rated.finding.mechanism in rule.powers)
    power = next((finding for finding in demanding if finding.strength is Strength.MUST), None)
    for sentence in context.sentences if power else ():
        words = places(rule.patterns, context.text, sentence.span)
        if power and words and unconditional(context, sentence.span) and sentence.clause.id != power.clause:
            first = Cited(sentence.clause.id, words)
            yield Tension("claim", "4.14", rule.says, rule.ask, first, power.cited, rule.source)
            return


def _weaker(context: Context) -> Iterator[Tension]:
    """Yield each safeguard that is only recommended in a section where a power over the same thing is required."""
    rule = rules().tensions["weaker"]
    findings = [rated.finding for rated in context.assessment.findings]
    required = [finding for finding in findings if finding.strength is Strength.MUST]
    for name, safeguard in context.taxonomy.safeguards.items():
        providing = _safeguards(context, name)
        strong = {_chapter(context, finding) for finding in providing if finding.strength is Strength.MUST}
        weak = [
            finding for finding in providing if finding.strength in WEAK and _chapter(context, finding) not in strong
        ]
        powers = [finding for finding in required if finding.mechanism in safeguard.counters]
        sides = _provisions(context, weak), _provisions(context, powers)
        if pair := closest(context, *sides, link=_words_in_chapter):
            yield Tension("weaker", rules().home(name), rule.says, rule.ask, *pair, rule.source)


def _chapter(context: Context, finding: SafeguardFinding) -> str:
    return context.clause(finding.clause).chapter


def _words_in_chapter(context: Context, first: QuotedSentence, second: QuotedSentence) -> int:
    return words_shared(context, first, second) if first.clause.chapter == second.clause.chapter else 0


def _findings(context: Context, mechanism: str) -> list[Finding]:
    return [rated.finding for rated in context.assessment.findings if rated.finding.mechanism == mechanism]


def _safeguards(context: Context, name: str) -> list[SafeguardFinding]:
    return [safeguard for safeguard in context.assessment.safeguards if safeguard.safeguard == name]


def _provisions(context: Context, findings: Iterable[Mention | SafeguardFinding | Finding]) -> list[QuotedSentence]:
    return provisions(context, (quoted(context, finding.cited) for finding in findings))
