"""The desk by plain forms, as a browser without scripts sends them."""

import json
import re
from html import unescape
from itertools import count

import pytest

from impact.present.words import if_holds
from impact.present.words import words as report_words
from impact.records import Level
from impact.review.decide import reading, record
from impact.review.decide.record import DecisionDraft
from impact.review.store import analyses, jobs, proposals
from impact.review.values.decision import Action
from impact.taxonomy import load

QUAYS = count(1)


@pytest.fixture
def quay(team, analyzed):
    """Return what makes a new proposal: two findings in 1.1 and 1.2."""

    def make(**given):
        number = next(QUAYS)
        return analyzed(team, team.people["olga"], f"Desk{number}", source=f"desk{number}", **given)

    return make


def _subjects(team, one, name="rita"):
    return {
        subject.label: subject for subject in reading.open_desk(team.state.store, team.people[name], one.id).subjects
    }


def _decide(asked, client, one, **fields):
    return asked(client, f"/p/{one.id}/desk/decide", fields, at=f"/p/{one.id}/desk", follow_redirects=True)


def _decisions(page):
    """Return the parts of what a report says of decisions, by heading."""
    section = page.split('<section id="decisions"')[1].split("</section>")[0]
    parts = re.findall(r"<h3>([^<]+)</h3>(.*?)</ul>", section, re.DOTALL)
    return {title: " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split()) for title, text in parts}


def _own(team, one, name="rita"):
    return reading.open_desk(team.state.store, team.people[name], one.id).own


def test_the_desk_shows_the_text_with_the_words_of_each_finding_marked(team, quay):
    one = quay()

    with team.signed_in("rita") as client:
        page = client.get(f"/p/{one.id}/desk").text

    assert re.search(r"<mark data-items=\"i\d\"[^>]*>shut off any subscriber", page)
    assert "may enable" in page
    assert "0 of 2 items decided" in page


def test_choosing_a_finding_shows_its_place_and_its_place_leads_back(team, quay):
    one = quay()
    subject = _subjects(team, one)["location-tracking"]

    with team.signed_in("rita") as client:
        page = client.get(f"/p/{one.id}/desk", params={"at": subject.id}).text

    chosen = re.search(r'<a class="subject-head"[^>]*id="chosen" aria-current="true">.*?</a>', page, re.DOTALL)
    assert chosen
    assert "Location" in chosen[0]
    assert re.search(rf'<a href="/p/{one.id}/desk\?at={subject.id}#chosen" data-item="i\d"', page)


@pytest.mark.parametrize(
    ("order", "heading"),
    [("severity", "Shut-off and disconnection"), ("clause", "1 Requirements"), ("right", "rivacy")],
)
def test_findings_are_listed_by_severity_by_clause_and_by_right(team, quay, order, heading):
    one = quay()

    with team.signed_in("rita") as client:
        page = client.get(f"/p/{one.id}/desk", params={"by": order}).text

    assert any(heading in each for each in re.findall(r'<h[34] id="g\d+"><bdi>([^<]*)', page))


def test_accepting_and_rejecting_take_one_form_each_and_no_words(team, quay, asked):
    one = quay()
    subjects = _subjects(team, one)

    with team.signed_in("rita") as client:
        _decide(asked, client, one, action="accept", subject=subjects["shut-off"].id)
        page = _decide(asked, client, one, action="reject", subject=subjects["location-tracking"].id).text

    own = _own(team, one)
    assert own[subjects["shut-off"].id].verdict == "accepted"
    assert own[subjects["location-tracking"].id].verdict == "rejected"
    assert "No reason given." in page
    assert "2 of 2 items decided" in page


def test_a_frequent_reason_rejects_by_itself(team, quay, asked):
    one = quay()
    subject = _subjects(team, one)["shut-off"]

    with team.signed_in("rita") as client:
        _decide(asked, client, one, reason="2", subject=subject.id)

    standing = _own(team, one)[subject.id]
    assert (standing.verdict, standing.text) == ("rejected", "The clause prohibits this or warns against it.")


def test_a_change_keeps_only_what_differs(team, quay, asked):
    one = quay()
    subject = _subjects(team, one)["shut-off"]
    same = {"label": "shut-off", "strength": subject.strength.value}

    with team.signed_in("rita") as client:
        page = _decide(
            asked, client, one, action="correct", subject=subject.id, scale="2", scope="2", irremediability="1", **same
        ).text

    fix = _own(team, one)[subject.id].correction
    assert (fix.label, fix.severity, fix.strength) == (None, (2, 2, 1), None)
    assert "severity 2, 2, 1 (low)" in page


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"action": "correct"}, 422),
        ({"action": "correct", "scale": "9", "scope": "1", "irremediability": "1"}, 422),
        ({"action": "correct", "label": "no-such"}, 404),
        ({"action": "note", "text": "  "}, 422),
        ({"action": "undo"}, 422),
        ({"action": ""}, 422),
        ({"action": "add", "clause": "no-such", "mechanism": "shut-off"}, 404),
        ({"action": "accept", "subject": "no-such"}, 404),
    ],
)
def test_what_makes_no_sense_is_refused_and_decides_nothing(team, quay, asked, fields, status):
    one = quay()
    subject = _subjects(team, one)["shut-off"]

    with team.signed_in("rita") as client:
        answer = _decide(asked, client, one, **{"subject": subject.id, **fields})

    assert answer.status_code == status
    assert not _own(team, one)


def test_a_missed_finding_is_added_by_choosing_its_clause(team, quay, asked):
    one = quay()

    with team.signed_in("rita") as client:
        page = _decide(asked, client, one, action="add", clause="1.3", mechanism="logging-retention").text

    assert "Added by reviewers" in page
    assert [each.verdict for each in _own(team, one).values()] == ["added"]


def test_a_missed_safeguard_is_added_like_a_finding_and_stands_in_what_is_signed(team, quay, asked):
    one = quay()
    desk = f"/p/{one.id}/desk"

    with team.signed_in("rita") as client:
        page = _decide(asked, client, one, action="add", clause="1.3", mechanism="transparency").text
        asked(client, f"{desk}/done", at=desk)
        asked(client, f"{desk}/sign", {"grave": "2"}, at=desk)
        told = _decisions(client.get(f"{desk}/report", params={"version": 1}).text)

    assert re.search(r">Safeguards</h3>.*Transparency", page, re.DOTALL)
    assert f"1.3, {load().safeguards['transparency'].name}. Added by rita." in told[report_words().review.remarked]


def test_undo_takes_back_the_last_decision_and_returns_to_its_finding(team, quay, asked):
    one = quay()
    subjects = _subjects(team, one)

    with team.signed_in("rita") as client:
        _decide(asked, client, one, action="accept", subject=subjects["shut-off"].id)
        answer = asked(client, f"/p/{one.id}/desk/undo", {"subject": "x"}, at=f"/p/{one.id}/desk")

    assert f"at={subjects['shut-off'].id}" in answer.headers["location"]
    assert not _own(team, one)


def test_an_older_decision_is_taken_back_by_itself(team, quay, asked):
    one = quay()
    first, second = _subjects(team, one).values()
    desk = f"/p/{one.id}/desk"

    with team.signed_in("rita") as client:
        _decide(asked, client, one, action="accept", subject=first.id)
        page = _decide(asked, client, one, action="reject", subject=second.id).text
        asked(client, f"{desk}/undo", {"of": first.id}, at=desk)
        again = asked(client, f"{desk}/undo", {"of": first.id}, at=desk)

    assert f'name="of" value="{first.id}"' in page
    assert list(_own(team, one)) == [second.id]
    assert again.status_code == 404


def test_the_desk_says_what_counts_as_a_mechanism_and_what_does_not(team, quay):
    one = quay()
    shut_off = load().mechanisms["shut-off"]

    with team.signed_in("rita") as client:
        page = unescape(client.get(f"/p/{one.id}/desk").text)

    assert shut_off.definition in page
    assert shut_off.does_not_count in page


def test_what_a_reviewer_writes_is_shown_as_text(team, quay, asked):
    one = quay()
    subject = _subjects(team, one)["shut-off"]

    with team.signed_in("rita") as client:
        page = _decide(asked, client, one, action="note", subject=subject.id, text="<script>alert(1)</script>").text

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_form_without_its_token_decides_nothing(team, quay):
    one = quay()
    subject = _subjects(team, one)["shut-off"]

    with team.signed_in("rita") as client:
        answer = client.post(f"/p/{one.id}/desk/decide", data={"action": "accept", "subject": subject.id})

    assert answer.status_code == 403
    assert not _own(team, one)


def test_an_officer_reads_and_does_not_decide(team, quay, asked):
    one = quay()
    subject = _subjects(team, one)["shut-off"]

    with team.signed_in("olga") as client:
        page = client.get(f"/p/{one.id}/desk").text
        answer = asked(client, f"/p/{one.id}/desk/decide", {"action": "accept", "subject": subject.id})

    assert "Officers can read; reviewers decide." in page
    assert "do-accept" not in page
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "path", ["", "/together", "/changes", "/brief", "/report", "/page/1", "/signed/1", "/decisions"]
)
def test_a_restricted_proposal_is_not_there_for_others(team, quay, path):
    one = quay(restricted_to=("rita",))

    with team.signed_in("ruth") as client:
        assert client.get(f"/p/{one.id}/desk{path}").status_code == 404


def test_what_another_decided_is_hidden_until_both_are_done(team, quay, asked):
    one = quay(readings=2)
    subject = _subjects(team, one)["shut-off"]
    with team.signed_in("rita") as rita:
        _decide(asked, rita, one, action="reject", subject=subject.id, text="A secret of Rita")

    with team.signed_in("ruth") as ruth:
        pages = [ruth.get(f"/p/{one.id}/desk{path}").text for path in ("", "/together", "/brief", "/report")]

    assert not any("A secret of Rita" in page for page in pages)
    assert "0 of 2 items decided" in pages[0]
    assert "rita" in pages[0]


def test_two_reviewers_differ_settle_sign_and_export(team, quay, asked):
    one = quay(readings=2)
    subjects = _subjects(team, one)
    desk = f"/p/{one.id}/desk"
    with team.signed_in("rita") as rita, team.signed_in("ruth") as ruth:
        for client, action in ((rita, "accept"), (ruth, "reject")):
            _decide(asked, client, one, action=action, subject=subjects["shut-off"].id, text=f"{action}, of course")
            asked(client, f"{desk}/done", at=desk)
        conflicts = rita.get(f"{desk}/together").text
        refused = asked(rita, f"{desk}/sign", at=desk)
        asked(rita, f"{desk}/settle", {"subject": subjects["shut-off"].id, "as": "ruth"}, at=desk)
        asked(rita, f"{desk}/sign", {"grave": "1"}, at=desk)
        asked(ruth, f"{desk}/sign", {"grave": "1"}, at=desk)
        report = ruth.get(f"{desk}/report", params={"version": 1})
        frozen = ruth.get(f"{desk}/signed/1")

        everywhere = ruth.get("/agreement").text

    assert "1 conflict to settle" in conflicts
    assert re.search(r"Shut-off and disconnection</th>.*rita and ruth", everywhere, re.DOTALL)
    assert "reject, of course" in conflicts
    assert "Cohen" in conflicts
    assert refused.status_code == 409
    told = _decisions(report.text)
    assert "Shut-off and disconnection. Rejected by rita: reject, of course." in told[report_words().review.rejected]
    assert "Location" in told[report_words().review.undecided]
    assert "rita" in report.text
    assert "ruth" in report.text
    assert "sandbox" in report.headers["content-security-policy"]
    assert [each["name"] for each in frozen.json()["signatures"]] == ["rita", "ruth"]


def test_a_saved_report_is_a_file_with_nothing_outside_of_itself(team, quay):
    one = quay()

    with team.signed_in("rita") as client:
        answer = client.get(f"/p/{one.id}/desk/report", params={"save": 1})

    assert "attachment" in answer.headers["content-disposition"]
    assert not re.search(r"(src|action)=|<(link|iframe|form)|@import|url\((?!data:)", answer.text)
    assert all(link.startswith(("#", "https://www.")) for link in re.findall(r'href="([^"]+)"', answer.text))


def test_the_decided_report_goes_by_the_level_of_the_reviewer(team, quay, asked):
    one = quay()
    subject = _subjects(team, one)["shut-off"]

    with team.signed_in("rita") as client:
        numbers = {"scale": "1", "scope": "1", "irremediability": "1"}
        _decide(asked, client, one, action="correct", subject=subject.id, **numbers)
        report = client.get(f"/p/{one.id}/desk/report").text

    assert subject.level == "high"
    assert "Rated in review by rita: scale 1, scope 1, irremediability 1." in report
    assert 'class="badge high"' not in report


def _doubt(team, one, *mechanisms, firm_level="medium"):
    """Keep an analysis in which these are found only doubtfully, and nothing else is of their level."""
    store, now = team.state.store, team.state.now
    report = json.loads(analyses.read_file(store, team.people["rita"], one.id, analyses.REPORT))
    for each in (found for clause in report["clauses"] for found in clause["findings"]):
        each["doubtful"] = each["mechanism"] in mechanisms
    report["firm_level"] = firm_level
    proposals.analyze_again(store, team.people["olga"], one.id, {}, now())
    job = jobs.claim(store, "test", now(), one.id)
    analyses.save(store, job, {"report.json": json.dumps(report).encode(), "report.html": b"<p>"}, now())


def _to_confirm(mechanism):
    return f"the clause may enable {load().mechanisms[mechanism].enables}."


def test_doubtful_findings_have_a_group_of_their_own_after_firm_ones_and_are_to_be_confirmed(team, quay):
    _doubt(team, one := quay(), "shut-off")

    with team.signed_in("rita") as client:
        page = client.get(f"/p/{one.id}/desk").text

    titles = re.findall(r"<h[34] id=\"g\d\"><bdi>([^<]+)</bdi>", page)
    assert titles == [load().mechanisms["location-tracking"].name, report_words().decide.title]
    assert if_holds(Level.HIGH) in page
    assert f"To be confirmed: this requirement may {_to_confirm('shut-off').partition('may ')[2]}" in unescape(page)


def test_a_doubtful_safeguard_is_to_be_confirmed_until_it_is_decided(team, quay, asked):
    one, store, now = quay(), team.state.store, team.state.now
    report = json.loads(analyses.read_file(store, team.people["rita"], one.id, analyses.REPORT))
    clause = report["clauses"][0]
    evidence = [{"quote": clause["text"], "span": clause["span"], "boxes": []}]
    guard = {"safeguard": "redress", "confidence": 0.5, "doubtful": True, "strength": "must", "evidence": evidence}
    clause["safeguards"] = [guard]
    proposals.analyze_again(store, team.people["olga"], one.id, {}, now())
    job = jobs.claim(store, "test", now(), one.id)
    analyses.save(store, job, {"report.json": json.dumps(report).encode(), "report.html": b"<p>"}, now())
    open_ = f"To be confirmed: the clause {load().safeguards['redress'].benefit}."

    with team.signed_in("rita") as client:
        before = unescape(client.get(f"/p/{one.id}/desk").text)
        _decide(asked, client, one, subject=_subjects(team, one)["redress"].id, action="accept")
        after = unescape(client.get(f"/p/{one.id}/desk").text)

    assert open_ in before
    assert open_ not in after


def test_what_a_reviewer_accepts_is_no_longer_to_be_confirmed(team, quay, asked):
    _doubt(team, one := quay(), "shut-off")
    subject = _subjects(team, one)["shut-off"]

    with team.signed_in("rita") as client:
        _decide(asked, client, one, subject=subject.id, action="accept")
        page = client.get(f"/p/{one.id}/desk").text
        brief = client.get(f"/p/{one.id}/desk/brief").text

    assert if_holds(Level.HIGH) not in page
    assert if_holds(Level.HIGH) not in brief


def test_the_brief_and_the_decided_report_say_what_is_to_be_confirmed(team, quay):
    _doubt(team, one := quay(), "shut-off")

    with team.signed_in("rita") as client:
        brief = unescape(client.get(f"/p/{one.id}/desk/brief").text)
        report = unescape(client.get(f"/p/{one.id}/desk/report").text)

    assert _to_confirm("shut-off") in brief
    assert brief.index("Location and movement tracking") < brief.index(_to_confirm("shut-off"))
    assert load().mechanisms["shut-off"].questions[0] not in brief
    assert if_holds(Level.HIGH) in report


def test_list_and_page_of_a_proposal_say_where_a_reader_must_decide_on_the_level(team, quay):
    _doubt(team, one := quay(), "shut-off")

    with team.signed_in("rita") as client, team.program("rita") as program:
        listed, page = client.get("/").text, client.get(f"/p/{one.id}").text
        told = program.get(f"/api/v1/proposals/{one.id}").json()

    item = listed[listed.index(f'data-id="{one.id}"') :][:600]
    assert report_words().decide.graver in item
    assert 'class="badge medium"' in item
    assert "2 findings; 1 needs review" in page
    assert page.index("Location and movement tracking") < page.index(if_holds(Level.HIGH))
    assert (told["level"], told["firm_level"]) == ("high", "medium")


def test_a_proposal_of_doubtful_findings_alone_is_listed_shown_and_given_as_for_a_reader_to_decide(team, quay):
    _doubt(team, one := quay(), "shut-off", "location-tracking", firm_level="none")

    with team.signed_in("rita") as client, team.program("rita") as program:
        listed, page = client.get("/?level=decide").text, client.get(f"/p/{one.id}").text
        high = client.get("/?level=high").text
        news = client.get(f"/progress?proposal={one.id}").json()["proposals"][0]
        told = program.get("/api/v1/proposals?level=decide").json()["proposals"]
        others = program.get("/api/v1/proposals?level=high").json()["proposals"]

    item = listed[listed.index(f'data-id="{one.id}"') :][:600]
    assert f'<span class="badge decide">{report_words().decide.tag}</span>' in item
    assert "badge high" not in item + page.partition("verdictless")[2].partition("</section>")[0]
    assert "2 findings</p>" in page
    assert one.id not in high
    assert (news["level"], news["words"], news["beside"]) == ("decide", report_words().decide.tag, "")
    assert [each["firm_level"] for each in told if each["id"] == one.id] == ["none"]
    assert one.id not in {each["id"] for each in others}


def test_a_newer_analysis_keeps_decisions_and_says_what_is_gone_and_new(team, quay):
    one = quay()
    subjects = _subjects(team, one)
    rita, store, now = team.people["rita"], team.state.store, team.state.now
    record.decide(store, rita, one.id, DecisionDraft(Action.REJECT, subjects["shut-off"].id, "Only a test"), now())
    record.decide(store, rita, one.id, DecisionDraft(Action.ACCEPT, subjects["location-tracking"].id), now())
    report = json.loads(analyses.read_file(store, rita, one.id, analyses.REPORT))
    for clause in report["clauses"]:
        clause["findings"] = [each for each in clause["findings"] if each["mechanism"] != "shut-off"]
        for each in clause["findings"]:
            each["severity"] |= {"scale": 1, "level": "low", "firm_level": "low"}
    proposals.analyze_again(store, team.people["olga"], one.id, {}, now())
    job = jobs.claim(store, "test", now(), one.id)
    analyses.save(store, job, {"report.json": json.dumps(report).encode(), "report.html": b"<p>"}, now())

    with team.signed_in("rita") as client:
        page = client.get(f"/p/{one.id}/desk/changes").text
        desk = client.get(f"/p/{one.id}/desk").text

    assert "0 unchanged, 1 changed, 1 no longer found, 0 new" in page
    assert "rejected: Only a test" in page
    assert "Review again." in page
    assert "Decided, but no longer found" in desk
    assert "1 of 1 item decided" in desk


def test_a_page_of_what_is_no_pdf_is_refused_in_words(team, quay):
    one = quay()

    with team.signed_in("rita") as client:
        answer = client.get(f"/p/{one.id}/desk/page/1")

    assert answer.status_code == 422


@pytest.mark.parametrize("path", ["", "/together", "/changes", "/brief"])
def test_no_page_of_the_desk_has_a_script_or_style_within_it(team, quay, path):
    one = quay()

    with team.signed_in("rita") as client:
        page = client.get(f"/p/{one.id}/desk{path}").text

    assert not re.search(r"<script(?! src=)|<style| style=| on[a-z]+=", page)


def test_odd_wishes_of_an_address_are_passed_over(team, quay):
    one = quay()

    with team.signed_in("rita") as client:
        asked = {"by": "<b>", "view": "x", "zoom": "1e9", "at": "no-such", "clause": '"><script>'}
        answer = client.get(f"/p/{one.id}/desk", params=asked)

    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace("<script src", "")
