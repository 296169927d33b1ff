"""Markdown, CSV, the lines for a terminal, and quotes."""

import csv
import re
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.pipeline import analyze, render
from impact.present.cleaning import GAP, clipped, plain, shown
from impact.present.lists import listed, ranges
from impact.records import Page, Span
from impact.report import FILE_NAMES, MAKERS, RENDERERS, summary
from impact.report.markdown.brief import escaped
from impact.report.quotes.quote import pieces
from impact.report.view.concerns import concerns_of
from impact.report.view.sentences import enables
from impact.tables.cells import FORMULA
from impact.tables.rows import SOURCE_FINDINGS


def rows(text):
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_every_format_has_a_file_name():
    assert FILE_NAMES.keys() == RENDERERS.keys() | MAKERS.keys()
    assert {
        "html": "report.html",
        "json": "report.json",
        "md": "report.md",
        "csv": "findings.csv",
        "docx": "brief.docx",
        "xlsx": "findings.xlsx",
        "amendments": "amendments.docx",
        "pdf": "report.pdf",
        "review": "review.docx",
        "review-text": "review.txt",
        "contribution": "contribution.docx",
        "contribution-text": "contribution.txt",
        "onepage-ar": "brief.ar.html",
        "onepage-en": "brief.en.html",
        "onepage-es": "brief.es.html",
        "onepage-fr": "brief.fr.html",
        "onepage-ru": "brief.ru.html",
        "onepage-zh": "brief.zh.html",
        **{f"onepage-{code}-pdf": f"brief.{code}.pdf" for code in ("ar", "en", "es", "fr", "ru", "zh")},
    } == FILE_NAMES


def test_markdown_quotes_the_gravest_and_stays_short(sheet, taxonomy):
    for number, label in enumerate(taxonomy.mechanisms):
        for _ in range(10):
            sheet.say(f"Words {number} " * 60, str(number), (), proposes={label: "Words"})

    text = render(sheet.assessed(), "md")

    assert len(text.splitlines()) <= 140
    assert "## Main findings" in text
    assert text.count("\n   > ") == 5


def test_markdown_shows_quote_then_consequence_then_silence(assessment):
    text = render(assessment, "md")

    quote = text.index("> The control function shall be able to suspend all service to a subscriber")
    may = text.index("may enable the disconnection of people")
    silence = text.index("In clause 9.1 a) (p. 2), the text excludes notification")
    assert quote < may < silence


def test_markdown_of_hostile_text_has_no_markup_from_it(attacked):
    text = render(attacked, "md")

    text = re.sub(r"(?<!\\)</?(?:ins|del)>", "", text)  # ours, around a change

    text.encode("utf-8")
    assert not re.search(
        r"(?<!\\)(<(?=[A-Za-z/!?])|\](?=[(\[:]))|[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]",
        text,
    )
    assert max(len(line) for line in text.splitlines()) < 3000


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("a*b_c", r"a\*b_c"),
        ("_open_", r"\_open\_"),
        ("C# | 2^32 {x} [RFC 9083]!", "C# | 2^32 {x} [RFC 9083]!"),
        ("[x]: /y", r"\[x\]: /y"),
        ("see [x]", r"see [x\]"),
        ("a < b & c &amp; <!-- d", r"a < b & c \&amp; \<!-- d"),
        ("> quote", r"\> quote"),
        ("1. One", r"1\. One"),
        ("7.2.1 b)", "7.2.1 b)"),
        ("- item", r"\- item"),
        ("# head", r"\# head"),
        ("<b> ![x](y)", r"\<b> ![x\](y)"),
    ],
)
def test_escaping_takes_the_meaning_from_markup(raw, safe):
    assert escaped(raw) == safe


def test_the_number_of_a_title_is_not_escaped_within_the_line(tmp_path):
    source = tmp_path / "quay.md"
    source.write_text("# 0007. Quays\n\n## Use\n\nBoats moor here.\n\n## End\n\nNo.\n", encoding="utf-8")

    assert render(analyze(source), "md").startswith("# Human rights brief: 0007. Quays\n")


def test_csv_has_one_row_a_finding_gravest_first(assessment):
    found = rows(render(assessment, "csv"))

    assert tuple(found[0]) == tuple(SOURCE_FINDINGS)
    assert [one["finding"] for one in found] == [rated.finding.id for rated in assessment.findings]
    assert found[0]["evidence"] == "suspend all service to a subscriber"
    assert found[0]["page"] == "2"
    assert "named-and-cut-off" in found[0]["compounds"]


def test_csv_of_hostile_text_has_no_formula(attacked):
    text = render(attacked, "csv")

    text.encode("utf-8")
    found = rows(text)
    assert len(found) == 1
    assert not any(cell.lstrip(" ").startswith(FORMULA) for cell in found[0].values())


def test_csv_without_findings_is_its_header(sheet):
    assert render(sheet.assessed(), "csv") == "\ufeff" + ",".join(SOURCE_FINDINGS) + "\n"


def test_summary_names_level_mechanisms_and_places(assessment, taxonomy):
    text = summary(assessment, taxonomy)

    counts = "The text gives eight powers over people, two rated high and six rated medium, in six passages."
    assert f"HIGH. {counts} The tool read the whole text (12 passages)" in text
    assert re.search(r"high +Traffic or content inspection +1 x +clause 8\.1 \(p\. 2\); 1 more needs review", text)
    assert "Combined: Identified people could be disconnected" in text


def test_summary_of_nothing_says_so(sheet, taxonomy):
    sheet.say("The frame shall have 32 bits.", "1")

    assert summary(sheet.assessed(), taxonomy).splitlines()[-1].strip() == (
        "The tool read the whole text (1 passage) and found no passage that is likely to raise a human rights concern."
    )


def test_summary_cannot_steer_a_terminal(attacked, taxonomy):
    text = summary(attacked, taxonomy)

    text.encode("utf-8")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", text)


def test_pages_read_badly_or_from_images_are_named(sheet, taxonomy):
    from impact.records import PageVerdict

    sheet.say("The frame shall have 32 bits.", "1")
    pages = (Page(1, quality=0.5), Page(2, verdict=PageVerdict.OCR), Page(3))

    text = summary(sheet.assessed({"pages": pages}), taxonomy)

    assert "Text was recognized from images and may have wrong letters: page 2." in text
    assert "Text was hard to read; words may be missing or out of order: page 1." in text


TEXT = st.text(alphabet=st.sampled_from("ab c.\n"), min_size=1, max_size=900)


@given(text=TEXT, data=st.data())
def test_pieces_are_verbatim_and_in_order(text, data):
    ends = st.integers(0, len(text))
    spans = [Span(*sorted((data.draw(ends), data.draw(ends)))) for _ in range(data.draw(st.integers(0, 3)))]
    limit = data.draw(st.integers(1, 400))

    found = pieces(text, Span(0, len(text)), spans, limit)

    offset = 0
    for run in found:
        if not run.gap:
            place = text.index(run.text, offset)
            offset = place + len(run.text)
    if len(text) <= limit:
        assert "".join(run.text for run in found) == text


def test_a_long_clause_is_cut_around_its_evidence():
    text = "word " * 400 + "the evidence itself " + "word " * 400
    start = text.index("the evidence")

    found = pieces(text, Span(0, len(text)), [Span(start, start + 19)], 300)

    assert [run.text for run in found if run.marked] == ["the evidence itself"]
    assert found[0].gap
    assert found[-1].gap
    assert sum(len(run.text) for run in found) < 500


@given(text=st.text(), limit=st.integers(10, 200))
def test_clipped_text_is_short_and_begins_alike(text, limit):
    short = clipped(text, limit)

    assert len(short) <= limit + 1
    assert short == text or short.endswith(GAP)


@given(text=st.text(st.characters()))
def test_shown_text_keeps_its_length_and_can_be_written(text):
    assert len(shown(text)) == len(text)
    shown(text).encode("utf-8")
    assert plain(text).isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f]", plain(text))


def test_words_join_as_a_person_would():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a and b", "c"]) == "a and b, and c"
    assert listed(["a and b", "c", "d"]) == "a and b; c; and d"
    assert listed(["a or b", "c"], "or") == "a or b, or c"
    assert listed(["the section \u201ca and b, c\u201d", "d"]) == "the section \u201ca and b, c\u201d and d"
    assert ranges([9, 3, 1, 2, 7]) == "1\N{EN DASH}3, 7, 9"


def test_importing_the_room_loads_nothing_heavy():
    import subprocess
    import sys

    code = (
        "import sys, impact.report, impact.assess; print([m for m in ('jinja2', 'pandas', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("must", " Each of them requires the disconnection or suspension of users."),
        ("may", " The passage quoted requires the disconnection or suspension of users."),
    ],
)
def test_clauses_that_bind_alike_are_said_to_do_so_together(sheet, taxonomy, second, said):
    sheet.say("Lines shall be cut off.", "4.1", proposes={"shut-off": "cut off"})
    sheet.say("Users are cut off.", "4.2", proposes={"shut-off": "cut off"}, strength=second)

    (concern,) = concerns_of(sheet.assessed(), taxonomy)

    assert enables(concern).endswith(said)


def test_markdown_points_to_a_quote_by_a_heading_that_it_has(sheet):
    words = "Lines of the quay shall be cut off without any notice to the people who use them."
    sheet.say(words, "4.1", proposes={"shut-off": "cut off"})
    sheet.findings.append(replace(sheet.findings[0], id="again", mechanism="missing-remedy", doubtful=True))

    text = render(sheet.assessed(), "md")

    ((heading, begins),) = re.findall(r"Quoted under (.+): \u201c(.+) \S+\u201d", text)
    assert f"\n## {heading}\n" in text
    assert words.startswith(begins)


def test_a_concern_quotes_its_most_telling_clause_first(sheet, taxonomy):
    from impact.report.view.concerns import concerns_of

    label = "lawful-access"
    sheet.say("A list of terms.", "1", (), strength="descriptive", proposes={label: "terms"})
    sheet.say("Perhaps handed over.", "2", (), proposes={label: "handed over"}, doubtful=True, confidence=0.55)
    sheet.say("It shall be handed over, if so.", "3", (), proposes={label: "handed over"}, confidence=0.6)
    sheet.say("It shall be handed over.", "4", (), proposes={label: "handed over"}, confidence=0.97)

    (concern,) = concerns_of(sheet.assessed(), taxonomy)

    assert [rated.finding.clause[0] for rated in concern.findings] == ["4", "3", "1", "2"]
    assert [clause.number for clause in concern.clauses] == ["1", "3", "4"]
    assert concern.unsure == 1


def test_graver_numbers_come_before_a_stronger_word(sheet, taxonomy):
    from impact.report.view.concerns import concerns_of

    label = "lawful-access"
    sheet.say("It may be handed over.", "1", (), strength="may", proposes={label: "handed over"})
    sheet.say("It is handed over.", "2", (), strength="descriptive", proposes={label: "handed over"})

    (concern,) = concerns_of(sheet.assessed(), taxonomy)

    scopes = [rated.severity.scope for rated in concern.findings]
    assert [rated.finding.clause[0] for rated in concern.findings] == ["2", "1"]
    assert scopes == sorted(scopes, reverse=True)


def test_places_of_a_power_name_the_gravest_before_those_that_stand_before_them(sheet, taxonomy):
    from impact.report.view.concerns import concerns_of, named_places

    mild, grave = ("3 Names",), ("4 Names",)
    sheet.say("It shall be replaced by an alias.", "3.1", mild, proposes={"pseudonymity": "alias"})
    for number, headings in (("3.2", mild), ("3.3", mild), ("4.1", grave), ("4.2", grave)):
        sheet.say(
            "It names the person.",
            number,
            headings,
            strength="descriptive",
            proposes={"identity-binding": "names the person"},
        )
    assessment = sheet.assessed()

    (concern,) = (one for one in concerns_of(assessment, taxonomy) if one.mechanism.id == "identity-binding")

    assert named_places(concern, assessment, 2) == "clauses 4.1 (p. 1), 4.2 (p. 1) and two more"
