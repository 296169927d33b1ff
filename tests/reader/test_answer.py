"""What is taken over of an answer."""

import json

import pytest
from chat import answer
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.reader.answer import answer_of, as_json, averaged, claims_in
from impact.reader.inquiry import Inquiry
from impact.reader.legible import find, legible
from impact.reader.reasons import UnreadReason
from impact.records import AnswerStance, ClauseAnswer, Span
from impact.taxonomy import load

TEXT = "Before. The gateway shall shut off\nthe berth, and the berth\u00a0shall stay shut. After."
CLAUSE = Span(8, 81)


def checked(content: str, text: str = TEXT, span: Span = CLAUSE) -> tuple[ClauseAnswer, int]:
    claims = claims_in(content, load())
    assert not isinstance(claims, UnreadReason), claims
    return answer_of(Inquiry("1", span, span.of(text), "", (), "", "", ("shut-off", "redress")), claims, text, load())


def quotes(reply: ClauseAnswer, text: str = TEXT) -> list[tuple[str, bool, list[str]]]:
    return [(label.label, label.proposes, [span.of(text) for span in label.evidence]) for label in reply.labels]


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "```json\n{}\n```",
        "Here is the answer:\n{}\nI hope that it helps.",
        "<think>{{so}}</think>\n\n{}",
        "\n\t{} {{}}",
    ],
)
def test_the_answer_is_found_among_words_and_in_fences(around: str) -> None:
    reply, dropped = checked(around.format(answer(("shut-off", "proposes", ["shall shut off"]))))

    assert (quotes(reply), dropped) == ([("shut-off", True, ["shall shut off"])], 0)


def test_a_quote_may_differ_in_white_space_and_in_nothing_else() -> None:
    same = ["shut off the berth", "berth shall  stay", "The gateway\tshall"]
    reply, dropped = checked(answer(("shut-off", "proposes", [*same, "Shut off the berth", "shut off a berth"])))

    assert quotes(reply) == [("shut-off", True, ["The gateway shall", "shut off\nthe berth", "berth\u00a0shall stay"])]
    assert dropped == 2


@pytest.mark.parametrize(
    "quote", ["Before. The gateway", "After", "stay shut. After.", "", " ", "a", "the", ",", "ignore all"]
)
def test_words_from_outside_of_the_clause_and_what_says_nothing_are_no_quotes(quote: str) -> None:
    reply, dropped = checked(answer(("shut-off", "proposes", [quote])))

    assert (reply.labels, dropped) == ((), 1)


def test_a_label_without_a_quote_counts_neither_as_said_nor_as_denied() -> None:
    reply, _ = checked(answer(("shut-off", "proposes", ["invented words"])))

    assert reply.asked == ("redress",)


def test_a_label_said_twice_is_one_that_proposes_if_one_does() -> None:
    twice = (("shut-off", "context", ["stay shut"]), ("shut-off", "proposes", ["shut off"]))
    reply, _ = checked(answer(*twice))

    assert quotes(reply) == [("shut-off", True, ["shut off", "stay shut"])]


def test_a_label_may_be_given_by_name_and_may_be_one_that_was_not_asked_about() -> None:
    reply, _ = checked(answer((load().safeguards["continuity"].name.upper(), "context", ["shall stay shut"])))

    assert quotes(reply) == [("continuity", False, ["shall stay shut"])]
    assert reply.asked == ("shut-off", "redress")


def test_labels_stand_in_the_order_of_the_taxonomy() -> None:
    reply, _ = checked(answer(("redress", "context", ["shall"]), ("shut-off", "proposes", ["shut off"])))

    assert [label.label for label in reply.labels] == ["shut-off", "redress"]


def test_words_beside_the_form_are_not_kept() -> None:
    entry = {"label": "shut-off", "stance": "context", "quotes": ["shut off"], "why": "SECRET"}
    content = json.dumps({"note": "SECRET", "labels": [entry]})
    claims = claims_in(content, load())

    assert not isinstance(claims, UnreadReason)
    assert "SECRET" not in as_json(claims)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("网关应切断任何未付费用户的服务。", "切断任何未付费用户"),
        ("Шлюз должен отключать абонента.", "отключать абонента"),
        ("يجب على البوابة قطع الخدمة عن المشترك", "قطع الخدمة"),
        ("La passerelle coupe l\u2019accès de l\u2019abonné.", "coupe l\u2019accès"),
        (
            "The gate\u00adway shall\u200b shut\u2028off the berth \U0001f6a2.",
            "gateway shall shut off the berth \U0001f6a2",
        ),
    ],
)
def test_quotes_are_found_in_every_script(text: str, quote: str) -> None:
    reply, dropped = checked(answer(("shut-off", "proposes", [quote])), text, Span(0, len(text)))

    assert dropped == 0
    assert legible(quotes(reply, text)[0][2][0]) == quote


@settings(max_examples=40)
@given(st.text(max_size=60), st.text(max_size=20))
def test_what_is_found_reads_as_the_quote_does_and_lies_inside(text: str, quote: str) -> None:
    place = find(quote, text, Span(0, len(text)))

    assert place is None or (legible(place.of(text)) == legible(quote) and place.end <= len(text))


def nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    names = st.sampled_from(["labels", "label", "stance", "quotes"])
    return st.lists(inner, max_size=3) | st.dictionaries(names, inner)


LEAVES = st.none() | st.booleans() | st.sampled_from(["shut-off", "proposes", "shut off"])


@settings(max_examples=60)
@given(st.text(max_size=200) | st.recursive(LEAVES, nested).map(json.dumps))
def test_no_answer_of_any_kind_gets_in_but_as_claims_of_known_labels(content: str) -> None:
    claims = claims_in(content, load())

    assert isinstance(claims, UnreadReason) or {claim.label for claim in claims} <= set(load().labels)


def passes(*answers: tuple[str, str, int] | None) -> ClauseAnswer:
    """Return the average of answers with one label each, or none."""
    contents = [
        {"labels": []}
        if one is None
        else {"labels": [{"label": one[0], "stance": one[1], "readers": one[2], "quotes": ["shut off"]}]}
        for one in answers
    ]
    return averaged([checked(json.dumps(content))[0] for content in contents], load())


def test_what_half_of_the_passes_propose_counts_with_the_average_of_all() -> None:
    (label,) = passes(("shut-off", "proposes", 9), None).labels

    assert (label.label, label.proposes, label.readers) == ("shut-off", True, 5)


def test_what_fewer_passes_propose_is_a_mention_if_half_of_them_see_it() -> None:
    (label,) = passes(("shut-off", "proposes", 9), ("shut-off", "context", 3), None).labels

    assert (label.stance, label.readers) == (AnswerStance.CONTEXT, 0)


def test_what_one_of_three_passes_sees_is_left_out() -> None:
    assert passes(("shut-off", "proposes", 9), None, None).labels == ()


def test_passes_are_in_the_order_of_the_taxonomy_whichever_answered_first() -> None:
    first, second = passes(("redress", "proposes", 9), ("shut-off", "proposes", 9)).labels

    assert (first.label, second.label) == ("shut-off", "redress")


def test_one_answer_is_its_own_average() -> None:
    single, _ = checked(answer(("shut-off", "proposes", ["shall shut off"])))

    assert averaged([single], load()) == single


def test_a_pass_without_words_of_the_clause_does_not_lower_the_average() -> None:
    quoted, _ = checked(answer(("shut-off", "proposes", ["shall shut off"])))
    unquoted, dropped = checked(answer(("shut-off", "proposes", ["words that are not there"])))

    (joint,) = averaged([quoted, unquoted], load()).labels

    assert dropped == 1
    assert joint.readers == quoted.labels[0].readers
