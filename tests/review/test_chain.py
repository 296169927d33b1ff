"""The chain shows every change of every link."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.review.store.chain import ERASE, GENESIS, ChainHead, ChainLink, canonical, faults, head_after, next_link

BODIES = st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers() | st.booleans(), max_size=3)
LINKS = st.lists(st.tuples(st.sampled_from(["decision", "signature"]), st.sampled_from("pqr"), BODIES), max_size=6)
FIELDS = ("seq", "kind", "proposal", "time", "digest", "previous", "hash", "body")


def chain(rows: list[tuple[str, str, dict[str, Any]]]) -> list[ChainLink]:
    made: list[ChainLink] = []
    for kind, proposal, body in rows:
        made.append(
            next_link(
                head_after(made[-1]) if made else ChainHead(), kind, proposal, "2025", {**body, "salt": len(made)}
            )
        )
    return made


def wrong(links: list[ChainLink], head: ChainHead) -> bool:
    return any(faults(links, head, {link.proposal for link in links if link.kind == ERASE}))


def end(links: list[ChainLink]) -> ChainHead:
    return head_after(links[-1]) if links else ChainHead()


@given(LINKS)
def test_a_chain_as_it_was_written_has_no_fault(rows: list[Any]) -> None:
    links = chain(rows)

    assert not wrong(links, end(links))


@given(LINKS.filter(bool), st.data())
def test_any_change_of_any_field_of_any_link_is_found(rows: list[Any], data: st.DataObject) -> None:
    links = chain(rows)
    place = data.draw(st.integers(0, len(links) - 1))
    name = data.draw(st.sampled_from(FIELDS))
    kept = getattr(links[place], name)
    other = st.integers() if name == "seq" else st.text(max_size=80) | (st.none() if name == "body" else st.nothing())
    changed = [*links]
    changed[place] = replace(links[place], **{name: data.draw(other.filter(lambda value: value != kept))})

    assert wrong(changed, end(links))


@given(LINKS.filter(bool), st.data())
def test_a_link_with_another_content_and_all_its_hashes_made_anew_is_found(
    rows: list[Any], data: st.DataObject
) -> None:
    links = chain(rows)
    place = data.draw(st.integers(0, len(links) - 1))
    before = head_after(links[place - 1]) if place else ChainHead()
    forgery = next_link(before, links[place].kind, links[place].proposal, "2025", {"next_link": True})

    assert wrong([*links[:place], forgery, *links[place + 1 :]], end(links))


@given(LINKS.filter(lambda rows: len(rows) > 1), st.data())
def test_links_taken_out_exchanged_or_repeated_are_found(rows: list[Any], data: st.DataObject) -> None:
    links = chain(rows)
    one = data.draw(st.integers(0, len(links) - 1))
    other = data.draw(st.integers(0, len(links) - 1).filter(lambda place: place != one))
    swapped = [*links]
    swapped[one], swapped[other] = links[other], links[one]

    assert wrong(links[:one] + links[one + 1 :], end(links))
    assert wrong(swapped, end(links))
    assert wrong([*links[: one + 1], *links[one:]], end(links))


def test_content_may_be_gone_only_where_the_proposal_was_erased() -> None:
    links = chain([("decision", "p", {}), ("decision", "q", {}), (ERASE, "p", {})])
    gone = [replace(links[0], body=None), *links[1:]]
    too_much = [links[0], replace(links[1], body=None), links[2]]
    tombstone = [*gone[:2], replace(links[2], body=None)]

    assert not wrong(gone, end(links))
    assert wrong(too_much, end(links))
    assert wrong(tombstone, end(links))


def test_the_first_link_follows_the_genesis() -> None:
    assert chain([("decision", "p", {})])[0].previous == GENESIS


@pytest.mark.parametrize("text", ["é\ud800", "\0", '"\\'])
def test_canonical_json_is_ascii_whatever_people_write(text: str) -> None:
    assert canonical({"b": text, "a": 1}).isascii()


def test_equal_values_have_one_canonical_form() -> None:
    assert canonical({"a": 1, "b": [2]}) == canonical({"b": [2], "a": 1}) == '{"a":1,"b":[2]}'
