"""Review and contribution as drafts: what they quote and ask, how code, gaps and long headings stand in them."""

import re
from io import BytesIO
from itertools import pairwise

import docx
import pytest

from impact.pipeline import export, render
from impact.report.script import WIDTH, DraftLine, LineKind, to_text
from impact.report.view.places import in_clauses

CODE = "Location ::= SEQUENCE {\n-- where the subscriber is\nposition [0] Position,\n}"
DRAFTS = pytest.mark.parametrize("form", ["review", "contribution"])


def flat(text):
    return " ".join(text.split())


def section(text, first, last):
    return text[text.index(first) : text.index(last, text.index(first))]


def quotes(assessment, form):
    found = docx.Document(BytesIO(export(assessment, form))).paragraphs
    return [one.text for one in found if one.style.name == "Quote"]


@pytest.fixture
def coded(sheet):
    """Return an assessment of one clause of code."""
    sheet.say(CODE, "B", kind="code", proposes={"location-tracking": "position [0] Position"})
    return sheet.assessed({"paged": False})


@DRAFTS
def test_code_keeps_its_line_ends_in_text_so_that_a_comment_ends(form, coded):
    text = render(coded, f"{form}-text")

    assert "   | -- where the subscriber is\n   | position [0] Position,\n" in text


@DRAFTS
def test_code_keeps_its_line_ends_in_word(form, coded):
    assert CODE in quotes(coded, form)


@DRAFTS
def test_running_text_has_no_line_ends_in_word(form, sheet):
    sheet.say("The node shall see\nall flows.", "4", proposes={"traffic-inspection": "all flows"})

    assert "The node shall see all flows." in quotes(sheet.assessed(), form)


@DRAFTS
def test_a_gap_has_a_blank_at_both_sides_in_word(form, sheet):
    filler = "The frame has a field of bits that nobody reads and that is set to zero by each sender of it. " * 8
    sheet.say(f"{filler}The node shall see all flows. {filler}", "4", proposes={"traffic-inspection": "see all flows"})

    said = quotes(sheet.assessed(), form)[0]

    assert said.startswith("[\u2026] The ")
    assert said.endswith(" [\u2026]")


def test_a_quote_stays_with_what_is_said_of_it_and_a_question_with_the_first_quote(assessment):
    found = docx.Document(BytesIO(export(assessment, "review"))).paragraphs

    kept = [one for one in found if one.style.name == "Quote" or one.text.startswith("Question: Does")]
    assert len(kept) > 5
    assert all(one.paragraph_format.keep_with_next for one in kept)


def test_a_long_line_of_code_goes_on_further_in(sheet):
    sheet.say(f"a ::= {'word ' * 20}\nposition [0] BIT", "B", kind="code", proposes={"location-tracking": "position"})

    text = render(sheet.assessed(), "review-text")

    assert "   | a ::= word word" in text
    assert "\n   |     word word" in text


def test_last_two_paragraphs_of_a_draft_stay_together(assessment):
    found = docx.Document(BytesIO(export(assessment, "review"))).paragraphs

    assert found[-2].paragraph_format.keep_with_next is True


def test_a_long_heading_is_wrapped_and_its_line_as_long_as_the_longest():
    lines = to_text([DraftLine(LineKind.SUBHEADING, "word " * 30)]).splitlines()

    assert len(lines) == 3
    assert len(lines[-1]) == max(map(len, lines[:-1])) <= WIDTH


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (["1 (p. 5)"], ["clause 1 (p. 5)"]),
        (["1 (p. 5)", "4 (p. 8)"], ["clauses 1 (p. 5)", "4 (p. 8)"]),
        (["p. 4", "A.3 (p. 9)", "Annex B"], ["p. 4", "clause A.3 (p. 9)", "Annex B"]),
        (["Annex B"], ["Annex B"]),
    ],
)
def test_mere_numbers_are_said_to_be_clauses(places, said):
    assert in_clauses(places) == said


LACKING = "Safeguards not found"


def test_review_lists_under_silences_what_would_match_each_power_and_is_stated_nowhere(sheet):
    sheet.say("The node shall keep the logs.", "4", proposes={"logging-retention": "keep the logs"})
    sheet.say("Logs are erased after a day.", "5", proposes={"retention-limits": "erased after a day"})

    silences = flat(section(render(sheet.assessed(), "review-text"), f"{LACKING}\n---", "Limits of"))

    nowhere, elsewhere = silences.split(" - Record-keeping and retention: no clause was found on: ")[1].split(
        "Provided elsewhere"
    )
    assert "data minimization" in nowhere
    assert elsewhere.startswith(", perhaps for another purpose: a limit on retention (clause 5, p. 1).")


def test_review_names_the_guidelines_under_which_clauses_are_to_check(sheet):
    sheet.say("A human-readable error message shall be shown.", "4")

    text = flat(render(sheet.assessed(), "review-text"))

    assert "Clauses under 4.5 should be checked." in text


def test_review_names_the_powers_of_a_question_that_is_asked_once_for_several(sheet):
    sheet.say("The node shall cut off the line.", "4.1", proposes={"shut-off": "cut off"})
    sheet.say("The node shall block the site.", "5.1", proposes={"content-blocking": "block the site"})

    text = flat(render(sheet.assessed(), "review-text"))

    assert (
        "in the clause or its section: shut-off and disconnection; content or service filtering and blocking. " in text
    )


def test_limits_say_of_what_no_part_was_unreadable_where_there_are_no_pages(sheet):
    sheet.say("The frame has 32 bits.", "1")

    text = flat(render(sheet.assessed({"paged": False}), "review-text"))

    assert text.count("The tool read the whole text") == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [("ITU-T", "Study group: [to be filled] Question: "), ("ETSI", "Technical committee: [to be filled] Meeting")],
)
def test_contribution_calls_the_group_as_its_body_does_and_asks_for_a_question_where_there_are_any(sheet, body, field):
    sheet.say("The frame has 32 bits.", "1")

    assert field in flat(render(sheet.assessed(body=body), "contribution-text"))


def test_contribution_quotes_each_clause_whose_wording_it_would_change(assessment):
    text = render(assessment, "contribution-text")

    quoted = {one for one, under in pairwise(text.splitlines()) if under.startswith("   | ")}
    changes = [one.split("Change: In c")[1].split(",")[0] for one in flat(text).split(" - ") if "Change: In c" in one]
    assert changes
    assert {f"C{change}:" for change in changes} <= quoted


def test_contribution_offers_no_changes_where_it_has_none(sheet):
    sheet.say("Position ::= BIT", "4", kind="code", proposes={"missing-remedy": "BIT"})

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert "Change:" not in text
    assert "The group is invited to answer the following questions." in text
    assert "proposes questions." in text


def test_contribution_says_of_which_power_it_offers_no_change(sheet):
    sheet.say("The node shall keep the logs.", "4", proposes={"logging-retention": "keep the logs"})
    sheet.say("Position ::= BIT", "5", kind="code", proposes={"missing-remedy": "BIT"})

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert "No change of wording is proposed here" in text[text.index("Proposal 2") :]
    assert "No change of wording is proposed here" not in text[: text.index("Proposal 2")]


def test_proposal_brings_the_change_of_the_clause_that_says_the_opposite_and_is_headed_by_what_it_is_on(sheet):
    section = ("8 Control",)
    words = "cut the line of a subscriber"
    sheet.say(f"The operator shall {words}.", "8.1", section, proposes={"shut-off": words})
    denial = "The operator shall not notify the subscriber, and the order is not subject to appeal"
    sheet.say(f"{denial}.", "8.2", section, proposes={"missing-remedy": denial})
    for number in range(3, 7):
        sheet.say(f"The operator may {words}.", f"8.{number}", section, strength="may", proposes={"shut-off": words})

    text = " ".join(render(sheet.assessed(), "contribution-text").split())

    proposal = text[text.index("Proposal 1: shut-off") :].partition("Proposal 2")[0]
    assert "Clause 8.2 (p. 1) conflicts with this and would have to change too." in proposal
    assert "Change: In clause 8.2 (p. 1), delete “not” before “subject to”" in proposal
    assert re.findall(r"8\.\d", proposal[: proposal.index("Question")]) == ["8.1", "8.2", "8.3"]


def test_points_left_open_stand_in_the_order_of_the_guidelines(sheet):
    for number, power in enumerate(("traffic-inspection", "logging-retention", "shut-off", "identity-binding"), 1):
        sheet.say(f"The node shall do {power}.", f"4.{number}", proposes={power: power})

    text = render(sheet.assessed(), "contribution-text")

    left = flat(section(text, "What the text leaves open", "Limits of this document"))
    numbers = [int(one) for one in re.findall(r"\(RFC 9620 section 4\.(\d+)\)", left)]
    assert numbers == sorted(numbers)
    assert len(numbers) > 1


def test_review_quotes_a_clause_once_and_then_its_first_words(sheet):
    words = "The node shall keep a record of each call and show it to the keeper of the lamp at the end of the day"
    words += " when the ships go out to the sea in the evening"
    sheet.say(
        f"{words}.", "4.1", proposes={"logging-retention": "keep a record", "lawful-access": "show it to the keeper"}
    )

    text = render(sheet.assessed({"paged": False}), "review-text")

    answers = text[text.index("Guideline by guideline") :].partition("Weak and open wording")[0]
    assert flat(answers.replace("   | ", "")).count(f"{words}.") == 1
    assert re.search(r"Section 4\.1, quoted (above|under 4\.\d+):\n   \| The node shall keep", answers)


def test_contribution_counts_no_clause_among_the_further_ones_that_it_quotes(sheet):
    powers = ["shut-off", "lawful-access", "identity-binding", "traffic-inspection", "content-blocking", "exclusion"]
    powers += ["logging-retention", "location-tracking", "central-control", "missing-remedy"]
    sheet.say("The keeper shall do it.", "4", proposes=dict.fromkeys(powers, "do it"))

    text = render(sheet.assessed(), "contribution-text")

    assert "Concern 8" in text
    assert "Further powers" not in text


def test_contribution_names_where_a_power_stands_beside_the_clauses_that_it_quotes(sheet):
    for number in range(1, 4):
        sheet.say("The node shall keep the logs.", f"4.{number}", proposes={"logging-retention": "keep the logs"})

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert "Also in clause 4.3 (p. 1). Concern: These passages may enable" in text


def test_contribution_tells_that_a_power_has_less_grave_places_than_those_it_names(sheet):
    for number in range(1, 4):
        sheet.say("The node shall read the mail.", f"4.{number}", proposes={"traffic-inspection": "read the mail"})
    words = {"traffic-inspection": "read the mail", "encryption": "encrypt it"}
    sheet.say("The node shall read the mail and encrypt it.", "5", ("5",), proposes=words)

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert "Also in clause 4.3 (p. 1). The power is less grave in 1 further place." in text


def test_place_named_for_the_power_beside_it_is_not_said_to_be_as_grave(sheet):
    for number in range(1, 4):
        sheet.say("The desk shall check the name.", f"4.{number}", proposes={"identity-binding": "check the name"})
    words = {"identity-binding": "check the name", "user-control": "if the guest agrees"}
    sheet.say("The desk shall check the name if the guest agrees.", "5", ("5",), proposes=words)
    words = {**words, "shut-off": "suspend"}
    sheet.say("The desk shall check the name if the guest agrees, or suspend the line.", "6", ("6",), proposes=words)

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert "Also in clauses 6 (p. 1), 4.3 (p. 1) and 1 more." in text


def test_contribution_says_of_all_that_are_quoted_first_and_bind_alike_how_they_do(sheet):
    for number in ("4.1", "4.2"):
        words = "The guest shows a passport with their name"
        sheet.say(f"{words}.", number, strength="descriptive", proposes={"identity-binding": words})
    words = "It should be possible to give a pass of a person to a guardian"
    both = {"identity-binding": words, "user-control": "who may refuse it"}
    sheet.say(f"{words}, who may refuse it.", "5", ("5",), strength="may", proposes=both)

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert ". Each of the first two passages quoted describes " in text


def test_contribution_with_one_change_speaks_of_one(sheet):
    words = "It should be possible to give a pass of a person to a guardian"
    sheet.say(f"{words}.", "4.3", strength="may", proposes={"identity-binding": words})

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert text.count("Change: ") == 1
    assert "proposes questions and a change." in text
    assert "to consider the following change." in text


def test_contribution_puts_no_question_twice_in_other_words(sheet):
    words = "The address format serves the national need and cannot be met by existing protocols"
    sheet.say(f"{words}.", "6.4", strength="descriptive", proposes={"fragmentation": words})
    words = "Hosts shall be reached through the gateways only"
    sheet.say(f"{words}.", "9", proposes={"fragmentation": words})

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert text.count("Why must communication with the Internet pass through a gateway?") == 1
    assert text.count("Why can existing protocols not be extended") <= 1


@pytest.mark.parametrize(("number", "said"), [("3.", "Also in section 3. Concern: "), ("", "")])
def test_contribution_names_further_places_only_by_what_a_reader_can_look_up(sheet, number, said):
    for one in ("1.", "2.", number):
        sheet.say("The node shall keep the logs.", one, proposes={"logging-retention": "keep the logs"})

    text = flat(render(sheet.assessed({"paged": False}), "contribution-text"))

    assert said in text
    assert ("Also in" in text) is bool(said)


def test_contribution_quotes_what_denies_a_safeguard_after_what_the_power_may_enable(sheet):
    section = ("8 Control",)
    sheet.say("The keeper shall cut the line.", "8.1", section, proposes={"shut-off": "cut the line"})
    sheet.say("The keeper shall cut the rope of the line.", "8.2", section, proposes={"shut-off": "cut the rope"})
    denial = "The keeper shall not notify the guest, and the order is not subject to appeal"
    sheet.say(f"{denial}.", "8.3", section, proposes={"missing-remedy": denial})
    sheet.say("The guest may cut the line.", "8.4", section, strength="may", proposes={"shut-off": "cut the line"})

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert (
        "Each passage quoted above requires the disconnection or suspension of users. Clause 8.3 (p. 1): | The keeper"
        in text
    )


def test_contribution_asks_only_of_clauses_that_it_quotes(sheet):
    for number in range(1, 5):
        data = "records" if number < 3 else "location information"
        said = f"The keeper shall hand over the {data}."
        sheet.say(said, f"4.{number}", proposes={"lawful-access": f"hand over the {data}"})

    text = flat(render(sheet.assessed(), "contribution-text"))

    proposal = text[text.index("Proposal 1") :]
    assert "the records" in proposal
    assert "location information" not in proposal


def test_rights_of_a_concern_stay_with_it_and_the_first_question_with_the_next(assessment):
    paragraphs = docx.Document(BytesIO(export(assessment, "contribution"))).paragraphs

    firsts = [after for head, after in pairwise(paragraphs) if head.text.startswith("Proposal ")]
    told = [paragraph for paragraph in paragraphs if paragraph.text.startswith("Concern: ")]
    assert firsts
    assert told
    assert all(one.paragraph_format.keep_with_next for one in [*firsts, *told])


def test_contribution_names_the_clause_in_which_a_power_weighs_more_with_another(sheet):
    for number in range(1, 5):
        words = "The node shall bind the name"
        sheet.say(f"{words}.", f"4.{number}", proposes={"identity-binding": words})
    words = "The node names the person"
    sheet.say(f"{words}.", "6.1", strength="may", proposes={"identity-binding": words})
    sheet.say("The node cuts off the person.", "6.1", proposes={"shut-off": "cuts off the person"})

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert "Also in clauses 6.1 (p. 1), 4.3 (p. 1) and 4.4 (p. 1)." in text


def test_contribution_counts_pages_of_one_clause_once(sheet):
    for page in (1, 1, 2, 3):
        words = "The node shall keep the logs"
        sheet.say(f"{words}.", "4", page=page, proposes={"logging-retention": words})
    for number in (5, 6):
        sheet.say("The node shall keep the logs.", f"{number}", proposes={"logging-retention": "keep the logs"})

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert "Also in clauses 4 (p. 2\N{EN DASH}3), 5 (p. 1) and 6 (p. 1)." in text


def test_proposal_asks_of_the_words_of_a_quoted_clause_before_it_asks_in_general_and_names_what_the_general_is_on(
    sheet,
):
    for number in ("4.1", "4.2"):
        sheet.say("Names are bound.", number, strength="descriptive", proposes={"identity-binding": "Names are bound"})
    words = "It should be possible to give a pass of a person to a guardian"
    sheet.say(f"{words}.", "4.3", strength="may", proposes={"identity-binding": words})

    text = flat(render(sheet.assessed(), "contribution-text"))

    proposal = text[text.index("Proposal 1") :]
    assert re.findall(r"4\.\d", proposal[: proposal.index("Question")]) == ["4.1", "4.3"]
    assert proposal[proposal.index("Question: ") :].startswith("Question: How is the person for whom a guardian")


def test_each_proposal_asks_though_what_is_asked_stands_in_clauses_that_are_not_quoted(sheet):
    for number, words in enumerate(("They shall be compared", "It shall be compared"), 1):
        sheet.say(f"{words}.", f"4.{number}", proposes={"biometric-recognition": words})
    for number in ("4.3", "4.4"):
        words = "The terminal may compare the face image"
        sheet.say(f"{words}.", number, strength="may", proposes={"biometric-recognition": words})

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert text[text.index("Proposal 1") :].partition("What the text leaves")[0].count("Question: ") == 2


def test_point_left_open_that_a_clause_denies_names_the_clause(sheet):
    sheet.say("The node shall cut the line.", "8.1", ("8 Cut",), proposes={"shut-off": "cut the line"})
    words = "The person is not told of the reason, and the command is not subject to appeal."
    sheet.say(words, "8.3", ("8 Cut",), proposes={"missing-remedy": "not subject to appeal"})

    text = render(sheet.assessed(), "contribution-text")

    left = flat(section(text, "What the text leaves open", "Limits of this document"))
    assert "A clause excludes a means of contesting" in left
    assert "(clause 8.3 (p. 1); RFC 9620 section 4.20)" in left or "(clause 8.3; RFC 9620 section 4.20)" in left


def test_contribution_says_of_which_safeguards_a_reader_must_decide(sheet):
    sheet.say("The node shall deliver the calls.", "5", proposes={"lawful-access": "deliver the calls"})
    sheet.say("A judge signs the order.", "6", proposes={"independent-oversight": "judge"}, doubtful=True)

    text = flat(render(sheet.assessed(), "contribution-text"))

    assert "Clause 6 (p. 1) may provide for independent oversight; the group should confirm this." in text


def test_contribution_quotes_the_clause_of_which_a_report_asks_first_and_says_on_which_clause_a_question_is(sheet):
    for number in ("4.1", "4.2"):
        sheet.say("Names are bound.", number, strength="descriptive", proposes={"identity-binding": "Names are bound"})
    words = "The guard verifies the driving licence of the guest"
    sheet.say(f"{words}.", "4.3", strength="descriptive", proposes={"identity-binding": words})

    text = flat(render(sheet.assessed(), "contribution-text"))

    proposal = text[text.index("Proposal 1") :]
    assert "Clause 4.3 (p. 1): | The guard verifies" in text
    assert proposal.startswith("Proposal 1: identification of people (clause 4.3) ")
    assert re.search(r"Question: What else could the verifying party learn from [^?]*\?", proposal)


def test_change_of_a_power_that_is_discussed_itself_stands_once(sheet):
    head = ("6 Addressing",)
    bound = "Each subscriber shall be given an address that is bound to the verified identity of the person."
    kept = "The address shall not change during the lifetime of the subscription, so that the person can be recognized."
    sheet.say(bound, "6.1", head, proposes={"identity-binding": "bound to the verified identity"})
    sheet.say(kept, "6.2", head, proposes={"persistent-identifiers": "shall not change during the lifetime"})

    text = " ".join(render(sheet.assessed(), "contribution-text").split())

    assert text.count("shall be changed at intervals") == 1
