"""Which documents are revisions of one another."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from impact.compare.chains import chains

TITLE = "Requirements of harbor networks"


def row(name, number="", revision="", title=TITLE, date="", body="", group=""):  # noqa: PLR0913, PLR0917 - a row
    return (name, number, revision, title, date, body, group)


def test_revisions_of_a_contribution_come_in_their_order():
    rows = [
        row("c", "SG13-C999R2", body="ITU-T", group="SG13"),
        row("a", "SG13-C999", body="ITU-T", group="SG13"),
        row("b", "SG13-C999", "R1", body="ITU-T", group="SG13"),
    ]

    assert chains(rows) == (("a", "b", "c"),)


def test_contributions_of_other_numbers_are_no_chain():
    rows = [row(str(at), f"SG13-C{at}", "R1", body="ITU-T", group="SG13") for at in range(99, 120)]

    assert chains(rows) == ()


def test_one_number_in_two_groups_is_no_chain():
    rows = [
        row(group, "C-83", revision, body="ITU-T", group=group) for group, revision in (("SG13", ""), ("SG17", "R1"))
    ]

    assert chains(rows) == ()


def test_one_number_in_two_study_periods_is_no_chain():
    rows = [row("a", "C-83", "", date="2018-03-01"), row("b", "C-83", "R1", date="2023-03-01")]

    assert chains(rows) == ()


def test_one_contribution_number_with_another_subject_is_no_chain():
    rows = [row("a", "C-83", ""), row("b", "C-83", "R1", title="Ferry timetables for spring")]

    assert chains(rows) == ()


def test_a_contribution_whose_title_changes_a_little_stays_in_its_chain():
    rows = [row("a", "C-83", ""), row("b", "C-83", "R1", title=f"Revised {TITLE}")]

    assert chains(rows) == (("a", "b"),)


def test_versions_of_a_draft_are_ordered_by_number_and_not_by_name():
    rows = [row("z", "draft-x-y-03", "03"), row("a", "draft-x-y-10", "10"), row("m", "draft-x-y-04", "04")]

    assert chains(rows) == (("z", "m", "a"),)


def test_the_file_name_stands_for_a_number_that_the_text_does_not_say():
    assert chains([row("f/draft-x-y-03.txt"), row("f/draft-x-y-04.txt")]) == (
        ("f/draft-x-y-03.txt", "f/draft-x-y-04.txt"),
    )
    assert chains([row("S2-2101234.docx"), row("S2-2101234r1.docx")]) == (("S2-2101234.docx", "S2-2101234r1.docx"),)


def test_a_draft_adopted_by_a_group_is_a_chain_if_title_and_name_agree():
    rows = [row("b", "draft-ietf-port-harbor-00"), row("a", "draft-smith-harbor-02")]

    assert chains(rows) == (("a", "b"),)


def test_a_draft_of_another_title_is_not_taken_for_the_adopted_one():
    rows = [
        row("b", "draft-ietf-port-harbor-00"),
        row("a", "draft-smith-harbor-02", title="Another subject of the sea"),
    ]

    assert chains(rows) == ()


def test_of_two_drafts_that_could_be_the_adopted_one_neither_is_taken():
    rows = [row("a", "draft-smith-harbor-00"), row("b", "draft-jones-harbor-00"), row("c", "draft-ietf-port-harbor-00")]

    assert chains(rows) == ()


def test_drafts_of_two_people_with_one_title_are_no_chain():
    assert chains([row("a", "draft-smith-harbor-00"), row("b", "draft-jones-harbor-00")]) == ()


def test_a_draft_and_the_rfc_with_its_title_are_a_chain():
    rows = [row("b", "RFC 9999", date="2023-10"), row("a", "draft-ietf-port-harbor-09", date="2023-07-25")]

    assert chains(rows) == (("a", "b"),)


def test_a_draft_that_replaces_an_rfc_is_not_put_before_it():
    rows = [row("b", "RFC 999", date="2003-10"), row("a", "draft-ietf-port-harbor-09", date="2023-07-25")]

    assert chains(rows) == ()


def test_two_rfcs_with_one_title_are_no_chain():
    assert chains([row("a", "RFC 793", date="1981-09"), row("b", "RFC 9293", date="2022-08")]) == ()


def test_versions_of_a_standard_are_ordered_by_version():
    rows = [
        row("c", "ETSI TS 103 462", "V1.10.1", body="ETSI"),
        row("a", "ETSI TS 103 462", "V1.2.1", body="ETSI"),
        row("b", "ETSI TS 103 462", "V1.3.1", body="ETSI"),
        row("x", "ETSI TS 103 463", "V1.4.1", body="ETSI"),
    ]

    assert chains(rows) == (("a", "b", "c"),)


def test_editions_told_by_year_are_ordered_by_it():
    rows = [row("b", "ISO 17301-1:2016", body="ISO"), row("a", "ISO 17301-1:2007", body="ISO")]

    assert chains(rows) == (("a", "b"),)


def test_a_standard_and_its_amendments_are_not_one_chain():
    rows = [row("a", "ITU-T P.340", date="2000-05"), row("b", "ITU-T P.340 Amd. 1", date="2014-10")]

    assert chains([*rows, row("c", "ITU-T P.340 Amd. 2", date="2019-01")]) == ()


def test_one_text_in_two_formats_or_languages_is_no_chain():
    rows = [
        row("a.pdf", "RFC 8932", date="2020-10"),
        row("a.txt", "RFC 8932", date="2020-10"),
        row("e", "ITU-T E.119", date="2017-04"),
        row("s", "ITU-T E.119", title="Requisitos de las redes del puerto", date="2017-04"),
    ]

    assert chains(rows) == ()


def test_a_copy_of_a_revision_is_in_its_chain_once():
    rows = [row("a", "draft-x-y-03"), row("b.pdf", "draft-x-y-04"), row("b.txt", "draft-x-y-04")]

    assert chains(rows) == (("a", "b.pdf"),)


def test_documents_without_a_number_are_a_chain_by_title_and_revision_alone():
    assert chains([row("a", "", "1.0"), row("b", "", "1.1")]) == (("a", "b"),)
    assert chains([row("a"), row("b")]) == ()
    assert chains([row("a", "", "1.0", "Introduction"), row("b", "", "1.1", "Introduction")]) == ()


def test_the_order_of_the_rows_does_not_matter():
    rows = [
        row("a", "draft-smith-harbor-02"),
        row("b", "draft-ietf-port-harbor-00"),
        row("c", "C-83"),
        row("d", "C-83", "R1"),
    ]

    assert {chains(order) for order in permutations(rows)} == {(("a", "b"), ("c", "d"))}


FIELD = st.sampled_from(
    ["", "C-83", "draft-a-b-01", "draft-ietf-b-02", "RFC 1", "V1.2.1", "R1", "2020-01", TITLE, "x/[("]
)


@given(st.lists(st.tuples(FIELD, FIELD, FIELD, FIELD, FIELD, FIELD), max_size=12))
def test_no_document_is_in_two_chains_and_none_is_alone(fields):
    found = chains([(f"d{at}", *one) for at, one in enumerate(fields)])

    names = [name for chain in found for name in chain]
    assert len(names) == len(set(names))
    assert all(len(chain) > 1 for chain in found)
