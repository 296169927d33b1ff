"""The HTML page: one file, in order, complete, quoting, and unmoved by hostile text."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from lxml import html as lxml_html

from impact.pipeline import render
from impact.present.cleaning import shown
from impact.records import Page, PageVerdict
from impact.taxonomy import load
from tests.report.conftest import made_assessment

VOID = {"meta", "link", "br", "img", "hr", "input", "col", "wbr", "source"}


class Strict(HTMLParser):
    """Complains about tags that are not closed in order, and collects tags, ids and links."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes, self.texts = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"{tag} closes out of order at {self.getpos()}"

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, name):
        return [attrs[name] for _, attrs in self.attributes if name in attrs]


def parsed(text):
    parser = Strict()
    parser.feed(text)
    parser.close()
    assert parser.open == []
    return parser


@pytest.fixture(scope="module")
def page():
    return render(made_assessment(), "html")


@pytest.fixture
def tree(page):
    return lxml_html.fromstring(page)


def test_page_is_one_file_without_requests_or_scripts(page):
    parser = parsed(page)

    assert not {"script", "link", "img", "iframe", "object", "embed", "base", "form"} & set(parser.tags)
    assert not parser.all("src")
    official = {instrument.link for instrument in load().instruments.values()}
    assert all(target.startswith("#") or target in official for target in parser.all("href"))
    for link in official:
        page = page.replace(f'href="{link}"', "")
    assert not re.search(r"url\(|@import|@font-face|https?://", page)
    assert "default-src 'none'" in page


def test_page_has_one_h1_and_no_heading_skips_a_level(tree):
    levels = [int(node.tag[1]) for node in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_page_has_language_landmarks_and_a_skip_link(tree):
    assert tree.get("lang") == "en"
    assert len(tree.findall(".//main")) == len(tree.findall(".//nav")) == 1
    assert tree.find("body/a").get("class") == "skip"
    assert tree.get_element_by_id(tree.find("body/a").get("href")[1:]) is not None


def test_ids_are_unique_and_every_link_and_label_has_its_target(page):
    parser = parsed(page)
    ids = parser.all("id")

    assert len(ids) == len(set(ids))
    assert {target[1:] for target in parser.all("href") if target.startswith("#")} <= set(ids)
    assert set(" ".join(parser.all("aria-labelledby")).split()) <= set(ids)


def test_tables_have_captions_and_scoped_headers(tree):
    tables = tree.findall(".//table")

    assert tables
    for table in tables:
        assert table.find("caption").text_content().strip()
        assert all(cell.get("scope") in {"col", "row"} for cell in table.iter("th"))
    assert all(region.get("tabindex") == "0" for region in tree.find_class("scroll"))


def test_every_finding_is_quoted_verbatim_with_its_evidence_marked(tree, assessment):
    quotes = [node.text_content() for node in tree.iter("blockquote")]
    marks = {node.text_content() for node in tree.iter("mark")}
    for judged in assessment.findings:
        clause = assessment.clause(judged.finding.clause)
        assert assessment.document.quote(clause.span) in quotes
        assert {assessment.document.quote(span) for span in judged.finding.evidence} <= marks


def test_findings_stand_gravest_first(tree):
    order = {"high": 0, "medium": 1, "low": 2}
    levels = [order[node.get("class").split()[1]] for node in tree.find_class("card")]

    assert levels == sorted(levels)
    assert len(levels) == 8


def test_a_finding_says_where_how_strong_how_sure_and_why(tree):
    card = tree.get_element_by_id("m-traffic-inspection").text_content()

    for words in ("8.1", "page 2", "8 Forwarding", "requires", "confidence: high", "permits", "not confident"):
        assert words in card
    for words in (
        "ICCPR 17",
        "derogable",
        "RFC 9620 section",
        "People affected",
        "may enable the inspection",
        "irremediability 4 (of 5)",
    ):
        assert words in card


def test_confidence_is_never_a_number(page, assessment):
    for judged in assessment.findings:
        assert str(judged.finding.confidence) not in page


def test_level_is_said_in_words_beside_every_mark(tree):
    badges = [badge for badge in tree.find_class("badge") if "open" not in badge.get("class").split()]

    assert badges
    levels = {"high", "medium", "low"}
    assert all(node.text_content().strip() in levels for node in badges)
    assert all(node.get("aria-hidden") == "true" for node in tree.find_class("pips"))


def test_sections_stand_in_the_order_of_the_design(tree):
    ids = [node.get("id") for node in tree.iter("section", "div") if node.get("id")]

    assert ids == [
        "brief",
        "findings",
        "together",
        "rights",
        "affected",
        "safeguards",
        "benefits",
        "guidelines",
        "questions",
        "amendments",
        "worksheet",
        "limits",
        "clauses",
    ]


def test_brief_names_three_concerns_a_question_each_and_how_much_the_tool_misses(tree):
    concerns = tree.find_class("gravest")[0].findall("li")
    cannot = tree.find_class("cannot")[0].text_content()

    assert len(concerns) == 3
    assert all("?" in concern.text_content() for concern in concerns)
    assert "not been measured yet" in cannot or "In a test on " in cannot


def test_worksheet_has_four_tests_a_right_with_blanks_and_quotes(tree):
    sheets = tree.find_class("sheet-table")
    privacy = next(sheet for sheet in sheets if sheet.find("caption").text_content().startswith("Privacy"))

    assert [row.find("th").text for row in privacy.iter("tr")][1:] == [
        "Legality",
        "Legitimate aim",
        "Necessity",
        "Proportionality",
    ]
    assert len(privacy.find_class("blank")) == 4
    assert "7.1.3" in privacy.text_content()
    assert "Quoted above" in privacy.text_content()


def test_register_has_every_clause(tree, assessment):
    rows = [row for table in tree.find_class("register") for row in table.find("tbody")]

    assert len(rows) == len(assessment.clauses)
    for row, clause in zip(rows, assessment.clauses, strict=True):
        words = row.find_class("verbatim")[1]
        quotes = [tree.get_element_by_id(link.get("href")[1:]) for link in words.iter("a")]
        assert assessment.document.quote(clause.span) in "".join(one.text_content() for one in (words, *quotes))


def test_an_empty_report_says_what_was_read_and_what_not(sheet):
    sheet.say("The frame shall have 32 bits.", "1", ("1 Frame",))
    pages = (
        Page(1),
        Page(2, verdict=PageVerdict.SCAN),
        Page(3, verdict=PageVerdict.SCAN),
        Page(7, verdict=PageVerdict.BROKEN_MAP),
    )

    text = lxml_html.fromstring(render(sheet.assessed({"pages": pages}), "html")).text_content()

    assert (
        "Not assessed: 3 of 4 pages could not be read. The tool read 1 passage and found no passage that is likely to"
        in text
    )
    assert "raise a human rights concern; these pages could not be read: 2\N{EN DASH}3" in text
    assert "7 (characters without known letters)" in text
    assert "Read the document before relying on this result" in text


def test_another_language_is_said_to_be_not_assessed(sheet):
    sheet.say("Le terminal est identifié.", "1", ("1 Domaine",))

    text = lxml_html.fromstring(render(sheet.assessed(language="fr"), "html")).text_content()

    assert "Not assessed: the document is in French." in text
    assert "No clause was flagged" not in text


def test_warnings_of_extraction_stand_under_limits(contribution, identity):
    assessment = contribution().assessed({"warnings": ("Two pictures were not read.",)}, **identity)

    tree = lxml_html.fromstring(render(assessment, "html"))

    assert "Two pictures were not read." in tree.get_element_by_id("limits").text_content()
    assert "some content was not read" in tree.get_element_by_id("brief").text_content().lower()
    assert "Two pictures were not read." in tree.get_element_by_id("brief").text_content()


def test_hostile_text_stays_text(attacked, hostile):
    page = render(attacked, "html")
    parser = parsed(page)

    page.encode("utf-8")
    assert not {"script", "img"} & set(parser.tags)
    assert not any(name.startswith("on") for _, attrs in parser.attributes for name in attrs)
    assert page.count("</style>") == 1
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", page)
    if len(hostile) < 1000:
        seen = "".join(parser.texts).replace("\r\n", "\n").replace("\r", "\n")
        assert shown(hostile).replace("\r\n", "\n").replace("\r", "\n") in seen


def test_hundreds_of_findings_fold(sheet):
    pages = 100
    for number in range(1, 301):
        clause = f"{number}.1"
        sheet.say(
            f"The delivery function number {number} shall hand over the content of communication of the target.",
            clause,
            (f"{number // 30} Part",),
            page=1 + number % pages,
            proposes={"lawful-access": "hand over the content of communication of the target"},
        )
    assessment = sheet.assessed({"pages": tuple(Page(one) for one in range(1, pages + 1))})

    page = render(assessment, "html")

    tree = lxml_html.fromstring(page)
    card = tree.get_element_by_id("m-lawful-access")
    assert len(card.findall("div[@class='row finding']")) == 3
    assert "297 further findings" in card.find("details/summary").text_content()
    assert len(page) < 2_000_000


def test_equal_assessments_give_equal_bytes(assessment, contribution, identity):
    again = contribution().assessed(**identity)

    for name in ("html", "json", "md", "csv"):
        assert render(assessment, name) == render(again, name)


def test_groups_that_the_text_names_stand_by_mechanism_with_their_words(sheet):
    sheet.say("The node shall log each subscriber.", "4", proposes={"logging-retention": "log"})
    sheet.say("The node shall log the names of children.", "5", proposes={"logging-retention": "log"})

    affected = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("affected")

    rows = {row.find("th").text: row for row in affected.find(".//tbody")}
    assert "clause" in {cell.get("class") for cell in rows["Users and subscribers"]}
    assert "subscriber" in affected.find(".//dl").text_content()


def test_every_sentence_of_the_summary_links_to_a_clause_or_its_quote(tree):
    anchors = {node.get("id") for node in tree.iter("tr", "blockquote") if node.get("id")}
    sentences = tree.find_class("summary")[0].findall("li")

    assert 3 <= len(sentences) <= 5
    for sentence in sentences:
        links = {link.get("href")[1:] for link in sentence.iter("a")}
        assert links
        assert links <= anchors


def test_worksheet_says_what_each_article_asks_and_quotes_an_aim_that_the_text_names(sheet):
    words = "The gateway shall block the listed sites for reasons of national security."
    sheet.say(words, "4", proposes={"content-blocking": "block the listed sites"})

    tree = lxml_html.fromstring(render(sheet.assessed(), "html"))

    tables = {one.find("caption").text.strip(): one for one in tree.find_class("sheet-table")}
    expression = tables["Freedom of opinion, expression and information"].text_content()
    assert "ICCPR 19(3) lists: the rights or reputations of others; national security" in expression
    assert "National security" in expression
    assert tree.find_class("sheet-table")[0].find_class("blank")


def test_the_usual_reason_is_said_once_a_card_and_another_one_is_printed_once(sheet):
    for number, strength in enumerate(("must", "may", "must", "may"), 1):
        sheet.say("The node shall cut off it.", f"4.{number}", strength=strength, proposes={"shut-off": "cut off"})

    tree = lxml_html.fromstring(render(sheet.assessed(), "html"))
    reasons = [node.text_content() for node in tree.get_element_by_id("m-shut-off").find_class("reason")]

    assert len(reasons) == 2
    assert reasons[-1].endswith(
        "The level is high because the possible effect on a person is of the greatest scale (5 of 5)."
    )


def test_a_safeguard_beside_several_findings_of_a_section_is_named_once_a_number(sheet):
    for words in ("A person can appeal.", "A user can appeal."):
        sheet.say(words, "4.1", ("4 Control",), proposes={"redress": "can appeal"})
    sheet.say("The node shall cut off the line.", "4.2", ("4 Control",), proposes={"shut-off": "cut off"})

    tree = lxml_html.fromstring(render(sheet.assessed(), "html"))

    assert [node.text_content().count("4.1") for node in tree.get_element_by_id("findings").find_class("beside")] == [1]


def test_clauses_that_require_a_safeguard_are_quoted_before_those_that_describe_it(sheet):
    for who in ("A person", "A guest", "A child"):
        sheet.say(f"{who} can appeal.", "4.1", strength="descriptive", proposes={"redress": "can appeal"})
    sheet.say("The node shall let people appeal.", "4.4", proposes={"redress": "appeal"})

    tree = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("safeguards")
    quoted = [node.text_content() for node in tree.iterfind(".//blockquote")]

    assert [" ".join(one.split()) for one in quoted] == [
        "A person can appeal.",
        "A guest can appeal.",
        "The node shall let people appeal.",
    ]


def test_places_of_a_safeguard_stand_once_each(sheet):
    for number in ("4.1", "4.1", "4.2", "4.3", "4.3", "4.4", "4.1"):
        sheet.say("A person can appeal.", number, proposes={"redress": "can appeal"})

    text = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("safeguards").text_content()

    assert "Also in clauses 4.3 (p. 1) and 4.4 (p. 1)." in text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_heading_stands_in_the_register_with_the_clauses_under_it(sheet):
    sheet.say("4 Control", "4", (), kind="heading", strength="descriptive")
    sheet.say("The node shall count.", "4.1", ("4 Control",))
    sheet.say("5 Names", "5", (), kind="heading", strength="descriptive")
    sheet.say("The node shall name.", "5.1", ("5 Names",))

    tree = lxml_html.fromstring(render(sheet.assessed(), "html"))
    titles = [" ".join(node.text_content().split()) for node in tree.iterfind(".//details[@class='chapter']/summary")]

    assert titles == ["4 Control 2 clauses", "5 Names 2 clauses"]


def test_heading_whose_number_is_not_that_of_the_clause_is_not_shown_beside_it(sheet):
    headings = ("Annex E (normative)", "E.2 Descriptions", "E.2.1 General")
    sheet.say("A node reads all.", "E.2.3", headings, proposes={"traffic-inspection": "reads all"})

    tree = lxml_html.fromstring(render(sheet.assessed(), "html"))

    assert [one.text_content() for one in tree.find_class("section")] == ["E.2 Descriptions"]


def test_a_document_is_introduced_by_what_it_specifies(sheet):
    for words in (
        "Networks have many nodes, which packets pass by on their way.",
        "This text specifies how nodes read what passes them by.",
    ):
        sheet.say(words, "1", ("1 Scope",), kind="statement", strength="descriptive")
    sheet.say("A node reads all.", "2", ("2 Nodes",), proposes={"traffic-inspection": "reads all"})

    (about,) = lxml_html.fromstring(render(sheet.assessed(), "html")).find_class("about")

    assert "specifies how nodes read" in about.text_content()


def test_worksheet_quotes_the_same_words_once(sheet):
    sheet.say("Content may be used for law enforcement.", "4", proposes={"lawful-access": "Content"})

    page = lxml_html.fromstring(render(sheet.assessed(), "html"))
    part = page.get_element_by_id("worksheet")

    assert len(part.findall(".//table")) == 2
    assert [one.text_content() for one in page.iter("blockquote")].count(
        "Content may be used for law enforcement."
    ) == 1
    assert part.text_content().count("(quoted above)") == 1


def test_the_clause_that_is_asked_about_is_named_alone(sheet):
    for number in range(1, 7):
        sheet.say("The node can cut off it.", f"4.{number}", strength="descriptive", proposes={"shut-off": "cut off"})
    sheet.say("The node shall cut off the line.", "4.7", proposes={"shut-off": "cut off"})

    first = lxml_html.fromstring(render(sheet.assessed(), "html")).find_class("gravest")[0].text_content()

    assert first.replace("\N{NO-BREAK SPACE}", " ").rstrip().endswith("high clause 4.7 (p. 1)")


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [("2 Functions of the parcel", "2.1", "Functions of the parcel"), ("5 GHz parcels", "1.1", "5 GHz parcels")],
    ids=["number of a chapter", "number of the title itself"],
)
def test_title_loses_the_number_of_a_chapter_of_which_the_text_has_a_clause(sheet, title, number, expected):
    sheet.say("The parcel shall have wings.", number)

    tree = lxml_html.fromstring(render(sheet.assessed(title=title), "html"))

    assert tree.get_element_by_id("title").text_content() == expected


def test_group_that_only_the_stem_of_an_item_names_is_named_by_the_words_of_the_stem(sheet):
    stem = sheet.say("Subscribers can:", "4")
    item = sheet.say("sign each letter", "4 a)", proposes={"identity-binding": "sign"})
    sheet.clauses[-1] = replace(item, stem=stem.span)

    affected = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("affected")

    assert affected.find(".//q").text_content() == "Subscribers"


def test_group_is_shown_by_the_words_that_name_it_and_not_by_their_clause(sheet):
    fill = "The road runs along the river and past the mill until it comes to the harbor wall. " * 4
    sheet.say(f"{fill}Subscribers sign each letter. {fill}", "4", proposes={"identity-binding": "sign"})

    affected = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("affected")

    assert affected.find(".//q").text_content() == "Subscribers"


def test_worksheet_names_a_place_once_where_its_words_are_quoted_above(sheet):
    section = ("4 Access",)
    for words in ("It is done in accordance with national law.", "All follows in accordance with applicable law."):
        sheet.say(words, "4", section, strength="descriptive", kind="statement")
    sheet.say("Content may be opened.", "4.1", section, proposes={"lawful-access": "Content"})

    part = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("worksheet")

    cells = [" ".join(one.text_content().split()) for one in part.iter("td")]
    assert max(cell.count("(quoted above)") for cell in cells) == 1


def test_weak_words_that_stand_side_by_side_are_quoted_as_they_stand(sheet):
    sheet.say(
        "Unless otherwise locally agreed, links should be encrypted where possible.",
        "4",
        strength="should",
        proposes={"encryption": "encrypted"},
    )

    words = " ".join(
        lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("guidelines").text_content().split()
    )

    assert "unless otherwise, " not in words


def test_pages_of_one_number_are_joined_where_further_places_are_named(sheet):
    for page in (1, 2, 3):
        sheet.say("The node shall hand over calls.", "4", page=page, proposes={"lawful-access": "hand over calls"})

    page = render(sheet.assessed({"pages": tuple(Page(one) for one in (1, 2, 3))}), "html")

    words = " ".join(lxml_html.fromstring(page).get_element_by_id("guidelines").text_content().split())
    assert "Also in clause 4 (p. 2\N{EN DASH}3)." in words


def test_a_power_for_a_reader_to_decide_stands_in_a_table_of_its_own(sheet):
    sheet.say("The node may cut the line.", "4", proposes={"shut-off": "cut the line"}, doubtful=True, confidence=0.5)
    sheet.say("Records shall be kept.", "5", proposes={"logging-retention": "kept"})

    part = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("safeguards")

    tables = {one.findtext("caption"): one.text_content() for one in part.iter("table")}
    assert "Shut-off" not in tables["Powers and matching safeguards"]
    assert "Shut-off" in next(text for name, text in tables.items() if name.startswith("Powers that need review"))


def test_why_open_words_matter_is_said_once(sheet):
    sheet.say("The competent authorities shall cut the line.", "4", proposes={"shut-off": "cut the line"})
    sheet.say("Others follow.", "5", ("5 Records",))
    sheet.say("The responsible agencies shall keep it.", "6", ("6 More",), proposes={"logging-retention": "keep it"})

    part = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("safeguards")

    assert part.text_content().count("no one can be held accountable") == 1


def test_page_names_no_file_that_may_not_have_been_made(page):
    assert "findings.csv" not in page
    assert "report.html" not in page


def test_what_a_document_says_of_itself_is_neither_an_item_of_a_list_nor_a_head_without_its_items(sheet):
    for words in ("parts of the network;", "This text is about the following parts of a network of nodes:"):
        sheet.say(words, "1", ("1 Scope",), kind="statement", strength="descriptive")
    sheet.say("A node reads all.", "2", ("2 Nodes",), proposes={"traffic-inspection": "reads all"})

    assert not lxml_html.fromstring(render(sheet.assessed(), "html")).find_class("about")


def test_heading_beside_a_finding_does_not_say_its_number_again(sheet):
    sheet.say("A node shall read all.", "6.1", ("6.1 General",), proposes={"traffic-inspection": "read all"})

    tree = lxml_html.fromstring(render(sheet.assessed(), "html"))

    assert [one.text_content() for one in tree.find_class("section")] == ["General"]


def test_question_about_another_clause_than_the_first_one_named_says_which(sheet):
    sheet.say("Names shall be cut off.", "4.1", proposes={"shut-off": "cut off"})
    sheet.say("The node shall cut off the line.", "4.2", proposes={"shut-off": "cut off the line"})

    first = lxml_html.fromstring(render(sheet.assessed(), "html")).find_class("gravest")[0].text_content()

    assert "4.2\N{NO-BREAK SPACE}(p.\N{NO-BREAK SPACE}1)" in first
    assert "4.1" not in first


def test_worksheet_names_the_source_of_what_it_asks_of_unequal_treatment(sheet):
    sheet.say("Flows may be slowed.", "4", proposes={"traffic-discrimination": "slowed"})

    part = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("worksheet")

    assert part.text_content().count("Source: ICCPR 26; HRC General Comment 18 (1989), para. 13") == 1


def test_a_single_group_is_told_in_a_sentence_and_several_in_a_table(sheet):
    sheet.say("The node shall log each subscriber.", "4", proposes={"logging-retention": "log"})
    one = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("affected")
    sheet.say("The node shall log the names of children.", "5", proposes={"logging-retention": "log"})

    two = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("affected")

    assert one.find(".//table") is None
    assert "The text names one group in the clause, at 1 finding of record-keeping and retention." in one.text_content()
    assert len(two.findall(".//tbody/tr")) == 2


def test_a_right_that_is_derogable_in_part_says_which_part_also_where_it_is_reached_by_secondary_links(sheet):
    sheet.say(
        "The node shall hand the content over to the agency.", "4", proposes={"lawful-access": "hand the content over"}
    )

    row = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("right-torture").text_content()

    assert "secondary link" in row
    assert "Article 10 is not listed" in row
    assert "Absolute; non-derogable, in part under General Comment No. 29." in row


TWICE = "The node shall log each subscriber and cut off whoever is late."


def test_brief_quotes_no_clause_twice(sheet):
    sheet.say(TWICE, "4", proposes={"logging-retention": "log", "shut-off": "cut off"})

    brief = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("brief").text_content()

    assert brief.count(TWICE) == 1
    assert "Quoted above" in brief


def test_brief_shows_a_doubtful_power_by_a_clause_that_it_has_not_quoted(sheet):
    sheet.say(TWICE, "4", proposes={"logging-retention": "log"})
    other = "The node shall cut off whoever is told to it."
    sheet.say(other, "5", proposes={"shut-off": "cut off"}, doubtful=True, confidence=0.4)
    sheet.findings.append(replace(sheet.findings[-1], id="again", clause=sheet.clauses[0].id, confidence=0.5))

    brief = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("brief").text_content()

    assert brief.count(TWICE) == 1
    assert other in brief


def test_what_a_document_says_of_itself_is_no_clause_that_the_brief_quotes_as_a_finding(sheet):
    scope = ("1 Scope",)
    first = "This text specifies how the node shall log each subscriber of the network."
    second = "This text specifies the form of each record and the tools that read the records."
    sheet.say(first, "1", scope, proposes={"logging-retention": "log each subscriber"})
    sheet.say(second, "1", scope, kind="statement", strength="descriptive")

    tree = lxml_html.fromstring(render(sheet.assessed(), "html"))

    assert second in tree.find_class("about")[0].text_content()


def test_few_findings_are_quoted_at_length_in_the_brief(sheet):
    words = f"The node shall log each subscriber{', the hour and the place' * 14}."
    sheet.say(words, "4", proposes={"logging-retention": "log each subscriber"})

    brief = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("brief")

    assert words in brief.text_content()


def test_guideline_answer_points_to_the_quote_of_a_safeguard(sheet):
    words = "Messages shall be encrypted end to end, and signed so that nobody can forge them."
    sheet.say(words, "4", proposes={"encryption": "encrypted end to end", "integrity": "signed"})

    page = lxml_html.fromstring(render(sheet.assessed(), "html"))

    assert [one.text_content() for one in page.iter("blockquote")].count(words) == 1
    assert "Quoted above" in page.get_element_by_id("guidelines").text_content()


def test_articles_of_a_right_touched_link_to_the_official_text_and_say_whether_they_are_derogable(sheet):
    sheet.say("The operator shall cut off a subscriber.", "7.1", proposes={"shut-off": "cut off"})

    row = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("right-assembly")

    links = {link.text_content(): link.get("href") for link in row.iter("a")}
    assert links["ICCPR 21"] == load().instruments["ICCPR"].link
    assert links["UDHR 20"] == load().instruments["UDHR"].link
    assert "The right of peaceful assembly is recognized. (derogable)" in row.text_content()


def test_worksheet_points_to_what_a_right_says_and_does_not_say_it_again(sheet):
    sheet.say("The operator shall cut off a subscriber.", "7.1", proposes={"shut-off": "cut off"})

    page = lxml_html.fromstring(render(sheet.assessed(), "html"))
    worksheet = page.get_element_by_id("worksheet")

    note = "Freedom of opinion (ICCPR article 19(1)) allows no limitation"
    assert note in page.get_element_by_id("right-expression").text_content()
    assert note not in worksheet.text_content()
    assert "#right-expression" in worksheet.xpath(".//ul//a/@href")


def test_mechanisms_of_which_nothing_was_labeled_have_no_row_of_zeros(sheet):
    sheet.say("The node shall split the network.", "4", proposes={"fragmentation": "split"})

    part = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("limits")

    assert ["0", "0", "0"] not in [[cell.text for cell in row.findall("td")] for row in part.iter("tr")]


def test_last_further_mechanism_of_the_brief_is_named_and_not_counted(sheet, taxonomy):
    for number, name in enumerate(list(taxonomy.mechanisms)[:13], 1):
        sheet.say(f"The node shall do a{number}.", f"4.{number}", proposes={name: f"do a{number}"})

    also = lxml_html.fromstring(render(sheet.assessed(), "html")).find_class("also")[0].text_content()

    assert also.count("; ") == 8
    assert "further mechanism" not in also


def test_rights_that_are_absolute_in_part_are_not_said_to_be_so_whole(sheet):
    words = "cut people off"
    sheet.say(f"The operator shall {words}.", "4.1", proposes={"profiling-decisions": words, "identity-binding": words})

    worksheet = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("worksheet").text_content()

    apart = worksheet.partition("Absolute rights, in whole or in part")[2]
    assert "absolute in part" in apart
    assert "or the parts named, allow no limitation" in apart


def test_pair_whose_level_stands_beside_it_does_not_say_it_again(tree):
    pairs = tree.get_element_by_id("together").find_class("row")

    assert pairs
    for pair in pairs:
        level = pair.find_class("badge")[0].text_content().strip()
        assert f"({level})" not in pair.find(".//strong").text_content()


def test_guideline_that_names_what_is_open_does_not_say_first_that_nothing_was_found(tree):
    articles = tree.get_element_by_id("guidelines").find_class("guideline")

    assert any("Left open" in article.text_content() for article in articles)
    assert not any("The tool found nothing on this." in article.text_content() for article in articles)


def test_guideline_says_where_a_clause_is_quoted_before(sheet):
    words = "The operator shall keep the records of each subscriber and hand them to the police on request"
    found = {"lawful-access": "keep the records", "third-party-disclosure": "hand them to the police"}
    sheet.say(f"{words}.", "4.1", proposes=found)

    answers = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("guidelines")

    again = [one.text_content() for one in answers.iter("p") if one.text_content().startswith("Quoted ")]
    assert again
    assert all(one.startswith("Quoted in the brief") for one in again)


@pytest.mark.parametrize(("part", "label"), [("brief", "identity-binding"), ("safeguards", "redress")])
def test_item_is_quoted_after_the_words_that_introduce_it_in_every_part(sheet, part, label):
    stem = sheet.say("Subscribers can:", "4")
    item = sheet.say("sign each letter with their name, and", "4 a)", proposes={label: "sign each letter"})
    sheet.clauses[-1] = replace(item, stem=stem.span)

    found = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id(part)

    assert [one.text_content() for one in found.find_class("stem")] == ["Subscribers can:"]
    assert [one.getnext().text_content() for one in found.find_class("stem")] == ["sign each letter with their name"]


def test_no_line_ends_within_the_symbol_of_a_document(sheet):
    sheet.say("The node shall hand calls to the agency.", "1", proposes={"lawful-access": "hand calls"})

    found = lxml_html.fromstring(render(sheet.assessed(), "html")).get_element_by_id("findings")

    whole = {one.text_content() for one in found.find_class("whole")}
    assert whole
    assert set(re.findall(r"A/HRC/\S*\d", found.text_content())) == whole
