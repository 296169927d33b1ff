"""report.json against its published schema and against the text."""

import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest

from impact.pipeline import render

SCHEMA = json.loads(files("impact.report").joinpath("schema/impact-report-1.json").read_text("utf-8"))


@pytest.fixture
def validator():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


@pytest.fixture
def report(assessment):
    return json.loads(render(assessment, "json"))


def test_report_is_valid(validator, report):
    validator.validate(report)


def test_a_level_that_rests_on_doubtful_findings_is_told_apart(validator, sheet):
    sheet.say("The node may perhaps cut off the line.", "1", (), proposes={"shut-off": "cut off"}, doubtful=True)

    report = json.loads(render(sheet.assessed(), "json"))

    validator.validate(report)
    assert (report["level"], report["firm_level"]) == ("high", "none")


def test_reports_without_firm_levels_stay_valid(validator, report):
    del report["firm_level"]
    for one in report["compounds"]:
        del one["firm_level"]

    validator.validate(report)


def test_empty_report_is_valid(validator, sheet):
    report = json.loads(render(sheet.assessed({"pages": ()}), "json"))

    validator.validate(report)
    assert report["level"] == "none"
    assert report["clauses"] == []


def test_hostile_text_leaves_the_report_valid_and_verbatim(validator, attacked, hostile):
    written = render(attacked, "json").encode("utf-8")
    report = json.loads(written)

    validator.validate(report)
    assert report["document"]["title"] == hostile
    assert report["clauses"][1]["text"] == hostile


def test_schema_refuses_what_it_does_not_know(validator, report):
    report["clauses"][0]["score"] = 0.5

    with pytest.raises(jsonschema.ValidationError, match="score"):
        validator.validate(report)


def test_every_object_of_the_schema_is_closed_and_described():
    def check(node, path):
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert "additionalProperties" in node, path
            if "properties" in node:
                assert node["additionalProperties"] is False, path
                for name, property_ in node["properties"].items():
                    assert "description" in property_ or "$ref" in property_, f"{path}/{name}"
            for key, value in node.items():
                check(value, f"{path}/{key}")
        elif isinstance(node, list):
            for index, value in enumerate(node):
                check(value, f"{path}/{index}")

    check(SCHEMA, "")


def test_quotes_and_texts_are_the_characters_at_their_spans(report, assessment):
    text = assessment.document.text
    for clause in report["clauses"]:
        assert clause["text"] == text[slice(*clause["span"])]
        for found in (*clause["findings"], *clause["safeguards"]):
            for evidence in found["evidence"]:
                assert evidence["quote"] == text[slice(*evidence["span"])]
                assert evidence["quote"] in clause["text"]


def test_boxes_give_page_and_four_sides(report):
    boxes = [box for clause in report["clauses"] for box in clause["boxes"]]

    assert boxes
    for page, x0, y0, x1, y1 in boxes:
        assert page in {1, 2}
        assert x0 < x1
        assert y0 < y1


def test_two_runs_differ_in_the_time_alone(assessment):
    later = replace(assessment, provenance=replace(assessment.provenance, made_at="2027-01-01T00:00:00+00:00"))

    first, second = render(assessment, "json"), render(later, "json")

    assert first == render(assessment, "json")
    assert first.replace(assessment.provenance.made_at, later.provenance.made_at) == second


def test_findings_stand_in_their_clause_and_context_never_among_them(report):
    by_number = {clause["number"]: clause for clause in report["clauses"]}

    assert [one["mechanism"] for one in by_number["9.1 a)"]["findings"]] == ["shut-off", "missing-remedy"]
    assert by_number["5"]["findings"] == []
    assert by_number["5"]["context"] == ["traffic-inspection"]
    assert [one["safeguard"] for one in by_number["9.1 b)"]["safeguards"]] == ["continuity"]


def test_compounds_silences_and_rights_name_what_they_rest_on(report):
    ids = {one["id"] for clause in report["clauses"] for one in clause["findings"]}

    pair = next(one for one in report["compounds"] if one["id"] == "named-and-cut-off")
    assert pair["mechanisms"] == ["identity-binding", "shut-off"]
    assert all(set(one["findings"]) <= ids for one in report["compounds"] + report["rights"])
    assert {"mechanism": "logging-retention", "safeguard": "retention-limits"} in report["silences"]
