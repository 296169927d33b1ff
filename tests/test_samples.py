"""What the sample proposals must give, from file to report: the promise of the README."""

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from impact.paths import shelf
from impact.pipeline import analyze, render

SAMPLES = shelf("corpora") / "proposals"
NOW = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)


@cache
def report(name: str) -> dict[str, Any]:
    return dict(json.loads(render(analyze(SAMPLES / name, now=NOW), "json")))


def findings(name: str) -> set[tuple[str, str]]:
    return {(clause["number"], each["mechanism"]) for clause in report(name)["clauses"] for each in clause["findings"]}


@pytest.mark.parametrize("name", ["new-network.pdf", "new-network.docx"])
@pytest.mark.parametrize(
    ("clause", "mechanism"),
    [
        ("6.1", "identity-binding"),
        ("7.1", "traffic-inspection"),
        ("7.4", "logging-retention"),
        ("7.5", "third-party-disclosure"),
        ("8.1", "shut-off"),
        ("8.2", "shut-off"),
        ("9.1", "central-control"),
        ("10.2", "fragmentation"),
    ],
)
def test_the_new_network_sample_names_the_power_in_its_clause(name: str, clause: str, mechanism: str) -> None:
    assert (clause, mechanism) in findings(name)


def test_the_new_network_sample_has_the_compound_of_identity_and_shut_off() -> None:
    compounds = [compound["id"] for compound in report("new-network.pdf")["compounds"]]

    assert "named-and-cut-off" in compounds


def test_the_benign_sample_has_no_finding() -> None:
    assert findings("audio-payload.pdf") == set()


def test_the_careful_sample_has_safeguards_and_no_grave_firm_finding() -> None:
    found = report("careful-wallet.pdf")
    safeguards = {each["safeguard"] for clause in found["clauses"] for each in clause["safeguards"]}

    assert found["firm_level"] in {"none", "low", "medium"}
    assert {"pseudonymity", "encryption", "user-control", "retention-limits"} <= safeguards


def test_the_camera_sample_names_recognition_and_tracking() -> None:
    mechanisms = {mechanism for _, mechanism in findings("street-cameras.docx")}

    assert {"biometric-recognition", "location-tracking", "logging-retention"} <= mechanisms


def test_the_registrant_sample_names_identity_binding_and_retention() -> None:
    mechanisms = {mechanism for _, mechanism in findings("draft-example-regext-registrant-verification-00.txt")}

    assert {"identity-binding", "logging-retention", "third-party-disclosure"} <= mechanisms


def test_a_clause_inserted_by_a_revision_mark_is_marked_as_added() -> None:
    changes = {
        clause["number"]: each["change"]
        for clause in report("new-network.docx")["clauses"]
        for each in clause["findings"]
    }

    assert changes["10.4"] == "added"
    assert changes["8.1"] == "unchanged"


@pytest.mark.parametrize(
    "name", ["new-network.pdf", "street-cameras.docx", "draft-example-regext-registrant-verification-00.txt"]
)
def test_every_quote_is_verbatim_in_its_clause(name: str) -> None:
    for clause in report(name)["clauses"]:
        for found in (*clause["findings"], *clause["safeguards"]):
            for evidence in found["evidence"]:
                assert evidence["quote"] in clause["text"]
                start, end = evidence["span"]
                assert clause["text"][start - clause["span"][0] : end - clause["span"][0]] == evidence["quote"]


def test_equal_runs_give_equal_bytes() -> None:
    first, second = (render(analyze(SAMPLES / "new-network.pdf", now=NOW), "json") for _ in range(2))

    assert first == second


def test_another_sponsor_and_country_give_the_same_findings(tmp_path: Any) -> None:
    source = (SAMPLES / "draft-example-regext-registrant-verification-00.txt").read_text(encoding="utf-8")
    for number, sponsor in enumerate(("Ministry of Utopia", "Registry of Ruritania")):
        (tmp_path / f"{number}.txt").write_text(source.replace("Illustration Registry", sponsor), encoding="utf-8")

    first, second = (json.loads(render(analyze(tmp_path / f"{number}.txt", now=NOW), "json")) for number in range(2))

    labels = [
        [(c["number"], f["mechanism"]) for c in each["clauses"] for f in c["findings"]] for each in (first, second)
    ]
    assert labels[0] == labels[1]
