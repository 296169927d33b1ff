"""Every language that can be told has a name."""

from impact.describe.language import LETTERS, _profiles
from impact.present.words import words


def test_every_language_that_can_be_told_has_a_name() -> None:
    told = {code for profiles in _profiles().values() for code in profiles}

    assert told | {*LETTERS.values(), "ja", "zh"} == words().languages.keys()
