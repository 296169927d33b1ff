"""What a brief says of the passages that it quotes without a finding."""

import re
from itertools import takewhile

from impact.present.cleaning import GAP, clipped, plain
from impact.present.lists import spelled
from impact.present.places import QUESTION, place_name
from impact.present.words import words
from impact.records import BlockKind, Clause, Document, SalientPassage, Span
from impact.report.quotes.lead_ins import items
from impact.report.view.reading_facts import emptied, mostly_unread
from impact.report.view.subject import ReportSubject

PROTECTS = 0.8
"""Chance of a protection from which a passage is called one. Source: models/salience/README.md."""

BREAK = re.compile(r"(?<![.:;,!?])\n\s*\n\s*")
"""Where a block of a passage ends without a mark that parts it from the next."""

CLOSED = (".", ":", "!", "?", ";", ")", "]", '"', "\N{RIGHT DOUBLE QUOTATION MARK}")
"""How words end that a reader takes for whole."""

MOST_ITEMS = 12
"""Items among which those are that are quoted with the words that introduce them. Source: project judgment."""

STEM = 200
"""Characters of a sentence that introduces a list and is quoted with an item. Source: project judgment."""

WORDS = re.compile(r"\w{3}")

CUT = re.compile(r"[a-z]+[\s,.;:)]")
"""How a paragraph begins that lacks its beginning: in small letters, but for names."""

MARKS = re.compile("[\"'\u2018\u2019\u201c\u201d]")
"""Quotation marks, which the name of a place writes as others."""


def remarks_on(subject: ReportSubject, passage: SalientPassage) -> tuple[str, ...]:
    """Return what a quoted passage is about, and that it protects people, in words; without what is not known."""
    chance = next(
        (salience.protection for salience in subject.assessment.salience if salience.clause == passage.clause), None
    )
    return (*passage.topics, *[words().passages.protects] * ((chance or 0) >= PROTECTS))


def wording_of(subject: ReportSubject, passage: SalientPassage) -> str:
    """Return the words of a quoted passage: an item with the sentence that introduces its list, blocks kept apart."""
    document, clause, span = subject.assessment.document, subject.at.clause(passage.clause), passage.evidence[0]
    text = _after_gap(document, span, plain(BREAK.sub(" / ", document.quote(span).strip())))
    stem = plain(document.quote(clause.stem)) if clause.stem and span.start == clause.span.start else ""
    if text.endswith(":"):
        text = f"{text} {plain(_listed(subject, clause))}".rstrip()
    if clause.stem is None or not stem.endswith(":") or len(stem) > STEM:
        return text if text.endswith(CLOSED) or not leads(document, span) else f"{text} {GAP}"
    between = document.text[clause.stem.end : span.start]
    return f"{stem} {f'{GAP} ' if WORDS.search(between) else ''}{text}"


def _after_gap(document: Document, span: Span, text: str) -> str:
    """Return the words of a passage, after a gap where they are the rest of a paragraph."""
    is_cut = CUT.match(text) is not None and any(
        block.kind is BlockKind.PARAGRAPH and block.span.covers(span) for block in document.blocks
    )
    return f"{GAP} {text}" if is_cut else text


def _listed(subject: ReportSubject, clause: Clause) -> str:
    """Return the items of the list that a clause introduces, as far as they are shown."""
    clauses = subject.assessment.clauses
    at = subject.assessment.index.position(clause.id)
    return items(subject.assessment.document.text, clauses[at : at + MOST_ITEMS + 1])


def leads(document: Document, span: Span) -> bool:
    """Return whether an item of a list comes next behind some words, below them if they are an item themselves."""
    item = next((block for block in document.blocks if block.span.covers(span) and block.kind is BlockKind.ITEM), None)
    after = next((block for block in document.blocks if block.span.start >= span.end), None)
    return after is not None and after.kind is BlockKind.ITEM and (item is None or after.level > item.level)


def question_of(subject: ReportSubject, clause: str) -> str:
    """Return the question that a quoted passage answers: its heading, unless its place names it, or the item above."""
    answering, document = subject.at.clause(clause), subject.assessment.document
    asked = answering.headings[-1].removeprefix(answering.number).strip(" .") if answering.headings else ""
    named = MARKS.sub("", asked) in MARKS.sub("", place_name(answering, document).text)
    if asked.endswith("?") and not named:
        return clipped(asked, QUESTION)
    return clipped(plain(_item_above(document, answering.span)), QUESTION)


def _item_above(document: Document, span: Span) -> str:
    """Return the item below which an item of a list stands, if it asks a question; empty for all others."""
    at = next((at for at, block in enumerate(document.blocks) if block.span.covers(span)), 0)
    item = document.blocks[at]
    items = takewhile(lambda block: block.kind is BlockKind.ITEM, (item, *reversed(document.blocks[:at])))
    above = next((document.quote(block.span) for block in items if block.level < item.level), "")
    return above if above.rstrip().endswith("?") else ""


def lead(subject: ReportSubject) -> str:
    """Return what stands above quoted passages."""
    wording, passages = words().passages, subject.advice.salient
    guarded = any(wording.protects in remarks_on(subject, passage) for passage in passages)
    return " ".join([wording.one if len(passages) == 1 else wording.several, *[wording.guarded] * guarded])


def heading(subject: ReportSubject) -> str:
    """Return the heading of quoted passages, of one or of several."""
    return words().passages.single if len(subject.advice.salient) == 1 else words().passages.title


def unrated(subject: ReportSubject) -> str:
    """Return what to say first of a text without a finding to quote; empty for others, and where nothing was found."""
    facts, count = subject.facts, len(subject.advice.salient)
    has_quotes = subject.firm or subject.likely or mostly_unread(subject.assessment)
    if has_quotes or not (count or subject.concerns):
        return ""
    if not count:
        return facts.ended(f"{facts.extent} and {words().passages.none}")
    forms = words().passages
    wording = forms.doubted if subject.concerns else forms.reviewed if emptied(subject.assessment) else forms.alone
    return facts.ended(wording.format(extent=facts.extent, passages=spelled(count, "passage")))
