"""The one-page brief: what it says, in whose language, and that nothing moves it."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html as lxml_html
from subjects import subject_of

from impact.cli import main
from impact.paths import shelf
from impact.pipeline import render
from impact.records import Page, PageVerdict
from impact.report import FILE_NAMES, LANGUAGES
from impact.report.onepage.page import LARGEST, SMALLEST
from impact.report.onepage.page import render as onepage
from impact.report.onepage.wording import wording
from impact.report.view.figures import shipped
from impact.taxonomy import load

NETWORK = shelf("corpora") / "proposals" / "new-network.pdf"
FORBIDDEN = tomllib.loads((Path(__file__).parent / "forbidden.toml").read_text("utf-8"))
LABELS = (*load().mechanisms, *load().safeguards)


def made(assessment, code):
    return lxml_html.fromstring(render(assessment, f"onepage-{code}"))


def said(tree):
    """Return the words of a page in one line."""
    return " ".join(tree.find(".//main").text_content().split())


def unquoted(tree):
    """Return the words of a page without what it quotes from the document."""
    for node in [*tree.iter("title", "style"), *tree.find_class("verbatim"), *tree.find_class("code")]:
        if node.getparent() is not None:
            node.drop_tree()
    return tree.text_content()


def every_label(sheet, strength="must"):
    for number, label in enumerate(LABELS):
        words = f"Words about number {number}."
        sheet.say(words, str(number), (f"{number} Part",), strength=strength, proposes={label: words})
    return sheet


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_is_one_file_without_scripts_or_requests(assessment, code):
    page = render(assessment, f"onepage-{code}")

    assert not re.search(r"<(script|link|img|iframe|object|embed|base|form)\b|url\(|@import|https?://", page)
    assert "default-src 'none'" in page


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_names_its_language_and_its_direction(assessment, code):
    tree = made(assessment, code)

    assert (tree.get("lang"), tree.get("dir")) == (code, "rtl" if code == "ar" else "ltr")


@pytest.mark.parametrize("code", LANGUAGES)
def test_equal_assessments_give_equal_bytes(contribution, identity, code):
    first, second = (contribution().assessed(**identity) for _ in range(2))

    pages = {onepage(subject_of(one), code) for one in (first, second)}
    assert len(pages) == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_three_gravest_concerns_are_quoted_verbatim_with_number_and_page(assessment, code):
    say, tree = wording(code, load()), made(assessment, code)

    concerns = tree.xpath("//ol/li")
    marks = say.get("marks.open_quote") + say.get("marks.close_quote")
    quotes = [concern.find("blockquote").text_content().strip(marks) for concern in concerns]
    assert len(concerns) == 3
    assert all(quote in assessment.document.text for quote in quotes)
    assert quotes[0].startswith("The control function shall be able to suspend all service")
    assert "".join(concerns[0].find_class("head")[0].find(".//bdi").itertext()) == "9.1 a)"
    assert say.say("labels.page", page=2) in concerns[0].text_content()


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_concern_says_what_it_may_enable_its_rights_and_what_to_ask(assessment, code):
    say = wording(code, load())

    first = " ".join(made(assessment, code).xpath("//ol/li")[0].text_content().split())
    for key in ("name", "enables"):
        assert say.get(f"mechanisms.shut-off.{key}") in first
    assert " ".join(say.get("mechanisms.shut-off.questions")[0].split()) in first
    assert say.get("strength.must") in first
    assert say.get("rights.assembly") in first
    assert " ".join(say.cited(["UDHR 20", "ICCPR 21", "ICCPR 22"]).split()) in first


def test_level_and_reason_stand_in_words(assessment):
    text = said(made(assessment, "fr"))

    assert (
        "Le niveau est élevé parce que l’effet possible sur une personne est de la plus grande ampleur (5 sur 5)"
        in text
    )
    assert re.search(r"propose 8 pouvoirs techniques sur les personnes \([^)]*\) dans 6 clauses", text)


def test_two_concerns_leave_room_for_two_questions_each(sheet):
    sheet.say("The node shall inspect all packets.", "1", (), proposes={"traffic-inspection": "inspect"})

    tree = made(sheet.assessed(), "es")

    assert len(tree.find_class("ask")) == 2
    assert "La preocupación y lo que conviene preguntar" in said(tree)


@pytest.mark.parametrize("code", LANGUAGES)
def test_silences_and_safeguards_are_named(assessment, code):
    say = wording(code, load())
    tree = made(assessment, code)

    silent = " ".join(tree.xpath("//section[@aria-labelledby='silences']")[0].text_content().split())
    found = tree.xpath("//section[@aria-labelledby='safeguards']//li")
    assert " ".join(say.get("safeguards.retention-limits").split()) in silent
    assert " ".join(say.get("safeguards.pseudonymity").split()) not in silent
    assert [
        one.text.startswith(say.get(f"safeguards.{name}"))
        for one, name in zip(found, ("pseudonymity", "continuity"), strict=True)
    ]
    assert "7.1.3" in found[0].text_content()


@pytest.mark.parametrize("code", LANGUAGES)
def test_measured_recall_and_precision_are_said(assessment, code):
    limits = made(assessment, code).xpath("//section[@aria-labelledby='limits']")[0].text_content()

    first = next(figures for figures in shipped().figures if figures.by == "cues")
    numbers = [str(first.clauses), str(round(100 * first.recall)), str(round(100 * first.precision))]
    assert [number for number in re.findall(r"\d+", limits) if number in numbers] == numbers


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_empty_report_says_that_no_clause_was_flagged_and_what_was_read(sheet, code):
    say = wording(code, load())
    sheet.say("The frame check sequence shall have 32 bits.", "1", ())

    text = said(made(sheet.assessed(), code))

    assert say.say("sentences.unflagged") in text
    assert say.say("sentences.uncleared") in text
    assert say.counted("counts.assessed", 1) in text
    assert say.say("sentences.unguarded") in text
    assert say.say("labels.level") not in text


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_that_is_not_assessed_is_named(sheet, code):
    say = wording(code, load())
    sheet.say("Le noeud lit la charge utile.", "1", ())

    text = said(made(sheet.assessed(language="fr"), code))

    assert " ".join(say.say("sentences.foreign", language=say.get("languages.fr")).split()) in text
    assert say.say("sentences.unasked") in text
    assert say.say("sentences.unflagged") not in text
    assert say.counted("counts.assessed", 1) not in text


def test_an_unknown_language_is_named_by_its_code(sheet):
    sheet.say("Words.", "1", ())

    assert "Оценка не проводилась (язык документа: язык с кодом xx)" in said(made(sheet.assessed(language="xx"), "ru"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_that_were_not_read_are_named(sheet, code):
    say = wording(code, load())
    sheet.say("The node shall route.", "1", ())
    verdicts = [PageVerdict.SCAN, PageVerdict.OK, PageVerdict.SCAN, PageVerdict.SCAN, PageVerdict.OCR]
    pages = tuple(Page(number, verdict=one) for number, one in enumerate(verdicts, 1))

    text = said(made(sheet.assessed({"pages": pages, "warnings": ("One thing.",)}), code))

    assert " ".join(say.counted("unread.scan", 3, pages=say.ranges([1, 3, 4], 9)).split()) in text
    assert " ".join(say.counted("unread.ocr", 1, pages="5").split()) in text
    assert say.counted("counts.remarks", 1) in text
    assert say.say("unread.none") not in text


@pytest.mark.parametrize("strength", ["must", "should", "may", "descriptive"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_forbidden_word_stands_in_a_brief_with_every_label(sheet, code, strength):
    text = unquoted(made(every_label(sheet, strength).assessed(), code))

    assert [re.findall(one, text, re.IGNORECASE) for one in FORBIDDEN[code]["patterns"]] == [[]] * len(
        FORBIDDEN[code]["patterns"]
    )


@pytest.mark.parametrize("code", ["ar", "ru", "zh"])
def test_nothing_but_the_document_stands_in_latin_letters(sheet, code):
    text = unquoted(made(every_label(sheet).assessed(date="2026-11-24"), code))

    assert set(re.findall(r"[A-Za-z]+", text)) == {"impact"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_run_of_the_document_is_isolated(assessment, code):
    tree = made(assessment, code)

    for node in tree.find_class("verbatim"):
        assert node.tag == "bdi" or node.get("dir") == "auto"


def test_a_number_that_ends_with_the_revision_is_not_said_twice(sheet):
    sheet.say("Words.", "1", ())

    tree = made(sheet.assessed(number="draft-example-00", revision="00"), "en")

    assert tree.find_class("identity")[0].text_content().split() == ["Number", "draft-example-00"]


@pytest.mark.parametrize("code", ["ar", "en"])
def test_hostile_text_stays_text(attacked, code):
    page = render(attacked, f"onepage-{code}")

    assert "<script" not in page
    assert "<img" not in page
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", page)
    assert len(made(attacked, code).find_class("verbatim")) >= 3


def test_type_grows_where_there_is_little_to_say(sheet, contribution):
    sheet.say("Words.", "1", ())
    little, much = sheet.assessed(), every_label(contribution()).assessed()

    sizes = [float(made(one, "ru").get("style").split()[1].removesuffix("pt")) for one in (little, much)]

    assert SMALLEST <= sizes[1] < sizes[0] == LARGEST


def test_the_command_writes_a_file_for_each_language(tmp_path):
    arguments = [
        "analyze",
        str(NETWORK),
        "--by",
        "cues",
        "--out",
        str(tmp_path),
        "--format",
        "onepage,json",
        "--language",
    ]

    result = CliRunner().invoke(main, [*arguments, "fr, AR"])

    assert result.exit_code == 0, result.output
    assert {one.name for one in tmp_path.iterdir()} == {"brief.fr.html", "brief.ar.html", "report.json"}


def test_the_command_writes_english_by_default_and_all_on_demand(tmp_path):
    arguments = ["analyze", str(NETWORK), "--by", "cues", "--format", "onepage", "--out"]

    one = CliRunner().invoke(main, [*arguments, str(tmp_path / "one")])
    every = CliRunner().invoke(main, [*arguments, str(tmp_path / "all"), "--language", "all"])

    assert (one.exit_code, every.exit_code) == (0, 0)
    assert [file.name for file in (tmp_path / "one").iterdir()] == ["brief.en.html"]
    assert {file.name for file in (tmp_path / "all").iterdir()} == {FILE_NAMES[f"onepage-{code}"] for code in LANGUAGES}


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (["--format", "onepage", "--language", "de"], "'de': choose from ar, en, es, fr, ru, zh"),
        (["--format", "onepage", "--language", ""], "choose from ar"),
        (["--language", "fr"], "--language can be used only with --format onepage"),
    ],
)
def test_the_command_refuses_what_it_cannot_say(more, complaint):
    result = CliRunner().invoke(main, ["analyze", str(NETWORK), *more])

    assert result.exit_code == 2
    assert complaint in result.output


@pytest.mark.parametrize("code", ["en", "fr"])
def test_place_without_number_and_page_is_named_by_its_heading(sheet, code):
    sheet.say("The node shall read the payload.", "", ("Reset()",), proposes={"traffic-inspection": "read the payload"})

    assert "Reset()" in said(made(sheet.assessed({"paged": False}), code))


def test_place_without_number_is_named_by_its_page_and_several_clauses_are_asked_about_together(sheet) -> None:
    for _ in range(2):
        sheet.say("The line may be cut.", "", proposes={"shut-off": "cut"}, doubtful=True, confidence=0.5)

    page = render(sheet.assessed({"pages": (Page(1),)}), "onepage-en")

    assert "no number" not in page
    assert "Do any of these clauses enable" in page


@pytest.mark.parametrize("code", LANGUAGES)
def test_withdrawal_of_a_credential_is_asked_its_own_questions(sheet, code):
    sheet.say("The issuer shall revoke the credential.", "4", proposes={"shut-off": "revoke the credential"})
    say = wording(code, load())

    page = said(made(sheet.assessed(), code))

    assert all(" ".join(one.split()) in page for one in say.get("variants.shut-off.credential.questions"))
    assert not any(" ".join(one.split()) in page for one in say.get("mechanisms.shut-off.questions"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_clause_quoted_for_a_firm_power_is_not_quoted_again_for_a_doubtful_one(sheet, code):
    words = "The node shall log each subscriber and cut off whoever is late."
    sheet.say(words, "4", proposes={"logging-retention": "log"})
    clause = sheet.clauses[-1]
    sheet.say("The node may be slow.", "5", proposes={"shut-off": "slow"}, doubtful=True, confidence=0.4)
    sheet.findings[-1] = replace(sheet.findings[-1], clause=clause.id, evidence=(clause.span,))

    page = made(sheet.assessed(), code)

    assert said(page).count(words) == 1
    assert wording(code, load()).get("mechanisms.shut-off.name") in said(page)


def test_long_words_that_introduce_a_list_are_shown_from_their_end(sheet):
    stem = sheet.say(f"A parcel that {'goes by road and ' * 8}comes to the harbor can:", "4")
    item = sheet.say("sign each letter", "4 a)", proposes={"identity-binding": "sign"})
    sheet.clauses[-1] = replace(item, stem=stem.span)

    page = lxml_html.fromstring(render(sheet.assessed(), "onepage-en"))

    said = page.find_class("stem")[0].text_content()
    assert said.startswith("[\u2026] ")
    assert said.endswith(" comes to the harbor can:")
    assert len(said) < 90


def test_last_sentence_that_introduces_a_list_is_shown_whole(sheet):
    last = "A parcel that goes by road and is to be rowed over to the mole of the harbor can:"
    stem = sheet.say(f"Some parcels go by boat. {last}", "4")
    item = sheet.say("sign each letter", "4 a)", proposes={"identity-binding": "sign"})
    sheet.clauses[-1] = replace(item, stem=stem.span)

    page = lxml_html.fromstring(render(sheet.assessed(), "onepage-en"))

    assert page.find_class("stem")[0].text_content() == last


def test_safeguard_that_a_reader_must_decide_is_named_at_its_surest_place(sheet):
    for number, confidence in (("4.1", 0.3), ("4.2", 0.45), ("4.3", 0.4)):
        sheet.say(
            "A guest may complain.", number, proposes={"redress": "complain"}, doubtful=True, confidence=confidence
        )

    page = said(made(sheet.assessed(), "en"))

    assert "Needs review" in page
    assert "correction (4.2, p. 1)" in page


@pytest.mark.parametrize("code", LANGUAGES)
def test_safeguard_that_the_text_rules_out_is_marked_so_with_its_clause(sheet, code):
    sheet.say("The node shall cut the line.", "7.1", ("7 Part",), proposes={"shut-off": "cut the line"})
    sheet.say("The order is not subject to appeal.", "7.2", ("7 Part",))
    say = wording(code, load())

    tree = made(sheet.assessed(), code)

    lacking = [one.text_content() for one in tree.xpath("//section[@aria-labelledby='silences']//li")]
    marked = [one for one in lacking if say.say("labels.ruled") in one]
    assert len(marked) == 1
    assert marked[0].startswith(say.get("safeguards.redress"))
    assert "7.2" in marked[0]


@pytest.mark.parametrize("code", LANGUAGES)
def test_question_that_the_quoted_clause_answers_is_not_asked_on_the_page(sheet, code):
    sheet.say(
        "The gateway shall deliver the location of the subscriber without changing it.",
        "4",
        proposes={"location-tracking": "the location"},
    )

    page = said(made(sheet.assessed(), code))

    english = load().mechanisms["location-tracking"].questions
    translated = wording(code, load()).get("mechanisms.location-tracking.questions")
    settled = english.index("How precise must the location be for this purpose, and how often is it needed?")
    asked = [" ".join(one.split()) in page for one in translated]
    assert asked == [place != settled for place in range(len(translated))]


def test_safeguard_is_named_at_the_clause_that_binds(sheet):
    for number, strength in (("4.1", "descriptive"), ("4.2", "must")):
        sheet.say("A guest may complain.", number, strength=strength, proposes={"redress": "complain"})

    assert "correction (4.2, p. 1)" in said(made(sheet.assessed(), "en"))


@pytest.mark.parametrize(
    ("code", "asks"), [("en", ["How is the person for whom a guardian may act heard"]), ("fr", [])]
)
def test_representation_is_not_asked_for_a_key_in_place_of_a_person(sheet, code, asks):
    words = "A pass of a person shall be given to a guardian"
    sheet.say(f"{words}.", "4", proposes={"identity-binding": words})

    asked = [one.text_content() for one in made(sheet.assessed(), code).find_class("ask")]

    assert len(asked) == len(asks)
    assert all(one in said for one, said in zip(asks, asked, strict=True))


def test_clauses_beside_the_quoted_one_are_counted_as_the_page_counts_all(sheet):
    for number in ("4.1", "4.1", "4.2", "4.2"):
        sheet.say("The node shall keep the logs.", number, proposes={"logging-retention": "keep the logs"})

    page = said(made(sheet.assessed(), "en"))

    assert "in 4 clauses" in page
    assert "and 3 further clauses" in page


@pytest.mark.parametrize("code", LANGUAGES)
def test_question_that_a_safeguard_of_the_text_answers_is_not_asked_on_the_page(sheet, code):
    sheet.say("People may use a pseudonym.", "2", proposes={"pseudonymity": "use a pseudonym"})
    sheet.say("The node shall bind the name.", "4", proposes={"identity-binding": "bind the name"})

    page = said(made(sheet.assessed(), code))

    english = load().mechanisms["identity-binding"].questions
    settled = english.index("Can the function work with an anonymous, pseudonymous or rotating credential?")
    translated = wording(code, load()).get("mechanisms.identity-binding.questions")
    asked = [" ".join(one.split()) in page for one in translated]
    assert asked == [place != settled for place in range(len(translated))]


def test_english_page_begins_with_what_the_gravest_clause_does(sheet):
    sheet.say("The node shall cut off the line.", "4.2", proposes={"shut-off": "cut off"})
    assessment = sheet.assessed()

    assert "Clause 4.2 requires the node to cut off the line." in said(made(assessment, "en"))
    assert "requires the node" not in said(made(assessment, "fr"))
