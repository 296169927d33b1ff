"""The tracked changes of a Word file are named as the differences of two files are."""

import json
from difflib import SequenceMatcher
from itertools import count

import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from impact.cli import main

EDITS = [
    ("polarity", "The pilot may not read the log of passengers.", "The pilot may read the log of passengers."),
    ("modality", "The harbor office shall publish the tariff.", "The harbor office may publish the tariff."),
    ("actor", "The fee is fixed by a judge.", "The fee is fixed by the ferry company."),
    ("object", "The gate records the number of ships.", "The gate records the number of ships and the crew."),
    ("condition", "The crate may be opened if its owner agrees.", "The crate may be opened."),
    ("period", "The list of guests is erased after 30 days.", "The list of guests is erased after 24 months."),
    ("number", "At least four lamps are lit on the quay.", "At least six lamps are lit on the quay."),
    ("editorial", "The crane acknowleges each order.", "The crane acknowledges each order."),
    ("rewording", "The crane shall lift the mast.", "The mast shall be lifted by the crane."),
    ("protection_removed", "A passenger may complain to a court about a search.", ""),
    ("burden_added", "", "Each passenger shall show a passport at the gate."),
]
_IDS = count(1)


def tracked(parent, kind):
    mark = OxmlElement(f"w:{kind}")
    for name, value in (("id", str(next(_IDS))), ("author", "A. Nother"), ("date", "2026-01-01T00:00:00Z")):
        mark.set(qn(f"w:{name}"), value)
    parent.append(mark)
    return mark


def run(parent, words, tag="w:t"):
    element, text = OxmlElement("w:r"), OxmlElement(tag)
    text.text = words
    text.set(qn("xml:space"), "preserve")
    element.append(text)
    parent.append(element)


def edit(paragraph, old, new):
    before, after = old.split(" "), new.split(" ")
    for operation, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = " ".join(before[start:end]), " ".join(after[first:last])
        if operation == "equal":
            run(paragraph, f"{gone} ")
            continue
        if gone:
            run(tracked(paragraph, "del"), f"{gone} ", "w:delText")
        if come:
            run(tracked(paragraph, "ins"), f"{come} ")


@pytest.fixture(scope="module")
def changes(tmp_path_factory):
    document, folder = Document(), tmp_path_factory.mktemp("marks")
    document.add_heading("Harbor access framework", 0)
    document.add_paragraph("This document describes how the harbor admits ships.")
    for _, old, new in EDITS:
        paragraph = document.add_paragraph()
        edit(paragraph._p, old, new)
        if not old or not new:
            properties = paragraph._p.get_or_add_pPr()
            mark = OxmlElement("w:rPr")
            properties.append(mark)
            tracked(mark, "del" if old else "ins")
    document.save(folder / "marked.docx")
    result = CliRunner().invoke(main, ["compare", str(folder / "marked.docx"), "--out", str(folder / "out")])
    assert result.exit_code == 0, result.output
    return json.loads((folder / "out" / "comparison.json").read_text(encoding="utf-8"))["changes"]


@pytest.mark.parametrize(("kind", "old", "new"), EDITS)
def test_a_tracked_change_is_named_by_its_kind(changes, kind, old, new):
    [change] = [
        change
        for change in changes
        if [clause["text"] for clause in change["old"]] == [old] * bool(old)
        and [clause["text"] for clause in change["new"]] == [new] * bool(new)
    ]

    assert change["edits"][0]["kind"] == kind


def test_only_the_clauses_with_tracked_changes_are_reported(changes):
    assert len(changes) == len(EDITS)
