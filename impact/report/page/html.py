"""`report.html`: one file for screen and paper, with nothing outside of itself and no script."""

import re
from collections.abc import Container
from dataclasses import replace
from typing import Any

from impact.present.cleaning import clipped, shown
from impact.present.templates import template
from impact.present.words import level_words, listed, words
from impact.records import Advice, Assessment, Finding, Level
from impact.report.page.templates import FILTERS
from impact.report.quotes.quote import Piece
from impact.report.view.affected import affected_rows
from impact.report.view.amendments import amendment_views
from impact.report.view.clause_list import clause_list
from impact.report.view.concerns import Concern, concerns_of, further_places, overview, own_words, parted
from impact.report.view.figures import figures_of, performance, reviewing
from impact.report.view.finding_cards import MOST_PLACES, OPEN, PLACES, Card, cards_of
from impact.report.view.guideline_answers import Amount, answer_views
from impact.report.view.identity import identity_of, options_of
from impact.report.view.openness import open_wordings, ruled_out, weak_safeguards
from impact.report.view.places import Location, Places
from impact.report.view.questions import questions_of
from impact.report.view.reading_facts import reading_facts
from impact.report.view.recognition import recognition_of, recognized
from impact.report.view.rights_matrix import rights_matrix
from impact.report.view.safeguards import matching_safeguards, provided_safeguards, weighed
from impact.report.view.sentences import together
from impact.report.view.summary import summary_runs
from impact.report.view.worksheet import worksheet_view
from impact.taxonomy.values import Taxonomy

GRAVEST = 3
IN_BRIEF = 4
FEW = 3
BRIEF_QUOTE, SHORTER_QUOTE, LONGER_QUOTE = 230, 200, 480
"""Characters of a quote in the brief, where a reader has something to decide, and where there are few quotes, so that
it fills two pages and no more. Source: measured on the samples and on two long texts in tests/report/test_paper.py."""
CHANGES = 4
ANSWER_QUOTES = Amount(1, 240)
LANGUAGE = re.compile(r"[a-z]{2,3}")

Short = tuple[Card, Location, tuple[Piece, ...], str]
"""A card with the clause that shows it, its words, none where they are quoted above, and those that introduce it."""


def render(assessment: Assessment, advice: Advice, taxonomy: Taxonomy) -> str:
    """Return the page. All text of the document is escaped, isolated in its writing direction and held as text."""
    at, concerns, sure = Places(assessment), concerns_of(assessment, taxonomy), assessment.firm
    firm, unsure = parted(concerns)
    ruled = ruled_out(advice, at)
    cards, open_cards = (cards_of(assessment, some, at, taxonomy, ruled) for some in (firm, unsure))
    shorts = _shorts(cards, open_cards, assessment, at)
    rows = rights_matrix(sure, firm, taxonomy)
    code = assessment.proposal.language
    parts: dict[str, Any] = {
        "assessment": assessment,
        "advice": advice,
        "taxonomy": taxonomy,
        "identity": identity_of(assessment),
        "facts": reading_facts(assessment),
        "level": "" if assessment.level is Level.NONE else assessment.level.value,
        "level_said": level_words(assessment.level, assessment.firm_level).split(",")[0],
        "leveled": assessment.level is assessment.firm_level,
        "about": _about(assessment, at, {card.concern.findings[0].finding.clause for card, *_ in shorts["brief"]}),
        "answers": answer_views(assessment, advice, at, taxonomy, ANSWER_QUOTES),
        "affected": affected_rows(assessment, advice.affected, firm, at),
        "summary": tuple(summary_runs(sentence, assessment.document, at) for sentence in advice.summary),
        "overview": overview(assessment, concerns) if concerns else "",
        "cards": cards,
        "gravest": cards[:GRAVEST],
        "open_cards": open_cards,
        **shorts,
        "pairs": tuple((compound, together(compound, assessment, taxonomy)) for compound in assessment.compounds),
        "rows": rows,
        "provided": provided_safeguards(assessment, firm, at, taxonomy),
        "weighed": weighed(advice, taxonomy),
        "perhaps": provided_safeguards(assessment, firm, at, taxonomy, doubtful=True),
        "silent": matching_safeguards(assessment, advice, concerns, at, taxonomy),
        "worksheet": worksheet_view(advice.worksheet, rows, at, taxonomy),
        "weak_safeguards": weak_safeguards(advice, at, taxonomy),
        "open_wordings": open_wordings(advice, at, taxonomy),
        "questions_of": questions_of(assessment, advice, firm, at),
        "amendments": amendment_views(assessment, advice, at, taxonomy),
        "OPEN": OPEN,
        "CHANGES": CHANGES,
        "clause_list": clause_list(assessment, at, taxonomy),
        "figures": figures_of(assessment),
        "reviewing": reviewing(),
        "performance": performance(figures_of(assessment)),
        "recognition": recognition_of(assessment, concerns),
        "recognized": recognized(assessment, concerns),
        "options": options_of(assessment),
        "words": words(),
        "blind": listed([word["short"] for word in words()["blind"]]),
        "stem": at.stem,
        "places_of": at.of,
        "lang": code if LANGUAGE.fullmatch(code) and code not in {"en", "und"} else "",
        "links": _links(sure, taxonomy, cards),
    }
    return shown(template("report/report.html", FILTERS).render(parts))


def _about(assessment: Assessment, at: Places, besides: Container[str]) -> tuple[str, Location] | None:
    """Return what the document says of itself, cut to a few lines, and where; no clause of `besides`."""
    own = own_words(assessment, 320, besides)
    return (own[0], at.where(own[1].id)) if own else None


def _shorts(
    cards: tuple[Card, ...], open_cards: tuple[Card, ...], assessment: Assessment, at: Places
) -> dict[str, tuple[Short, ...]]:
    """Return what the brief quotes of the first cards, and of those that a reader must decide; each clause once.

    Their places are the others.
    """
    firm = min(len(cards), IN_BRIEF - bool(open_cards))
    chosen = [*cards[:firm], *open_cards[: IN_BRIEF - firm]]
    limit = LONGER_QUOTE if len(chosen) <= FEW else SHORTER_QUOTE if open_cards else BRIEF_QUOTE
    seen: set[str] = set()
    out: list[Short] = []
    for card in chosen:
        finding = _unquoted(card.concern, seen)
        where, runs = at.passage(finding.clause, finding.evidence, limit)
        named = clipped(further_places(card.concern, assessment, MOST_PLACES, finding.clause), PLACES)
        kept = () if finding.clause in seen else runs
        out.append((replace(card, places=named), where, kept, at.stem(finding.clause)))
        seen.add(finding.clause)
    return {"brief": tuple(out[:firm]), "to_decide": tuple(out[firm:])}


def _unquoted(concern: Concern, seen: Container[str]) -> Finding:
    """Return the finding that shows a concern; of equally grave doubtful ones the first whose clause was not seen."""
    alike = [rated.finding for rated in concern.findings if rated.severity.level is concern.level]
    others = (one for one in alike if concern.doubtful and one.clause not in seen)
    return next(others, concern.findings[0].finding)


def _links(
    assessment: Assessment, taxonomy: Taxonomy, cards: tuple[Card, ...]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return, by mechanism, each compound that it takes part in: name and level."""
    out: dict[str, list[tuple[str, str]]] = {card.concern.mechanism.id: [] for card in cards}
    rules = {rule.id: rule for rule in taxonomy.compounds}
    for compound in assessment.compounds:
        for mechanism in rules[compound.id].mechanisms:
            out[mechanism].append((rules[compound.id].name, compound.level.value))
    return {name: tuple(found) for name, found in out.items()}
