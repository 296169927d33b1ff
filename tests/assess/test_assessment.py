"""From classification to the answer for one proposal."""

from dataclasses import replace

import pytest

from impact.assess import assess
from impact.assess.compounds import compounds_of
from impact.errors import DataError
from impact.records import Change, ChangeKind, ClauseKind, Level, Severity, Span


def test_findings_come_gravest_first_then_in_the_order_of_the_text(make, run):
    first, second, third = (make.clause(f"Clause {name}.", f"{name} Section") for name in "abc")
    make.finding(third, "naming")
    make.finding(first, "delay")
    make.finding(second, "naming")

    ids = [rated.finding.id for rated in run(make).findings]

    assert ids == ["2-naming", "3-naming", "1-delay"]


def test_a_safeguard_in_the_same_section_lowers_and_is_shown(make, run):
    one, two = make.clause("Names are shown.", "7 Names"), make.clause("A court decides.", "7 Names")
    make.finding(one, "naming")
    guard = make.safeguard(two, "review")

    judged = run(make).findings[0]

    assert judged.safeguards == (guard,)
    assert judged.severity.irremediability == 3


def test_a_doubtful_safeguard_lowers_nothing_and_is_shown_with_what_it_would_lower(make, run):
    clause = make.clause("Names are shown, perhaps a court decides.")
    make.finding(clause, "naming")
    guard = make.safeguard(clause, "review", doubtful=True)

    judged = run(make).findings[0]

    assert judged.safeguards == (guard,)
    assert (judged.severity.irremediability, judged.severity.level) == (4, Level.HIGH)
    assert judged.severity.reason.endswith("Perhaps review: irremediability 3, not 4, medium.")


def test_a_level_is_firm_only_if_it_holds_with_the_doubtful_safeguard_too(make, run):
    clause = make.clause("Names are shown, perhaps a court decides.")
    make.finding(clause, "naming")
    make.safeguard(clause, "review", doubtful=True)

    assessment = run(make)

    assert (assessment.level, assessment.firm_level) == (Level.HIGH, Level.MEDIUM)
    assert assessment.firm.level is Level.MEDIUM


def test_a_firm_safeguard_lowers_beside_a_doubtful_one_and_the_level_is_firm(make, run):
    clause = make.clause("Names are shown, a court decides, perhaps under a pseudonym.")
    make.finding(clause, "naming")
    make.safeguard(clause, "review")
    make.safeguard(clause, "pseudonyms", doubtful=True)

    severity = run(make).findings[0].severity

    assert (severity.irremediability, severity.level, severity.firm) == (3, Level.MEDIUM, Level.MEDIUM)
    assert "Perhaps" not in severity.reason


def test_a_doubtful_safeguard_that_moves_no_level_leaves_it_firm(make, run):
    clause = make.clause("Service is cut off, perhaps a court decides.")
    make.finding(clause, "cutting")
    make.safeguard(clause, "review", doubtful=True)

    severity = run(make).findings[0].severity

    assert severity.level is severity.firm is Level.MEDIUM


def test_a_compound_is_firm_at_the_level_that_holds_with_doubtful_safeguards(make, run, taxonomy):
    make.finding(make.clause("Names are shown."), "naming")
    make.finding(make.clause("Service is cut off."), "cutting")
    severity = Severity(3, 3, 2, Level.MEDIUM, "Because.", Level.LOW)

    assessment = run(make)
    findings = [replace(finding, severity=severity) for finding in assessment.findings]

    [compound] = compounds_of(findings, taxonomy, assessment.index, assessment.document)

    assert (compound.level, compound.firm) == (Level.MEDIUM, Level.LOW)


def test_a_safeguard_in_another_section_changes_nothing(make, run):
    make.finding(make.clause("Names are shown.", "7 Names"), "naming")
    make.safeguard(make.clause("A court decides.", "8 Courts"), "review")

    judged = run(make).findings[0]

    assert judged.safeguards == ()
    assert judged.severity.irremediability == 4


def test_a_safeguard_that_does_not_match_changes_nothing(make, run):
    clause = make.clause("Service is cut off, names are hidden.")
    make.finding(clause, "cutting")
    make.safeguard(clause, "pseudonyms")

    judged = run(make).findings[0]

    assert judged.safeguards == ()
    assert judged.severity.irremediability == 3


def test_clauses_without_headings_share_no_section(make, run):
    make.finding(make.clause("Names are shown.", ""), "naming")
    make.safeguard(make.clause("A court decides.", ""), "review")

    assert run(make).findings[0].safeguards == ()


def test_a_compound_has_the_level_of_its_gravest_finding_and_raises_none(make, run, taxonomy):
    mild = make.clause("Service may be cut off, a court decides.", "7")
    make.finding(mild, "cutting")
    named = make.clause("Names may be shown, a court decides.", "8")
    make.finding(named, "naming", "may")
    make.safeguard(named, "review")

    assessment = run(make)

    assert {rated.severity.level for rated in assessment.findings} == {Level.MEDIUM}
    assert [(compound.id, compound.level, compound.findings) for compound in assessment.compounds] == [
        ("pair", Level.MEDIUM, ("1-cutting", "2-naming"))
    ]
    assert assessment.compounds[0].reason == f"Worse together. Source: {taxonomy.compounds[0].source}."
    assert assessment.level is assessment.firm_level is Level.MEDIUM


@pytest.mark.parametrize(("naming", "cutting", "count"), [(True, True, 0), (True, False, 1), (False, True, 1)])
def test_doubtful_findings_alone_make_no_compound(make, run, naming, cutting, count):
    clause = make.clause("Names are shown and service is cut off.")
    make.finding(clause, "naming", doubtful=naming)
    make.finding(clause, "cutting", doubtful=cutting)

    assert len(run(make).compounds) == count


def test_firm_findings_come_before_graver_doubtful_ones(make, run):
    make.finding(make.clause("Names are perhaps shown."), "naming", doubtful=True)
    make.finding(make.clause("Packets wait."), "delay")

    ids = [rated.finding.id for rated in run(make).findings]

    assert ids == ["2-delay", "1-naming"]


def test_the_level_is_that_of_all_findings_and_the_firm_level_that_of_firm_ones(make, run):
    make.finding(make.clause("Names are perhaps shown."), "naming", doubtful=True)
    make.finding(make.clause("Packets wait."), "delay")

    assessment = run(make)

    assert (assessment.level, assessment.firm_level) == (Level.HIGH, Level.LOW)


def test_a_text_of_doubtful_findings_alone_has_no_firm_level(make, run):
    make.finding(make.clause("Names are perhaps shown."), "naming", doubtful=True)

    assessment = run(make)

    assert (assessment.level, assessment.firm_level) == (Level.HIGH, Level.NONE)


def test_a_compound_with_a_doubtful_side_has_no_firm_level(make, run):
    make.finding(make.clause("Service is cut off."), "cutting")
    make.finding(make.clause("Names are perhaps shown."), "naming", doubtful=True)

    assessment = run(make)

    assert (assessment.compounds[0].level, assessment.compounds[0].firm) == (Level.HIGH, Level.NONE)
    assert assessment.firm_level is Level.MEDIUM


def test_a_compound_of_firm_findings_gives_a_firm_level(make, run):
    make.finding(make.clause("Service is cut off, a court decides.", "7"), "cutting")
    named = make.clause("Names may be shown, a court decides.", "8")
    make.finding(named, "naming", "may")
    make.safeguard(named, "review")

    assessment = run(make)

    assert assessment.compounds[0].firm is assessment.firm_level is Level.MEDIUM


def test_what_is_firm_leaves_out_doubtful_findings_and_all_that_rests_on_them(make, run):
    cut = make.finding(make.clause("Service is cut off."), "cutting")
    make.finding(make.clause("Names are perhaps shown."), "naming", doubtful=True)

    firm = run(make).firm

    assert [rated.finding for rated in firm.findings] == [cut]
    assert firm.compounds == ()
    assert {silence.mechanism for silence in firm.silences} == {"cutting"}
    assert {name for _, ids in firm.rights for name in ids} == {cut.id}
    assert firm.level is Level.MEDIUM


def test_silences_name_each_matching_safeguard_found_nowhere(make, run):
    make.finding(make.clause("Names are shown.", "7"), "naming")
    make.safeguard(make.clause("A court decides.", "9"), "review")

    assert [(silence.mechanism, silence.safeguard) for silence in run(make).silences] == [("naming", "pseudonyms")]


def test_a_doubtful_safeguard_is_no_silence(make, run):
    make.finding(make.clause("Names are shown.", "7"), "naming")
    make.safeguard(make.clause("Perhaps a court decides.", "9"), "review", doubtful=True)

    assert [silence.safeguard for silence in run(make).silences] == ["pseudonyms"]


def test_what_is_firm_leaves_out_doubtful_safeguards(make, run):
    clause = make.clause("A court decides, perhaps under a pseudonym.")
    guard = make.safeguard(clause, "review")
    make.safeguard(clause, "pseudonyms", doubtful=True)

    assert run(make).firm.safeguards == (guard,)


def test_rights_list_their_findings_in_the_order_of_the_taxonomy(make, run):
    clause = make.clause("Names are shown, slowly.")
    make.finding(clause, "delay")
    make.finding(clause, "naming")

    assert run(make).rights == (("expression", ("1-naming", "1-delay")), ("privacy", ("1-naming", "1-delay")))


def test_a_right_touched_carries_articles_link_and_source(make, run):
    make.finding(make.clause("Names are shown."), "naming")

    touched = run(make).findings[0].rights

    assert [(one.right, one.link, one.articles, one.source) for one in touched] == [
        ("privacy", "primary", ("UDHR 12", "ICCPR 17"), "RFC 9620 4.15"),
        ("expression", "secondary", ("UDHR 19", "ICCPR 19(2)"), "project judgment"),
    ]


def test_nothing_found_gives_level_none(make, run):
    make.clause("The frame has eight octets.")

    assessment = run(make)

    assert assessment.level is Level.NONE
    assert assessment.silences == assessment.rights == assessment.compounds == ()


def test_change_is_none_without_revision_marks(make, run):
    make.finding(make.clause("Names are shown."), "naming")

    assert run(make).findings[0].change is None


@pytest.mark.parametrize("kind", [ChangeKind.INSERTED, ChangeKind.MOVED_TO])
def test_change_tells_inserted_clauses_from_the_others(make, run, kind):
    old, new = make.clause("Names are shown."), make.clause("Service is cut off.")
    make.finding(old, "naming")
    make.finding(new, "cutting")
    make.changes.append(Change(kind, new.span, "Service is cut off."))

    changes = {rated.finding.mechanism: rated.change for rated in run(make).findings}

    assert changes == {"naming": "unchanged", "cutting": "added"}


def test_a_deletion_inside_a_clause_makes_its_wording_new(make, run):
    clause = make.clause("Names are shown.")
    make.finding(clause, "naming")
    make.changes.append(Change(ChangeKind.DELETED, Span(10, 10), "not "))

    assert run(make).findings[0].change == "added"


def test_sponsor_number_and_title_change_nothing(make, run):
    make.finding(make.clause("Names are shown."), "naming")

    one = run(make, title="A", source_organizations=("Here",), body="ITU-T", number="C-1")
    two = run(make, title="B", source_organizations=("There",), body="IETF", number="X-2")

    assert (one.findings, one.level, one.silences) == (two.findings, two.level, two.silences)


def test_a_mechanism_that_the_taxonomy_lacks_is_refused_by_name(make, run):
    make.finding(make.clause("Names are shown."), "telepathy")

    with pytest.raises(DataError, match="telepathy"):
        run(make)


def test_a_safeguard_that_serves_the_power_beside_it_lowers_nothing_there(make, taxonomy, provenance):
    clause = make.clause("The letters shall be handed over, sealed on the way.")
    make.finding(clause, "naming")
    make.safeguard(clause, "review")
    serving = replace(taxonomy.mechanisms["naming"], turned=("review",))
    changed = replace(taxonomy, mechanisms={**taxonomy.mechanisms, "naming": serving})

    judged = assess(*make.given(), changed, provenance).findings[0]

    assert judged.safeguards == ()
    assert judged.severity.irremediability == 4


def test_nobody_is_said_to_be_denied_what_a_target_is_never_given(make, taxonomy, provenance):
    clause = make.clause("The node shall hand the letters and the place of the writer over.")
    for mechanism in ("naming", "cutting"):
        make.finding(clause, mechanism)
    barring = replace(taxonomy.mechanisms["naming"], bars=("review",))
    changed = replace(taxonomy, mechanisms={**taxonomy.mechanisms, "naming": barring})

    silences = assess(*make.given(), changed, provenance).silences

    assert "review" not in {silence.safeguard for silence in silences if silence.mechanism == "cutting"}


def test_of_equally_grave_findings_one_with_must_tells_best_and_then_the_surer_one(make, run):
    for number, (strength, confidence) in enumerate((("should", 0.8), ("descriptive", 0.9), ("must", 0.7))):
        make.finding(make.clause(f"Clause {number}."), "naming", strength)
        make.findings[-1] = replace(make.findings[-1], confidence=confidence)

    told = sorted(run(make).findings, key=lambda rated: rated.telling)

    assert [one.finding.strength.value for one in told] == ["must", "descriptive", "should"]


@pytest.mark.parametrize(("definition", "order"), [(0.7, [0.6, 0.7, 0.4]), (0.9, [0.9, 0.6, 0.4])])
def test_of_findings_in_doubt_the_surest_tells_best_and_a_definition_counts_less(make, run, definition, order):
    for number, (strength, confidence) in enumerate((("must", 0.4), ("descriptive", 0.6), ("descriptive", definition))):
        make.finding(make.clause(f"Clause {number}."), "naming", strength)
        make.findings[-1] = replace(make.findings[-1], confidence=confidence, doubtful=True)
    make.clauses[-1] = replace(make.clauses[-1], kind=ClauseKind.DEFINITION)

    told = sorted(run(make).findings, key=lambda rated: rated.telling)

    assert [one.finding.confidence for one in told] == order


def test_what_a_doubtful_safeguard_would_not_lower_is_not_said(make, run):
    clause = make.clause("Lines are cut, perhaps a court decides.")
    make.finding(clause, "cutting")
    make.safeguard(clause, "review", doubtful=True)

    judged = run(make).findings[0]

    assert judged.severity.least is None
    assert "Perhaps" not in judged.severity.reason
