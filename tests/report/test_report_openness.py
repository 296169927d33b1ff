"""What reports say of safeguards in weak words and of words that leave a power open."""

import re

import pytest
from lxml import html
from subjects import subject_of

from impact.advise import advise
from impact.pipeline import export, render
from impact.report.annex.openness import ENTRIES
from impact.report.annotate.notes import notes_of
from impact.taxonomy import load

WEAK = {"pseudonymity": "temporary alias"}
BIND = {"identity-binding": "bind the address to the verified identity"}
ACTORS = (
    *("appropriate", "competent", "designated", "government", "judicial", "legal", "local", "public", "regulatory"),
    *("relevant", "responsible", "security", "state", "supervisory"),
)
SECTION = ("7 Attachment",)


@pytest.fixture
def weak(sheet):
    sheet.say("The node shall bind the address to the verified identity.", "7.1", SECTION, proposes=BIND)
    sheet.say("The terminal should show a temporary alias.", "7.2", SECTION, strength="should", proposes=WEAK)
    sheet.say("The competent authorities can ask for other purposes.", "7.3", SECTION)
    return sheet


def section(sheet):
    return html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("safeguards")


def test_power_and_weak_safeguard_are_named_together_and_quoted_once(weak):
    part = next(one for one in section(weak).find_class("guard") if one.get("aria-labelledby") == "weak-1")

    pointers = [one.text_content() for one in part.find_class("pointer")]
    assert pointers[0] == "Quoted in the brief"
    assert "The terminal should show a temporary alias." in section(weak).text_content()
    assert "uses weak words: only recommended. It matches identification of people." in part.text_content()


def test_binding_safeguard_is_not_called_weak(sheet):
    sheet.say("The node shall bind the address to the verified identity.", "7.1", SECTION, proposes=BIND)
    sheet.say("The terminal shall show a temporary alias.", "7.2", SECTION, proposes=WEAK)

    assert "Safeguards that bind nobody" not in section(sheet).text_content()


def test_clause_with_two_open_words_is_quoted_once(weak):
    clause = "The competent authorities can ask for other purposes."

    quotes = [one.text_content() for one in section(weak).iter("blockquote")]
    review = render(weak.assessed(), "review-text").partition("Weak and open wording")[2]

    assert quotes.count(clause) == 1
    assert re.findall(r"Quoted above</a>: *.*?>(.*?)</q>", render(weak.assessed(), "html"))[-1] == "for other purposes"
    assert review.count(f"| {clause}") == 1
    assert "7.3 (p. 1), quoted above:\n   | for other purposes\n" in review


def test_open_words_are_quoted_with_a_question_and_a_source(weak):
    said = section(weak).text_content()

    assert "Which parties does \u201ccompetent authorities\u201d cover" in said
    assert "Which purposes are meant" in said
    assert "Source: HRC General Comment 34" in said


def test_page_shows_no_more_open_words_than_its_cap_and_says_so(sheet):
    for actor in ACTORS:
        words = f"It shall bind the address to the verified identity for the {actor} authority."
        sheet.say(words, actor, proposes={"identity-binding": "bind the address to the verified identity"})

    part = section(sheet)

    shown = [one for one in part.find_class("guard") if one.get("aria-labelledby", "").startswith("open-")]
    assert len(shown) == ENTRIES
    assert re.search(r"\d+ further entr(y|ies) of less weight (is|are) omitted", part.text_content())


def test_markdown_names_what_is_left_open_and_where(weak):
    text = export(weak.assessed(), "md", annex=True).decode()

    assert "## Annex: open-ended wording" in text
    assert "- Pseudonymity, unlinkability, anonymization: Each clause" in text
    assert "Undefined actors: \u201ccompetent authorities\u201d: clause 7.3 (p. 1)" in text


def test_report_without_findings_has_neither_section(sheet):
    sheet.say("The competent authorities can ask for other purposes.", "7.3")

    assert not {"weak-safeguards", "open-words"} & {
        one.get("id") for one in html.fromstring(render(sheet.assessed(), "html")).iter("h3")
    }


def test_further_places_of_open_words_are_named_once_in_the_order_of_the_text(sheet):
    for number in ("7.4", "7.1", "7.1", "7.3", "7.3"):
        sheet.say("The competent authorities can ask for records.", number, SECTION)
    sheet.say("The node shall bind the address to the verified identity.", "7.2", SECTION, proposes=BIND)

    said = " ".join(section(sheet).text_content().split())

    assert "Also in clause 7.3 (p. 1)." in said


def test_safeguard_that_a_clause_at_the_power_denies_is_said_to_be_ruled_out(sheet):
    sheet.say("The node shall cut the line.", "7.1", SECTION, proposes={"shut-off": "cut the line"})
    sheet.say("The order is not subject to appeal.", "7.2", SECTION)

    part = next(one for one in section(sheet).find_class("guard") if one.get("aria-labelledby") == "weak-1")

    assert "the text excludes it where it provides for the power. It matches shut-off" in part.text_content()
    assert "Quoted in the brief" in part.text_content()
    assert [one.text for one in part.iter("mark")] == ["not subject to appeal"]


@pytest.fixture
def denied(sheet):
    sheet.say("The node shall cut the line.", "7.1", SECTION, proposes={"shut-off": "cut the line"})
    sheet.say("The order is not subject to appeal.", "7.2", SECTION)
    return sheet


@pytest.mark.parametrize("place", ["m-shut-off", "brief", "safeguards"])
def test_safeguard_that_is_ruled_out_is_not_said_to_be_unstated(denied, place):
    said = html.fromstring(render(denied.assessed(), "html")).get_element_by_id(place).text_content()
    said = said.replace("\N{NO-BREAK SPACE}", " ")

    assert re.search(r"redress \(excluded in clause 7\.2|In clause 7\.2 \(p\. 1\), the text excludes redress", said)
    assert not re.search(r"does not state [^.]*redress", said)


@pytest.mark.parametrize("form", ["md", "contribution-text"])
def test_brief_and_contribution_say_what_is_ruled_out_apart_from_what_is_not_stated(denied, form):
    said = " ".join(render(denied.assessed(), form).replace("\\", "").split())

    assert "In clause 7.2 (p. 1), the text excludes redress." in said
    assert not re.search(r"does not state [^.]*redress", said)


def test_review_says_what_a_safeguard_that_is_ruled_out_would_counter(denied):
    said = " ".join(render(denied.assessed(), "review-text").split())

    assert "The text excludes redress, which would counter shut-off and disconnection." in said
    assert "redress (excluded in clause 7.2, p. 1)" in said


@pytest.fixture
def twice_denied(sheet):
    sheet.say("The node shall cut the line.", "7.1", SECTION, proposes={"shut-off": "cut the line"})
    sheet.say("The person is not informed, and the order is not subject to appeal.", "7.2", SECTION)
    return sheet


def test_safeguards_that_the_same_clause_rules_out_stand_under_one_heading_with_one_quote(twice_denied):
    parts = [one for one in section(twice_denied).find_class("guard") if "weak" in one.get("aria-labelledby", "")]

    assert [part.find(".//h4").text for part in parts] == ["Transparency and notice; redress, appeal, correction"]
    assert (
        "provides them, and the text excludes them where it provides for the power. They match"
        in parts[0].text_content()
    )
    assert "Quoted in the brief" in parts[0].text_content()
    assert [one.text for one in parts[0].iter("mark")] == ["person is not informed", "not subject to appeal"]


def test_review_quotes_a_clause_that_rules_out_two_safeguards_once(twice_denied):
    said = " ".join(render(twice_denied.assessed(), "review-text").split()).split("Weak and open wording")[1]

    assert said.count("not subject to appeal") == 1
    assert "notification of the people concerned and redress, which would counter shut-off and disconnection." in said


def test_section_on_safeguards_that_are_all_ruled_out_does_not_call_their_words_weak(denied):
    said = section(denied).text_content()

    assert "Safeguards that the text excludes" in said
    assert "weak words" not in said


def test_denial_that_is_itself_the_power_is_not_set_against_itself(sheet):
    words = "The order is not subject to appeal."
    sheet.say(words, "7.2", SECTION, proposes={"missing-remedy": words})

    page = html.fromstring(render(sheet.assessed(), "html"))

    assert "In clause 7.2 (p. 1), the text excludes redress" in " ".join(page.text_content().split())
    assert "weak-safeguards" not in {one.get("id") for one in page.iter("h3")}


def test_note_in_the_original_says_what_is_ruled_out(denied):
    assessment = denied.assessed()

    note = notes_of(subject_of(assessment))[0]

    assert "In clause 7.2 (p. 1), the text excludes redress." in note.text


def test_note_in_the_original_asks_what_is_asked_of_its_clause(sheet):
    sheet.say("The operator shall cut off the subscriber.", "7.1", proposes={"shut-off": "cut off"})
    assessment = sheet.assessed()
    advice = advise(assessment, load())

    note = notes_of(subject_of(assessment, advice))[0]

    assert f"Ask: {advice.questions[0].text}" in note.text
    assert "operator" in advice.questions[0].text


def test_actors_of_one_clause_stand_under_one_quote_each_with_its_question(sheet):
    words = "The records shall be made available to the competent authorities and to the partner operators on request."
    sheet.say(words, "7.1", SECTION, proposes={"lawful-access": "made available to the competent authorities"})

    titled = [
        one for one in section(sheet).find_class("guard") if "Undefined actors" in one.find(".//h4").text_content()
    ]

    assert len(titled) == 1
    said = titled[0].text_content()
    assert said.count("Quoted in the brief: ") == 1
    assert all(
        f"Which parties does \u201c{one}\u201d cover" in said for one in ("competent authorities", "partner operators")
    )
