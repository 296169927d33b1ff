"""WordPiece: our own pieces against those of the library `tokenizers`."""

import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.classify.networks.wordpiece import tokens
from impact.paths import shelf

OTHERWISE = "\u1734\u166d"  # changed their kind after the tables of `tokenizers` were made
OLD = st.characters(codec="utf-8", exclude_characters=OTHERWISE).filter(
    lambda char: unicodedata.ucd_3_2_0.category(char) != "Cn"
)
WORDLIKE = st.text(st.sampled_from("abcdeéÅßİΣς\u03c3öﬁ -'\u2019_$.\t\u00ad\u200b0123中한"), max_size=40)


@cache
def vocabulary() -> dict[str, int]:
    lines = (shelf("models") / "encoder" / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


def pieces(text: str) -> list[str]:
    names = list(vocabulary())
    return [names[number] for number in tokens(text, vocabulary())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("The network SHALL log.", ["the", "network", "shall", "log", "."]),
        ("Déjà vu, façade", ["de", "##ja", "vu", ",", "facade"]),
        ("unblockable", ["un", "##block", "##able"]),
        ("log-in_time $5 a+b", ["log", "-", "in", "_", "time", "$", "5", "a", "+", "b"]),
        ("\u4e2d\u56fd", ["\u4e2d", "\u56fd"]),
        ("a\x00b\u200bc\u00add\ufffd", ["abc", "##d"]),
        ("one\u00a0two\u2028three\r\nfour", ["one", "two", "three", "four"]),
        ("a" * 100, ["aaa", *["##aa"] * 48, "##a"]),
        ("a" * 101 + " b", ["[UNK]", "b"]),
        ("[SEP]", ["[", "sep", "]"]),
    ],
)
def test_a_text_is_cut_as_bert_cuts_it(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@given(st.text(OLD) | WORDLIKE)
def test_any_text_is_cut_as_the_library_cuts_it(text: str) -> None:
    assert tokens(text, vocabulary()) == reference().encode(text, add_special_tokens=False).ids


@cache
def reference():
    library = pytest.importorskip("tokenizers", reason="tokenizers is an extra for developers")
    model = library.models.WordPiece(vocabulary(), max_input_chars_per_word=100, unk_token="[UNK]")  # noqa: S106
    cutter = library.Tokenizer(model)
    cutter.normalizer = library.normalizers.BertNormalizer()
    cutter.pre_tokenizer = library.pre_tokenizers.BertPreTokenizer()
    return cutter
