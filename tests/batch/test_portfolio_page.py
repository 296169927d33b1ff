"""The page of a batch: one file, accessible, complete, the same in heat map and list, unmoved by hostile text."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import pytest
from lxml import html as lxml_html

from impact.batch.portfolio.gather import gather
from impact.batch.portfolio.order import wording
from impact.batch.portfolio.page import render
from impact.batch.portfolio.related import Chain, Reissue

MADE = SimpleNamespace(**run_path(str(Path(__file__).with_name("made_reports.py"))))
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
VOID = {"meta", "input", "br", "hr", "img", "link"}
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e{{ 7*7 }}\x00'
FORBIDDEN = re.compile(
    r"\b(violat\w*|breach\w*|complian\w*|compl(y|ies|ied)|intent(ion\w*)?|safe|safely|no risk|risk[- ]free|score of)\b",
    re.IGNORECASE,
)


def page_of(out, reports, others=(), **related):
    return render(gather(MADE.lay(out, reports, others), NOW, MADE.TAXONOMY), MADE.TAXONOMY, **related)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    pages = [{"page": 1, "verdict": "ok", "quality": 1.0}, {"page": 2, "verdict": "scan", "quality": 0.0}]
    reports = {
        "grave.txt": MADE.report(
            [("shut-off", "high"), ("lawful-access", "high"), ("exclusion", "low")],
            pairs=[("one-switch", "high")],
            number="C-7",
            source_organizations=["Zeta", "Alpha"],
        ),
        "doubt.txt": MADE.report([("identity-binding", "high", "doubtful")], group="SG17", number="C-2"),
        "medium.txt": MADE.report([("logging-retention", "medium")] * 3, pages=pages, number="C-5"),
        "plain.txt": MADE.report(number="C-1", remarks=["The text has words in fullwidth letters in clause 4."]),
        "russian.txt": MADE.report(language="ru", number="C-3"),
        **{f"alpha{n}.txt": MADE.report([("shut-off", "high")], source_organizations=["Alpha"]) for n in range(4)},
    }
    others = [MADE.failed("locked.pdf"), MADE.duplicate("copy.txt", "grave.txt")]
    return page_of(tmp_path_factory.mktemp("out"), reports, others)


@pytest.fixture
def tree(page):
    return lxml_html.fromstring(page)


def text_of(tree, place):
    return " ".join(tree.get_element_by_id(place).text_content().split())


def test_tags_are_closed_in_order(page):
    opened = []

    class Strict(HTMLParser):
        def handle_starttag(self, tag, _attributes):
            if tag not in VOID:
                opened.append(tag)

        def handle_endtag(self, tag):
            assert opened.pop() == tag, f"{tag} at {self.getpos()}"

    Strict().feed(page)

    assert opened == []


def test_the_page_asks_for_nothing_outside_of_itself(page, tree):
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]

    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
    assert not tree.xpath("//link | //img | //iframe | //object | //@src | //@srcset | //@onclick")
    assert not [one for one in tree.xpath("//@href") if re.match(r"([a-z]+:|//)", one)]
    assert "url(" not in page
    assert "@import" not in page


def test_the_page_has_landmarks_one_h1_and_a_skip_link(tree):
    levels = [int(node.tag[1]) for node in tree.iter("h1", "h2", "h3", "h4")]

    assert tree.get("lang") == "en"
    assert [len(tree.xpath(f"//{tag}")) for tag in ("main", "nav", "h1")] == [1, 1, 1]
    assert tree.xpath("//a[@class='skip']/@href") == ["#first"]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_ids_are_unique_and_every_link_and_label_has_its_target(tree):
    ids = tree.xpath("//@id")

    wanted = {one[1:] for one in tree.xpath("//@href") if one.startswith("#")} | set(tree.xpath("//@aria-labelledby"))

    assert len(ids) == len(set(ids))
    assert wanted <= set(ids)


def test_tables_have_captions_and_scoped_headers_and_can_be_scrolled_by_keyboard(tree):
    tables = tree.xpath("//table")

    assert tables
    for table in tables:
        assert table.xpath("caption")
        assert all(head.get("scope") for head in table.xpath(".//th"))
        assert all(row.xpath("th[@scope='row']") for row in table.xpath("tbody/tr"))
        assert table.getparent().get("tabindex") == "0"


def test_the_head_counts_what_came_of_the_documents(tree):
    facts = {
        node.xpath("dt")[0].text: " ".join(node.xpath("dd")[0].text_content().split())
        for node in tree.xpath("//dl/div")
    }

    assert tree.xpath("//h1")[0].text_content() == "11 documents: what to read first"
    assert facts["Analyzed"] == "9"
    assert facts["With findings"] == "7"
    assert facts["Gravest firm level"] == "5 high, 1 medium, 0 low, 1 needs review"
    assert facts["Not assessed"] == "1 (Russian 1)"
    assert (facts["Failed"], facts["Duplicates"]) == ("1", "1")


def test_the_first_to_read_stand_with_reasons_quote_and_link(tree):
    first = tree.xpath("//ol[@class='places']/li")[0]

    assert first.xpath(".//h3/a/@href") == ["grave.txt/report.html"]
    assert "2 high powers: shut-off, lawful interception" in first.text_content()
    assert "words of" in first.xpath(".//blockquote")[0].text_content()
    assert "may enable" in first.xpath(".//blockquote/footer")[0].text_content()


def test_a_document_of_doubtful_findings_alone_is_nowhere_said_or_colored_high(tmp_path):
    reports = {"a.txt": MADE.report([("shut-off", "high", "doubtful"), ("lawful-access", "medium", "doubtful")])}

    tree = lxml_html.fromstring(page_of(tmp_path, reports))

    badges = {node.text_content() for node in tree.find_class("badge")}
    shown = " ".join(" ".join(tree.get_element_by_id(name).text_content() for name in ("first", "documents")).split())
    assert badges == {"needs review"}
    assert not {"high", "medium"} & {name for names in tree.xpath("//@class") for name in names.split()}
    assert "2 powers to review: shut-off, lawful interception" in shown
    assert "if confirmed" not in tree.text_content()
    assert "0 high, 0 medium, 0 low, 1 needs review" in tree.text_content()


def test_no_more_than_twelve_stand_first_and_none_without_findings(tmp_path):
    reports = {f"{n}.txt": MADE.report([("shut-off", "high")] if n < 14 else []) for n in range(20)}

    tree = lxml_html.fromstring(page_of(tmp_path, reports))

    assert len(tree.xpath("//ol[@class='places']/li")) == 12


def test_all_documents_stand_in_reading_order_before_any_script_runs(tree):
    rows = tree.xpath("//table[contains(@class, 'sortable')]/tbody/tr")

    assert [row[0].text for row in rows] == [str(place) for place in range(1, 9)]
    assert rows[0].xpath("th//a/@href") == ["grave.txt/report.html"]
    assert "russian.txt" not in text_of(tree, "documents")


def test_copies_sorted_by_number_and_group_serve_readers_without_script(tree):
    def names(key):
        return [row.xpath("string(th)").split()[0] for row in tree.xpath(f"//div[@class='by-{key}']//tbody/tr")]

    assert names("number")[:4] == ["C-1", "C-2", "C-5", "C-7"]
    assert names("group")[0] == "C-7"
    assert names("group")[-1] == "C-2"


def test_the_list_beside_the_heat_map_of_rights_says_the_same(tree):
    heat, twin = tree.get_element_by_id("rights-heat"), tree.get_element_by_id("rights-twin")
    columns = [head.text_content() for head in heat.xpath("thead//th")][1:]
    cells = {
        (row.xpath("string(th/a)"), columns[place], cell.text_content().replace("\N{NO-BREAK SPACE}", " "))
        for row in heat.xpath("tbody/tr")
        for place, cell in enumerate(row.xpath("td"))
        if cell.get("class")
    }

    said = set()
    for row in twin.xpath("tbody/tr"):
        level, count = row[3].text_content(), row[4].text_content().split(":")[0]
        mark = f"({count})" if level == "needs review" else f"{level[0].upper()} {count}"
        said.add((row[1].text_content(), row[2].text_content(), mark))

    assert said == cells
    assert len(cells) > 5


def test_the_list_beside_the_heat_map_of_groups_says_the_same(tree):
    heat, twin = tree.get_element_by_id("groups-heat"), tree.get_element_by_id("groups-twin")
    columns = [head.text_content() for head in heat.xpath("thead//th")][2:]
    cells = {
        (row.xpath("string(th)"), columns[place], cell.text_content().replace("\N{NO-BREAK SPACE}", " "))
        for row in heat.xpath("tbody/tr")
        for place, cell in enumerate(row.xpath("td")[1:])
        if cell.get("class")
    }

    said = set()
    for row in twin.xpath("tbody/tr"):
        level, count = row[2].text_content(), row[3].text_content().split(" of ")[0]
        mark = f"({count})" if level == "needs review" else f"{level[0].upper()} {count}"
        said.add((row[0].text_content(), row[1].text_content(), mark))

    assert said == cells
    assert ("ITU-T SG17", "Identification of people", "(1)") in cells
    assert ("ITU-T SG13", "Shut-off", "H 5") in cells


def test_a_big_batch_shows_the_first_of_a_heat_map_and_says_so(tmp_path):
    reports = {f"{n}.txt": MADE.report([("shut-off", "high")]) for n in range(45)}

    tree = lxml_html.fromstring(page_of(tmp_path, reports))

    assert len(tree.xpath("//table[@id='rights-heat']/tbody/tr")) == wording().limits["heat"]
    assert "5 further documents with findings are in portfolio.csv" in text_of(tree, "rights")


def test_a_text_with_two_sources_counts_for_each_and_small_numbers_are_not_compared(tree):
    compared, few = tree.xpath("//section[@id='sources']//table")

    assert [cell.text for cell in compared.xpath("tbody/tr/td")] == ["5", "5", "5"]
    assert compared.xpath("string(tbody/tr/th)") == "Alpha"
    assert [cell.text_content() for cell in few.xpath("tbody/tr/*")] == ["Zeta", "1"]


def test_what_was_not_read_is_listed_with_what_and_why(tree):
    said = text_of(tree, "coverage")

    assert "Not assessed: the document is in Russian." in said
    assert "1 page of 2 could not be read: 2." in said


def test_what_is_hidden_in_a_text_is_listed_with_its_clause(tree):
    assert "The text has words in fullwidth letters in clause 4." in text_of(tree, "coverage")


def test_failures_say_stage_reason_and_what_to_do(tree):
    row = tree.xpath("//section[@id='failures']//tbody/tr/*")

    assert [cell.text_content() for cell in row] == [
        "locked.pdf",
        "extract",
        "locked.pdf is encrypted",
        "Save it without a password",
    ]


def test_a_duplicate_links_the_report_of_its_original(tree):
    row = tree.xpath("//section[@id='duplicates']//tbody/tr")[0]

    assert row.xpath("string(th)") == "copy.txt"
    assert row.xpath("td/a/@href") == ["grave.txt/report.html"]


def test_the_rule_of_the_order_stands_on_the_page(tree):
    rules = [node.text_content().lower() for node in tree.xpath("//section[@id='order']//li")]

    assert rules == [step.rule.lower() for step in wording().steps]


def test_an_empty_batch_says_so(tmp_path):
    tree = lxml_html.fromstring(page_of(tmp_path, {}))

    assert "No document could be assessed." in text_of(tree, "first")
    assert "No document failed." in text_of(tree, "failures")


def test_a_batch_without_findings_is_not_said_to_be_cleared(tmp_path):
    tree = lxml_html.fromstring(page_of(tmp_path, {"a.txt": MADE.report()}))

    assert "No clause of any document was flagged; 1 clause was read." in text_of(tree, "first")
    assert "A document without findings has not been cleared." in text_of(tree, "first")


def test_hostile_text_stays_text(tmp_path):
    names = {"title": HOSTILE, "number": HOSTILE, "group": HOSTILE, "body": HOSTILE, "date": HOSTILE}
    clauses = [MADE.clause(1, [MADE.finding("shut-off")], text=HOSTILE)]
    hostile = MADE.report(clauses=clauses, source_organizations=[HOSTILE] * 2, **names)
    chain = Chain(("a.txt", HOSTILE), (HOSTILE,))
    others = [MADE.failed("b", reason=HOSTILE, hint=HOSTILE), MADE.duplicate("c", HOSTILE)]

    page = page_of(
        tmp_path, {"a.txt": hostile}, others, chains=[chain], reissues=[Reissue("a.txt", HOSTILE, HOSTILE, HOSTILE)]
    )

    tree = lxml_html.fromstring(page)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img | //@onerror")
    assert "\x00" not in page
    assert "\u202e" not in page
    assert "{{ 7*7 }}" in page


def test_folders_with_strange_names_are_linked_as_addresses(tmp_path):
    tree = lxml_html.fromstring(page_of(tmp_path, {"a b#c?d%é.txt": MADE.report([("shut-off", "high")])}))

    assert tree.xpath("//ol[@class='places']//h3/a/@href") == ["a%20b%23c%3Fd%25%C3%A9.txt/report.html"]


def test_chains_and_matches_have_their_place(tmp_path):
    reports = {"r1.txt": MADE.report(number="C-7"), "r2.txt": MADE.report(number="C-7R1")}
    chain = Chain(("r1.txt", "r2.txt"), ("2 clauses reworded",), ("changes/r2.html",))
    match = Reissue("r2.txt", "An older proposal", "strong", "9 of 12", "known/report.html")

    tree = lxml_html.fromstring(page_of(tmp_path, reports, chains=[chain], reissues=[match]))

    assert tree.xpath("//section[@id='chains']//li/a/@href") == [
        "r1.txt/report.html",
        "r2.txt/report.html",
        "changes/r2.html",
    ]
    assert "An older proposal" in text_of(tree, "matches")


def test_of_a_chain_the_newest_revision_alone_stands_among_the_first(tmp_path):
    found = [("shut-off", "high")]
    reports = {
        "r0.txt": MADE.report([*found, ("lawful-access", "high")], number="C-7"),
        "r1.txt": MADE.report(found, number="C-7R1"),
        "x.txt": MADE.report([("logging-retention", "medium")], number="C-8"),
    }
    chain = Chain(("r0.txt", "r1.txt"), ("1 power removed",))

    tree = lxml_html.fromstring(page_of(tmp_path, reports, chains=[chain]))

    assert tree.xpath("//ol[@class='places']//h3/a/@href") == ["r1.txt/report.html", "x.txt/report.html"]
    assert tree.xpath("//ol[@class='places']//p[@class='ordinal']/text()") == ["2", "3"]
    assert "newest revision: place 2" in text_of(tree, "documents")


def test_a_chain_without_a_change_for_each_step_is_refused():
    with pytest.raises(ValueError, match="3 documents with 1 changes"):
        Chain(("a", "b", "c"), ("changed",))


def test_no_forbidden_word_stands_on_the_page(tmp_path):
    found = [(name, level) for name in MADE.TAXONOMY.mechanisms for level in ("high", "medium", "low")]
    doubts = [(*one, "doubtful") for one in found]
    pairs = [(rule.id, "high") for rule in MADE.TAXONOMY.compounds]
    reports = {
        "a.txt": MADE.report(found, pairs=pairs),
        "b.txt": MADE.report(doubts),
        "c.txt": MADE.report(talked=list(MADE.TAXONOMY.mechanisms)),
        "d.txt": MADE.report(language="ar"),
    }
    tree = lxml_html.fromstring(page_of(tmp_path, reports))

    for node in [*tree.iter("blockquote", "style", "script")]:
        node.drop_tree()

    assert not FORBIDDEN.search(tree.text_content())
    assert not re.search(r"\d\.\d+ ", text_of(tree, "first"))


def test_a_thousand_documents_make_a_page_of_a_few_megabytes(tmp_path):
    summary = MADE.report([("shut-off", "high"), ("exclusion", "low")], number="C-1", source_organizations=["Alpha"])

    page = page_of(tmp_path, {f"{n}.txt": summary for n in range(1000)})

    assert len(page) < 3_000_000


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("level", ["high", "medium", "low"])
def test_marks_in_heat_maps_have_a_contrast_of_at_least_four_and_a_half(theme, level):
    token = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")
    ours = files("impact.batch.portfolio").joinpath("templates/portfolio.css").read_text("utf-8")
    theirs = files("impact.present").joinpath("templates/style.css").read_text("utf-8")
    colors = {}
    for sheet in (theirs, ours):
        start = sheet.index(":root {", 0 if theme == "light" else sheet.index("prefers-color-scheme: dark"))
        colors |= dict(token.findall(sheet[start : sheet.index("}", start)]))

    light, dark = sorted((_luminance(colors["ink"]), _luminance(colors[f"heat-{level}"])), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(color):
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_groups_that_differ_in_capitals_alone_are_one(tmp_path):
    found = [("shut-off", "high")]
    reports = {f"{group}.txt": MADE.report(found, body="W3C", group=group) for group in ("WICG", "wicg")}

    tree = lxml_html.fromstring(page_of(tmp_path, reports))

    rows = tree.xpath("//table[@id='groups-heat']/tbody/tr")
    assert [[cell.text_content().strip() for cell in row][:2] for row in rows] == [["W3C WICG", "2"]]


def test_a_page_made_while_the_batch_runs_says_so_and_reloads_itself(tmp_path):
    out = MADE.lay(tmp_path, {"a.txt": MADE.report()})
    portfolio = gather(out, NOW, MADE.TAXONOMY)

    running, ended = (render(portfolio, MADE.TAXONOMY, refresh=seconds) for seconds in (60, 0))

    assert '<meta http-equiv="refresh" content="60">' in running
    assert "The batch is running." in running
    assert "refresh" not in ended
    assert "The batch is running." not in ended
