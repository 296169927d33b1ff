"""Questions and amendments on the page, in Markdown, and as tracked changes that an office program decides."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from lxml import html
from office import decided, needs_office, paper
from subjects import subject_of

from impact.advise import advise
from impact.cli import main
from impact.paths import shelf
from impact.pipeline import export, render
from impact.records import Fate, Run
from impact.report.page.annex import CHANGES
from impact.report.page.html import render as whole
from impact.report.view.amendments import amendment_views, spelled
from impact.report.view.places import Places
from impact.taxonomy import load

SAMPLE = shelf("corpora") / "proposals" / "street-cameras.docx"
LOG = "The operator shall store the visit log."


@pytest.fixture
def logged(sheet):
    sheet.say(LOG, "4.1", ("4 Records",), proposes={"logging-retention": "store the visit log"})
    sheet.say("It should be erased after a week.", "4.2", strength="should", proposes={"retention-limits": "erased"})
    return sheet.assessed()


def page(assessment):
    return html.fromstring(render(assessment, "html"))


def opened(data):
    return docx.Document(BytesIO(data))


def changes(document):
    """Return kind, author, date and text of each tracked change, in order."""
    found = document.element.body.iter(qn("w:ins"), qn("w:del"))
    return [(one.tag[-3:], one.get(qn("w:author")), one.get(qn("w:date")), words(one)) for one in found]


def words(change):
    return "".join(one.text for one in change.iter(qn("w:t"), qn("w:delText")))


def test_questions_of_a_clause_say_where_it_is_quoted_and_have_its_words_in_italics(logged):
    section = page(logged).get_element_by_id("questions")

    assert LOG in page(logged).get_element_by_id("brief").text_content()
    assert section.find_class("pointer")[0].text_content() == "Quoted in the brief"
    assert [one.text_content() for one in section.find_class("said")][1:3] == ["operator", "visit log"]
    assert "for which the operator may retain the visit log" in section.text_content()


def test_general_questions_are_folded(logged):
    section = page(logged).get_element_by_id("questions")

    folded = section.find(".//details")
    assert folded.find("summary").text_content() == "General questions on record-keeping and retention"
    assert "Who may query the records" in folded.text_content()


def test_brief_asks_the_question_about_the_clause(logged):
    brief = page(logged).get_element_by_id("brief")

    asked = brief.find_class("ask")[0].text_content()
    assert "for which the operator may retain the visit log" in asked


def test_clause_without_words_to_tell_gets_the_general_question_in_the_brief(sheet):
    sheet.say("Paint shall be kept.", "4", proposes={"logging-retention": "shall be kept"})

    asked = page(sheet.assessed()).get_element_by_id("brief").find_class("ask")[0].text_content()

    assert "What is the maximum retention period, and what need justifies it?" in asked


def test_amendment_shows_what_is_inserted_and_deleted_and_what_it_brings(logged):
    section = page(logged).get_element_by_id("amendments")

    assert ("should", "shall") in [
        (one.find(".//del").text, one.find(".//ins").text)
        for one in section.find_class("changed")
        if one.find(".//del") is not None
    ]
    first = section.find_class("finding")[0].text_content()
    assert "brings data minimization" in first
    assert "Source: RFC" in first


def test_old_words_are_those_of_the_clause(logged):
    for one in page(logged).get_element_by_id("amendments").find_class("changed"):
        for new in one.findall(".//ins"):
            new.drop_tree()
        assert one.text_content() in {LOG, "It should be erased after a week."}


def test_amendments_beyond_the_cap_are_folded(sheet):
    for number in range(6):
        words = f"Keeper number {number} shall store the log of room {number}."
        sheet.say(words, str(number), proposes={"logging-retention": "store the log"})

    article = page(sheet.assessed()).get_element_by_id("amendments").find_class("asked")[0]

    assert len(article.findall("div[@class='row finding']")) == CHANGES
    assert "further amendment" in article.find("details/summary").text_content()


def test_long_clause_is_cut_around_its_change(sheet):
    words = f"{'Painting comes first. ' * 40}The operator shall store the log. {'Drying comes last. ' * 40}"
    sheet.say(words.strip(), "4", proposes={"logging-retention": "store the log"})

    changed = page(sheet.assessed()).get_element_by_id("amendments").find_class("changed")[0]

    assert changed.find_class("gap")
    assert "The operator shall store the log" in changed.text_content() or changed.find(".//ins") is not None
    assert len(changed.text_content()) < 1200


def test_markdown_marks_changes_and_asks_with_the_place(logged):
    text = export(logged, "md", annex=True).decode()

    assert "may retain the visit log, and what need justifies it? (clause 4.1, p. 1)" in text
    assert re.search(r"  > The operator .*<ins>.*</ins>", text)


def test_changes_of_the_page_are_tracked_in_the_brief(logged):
    found = changes(opened(export(logged, "docx", annex=True)))

    assert ("del", "impact", "2026-11-24T12:00:00Z", "should") in found
    assert ("ins", "impact", "2026-11-24T12:00:00Z", "shall") in found


def test_clause_that_stands_right_above_is_not_told_again_but_for_the_words_next_to_the_change(sheet):
    long = f"The operator of each of the many harbors{', quays, ferries and locks' * 3} shall store the visit log."
    sheet.say(long, "4.1", ("4 Records",), proposes={"logging-retention": "store the visit log"})

    first, second, *_ = page(sheet.assessed()).get_element_by_id("amendments").find_class("changed")

    assert long[:-1] in first.text_content()
    assert "operator of each" not in second.text_content()
    assert second.text_content().lstrip().startswith("[")


def test_file_of_amendments_holds_only_clauses_that_change_with_number_safeguard_and_source(logged):
    document = opened(export(logged, "amendments"))

    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"]
    assert heads[0] == "1. Clause 4.1 (p. 1): record-keeping and retention"
    assert [head.split(".")[0] for head in heads] == [str(number) for number in range(1, len(heads) + 1)]
    brings = [paragraph.text for paragraph in document.paragraphs if paragraph.text.startswith("Brings: ")]
    assert len(brings) == len(heads) == len(list(document.comments))
    assert all("Source: " in bring for bring in brings)


def test_reason_is_a_comment_on_the_clause(logged):
    document = opened(export(logged, "amendments"))

    comments = list(document.comments)
    assert {comment.author for comment in comments} == {"impact"}
    assert "may enable the accumulation of records about people" in comments[0].text
    anchors = [one.get(qn("w:id")) for one in document.element.body.iter(qn("w:commentRangeStart"))]
    assert anchors == [str(comment.comment_id) for comment in comments]


def test_comment_tells_the_clause_as_it_stands_before_what_the_change_brings(logged):
    first, *_ = opened(export(logged, "amendments")).comments

    stands, _, change = first.text.partition(" With the change: ")
    assert stands.startswith("As it stands, the clause contains a requirement; it may enable ")
    assert change[:1].islower()


def test_an_offer_stays_on_one_page(logged):
    paragraphs = opened(export(logged, "amendments")).paragraphs

    offers = [paragraph for paragraph in paragraphs if paragraph.style.name in {"Normal", "Fact"}]
    last = [offer.text.startswith("Brings: ") for offer in offers]
    assert any(last)
    assert [offer.paragraph_format.keep_with_next is True for offer in offers] == [not ends for ends in last]


def test_each_tracked_change_has_an_id_of_its_own(assessment):
    for form in ("docx", "amendments"):
        body = opened(export(assessment, form, annex=True)).element.body
        ids = [one.get(qn("w:id")) for one in body.iter(qn("w:ins"), qn("w:del"))]

        assert ids
        assert len(ids) == len(set(ids))


def test_file_of_amendments_is_the_same_bytes_each_time(assessment):
    assert export(assessment, "amendments") == export(assessment, "amendments")


def test_report_without_findings_proposes_nothing_and_says_so(sheet):
    sheet.say("The frame has 32 bits.", "1")

    document = opened(export(sheet.assessed(), "amendments"))

    assert document.paragraphs[2].text.startswith("The tool made no findings. No amendment is proposed")
    assert changes(document) == []


def test_file_on_doubtful_findings_alone_says_that_nothing_is_firm_and_which_clauses_are_to_decide(sheet):
    sheet.say(LOG, "4.1", proposes={"logging-retention": "store the visit log"}, doubtful=True)

    document = opened(export(sheet.assessed(), "amendments"))

    said = "The tool made no high-confidence findings. One passage needs review: clause 4.1 (p. 1). No amendment is"
    assert document.paragraphs[2].text.startswith(said)
    assert changes(document) == []


def test_file_on_clauses_that_no_amendment_fits_does_not_say_that_none_was_found(sheet):
    sheet.say("The mapping of the location is for further study.", "4", proposes={"location-tracking": "location"})

    document = opened(export(sheet.assessed(), "amendments"))

    assert document.paragraphs[2].text.startswith(
        "None of the changes of wording that this program knows fits a clause"
    )
    assert changes(document) == []


def test_hostile_text_is_held_as_text_in_the_file_of_amendments(attacked):
    data = export(attacked, "amendments")

    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert not any("External" in packed.read(name).decode() for name in packed.namelist() if name.endswith(".rels"))
    assert changes(opened(data))


def test_command_writes_the_file_of_amendments(tmp_path):
    done = CliRunner().invoke(
        main, ["analyze", "--by", "cues", str(SAMPLE), "--format", "amendments", "--out", str(tmp_path / "r")]
    )

    assert done.exit_code == 0, done.output
    assert [one.name for one in (tmp_path / "r").iterdir()] == ["amendments.docx"]


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """Return a folder in which the office program keeps its profile for all tests of this file."""
    return tmp_path_factory.mktemp("office")


@pytest.mark.long
@needs_office
@pytest.mark.parametrize("accept", [True, False], ids=["accepted", "rejected"])
def test_office_program_gives_new_or_old_words(office, assessment, accept):
    file = office / "amendments.docx"
    file.write_bytes(export(assessment, "amendments"))

    paragraphs = decided(file, accept=accept)

    amendments = advise(assessment, load()).amendments
    wanted = [line for amendment in amendments for line in (amendment.new if accept else amendment.old).split("\n")]
    assert len(amendments) > 10
    clauses = [words for words in paragraphs if not re.match(r"(Change|Brings): |\d+\. ", words)]
    assert [words for words in clauses[3:] if words] == [line for line in wanted if line]


@pytest.mark.long
@needs_office
@pytest.mark.parametrize("accept", [True, False], ids=["accepted", "rejected"])
def test_office_program_decides_the_changes_of_the_brief(office, logged, accept):
    file = office / "brief.docx"
    file.write_bytes(export(logged, "docx", annex=True))

    paragraphs = decided(file, accept=accept)

    word = "shall" if accept else "should"
    assert f"It {word} be erased after a week." in paragraphs
    added = [paragraph for paragraph in paragraphs if paragraph.startswith(LOG) and len(paragraph) > len(LOG)]
    assert bool(added) is accept


@pytest.mark.long
@needs_office
def test_office_program_makes_a_pdf_of_the_file_of_amendments(office, assessment):
    file = office / "paper.docx"
    file.write_bytes(export(assessment, "amendments"))

    assert paper(file).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ([Run(Fate.KEPT, "It "), Run(Fate.INSERTED, "not ")], "add \u201cnot\u201d after \u201cIt\u201d"),
        ([Run(Fate.DELETED, "not "), Run(Fate.KEPT, "told")], "delete \u201cnot\u201d before \u201ctold\u201d"),
        ([Run(Fate.DELETED, "shall"), Run(Fate.INSERTED, "may")], "replace \u201cshall\u201d by \u201cmay\u201d"),
        (
            [Run(Fate.DELETED, "a"), Run(Fate.INSERTED, "b"), Run(Fate.KEPT, " c"), Run(Fate.INSERTED, "b")],
            "replace \u201ca\u201d by \u201cb\u201d; add \u201cb\u201d after \u201cc\u201d",
        ),
        (
            [Run(Fate.KEPT, "The keeper lights it"), Run(Fate.INSERTED, ", if asked"), Run(Fate.KEPT, ". It burns.")],
            "add \u201c, if asked\u201d after \u201cThe keeper lights it\u201d",
        ),
        (
            [
                Run(Fate.DELETED, "not "),
                Run(Fate.KEPT, "told, and "),
                Run(Fate.DELETED, "not "),
                Run(Fate.KEPT, "heard."),
            ],
            "delete \u201cnot\u201d before \u201ctold, and\u201d; delete \u201cnot\u201d before \u201cheard.\u201d",
        ),
    ],
)
def test_amendment_is_spelled_out_in_words_for_a_mail(logged, made, said):
    one = replace(advise(logged, load()).amendments[0], runs=tuple(made), source="source")

    assert spelled(one, Places(logged)) == f"In clause 4.1 (p. 1), {said} (source: source)."


def test_clause_without_number_is_changed_on_its_page(sheet):
    sheet.say("The operator shall store the log of visits.", proposes={"logging-retention": "store the log"})
    assessment = sheet.assessed()

    said = spelled(advise(assessment, load()).amendments[0], Places(assessment))

    assert said.startswith("On p. 1, ")


def test_a_power_without_a_change_has_no_heading_among_the_amendments(sheet):
    sheet.say("The node shall cut off the line.", "4.1", proposes={"shut-off": "cut off"})
    sheet.say("What is in the table.", "5.1", strength="descriptive", proposes={"content-blocking": "in the table"})
    assessment = sheet.assessed()
    advice = advise(assessment, load())
    kept = replace(
        advice, amendments=tuple(amendment for amendment in advice.amendments if amendment.id.startswith("shut-off/"))
    )

    section = html.fromstring(whole(subject_of(assessment, kept))).get_element_by_id("amendments")

    assert [node.text_content() for node in section.iter("h3")] == ["Shut-off and disconnection"]


def test_general_question_that_a_clause_asks_already_is_not_asked_again(sheet):
    words = "The operator may track the position of the phone."
    sheet.say(words, "4", strength="may", proposes={"location-tracking": "track the position of the phone"})

    review = render(sheet.assessed(), "contribution-text")
    page = render(sheet.assessed(), "html")

    assert "and is a history kept?" in " ".join(review.split())
    assert "Is a history kept" not in review + page
    assert "How precise must the location be for this purpose" not in review


def test_heading_beside_a_quote_ends_without_a_colon(sheet):
    sheet.say("The node shall cut off the line.", "", ("Annex B (normative):",), proposes={"shut-off": "cut off"})

    margins = [one.text_content() for one in page(sheet.assessed()).get_element_by_id("findings").find_class("margin")]

    assert any("Annex B (normative)" in margin for margin in margins)
    assert not any("(normative):" in margin for margin in margins)


def test_a_general_question_is_left_out_where_one_about_a_clause_asks_the_same_in_other_words(sheet):
    sheet.say("The gateway shall hand over the content.", "4", proposes={"lawful-access": "hand over the content"})

    page = render(sheet.assessed(), "html")

    assert "before the" in page
    assert "What proof of authorization must the system itself" not in page
    assert "Is the person concerned notified" in page


@pytest.mark.parametrize(("further", "gaps"), [(0, 0), (40, 1)])
def test_gap_in_an_amendment_stands_for_some_words_at_least(logged, further, gaps):
    advice = advise(logged, load())
    kept = " ".join(["word"] * (37 + further)) + " x"
    runs = (Run(Fate.INSERTED, "new "), Run(Fate.KEPT, kept), Run(Fate.DELETED, " old"))
    changed = replace(advice, amendments=(replace(advice.amendments[0], runs=runs),))

    ((shown,),) = amendment_views(subject_of(logged, changed)).values()

    assert sum(part.fate == "gap" for part in shown.parts) == gaps
    assert gaps or "".join(part.text for part in shown.parts) == f"new {kept} old"


def test_power_without_an_amendment_is_named(sheet):
    sheet.say(LOG, "4.1", proposes={"logging-retention": "store the visit log"})
    sheet.say("It is for further study how the gate steers the lamp.", "4.2", proposes={"remote-control": "steers"})

    section = page(sheet.assessed()).get_element_by_id("amendments")

    assert "The tool has no amendment for: remote control" in section.text_content()


def test_marks_are_not_explained_where_there_is_no_amendment(sheet):
    sheet.say("It is for further study how the gate steers the lamp.", "4.2", proposes={"remote-control": "steers"})

    section = page(sheet.assessed()).get_element_by_id("amendments")

    assert "The tool has no amendment that fits" in section.text_content()
    assert "underlined" not in section.text_content()


def test_brackets_are_explained_where_an_amendment_has_one(sheet):
    sheet.say("The node shall bind the name.", "4", proposes={"identity-binding": "bind the name"})
    without = opened(export(sheet.assessed(), "amendments"))
    sheet.say("The node shall use the same address.", "5", proposes={"persistent-identifiers": "use the same address"})

    with_one = opened(export(sheet.assessed(), "amendments"))

    assert "Square brackets" not in without.paragraphs[2].text
    assert "Square brackets" in with_one.paragraphs[2].text


def test_comment_names_no_power_that_the_change_does_not_answer(sheet):
    words = "It shall be possible to give a pass of a person to a guardian."
    sheet.say(words, "4", proposes={"identity-binding": "give a pass of a person"})

    comments = [comment.text for comment in opened(export(sheet.assessed(), "amendments")).comments]

    assert (
        "With the change: the person represented is heard, as the right to equal recognition before the law requires."
        in comments
    )


def test_comment_says_of_a_clause_that_binds_only_where_it_is_used_that_it_does(sheet):
    words = "If used, the node shall store the visit log."
    sheet.say(words, "4", proposes={"logging-retention": "store the visit log"})

    first, *_ = opened(export(sheet.assessed(), "amendments")).comments

    assert first.text.startswith(
        "As it stands, the clause contains a requirement that applies where it is used; it may enable"
    )


def intro(sheet):
    return page(sheet.assessed()).get_element_by_id("amendments").find_class("intro")[0].text_content()


def test_square_brackets_and_added_paragraphs_are_explained_only_where_there_are_some(sheet):
    sheet.say("The sensor shall examine the payload.", "5", proposes={"traffic-inspection": "examine the payload"})
    without = intro(sheet)
    sheet.say(LOG.replace(".", ";"), "6", proposes={"logging-retention": "store the visit log"})

    told = intro(sheet)

    assert "Square brackets" not in without
    assert "In a table or a list" not in without
    assert "Square brackets contain what has to be decided. For a table or a list" in told


def test_words_kept_after_a_gap_begin_where_words_can_begin(sheet):
    lead = "The keys are in the hall and in the yard and in the mill and in the barn. " * 8
    sheet.say(f"{lead}At dusk, the operator shall store the visit log.", "4.1", proposes={"logging-retention": "store"})
    assessment = sheet.assessed()

    shown = amendment_views(subject_of(assessment))
    parts = shown["logging-retention"][0].parts

    after = next(two.text for one, two in pairwise(parts) if one.fate == "gap")
    assert after.startswith("The keys are")
