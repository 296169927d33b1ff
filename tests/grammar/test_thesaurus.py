"""Words that say the same, and words that say the contrary."""

from impact.grammar.thesaurus import alike, contrary


def test_words_of_one_kind_in_one_sense_are_alike():
    assert alike("verb", "buy", "purchase")
    assert not alike("noun", "buy", "purchase")


def test_a_noun_made_of_a_verb_in_other_letters_is_alike_whatever_its_kind():
    assert alike("noun", "seizure", "seize")


def test_contraries_are_so_both_ways():
    assert contrary("outdoor", "indoor")
    assert contrary("indoor", "outdoor")
    assert not contrary("indoor", "indoor")
