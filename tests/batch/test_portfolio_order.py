"""The reading list: which document stands above which, whatever order they come in, and the reason in words."""

from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.batch.portfolio.order import counts_of, in_order, natural, steps, wording
from impact.batch.portfolio.reasons import brief_of, reasons_of, sentence
from impact.batch.portfolio.summary import MechanismSummary
from impact.records import Grade, Level
from impact.records.report_json import from_json

MADE = SimpleNamespace(**run_path(str(Path(__file__).with_name("made_reports.py"))))
MECHANISMS = tuple(MADE.TAXONOMY.mechanisms)
HIGH = ("shut-off", "high")
DOUBT = (*HIGH, "doubtful")


def first_of(one, other):
    return in_order([MADE.summary("b.txt", **one), MADE.summary("a.txt", **other)])[0].record.name


@pytest.mark.parametrize(
    ("above", "below"),
    [
        pytest.param(
            {"found": [HIGH]}, {"found": [(name, "medium") for name in MECHANISMS]}, id="one high before many medium"
        ),
        pytest.param(
            {"found": [HIGH, ("lawful-access", "high")]},
            {"found": [HIGH] * 300},
            id="two kinds before one found three hundred times",
        ),
        pytest.param(
            {"found": [HIGH, ("lawful-access", "high"), ("traffic-inspection", "high")]},
            {"found": [HIGH], "words": 150_000},
            id="a short text with three before a long one with one",
        ),
        pytest.param(
            {"found": [HIGH], "pairs": [("one-switch", "high")]},
            {"found": [HIGH, ("logging-retention", "medium")]},
            id="a pair before further medium ones",
        ),
        pytest.param(
            {"found": [HIGH, ("logging-retention", "medium")]},
            {"found": [HIGH, ("logging-retention", "low")]},
            id="the next level decides between equals",
        ),
        pytest.param(
            {"found": [("logging-retention", "medium")]}, {"found": [DOUBT]}, id="firm medium before doubtful high"
        ),
        pytest.param({"found": [DOUBT]}, {"found": [("exclusion", "low")]}, id="doubtful high before firm low"),
        pytest.param(
            {"found": [("exclusion", "low")]},
            {"found": [("exclusion", "medium", "doubtful")]},
            id="low before doubtful",
        ),
        pytest.param(
            {"found": [("exclusion", "low", "doubtful")]},
            {"talked": ["shut-off", "lawful-access"]},
            id="proposed before talked about",
        ),
        pytest.param({"talked": ["content-blocking"]}, {}, id="talked about before nothing"),
        pytest.param({}, {"found": [], "language": "ru"}, id="nothing found before not assessed"),
    ],
)
def test_one_document_stands_above_another(above, below):
    assert first_of(above, below) == "b.txt"


def test_equal_documents_stand_by_number_then_by_name():
    summaries = [
        MADE.summary("z.txt"),
        MADE.summary("a10.txt"),
        MADE.summary("a9.txt"),
        MADE.summary("c.txt", number="C-10"),
        MADE.summary("d.txt", number="C-9"),
    ]

    ordered = [summary.record.name for summary in in_order(summaries)]

    assert ordered == ["d.txt", "c.txt", "a9.txt", "a10.txt", "z.txt"]


FOUND = st.tuples(st.sampled_from(MECHANISMS[:6]), st.sampled_from(["high", "medium", "low"])) | st.tuples(
    st.sampled_from(MECHANISMS[:6]), st.sampled_from(["high", "medium", "low"]), st.just("doubtful")
)
FIELDS = st.fixed_dictionaries(
    {
        "found": st.lists(FOUND, max_size=5),
        "pairs": st.sampled_from([(), (("one-switch", "high"),), (("named-and-cut-off", "medium"),)]),
        "talked": st.lists(st.sampled_from(MECHANISMS), max_size=3),
        "number": st.sampled_from(["", "C-1", "C-2", "C-10", "Ⅻ²", "9" * 120]),
        "language": st.sampled_from(["en", "en", "ru"]),
    }
)


@given(st.lists(FIELDS, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_given(fields, chance):
    summaries = [MADE.summary(f"{place}.txt", **one) for place, one in enumerate(fields)]
    shuffled = summaries.copy()
    chance.shuffle(shuffled)

    assert in_order(shuffled) == in_order(summaries)


@given(st.lists(FIELDS, min_size=2, max_size=8))
def test_the_counts_never_fall_from_a_place_to_the_next(fields):
    ordered = in_order(MADE.summary(f"{place}.txt", **one) for place, one in enumerate(fields))

    keys = [counts_of(summary) for summary in ordered]

    assert keys == sorted(keys)


@given(FIELDS.filter(lambda one: one["found"]), st.integers(2, 40))
def test_finding_the_same_again_changes_no_place(fields, times):
    again = fields | {"found": fields["found"] * times, "words": 100 * times}

    assert counts_of(MADE.summary("a.txt", **again)) == counts_of(MADE.summary("a.txt", **fields))


@given(st.text(max_size=500), st.text(max_size=500))
def test_natural_keys_are_equal_for_equal_texts_only(one, other):
    assert (natural(one) == natural(other)) == (one == other)
    assert (natural(one) < natural(other)) != (natural(other) <= natural(one))


def test_a_reason_says_what_each_step_counted():
    found = [
        ("shut-off", "high"),
        ("traffic-inspection", "high"),
        ("logging-retention", "medium"),
        ("lawful-access", "high", "doubtful"),
    ]
    summary = MADE.summary("a.txt", found, pairs=[("read-and-blocked", "high")], talked=["content-blocking"])

    assert reasons_of(summary, MADE.TAXONOMY) == (
        "2 high powers: shut-off, traffic inspection",
        "1 pair of powers that aggravate each other (high): inspection could determine what is blocked",
        "1 medium power: record-keeping and retention",
        "1 power to review: lawful interception",
        "1 power discussed but not proposed: blocking",
    )
    assert brief_of(summary, MADE.TAXONOMY) == (
        "2 high powers: shut-off, traffic inspection; high pairs: 1; 1 medium; 1 to review; 1 discussed."
    )


def test_a_reason_says_no_level_of_what_is_for_a_reader_to_decide_and_counts_it_once():
    found = [("shut-off", "high", "doubtful"), ("lawful-access", "low", "doubtful")]

    summary = MADE.summary("a.txt", found)

    assert summary.grade is Grade.DECIDE
    assert reasons_of(summary, MADE.TAXONOMY) == ("2 powers to review: shut-off, lawful interception",)


def test_a_pair_that_doubtful_findings_raise_counts_for_no_level():
    found = [("traffic-inspection", "medium"), ("content-blocking", "medium", "doubtful")]

    summary = MADE.summary("a.txt", found, pairs=[("read-and-blocked", "high")])

    assert summary.grade is Grade.MEDIUM
    assert not any("pair" in reason for reason in reasons_of(summary, MADE.TAXONOMY))


def test_a_document_of_doubtful_findings_alone_stands_behind_firm_ones_of_the_level_below():
    doubted = MADE.summary("a.txt", [("shut-off", "high", "doubtful")])
    firm = MADE.summary("b.txt", [("logging-retention", "medium")])

    assert in_order([doubted, firm]) == [firm, doubted]


def test_a_reason_counts_what_it_does_not_name():
    summary = MADE.summary("a.txt", [(name, "high") for name in MECHANISMS[:8]])

    assert reasons_of(summary, MADE.TAXONOMY)[0].endswith(" and 3 more")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "No clause was flagged; 1 clause was read."),
        (
            {"talked": ["shut-off"]},
            "No clause was flagged; 1 clause was read; 1 power discussed but not proposed: shut-off.",
        ),
        (
            {"language": "ru"},
            "Not assessed, because the document is in Russian; the absence of findings means nothing.",
        ),
        ({"clauses": []}, "No clause could be assessed; the absence of findings means nothing."),
    ],
)
def test_a_document_without_findings_is_never_said_to_be_cleared(fields, said):
    summary = MADE.summary("a.txt", **fields)

    assert sentence(reasons_of(summary, MADE.TAXONOMY)) == said


def test_every_mechanism_has_a_short_name_without_a_comma():
    short = wording().short

    assert set(short) == set(MECHANISMS)
    assert not any("," in name for name in short.values())


def test_the_steps_cover_every_level_firm_paired_and_doubtful():
    covered = {(step.count, step.level) for step in steps()}

    assert covered == {
        *((count, level) for count in ("firm", "pairs", "doubtful") for level in Level if level is not Level.NONE),
        ("talked", Level.NONE),
    }


def test_a_power_counts_once_at_its_firm_level_and_once_more_if_graver_in_doubt():
    summary = MADE.summary("a.txt", [("shut-off", "medium"), ("shut-off", "high", "doubtful"), ("shut-off", "low")])

    assert summary.powers == (MechanismSummary("shut-off", Level.MEDIUM, Level.HIGH, clauses=2, doubts=1),)


def test_a_level_that_a_doubtful_safeguard_would_lower_counts_as_doubtful():
    report = MADE.report([("identity-binding", "high")])
    report["clauses"][0]["findings"][0]["severity"]["firm_level"] = "medium"

    summary = MADE.summary_of(MADE.record("a.txt"), from_json(report), MADE.TAXONOMY.mechanisms)

    assert summary.powers == (MechanismSummary("identity-binding", Level.MEDIUM, Level.HIGH, clauses=1, doubts=0),)


@pytest.mark.parametrize(
    "fields", [("shut-off", Level.NONE, Level.NONE, 0, 0), ("shut-off", Level.HIGH, Level.NONE, 0, 1)]
)
def test_a_power_that_nothing_was_found_of_is_refused(fields):
    with pytest.raises(ValueError, match="shut-off"):
        MechanismSummary(*fields)
