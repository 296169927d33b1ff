"""A proposal in a language that is not assessed is never shown as one in which nothing was found."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from foreign import TEXTS
from hidden import as_txt, paragraphs
from machine import lacking

from impact.pipeline import analyze, render
from impact.review.store import analyses, jobs, proposals
from impact.review.store.store import open_store
from impact.review.values.proposal import Submission
from impact.web.server.settings import Settings

SAID = "Not assessed: the document is in French."
CLEARED = ("none found", "No clause was flagged", "Nothing was flagged", "0 findings", "no finding confirmed")


@contextmanager
def analyzed_in(
    folder: Path, name: str, data: bytes, petra: Any, served: Callable[..., Any]
) -> Iterator[tuple[Any, str]]:
    """Serve a store in a folder with one proposal that was analyzed, and yield the server with its id."""
    path = folder / name
    path.write_bytes(data)
    store = open_store(folder / "store")
    with served(store, Settings(person="petra", workers=0)) as server:
        now = server.state.now()
        made, _ = proposals.submit(store, petra, Submission(path.name, path.read_bytes()), now)
        job = jobs.claim(store, "test", now, made.id)
        assert job is not None
        assessment = analyze(path, by=("cues",))
        files = {f"report.{form}": render(assessment, form).encode() for form in ("html", "json")}
        analyses.save(store, job, files, now)
        yield server, made.id
    store.close()


@pytest.fixture(scope="module")
def french(
    tmp_path_factory: pytest.TempPathFactory, petra: Any, served: Callable[..., Any]
) -> Iterator[tuple[Any, str]]:
    """Return a server with a French proposal that was analyzed, and the id of that."""
    folder = tmp_path_factory.mktemp("french")
    with analyzed_in(folder, "texte.txt", TEXTS["fr"].encode(), petra, served) as server:
        yield server


@pytest.fixture(scope="module")
def scanned(
    tmp_path_factory: pytest.TempPathFactory, petra: Any, served: Callable[..., Any]
) -> Iterator[tuple[Any, str]]:
    """Return a server with a proposal of a page that was read and two that are images, and the id of it."""
    with analyzed_in(tmp_path_factory.mktemp("scanned"), "scanned.pdf", _scan(), petra, served) as server:
        yield server


def _scan() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    written = BytesIO()
    canvas = Canvas(written)
    canvas.drawString(72, 700, "1.1 The quay master shall print the checksum of each frame in blue ink.")
    canvas.showPage()
    for shade in (200, 220):
        canvas.drawImage(ImageReader(Image.new("L", (600, 800), shade)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@pytest.mark.parametrize("path", ["", "/desk", "/desk/brief", "/desk/report", "/desk/together"])
def test_the_pages_of_a_scanned_proposal_say_so(scanned: tuple[Any, str], path: str) -> None:
    server, proposal = scanned
    with server.client() as client:
        page = client.get(f"/p/{proposal}{path}").text

    assert "Not assessed: 2 of 3 pages could not be read." in page
    assert not any(words in page for words in CLEARED)


def test_the_list_heads_a_scanned_proposal_so_and_can_be_asked_for_it(scanned: tuple[Any, str]) -> None:
    server, proposal = scanned
    with server.client() as client:
        page = client.get("/").text.partition("<ol")[2]
        asked, unfound = (client.get("/", params={"level": level}).text for level in ("not assessed", "none"))

    assert "not assessed</span>" in page
    assert "2 of 3 pages could not be read" in page
    assert not any(words in page for words in CLEARED)
    assert proposal in asked
    assert proposal not in unfound


def test_the_list_heads_it_so_with_its_language(french: tuple[Any, str]) -> None:
    server, _ = french
    with server.client() as client:
        page = client.get("/").text.partition("<ol")[2]

    assert "not assessed</span>" in page
    assert "the document is in French" in page
    assert not any(words in page for words in CLEARED)


def test_the_list_can_be_asked_for_what_was_not_assessed(french: tuple[Any, str]) -> None:
    server, proposal = french
    with server.client() as client:
        asked, unfound = (client.get("/", params={"level": level}).text for level in ("not assessed", "none"))

    assert proposal in asked
    assert proposal not in unfound


@pytest.mark.parametrize("path", ["", "/desk", "/desk/brief", "/desk/report", "/desk/together"])
def test_its_pages_say_so(french: tuple[Any, str], path: str) -> None:
    server, proposal = french
    with server.client() as client:
        page = client.get(f"/p/{proposal}{path}").text

    assert SAID in page
    assert not any(words in page for words in CLEARED)


def test_the_decided_report_as_a_table_says_so(french: tuple[Any, str]) -> None:
    server, proposal = french
    with server.client() as client:
        table = client.get(f"/p/{proposal}/desk/report", params={"form": "csv"}).text

    assert SAID in table


def test_programs_are_told_so(french: tuple[Any, str]) -> None:
    server, proposal = french
    with server.client() as client:
        told = client.get(f"/api/v1/proposals/{proposal}").json()

    assert told["unassessed"] == "fr"


def test_the_page_that_waits_for_it_is_told_so(french: tuple[Any, str]) -> None:
    server, proposal = french
    with server.client() as client:
        (row,) = client.get("/progress", params={"proposal": proposal}).json()["proposals"]

    assert (row["level"], row["words"], row["beside"]) == ("not assessed", "not assessed", "the document is in French")


def test_the_desk_says_that_words_are_hidden_and_where(
    tmp_path_factory: pytest.TempPathFactory, petra: Any, served: Callable[..., Any]
) -> None:
    text = as_txt(paragraphs("zero-width"))
    folder = tmp_path_factory.mktemp("hidden")
    with analyzed_in(folder, "harbor.txt", text, petra, served) as (server, proposal), server.client() as client:
        page = client.get(f"/p/{proposal}/desk").text

    assert "The text holds invisible characters (zero-width spaces inside words) in section 2.2." in page


def _image() -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1240, 400), 255)
    ImageDraw.Draw(image).text((80, 80), "1.1 The quay is forty meters long.", font=ImageFont.load_default(40))
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def test_an_image_file_is_shown_page_by_page_beside_its_clauses(
    tmp_path: Path, petra: Any, served: Callable[..., Any]
) -> None:
    if which("tesseract") is None:
        pytest.skip(lacking("tesseract", "tesseract-ocr tesseract-ocr-eng"))
    with analyzed_in(tmp_path, "scan.png", _image(), petra, served) as (server, proposal), server.client() as client:
        desk, sheet = client.get(f"/p/{proposal}/desk").text, client.get(f"/p/{proposal}/desk/page/1")

    assert "desk/page/1" in desk
    assert (sheet.status_code, sheet.headers["content-type"]) == (200, "image/webp")
