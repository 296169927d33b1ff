"""Names are hidden from the trained judge, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.classify.names import SIGN, Names, load, masked


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("China shall keep the logs.", "X shall keep the logs."),
        ("The Russian Federation and Norway agree.", "X and X agree."),
        ("Sent by Li Wei to Nokia Bell Labs.", "Sent by X to X."),
        ("Huawei Technologies Co., Ltd. asks AT&T.", "X. asks X."),
        ("A Chinese-made switch, as the U.S. proposed.", "A X-made switch, as X. proposed."),
        ("Alice's key and Bob\u2019s key", "X's key and X\u2019s key"),
        ("HUAWEI IN CHINA", "X IN X"),
        ("See ITU-T Y.2770.", "See X Y.2770."),
    ],
)
def test_names_become_one_sign(text: str, hidden: str) -> None:
    assert masked(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "The operator shall block the subscriber.",
        "The apple, the orange and the amazon are not names.",
        "Signal strength may vary; mark it with a bill or a grant.",
        "IMSI, TLS, LI and QoS are no names.",
        "",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert masked(text) == text


@given(st.sampled_from(sorted(load().starting)), st.sampled_from(sorted(load().starting)))
def test_which_name_stands_there_changes_nothing(one: str, other: str) -> None:
    first, second = (" ".join(load().starting[name][0]) for name in (one, other))

    texts = {masked(f"Terminals of {name} shall report to it.") for name in (first, second)}

    assert texts == {f"Terminals of {SIGN} shall report to it."}


def test_a_name_under_another_word_is_refused() -> None:
    with pytest.raises(ValueError, match="first"):
        Names({"Oslo": (("Bergen",),)}, frozenset())
