"""What a sentence says is not there."""

import pytest

from impact.grammar import absent
from impact.records import Span


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("The node works where no parcel is sent.", True),
        ("The node works if the parcel is not known.", True),
        ("The node works without a parcel.", True),
        ("The node sends the parcel where no bird is seen.", False),
        ("The node shall not send the parcel.", False),
        ("The node sends each parcel.", False),
    ],
)
def test_thing_is_absent_where_a_condition_says_so(sentence, missing):
    start = sentence.index("parcel")

    assert absent(sentence, Span(0, len(sentence)), [Span(start, start + 6)]) is missing
