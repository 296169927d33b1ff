"""An archive as a catalog: the order of the portfolio, the newest row of a source, selections, pages, search."""

from dataclasses import dataclass
from pathlib import Path
from runpy import run_path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impact.batch.archive.files import ArchiveFiles, open_archive
from impact.batch.catalog.catalog import FETCHED, ask, parts_of
from impact.batch.catalog.compaction import compact, compact_on_request
from impact.batch.catalog.layout import DOCUMENTS
from impact.batch.catalog.search import SearchQuestion, question_in, search, typed
from impact.batch.catalog.selection import ArchiveSelection
from impact.batch.portfolio.order import in_order
from impact.errors import ImpactError
from impact.tables.engine import connect

ARCHIVES = SimpleNamespace(**run_path(str(Path(__file__).with_name("made_archives.py"))))
MADE = ARCHIVES.MADE
HIGH, MEDIUM, DOUBT = ("shut-off", "high"), ("lawful-access", "medium"), ("lawful-access", "high", "doubtful")
FINDINGS = st.lists(st.sampled_from([HIGH, MEDIUM, DOUBT, ("exclusion", "low"), ("profiling-decisions", "medium")]))
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def files(tmp_path):
    """Return an archive of two meetings with everything that a document can be."""
    return ARCHIVES.lay(
        tmp_path / "archive",
        [
            ARCHIVES.document(
                "grave.txt", [HIGH, MEDIUM], number="C-10", title="Gateways", source_organizations=["Org A"]
            ),
            ARCHIVES.document("russian.txt", language="ru"),
            ARCHIVES.failure("torn.pdf"),
        ],
        [
            ARCHIVES.document("plain.txt", meeting="SG17", group="SG17", number="C-9"),
            ARCHIVES.document("doubt.txt", [DOUBT], meeting="SG17", group="SG17"),
        ],
    )


def found(files, text, selection=None):
    more = {"selection": selection} if selection else {}
    return ask(files, lambda catalog: search(catalog, question_in(text), **more))


@FEW
@given(st.lists(st.tuples(st.sampled_from(["", "C-9", "C-10", "C-10bis"]), FINDINGS, st.booleans()), max_size=8))
def test_documents_stand_in_the_order_of_the_portfolio(kinds):
    texts = [
        (f"{place}.txt", found, {"number": number, "language": "en" if english else "ru"})
        for place, (number, found, english) in enumerate(kinds)
    ]
    ordered = in_order([MADE.summary(name, found, **fields) for name, found, fields in texts])

    with TemporaryDirectory() as folder:
        rows = [ARCHIVES.document(name, found, **fields) for name, found, fields in texts]
        names = ARCHIVES.names(ARCHIVES.lay(folder, [*rows, ARCHIVES.failure("last.pdf")]))

    assert names[:-1] == [summary.record.name for summary in ordered]


@FEW
@given(st.permutations(range(4)), st.lists(st.integers(1, 3), min_size=4, max_size=4))
def test_of_a_source_the_newest_row_counts_in_whichever_part_it_is(times, parts):
    readings = [ARCHIVES.document("a.txt", minutes=minute, title=f"Made at {minute}") for minute in times]

    with TemporaryDirectory() as folder:
        laid = [[row for row, part in zip(readings, parts, strict=True) if part == number] for number in {*parts}]
        files = ARCHIVES.lay(folder, *laid)
        before, _, after = ARCHIVES.rows(files), compact(files, "whole"), ARCHIVES.rows(files)

    assert [row["title"] for row in before] == ["Made at 3"]
    assert after == before


@FEW
@given(st.integers(1, 9))
def test_pages_of_rows_join_without_gap_or_overlap(size):
    with TemporaryDirectory() as folder:
        files = ARCHIVES.lay(folder, [ARCHIVES.document(f"{number}.txt", [HIGH] * number) for number in range(7)])
        pages = [ARCHIVES.rows(files, start=start, count=size) for start in range(0, 7, size)]
        whole = ARCHIVES.rows(files)

    assert [row for page in pages for row in page] == whole
    assert [row["place"] for row in whole] == list(range(1, 8))


def test_what_is_not_assessed_stands_last_without_a_place(files):
    rows = ARCHIVES.rows(files)

    assert [(row["place"], row["name"], row["state"]) for row in rows] == [
        (1, "grave.txt", "assessed"),
        (2, "doubt.txt", "assessed"),
        (3, "plain.txt", "assessed"),
        (None, "russian.txt", "not assessed"),
        (None, "torn.pdf", "failed"),
    ]


def test_a_removed_source_leaves_the_list_and_comes_back_with_a_newer_row(tmp_path):
    old, later = ARCHIVES.document("a.txt"), ARCHIVES.document("a.txt", minutes=2)
    files = ARCHIVES.lay(tmp_path / "archive", [old], [ARCHIVES.gone("a.txt", minutes=1)])

    without = ARCHIVES.names(files)
    ARCHIVES.put(files, [later], "later")

    assert (without, ARCHIVES.names(files)) == ([], ["a.txt"])


def test_the_same_results_stand_once_and_the_others_are_duplicates(tmp_path):
    record = MADE.record("copy.txt", folder="results/same")
    first = ARCHIVES.document("a.txt", [HIGH], record=MADE.record("a.txt", folder="results/same"))
    files = ARCHIVES.lay(
        tmp_path / "archive", [first], [ARCHIVES.document("copy.txt", [HIGH], record=record, meeting="SG17")]
    )

    rows = ARCHIVES.rows(files)

    assert [(row["name"], row["state"], row["same_as"]) for row in rows] == [
        ("a.txt", "assessed", ""),
        ("copy.txt", "duplicate", "a.txt"),
    ]


def test_further_documents_of_a_proposal_share_the_place_of_its_cover(tmp_path):
    further = MADE.record("z-annex.txt", folder="results/annex", part_of="cover.txt")
    files = ARCHIVES.lay(
        tmp_path / "archive",
        [
            ARCHIVES.document("cover.txt"),
            ARCHIVES.document("z-annex.txt", [HIGH], record=further),
            ARCHIVES.document("middle.txt", [MEDIUM]),
        ],
    )

    rows = ARCHIVES.rows(files)

    assert [(row["place"], row["name"]) for row in rows] == [(1, "cover.txt"), (1, "z-annex.txt"), (2, "middle.txt")]


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        ({"meeting": "sg17"}, ["doubt.txt", "plain.txt"]),
        ({"group": "SG13"}, ["grave.txt", "russian.txt"]),
        ({"group": "ITU-T SG17"}, ["doubt.txt", "plain.txt"]),
        ({"source": "org a"}, ["grave.txt"]),
        ({"right": "privacy"}, ["grave.txt", "doubt.txt"]),
        ({"power": "shut-off"}, ["grave.txt"]),
        ({"level": "review"}, ["doubt.txt"]),
        ({"level": "none", "meeting": "SG17"}, ["plain.txt"]),
        ({"state": "failed"}, ["torn.pdf"]),
    ],
    ids=lambda value: " ".join(f"{name} {text}" for name, text in value.items()) if isinstance(value, dict) else "",
)
def test_a_selection_keeps_the_documents_that_fit_all_of_it(files, selection, names):
    assert ARCHIVES.names(files, ArchiveSelection(**selection)) == names


@pytest.mark.parametrize("field", ["right", "power", "level", "state"])
def test_a_selection_by_an_unknown_name_is_refused_with_those_that_are_known(field):
    with pytest.raises(ValueError, match=f"there is no {field} 'x'; choose from "):
        ArchiveSelection(**{field: "x"})


def test_a_tally_counts_grades_and_states(files):
    tally = ask(files, lambda catalog: catalog.tally())

    assert {name: number for name, number in tally.grades.items() if number} == {"high": 1, "decide": 1, "none": 1}
    assert tally.states == {"assessed": 3, "not assessed": 1, "failed": 1, "duplicate": 0}


def test_words_are_searched_in_the_quotes_of_findings(files):
    hits = found(files, 'WORDS "of shut-off"')

    assert [(hit["name"], hit["mechanism"], hit["doubtful"]) for hit in hits] == [("grave.txt", "shut-off", False)]


def test_a_document_that_fits_by_its_title_alone_has_a_row_without_a_finding(files):
    assert [(hit["name"], hit["quote"]) for hit in found(files, "gateways")] == [("grave.txt", None)]


def test_an_article_finds_the_findings_that_may_touch_it_in_reading_order(files):
    hits = found(files, "article 17 ICCPR")

    assert [(hit["name"], hit["mechanism"]) for hit in hits] == [
        ("grave.txt", "lawful-access"),
        ("doubt.txt", "lawful-access"),
    ]


def test_a_search_looks_only_in_the_selection(files):
    assert [hit["name"] for hit in found(files, "ICCPR 17", ArchiveSelection(meeting="SG17"))] == ["doubt.txt"]


def test_findings_of_a_replaced_analysis_are_not_found(tmp_path):
    files = ARCHIVES.lay(
        tmp_path / "archive", [ARCHIVES.document("a.txt", [HIGH])], [ARCHIVES.document("a.txt", minutes=1)]
    )

    assert found(files, "words of shut-off") == []


@pytest.mark.parametrize("meeting", ["2025", "2026-07-14"])
def test_a_meeting_named_like_a_number_or_a_date_is_text(tmp_path, meeting):
    files = ARCHIVES.lay(tmp_path / "archive", [ARCHIVES.document("a.txt", meeting=meeting)])

    assert ARCHIVES.names(files, ArchiveSelection(meeting=meeting)) == ["a.txt"]
    assert ARCHIVES.names(files, ArchiveSelection(meeting="SG13")) == []


def test_folders_above_the_archive_name_no_columns(tmp_path):
    files = ARCHIVES.lay(tmp_path / "state=failed" / "meeting=x" / "archive", [ARCHIVES.document("a.txt")])

    assert [(row["name"], row["state"]) for row in ARCHIVES.rows(files)] == [("a.txt", "assessed")]


def test_columns_that_a_part_lacks_are_empty(files, tmp_path):
    for part in (tmp_path / "archive" / "proposals").rglob("*.parquet"):
        with connect() as database:
            database.read_parquet(str(part)).project("* EXCLUDE (same_as, brief)").write_parquet(f"{part}.new")
        Path(f"{part}.new").replace(part)

    rows = ask(files, lambda catalog: catalog.listed(("name", "same_as", "brief")))

    assert len(rows) == 5
    assert {(row["same_as"], row["brief"]) for row in rows} == {("", "")}


def test_a_question_that_the_database_refuses_says_what_to_do(files):
    with pytest.raises(ImpactError, match="then try again"):
        ask(files, lambda catalog: catalog.database.rows("SELECT absent FROM documents"))


@pytest.mark.parametrize("word", ["Straße", "λόγος"])
def test_words_are_found_as_they_are_written(tmp_path, word):
    files = ARCHIVES.lay(tmp_path / "archive", [ARCHIVES.document("a.txt", title=f"Notes on {word}")])

    assert [hit["name"] for hit in found(files, word)] == ["a.txt"]


@pytest.mark.parametrize("word", ["ΛΌΓΟΣ", "λόγος", "λόγοσ"])
@pytest.mark.parametrize("title", ["ΝΈΟΣ ΛΌΓΟΣ", "νέος λόγος"])
def test_a_greek_word_is_found_whichever_sigma_ends_it(tmp_path, title, word):
    files = ARCHIVES.lay(tmp_path / "archive", [ARCHIVES.document("a.txt", title=title, source_organizations=[title])])

    assert [hit["name"] for hit in found(files, word, ArchiveSelection(source=word))] == ["a.txt"]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["data traffic"], '"data traffic"'),
        (["data traffic", "tax"], '"data traffic" tax'),
        (['"data traffic" tax'], '"data traffic" tax'),
        (["ICCPR 17"], "ICCPR 17"),
        (["article 17", "ICCPR"], "article 17 ICCPR"),
    ],
)
def test_an_argument_with_a_space_is_a_phrase_unless_all_name_an_article(arguments, text):
    assert typed(arguments) == text


@pytest.mark.parametrize("text", ['"', " "])
def test_a_search_for_nothing_is_refused(text):
    with pytest.raises(ValueError, match="words or an article"):
        question_in(text) if text.isspace() else SearchQuestion()


def test_quotation_marks_in_words_and_names_are_plain_text(files):
    assert found(files, "o'clock; DROP TABLE") == []
    assert ARCHIVES.names(files, ArchiveSelection(meeting="x' OR 'a' = 'a")) == []


def test_compaction_keeps_rows_and_findings_and_leaves_a_part_a_meeting(tmp_path):
    files = ARCHIVES.lay(
        tmp_path / "archive",
        [ARCHIVES.document("a.txt", [HIGH]), ARCHIVES.document("b.txt", [MEDIUM])],
        [ARCHIVES.document("a.txt", [DOUBT], minutes=1)],
    )
    before = (ARCHIVES.rows(files), found(files, "words of"))

    compact(files, "whole")

    assert (ARCHIVES.rows(files), found(files, "words of")) == before
    assert sorted(path.name for path in (tmp_path / "archive").rglob("*.parquet")) == ["part-whole.parquet"] * 2


def test_compaction_keeps_findings_whose_document_has_no_row_yet(tmp_path):
    late = ARCHIVES.document("late.txt", [HIGH])
    files = ARCHIVES.lay(tmp_path / "archive", [ARCHIVES.document("a.txt")], [ARCHIVES.document("b.txt")])
    files.put({ARCHIVES.part_path("findings", "SG13", "late"): ARCHIVES.finding_part([late])})

    compact(files, "whole")
    files.put({ARCHIVES.part_path("proposals", "SG13", "late"): ARCHIVES.document_part([late])})

    assert [hit["name"] for hit in found(files, "words of shut-off")] == ["late.txt"]


def test_rows_that_stand_in_two_parts_count_once(tmp_path):
    rows = [ARCHIVES.document("a.txt", [HIGH])]

    files = ARCHIVES.lay(tmp_path / "archive", rows, rows)

    assert ARCHIVES.names(files) == ["a.txt"]
    assert len(found(files, "words of shut-off")) == 1


def lay_torn(folder):
    """Write a part that is no Parquet, and return its path."""
    torn = folder / "archive" / "proposals" / "meeting=x" / "part-x.parquet"
    torn.parent.mkdir(parents=True)
    torn.write_bytes(b"torn")
    return torn


def test_an_archive_is_asked_again_after_a_pause(files, tmp_path):
    torn = lay_torn(tmp_path)

    assert ask(files, lambda catalog: catalog.tally().total, pause=lambda _: torn.unlink(missing_ok=True)) == 5


def test_the_pauses_between_questions_grow(files, tmp_path):
    lay_torn(tmp_path)
    pauses = []

    with pytest.raises(ImpactError, match="cannot be read"):
        ask(files, lambda catalog: catalog.tally(), pause=pauses.append)

    assert len(pauses) > 1
    assert pauses == sorted({*pauses})


def test_old_parts_stay_until_those_of_all_meetings_are_put_together(tmp_path):
    files = ARCHIVES.lay(tmp_path / "archive", [ARCHIVES.document("a.txt")], [ARCHIVES.document("b.txt")])
    lay_torn(tmp_path).with_name("part-y.parquet").write_bytes(b"torn")
    before = {*(tmp_path / "archive").rglob("*.parquet")}

    with pytest.raises(OSError, match=r"part-[xy]"):
        compact(files, "whole")

    assert before <= {*(tmp_path / "archive").rglob("*.parquet")}


@dataclass(frozen=True)
class CompactedFiles(ArchiveFiles):
    """Files of an archive that another process puts together whenever a part is written."""

    def put(self, files):
        compact(open_archive(self.address), "other")
        super().put(files)


def test_beside_another_process_compaction_says_to_try_again_later(tmp_path):
    files = ARCHIVES.lay(
        tmp_path / "archive", [ARCHIVES.document("a.txt", [HIGH])], [ARCHIVES.document("b.txt", [HIGH])]
    )
    beside = CompactedFiles(files.store, files.root, files.address, local=True)

    with pytest.raises(ImpactError, match=r"another process is putting the parts together. Try again later"):
        compact_on_request(beside, "whole")


def test_where_there_is_no_archive_it_says_how_to_write_one(tmp_path):
    with pytest.raises(ImpactError, match="there is no archive at"):
        ARCHIVES.names(open_archive(str(tmp_path)))


def test_a_part_that_is_no_parquet_is_reported_with_the_archive(files, tmp_path):
    lay_torn(tmp_path)

    with pytest.raises(ImpactError, match="cannot be read"):
        ask(files, lambda catalog: catalog.tally(), pause=lambda _: None)


@pytest.mark.parametrize("fetched", [FETCHED, 0])
def test_an_archive_at_an_address_is_read_whole_or_through_its_file_system(memory_address, monkeypatch, fetched):
    monkeypatch.setattr("impact.batch.catalog.catalog.FETCHED", fetched)
    files = ARCHIVES.lay(memory_address, [ARCHIVES.document("a.txt", [HIGH])], [ARCHIVES.document("b.txt")])

    listed = ARCHIVES.names(files)
    compact(files, "whole")

    assert listed == ARCHIVES.names(files) == ["a.txt", "b.txt"]
    assert [hit["name"] for hit in found(files, "ICCPR 19")] == ["a.txt"]


@dataclass(frozen=True)
class ReplacedFiles(ArchiveFiles):
    """Files of an archive whose parts another process puts together after they were listed."""

    def fetch(self, paths, folder):
        compact(open_archive(self.address), "other")
        return super().fetch(paths, folder)


def test_parts_that_are_put_together_before_they_are_fetched_are_listed_again(memory_address):
    files = ARCHIVES.lay(memory_address, [ARCHIVES.document("a.txt", [HIGH])], [ARCHIVES.document("b.txt")])
    beside = ReplacedFiles(files.store, files.root, files.address, local=False)

    tally = ask(beside, lambda catalog: catalog.tally(), pause=lambda _: None)

    assert tally.total == 2


def test_a_part_whose_name_leads_out_of_its_folder_is_not_read(memory_address):
    files = ARCHIVES.lay(memory_address, [ARCHIVES.document("a.txt")])
    (part,) = parts_of(files)[1]
    files.store.store[f"{files.at(DOCUMENTS)}/../../part-x.parquet"] = files.store.store[
        files.store._strip_protocol(part)
    ]

    assert ARCHIVES.names(files) == ["a.txt"]
    assert parts_of(files)[1] == [part]


@pytest.fixture
def memory_address(tmp_path):
    return f"memory://{tmp_path.name}/archive"
