"""Matches of detectors are said where readers are likely to agree, and their weights can be trusted."""

from pathlib import Path

import pytest
from sheets import Sheet

from impact.advise.context import Context
from impact.advise.detectors.agreement import UNLIKELY, profile_of, signs, traits_of, weights
from impact.advise.detectors.library import detectors
from impact.advise.guidelines import worth
from impact.advise.guidelines.answers import answers_of
from impact.errors import MissingError
from impact.paths import weights_of
from impact.records import LabelOdds, Outlook
from impact.taxonomy import load
from impact.trait_weights import TraitWeights

ENCRYPTED = next(detector for detector in detectors() if detector.id == "encrypted")
SAYS = "The messages of each user are encrypted end to end."
ODDS = LabelOdds({"encryption": 1.5, "shut-off": -3.0}, {"encryption": -1.0, "shut-off": 2.0})


def traits(sheet, words: str, *headings: str, odds: LabelOdds | None = None, **others: str):
    sheet.say(words, "3", headings or ("3 Functions",), **others)
    context = Context(sheet.assessed(), load())
    (match,) = context.detections["encrypted"]
    return traits_of(profile_of(context.whole), ENCRYPTED, match, 1, odds)


def test_match_shows_its_detector_its_strength_and_whether_it_speaks_of_people(sheet) -> None:
    shown = traits(sheet, "The messages of each user shall be encrypted end to end.", strength="must")

    assert {"detector encrypted", "bearing benefit", "persons", "must"} <= shown.keys()
    assert "persons" not in traits(Sheet(), "All frames are encrypted end to end.")


@pytest.mark.parametrize(
    ("sign", "heading"), [("background", "1 Introduction"), ("protection", "7 Security considerations")]
)
def test_headings_show_what_kind_of_section_a_match_is_in(sheet, sign: str, heading: str) -> None:
    assert sign in traits(sheet, SAYS, heading)
    assert sign not in traits(Sheet(), SAYS, "4 Frames")


def test_match_has_the_odds_of_the_labels_that_its_detector_is_near_to(sheet) -> None:
    shown = traits(sheet, SAYS, odds=ODDS)

    assert (shown["proposes any"], shown["mentions any"]) == (1.5, 2.0)
    assert (shown["proposes its own"], shown["mentions its own"], shown["near no label"]) == (1.5, -1.0, 0.0)


def test_detector_near_no_label_has_unlikely_ones(sheet) -> None:
    other = LabelOdds({"shut-off": -3.0}, {"shut-off": 2.0})

    shown = traits(sheet, SAYS, odds=other)

    assert (shown["proposes its own"], shown["near no label"]) == (UNLIKELY, 1.0)


@pytest.mark.parametrize("way", ["model", "fast", "cues"])
def test_every_sign_has_a_weight_in_every_way_of_judging(way: str) -> None:
    assert {sign.name for sign in signs().sign} <= weights(way).traits.keys()


def test_cues_have_no_weight_for_what_a_network_says() -> None:
    assert "proposes any" in weights("fast").traits
    assert "proposes any" not in weights("cues").traits


@pytest.mark.parametrize(("bias", "said"), [(9.0, True), (-9.0, False)])
def test_what_readers_are_unlikely_to_agree_with_is_not_said(sheet, monkeypatch, bias: float, *, said: bool) -> None:
    sheet.say(SAYS, "3", ("3 Functions",))
    monkeypatch.setattr(worth, "weights", lambda _: TraitWeights(bias, {"persons": 0.1}))
    outlook = Outlook("model", lambda _: ODDS, lambda _: None, lambda _: None, lambda *_: None)

    answers = answers_of(Context(sheet.assessed(), load(), outlook))

    assert any(point.topic == "encrypted" for answer in answers for point in answer.points) is said


def test_without_an_outlook_every_match_is_said(sheet) -> None:
    sheet.say(SAYS, "3", ("3 Functions",))

    answers = answers_of(Context(sheet.assessed(), load()))

    assert any(point.topic == "encrypted" for answer in answers for point in answer.points)


def test_weights_of_nothing_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text('{"bias": 1, "traits": {}}', encoding="utf-8")

    with pytest.raises(MissingError, match="damaged"):
        weights_of(TraitWeights, tmp_path / "model.json", "entries of reviews", "fit.py")


def test_odds_of_other_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="odds of"):
        LabelOdds({"encryption": 1.0}, {"shut-off": 1.0})
