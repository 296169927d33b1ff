"""`impact analyze --reader`: from a file, over a server on this machine, to the reports."""

import json
from pathlib import Path

import pytest
from chat import ChatServer, by_words, chosen, passage, serving, status
from click.testing import CliRunner, Result
from harbor import document

from impact.cli import main
from impact.reader.points.vocabulary import vocabulary

WHOLES = 1 + len(vocabulary().themes)
"""Questions on a short document as a whole: for passages and for points."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "harbor.txt"
    path.write_text(document(), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def run(file: Path, server: ChatServer, out: Path, *options: str) -> Result:
    reader = ("--reader", server.address, "--reader-model", "small")
    return CliRunner().invoke(
        main, ["analyze", str(file), "--out", str(out), "--format", "json,html", *reader, *options]
    )


def test_a_server_is_asked_once_and_named_in_the_reports(file, tmp_path):
    with serving() as server:
        results = [run(file, server, tmp_path / name) for name in ("first", "again")]
        asked = len(server.requests)

    first, again = (json.loads((tmp_path / name / "report.json").read_text("utf-8")) for name in ("first", "again"))
    assert [result.exit_code for result in results] == [0, 0]
    assert asked == first["second_reading"]["clauses"] + WHOLES > WHOLES
    assert first["second_reading"]["model"] == "small"
    assert first["second_reading"]["host"] in (tmp_path / "first" / "report.html").read_text("utf-8")
    said = [finding.get("second") for clause in first["clauses"] for finding in clause["findings"]]
    assert "agrees" in said
    assert {**first, "provenance": 0} == {**again, "provenance": 0}


def test_when_the_server_fails_the_first_reading_stands_and_the_report_says_so(file, tmp_path):
    CliRunner().invoke(main, ["analyze", str(file), "--out", str(tmp_path / "alone"), "--format", "json"])
    with serving(lambda _request: status(401)) as server:
        result = run(file, server, tmp_path / "failed")

    alone, failed = (json.loads((tmp_path / name / "report.json").read_text("utf-8")) for name in ("alone", "failed"))
    assert result.exit_code == 0
    assert failed["second_reading"]["clauses"] == 0
    assert failed["second_reading"]["unread"]
    assert failed["clauses"] == alone["clauses"]
    assert "The second reader did not read" in result.output


FRENCH = (
    "La passerelle du port enregistre le nom et la position de chaque visiteur pendant dix ans.",
    "Les cadres sont imprimés en bleu sur du papier blanc, et chacun porte une somme de contrôle.",
)


@pytest.mark.parametrize(
    ("text", "words"),
    [(document(), "print the checksum of each frame in blue ink"), (document(*FRENCH), "imprimés en bleu")],
)
def test_the_report_quotes_what_the_second_reader_chose(file, tmp_path, text, words):
    file.write_text(text, encoding="utf-8")

    def choose(request):
        names = [name for name, clause in request.clauses.items() if words in clause]
        return chosen(*(passage(name, words) for name in names)) if request.for_passages else by_words(request)

    with serving() as server:
        server.script = choose
        run(file, server, tmp_path / "out", "--format", "md", "--by", "cues")

    report = (tmp_path / "out" / "report.md").read_text("utf-8")
    assert words in report
    assert "The second reader chose 1 of" in report


def test_a_chosen_passage_that_introduces_a_list_is_quoted_with_its_items(file, tmp_path):
    file = file.with_suffix(".md")
    items = "- the berth is dark\n- the harbor is closed\n"
    file.write_text(f"# Harbor\n\nSkippers cannot object to a decision where:\n\n{items}", encoding="utf-8")

    def choose(request):
        names = [name for name, clause in request.clauses.items() if "cannot object" in clause]
        passages = [passage(name, "cannot object") for name in names]
        return chosen(*passages) if request.for_passages else by_words(request)

    with serving() as server:
        server.script = choose
        run(file, server, tmp_path / "out", "--format", "md", "--by", "cues")

    report = (tmp_path / "out" / "report.md").read_text("utf-8")
    assert "where: \u2022 the berth is dark \u2022 the harbor is closed" in report


def test_another_host_is_refused_before_anything_is_read(file, tmp_path):
    elsewhere = ("--reader", "http://reader.example/v1", "--reader-model", "small")

    result = CliRunner().invoke(main, ["analyze", str(file), "--out", str(tmp_path / "out"), *elsewhere])

    assert result.exit_code == 1
    assert "reader.example" in result.output
    assert not (tmp_path / "out").exists()
