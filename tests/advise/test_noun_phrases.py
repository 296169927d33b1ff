"""Who acts in a sentence and what it concerns: found in many forms, or not at all."""

import tomllib
from importlib.resources import files

import pytest

from impact.advise.question_library import wording
from impact.advise.questions.noun_phrases import actor, thing
from impact.advise.readings import Readings
from impact.records import Span
from impact.taxonomy import load


def told(phrases):
    return "".join(phrase.text for phrase in phrases)


def who(sentence, at=None):
    place = len(sentence) if at is None else sentence.index(at)
    return told(actor(sentence, Span(0, len(sentence)), place, Readings(sentence)))


def what(sentence, mechanism, quoted=""):
    start = sentence.index(quoted)
    return told(
        thing(sentence, Span(0, len(sentence)), (Span(start, start + len(quoted)),), mechanism, Readings(sentence))
    )


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The operator shall keep the list.", "the operator"),
        ("An operator must keep the list.", "the operator"),
        ("Each registry MUST keep the list.", "each registry"),
        ("All registrars SHOULD keep the list.", "all registrars"),
        ("Forwarding nodes shall keep the list.", "forwarding nodes"),
        ("Registries MAY keep the list.", "registries"),
        ("CSPs shall keep the list.", "CSPs"),
        ("The AMF shall keep the list.", "the AMF"),
        ("The P-CSCF can keep the list.", "the P-CSCF"),
        ("All lists given by the AP shall be kept by the reqLEMF.", "the reqLEMF"),
        ("The list shall be kept by the xIRI.", ""),
        ("The user agent may keep the list.", "the user agent"),
        ("The Authorized Organization may keep the list.", "the Authorized Organization"),
        ("The 3G MSC Server shall keep the list.", ""),
        ("The trust center can optionally keep the list.", "the trust center"),
        ("The platform is required to keep the list.", "the platform"),
        ("The platforms are recommended to keep the list.", "the platforms"),
        ("The client has to keep the list.", "the client"),
        ("The node shall also keep the list.", "the node"),
        (
            "Before a terminal is given an address, the attachment function shall keep the list.",
            "the attachment function",
        ),
        ("If a code is withdrawn, the registry MUST keep the list.", "the registry"),
        ("A user may ask, but the middlebox will keep the list.", "the middlebox"),
        ("The relay and the gateway shall keep the list.", "the relay"),
        ("The list shall be kept by the operator.", "the operator"),
        ("The list shall be securely stored by all registrars of the harbor.", "all registrars"),
        ("The server stores the list.", "the server"),
        ("The lock keeper reports each barge.", "the lock keeper"),
        ("Harbor Gate Token (HGT) providers may keep the list.", "HGT providers"),
    ],
)
def test_actor_is_the_subject_or_the_agent(sentence, name):
    assert who(sentence) == name


@pytest.mark.parametrize(
    "sentence",
    [
        "The list shall be kept.",
        "The list shall be kept on a server by noon.",
        "The address may be obtained from a server run by the vendor.",
        "The identifier shall have 32 bits.",
        "The message header must end here.",
        "It shall keep the list.",
        "The entity shall keep the list.",
        "Both parties shall keep the list.",
        "This shall keep the list.",
        "They may keep the list.",
        "All traffic between networks shall pass.",
        "The timer of the node shall stop.",
        "A list of the registrars shall exist.",
        "There shall be a server.",
        "All passes issued with this DSC will end.",
        "Ensuring user's smartphone applications can record it.",
        "User's applications will fetch it.",
        "The PTZVector shall point there.",
        "The device identifiers are short.",
        "Keeping lists is for the operator.",
        "IRI may be late.",
        "Whoever keeps the list, he shall keep it well.",
        "",
        "shall",
        "The shall",
    ],
)
def test_what_cannot_act_or_cannot_be_told_is_no_actor(sentence):
    assert who(sentence) == ""


def test_last_verb_before_the_finding_decides_who_acts():
    sentence = "The user may ask the keeper, and the keeper shall log the visit."

    assert who(sentence, "log") == "the keeper"
    assert who(sentence, "ask") == "the user"


@pytest.mark.parametrize(
    ("sentence", "mechanism", "quoted", "name"),
    [
        (
            "It shall report the location of the subscriber.",
            "location-tracking",
            "report",
            "the location of the subscriber",
        ),
        ("It reports location.", "location-tracking", "location", "the location"),
        ("It reports a precise location.", "location-tracking", "location", "the precise location"),
        ("It reports its position to the hub.", "location-tracking", "position", "the position"),
        ("Each position shall be sent.", "location-tracking", "position", "each position"),
        ("All positions shall be sent.", "location-tracking", "positions", "the positions"),
        ("Location information is sent.", "location-tracking", "Location", "the location information"),
        ("The Civic Address is sent.", "location-tracking", "sent", ""),
        ("The attachment records shall be stored.", "logging-retention", "stored", "the attachment records"),
        ("Records of each visit are stored.", "logging-retention", "stored", "the records"),
        ("The IMSI of the target UE is used.", "persistent-identifiers", "used", "the IMSI of the target UE"),
        (
            "The Interception Point Identifier is used.",
            "persistent-identifiers",
            "used",
            "the Interception Point Identifier",
        ),
        ("Multiple Harbor Identifier fields are sent.", "persistent-identifiers", "sent", "the Harbor Identifier"),
        ("It inspects the payload of the user's packets.", "traffic-inspection", "payload", "the payload"),
        ("It refuses those without an identity document.", "access-gating", "without", "the identity document"),
        ("The visit log is kept.", "logging-retention", "log", "the visit log"),
        ("Each data is kept.", "logging-retention", "data", "the data"),
        ("All data are kept.", "logging-retention", "data", "the data"),
        ("Queries are kept.", "logging-retention", "kept", "the queries"),
        ("Mobile Harbor Credential holders enter.", "identity-binding", "", "the Mobile Harbor Credential"),
    ],
)
def test_thing_is_named_with_what_belongs_to_it(sentence, mechanism, quoted, name):
    assert what(sentence, mechanism, quoted) == name


@pytest.mark.parametrize("joint", [" and ", ", ", ", and "])
def test_verbs_in_a_row_share_their_subject(joint):
    sentence = f"If it is late, the registry MUST stop the name{joint}MUST log the visit."

    assert who(sentence, "log") == "the registry"


def test_thing_in_the_words_of_the_finding_comes_first():
    sentence = "The log of calls holds the history of visits."

    assert what(sentence, "logging-retention", "history") == "the history"
    assert what(sentence, "logging-retention", "The log") == "the log"


def test_words_of_the_document_keep_their_place():
    sentence = "The Registry shall keep it."

    phrases = actor(sentence, Span(0, len(sentence)), 20, Readings(sentence))

    assert [(phrase.text, phrase.span) for phrase in phrases] == [("the ", None), ("registry", Span(4, 12))]


def test_word_over_a_line_end_is_told_on_one_line():
    sentence = "The user\nagent shall keep it."

    assert who(sentence) == "the user agent"


def test_lists_name_every_mechanism_and_no_other():
    assert set(wording().things) == set(load().mechanisms)


def test_no_word_of_a_list_stands_twice():
    file = files("impact.advise.questions") / "questions.toml"
    grammar = tomllib.loads(file.read_text("utf-8"))["nouns"]
    for name in ("prepositions", "actors", "determiners", "qualifiers", "owners"):
        assert len(grammar[name]) == len(set(grammar[name])), name
