import pytest

from impact.stems import singular, stem


def test_forms_of_one_word_have_one_stem():
    assert stem("records") == stem("recorded") == stem("recording")


@pytest.mark.parametrize(
    ("noun", "one"), [("operators", "operator"), ("authorities", "authority"), ("access", "access"), ("ties", "tie")]
)
def test_the_singular_is_told_by_the_ending(noun, one):
    assert singular(noun) == one
