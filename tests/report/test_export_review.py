"""The review and the contribution: what experts write by hand, as text and for Word."""

import re
from dataclasses import fields, replace
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from click.testing import CliRunner
from office import needs_office, paper

from impact.advise import advise
from impact.advise.detectors.library import detectors
from impact.advise.guideline_rules import rules
from impact.cli import main
from impact.paths import shelf
from impact.pipeline import export, render
from impact.present.cleaning import UNSEEN
from impact.report.script import BLANK, WIDTH
from impact.taxonomy import load

PROPOSALS = shelf("corpora") / "proposals"
FORBIDDEN = re.compile(
    r"\b(violat\w*|breach\w*|complian\w*|compl(y|ies|ied)|intent(ion\w*)?|motiv\w*|safe|safely|no risk|"
    r"risk[- ]free|score of|\d\.\d+ out of)\b",
    re.IGNORECASE,
)
each_text = pytest.mark.parametrize("form", ["review-text", "contribution-text"])
each_word = pytest.mark.parametrize("form", ["review", "contribution"])


def headings(text):
    lines = text.splitlines()
    return [one for one, under in pairwise(lines) if re.fullmatch(r"[-~=]{3,}", under)]


def unquoted(text):
    return "\n".join(line for line in text.splitlines() if not line.startswith("   | "))


def opened(data):
    return docx.Document(BytesIO(data))


def full(sheet):
    """Return a sheet on which every detector and every label is found."""
    for detector in detectors():
        for words in detector.matches:
            sheet.say(words, detector.guideline, (f"{detector.guideline} Part",))
    for label in load().labels:
        words = f"Words about {label.replace('-', ' ')}."
        sheet.say(words, "9", ("9 Part",), proposes={label: words})
    return sheet


def test_review_has_summary_benefits_guidelines_and_silences_in_this_order(assessment):
    found = headings(render(assessment, "review-text"))

    wanted = [
        "Summary",
        "Benefits",
        "Guideline by guideline",
        "4.1 Intermediaries",
        "Safeguards not found",
        "Limits of this review",
    ]
    assert [one for one in found if one in wanted] == wanted


def test_review_quotes_the_clause_with_its_number_then_impact_then_recommendation(assessment):
    text = render(assessment, "review-text")

    place = text.index("8.1 (p. 2):\n   | Forwarding nodes shall examine the payload of each flow")
    impact = text.index("Impact: Traffic or content inspection (the clause requires it).", place)
    assert place < impact < text.index("Recommendation: ", impact)


def test_review_has_a_doubtful_power_to_check_without_recommendation(sheet):
    sheet.say("The node shall see all flows.", "4.2", proposes={"traffic-inspection": "see all flows"}, doubtful=True)

    text = " ".join(render(sheet.assessed({"paged": False}), "review-text").split())

    start = text.index("| The node shall see all flows.")
    point = text[start : text.index("Left open" if "Left open" in text[start:] else "4.2 Connectivity", start)]
    assert "Needs review: Traffic or content inspection. To be confirmed: the text may enable" in point
    assert "Recommendation" not in point
    assert "clauses could give a power over people: none found with certainty. " in text
    assert "Clauses under 4.1 need review." in text


def doubted(sheet):
    """Return an assessment with doubtful findings alone, in two clauses, of one label and of two."""
    sheet.say("The node shall see all flows.", "4.2", proposes={"traffic-inspection": "see all flows"}, doubtful=True)
    powers = {"traffic-inspection": "see and keep them", "logging-retention": "see and keep them"}
    sheet.say("It shall see and keep them.", "5.1", proposes=powers, doubtful=True)
    return sheet.assessed({"paged": False}, number="C-7")


UNFIRM = "The tool made no high-confidence findings. Two passages need review: sections 4.2 and 5.1."


def test_review_of_doubtful_findings_alone_says_that_nothing_is_firm_and_which_clauses_are_to_decide(sheet):
    text = " ".join(render(doubted(sheet), "review-text").split())

    assert f"{UNFIRM} The tool read the whole text (2 passages)." in text
    assert "no finding." not in text


def test_contribution_on_doubtful_findings_alone_says_so_and_names_their_places_and_no_power(sheet):
    text = " ".join(render(doubted(sheet), "contribution-text").split())

    assert f"Abstract: This document sets out what C-7 leaves open. {UNFIRM}" in text
    assert f"{UNFIRM} This does not mean that the text raises no concern." in text
    assert "no finding." not in text
    assert "Traffic or content inspection" not in text


def test_contribution_on_a_text_without_findings_says_that_no_clause_was_flagged(sheet):
    sheet.say("The frame has 32 bits.", "1")

    text = " ".join(render(sheet.assessed(number="C-7"), "contribution-text").split())

    assert "This document sets out what C-7 leaves open. The tool made no findings." in text
    assert "The tool made no findings. This does not mean that the text raises no concern." in text


def test_contribution_on_a_text_that_is_not_assessed_does_not_say_that_nothing_was_flagged(sheet):
    sheet.say("Le r\u00e9seau doit fonctionner.", "1")

    text = " ".join(render(sheet.assessed(language="fr"), "contribution-text").split())

    assert "Not assessed: the document is in French." in text
    assert "no finding." not in text


def test_weak_words_of_a_benefit_are_named_and_asked_to_bind(sheet):
    sheet.say("Data should be encrypted.", "3.1", strength="should", proposes={"encryption": "encrypted"})

    text = " ".join(render(sheet.assessed({"paged": False}), "review-text").split())

    assert "depends on a measure without a test, in section 3.1 (\u201cshould\u201d)." in text
    assert "Recommendation: Make the protection a requirement that can be tested." in text


def test_review_says_each_silence_once_and_under_silences_where_it_stands(assessment):
    text = " ".join(render(assessment, "review-text").split())

    silences = text[text.index("Safeguards not found ---") :]
    assert text.count("No section on security considerations was found.") == 1
    assert re.search(r"points? open; see under .*4\.13\b", silences)


def test_review_puts_the_same_question_on_several_powers_once(sheet):
    sheet.say("The node shall cut off the line.", "4.1", proposes={"shut-off": "cut off"})
    sheet.say("The node shall block the site.", "5.1", proposes={"content-blocking": "block the site"})

    text = render(sheet.assessed(), "review-text")

    assert text.count("How long does the measure last, and what brings it to an end?") == 1
    assert "| The node shall cut off the line." in text[text.index("Weak and open wording") :]
    assert "| The node shall block the site." in text[text.index("Weak and open wording") :]


def test_review_and_contribution_say_nothing_of_remarks_where_there_are_none(assessment):
    assert "0 remarks" not in render(assessment, "review-text") + render(assessment, "contribution-text")


def test_contribution_counts_the_clauses_that_it_quotes_and_names_the_other_powers(sheet):
    for number, name in enumerate(load().mechanisms, 1):
        for item in "abc":
            sheet.say(
                f"The node shall do {item}{number}.", f"4.{number} {item})", proposes={name: f"do {item}{number}"}
            )

    text = " ".join(render(sheet.assessed(), "contribution-text").split())

    count = int(re.search(r"This document quotes (\d+) clauses", text)[1])
    discussion = text[text.index("Concern 1") : text.index("3 Proposals")]
    assert count == len(set(re.findall(r"\| (The node shall do \w+\.)", discussion)))
    assert "Also found, but not discussed here: " in discussion


def test_contribution_lists_the_few_points_left_open_with_their_guidelines(assessment):
    answers = advise(assessment, load()).guidelines
    open_at = [answer.number for answer in answers for _ in answer.omissions]

    text = render(assessment, "contribution-text")

    left = " ".join(text[text.index("What the text leaves open") : text.index("Limits of this document")].split())
    assert 1 < len(open_at) <= 5
    assert re.findall(r"RFC 9620 section (4\.\d+)\)", left) == open_at
    assert "report" not in left


def test_contribution_cites_the_number_with_its_revision(assessment):
    text = " ".join(render(assessment, "contribution-text").split())

    assert "Human rights considerations on C-417-R1, " in text
    assert "clauses of C-417-R1 that could affect human rights" in text


def test_contribution_discusses_a_single_further_power_with_the_others(sheet):
    for number, name in enumerate(list(load().mechanisms)[:9], 1):
        sheet.say(f"The node shall do a{number}.", f"4.{number}", proposes={name: f"do a{number}"})

    text = render(sheet.assessed(), "contribution-text")

    assert "Concern 9: " in text
    assert "not discussed here" not in text


def test_review_says_on_which_guidelines_no_clause_was_found(sheet):
    sheet.say("The frame check sequence shall have 32 bits.", "8.3")

    text = " ".join(render(sheet.assessed(), "review-text").split())

    assert re.search(r"No points on: [^:]*4\.7 Open Standards", text)


def test_contribution_has_the_fields_of_a_header_and_leaves_blank_what_only_its_source_knows(assessment):
    text = render(assessment, "contribution-text")

    assert "Study group: SG13\nQuestion: Q20/13\n" in text
    for field in ("Source", "Contact", "Meeting, place and date"):
        assert f"{field}: {BLANK}\n" in text
    assert re.search(r"Title: Human rights considerations on C-417", text)
    assert "Abstract: This document quotes 6 clauses" in text


def test_contribution_discusses_each_concern_with_its_clause_and_ends_in_questions_and_changes(assessment):
    text = render(assessment, "contribution-text")

    found = headings(text)
    assert [one for one in found if one[0] in "123"][:3] == ["1 Introduction", "2 Discussion", "3 Proposals"]
    assert {"What the text already provides", "What the text leaves open"} < set(found)
    assert [one for one in found if one.startswith("Concern 1")]
    assert " - Question: " in text
    assert re.search(r" - Change: In clause [\d.]+ [a-z(). 0-9]+,\s+(add|replace|delete)\s+\u201c", text)


@each_text
def test_lines_of_the_text_fit_a_mail(form, assessment):
    assert max(map(len, render(assessment, form).splitlines())) <= WIDTH


@each_text
def test_equal_assessments_give_equal_text(form, assessment):
    assert render(assessment, form) == render(assessment, form)


@each_word
def test_word_file_says_what_the_text_says(form, assessment):
    said = "".join(paragraph.text for paragraph in opened(export(assessment, form)).paragraphs)
    text = render(assessment, f"{form}-text")

    bare = re.sub(r"\W+", "", said)
    for paragraph in re.split(r"\n\s*\n", text):
        words = re.sub(r"\W+", "", re.sub(r"^[-~=]{3,}$", "", paragraph, flags=re.MULTILINE))
        assert words in bare, paragraph


@each_word
def test_word_file_has_the_same_bytes_each_time(form, assessment):
    assert export(assessment, form) == export(assessment, form)


@each_word
def test_hostile_text_is_held_as_text(form, attacked):
    document = opened(export(attacked, form))

    assert not UNSEEN.search("".join(paragraph.text for paragraph in document.paragraphs).replace("\ufffd", ""))
    assert {rel.is_external for rel in document.part.rels.values()} == {False}


@each_text
def test_hostile_text_steers_no_terminal(form, attacked):
    text = render(attacked, form)

    assert not UNSEEN.search(text.replace("\ufffd", ""))
    assert max(map(len, text.splitlines())) < 200


@each_text
def test_no_forbidden_word_stands_where_every_detector_and_label_is_found(form, sheet):
    text = unquoted(render(full(sheet).assessed(), form))

    assert FORBIDDEN.findall(text) == []


def test_no_rule_has_a_forbidden_word():
    told = [f"{detector.name} {detector.says} {detector.ask}" for detector in detectors()]
    for group in (rules().guidelines.values(), rules().sections.values(), rules().omissions.values(), rules().counters):
        for one in group:
            told += [getattr(one, field.name) for field in fields(one) if field.name in {"says", "ask", "question"}]
    told += [f"{tension.says} {tension.ask}" for tension in rules().tensions.values()]

    assert [words for words in told if FORBIDDEN.search(words)] == []


@pytest.mark.parametrize("form", ["html", "md", "review-text"])
def test_document_in_another_language_gets_no_guideline_answers(form, sheet):
    sheet.say("Le r\u00e9seau doit fonctionner.", "1")

    text = render(sheet.assessed(language="fr"), form)

    assert "4.1 Intermediaries" not in text


def test_page_answers_each_guideline_and_gives_one_line_to_those_not_touched(assessment):
    page = render(assessment, "html")

    assert page.count('class="row untouched"') >= 1
    assert all(
        f"{number} {title}" in page
        for number, title in ((guideline.number, guideline.title) for guideline in rules().guidelines.values())
    )
    assert "Guideline answers" not in page[page.index('<section class="brief"') : page.index('id="annex"')]


def test_command_writes_text_and_word_file_of_both(tmp_path):
    arguments = ["analyze", "--by", "cues", str(PROPOSALS / "street-cameras.docx"), "--out", str(tmp_path / "r")]

    result = CliRunner().invoke(main, [*arguments, "--format", "review,contribution"])

    assert result.exit_code == 0, result.output
    assert {one.name for one in (tmp_path / "r").iterdir()} == {
        "review.txt",
        "review.docx",
        "contribution.txt",
        "contribution.docx",
    }


@pytest.mark.long
@needs_office
@each_word
def test_libreoffice_makes_a_pdf_of_the_word_file(form, assessment, tmp_path):
    file = tmp_path / f"{form}.docx"
    file.write_bytes(export(assessment, form))

    assert paper(file).startswith(b"%PDF-")


def test_a_point_says_how_strong_the_clause_is_that_it_quotes(sheet):
    sheet.say("The node may read the flow.", "4.1", strength="may", proposes={"traffic-inspection": "read the flow"})
    sheet.say("The node may see all flows.", "4.2", strength="may", proposes={"traffic-inspection": "see all flows"})

    text = " ".join(render(sheet.assessed(), "review-text").split())

    assert "Traffic or content inspection (each clause permits it)" in text


def test_a_point_on_clauses_that_bind_unlike_says_it_of_the_first(sheet):
    sheet.say("The node may read the flow.", "4.1", strength="may", proposes={"traffic-inspection": "read the flow"})
    sheet.say("The node shall see flows.", "4.2", proposes={"traffic-inspection": "see flows"})

    text = " ".join(render(sheet.assessed(), "review-text").split())

    assert "Traffic or content inspection (the first clause requires it)" in text


def test_clauses_of_a_proposal_are_named_in_the_order_of_the_text(sheet):
    denial = "The operator shall not notify the subscriber, and the order is not subject to appeal"
    sheet.say(f"{denial}.", "2", ("Control",), proposes={"missing-remedy": denial})
    cut = "cut the line of a subscriber"
    sheet.say(f"The operator shall {cut}.", "9", ("Control",), proposes={"shut-off": cut})

    text = render(sheet.assessed(), "contribution-text")

    assert [heading for heading in headings(text) if heading.startswith("Proposal 1")] == [
        "Proposal 1: shut-off and disconnection (clauses 2 and 9)"
    ]


def test_benefit_names_every_place_that_the_guideline_quotes(sheet):
    for number in ("4", "5", "6"):
        sheet.say(f"Names of part {number} are hidden.", number, proposes={"pseudonymity": "hidden"})

    text = " ".join(render(sheet.assessed({"paged": False}), "review-text").split())

    assert "linked across contexts. (4.15; sections 4, 5, 6)" in text


@pytest.mark.parametrize(
    ("number", "said"), [("C-7", "C-7, \u201cOn flows\u201d, was reviewed"), ("", "\u201cOn flows\u201d was reviewed")]
)
def test_contribution_puts_a_title_in_quotation_marks(sheet, number, said):
    sheet.say("The node shall see all flows.", "4.2", proposes={"traffic-inspection": "see all flows"})

    text = " ".join(render(sheet.assessed(title="On flows", number=number), "contribution-text").split())

    assert said in text


@pytest.mark.parametrize("form", ["html", "md", "review-text"])
def test_guideline_without_a_clause_is_not_said_to_be_untouched_by_the_text(form, sheet):
    sheet.say("The frame check sequence shall have 32 bits.", "8.3")

    text = " ".join(export(sheet.assessed(), form, annex=True).decode().split())

    assert re.search("No points on|The tool found nothing on", text)
    assert "does not touch" not in text


def test_benefit_is_said_to_be_recommended_where_what_was_found_recommends_it(sheet):
    sheet.say("Links should be encrypted.", "1", strength="should", proposes={"encryption": "encrypted"})

    text = " ".join(render(sheet.assessed(), "review-text").split())

    assert "at rest (the clause recommends it)" in text


def test_review_names_in_one_line_the_powers_told_under_another_guideline(sheet):
    sheet.say("The node shall inspect calls.", "7.1", proposes={"traffic-inspection": "inspect calls"})
    sheet.say("The desk hands over letters.", "7.2", proposes={"lawful-access": "hands over letters"})

    text = " ".join(render(sheet.assessed({"paged": False}), "review-text").split())

    assert "Also: traffic or content inspection, under 4.1." in text


@pytest.mark.parametrize("form", ["html", "md", "review-text"])
def test_guideline_that_only_a_power_told_elsewhere_bears_on_says_where(form, sheet):
    sheet.say("Islands have addresses of their own.", "1", proposes={"fragmentation": "addresses of their own"})

    text = " ".join(export(sheet.assessed({"paged": False}), form, annex=True).decode().split())

    assert "Covered elsewhere: fragmentation and loss of interoperability, under 4.9." in text


@pytest.mark.parametrize("form", ["html", "contribution-text", "review-text"])
def test_what_seals_off_a_system_of_access_is_not_said_to_help_people(form, sheet):
    sheet.say("The desk hands over calls.", "6.1", proposes={"lawful-access": "hands over calls"})
    sheet.say("The desk shall cover the wire.", "6.2", proposes={"encryption": "cover the wire"})

    text = " ".join(render(sheet.assessed(), form).split())

    assert re.search("to assess whether it helps the people|should consider whether it benefits the people", text)


def test_clause_that_leads_in_to_a_quote_is_not_quoted_again_in_full(sheet):
    words = (
        "If the line is open, the node shall hand the letters over to the bureau at the end of the day, with the lists "
        "of those who wrote them, and count them."
    )
    sheet.say(words, "7", ("7 Lines",), proposes={"lawful-access": "hand the letters"}, doubtful=True)
    rest = "Otherwise the node shall hand a copy over."
    sheet.say(rest, "7", ("7 Lines",), proposes={"lawful-access": "hand a copy over"})

    text = " ".join(render(sheet.assessed({"paged": False}), "review-text").replace("   | ", "").split())

    text = text[text.index("Guideline by guideline") :].partition("Weak and open wording")[0]
    assert text.count("of those who wrote them, and count them") == 1


def test_lead_in_of_a_quote_that_is_only_recalled_is_not_said_to_be_quoted_above(sheet):
    words = (
        "Where guests write letters, the node shall keep a record of each of them for the bureau of the harbor, and:"
    )
    stem = sheet.say(words, "7", ("7 Lines",), proposes={"logging-retention": "keep a record"})
    proposes = {"encryption": "seal the letter", "minimisation": "leave the name out"}
    item = sheet.say("seal the letter and leave the name out.", "7", ("7 Lines",), proposes=proposes)
    sheet.clauses[-1] = replace(item, stem=stem.span)

    text = render(sheet.assessed({"paged": False}), "review-text")

    privacy = text[text.index("4.14 Privacy") :]
    assert "Quoted above." not in privacy[: privacy.index("Rights concerned")]


def test_review_recommends_nothing_that_it_asks_of_the_same_guideline_as_left_open(sheet):
    sheet.say("The node shall cut off the line.", "8.1", proposes={"shut-off": "cut off"})
    sheet.say("The subscriber is not notified.", "8.2", proposes={"missing-remedy": "not notified"})

    text = " ".join(render(sheet.assessed(), "review-text").split())

    assert text.count("Require notification of the person concerned, with the reason") == 1


def test_contribution_keeps_a_point_of_a_guideline_that_only_a_power_told_elsewhere_bears_on(sheet):
    for label in ("biometric-recognition", "identity-binding", "content-blocking", "central-control", "shut-off"):
        words = f"Posts have {label.replace('-', ' ')}."
        sheet.say(words, "1", proposes={label: words})
    assessment = sheet.assessed()
    told = [
        guideline
        for guideline in advise(assessment, load()).guidelines
        if guideline.also and guideline.omissions and not guideline.points
    ]

    text = " ".join(render(assessment, "contribution-text").split())

    assert {"4.3", "4.21"} <= {one.number for one in told}
    assert all(f"(RFC 9620 section {one.number})" in text for one in told)


@pytest.mark.parametrize("form", ["review-text", "contribution-text"])
def test_item_of_a_list_is_quoted_after_the_words_that_introduce_it(sheet, form):
    stem = sheet.say("The operator shall do the following:", "4.1")
    item = sheet.say("read the payload of each flow;", "4.1 a)", proposes={"traffic-inspection": "read the payload"})
    sheet.clauses[-1] = replace(item, stem=stem.span)

    text = render(sheet.assessed(), form)

    assert "   | The operator shall do the following:\n   | read the payload of each flow\n" in text


@pytest.mark.parametrize("form", ["review-text", "html"])
def test_what_binds_only_where_it_is_used_is_so_told_under_a_guideline(sheet, form):
    words = "Where used, the sensor shall examine the payload of each flow."
    sheet.say(words, "8", proposes={"traffic-inspection": "examine the payload"})

    text = " ".join(render(sheet.assessed(), form).split())

    assert "the clause requires it where it is used)" in text


@pytest.mark.parametrize("form", ["review-text", "html"])
def test_what_is_said_of_several_notes_is_said_once(sheet, form):
    for number in ("4.1", "4.2"):
        sheet.say(
            "The desk hands over each call of a target.", number, proposes={"lawful-access": "hands over each call"}
        )
    sheet.say("The channel shall be encrypted.", "5", proposes={"encryption": "encrypted"})
    sheet.say("Each call shall be signed.", "6", proposes={"integrity": "signed"})

    text = " ".join(render(sheet.assessed(), form).split())

    assert text.count("Whether it protects the people concerned needs review") == 1
    assert re.search(r"As (above|under 4\.\d+)\.", text)
