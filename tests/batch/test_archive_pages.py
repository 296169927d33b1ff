"""The pages of an archive: what they show, that only changed ones are written, and that none is large."""

import json
import re
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from impact.batch.catalog import page_digests
from impact.batch.catalog.page_digests import PageChanges
from impact.batch.catalog.pageplan import ROWS
from impact.batch.catalog.pages import make_pages

ARCHIVES = SimpleNamespace(**run_path(str(Path(__file__).with_name("made_archives.py"))))
HIGH, MEDIUM = ("shut-off", "high"), ("lawful-access", "medium")
NOW = ARCHIVES.AT


@pytest.fixture
def root(tmp_path):
    return tmp_path / "archive"


@pytest.fixture
def files(root):
    """Return an archive of two meetings."""
    organizations = [f"Org {number % 2}" for number in range(10)]
    return ARCHIVES.lay(
        root,
        [
            ARCHIVES.document(f"{number}.txt", [HIGH] * (number % 2), number=f"C-{number}", source_organizations=[name])
            for number, name in enumerate(organizations)
        ],
        [
            ARCHIVES.document("b.txt", [MEDIUM], meeting="SG17", group="SG17", title="Brackets <b>"),
            ARCHIVES.document("russian.txt", meeting="SG17", group="SG17", language="ru"),
            ARCHIVES.failure("torn.pdf", meeting="SG17"),
        ],
    )


def pages(root):
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*.html")}


def test_there_are_lists_by_meeting_group_source_right_power_and_state(files, root):
    make_pages(files, NOW)

    assert {path for path in pages(root) if path.count("/") == 1} == {
        f"pages/{kind}s-1.html" for kind in ("meeting", "group", "source", "right", "power")
    }
    assert {
        "index.html",
        "pages/all/list-1.html",
        "pages/power/shut-off-1.html",
        "pages/right/privacy-1.html",
        "pages/state/failed-1.html",
    } <= pages(root).keys()
    assert len(list((root / "pages" / "meeting").iterdir())) == 2


def test_every_link_of_every_page_leads_to_a_page_or_a_report(files, root):
    make_pages(files, NOW)

    links = {
        (root / path).parent.joinpath(unquote(link)).resolve()
        for path, text in pages(root).items()
        for link in re.findall(r'href="([^"#][^"]*)"', text)
    }
    wanted = {link for link in links if "results" not in link.relative_to(root.resolve()).parts}

    assert wanted
    assert [link for link in wanted if not link.is_file()] == []


def test_an_organization_with_few_documents_has_no_list(files, root):
    ARCHIVES.put(files, [ARCHIVES.document("rare.txt", source_organizations=["Rare"], meeting="SG17")], "rare")

    make_pages(files, NOW)

    assert len(list((root / "pages" / "source").iterdir())) == 2
    assert "1 organization with fewer than 5 documents has no list" in pages(root)["pages/sources-1.html"]


def test_documents_without_an_assessment_are_shown_as_such(files, root):
    make_pages(files, NOW)

    text = pages(root)["pages/all/list-1.html"]

    assert 'badge not">not assessed' in text
    assert 'badge not">failed' in text
    assert "torn.pdf is encrypted. Save it without a password." in text
    assert text.index("C-9") < text.index("russian.txt") < text.index("torn.pdf")


def test_the_first_page_shows_what_to_read_first_with_its_quote(files, root):
    make_pages(files, NOW)

    text = pages(root)["index.html"]

    assert "13 documents: what to read first" in text
    assert "words of shut-off" in text
    assert "The first 6 to read" in text


def test_text_of_documents_is_escaped(files, root):
    make_pages(files, NOW)

    assert "Brackets &lt;b&gt;" in pages(root)["pages/all/list-1.html"]


def test_a_second_making_writes_nothing(files):
    first = make_pages(files, NOW)

    assert make_pages(files, NOW) == PageChanges(written=0, unchanged=first.written, removed=0)


def test_a_new_document_renews_only_the_lists_that_it_is_in(files, root):
    make_pages(files, NOW)
    before = pages(root)
    ARCHIVES.put(files, [ARCHIVES.document("new.txt", meeting="SG17", group="SG17", number="C-3")], "new")

    make_pages(files, NOW.replace(day=1, month=12))

    after = pages(root)
    changed = {path for path in after if after[path] != before.get(path)}
    assert not any(path.startswith(("pages/power/", "pages/right/", "pages/source/")) for path in changed)
    assert sum(path.startswith("pages/meeting/") for path in changed) == 1
    assert {"index.html", "pages/all/list-1.html", "pages/meetings-1.html"} <= changed


def test_pages_whose_documents_are_gone_are_removed(files, root):
    make_pages(files, NOW)
    ARCHIVES.put(files, [ARCHIVES.gone("b.txt", minutes=1, meeting="SG17")], "gone")

    result = make_pages(files, NOW)

    assert result.removed > 0
    assert "pages/power/lawful-access-1.html" not in pages(root)


def test_a_page_is_renewed_when_a_duplicate_is_the_same_as_another_document(root):
    def copy(name, **more):
        record = ARCHIVES.MADE.record(name, folder="results/same")
        return ARCHIVES.document(name, [HIGH], record=record, **more)

    files = ARCHIVES.lay(root, [copy("first.txt")], [copy("copy.txt", meeting="SG17", group="SG17")])
    make_pages(files, NOW)
    ARCHIVES.put(files, [ARCHIVES.gone("first.txt", minutes=1), copy("second.txt")], "later")

    make_pages(files, NOW)

    (page,) = (text for path, text in pages(root).items() if path.startswith("pages/meeting/sg17"))
    assert "second.txt" in page
    assert "first.txt" not in page


def test_while_documents_come_in_the_first_page_loads_itself_again(files, root):
    make_pages(files, NOW, running=True)
    during = pages(root)["index.html"]

    make_pages(files, NOW)

    assert '<meta http-equiv="refresh" content="30">' in during
    assert "Documents are still being analyzed" in during
    assert "refresh" not in pages(root)["index.html"]


def long_document(name, mark, most):
    record = ARCHIVES.MADE.record(name, folder=f"results/ab/cd/{mark:064}")
    texts = {"number": most, "title": most, "group": most, "source_organizations": [most]}
    return ARCHIVES.document(name, [HIGH], record=record, meeting=most, **texts)


def test_long_lists_have_pages_of_500_rows_below_2_megabytes_with_the_longest_texts(root):
    most = "&" * 4000
    why = {"reason": most, "hint": most}
    rows = [
        *(long_document(f"{number}{most}.txt", number, most) for number in range(ROWS + 1)),
        *(ARCHIVES.failure(f"f{number}{most}.pdf", meeting=most, **why) for number in range(ROWS)),
    ]
    make_pages(ARCHIVES.lay(root, rows), NOW)

    sizes = [len(text.encode()) for text in pages(root).values()]
    counts = [len(re.findall("<tr><td", pages(root)[f"pages/all/list-{number}.html"])) for number in (1, 2, 3)]

    assert max(sizes) < 2_000_000
    assert counts == [500, 500, 1]


def test_where_two_processes_make_pages_those_on_which_they_differ_are_made_again(files):
    make_pages(files, NOW)
    before = page_digests.read(files)
    path = "pages/all/list-1.html"

    files.put({page_digests.PATH: json.dumps(before | {path: "another"}).encode()})
    page_digests.keep(files, before, before)

    assert page_digests.read(files) == {name: digest for name, digest in before.items() if name != path}


@pytest.mark.parametrize("path", ["../precious.txt", "results/a.html", "pages/power/../../../precious-1.html"])
def test_files_that_are_no_pages_are_never_removed(files, root, path):
    make_pages(files, NOW)
    precious = root / path
    precious.parent.mkdir(parents=True, exist_ok=True)
    precious.write_text("kept", encoding="utf-8")
    files.put({page_digests.PATH: json.dumps(page_digests.read(files) | {path: "0"}).encode()})

    make_pages(files, NOW)

    assert precious.read_text("utf-8") == "kept"


@pytest.mark.parametrize("damage", [b"{", b"[1]", b'{"a": 1}'])
def test_a_damaged_record_of_pages_only_means_that_they_are_made_again(files, damage):
    first = make_pages(files, NOW)
    files.put({page_digests.PATH: damage})

    assert make_pages(files, NOW).written == first.written
