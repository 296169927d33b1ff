"""What the binding verbs of a sentence rule."""

import pytest

from impact.grammar import ruled
from impact.records import Span


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("The gateway shall store the session and report it to the authority.", "report", True),
        ("The gateway shall ensure that each record is kept.", "record", True),
        ("The operator must keep the log, and the log is read by the police.", "police", False),
        ("The key must be kept secret, so it is no identifier, but each user has a number.", "number", False),
        ("The log is read by the police.", "police", True),
    ],
)
def test_binding_verb_rules_its_own_statement_alone(sentence, word, expected):
    start = sentence.index(word)

    assert ruled(sentence, [Span(start, start + len(word))]) is expected
