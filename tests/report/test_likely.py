"""What the brief makes of doubtful findings, by their chance of being right."""

from dataclasses import replace

import pytest
from lxml import html
from subjects import subject_of

from impact.pipeline import analyze, render
from impact.records import Block, BlockKind
from impact.records.assessment import DESIRED, LIKELY, SALIENT, SURELY
from impact.report.terminal import summary
from impact.report.view.passages import PROTECTS, question_of
from impact.taxonomy import load

BELOW = LIKELY - 0.05
CARD, LINE = "The desk may record the passport.", "The line of a guest may be cut off."


def doubted(sheet, words, number, proposes, confidence, **more):
    sheet.say(words, number, proposes=proposes, doubtful=True, confidence=confidence, **more)


def brief(assessment) -> str:
    page = html.fromstring(render(assessment, "html"))
    return " ".join(page.get_element_by_id("brief").text_content().split())


@pytest.mark.parametrize("form", ["html", "md"])
def test_an_unlikely_power_is_left_out_of_the_brief(sheet, form):
    doubted(sheet, CARD, "4", {"identity-binding": "passport"}, LIKELY)
    doubted(sheet, LINE, "5", {"shut-off": "cut off"}, BELOW)

    text = brief(sheet.assessed()) if form == "html" else render(sheet.assessed(), "md")

    assert "The proposal may allow people to be identified." in text
    assert "shut-off" not in text
    assert "the passport" in text.replace("**", "").replace("\\", "")
    assert "guest" not in text
    assert text.count("if confirmed") == 1


@pytest.mark.parametrize("form", ["html", "md"])
def test_where_no_power_is_likely_the_brief_says_so(sheet, form):
    doubted(sheet, LINE, "5", {"shut-off": "cut off"}, BELOW)

    text = brief(sheet.assessed()) if form == "html" else render(sheet.assessed(), "md")

    none = "and found no passage that is likely to raise a human rights concern."
    assert none in text
    assert "shut-off" not in text
    assert "if confirmed" not in text


def test_an_unlikely_finding_is_still_there_to_be_decided(sheet):
    doubted(sheet, LINE, "5", {"shut-off": "cut off"}, BELOW)

    page = html.fromstring(render(sheet.assessed(), "html"))

    assert "cut off" in page.get_element_by_id("decide").text_content()


def test_the_level_does_not_depend_on_an_unlikely_finding(sheet):
    sheet.say("The desk shall record the visit.", "4", proposes={"logging-retention": "record the visit"})
    doubted(sheet, LINE, "5", {"shut-off": "cut off"}, BELOW)

    assert "on shut-off" not in render(sheet.assessed(), "md").split("Points to note")[0]


def test_the_surest_of_doubtful_findings_is_quoted(sheet):
    doubted(sheet, "The badge of a visitor may be checked.", "3", {"identity-binding": "badge"}, 0.5)
    doubted(sheet, CARD, "4", {"identity-binding": "passport"}, 0.6, strength="may")

    quotes = [line for line in render(sheet.assessed(), "md").splitlines() if line.strip().startswith(">")]

    assert "passport" in quotes[0]


def test_a_definition_is_quoted_before_a_rule_only_where_it_is_much_surer(sheet):
    doubted(sheet, "Badge: shows who a visitor is.", "3", {"identity-binding": "Badge"}, 0.65, kind="definition")
    doubted(sheet, CARD, "4", {"identity-binding": "passport"}, 0.5)

    quotes = [line for line in render(sheet.assessed(), "md").splitlines() if line.strip().startswith(">")]

    assert "passport" in quotes[0]


def test_the_brief_says_where_a_firm_power_needs_review_as_well(sheet):
    sheet.say("The desk shall record the visit.", "4", proposes={"logging-retention": "record the visit"})
    doubted(sheet, "A visit may be noted.", "5", {"logging-retention": "noted"}, 0.5)

    assert "This finding may also apply to clause 5" in render(sheet.assessed(), "md")


def test_a_doubtful_finding_that_nobody_is_likely_to_want_is_not_quoted(sheet):
    doubted(sheet, CARD, "4", {"identity-binding": "passport"}, LIKELY, salience=DESIRED)
    doubted(sheet, LINE, "5", {"shut-off": "cut off"}, LIKELY, salience=SALIENT - 0.05)

    text = render(sheet.assessed(), "md")

    assert "the passport" in text
    assert "shut-off" not in text


def test_of_equally_grave_findings_the_more_salient_is_quoted(sheet):
    for words, number, salience in ((LINE, "4", 0.3), ("The line of a tenant may be cut off.", "5", 0.6)):
        sheet.say(words, number, strength="may", proposes={"shut-off": "cut off"}, salience=salience)

    text = render(sheet.assessed(), "md")

    assert "tenant" in text
    assert "guest" not in text


def test_findings_that_nobody_is_likely_to_want_are_not_counted(sheet):
    sheet.say("The desk shall record the visit.", "4", proposes={"logging-retention": "record the visit"})
    for number in ("5", "6"):
        doubted(sheet, "The visit may be kept.", number, {"logging-retention": "kept"}, LIKELY, salience=SALIENT - 0.05)
    doubted(sheet, CARD, "7", {"logging-retention": "record"}, LIKELY, salience=DESIRED)

    text = render(sheet.assessed(), "md")

    assert "finding needs review" not in text
    assert "This finding may also apply to clause 7" in text


def test_powers_that_are_not_likely_aggravate_nothing(sheet):
    sheet.say("The desk shall record the visit.", "4", proposes={"logging-retention": "record the visit"})
    doubted(sheet, CARD, "5", {"identity-binding": "passport"}, BELOW)

    assessment = sheet.assessed()

    assert assessment.compounds
    assert "aggravate" not in render(assessment, "md")


def test_a_salient_passage_names_no_power_that_is_not_likely(sheet):
    words = "The line of each guest may be cut off at night by the desk."
    sheet.say(words, "5", proposes={"shut-off": "cut off"}, doubtful=True, confidence=BELOW, salience=0.8)

    text = render(sheet.assessed(), "md")

    assert "It made no high-confidence findings but marked one passage for closer reading." in text
    assert f"- Clause 5, p. 1 (disclosure of data):\n  > {words}" in text


def test_where_no_network_tells_a_finding_in_doubt_is_quoted_that_nobody_may_want(sheet):
    doubted(sheet, CARD, "4", {"identity-binding": "passport"}, LIKELY, salience=SALIENT - 0.1)

    assert "the passport" in render(sheet.assessed(), "md")


@pytest.mark.parametrize(
    ("salience", "is_firm", "quoted"), [(DESIRED, True, True), (DESIRED, False, False), (DESIRED - 0.01, True, False)]
)
def test_a_finding_in_doubt_is_quoted_beside_a_firm_one_where_a_passage_is_likely_to_be_wanted(
    sheet, salience, is_firm, quoted
):
    if is_firm:
        sheet.say("The desk shall record the visit.", "3", proposes={"logging-retention": "record the visit"})
    doubted(sheet, CARD, "4", {"identity-binding": "passport"}, LIKELY, salience=salience)
    sheet.salience[-1] = replace(sheet.salience[-1], sentence=sheet.clauses[-1].span)

    assert ("needs review" in render(sheet.assessed(), "md").lower()) is quoted


def test_the_surest_finding_of_a_power_is_quoted_though_nobody_may_want_it(sheet):
    doubted(sheet, CARD, "4", {"identity-binding": "passport"}, LIKELY, salience=DESIRED)
    for number, confidence in (("5", SURELY), ("6", SURELY + 0.1)):
        words = f"The line of guest {number} may be cut off."
        doubted(sheet, words, number, {"shut-off": "cut off"}, confidence, salience=SALIENT - 0.1)

    text = render(sheet.assessed(), "md")

    assert "guest 6" in text
    assert "guest 5" not in text


def test_what_is_quoted_of_a_doubtful_power_is_likely_itself(sheet):
    doubted(sheet, LINE, "4", {"shut-off": "cut off"}, LIKELY, salience=SALIENT)
    doubted(sheet, "The line of a tenant may be cut off.", "5", {"shut-off": "cut off"}, LIKELY - 0.05, salience=0.9)

    text = render(sheet.assessed(), "md")

    assert "clause 4" in text
    assert "tenant" not in text


@pytest.mark.parametrize(("protection", "said"), [(PROTECTS, True), (0.4, False), (None, False)])
@pytest.mark.parametrize("form", ["md", "html"])
def test_a_quoted_passage_is_called_a_protection_where_that_is_likely(sheet, protection, said, form):
    sheet.say("A server can track a person by what the client reveals.", "4", salience=0.9)
    sheet.salience[-1] = replace(sheet.salience[-1], protection=protection)

    assert (render(sheet.assessed(), form).lower().count("possible safeguard") > 1) is said


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_quoted_answer_comes_with_its_question(sheet, form):
    sheet.say(
        "A server can track a person by what the client reveals.", "4", ("4 Can it track a person?",), salience=0.9
    )

    assert render(sheet.assessed(), form).count("Can it track a person?") >= 1
    assert "4 Can it" not in render(sheet.assessed(), "md")


def test_an_answer_below_the_item_that_asks_is_quoted_with_its_question(tmp_path):
    file = tmp_path / "quay.md"
    file.write_text(
        "# Quay\n\n1. Who may moor here?\n   - A: All boats moor here.\n2. Boats leave.\n   - Ships wait.\n"
    )
    assessment = analyze(file, by=("cues",), jailed=False)
    subject = subject_of(assessment)

    asked = {assessment.document.quote(clause.span): question_of(subject, clause.id) for clause in assessment.clauses}

    assert {answer: question for answer, question in asked.items() if question} == {
        "A: All boats moor here.": "Who may moor here?"
    }


def test_a_text_with_passages_to_read_is_not_said_to_have_none_that_matters(sheet):
    sheet.say("A server can track a person by what the client reveals.", "4", salience=0.9)

    assert "and made no findings." in summary(sheet.assessed(), load())


def test_an_item_is_quoted_with_the_sentence_that_introduces_its_list(sheet):
    stem = sheet.say("The register never shows to others:", "4")
    sheet.say("Who holds a line of the quay and where that person lives.", "4", salience=0.9)
    sheet.clauses[-1] = replace(sheet.clauses[-1], stem=stem.span)

    text = render(sheet.assessed(), "md")

    assert "> The register never shows to others: Who holds a line of the quay and where that person lives." in text


def test_what_a_text_may_allow_and_what_it_may_provide_for_are_said_apart(sheet):
    doubted(sheet, LINE, "4", {"shut-off": "cut off"}, SURELY)
    doubted(sheet, "Names of guests may be passed on.", "5", {"third-party-disclosure": "passed on"}, SURELY)
    doubted(sheet, "A number may stay with a guest for good.", "6", {"persistent-identifiers": "number"}, SURELY)

    assert (
        "The proposal may allow users to be disconnected or suspended and personal data to be disclosed to third "
        "parties, and may provide for persistent identifiers for people or their devices."
    ) in brief(sheet.assessed())


def test_a_section_whose_heading_asks_a_question_in_quotation_marks_is_named_alone(sheet):
    heading = 'Cut off vs "simply not connected"?'
    sheet.say("A desk that cuts off a guest should tell the guest why.", "", ("Lines", heading), salience=0.9)

    text = render(sheet.assessed({"paged": False}), "md")

    assert text.count("simply not connected") == 1


@pytest.mark.parametrize(("kind", "cut"), [(BlockKind.ITEM, 1), (BlockKind.PARAGRAPH, 0)])
def test_a_passage_whose_words_go_on_in_a_list_is_marked_as_cut(sheet, kind, cut):
    words = "The desk tracks each guest by the following, and tells no guest that it does so, namely"
    spans = [sheet.say(words, "4", salience=0.9).span, sheet.say("by the lamp that is lit at night", "5").span]
    blocks = (Block(spans[0]), Block(spans[1], kind))

    assert render(sheet.assessed({"blocks": blocks}), "md").replace("\\", "").count("namely […") == cut


@pytest.mark.parametrize(("words", "cut"), [("guests may be tracked by", 1), ("guestKey tells the desk of", 0)])
def test_a_passage_without_its_beginning_is_marked_as_cut(sheet, words, cut):
    sheet.say(f"{words} whoever holds the list of those who hold a line.", "4", salience=0.9)

    assert render(sheet.assessed(), "md").replace("\\", "").count(f"\N{HORIZONTAL ELLIPSIS}] {words}") == cut


def test_a_passage_that_announces_what_follows_is_marked_as_cut(sheet):
    sheet.say("What a line reveals may tell others of the guest who holds it, so that:", "4", salience=0.9)
    sheet.say("Lines are hidden.", "5")

    assert "so that: [\N{HORIZONTAL ELLIPSIS}]" in render(sheet.assessed(), "md").replace("\\", "")
