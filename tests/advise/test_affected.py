"""Groups of people whom a text names where it proposes a power."""

import pytest

from impact.advise.affected import affected_by, groups
from impact.advise.context import Context
from impact.records import Reach, Span
from impact.taxonomy import load

LOG = {"logging-retention": "shall be logged"}


def said(name, words):
    group = next(group for group in groups() if group.id == name)
    return [words[span.start : span.end] for span in group.named_in(words, Span(0, len(words)))]


def test_group_named_in_the_clause_of_a_finding_is_cited_with_its_words(sheet):
    clause = sheet.say("Each visit of a patient shall be logged.", "4.1", proposes=LOG)

    (group,) = affected_by(Context(sheet.assessed(), load()))

    assert group.group == "patients"
    assert [(cite.clause, [sheet.text[s.start : s.end] for s in cite.evidence]) for cite in group.cites] == [
        (clause.id, ["patient"])
    ]
    assert group.findings == ((f"{clause.id}:logging-retention", Reach.CLAUSE),)


def test_group_named_in_heading_or_title_alone_reaches_the_finding_without_a_quote(sheet):
    sheet.say("Each visit shall be logged.", "4.1", ("4 School children",), proposes=LOG)

    found = affected_by(Context(sheet.assessed(title="Requirements for remote patients"), load()))

    assert [(one.group, one.findings[0][1], one.cites) for one in found] == [
        ("children", Reach.HEADING, ()),
        ("patients", Reach.TITLE, ()),
    ]


def test_group_named_only_where_nothing_is_proposed_is_left_out(sheet):
    sheet.say(
        "Journalists have been identified by such records.", "2", kind="statement", context=("logging-retention",)
    )
    sheet.say("Each visit shall be logged.", "4.1", proposes=LOG)

    assert affected_by(Context(sheet.assessed(), load())) == ()


def test_groups_of_the_clause_stand_before_those_of_the_title(sheet):
    sheet.say("Each visit of a refugee shall be logged.", "4.1", proposes=LOG)
    sheet.say("Each call shall be logged.", "4.2", proposes=LOG)

    found = affected_by(Context(sheet.assessed(title="Health records and patients"), load()))

    assert [one.group for one in found] == ["migrants", "patients"]


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("children", "All children of the node are visited, and the DOM children are kept."),
        ("users", "The user plane carries data; the device driver and a placeholder remain."),
        ("voters", "Leader election uses a timer."),
        ("patients", "Implementers should be patient."),
        ("workers", "A worker thread reads the queue."),
        ("minorities", "A minority of routers drops the packet."),
    ],
)
def test_words_that_mean_nothing_human_are_no_group(group, words):
    assert said(group, words) == []


@pytest.mark.parametrize(
    ("group", "words", "expected"),
    [
        ("children", "Accounts of children's tablets", ["children's"]),
        ("users", "The end\nuser and the subscriber", ["end\nuser", "subscriber"]),
        ("disability", "users with hearing impairments", ["users with hearing impairments"]),
        ("journalists", "Whistleblowers and journalists", ["Whistleblowers", "journalists"]),
    ],
)
def test_words_for_a_group_are_found_as_they_stand(group, words, expected):
    assert said(group, words) == expected


def test_every_group_has_a_name_and_a_source():
    assert len({group.id for group in groups()}) == len(groups()) >= 8
    assert all(group.name and group.source for group in groups())


@pytest.mark.parametrize(
    ("group", "words", "found"),
    [
        ("children", "parent-child relationships", ["parent-child relationships"]),
        ("children", "A legal guardian applies.", ["legal guardian"]),
        ("children", "The parent-child relationship of two nodes is kept.", []),
        ("disability", "People with diminished legal capacity apply.", ["diminished legal capacity"]),
    ],
)
def test_people_for_whom_others_act_are_named(group, words, found):
    assert said(group, words) == found
