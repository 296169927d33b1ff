"""The page and the JSON: by schema, escaped, of a piece with the report, in careful words."""

import json
import re
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from impact.compare import RENDERERS, compare
from impact.records import Level
from impact.taxonomy import load
from tests.compare.conftest import Draft, clause, finding

SCHEMA = json.loads(files("impact.compare").joinpath("schema/impact-comparison-1.json").read_text("utf-8"))
FORBIDDEN = re.compile(r"\b(violat\w*|breach\w*|complian\w*|intent\w*|motiv\w*|safe|safely|no risk)\b", re.IGNORECASE)
HOSTILE = "<script>alert(1)</script> & \" ' \u202e {{ 7*7 }} \x00\ud800 </style>"
LOG = "The operator shall keep a log of each connection and hand it to the registry."
APPEAL = "Each subscriber can appeal to a court against the decision of the operator."
COLORS = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")


@pytest.fixture
def pair(draft):
    """Return two editions that differ in every kind of way."""
    old = draft().say(LOG.replace("shall", "may"), "1", findings=[("logging-retention", "low", "may")])
    old = old.say(APPEAL, "2", safeguards=[("redress",)]).say("The gateway shall print the sum of frames.", "3")
    old = old.say("The ferry leaves at noon on each fair day.", "4").say(
        "The buoy is red. The gauge is green now.", "5"
    )
    new = draft().say("The ferry leaves at noon on each fair day.", "1")
    new = new.say(LOG, "2", findings=[("logging-retention", "high"), ("lawful-access", "high")])
    new = new.say("The gateway may print the sum of all frames.", "3", strength="may").say("The buoy is red.", "4")
    new = new.say("The gauge is green now.", "5").say("Subscribers are shut off.", "6", findings=[("shut-off", "high")])
    return old.edition(silences=(("shut-off", "redress"),)), new.edition(silences=(("lawful-access", "redress"),))


def rendered(form, old, new):
    return RENDERERS[form](compare(old, new), load())


def page_of(old, new):
    return lxml_html.fromstring(rendered("html", old, new))


def test_the_json_follows_its_schema(pair):
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(rendered("json", *pair)))


def test_an_edition_of_doubtful_findings_alone_has_no_level_but_is_for_a_reader_to_decide(draft):
    doubt, unsure = finding("shut-off", "high", doubtful=True), draft().say(LOG, "1").say(APPEAL, "2")
    unsure.clauses[0] = replace(unsure.clauses[0], findings=(doubt,))
    doubted = replace(unsure.edition(), level=Level.HIGH)
    unsure.clauses[1] = replace(unsure.clauses[1], findings=(finding("logging-retention", "medium"),))
    firm = replace(unsure.edition(), level=Level.HIGH)

    page, values = page_of(doubted, firm), json.loads(rendered("json", doubted, firm))

    [row] = page.xpath("//table[@class='editions']//tr[th='Level']")
    cells = [" ".join(cell.text_content().split()) for cell in row.xpath("td")]
    assert cells == ["needs review", "medium may be higher after review"]
    assert [(values[name]["level"], values[name]["firm_level"]) for name in ("old", "new")] == [
        ("high", "none"),
        ("high", "medium"),
    ]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_equal_comparisons_give_equal_files(pair):
    assert all(rendered(form, *pair) == rendered(form, *pair) for form in RENDERERS)


def test_the_alignment_in_the_json_has_each_clause_once(pair):
    links = json.loads(rendered("json", *pair))["alignment"]

    for side, edition in (("old", pair[0]), ("new", pair[1])):
        assert sorted(one for link in links for one in link[side]) == sorted(clause.id for clause in edition.clauses)


def test_every_line_of_the_table_of_counts_sums_up(pair):
    rows = page_of(*pair).xpath("//table[@class='tally'][1]/tbody/tr")

    numbers = [[int(cell.text_content().replace("\N{MINUS SIGN}", "-")) for cell in row.findall("td")] for row in rows]

    assert len(rows) == 6
    assert all(sum(row[:-1]) == row[-1] for row in numbers)


def test_hostile_text_is_shown_as_text(draft):
    old = draft().say(LOG, HOSTILE, heading=HOSTILE).edition(title=HOSTILE, number=HOSTILE, source=HOSTILE)
    new = draft().say(f"{LOG} {HOSTILE}", HOSTILE, heading=HOSTILE).edition(title=HOSTILE, number=HOSTILE)

    page = rendered("html", old, new)

    assert "<script" not in page
    assert page.count("</style>") == 1
    assert "49" not in lxml_html.fromstring(page).xpath("//h1")[0].text_content()
    assert not re.search("[\x00\ud800]", page)
    page.encode("utf-8")


def test_the_json_can_be_written_whatever_the_text(draft):
    old, new = draft().say(LOG).edition(), draft().say(f"{LOG} {HOSTILE}").edition(title=HOSTILE)

    jsonschema.validate(json.loads(rendered("json", old, new).encode("utf-8")), SCHEMA)


def test_the_page_needs_nothing_from_elsewhere_and_no_script(pair):
    page = rendered("html", *pair)

    assert not re.search(r"<(script|link|img|iframe|object)\b|url\(|@import|https?:", page)
    assert "default-src 'none'" in page


def test_changed_words_are_marked_by_element_line_and_word(pair):
    tree = page_of(*pair)

    assert all(node.xpath("./span[@class='hidden']") for node in tree.xpath("//blockquote//del | //blockquote//ins"))
    css = tree.xpath("//style")[0].text
    assert "del { text-decoration: line-through" in css
    assert "ins { text-decoration: underline" in css


def test_tables_have_captions_and_headers_with_scope_and_the_page_has_landmarks(pair):
    tree = page_of(*pair)

    assert all(table.find("caption") is not None for table in tree.iter("table"))
    assert all(cell.get("scope") in {"row", "col"} for cell in tree.iter("th"))
    assert len(tree.xpath("//main")) == len(tree.xpath("//h1")) == len(tree.xpath("//footer")) == 1
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(tree.xpath("//@aria-labelledby")) <= set(ids)


def test_unchanged_clauses_are_left_out_and_counted(draft):
    old = draft().say("Words that stay the same in both editions.").say(LOG).edition()
    new = draft().say("Words that stay the same in both editions.").say(LOG.replace("each", "every")).edition()

    text = page_of(old, new).text_content()

    assert "Words that stay" not in text
    assert "Unchanged clauses (1) are not shown." in text


def test_moved_clauses_are_listed_with_both_numbers(pair):
    row = page_of(*pair).xpath("//table[@class='register']/tbody/tr")[0]

    assert [cell.text_content() for cell in row][:3] == ["4", "1", "Moved, renumbered"]


def test_silences_that_arise_and_go_are_listed(pair):
    text = page_of(*pair).xpath("//section[@aria-labelledby='silences']")[0].text_content()

    assert text.index("only from the new") < text.index("Lawful interception") < text.index("only from the old")


def test_pages_are_named_where_they_mean_something(draft):
    old, new = draft().say(LOG, "2").edition(paged=True), draft().say(LOG.replace("shall", "may"), "2").edition()

    assert [node.text_content() for node in page_of(old, new).xpath("//p[@class='where']/bdi")] == ["2 (p. 1)", "2"]


def test_editions_of_other_versions_and_other_languages_come_with_a_note(draft):
    old, new = draft().say(LOG).edition(), draft().say(LOG).edition(options=(("pdf", "w"),), language="ar")

    text = page_of(old, new).text_content()

    assert "different releases" in text
    assert "The new version is in Arabic and was not assessed" in text
    assert "their absence means nothing" in text
    assert "different languages" in text


@pytest.mark.parametrize("strength", ["must", "should", "may", "descriptive"])
def test_no_forbidden_word_is_said_whatever_the_label(draft, strength):
    old, new, calm = draft(), draft(), draft()
    for label in load().mechanisms:
        old.say(LOG, findings=[(label, "low", "may")])
        new.say(LOG, findings=[(label, "high", strength)])
        calm.say(LOG)
    for label in load().safeguards:
        old.say(APPEAL, safeguards=[(label, "must")])
        new.say(APPEAL, safeguards=[(label, strength)])
        calm.say(APPEAL)

    for one, other in ((old, new), (new, old), (calm, new), (new, calm)):
        tree = page_of(one.edition(), other.edition())
        for node in [*tree.iter("blockquote", "style"), *tree.find_class("verbatim")]:
            node.drop_tree()
        assert FORBIDDEN.findall(tree.text_content()) == []


def test_the_colors_are_those_of_the_report(pair):
    ours = page_of(*pair).xpath("//style")[0].text
    theirs = files("impact.present").joinpath("templates/style.css").read_text("utf-8")

    assert COLORS.findall(ours) == COLORS.findall(theirs)


TEXTS = st.lists(st.text(min_size=1, max_size=30), max_size=6)


@given(TEXTS, TEXTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_a_page_and_a_json_by_schema(old, new):
    one, other = (
        Draft([clause(text, f"c{at}", number=text, headings=(text,)) for at, text in enumerate(side)]).edition()
        for side in (old, new)
    )

    rendered("html", one, other).encode("utf-8")
    jsonschema.validate(json.loads(rendered("json", one, other)), SCHEMA)
