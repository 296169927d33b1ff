"""Editions of our own, made without a file, and a Word file with revision marks."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from impact.compare import Edition, Guard, Passage, Power
from impact.records import Level, Strength

TRIPLES = {"high": (5, 3, 3), "medium": (3, 3, 2), "low": (2, 2, 2)}


@dataclass
class Draft:
    """An edition under construction."""

    passages: list[Passage] = field(default_factory=list)

    def say(  # noqa: PLR0913 - one keyword a thing that a clause can be
        self, text, number="", *, heading="1 Scope", powers=(), guards=(), strength="must", kind="requirement"
    ):
        passage = Passage(
            id=f"c{len(self.passages)}",
            number=number,
            headings=(heading,),
            kind=kind,
            page=1,
            text=text,
            strength=Strength(strength),
            powers=tuple(power(*one, quote=text[:20]) for one in powers),
            guards=tuple(guard(*one, quote=text[:20]) for one in guards),
        )
        self.passages.append(passage)
        return self

    def edition(self, **changed):
        fields = {
            "title": "Harbor access framework",
            "number": "H-1",
            "revision": "",
            "date": "2026-01-01",
            "source": "harbor.md",
            "language": "en",
            "digest": "0" * 64,
            "view": "accepted",
            "versions": "v",
            "level": Level.NONE,
            "paged": False,
        }
        return Edition(**fields | {"passages": tuple(self.passages)} | changed)


def power(mechanism, level="medium", strength="must", *, doubtful=False, quote="some words"):
    return Power(mechanism, Level(level), TRIPLES[level], Strength(strength), doubtful, (quote,))


def guard(safeguard, strength="must", doubtful=False, quote="some words"):  # noqa: FBT002 (given in rows)
    return Guard(safeguard, Strength(strength), (quote,), doubtful)


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
