"""Mechanisms, safeguards, compounds and the severity rule as the program ships them."""

import re
from dataclasses import FrozenInstanceError, asdict

import pytest

from impact.advise.guideline_rules import rules
from impact.taxonomy import load
from impact.taxonomy.checks import REASONS

MECHANISMS = [
    "identity-binding",
    "persistent-identifiers",
    "traffic-inspection",
    "lawful-access",
    "weakened-protection",
    "logging-retention",
    "third-party-disclosure",
    "sensitive-collection",
    "location-tracking",
    "biometric-recognition",
    "profiling-decisions",
    "content-blocking",
    "shut-off",
    "traffic-discrimination",
    "central-control",
    "access-gating",
    "fragmentation",
    "remote-control",
    "exclusion",
    "missing-remedy",
    "closed-dependency",
]
SAFEGUARDS = [
    "encryption",
    "minimisation",
    "pseudonymity",
    "user-control",
    "transparency",
    "decentralisation",
    "interoperability",
    "redress",
    "independent-oversight",
    "retention-limits",
    "accessibility",
    "integrity",
    "human-review",
    "continuity",
]

# The rights that each section of RFC 9620 names under "Impacts"; its right to security is security of person (UDHR 3).
RFC_9620 = {
    "4.1": "expression assembly",
    "4.2": "expression assembly",
    "4.3": "expression liberty",
    "4.4": "expression equality",
    "4.5": "expression participation culture-science",
    "4.6": "equality culture-science expression",
    "4.7": "expression culture-science",
    "4.8": "expression participation",
    "4.9": "education culture-science expression assembly",
    "4.10": "expression liberty",
    "4.11": "privacy expression liberty",
    "4.12": "privacy liberty",
    "4.13": "expression assembly equality liberty",
    "4.14": "expression privacy equality",
    "4.15": "equality expression participation assembly",
    "4.16": "expression participation culture-science assembly",
    "4.17": "expression privacy assembly",
    "4.18": "equality assembly education participation",
    "4.19": "expression assembly",
    "4.20": "remedy liberty privacy",
}
COMPOUNDS = [
    ("identity-binding", "shut-off"),
    ("traffic-inspection", "content-blocking"),
    ("identity-binding", "logging-retention"),
    ("biometric-recognition", "location-tracking"),
    ("central-control", "shut-off"),
    ("lawful-access", "weakened-protection"),
    ("profiling-decisions", "access-gating"),
    ("missing-remedy", "content-blocking"),
    ("missing-remedy", "shut-off"),
    ("missing-remedy", "profiling-decisions"),
    ("persistent-identifiers", "third-party-disclosure"),
    ("remote-control", "traffic-inspection"),
    ("logging-retention", "lawful-access"),
]
FORBIDDEN = re.compile(
    r"\b(violat\w*|breach\w*|complian\w*|intent\w*|motive\w*|safe|no risk|check\))\b|\(check\)", re.IGNORECASE
)


def texts(value):
    """Yield every text inside of nested dicts, lists and tuples."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def test_the_21_mechanisms_and_14_safeguards_are_the_labels_in_this_order():
    assert list(load().labels) == MECHANISMS + SAFEGUARDS


def test_each_link_names_its_source_and_rfc_9620_names_the_right_there():
    for mechanism in load().mechanisms.values():
        for link in mechanism.primary + mechanism.secondary:
            if link.source == "project judgment":
                continue
            match = re.fullmatch(r"RFC 9620 section (4\.\d+)( \(right to security\))?", link.source)
            assert match, (mechanism.id, link)
            assert link.right in RFC_9620[match[1]].split(), (mechanism.id, link)
            assert (link.right == "liberty") == bool(match[2]), (mechanism.id, link)


def test_guidelines_bring_the_rights_that_rfc_9620_names_there_and_the_last_names_none():
    brought = {
        guideline.number: set(guideline.rights)
        for guideline in rules().guidelines.values()
        if guideline.number != "4.21"
    }

    assert brought == {number: set(rights.split()) for number, rights in RFC_9620.items()}


def test_each_mechanism_has_three_questions_or_more_that_end_in_a_question_mark():
    for mechanism in load().mechanisms.values():
        assert len(mechanism.questions) >= 3, mechanism.id
        assert all(question.endswith("?") for question in mechanism.questions), mechanism.id
        assert all(mitigation.endswith(".") for mitigation in mechanism.mitigations), mechanism.id


def test_each_mechanism_has_a_countering_safeguard_taken_from_the_safeguards():
    taxonomy = load()
    for mechanism in taxonomy.mechanisms.values():
        assert mechanism.safeguards, mechanism.id
        assert list(mechanism.safeguards) == [
            guard.id for guard in taxonomy.safeguards.values() if mechanism.id in guard.counters
        ]


@pytest.mark.parametrize("field", ["enables", "benefit"])
def test_completions_start_small_and_have_no_full_stop(field):
    owners = load().mechanisms if field == "enables" else load().safeguards
    for owner in owners.values():
        text = getattr(owner, field)
        assert text[0].islower(), owner.id
        assert not text.endswith("."), owner.id


@pytest.mark.parametrize("pair", COMPOUNDS)
def test_pairs_that_make_each_other_worse_are_compounds(pair):
    assert [rule.id for rule in load().compounds if set(rule.mechanisms) == set(pair)] != []


def test_no_text_of_the_taxonomy_uses_a_word_that_a_report_may_not_use():
    taxonomy = load()
    parts = (
        taxonomy.articles, taxonomy.rights, taxonomy.mechanisms, taxonomy.safeguards, taxonomy.general,
        {rule.id: rule for rule in taxonomy.compounds},
    )  # fmt: skip
    found = [
        (name, text, match[0])
        for part in parts
        for name, record in part.items()
        for text in texts(asdict(record))
        if (match := FORBIDDEN.search(text))
    ]
    assert found == []
    assert [text for text in taxonomy.severity.reasons.values() if FORBIDDEN.search(text)] == []


def test_reasons_for_harm_are_conditional():
    for rule in load().compounds:
        assert re.search(r"\b(may|could)\b", rule.reason), rule.id


@pytest.mark.parametrize("fact", ["decides what", "supplies", "cannot", "does not restore", "is weak", "ties"])
def test_no_pair_is_told_as_a_fact_about_people(fact):
    told = [f"{rule.name}. {rule.reason}" for rule in load().compounds]
    assert [text for text in told if re.search(rf"\b{fact}\b", text)] == []


def test_the_severity_rule_is_the_one_of_the_design():
    rule = load().severity
    assert (rule.high_scale, rule.high_irremediability, rule.high_all) == (5, 5, 4)
    assert (rule.medium_each, rule.medium_count) == (3, 2)
    moves = (rule.may_lowers_scope_by, rule.safeguard_lowers_irremediability_by)
    assert moves == (1, 1)


def test_each_reason_is_a_full_sentence_once_filled():
    numbers = {"scale": 4, "scope": 5, "irremediability": 3}
    words = {"before": 4, "safeguard": "Redress", "mechanism": "Shut-off", "level": "high"}
    for key, sentence in load().severity.reasons.items():
        filled = sentence.format(**numbers, **{name: words[name] for name in REASONS[key]})
        assert filled.endswith("."), key
        assert "{" not in filled, key


def test_loading_twice_gives_the_same_object_and_its_values_are_frozen():
    assert load() is load()
    with pytest.raises(FrozenInstanceError):
        load().mechanisms["shut-off"].scale = 1
