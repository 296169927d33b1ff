"""Restate a sentence: the first form of it that is short enough."""

import re
from typing import TYPE_CHECKING

from impact.grammar.parser import parse
from impact.grammar.restate.clause_parts import parts_of
from impact.grammar.restate.cutting import drafts_of
from impact.grammar.restate.forms import statement
from impact.grammar.restate.lexicon import words
from impact.grammar.restate.provision import Provision, running_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TORN = re.compile(r"\b(?:of|by|with|from|per|as|the|an?|and|or|for|than|in)\.$")
"""How a statement ends of which too much was left out."""


def restated(provision: Provision) -> str | None:
    """Return what a clause does by one of its sentences, in the nouns of the clause; "{0}" is where it is named.

    None is returned where the sentence cannot be restated for sure, for example where its parse leaves doubt, where it
    is a piece of a table, or where it means nothing without the sentence before it.

    Raises:
        MissingError: If the parser is absent or cannot be used.
    """
    running = running_words(provision)
    if running is None:
        return None
    (document,) = parse([running.text])
    parts = parts_of(document)
    if parts is None or _lacks_subject(document):
        return None
    for draft in drafts_of(parts, running.evidence, provision.common):
        text = statement(parts, draft, capitals=provision.capitals, claims=provision.claims)
        if len(text.split()) < words().most_words and not _TORN.search(text):
            return text
    return None


def _lacks_subject(document: "Doc") -> bool:
    """Return whether a sentence begins with a verb that is taken for a name: "Establishes Kim is the child".

    With a subject before it, such a word is the verb of the whole.
    """
    first, text = document[0], document.text
    if first.tag_ != "NNP" or first.dep_ != "compound" or not first.text.endswith("s"):
        return False
    (completed,) = parse([f"It {text[0].lower()}{text[1:]}"])
    return bool(completed[1].dep_ == "ROOT" and completed[1].tag_ == "VBZ")
