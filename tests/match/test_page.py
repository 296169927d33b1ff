"""What a person is shown of a match."""

import json
import re
from dataclasses import replace

import pytest

from impact.match.candidates import Candidate, ProvisionPair
from impact.match.result import Result, to_html, to_json, to_lines
from impact.match.signals import Signals
from impact.match.sketch import SketchProvision
from tests.made.sketches import bare_sketch

HOSTILE = '<script>alert("x")</script>\x1b[31m\u202eend'


@pytest.fixture
def result() -> Result:
    sketch = bare_sketch(name=HOSTILE, title=HOSTILE, number=HOSTILE)
    pair = ProvisionPair(SketchProvision("4.2", HOSTILE), SketchProvision("", HOSTILE), "same wording")
    words = ("very likely a re-issue", "Most provisions match.")
    named, signals = (HOSTILE,) * 4, Signals(0, 0.1, 0.6)
    one = Candidate(*named, *words, revision=False, chance=0.98, pairs=(pair,), paired=12, fewer=20, signals=signals)
    return Result(sketch, (one,), 7, "", (HOSTILE,))


@pytest.fixture
def unmatched(result: Result) -> Result:
    near = replace(result.candidates[0], strength="slightly similar", meaning="This document is not a match.")
    return replace(result, candidates=(), nearest=(near,))


def test_the_nearest_documents_are_shown_without_being_called_matches(unmatched: Result) -> None:
    lines, page = to_lines(unmatched), to_html(unmatched)
    values = json.loads(to_json(unmatched))

    assert "resembles this proposal closely" in lines[0]
    assert lines[1] == "  Nearest documents that are not matches:"
    assert lines[2].startswith("  slightly similar  ")
    assert "Nearest documents that are not matches</caption>" in page
    assert page.count("This document is not a match.") == 1
    assert (values["candidates"], values["nearest"][0]["strength"]) == ([], "slightly similar")


def test_everything_from_a_file_is_escaped(result: Result) -> None:
    page = to_html(result)

    assert "<script" not in page
    assert "\x1b" not in page
    assert "&lt;script&gt;" in page


def test_the_page_stands_alone_and_has_what_a_screen_reader_needs(result: Result) -> None:
    page = to_html(result)

    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert page.count("<caption") == page.count("<table") == 2
    assert '<html lang="en">' in page
    assert "<main" in page
    assert len(re.findall(r"<th(?! scope)[ >]", page)) == 0


def test_no_score_is_shown(result: Result) -> None:
    assert "0.98" not in to_html(result) + to_json(result) + "".join(to_lines(result))


def test_json_says_the_strength_in_words_with_clauses_side_by_side(result: Result) -> None:
    said = json.loads(to_json(result))

    assert said["schema"] == "impact-match/1"
    assert said["candidates"][0]["strength"] == "very likely a re-issue"
    assert said["candidates"][0]["pairs"][0]["old"]["number"] == "4.2"


def test_lines_for_a_terminal_cannot_steer_it(result: Result) -> None:
    assert all(line.isprintable() for line in to_lines(result))


def test_the_same_result_gives_the_same_bytes(result: Result) -> None:
    assert (to_html(result), to_json(result)) == (to_html(result), to_json(result))
