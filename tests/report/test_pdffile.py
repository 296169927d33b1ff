"""The page on paper: it holds what the page holds, is the same each time, and asks nobody for anything."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from io import BytesIO
from threading import Thread

import pikepdf
import pypdfium2
import pytest

from impact.errors import MissingError
from impact.pipeline import export
from impact.report.page import pdf

pytestmark = pytest.mark.long


def _text(data):
    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)).replace("\r\n", " ")


@pytest.fixture
def asked():
    """Return the address of a server on this machine, and what it was asked for."""
    seen = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("weasyprint")
def test_the_report_says_on_paper_what_it_says_on_the_page(sheet):
    sheet.say("The operator shall cut off a subscriber in arrears.", "7.1", (), proposes={"shut-off": "cut off"})
    made = export(sheet.assessed(), "pdf")

    text = _text(made)

    assert "The operator shall cut off a subscriber in arrears." in text
    assert "Shut-off and disconnection" in text
    assert made == export(sheet.assessed(), "pdf")
    with pikepdf.open(BytesIO(made)) as opened:
        assert opened.Root.MarkInfo.Marked  # for screen readers


@pytest.mark.usefixtures("weasyprint")
def test_heads_of_columns_are_read_upwards_and_none_upside_down(sheet):
    sheet.say("The operator shall cut off a subscriber.", "7.1", (), proposes={"shut-off": "cut off"})

    paths = []
    for page in pypdfium2.PdfDocument(export(sheet.assessed(), "pdf", annex=True)):
        text = page.get_textpage()
        found = text.search("disconnection")
        while spot := found.get_next():
            (x, y, *_), (end, top, *_) = text.get_charbox(spot[0]), text.get_charbox(sum(spot) - 1)
            paths.append("up" if top > y + 20 else "on" if end > x else "back")

    assert "up" in paths
    assert "back" not in paths


@pytest.mark.usefixtures("weasyprint")
def test_the_measures_of_a_finding_stand_on_one_line(sheet):
    sheet.say("The operator shall cut off a subscriber in arrears.", "7.1", (), proposes={"shut-off": "cut off"})

    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(export(sheet.assessed(), "pdf"))]

    page = next(page for page in pages if "confidence: high" in page.get_text_bounded())
    words = ("confidence: high", "scope 4", "irremediability 3")
    bottoms = [page.get_charbox(page.search(word, match_case=True).get_next()[0])[1] for word in words]
    assert max(bottoms) - min(bottoms) < 3


@pytest.mark.usefixtures("weasyprint")
@pytest.mark.parametrize(("rows", "pages"), [(5, [2]), (30, [1, 2])])
def test_long_table_begins_where_there_is_room_and_a_short_one_stays_whole(rows, pages):
    style = files("impact.present").joinpath("templates", "style.css").read_text("utf-8")
    body = "<tr><td>row</td></tr>" * rows
    page = f"<main><div style='height: 235mm'></div><table class='figures'><tbody>{body}</tbody></table></main>"

    made = pypdfium2.PdfDocument(pdf.from_page(page, [style]))

    assert [at for at, one in enumerate(made, 1) if "row" in one.get_textpage().get_text_bounded()] == pages


@pytest.mark.usefixtures("weasyprint")
@pytest.mark.parametrize(("rows", "pages"), [(8, [2]), (20, [1, 2])])
def test_long_table_of_rights_goes_on_under_its_head_and_a_short_one_stays_whole(rows, pages):
    style = files("impact.present").joinpath("templates", "style.css").read_text("utf-8")
    body = "<tr><th scope=row>row</th><td>P</td></tr>" * rows
    table = f"<table class='matrix'><thead><tr><th>power</th></tr></thead><tbody>{body}</tbody></table>"
    page = f"<main><div style='height: 215mm'></div><div class='scroll'>{table}</div></main>"

    made = pypdfium2.PdfDocument(pdf.from_page(page, [style]))

    assert [at for at, one in enumerate(made, 1) if "power" in one.get_textpage().get_text_bounded()] == pages


@pytest.mark.usefixtures("weasyprint")
def test_nothing_is_fetched_for_a_page(asked):
    address, seen = asked
    links = f'<link rel=stylesheet href="{address}/a.css"><object data="file:///etc/passwd"></object>'
    page = f'{links}<p>Here<img src="{address}/b.png" alt="">'

    made = pdf.from_page(page, [f"@import url({address}/c.css); p {{ background: url({address}/d.png); }}"])

    assert "Here" in _text(made)
    assert "root" not in _text(made)
    assert seen == []


def test_where_weasyprint_is_not_installed_a_line_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(MissingError) as caught:
        pdf.from_page("<p>Here")

    assert caught.value.hint == "pip install 'impact-rights[pdf]'"
