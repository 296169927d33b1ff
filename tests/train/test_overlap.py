"""Near duplicates are pairs that share more than half of the 5-grams of the shorter text."""

from tests.train.overlap import near_duplicates

TIDE = "The harbor master reads the tide gauge each morning at six"


def test_a_text_within_a_longer_one_is_its_near_duplicate() -> None:
    assert near_duplicates(["Lanterns burn oil.", TIDE, f"It is known that {TIDE.lower()}, and again at noon."]) == (
        (1, 2),
    )


def test_texts_that_share_half_of_their_wording_are_none() -> None:
    assert near_duplicates([TIDE, "The harbor master reads the tide tables that the town prints in spring"]) == ()


def test_short_texts_are_near_duplicates_where_they_are_equal() -> None:
    assert near_duplicates(["Lanterns burn oil.", "lanterns burn oil", "Lanterns burn gas."]) == ((0, 1),)
