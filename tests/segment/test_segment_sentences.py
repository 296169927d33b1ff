from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.records import Span
from impact.segment.sentences import LONGEST, sentences


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "This follows Sec. 4 and Fig. 2 of No. 7.",
        "Use a filter, e.g. Bloom's, i.e. A or B, vs. C, cf. Annex D.",
        "Nodes, links, etc. are kept.",
        "It was written by J. K. Miller in St. Gallen.",
        "Release v. 2.0.1 of the tool is needed.",
        "See cl. 5 and Art. 17 for this.",
        "It waited ... Then nothing came.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Keys follow RFC 2119. They rotate.", ["Keys follow RFC 2119.", "They rotate."]),
        ("It is defined in Annex A. The gateway logs.", ["It is defined in Annex A.", "The gateway logs."]),
        ("Why? Because! (So it is.) Done.", ["Why?", "Because!", "(So it is.)", "Done."]),
        ("It logs names. eNBs do not.", ["It logs names.", "eNBs do not."]),
        ("记录数据。不得删除。", ["记录数据。", "不得删除。"]),
        ("能否恢复\uff1f由机关决定\uff01不得删除。", ["能否恢复\uff1f", "由机关决定\uff01", "不得删除。"]),
        ("能否恢复?由机关决定。", ["能否恢复?", "由机关决定。"]),
        ("هل يمكن ذلك؟ لا يجوز. ويجب حفظه.", ["هل يمكن ذلك؟", "لا يجوز.", "ويجب حفظه."]),
        ("La red cae. ¿Puede leerla? ¡No!", ["La red cae.", "¿Puede leerla?", "¡No!"]),
        ("Il se tait. « La passerelle » doit couper.", ["Il se tait.", "« La passerelle » doit couper."]),
        ("Il dit : « Coupez. » Elle coupe.", ["Il dit : « Coupez. »", "Elle coupe."]),
        ("Он хранит данные. Узел ждет.", ["Он хранит данные.", "Узел ждет."]),
        ("См. рис. 2 и п. 4. Узел ждет.", ["См. рис. 2 и п. 4.", "Узел ждет."]),
    ],
)
def test_sentences_are_cut_at_their_ends(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_a_cell_ends_the_sentence_of_the_cell_before() -> None:
    text = "Source\tThe network shall log"

    spans = sentences(text, Span(0, len(text)), [0, 7])

    assert [span.of(text) for span in spans] == ["Source", "The network shall log"]


@given(st.text(alphabet=st.sampled_from("aB.!?… \t\n\"')(1。ж"), max_size=80))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = sentences(text, Span(0, len(text)))

    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(len(span) and span.of(text) == span.of(text).strip() for span in spans)


@pytest.mark.parametrize("text", ["word " * 5_000, "x" * 25_000], ids=["words", "one word"])
def test_a_sentence_without_end_is_cut_and_loses_no_letter(text: str) -> None:
    pieces = cut(text)

    assert len(pieces) > 2
    assert max(map(len, pieces)) <= LONGEST
    assert "".join("".join(pieces).split()) == "".join(text.split())
