"""The queue of a review by plain forms: order, filter, groups of safeguards, counts, time left and the warning."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count

import pytest

from impact.present.words import words as report_words
from impact.review.decide import reading, record
from impact.review.decide.count import count_of, counts
from impact.review.decide.record import DecisionDraft
from impact.review.store import analyses, jobs, proposals
from impact.review.values.decision import Action
from impact.taxonomy import load
from impact.web.desk.finding import findings_of
from impact.web.desk.groups import grouped
from impact.web.desk.pace import time_left

QUAYS = count(1)
GUARDS = (("encryption", 0.9, False), ("redress", 0.4, True), ("encryption", 0.8, False))


@pytest.fixture
def quay(team, analyzed):
    """Return what makes a proposal: a high and a medium power, two firm safeguards and a doubtful one."""

    def make(*, doubtful=(), **given):
        number = next(QUAYS)
        one = analyzed(team, team.people["olga"], f"Queue{number}", source=f"queue{number}", **given)
        store, now = team.state.store, team.state.now
        report = json.loads(analyses.read_file(store, team.people["ada"], one.id, analyses.REPORT))
        for clause, (name, chance, doubt) in zip(report["clauses"], GUARDS, strict=False):
            evidence = [{"quote": clause["text"], "span": clause["span"], "boxes": []}]
            row = {"safeguard": name, "confidence": chance, "doubtful": doubt, "strength": "must"}
            clause["safeguards"] = [row | {"evidence": evidence}]
        for finding in (found for clause in report["clauses"] for found in clause["findings"]):
            chance = dict(doubtful).get(finding["mechanism"])
            finding |= {"doubtful": bool(chance), "confidence": chance or 0.9}
            level = "high" if finding["mechanism"] == "shut-off" else "medium"
            finding["severity"] |= {"level": level, "firm_level": level}
        proposals.analyze_again(store, team.people["olga"], one.id, {}, now())
        job = jobs.claim(store, "test", now(), one.id)
        analyses.save(store, job, {"report.json": json.dumps(report).encode(), "report.html": b"<p>"}, now())
        return one

    return make


def _groups(team, one):
    desk = reading.open_desk(team.state.store, team.people["rita"], one.id)
    return grouped(findings_of(desk, team.people["rita"], desk.report), "severity", desk.report.clauses)


def _desk(team, one, name="rita"):
    return reading.open_desk(team.state.store, team.people[name], one.id)


def _ids(team, one, kind):
    return [subject.id for subject in _desk(team, one).subjects if subject.kind == kind]


def _undecided(page):
    return re.findall(r'<li class="subject [^>]*data-verdict="undecided"[^>]*>', page)


def test_powers_stand_gravest_first_and_safeguards_after_them_by_name(team, quay):
    titles = [(group.section, group.title) for group in _groups(team, quay())]

    taxonomy = load()
    assert titles == [
        ("Powers", taxonomy.mechanisms["shut-off"].name),
        ("Powers", taxonomy.mechanisms["location-tracking"].name),
        ("Safeguards", taxonomy.safeguards["encryption"].name),
        ("Safeguards to be confirmed", taxonomy.safeguards["redress"].name),
    ]


def test_doubtful_findings_stand_by_their_chance_whatever_their_level(team, quay):
    one = quay(doubtful=(("shut-off", 0.3), ("location-tracking", 0.6)))

    (group,) = [group for group in _groups(team, one) if group.title == report_words().decide.title]

    assert [finding.subject.label for finding in group.findings] == ["location-tracking", "shut-off"]


def test_a_group_of_safeguards_is_accepted_at_once_and_undone_at_once(team, quay, asked):
    one = quay()
    desk, guards = f"/p/{one.id}/desk", [name for name in _ids(team, one, "safeguard") if "encryption" in name]

    with team.signed_in("rita") as client:
        asked(client, f"{desk}/accept", {"item": guards}, at=desk)
        accepted = {name for name, status in _desk(team, one).own.items() if status.decided}
        page = client.get(desk).text
        asked(client, f"{desk}/undo", at=desk)

    assert accepted == set(guards)
    assert len(guards) == 2
    assert "Accepted: 2 items" in page
    assert not _desk(team, one).own


def test_an_act_that_is_undone_leaves_what_was_decided_before(team, quay, asked):
    one = quay()
    desk, (power, *_), guards = f"/p/{one.id}/desk", _ids(team, one, "finding"), _ids(team, one, "safeguard")

    with team.signed_in("rita") as client:
        asked(client, f"{desk}/decide", {"action": "accept", "subject": power}, at=desk)
        asked(client, f"{desk}/accept", {"item": guards}, at=desk)
        asked(client, f"{desk}/undo", at=desk)

    assert list(_desk(team, one).own) == [power]


def test_powers_are_not_accepted_together(team, quay, asked):
    one = quay()
    desk = f"/p/{one.id}/desk"

    with team.signed_in("rita") as client:
        answer = asked(client, f"{desk}/accept", {"item": _ids(team, one, "finding")}, at=desk)
        nothing = asked(client, f"{desk}/accept", at=desk)

    assert (answer.status_code, nothing.status_code) == (422, 422)
    assert not _desk(team, one).own


def test_no_button_accepts_a_group_of_powers(team, quay):
    one = quay()

    with team.signed_in("rita") as client:
        page = client.get(f"/p/{one.id}/desk").text

    forms = re.findall(r'<form[^>]*class="accept-all".*?</form>', page, re.DOTALL)
    offered = {name for form in forms for name in re.findall(r'name="item" value="([^"]+)"', form)}
    assert offered == set(_ids(team, one, "safeguard"))


def test_the_filter_shows_what_still_needs_a_decision(team, quay, asked):
    one = quay()
    desk, (power, *_) = f"/p/{one.id}/desk", _ids(team, one, "finding")

    with team.signed_in("rita") as client:
        asked(client, f"{desk}/decide", {"action": "accept", "subject": power}, at=desk)
        page = client.get(desk, params={"show": "needed"}).text

    decided = re.search(rf'<li class="subject accepted[^>]*data-id="{power}"[^>]*>', page)
    assert decided
    assert decided[0].endswith(" hidden>")
    assert len(_undecided(page)) == 4
    assert not any(row.endswith(" hidden>") for row in _undecided(page))


def test_the_answer_to_a_script_is_the_row_that_was_decided_and_the_count(team, quay, asked):
    one = quay()
    desk, (power, *_) = f"/p/{one.id}/desk", _ids(team, one, "finding")

    with team.signed_in("rita") as client:
        fields = {"action": "accept", "subject": power, "part": "row"}
        answer = asked(client, f"{desk}/decide", fields, at=desk, follow_redirects=True).text

    assert re.findall(r'data-id="([^"]+)"', answer) == [power]
    assert "1 of 5 items decided" in answer


def test_list_desk_signing_page_brief_and_export_give_the_same_count(team, quay, asked):
    one = quay()
    desk, (power, *_) = f"/p/{one.id}/desk", _ids(team, one, "finding")

    with team.signed_in("rita") as client:
        asked(client, f"{desk}/decide", {"action": "reject", "reason": "1", "subject": power}, at=desk)
        asked(client, f"{desk}/done", at=desk)
        paths = ("/", f"/p/{one.id}", desk, f"{desk}/together", f"{desk}/brief", f"{desk}/report")
        pages = [client.get(path).text for path in paths]
        table = client.get(f"{desk}/report", params={"form": "csv"}).text.splitlines()

    listed = pages[0].partition(f'data-id="{one.id}"')[2].partition("</li>")[0]
    assert all("1 of 5 items decided" in page for page in (listed, *pages[1:]))
    assert len(table) == 1 + len(_ids(team, one, "finding")) - 1


def test_the_count_of_a_list_is_that_of_the_desk_with_what_was_added(team, quay):
    one, rita = quay(), team.people["rita"]
    draft = DecisionDraft(Action.ADD, clause="1.3", mechanism="logging-retention")
    record.decide(team.state.store, rita, one.id, draft, team.state.now())

    told = counts(team.state.store, rita, (one.id,))[one.id]

    assert told == count_of(_desk(team, one), rita)
    assert (told.decided, told.total) == (1, 6)


def test_the_count_tells_nobody_what_another_decided_blind(team, quay):
    one, rita, ruth = quay(readings=2), team.people["rita"], team.people["ruth"]
    draft = DecisionDraft(Action.ADD, clause="1.3", mechanism="logging-retention")
    record.decide(team.state.store, rita, one.id, draft, team.state.now())

    told = counts(team.state.store, ruth, (one.id,))[one.id]

    assert (told.decided, told.total) == (0, 5)


def test_whoever_signs_is_warned_of_grave_findings_that_are_undecided(team, quay, asked):
    one = quay()
    desk, (power, *_) = f"/p/{one.id}/desk", _ids(team, one, "finding")

    with team.signed_in("rita") as client:
        (guard, *_) = _ids(team, one, "safeguard")
        asked(client, f"{desk}/decide", {"action": "accept", "subject": guard}, at=desk)
        asked(client, f"{desk}/done", at=desk)
        warned = unescape(client.get(f"{desk}/together").text)
        refused = asked(client, f"{desk}/sign", at=desk)
        asked(client, f"{desk}/decide", {"action": "accept", "subject": power}, at=desk)
        calm = client.get(f"{desk}/together").text
        signed = asked(client, f"{desk}/sign", at=desk)

    assert "1 high-severity finding is undecided." in warned
    assert refused.status_code == 409
    assert "high-severity" not in calm
    assert signed.status_code == 303


def test_whoever_confirms_the_warning_signs(team, quay, asked):
    one = quay()
    desk, (guard, *_) = f"/p/{one.id}/desk", _ids(team, one, "safeguard")

    with team.signed_in("rita") as client:
        asked(client, f"{desk}/decide", {"action": "accept", "subject": guard}, at=desk)
        asked(client, f"{desk}/done", at=desk)
        answer = asked(client, f"{desk}/sign", {"grave": "1"}, at=desk)

    assert answer.status_code == 303
    assert _desk(team, one).signatures


def test_the_time_left_goes_by_measured_speeds_first_and_then_by_the_pace_of_the_reviewer(team, quay):
    one, rita = quay(), team.people["rita"]
    begin = datetime(2027, 5, 3, 9, tzinfo=UTC)
    names = [subject.id for subject in _desk(team, one).subjects]
    for step in range(7):
        draft = DecisionDraft(Action.ACCEPT, names[step % 2])
        record.decide(team.state.store, rita, one.id, draft, begin + timedelta(seconds=100 * step))
    desk = _desk(team, one)
    findings, end = findings_of(desk, rita, desk.report), begin + timedelta(seconds=600)

    first = time_left(findings, desk.events[:3], "rita", end)
    later = time_left(findings, desk.events, "rita", end)
    next_day = time_left(findings, desk.events, "rita", end + timedelta(days=1))

    assert (first.own, later.own, next_day.own) == (False, True, False)
    assert later.seconds > 2 * first.seconds > 0
    assert next_day == first
    assert "at your pace" in later.words


def test_a_break_does_not_count_as_time_on_an_item(team, quay):
    one, rita = quay(), team.people["rita"]
    times = [datetime(2027, 5, 3, 9, tzinfo=UTC) + timedelta(seconds=10 * step) for step in range(7)]
    rested = [*times[:4], *(time + timedelta(minutes=12) for time in times[4:])]
    (power, *_) = _ids(team, one, "finding")
    for time in rested:
        record.decide(team.state.store, rita, one.id, DecisionDraft(Action.ACCEPT, power), time)
    desk = _desk(team, one)
    findings = findings_of(desk, rita, desk.report)

    left = time_left(findings, desk.events, "rita", rested[-1])

    assert left.own
    assert left.seconds < 120
