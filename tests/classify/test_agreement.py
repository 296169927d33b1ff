"""How likely a careful reader is to agree: the traits of a clause, and the weights that they have."""

from pathlib import Path

import pytest

from impact.classify import classify, model
from impact.classify.agreement import load_weights, signs, traits_of_clause, traits_of_label, weights
from impact.classify.heads import load as load_heads
from impact.classify.judging import WAYS
from impact.errors import MissingError
from impact.records import Block, Classification, Clause, ClauseKind, Document, Page, Proposal, Span, Strength
from impact.taxonomy import load
from impact.trait_weights import TraitWeights

TAXONOMY = load()
RULE = "The operator shall deliver the intercepted communications of the subscriber to the law enforcement agency."


def clause_of(text: str, *headings: str, kind: ClauseKind = ClauseKind.REQUIREMENT) -> Clause:
    span = Span(0, len(text))
    strength = Strength.MUST if "shall" in text else Strength.DESCRIPTIVE
    return Clause("p1", "", headings, kind, 1, span, strength, (span,), strengths=(strength,))


def test_a_label_that_readers_share_less_often_weighs_against_itself() -> None:
    assert traits_of_label("shut-off") == {}
    assert all(weights(way).traits[name] < 0 for way in WAYS for name in traits_of_label("identity-binding"))


def classified(text: str, *headings: str) -> Classification:
    document = Document("0" * 64, "made.txt", "text", "none", text, (Block(Span(0, len(text))),), (Page(1),))
    proposal = Proposal(document, title="Functions of the network", language="en")
    return classify(proposal, [clause_of(text, *headings)], TAXONOMY)


def interception(found: Classification) -> float:
    return next(finding.confidence for finding in found.findings if finding.mechanism == "lawful-access")


@pytest.mark.parametrize(
    ("sign", "headings", "near_miss"),
    [
        ("definitions", ("3 Terms and definitions",), ("3 Determination of keys",)),
        ("examples", ("Annex A", "A.2 Example flow"), ("Exemption of hospitals",)),
        ("stories", ("5 Use cases", "5.1 Payment"), ("5 Use of keys",)),
    ],
)
def test_headings_show_that_a_clause_is_not_a_rule(
    sign: str, headings: tuple[str, ...], near_miss: tuple[str, ...]
) -> None:
    assert sign in traits_of_clause(clause_of(RULE, *headings), RULE)
    assert sign not in traits_of_clause(clause_of(RULE, *near_miss), RULE)


def test_a_fragment_shows_by_its_own_words_that_it_is_not_a_rule() -> None:
    assert "fragment" in traits_of_clause(clause_of("Name of the subscriber"), "Name of the subscriber")
    assert "fragment" not in traits_of_clause(clause_of("Users may appeal."), "Users may appeal.")


def test_kind_and_strength_are_traits() -> None:
    aside = clause_of(RULE, kind=ClauseKind.NOTE)
    code = clause_of("store(name)", kind=ClauseKind.CODE)

    assert {"aside", "must"} <= traits_of_clause(aside, RULE).keys()
    assert "aside" in traits_of_clause(code, "store(name)")


def test_no_sign_makes_agreement_more_likely() -> None:
    for way in WAYS:
        assert {name for name in signs() if weights(way).traits[name] < 0.1} == set(signs())


@pytest.mark.parametrize("heading", ["A.2 Example flow", "5 Use cases", "3 Terms and definitions"])
def test_the_same_words_are_less_sure_where_nothing_is_laid_down(heading: str) -> None:
    assert interception(classified(RULE, heading)) < interception(classified(RULE, "6 Functions"))


def test_confidence_is_the_chance_of_agreement() -> None:
    document = Document("0" * 64, "made.txt", "text", "none", RULE, (Block(Span(0, len(RULE))),), (Page(1),))
    proposal, clauses = Proposal(document, title="Functions of the network", language="en"), [clause_of(RULE)]
    traits = model.traits(proposal, clauses, frozenset(TAXONOMY.mechanisms))[0, "lawful-access"]

    assert interception(classify(proposal, clauses, TAXONOMY)) == round(weights("model").chance(traits), 4)


def test_what_readers_are_unlikely_to_share_stays_a_doubtful_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {finding.doubtful for finding in classified(RULE).findings if finding.mechanism == "lawful-access"} == {
        False
    }

    monkeypatch.setattr(model, "weights", lambda _: TraitWeights(-2.0, {"must": 0.1}, "none"))

    assert {finding.doubtful for finding in classified(RULE).findings} == {True}


def test_what_fewer_than_one_in_ten_readers_would_share_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "weights", lambda _: TraitWeights(-9.0, {"must": 0.1}, "none"))

    assert classified(RULE).findings == ()


def test_weights_belong_to_the_heads_that_ship() -> None:
    assert {weights(way).heads for way in WAYS} == {load_heads().digest}


def test_other_weights_have_another_digest() -> None:
    assert TraitWeights(0.0, {"must": 0.1}).digest(()) != TraitWeights(0.1, {"must": 0.1}).digest(())


@pytest.mark.parametrize("content", ["{", '{"bias": 1}', '{"bias": 1, "traits": {}, "heads": "a"}'])
def test_damaged_weights_are_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "agreement.json").write_text(content, encoding="utf-8")

    with pytest.raises(MissingError, match="damaged"):
        load_weights(tmp_path / "agreement.json")


def test_absent_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match=r"agreement\.json is not there"):
        load_weights(tmp_path / "agreement.json")
