"""Editions of our own, made without a file, and a Word file with revision marks."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from impact.records import ClauseKind, Level, Page, Severity, Silence, Span, Strength
from impact.records.report import (
    Extraction,
    Quotation,
    Report,
    ReportClause,
    ReportDocument,
    ReportFinding,
    ReportProvenance,
    ReportSafeguard,
)

TRIPLES = {"high": (5, 3, 3), "medium": (3, 3, 2), "low": (2, 2, 2)}


BLANK = ReportDocument(
    id="0" * 64,
    source="harbor.md",
    format="markdown",
    title="Harbor access framework",
    number="H-1",
    body="",
    group="",
    question="",
    source_organizations=(),
    date="2026-01-01",
    revision="",
    language="en",
    pages=1,
    paged=False,
    words=0,
)


@dataclass
class Draft:
    """An edition under construction."""

    clauses: list[ReportClause] = field(default_factory=list)

    def say(  # noqa: PLR0913 - one keyword a thing that a clause can be
        self, text, number="", *, heading="1 Scope", findings=(), safeguards=(), strength="must", kind="requirement"
    ):
        written = clause(
            text,
            f"c{len(self.clauses)}",
            number=number,
            headings=(heading,),
            kind=ClauseKind(kind),
            strength=Strength(strength),
            findings=tuple(finding(*fields, quote=text[:20]) for fields in findings),
            safeguards=tuple(safeguard(*fields, quote=text[:20]) for fields in safeguards),
        )
        self.clauses.append(written)
        return self

    def edition(self, *, options=(), silences=(), **document):
        """Return the report of what was said, with fields of its document changed."""
        return Report(
            document=replace(BLANK, **document),
            extraction=Extraction(engine="markdown", pages=(Page(1),), warnings=()),
            clauses=tuple(self.clauses),
            compounds=(),
            silences=tuple(Silence(*pair) for pair in silences),
            rights=(),
            level=Level.NONE,
            provenance=ReportProvenance(
                tool="1", taxonomy="t", matrix="m", models=(), options=options, made_at="2026-01-01T00:00:00Z"
            ),
        )


def clause(text, name="c0", **fields):
    empty = {"number": "", "headings": (), "kind": ClauseKind.NOTE, "page": 1, "boxes": (), "span": Span(0, len(text))}
    empty |= {"strength": Strength.DESCRIPTIVE, "assessed": True, "findings": (), "safeguards": (), "context": ()}
    return ReportClause(id=name, text=text, **empty | fields)


def finding(mechanism, level="medium", strength="must", *, doubtful=False, quote="some words"):
    return ReportFinding(
        id=mechanism,
        mechanism=mechanism,
        confidence=0.9,
        doubtful=doubtful,
        by=("cues",),
        strength=Strength(strength),
        evidence=(Quotation(quote=quote, span=Span(0, len(quote)), boxes=()),),
        rights=(),
        severity=Severity(*TRIPLES[level], Level(level), "because"),
        safeguards=(),
        change=None,
    )


def safeguard(name, strength="must", doubtful=False, quote="some words"):  # noqa: FBT002 (given in rows)
    evidence = (Quotation(quote=quote, span=Span(0, len(quote)), boxes=()),)
    return ReportSafeguard(
        safeguard=name, confidence=0.9, doubtful=doubtful, strength=Strength(strength), evidence=evidence
    )


def edition_of(*texts):
    draft = Draft()
    for text in texts:
        draft.say(text)
    return draft.edition()


@pytest.fixture
def draft():
    return Draft


@pytest.fixture
def edition():
    return edition_of


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """Return a Word file in which "may" becomes "shall" and a time limit goes, both as revision marks."""
    document = Document()
    document.add_heading("Harbor access framework", 0)
    document.add_paragraph("This document describes how the harbor network admits subscribers.")
    gateway = document.add_paragraph("The gateway ")._p
    gateway.extend([_mark("del", "may"), _mark("ins", "shall"), _run(" record the position of each subscriber.")])
    operator = document.add_paragraph("The operator shall delete the log of connections of each subscriber")._p
    operator.extend([_mark("del", " within 30 days"), _run(".")])
    path = tmp_path / "marked.docx"
    document.save(path)
    return path


def _run(text, tag="w:t"):
    run, words = OxmlElement("w:r"), OxmlElement(tag)
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    return run


def _mark(kind, text):
    mark = OxmlElement(f"w:{kind}")
    mark.set(qn("w:id"), str(len(text)))
    mark.set(qn("w:author"), "A. Nother")
    mark.set(qn("w:date"), "2026-01-01T00:00:00Z")
    mark.append(_run(text, "w:delText" if kind == "del" else "w:t"))
    return mark
