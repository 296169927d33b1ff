"""What the heads see of a clause: its words, its setting and its cues."""

import numpy as np
import pytest

from impact.classify.cues import Signal
from impact.classify.features import LONGEST, View, setting, views
from impact.records import Block, Clause, ClauseKind, Document, Page, Proposal, Span
from impact.taxonomy import load

MECHANISMS = frozenset(load().mechanisms)
SHUT = "The network shall shut off\n   any subscriber who has not paid."


def made(
    *texts: str, kinds: tuple[ClauseKind, ...] = (), title: str = "Lanterns", headings: tuple[str, ...] = ()
) -> tuple[Proposal, list[Clause]]:
    text, clauses = "", []
    for number, piece in enumerate(texts):
        span = Span(len(text), len(text) + len(piece))
        text += piece + "\n\n"
        kind = kinds[number] if kinds else ClauseKind.REQUIREMENT
        clauses.append(Clause(f"p{number}", "", headings, kind, 1, span, sentences=(span,)))
    blocks = tuple(Block(clause.span) for clause in clauses)
    return Proposal(Document("0" * 64, "made.txt", "text", "none", text, blocks, (Page(1),)), title=title), clauses


def test_a_view_has_the_words_of_its_clause_with_single_blanks() -> None:
    proposal, clauses = made(SHUT)

    (view,) = views(proposal, clauses, MECHANISMS)

    assert view.text == "The network shall shut off any subscriber who has not paid."


def test_clauses_that_are_not_assessed_or_blank_are_left_out_and_the_others_keep_their_place() -> None:
    kinds = (ClauseKind.HEADING, ClauseKind.STATEMENT, ClauseKind.REFERENCE, ClauseKind.STATEMENT, ClauseKind.NOTE)
    proposal, clauses = made("1 Scope", "Lamps burn.", "[1] Lamps", " \n ", "Oil is dear.", kinds=kinds)

    assert [(view.number, view.text) for view in views(proposal, clauses, MECHANISMS)] == [
        (1, "Lamps burn."),
        (4, "Oil is dear."),
    ]


def test_a_view_holds_what_the_cues_say_of_its_clause_alone() -> None:
    proposal, clauses = made(SHUT, "The lamp is green.")

    shut, lamp = views(proposal, clauses, MECHANISMS)

    assert shut.cues["shut-off"].proposes > 0
    assert lamp.cues == {}


def test_the_setting_is_the_title_and_the_two_innermost_headings() -> None:
    proposal, (clause,) = made(SHUT, title="On\n lanterns", headings=("1 Scope", "1.2 Boats", "1.2.3  Berths"))

    assert setting(proposal, clause) == "On lanterns. 1.2 Boats > 1.2.3 Berths"


def test_a_long_setting_is_cut() -> None:
    proposal, (clause,) = made(SHUT, title="x" * 1000, headings=("1 Scope",))

    assert setting(proposal, clause) == "x" * LONGEST


def test_the_confidence_of_the_cues_in_proposing_comes_by_label() -> None:
    view = View(0, "words", "", {"redress": Signal(0.25, 0.75, (), ()), "encryption": Signal(0.5, 0.5, (), ())})

    found = view.confidence(["encryption", "shut-off", "redress"])

    assert found.dtype == np.float32
    assert found.tolist() == [0.5, 0.0, 0.25]


@pytest.mark.parametrize(("number", "text"), [(0, ""), (-1, "words")])
def test_a_view_without_words_or_place_is_refused(number: int, text: str) -> None:
    with pytest.raises(ValueError, match="has no text"):
        View(number, text, "", {})


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("flowchart TD\n  A[Reuse Know Your Customer] --> B[Trying out a new service]", False),
        ("base-face = thumbs-up / thumbs-down /\n   frowning-face", False),
        ("lamp = { oil: 3, keeper: face }", False),
        ('leaf lamp {\n  description\n    "The keeper shuts off the lamp\n     of a subscriber.";\n}', True),
        ("# The keeper shuts off\n# the lamp of a subscriber.\nlamp.off()", True),
    ],
)
def test_code_is_read_where_it_has_running_words(code: str, read: bool) -> None:  # noqa: FBT001 - a case
    proposal, clauses = made(code, kinds=(ClauseKind.CODE,))

    assert bool(views(proposal, clauses, MECHANISMS)) is read
