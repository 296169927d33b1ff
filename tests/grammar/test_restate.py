"""Sentences of clauses restated: in their own nouns and with their own meaning, or not at all."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.grammar.restate import Provision, restated
from impact.grammar.restate.lexicon import words
from impact.records import Span

ROWS = tomllib.loads(Path(__file__).with_name("restated.toml").read_text(encoding="utf-8"))["restated"]


def spans(sentence, quotes):
    return tuple(Span(sentence.index(quote), sentence.index(quote) + len(quote)) for quote in quotes)


def provision(row):
    return Provision(
        row["sentence"],
        spans(row["sentence"], row.get("evidence", [])),
        row.get("stem", ""),
        tuple(row.get("items", [])),
        frozenset(row.get("common", [])),
        claims=row.get("claims", False),
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.get('stem', '')} {row['sentence']}"[:70])
def test_sentence_is_restated_or_left(row):
    assert (restated(provision(row)) or "fallback") == row["expected"]


@pytest.mark.parametrize("row", [row for row in ROWS if row["expected"] != "fallback"], ids=lambda row: row["sentence"])
def test_statement_names_its_clause_once_is_short_and_keeps_words_that_limit(row):
    text = restated(provision(row))
    limits = {"only", "unless", "except", "if", "not", "no", "without", "when"}
    kept = limits & set(re.findall(r"\w+", row["expected"].lower().replace("forbids", "not")))
    kept |= {"not"} if "no" in kept else set()

    assert text.count("{0}") == 1
    assert len(text.split()) <= words().most_words
    assert limits & set(re.findall(r"\w+", row["sentence"].lower())) <= kept


def test_first_word_keeps_its_capital_only_where_the_text_always_writes_it_so():
    sentence = "Aurora shall keep the record."

    assert restated(Provision(sentence)) == "{0} requires Aurora to keep the record."
    assert restated(Provision(sentence, common=frozenset({"aurora"}))) == "{0} requires aurora to keep the record."


@given(st.text(max_size=80))
def test_any_text_is_restated_or_left(text):
    stated = restated(Provision(text))

    assert stated is None or stated.count("{0}") == 1
