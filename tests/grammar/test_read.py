"""A sentence says who does what to whom, how firmly, and in whose name."""

import pytest

from impact.grammar import Certainty, Matter, Party, Polarity, Reading, Trait, Voice, read
from impact.records import Span
from impact.records.clause import Strength

POSITIVE, NEGATIVE = Polarity.POSITIVE, Polarity.NEGATIVE
MUST, SHOULD, MAY, DESCRIPTIVE = Strength.MUST, Strength.SHOULD, Strength.MAY, Strength.DESCRIPTIVE


def read_alone(sentence: str) -> Reading:
    return read([sentence])[0]


def text_of(trait: Trait) -> str:
    return "" if trait.value is None else trait.value.text


@pytest.mark.parametrize(
    ("sentence", "actor", "action", "object_"),
    [
        ("The gateway sends a summary to the collector.", "gateway", "send", "summary"),
        ("A summary is sent by the gateway every hour.", "gateway", "send", "summary"),
        ("A summary is sent every hour.", "", "send", "summary"),
        ("It is recommended that mobile operators delete old records.", "mobile operators", "delete", "old records"),
        ("Operators are required to keep a register of requests.", "Operators", "keep", "register"),
        ("The subscriber is able to inspect the file.", "subscriber", "inspect", "file"),
        ("The registry fails to inform the holder.", "registry", "inform", "holder"),
        ("The ministry is responsible for issuing the cards.", "ministry", "issue", "cards"),
        ("There is a black list at each node.", "", "be", "black list"),
        ("Remove the name before storage.", "", "remove", "name"),
        ("This field is optional.", "field", "be", "optional"),
        ("The wallet relies on the consent of the holder.", "wallet", "rely", "consent"),
        ("The platform allows an advertiser to follow visitors.", "platform", "allow", "advertiser"),
        ("The field returned by the call contains a token.", "field", "contain", "token"),
        ("The client uses the token to open the door.", "client", "use", "token"),
        ("The token is used to open the door.", "token", "open", "door"),
        ("The address is encrypted by default.", "", "encrypt", "address"),
    ],
)
def test_who_does_what_to_what(sentence: str, actor: str, action: str, object_: str) -> None:
    reading = read_alone(sentence)

    assert (text_of(reading.actor), reading.action.value, text_of(reading.object)) == (actor, action, object_)


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("The provider shall keep the logs.", POSITIVE),
        ("The provider shall not keep the logs.", NEGATIVE),
        ("The provider never keeps the logs.", NEGATIVE),
        ("No logs are kept by the provider.", NEGATIVE),
        ("The provider keeps no logs.", NEGATIVE),
        ("Neither the provider nor the platform keeps the logs.", NEGATIVE),
        ("Providers are prohibited from keeping logs.", NEGATIVE),
        ("The provider fails to protect the logs.", NEGATIVE),
        ("The extension erodes the anonymity of readers.", NEGATIVE),
        ("The relay prevents linking of requests.", NEGATIVE),
        ("The relay must not prevent access to the mirror.", POSITIVE),
        ("The reader is unable to leave the list.", NEGATIVE),
        ("It is impossible to leave the list.", NEGATIVE),
        ("The provider keeps logs without naming the reader.", POSITIVE),
        ("The provider shall keep not only the logs but also the keys.", POSITIVE),
        ("Not all providers keep the logs.", POSITIVE),
        ("The provider shall keep logs that do not name the reader.", POSITIVE),
    ],
)
def test_what_is_denied_does_not_come_about(sentence: str, polarity: Polarity) -> None:
    assert read_alone(sentence).polarity.value is polarity


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("The client MUST send a nonce.", MUST),
        ("The client shall send a nonce.", MUST),
        ("The client is required to send a nonce.", MUST),
        ("The client is to send a nonce.", MUST),
        ("The client may not send a nonce.", MUST),
        ("The client is not allowed to send a nonce.", MUST),
        ("Sending a nonce is mandatory.", MUST),
        ("It is recommended that the client send a nonce.", SHOULD),
        ("The client **SHOULD NOT** send a nonce.", SHOULD),
        ("The client may send a nonce.", MAY),
        ("The client is free to send a nonce.", MAY),
        ("The client is not required to send a nonce.", MAY),
        ("The client must not be required to send a nonce.", MAY),
        ("The nonce is optional.", MAY),
        ("The client sends a nonce that must be fresh.", DESCRIPTIVE),
        ("The client can send a nonce.", DESCRIPTIVE),
        ("The aim of the nonce is to prove freshness.", DESCRIPTIVE),
    ],
)
def test_strength_is_that_of_the_main_verb(sentence: str, strength: Strength) -> None:
    assert read_alone(sentence).strength.value is strength


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("If the court agrees, the line is cut.", "If the court agrees"),
        ("The line is cut when the bill is late.", "when the bill is late"),
        ("The line shall not be cut unless the subscriber consents.", "unless the subscriber consents"),
        ("Upon request, the registry returns the entry.", "Upon request"),
        ("The line is cut because the bill is late.", None),
    ],
)
def test_a_condition_is_quoted_and_a_reason_is_none(sentence: str, condition: str | None) -> None:
    span = read_alone(sentence).condition.value

    assert (None if span is None else span.of(sentence)) == condition


@pytest.mark.parametrize(
    ("sentence", "party", "matter"),
    [
        ("The network operator records the location of the handset.", Party.PROVIDER, Matter.WHEREABOUTS),
        ("The police request the traffic of the suspect.", Party.AUTHORITY, Matter.CONTENT),
        ("A malicious node reads the messages.", Party.ATTACKER, Matter.CONTENT),
        ("The subscriber withdraws consent.", Party.PERSON, Matter.PROTECTION),
        ("The AMF returns the identifier of the device.", Party.SYSTEM, Matter.IDENTITY),
        ("This memo lists the records.", Party.DOCUMENT, Matter.DATA),
        ("Serendipity changes the weather.", Party.OTHER, Matter.OTHER),
    ],
)
def test_roles_and_kinds_of_objects_come_from_lists(sentence: str, party: Party, matter: Matter) -> None:
    reading = read_alone(sentence)

    assert (reading.party.value, reading.matter.value) == (party, matter)


@pytest.mark.parametrize(
    "sentence",
    [
        "The operator shall retain the records for two years.",
        "If the token is stale, the server rejects the request.",
        "Implementations SHOULD NOT expose the address.",
        "The node encrypts the payload.",
        "Clients are free to use a pseudonym.",
        "This specification requires that wallets ask for consent.",
    ],
)
def test_a_document_lays_down_its_own_rule(sentence: str) -> None:
    assert read_alone(sentence).voice.value is Voice.OWN_RULE


@pytest.mark.parametrize(
    "sentence",
    [
        "An attacker could learn the address of the reader.",
        "Some governments have blocked such services.",
        "Lawful interception is out of scope.",
        "This memo does not define how keys are stored.",
        "However, tracking of readers is a serious risk.",
        "Many operators currently keep such records.",
        "For example, a bakery might count its visitors.",
        "Section 4 describes the protocol.",
        "We believe that this is useful.",
    ],
)
def test_a_document_talks_of_others_of_risks_and_of_itself(sentence: str) -> None:
    assert read_alone(sentence).voice.value is Voice.TALK


def test_what_stands_behind_a_denial_is_denied_anywhere_in_the_sentence() -> None:
    sentence = "The portal serves pages without tracking visitors and prevents profiling, unless a court objects."
    reading = read_alone(sentence)
    words = ("pages", "visitors", "profiling", "court")

    denied = [word for word in words if reading.denies(Span(at := sentence.index(word), at + len(word)))]

    assert denied == ["visitors", "profiling"]


def test_marks_of_layout_do_not_move_the_spans() -> None:
    sentence = "3. **Wallets** MUST NOT send the `device name` [RFC2119]."
    reading = read_alone(sentence)

    assert reading.actor.value is not None
    assert reading.object.value is not None
    assert reading.actor.value.span.of(sentence) == "Wallets"
    assert reading.object.value.span.of(sentence) == "device name"


@pytest.mark.parametrize("sentence", ["", " ", "Table of contents", "."])
def test_without_a_verb_the_reading_abstains(sentence: str) -> None:
    reading = read_alone(sentence)

    assert {reading.actor.certainty, reading.action.certainty, reading.polarity.certainty} == {Certainty.ABSTAIN}


@pytest.mark.parametrize(
    "sentence",
    [
        "It is recommended that the mobile operator delete call records.",
        "The portal shall, where a court so orders, block the page.",
    ],
)
def test_where_the_parse_lost_its_way_the_reading_abstains(sentence: str) -> None:
    reading = read_alone(sentence)

    assert reading.action.certainty is Certainty.ABSTAIN
    assert reading.strength.value in {MUST, SHOULD}


def test_the_role_of_a_pronoun_is_not_guessed() -> None:
    assert read_alone("It stores the names of visitors.").party == Trait(None, Certainty.ABSTAIN)


def test_sentences_are_read_in_their_order_each_alone() -> None:
    sentences = ["The hub sends a token.", "", "The police may open the file."]

    assert read(sentences) == tuple(read_alone(sentence) for sentence in sentences)


def test_an_abstaining_trait_has_no_value() -> None:
    with pytest.raises(ValueError, match="abstains"):
        Trait("send", Certainty.ABSTAIN)


def test_denial_behind_what_it_hangs_on_denies_nothing() -> None:
    reading = read_alone("Wallets bits: 0 no, 1 yes no value No")

    assert all(span.start < span.end for span in reading.denied)


def test_half_a_surrogate_pair_is_read_like_any_letter() -> None:
    assert read_alone("The hub \ud800 sends a token.").action.value == "send"
