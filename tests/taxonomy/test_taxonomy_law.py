"""What the taxonomy says of the three instruments, held against their texts."""

import pytest

from impact.taxonomy import load

RIGHTS = [
    "equality",
    "life",
    "torture",
    "slavery",
    "liberty",
    "fair-trial",
    "legal-identity",
    "remedy",
    "privacy",
    "movement",
    "asylum",
    "thought",
    "expression",
    "assembly",
    "participation",
    "self-determination",
    "minorities",
    "family",
    "property",
    "work",
    "living-standard",
    "health",
    "education",
    "culture-science",
]
ORDER = ("UDHR", "ICCPR", "ICESCR")
SECURITY_ORDER_HEALTH_RIGHTS = ("national security", "public order (ordre public)", "public health or morals")


def numbers(refs):
    """Return instrument and article number, without paragraph, of each ref."""
    return {(ref.split()[0], int(ref.split()[1].split("(")[0])) for ref in refs}


def test_the_24_rights_are_there_in_their_order():
    assert list(load().rights) == RIGHTS


@pytest.mark.parametrize(("instrument", "last"), [("UDHR", 30), ("ICCPR", 27), ("ICESCR", 15)])
def test_every_article_is_under_a_right_or_a_general_provision_and_none_is_out_of_range(instrument, last):
    taxonomy = load()
    cited = [ref for right in taxonomy.rights.values() for ref in right.articles]
    covered = {number for name, number in numbers([*cited, *taxonomy.general]) if name == instrument}
    assert covered == set(range(1, last + 1))
    assert taxonomy.instruments[instrument].last == last


def test_every_entry_is_used_and_no_article_is_both_right_and_general_provision():
    taxonomy = load()
    cited = {ref for right in taxonomy.rights.values() for ref in right.articles}
    assert cited | set(taxonomy.general) == set(taxonomy.articles)
    assert not cited & set(taxonomy.general)


def test_only_articles_that_give_no_right_of_their_own_are_general_provisions():
    assert numbers(load().general) == {
        *(("UDHR", number) for number in (28, 29, 30)),
        *(("ICCPR", number) for number in (2, 4, 5, 20)),
        *(("ICESCR", number) for number in (2, 4, 5)),
    }


def test_no_article_is_cited_twice_by_one_right_and_all_stand_in_order():
    for right in load().rights.values():
        assert len(set(right.articles)) == len(right.articles)
        places = [ORDER.index(ref.split()[0]) for ref in right.articles]
        assert places == sorted(places), right.id


LISTED = [f"ICCPR {number}" for number in (6, 7, 11, 15, 16, 18)]
ELEMENTS = ["2(1)", "2(3)", "3", "8", "9", "10", "14", "19", "26", "27"]


def test_only_articles_that_iccpr_4_2_lists_as_a_whole_are_non_derogable_as_a_whole():
    articles = load().articles.values()
    assert [article.ref for article in articles if article.derogation == "non-derogable"] == LISTED


def test_articles_with_non_derogable_elements_are_those_that_the_text_or_the_committee_names():
    partly = [article.ref for article in load().articles.values() if article.derogation == "partly"]
    assert partly == [f"ICCPR {number}" for number in ELEMENTS]


def test_every_article_of_the_first_covenant_says_where_its_derogability_comes_from():
    taxonomy = load()
    for article in taxonomy.articles.values():
        if article.instrument == "ICCPR" and article.ref not in taxonomy.general:
            assert article.derogation != "no clause", article.ref
            listed = "isted in article 4(2)" in article.derogation_note
            assert listed, article.ref
            assert (
                article.derogation != "partly"
                or "General Comment" in article.derogation_note
                or "8(3)" in article.limits
            )


def test_instruments_without_a_derogation_clause_have_no_derogable_article():
    taxonomy = load()
    others = [article for article in taxonomy.articles.values() if article.instrument != "ICCPR"]
    assert {article.derogation for article in others} == {"no clause"}


def test_self_determination_is_not_said_to_be_derogable_and_names_its_sources():
    taxonomy = load()
    right = taxonomy.rights["self-determination"]
    assert {right.derogation, taxonomy.articles["ICCPR 1"].derogation} == {"see note"}
    for source in ("ICCPR article 4(2)", "General Comment No. 12", "A/77/10", "ICESCR has no derogation clause"):
        assert source in right.derogation_note


def test_derogability_of_rights_agrees_with_their_articles():
    taxonomy = load()
    for right in taxonomy.rights.values():
        words = {taxonomy.articles[ref].derogation for ref in right.articles} - {"no clause"}
        if len(words) == 1 and right.derogation != "no clause":
            assert {right.derogation} == words, right.id
        elif words & {"non-derogable", "partly"}:
            assert right.derogation == "partly", right.id
        else:
            assert right.derogation == "no clause", right.id


@pytest.mark.parametrize("instrument", load().instruments.values(), ids=lambda instrument: instrument.id)
def test_instruments_link_to_the_official_text(instrument):
    assert instrument.link.startswith(("https://www.ohchr.org/en/instruments-mechanisms/", "https://www.un.org/en/"))


@pytest.mark.parametrize(
    ("ref", "lawful", "grounds", "absent"),
    [
        (
            "ICCPR 12",
            "12(3): provided by law and necessary",
            (*SECURITY_ORDER_HEALTH_RIGHTS, "rights and freedoms of others", "consistent with the other rights"),
            ("public safety", "democratic society"),
        ),
        (
            "ICCPR 18",
            "prescribed by law and necessary",
            ("public safety, order, health, or morals", "fundamental rights and freedoms of others", "manifestation"),
            ("national security", "ordre public", "democratic society"),
        ),
        (
            "ICCPR 19",
            "19(3), expression and information only: provided by law and necessary",
            (*SECURITY_ORDER_HEALTH_RIGHTS[:2], "public health or morals", "rights or reputations of others"),
            ("public safety", "democratic society"),
        ),
        (
            "ICCPR 21",
            "Imposed in conformity with the law and necessary in a democratic society",
            (*SECURITY_ORDER_HEALTH_RIGHTS, "public safety", "rights and freedoms of others"),
            ("reputations",),
        ),
        (
            "ICCPR 22",
            "22(2): prescribed by law and necessary in a democratic society",
            (*SECURITY_ORDER_HEALTH_RIGHTS, "public safety", "rights and freedoms of others", "armed forces", "police"),
            ("reputations",),
        ),
    ],
)
def test_limitation_grounds_are_exactly_those_of_the_text(ref, lawful, grounds, absent):
    limits = load().articles[ref].limits
    assert lawful in limits
    assert [ground for ground in grounds if ground not in limits] == []
    assert [ground for ground in absent if ground in limits] == []


@pytest.mark.parametrize("ref", ["ICCPR 7", "ICCPR 11", "ICCPR 16"])
def test_absolute_articles_say_so(ref):
    assert load().articles[ref].limits == "None: absolute"


@pytest.mark.parametrize(
    ("instrument", "parts"),
    [
        ("UDHR", ("217 A (III)", "10 December 1948")),
        ("ICCPR", ("2200A (XXI)", "16 December 1966", "vol. 999, p. 171", "in force since 23 March 1976")),
        ("ICESCR", ("2200A (XXI)", "16 December 1966", "vol. 993, p. 3", "3 January 1976")),
    ],
)
def test_instruments_have_their_official_citation(instrument, parts):
    citation = load().instruments[instrument].citation
    assert [part for part in parts if part not in citation] == []


def test_life_torture_and_self_determination_are_never_primary():
    primary = {link.right for mechanism in load().mechanisms.values() for link in mechanism.primary}
    assert not primary & {"life", "torture", "self-determination"}
