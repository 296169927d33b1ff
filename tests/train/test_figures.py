"""Calibration, curves, intervals, baselines and counts by document are what their names say."""

import pytest
from sklearn.metrics import average_precision_score

from impact.taxonomy import load
from impact.train.corpus.clauses import Labeled
from impact.train.evaluation.answers import DocumentAnswers, Grave
from impact.train.evaluation.baselines import _phrases, say_nothing, say_phrases
from impact.train.evaluation.bootstrap import intervals
from impact.train.evaluation.by_document import by_document
from impact.train.evaluation.calibration import calibrate, of_grades, of_labels
from impact.train.evaluation.curves import curves
from impact.train.evaluation.scores import LabelResult, by_group, compare

TAXONOMY = load()
NONE: frozenset[str] = frozenset()


def row(name: str, *proposes: str, text: str = "words", document: str = "d") -> Labeled:
    return Labeled(name, document, text, frozenset(proposes), NONE)


def told(
    said: dict[str, frozenset[str]],
    *,
    named: frozenset[str] = NONE,
    grave: tuple[Grave, ...] = (),
    doubtful: tuple[Grave, ...] = (),
) -> DocumentAnswers:
    return DocumentAnswers("d", "", said, {}, named, grave, doubtful, len(said))


def test_average_precision_takes_an_ungraded_clause_as_graded_nothing() -> None:
    rows = [row("1", "shut-off"), row("2"), row("3", "shut-off")]
    grades = {"1": {"shut-off": 0.9}, "2": {"shut-off": 0.4}}

    result = compare(rows, {row.id: NONE for row in rows}, TAXONOMY.labels, grades)

    expected = average_precision_score([1, 0, 1], [0.9, 0.4, 0.0])
    assert result.labels[0].average_precision == pytest.approx(expected)
    assert result.any_label.average_precision == pytest.approx(expected)


def test_more_hits_than_were_said_are_refused() -> None:
    with pytest.raises(ValueError, match="2 hits of 1 said"):
        LabelResult("shut-off", 2, 1, 3)


def test_calibration_error_is_the_mean_distance_of_the_bins_by_their_pairs() -> None:
    result = calibrate([(0.9, True), (0.9, True), (0.9, False), (1.0, True), (0.2, False)])

    assert [(interval.pairs, interval.low) for interval in result.bins] == [(1, 0.2), (4, 0.9)]
    assert result.error == pytest.approx((1 * 0.2 + 4 * abs(0.925 - 0.75)) / 5)


def test_calibration_over_grades_leaves_out_what_is_graded_next_to_nothing() -> None:
    rows = [row("1", "shut-off")]
    grades = {"1": {"shut-off": 0.5, "redress": 0.04}}

    assert of_grades(rows, grades).pairs == 1
    assert of_labels(rows, grades, {"1": frozenset({"redress"})}).bins[0].true == 0.0


def test_nothing_graded_has_no_calibration_error() -> None:
    assert calibrate([]).error == 0.0


def test_precision_at_a_recall_is_the_best_that_still_reaches_it() -> None:
    rows = [row("1", "shut-off"), row("2"), row("3", "shut-off"), row("4")]
    grades = {"1": {"shut-off": 0.9}, "2": {"shut-off": 0.8}, "3": {"shut-off": 0.7}}

    micro, anything = curves(rows, TAXONOMY.labels, grades)

    assert (micro.name, anything.name) == ("micro", "anything")
    assert dict(micro.at) == {0.8: pytest.approx(2 / 3), 0.9: pytest.approx(2 / 3)}


def test_there_is_no_curve_without_positives() -> None:
    assert curves([row("1")], TAXONOMY.labels, {}) == ()


def test_intervals_hold_the_figure_and_come_again_with_the_seed() -> None:
    rows = [row(str(n), "shut-off", document=f"d{n % 7}") for n in range(28)]
    said = {row.id: frozenset({"shut-off"}) if int(row.id) % 3 else NONE for row in rows}

    first, again, other = (intervals(rows, said, TAXONOMY.labels, seed, 200) for seed in (1, 1, 2))

    figure = compare(rows, said, TAXONOMY.labels).micro.f1
    assert first == again != other
    assert first[0].low <= figure <= first[0].high
    assert [each.figure for each in first] == ["micro_f1", "macro_f1_frequent", "anything_precision", "anything_recall"]


def test_one_document_gives_intervals_without_width() -> None:
    rows = [row("1", "shut-off"), row("2", "shut-off")]

    found = intervals(rows, {"1": frozenset({"shut-off"}), "2": NONE}, TAXONOMY.labels, 0, 50)

    assert (found[0].low, found[0].high) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert (found[1].low, found[1].high) == (0.0, 0.0)


def test_cue_phrases_match_word_for_word_without_signs_and_case() -> None:
    rows = [row("1", text="A KILL-SWITCH is there."), row("2", text="To overkill switches.")]

    assert say_phrases(rows) == {"1": frozenset({"shut-off"}), "2": NONE}
    assert set(say_nothing(rows).values()) == {NONE}


def test_bodies_are_counted_apart_and_the_unknown_are_others() -> None:
    rows = [row("1", "shut-off", document="a"), row("2", document="a"), row("3", "redress", document="b")]
    said = {"1": frozenset({"shut-off"}), "2": NONE, "3": NONE}

    found = by_group(rows, said, {"a": "ITU-T", "b": ""})

    assert [(each.label, each.hits, each.true) for each in found] == [("ITU-T", 1, 1), ("other", 0, 1)]


def test_mechanisms_that_readers_find_often_are_looked_for_in_clauses_and_in_the_document() -> None:
    rows = [row("1", "shut-off", "redress"), row("2", "shut-off", "redress"), row("3", "exclusion", "lawful-access")]
    rows += [row("4", "lawful-access")]
    said = {"1": frozenset({"shut-off"}), "2": NONE, "3": NONE, "4": NONE}

    found = by_document(rows, [told(said, named=frozenset({"lawful-access"}))], TAXONOMY.mechanisms)

    assert (found.often, found.named_in_clauses, found.named_anywhere) == (2, 1, 2)


def test_the_gravest_are_judged_where_readers_have_read() -> None:
    rows = [row("1", "shut-off")]
    grave = (*(Grave("exclusion", ()) for _ in range(4)), Grave("shut-off", ("1",)), Grave("exclusion", ("1",)))

    found = by_document(rows, [told({"1": NONE}, grave=grave)], TAXONOMY.mechanisms)

    assert (found.grave, found.grave_right) == (2, 1)
    assert (found.top, found.top_right) == (1, 1)


def test_all_firm_findings_are_judged_where_readers_have_read() -> None:
    rows = [row("1", "shut-off"), *(row(str(number)) for number in range(2, 9))]
    grave = (Grave("exclusion", ()), *(Grave("shut-off", (str(number),)) for number in range(1, 9)))

    found = by_document(rows, [told({"1": NONE}, grave=grave)], TAXONOMY.mechanisms)

    assert (found.firm, found.firm_right) == (8, 1)


def test_findings_left_to_a_reader_are_judged_apart_where_readers_have_read() -> None:
    rows = [row("1", "shut-off")]
    doubtful = (Grave("exclusion", ()), Grave("shut-off", ("1",)), Grave("exclusion", ("1",)))

    found = by_document(rows, [told({"1": NONE}, doubtful=doubtful)], TAXONOMY.mechanisms)

    assert (found.doubtful, found.doubtful_right) == (2, 1)
    assert (found.grave, found.top) == (0, 0)


def test_there_are_cue_phrases_for_every_label_and_no_other() -> None:
    assert set(_phrases()) == set(TAXONOMY.labels)
