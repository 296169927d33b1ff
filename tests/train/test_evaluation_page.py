"""The page of an evaluation stands alone, and each plot has its table."""

from xml.etree import ElementTree as ET

import pytest

from impact.pipeline import prepare
from impact.taxonomy import load
from impact.train.corpus.clauses import Labeled
from impact.train.evaluation.alarms import Alarms
from impact.train.evaluation.calibration import calibrate
from impact.train.evaluation.curves import Curve
from impact.train.evaluation.evaluate import Documents, Evaluation, evaluate
from impact.train.evaluation.page import render
from impact.train.evaluation.plots import SIDE, bars, lines, reliability
from impact.train.evaluation.scores import LabelResult
from impact.train.evaluation.swap import Changed, Swapped
from impact.train.evaluation.text import text
from impact.train.grading import Asker

TAXONOMY = load()
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def result() -> Evaluation:
    words = "The network shall shut off the subscriber from all services."
    rows = [
        Labeled("1", "a<b>", words, frozenset({"shut-off"}), frozenset()),
        Labeled("2", "c", "The lamp is green.", frozenset(), frozenset()),
    ]
    return evaluate(rows, Asker(TAXONOMY, ("cues",)), Documents(prepare))


def test_the_page_fetches_nothing_and_runs_nothing(result: Evaluation) -> None:
    page = render(result)

    assert "default-src 'none'" in page
    assert not any(word in page for word in ("<script", "src=", "url(", "http://", "https://", "@import"))


def test_each_plot_has_title_description_and_a_table_of_its_values(result: Evaluation) -> None:
    page = render(result)

    assert page.count("<svg") == page.count('role="img"') == page.count("<desc") == 3
    for name in ("labels", "curves", "calibration"):
        section = page.split(f'<section id="{name}">')[1].split("</section>")[0]
        assert section.count("<svg") == 1
        assert f'<caption id="{name}-caption">' in section


def test_plots_are_well_formed(result: Evaluation) -> None:
    page = render(result)

    for piece in page.split("<svg")[1:]:
        ET.fromstring("<svg" + piece.split("</svg>")[0] + "</svg>")  # noqa: S314 (our own page)


def test_the_page_tells_alarms_and_names_only_where_asked(result: Evaluation) -> None:
    alarms = Alarms(2, 300, 3, (("shut-off", 3),))
    swapped = Swapped(5, (Changed("1", frozenset({"shut-off"}), frozenset()),), 7)

    bare, full = render(result), render(result, alarms, swapped)

    assert "False alarms" not in bare
    assert "Robustness to names" not in bare
    assert "1.00 per 100 clauses" in full
    assert "1 of 5 clauses" in full


def test_the_terminal_tells_every_figure(result: Evaluation) -> None:
    told = text(result, Alarms(2, 300, 3, ()), Swapped(5, (), 7))

    for words in (
        "2 clauses of 2 documents, by cues",
        "micro",
        "anything",
        "95 % intervals over documents (seed 0)",
        "always none",
        "at 80 % recall",
        "calibration error",
        "by document:",
        "gravest:",
        "firm: of ",
        "1.00 per 100 clauses",
        "0 of 5 clauses with a name changed a label",
    ):
        assert words in told


def test_dots_lie_at_grade_and_truth_with_the_origin_below_left() -> None:
    (dot,) = reliability(calibrate([(0.5, True), (0.5, False), (0.5, False), (0.5, False)]))

    assert (dot.x, dot.y) == (SIDE * 0.5, SIDE * 0.75)


def test_curves_are_drawn_as_steps() -> None:
    (line,) = lines([Curve("micro", ((1.0, 0.5), (0.5, 1.0)), ())])

    assert line.points == "300.0,150.0 150.0,150.0 150.0,0.0"


def test_bars_begin_with_the_most_frequent_label() -> None:
    rare, frequent = LabelResult("a", 1, 1, 1), LabelResult("b", 1, 2, 4)

    assert [bar.result.label for bar in bars([rare, frequent])] == ["b", "a"]
