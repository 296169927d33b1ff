"""What an attacker does is no proposal; a threat that a text names and does not meet is said as such."""

import pytest

from impact.advise import advise
from impact.records import Bearing
from impact.taxonomy import load

HEADINGS = ("4 Threats",)


def points(sheet):
    advice = advise(sheet.assessed(), load())
    return {point.topic: point for answer in advice.guidelines for point in answer.points}


def test_act_of_an_attacker_is_never_asked_about_amended_or_called_weak(sheet):
    sheet.say(
        "An attacker may delete the logs after a day.",
        "1",
        HEADINGS,
        strength="may",
        proposes={"retention-limits": "delete"},
    )
    sheet.say(
        "A malicious node may track the position of each rider.",
        "2",
        HEADINGS,
        strength="may",
        proposes={"location-tracking": "track the position"},
    )

    advice = advise(sheet.assessed(), load())

    assert (advice.questions, advice.amendments, advice.open_terms, advice.gaps) == ((), (), (), ())
    topics = {point.topic for answer in advice.guidelines for point in answer.points}
    assert {"retention-limits", "location-tracking"}.isdisjoint(topics)


def test_power_of_a_proposal_beside_that_of_an_attacker_stays(sheet):
    sheet.say(
        "The operator may track the position of each rider.",
        "1",
        HEADINGS,
        strength="may",
        proposes={"location-tracking": "track the position"},
    )
    sheet.say("An attacker may read the list.", "2", HEADINGS, strength="descriptive")

    assert advise(sheet.assessed(), load()).questions


@pytest.mark.parametrize(
    ("following", "topic"),
    [
        ("Defenses are beyond the scope of this text.", "threat-outside"),
        ("The list has three columns.", "threat-unmet"),
        ("Channels are encrypted.", None),
    ],
)
def test_threat_is_said_where_nothing_beside_it_meets_it(sheet, following, topic):
    sheet.say("An attacker can record the visits of readers.", "4.1", HEADINGS, strength="descriptive")
    sheet.say(following, "4.2", HEADINGS, strength="descriptive")

    found = [name for name in points(sheet) if name.startswith("threat-") and name != "threat-model"]

    assert found == ([topic] if topic else [])


def test_threat_by_anybody_counts_where_it_is_put_out_of_scope(sheet):
    sheet.say("The issuer could link the visits of a reader.", "4.1", HEADINGS, strength="descriptive")
    sheet.say("This is out of scope.", "4.2", HEADINGS, strength="descriptive")

    point = points(sheet)["threat-outside"]

    assert (point.bearing, point.cites[0].clause) == (Bearing.NOTE, sheet.clauses[0].id)


def test_what_an_attacker_cannot_do_is_no_threat(sheet):
    sheet.say("An attacker cannot record the visits of readers.", "4.1", HEADINGS, strength="descriptive")

    assert "threat-unmet" not in points(sheet)
