"""A document in a language that is not assessed is named so in every form, and never as one without findings."""

import io
import re
import zipfile

import pytest
from foreign import NAMES, TEXTS

from impact import pipeline
from impact.records import Assessment, Grade
from impact.records.report_json import from_json, from_text, to_json
from impact.report import LANGUAGES
from impact.report.onepage.wording import wording
from impact.report.terminal import summary
from impact.taxonomy import load

FORMS = ("html", "md", "csv", "docx", "xlsx", "amendments", "review", "review-text", "contribution", "onepage-en")
CLEARED = re.compile(r"none found|no clause was f(?:lagg|ound)|no power|nothing was found|\blow\b", re.IGNORECASE)
HIDDEN = re.compile(r"<(style|script).*?</\1>|<[^>]+>", re.DOTALL)


@pytest.fixture(scope="module")
def assessments(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assessment]:
    """Return what the pipeline says of each text."""
    folder = tmp_path_factory.mktemp("foreign")
    for code, text in TEXTS.items():
        (folder / f"{code}.txt").write_text(text, encoding="utf-8")
    return {code: pipeline.analyze(folder / f"{code}.txt", jailed=False) for code in TEXTS}


def said(data: bytes) -> str:
    """Return the words of a file, whatever it is made of."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b" ".join(parts.read(name) for name in sorted(parts.namelist()) if name.endswith(".xml"))
    return " ".join(HIDDEN.sub(" ", data.decode("utf-8-sig")).split())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", TEXTS)
def test_every_form_says_that_it_was_not_assessed_and_in_which_language(
    assessments: dict[str, Assessment], code: str, form: str
) -> None:
    text = said(pipeline.export(assessments[code], form))

    assert f"Not assessed: the document is in {NAMES[code]}." in text
    assert not CLEARED.search(text)


@pytest.mark.parametrize("form", ["html", "md", "docx", "onepage-en"])
def test_it_says_what_to_do_instead_and_nothing_that_supposes_a_result(
    assessments: dict[str, Assessment], form: str
) -> None:
    text = said(pipeline.export(assessments["fr"], form))

    assert "The tool does not assess French. Have the document read by a person who knows the language" in text
    assert not re.search(r"readable|percent|relying", text)


@pytest.mark.parametrize("reader", LANGUAGES)
@pytest.mark.parametrize("code", TEXTS)
def test_the_one_page_brief_says_so_in_the_language_of_its_reader(
    assessments: dict[str, Assessment], code: str, reader: str
) -> None:
    say = wording(reader, load())

    text = said(pipeline.export(assessments[code], f"onepage-{reader}"))

    assert " ".join(say.say("sentences.foreign", language=say.get(f"languages.{code}")).split()) in text
    assert say.say("labels.level") not in text.replace(say.say("headings.decide"), "")


@pytest.mark.parametrize("code", TEXTS)
def test_the_terminal_says_so(assessments: dict[str, Assessment], code: str) -> None:
    lines = summary(assessments[code], load())

    assert f"Not assessed: the document is in {NAMES[code]}." in lines
    assert not CLEARED.search(lines)


@pytest.mark.parametrize("code", TEXTS)
def test_its_headline_is_no_level(assessments: dict[str, Assessment], code: str) -> None:
    assert assessments[code].headline.grade is Grade.UNASSESSED


@pytest.mark.parametrize("code", TEXTS)
def test_report_json_names_the_language_and_says_of_no_clause_that_it_was_assessed(
    assessments: dict[str, Assessment], code: str
) -> None:
    report = from_text(pipeline.render(assessments[code], "json"))

    assert report.unassessed == code
    assert not any(clause.assessed for clause in report.clauses)


def test_an_older_report_that_does_not_say_so_is_read_by_its_language(assessments: dict[str, Assessment]) -> None:
    older = to_json(from_text(pipeline.render(assessments["fr"], "json")))
    del older["unassessed"]

    assert from_json(older).headline.grade is Grade.UNASSESSED


def test_the_contribution_does_not_claim_that_the_text_was_read(assessments: dict[str, Assessment]) -> None:
    assert "was read against" not in pipeline.render(assessments["es"], "contribution-text")
