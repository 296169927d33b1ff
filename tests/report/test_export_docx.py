"""The brief for Word: what the page says, in its order, in a file that says the same bytes every time."""

import re
import zipfile
from functools import cache
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from lxml import html

from impact import pipeline
from impact.paths import shelf
from impact.pipeline import export, render
from impact.present.cleaning import UNSEEN
from impact.report.docx.column_widths import widths
from impact.report.docx.document import WIDTH
from impact.report.page.paper import printed
from tests.report.conftest import made_assessment

PROPOSALS = shelf("corpora") / "proposals"


def made(assessment, *, annex=True):
    return export(assessment, "docx", annex=annex)


def opened(data):
    return docx.Document(BytesIO(data))


@cache
def written():
    return made(made_assessment())


@pytest.fixture
def brief():
    return opened(written())


def paragraphs(document):
    """Return all paragraphs in order, those in tables too."""
    return [docx.text.paragraph.Paragraph(one, document) for one in document.element.body.iter(qn("w:p"))]


def texts(document):
    """Return the words of each paragraph, those inserted and deleted by tracked changes too."""
    words = (qn("w:t"), qn("w:delText"))
    told = ("".join(part.text or "" for part in paragraph._p.iter(*words)) for paragraph in paragraphs(document))
    return [text for one in told if (text := one.strip())]


def headings(document):
    return [
        (paragraph.style.name, paragraph.text)
        for paragraph in paragraphs(document)
        if re.match("Title|Heading", paragraph.style.name)
    ]


def bare(text):
    return re.sub(r"[^\w]+", "", text)


def test_headings_are_those_of_the_page_in_its_order(assessment, brief):
    page = printed(render(assessment, "html"), annex=True)
    wanted = page.iter("h1", "h2", "h3", "h4")
    styles = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}

    assert headings(brief) == [(styles[one.tag], " ".join(one.text_content().split())) for one in wanted]


def test_every_word_of_the_page_but_the_list_of_clauses_stands_in_the_brief(assessment, brief):
    page = printed(render(assessment, "html"), annex=True)
    said = bare("".join(texts(brief)))
    for one in page.xpath("//nav | //*[@aria-hidden='true'] | //a[@class='skip']"):
        one.drop_tree()

    for block in page.xpath("//main//p | //main//li | //main//dd | //main//caption | //main//th | //main//q"):
        if block.get("class") == "label":
            continue
        for words in block.itertext():
            assert bare(words) in said, words


def test_annex_is_in_the_brief_only_where_it_is_asked_for(assessment):
    short = texts(opened(made(assessment, annex=False)))

    assert "Findings" in short
    assert not {"Annex", "Possible amendments", "Rights concerned"} & set(short)


def test_quotes_have_their_clause_and_page_before_them(brief):
    found = paragraphs(brief)
    places = [(found[at - 1].text, one.text) for at, one in enumerate(found) if one.style.name == "Quote" and at]

    assert ("7.1.1, page 1", True) in {
        (", ".join(place.split(", ")[:2]), "verified identity document" in text) for place, text in places
    }
    assert all(re.search(r"page \d|^\d|no number", place) for place, _ in places)


def test_words_that_carry_a_finding_are_marked(brief):
    marked = {
        run.text
        for paragraph in paragraphs(brief)
        for run in paragraph.runs
        if run.font.element.find(f".//{qn('w:shd')}") is not None
    }

    assert "examine the payload of each flow" in marked


def test_first_row_of_every_table_is_repeated_and_rows_stay_whole(brief):
    assert len(brief.tables) > 5
    for table in brief.tables:
        rows = list(table._tbl.tr_lst)
        assert rows[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_every_table_has_a_text_for_those_who_do_not_see_it(brief):
    for table in brief.tables:
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_header_says_number_and_title_and_footer_counts_pages(brief):
    section = brief.sections[0]
    fields = [one.get(qn("w:instr")) for one in section.footer._element.iter(qn("w:fldSimple"))]

    assert section.header.paragraphs[0].text.startswith("C-417-R1: Proposal for a framework")
    assert fields == ["PAGE", "NUMPAGES"]


def test_language_and_properties_are_fixed(brief, assessment):
    facts = brief.core_properties
    language = brief.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}").get(qn("w:val"))

    assert language == facts.language == "en-US"
    assert facts.created.isoformat() == facts.modified.isoformat() == assessment.provenance.made_at
    assert (facts.author, facts.last_modified_by) == ("impact", "impact")
    assert "C-417" in facts.title


def test_same_assessment_gives_the_same_bytes_with_fixed_times(assessment):
    data = made(assessment)

    assert data == made(assessment)
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any("thumbnail" in name for name in packed.namelist())


def test_hostile_text_is_held_as_text(attacked, hostile):
    document = opened(made(attacked))

    said = "\n".join(texts(document))
    assert not UNSEEN.search(said.replace("\ufffd", ""))
    if "script" in hostile:
        assert "<script>alert" in said
    parts = {part.partname for part in document.part.package.iter_parts()}
    assert not any("embed" in name or "vba" in name.lower() for name in parts)
    assert {rel.is_external for rel in document.part.rels.values()} == {False}
    fields = [one.get(qn("w:instr")) for one in document.element.body.iter(qn("w:fldSimple"), qn("w:instrText"))]
    assert fields == []


def test_text_from_right_to_left_is_marked_so(sheet):
    words = "\u05d4\u05e8\u05e9\u05ea \u05ea\u05d1\u05d3\u05d5\u05e7 payload"
    sheet.say(words, "1", (), proposes={"traffic-inspection": words})

    document = opened(made(sheet.assessed()))

    quotes = [
        paragraph for paragraph in paragraphs(document) if paragraph.style.name == "Quote" and paragraph.text == words
    ]
    assert quotes
    assert all(quote._p.pPr.find(qn("w:bidi")) is not None for quote in quotes)


def test_brief_without_findings_says_so(sheet):
    sheet.say("The frame check sequence shall have 32 bits.", "1")

    said = "\n".join(texts(opened(made(sheet.assessed()))))

    assert (
        "The tool read the whole text (1 passage) and found no passage that is likely to raise a human rights concern"
        in said
    )
    assert "Read the document before relying on this result" in said


def test_document_in_another_language_is_said_not_to_be_assessed(sheet):
    sheet.say("Le r\u00e9seau doit fonctionner.", "1")

    said = "\n".join(texts(opened(made(sheet.assessed(language="fr")))))

    assert "Not assessed: the document is in French." in said


def test_sample_becomes_a_brief_by_the_pipeline():
    assessment = pipeline.analyze(PROPOSALS / "street-cameras.docx", by=("cues",), jailed=False)

    document = opened(pipeline.export(assessment, "docx"))

    assert ("Heading 1", "Findings") in headings(document)


def turned(table):
    return len(list(table._tbl.iter(qn("w:textDirection"))))


def matrix(document):
    return next(
        table for table in document.tables if table.cell(0, 0).text == "Right" and table.cell(0, 1).text != "Articles"
    )


def test_titles_of_a_matrix_of_few_powers_stand_upright(sheet):
    sheet.say("The node shall see all flows.", "4.2", proposes={"traffic-inspection": "see all flows"})

    table = matrix(opened(made(sheet.assessed())))

    assert turned(table) == 0
    assert table.rows[0].height is None


def test_titles_of_a_matrix_of_many_powers_are_turned_in_a_row_as_high_as_the_longest(brief):
    table = matrix(brief)

    longest = max(len(cell.text) for cell in table.rows[0].cells)
    assert turned(table) == len(table.columns) - 1
    assert table.rows[0].height.cm == pytest.approx(0.18 * longest, abs=0.01)


def test_first_row_of_every_table_stays_with_the_second(brief):
    for table in brief.tables:
        heads = [paragraph for cell in table.rows[0].cells for paragraph in cell.paragraphs]
        assert all(head.paragraph_format.keep_with_next for head in heads)


def test_question_of_a_test_stands_below_its_name_and_is_not_bold(brief):
    cell = next(table.cell(1, 0) for table in brief.tables if table.cell(0, 0).text == "Test")

    name, question = cell.paragraphs[:2]
    assert (name.text, all(run.bold for run in name.runs)) == ("Legality", True)
    assert question.text.startswith("Is the measure provided for by a law")
    assert not any(run.bold for run in question.runs)


def test_heading_stays_with_the_words_that_introduce_a_table(brief):
    found = paragraphs(brief)
    at = next(place for place, one in enumerate(found) if one.text == "Rights concerned")

    intro = found[at + 1]
    assert brief.styles[intro.style.name].paragraph_format.keep_with_next is True
    assert found[at + 2].style.name == "Caption"


def test_annex_begins_below_a_line_and_not_on_a_page_of_its_own(brief):
    annex = next(paragraph for paragraph in paragraphs(brief) if paragraph.text == "Annex")

    assert annex.style.name == "Annex"
    assert brief.styles["Annex"].element.pPr.find(f"{qn('w:pBdr')}/{qn('w:top')}") is not None
    assert not list(brief.element.body.iter(qn("w:br")))


def test_quote_stays_with_its_question_and_with_what_is_said_of_it(sheet):
    sheet.say("The hub shall cut off the line.", "4.1", ("4 Lines",), proposes={"shut-off": "cut off the line"})
    sheet.say("The owner can appeal.", "4.2", ("4 Lines",), proposes={"redress": "can appeal"})
    document = opened(made(sheet.assessed()))

    found = paragraphs(document)

    def kept(one):
        own = one.paragraph_format.keep_with_next
        return bool(document.styles[one.style.name].paragraph_format.keep_with_next if own is None else own)

    heading = next(at for at, one in enumerate(found) if one.text.startswith("4.16 "))
    beside = next(at for at, one in enumerate(found) if one.text.startswith("Safeguard in the same section"))
    answers = next(at for at, one in enumerate(found) if one.text.startswith("It appears in the same clause"))
    assert all(map(kept, found[heading : heading + 3]))
    assert all(map(kept, found[beside - 4 : beside]))
    assert all(map(kept, found[answers - 3 : answers]))
    assert found[answers - 2].style.name == "Quote"


def test_numbers_of_a_finding_stand_together(brief):
    lines = [
        paragraph.text
        for paragraph in brief.paragraphs
        if "irremediability" in paragraph.text and " \u00b7 " in paragraph.text
    ]

    assert lines
    assert all(re.search(r"scale \d, scope \d, irremediability \d \(of 5\)", line) for line in lines)


def test_column_of_long_cells_is_wider_than_that_of_short_ones():
    row = f"<tr><td>high</td><td>{'a limit on retention; ' * 9}</td></tr>"

    level, lacking = widths(html.fromstring(f"<table class='figures'>{row}</table>"), 2)

    assert level < lacking / 3
    assert level + lacking == pytest.approx(WIDTH)


def test_column_of_short_words_holds_its_longest_word_beside_long_columns():
    long = "what a reader would say of it at some length " * 9
    row = f"<tr><td>model</td><td>{long}</td><td>{long}</td><td><span class='badge'>medium</span></td></tr>"

    by, *_, level = widths(html.fromstring(f"<table class='figures'>{row}</table>"), 4)

    assert by > 1.3
    assert level > 1.6


def test_sign_off_stays_on_one_page(brief):
    paragraphs = brief.paragraphs
    start = next(
        at for at, one in enumerate(paragraphs) if one.text == "Reviewer\N{RIGHT SINGLE QUOTATION MARK}s sign-off"
    )
    kept = [paragraph.paragraph_format.keep_with_next for paragraph in paragraphs[start + 1 : start + 5]]

    assert kept[:3] == [True, True, True]
    assert kept[3] is not True
