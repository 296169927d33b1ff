"""How likely somebody who asks what a text does to people is to want to see each of its passages."""

from impact.salience.library import PROTECTION, SENTENCES, digest, heads_cases, leaning, weights
from impact.salience.traits import label_traits, sentence_traits
from impact.salience.weighing import light_traits, salience_of, with_network, with_topics

__all__ = [
    "PROTECTION",
    "SENTENCES",
    "digest",
    "heads_cases",
    "label_traits",
    "leaning",
    "light_traits",
    "salience_of",
    "sentence_traits",
    "weights",
    "with_network",
    "with_topics",
]
