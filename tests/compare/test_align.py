"""Which clause is which: kinds of changes, one at a time, and properties over made-up documents."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.compare.align import ClauseLink, LinkKind, align
from impact.records import ClauseKind
from tests.compare.conftest import clause

LOG = "The operator shall keep a log of each connection for thirty days and then delete it."
GATE = "The gateway may count the packets that pass its ports during one hour of the day."
FLAG = "The lighthouse keeper may wave a flag at noon on days of fair weather."
FERRY = "The ferry timetable is published each spring by the harbor office."
FRAMES = "The exchange shall print the checksum of each frame. The exchange should count frames by color."


def kinds(old, new):
    return {(link.kind.value, link.old, link.new) for link in align(old.clauses, new.clauses)}


def test_equal_clauses_are_unchanged(edition):
    assert kinds(edition(LOG, GATE), edition(LOG, GATE)) == {("unchanged", (0,), (0,)), ("unchanged", (1,), (1,))}


def test_other_quotes_dashes_and_white_space_are_no_change(edition):
    old = edition("The “harbor” \N{EN DASH} that is, the port \N{EN DASH} shall keep a log.")
    new = edition('The "harbor"  - that is, the\nport - shall keep a log.')

    assert kinds(old, new) == {("unchanged", (0,), (0,))}


def test_changed_words_are_a_rewording(edition):
    new = edition(LOG, GATE.replace("may count", "shall inspect"), FERRY)

    assert ("reworded", (1,), (1,)) in kinds(edition(LOG, GATE, FERRY), new)


def test_a_clause_elsewhere_has_moved(edition):
    assert ("moved", (2,), (0,)) in kinds(edition(LOG, GATE, FLAG, FERRY), edition(FLAG, LOG, GATE, FERRY))


def test_a_clause_moved_and_reworded_is_found_again(edition):
    new = edition(FLAG.replace("noon", "dawn"), LOG, GATE, FERRY)

    link = next(link for link in align(edition(LOG, GATE, FLAG, FERRY).clauses, new.clauses) if link.old == (2,))

    assert (link.kind, link.new, link.moved) == (LinkKind.REWORDED, (0,), True)


def test_another_number_alone_is_a_renumbering(draft):
    old = draft().say(LOG, "2.1").say(GATE, "2.2").edition()
    new = draft().say(LOG, "3.1").say(GATE, "3.2").edition()

    assert kinds(old, new) == {("renumbered", (0,), (0,)), ("renumbered", (1,), (1,))}


def test_a_clause_cut_in_two_is_split(edition):
    first, second = FRAMES.split(". ")

    assert ("split", (1,), (1, 2)) in kinds(edition(LOG, FRAMES, FERRY), edition(LOG, first + ".", second, FERRY))


def test_a_piece_that_stands_elsewhere_still_belongs_to_the_split(edition):
    first, second = FRAMES.split(". ")

    found = kinds(edition(LOG, FRAMES, GATE, FLAG, FERRY), edition(LOG, first + ".", GATE, FLAG, FERRY, second))

    assert ("split", (1,), (1, 5)) in found


def test_two_clauses_in_one_are_merged(edition):
    assert ("merged", (0, 1), (0,)) in kinds(edition(LOG, GATE, FERRY), edition(f"{LOG} {GATE}", FERRY))


def test_a_clause_without_counterpart_is_added_or_removed(edition):
    assert kinds(edition(LOG, GATE), edition(GATE, FERRY)) == {
        ("removed", (0,), ()),
        ("unchanged", (1,), (0,)),
        ("added", (), (1,)),
    }


def test_of_equal_clauses_the_one_under_the_same_number_is_taken(draft):
    old = draft().say("Reserved.", "2").say(LOG, "3").say("Reserved.", "4").edition()
    new = draft().say(LOG, "3").say("Reserved.", "4").edition()

    assert ("removed", (0,), ()) in kinds(old, new)


def test_words_of_scripts_without_spaces_are_compared_sign_by_sign(edition):
    old = edition("港口应保存每个连接的日志三十天然后删除。", FERRY)
    new = edition("港口应保存每个连接的日志九十天然后归档。", FERRY)

    assert ("reworded", (0,), (0,)) in kinds(old, new)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        (LinkKind.SPLIT, (0,), (0,)),
        (LinkKind.ADDED, (0,), (0,)),
        (LinkKind.REMOVED, (), (0,)),
        (LinkKind.MERGED, (0,), (0, 1)),
    ],
)
def test_a_link_refuses_numbers_of_clauses_that_do_not_fit_its_kind(kind, old, new):
    with pytest.raises(ValueError, match=kind.value):
        ClauseLink(kind, old, new)


TOKENS = "operator gateway shall may keep delete log record of each frame ferry noon flag ."
WORDS = st.sampled_from(TOKENS.split(" "))
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), max_size=12)


def passages(texts):
    fields = {"headings": ("1 Part",), "kind": ClauseKind.STATEMENT}
    return tuple(clause(text, f"c{at}", number=str(at // 3), **fields) for at, text in enumerate(texts))


@given(TEXTS, TEXTS)
@settings(max_examples=80, deadline=None)
def test_each_clause_is_in_exactly_one_link(old, new):
    links = align(passages(old), passages(new))

    assert sorted(index for link in links for index in link.old) == list(range(len(old)))
    assert sorted(index for link in links for index in link.new) == list(range(len(new)))


@given(TEXTS, TEXTS)
@settings(max_examples=80, deadline=None)
def test_the_other_way_round_gives_the_mirrored_links(old, new):
    there, back = align(passages(old), passages(new)), align(passages(new), passages(old))

    assert {link.mirrored() for link in there} == set(back)


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_an_edition_is_unchanged_beside_itself(texts):
    assert {link.kind for link in align(passages(texts), passages(texts))} <= {LinkKind.UNCHANGED}


def _reworded(count):
    old = passages(
        [f"Clause {at} tells buoy {at} of row {at % 17} to keep station {at * 7} in the bay" for at in range(count)]
    )
    return old, tuple(replace(one, text=one.text.replace("keep", "hold")) for one in old)


def test_three_thousand_reworded_clauses_find_each_other():
    links = align(*_reworded(3_000))

    assert all(link.kind is LinkKind.REWORDED and link.old == link.new for link in links)


def test_work_grows_with_the_number_of_clauses_and_not_with_its_square(steps):
    def of_clauses(count):
        editions = _reworded(count)
        return steps(lambda: align(*editions))

    of_clauses(10)

    assert of_clauses(1_500) < 6 * of_clauses(300)


@pytest.mark.parametrize("label", ["P{} - ", "[GEN-0{}] ", "Rule {}. ", "§{} "])
def test_labels_of_any_form_that_most_clauses_begin_with_are_numbers(label):
    texts = [LOG, GATE, FLAG, FRAMES, "The gate opens at dawn.", "The mast has a lamp."]
    old = [clause(label.format(number) + text, f"c{number}") for number, text in enumerate(texts, 1)]
    new = [clause(label.format(number) + text, f"c{number}") for number, text in enumerate([FERRY, *texts], 1)]

    found = [link.kind for link in align(old, new)]

    assert found == [LinkKind.ADDED, *[LinkKind.RENUMBERED] * len(texts)]


def test_labels_of_clauses_that_share_the_number_of_their_chapter_are_their_numbers():
    texts = [LOG, GATE, FLAG, FRAMES, "The gate opens at dawn.", "The mast has a lamp."]
    old = [clause(f"Art. {at}  {text}", f"c{at}", number="CHAPTER I") for at, text in enumerate(texts, 1)]
    new = [clause(f"Art. {at}  {text}", f"c{at}", number="CHAPTER I") for at, text in enumerate([FERRY, *texts], 1)]

    found = [link.kind for link in align(old, new)]

    assert found == [LinkKind.ADDED, *[LinkKind.RENUMBERED] * len(texts)]


def test_numbers_that_few_clauses_begin_with_are_words(edition):
    old = edition("10 frames a second are sent.", LOG, GATE, FLAG, FERRY, FRAMES)
    new = edition("20 frames a second are sent.", LOG, GATE, FLAG, FERRY, FRAMES)

    assert ("reworded", (0,), (0,)) in kinds(old, new)
