"""Changes of wording: the library, how they are worked into a clause, and which are chosen."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.advise import advise
from impact.advise.amendments.choosing import FIRST, FURTHER, amendments_of
from impact.advise.amendments.library import library
from impact.advise.amendments.working import EDITS, AmendedClause, runs, strengthened, worked
from impact.advise.context import Context
from impact.advise.openness.safeguard_gaps import gaps_of
from impact.records import Amendment, Block, BlockKind, Fate, Run, Span, Strength, TextSetting
from impact.taxonomy import load

FORBIDDEN = re.compile(
    r"\b(violat\w*|breach\w*|complian\w*|compl(y|ies|ied)|intent(ion\w*)?|motiv\w*|safe|safely)\b", re.IGNORECASE
)
ENTRIES = [(mechanism, entry) for mechanism, entries in library().items() for entry in entries]
WORDS = {
    "shall": "shall",
    "should": "should",
    "may": "may",
    "here": "this clause",
    "data": "the log",
    "named": "the log",
    "Data": "The log",
}
SLOTS = {"shall", "may", "here", "data", "Data", "named"}
ERASE = (
    "The person concerned shall have access to the records about them and shall be able to obtain their erasure, "
    "unless a court has ordered their preservation."
)
LIMIT = ", and for no longer than [N] days, after which the records are deleted automatically"
NEED = ", and only to the extent required for a stated purpose"
LOG = "The operator shall store the log of visits."


def entry(mechanism, name):
    return next(one for one in library()[mechanism] if one.id == name)


def ground(text, setting=TextSetting.TEXT, strength=Strength.MUST, sentence=None):
    return AmendedClause(text, sentence or Span(0, len(text)), setting, strength)


def done(mechanism, name, text, **how):
    """Return the text with the change marked, or nothing where the entry does not fit."""
    made = worked(entry(mechanism, name), ground(text, **how), WORDS)
    marks = {Fate.KEPT: "{}", Fate.DELETED: "[-{}-]", Fate.INSERTED: "[+{}+]"}
    return "".join(marks[run.fate].format(run.text) for run in runs(text, made[1])) if made else ""


def proposed(sheet):
    assessment = sheet.assessed()
    context = Context(assessment, load())
    return amendments_of(context, gaps_of(context))


def test_each_mechanism_has_four_amendments_or_more_that_need_no_word_of_the_clause():
    assert set(library()) == set(load().mechanisms)
    for mechanism, entries in library().items():
        free = [entry for entry in entries if not {"{data}", "{Data}"} & set(re.findall(r"\{\w+\}", entry.text))]
        assert len(free) >= 4, mechanism


@pytest.mark.parametrize(("mechanism", "one"), ENTRIES, ids=lambda one: getattr(one, "id", one))
def test_entry_brings_a_safeguard_that_answers_its_mechanism_or_says_why_not(mechanism, one):
    counters = load().safeguards[one.safeguard].counters

    assert mechanism in counters or one.although.endswith(".")
    assert not (mechanism in counters and one.although)


@pytest.mark.parametrize(("mechanism", "one"), ENTRIES, ids=lambda one: getattr(one, "id", one))
def test_entry_is_whole(mechanism, one):
    assert one.edit in EDITS
    assert one.source
    assert one.why.endswith(".")
    assert set(re.findall(r"\{(\w+)\}", one.text)) <= SLOTS
    assert not FORBIDDEN.search(f"{one.text} {one.why}"), mechanism
    assert one.edit != "sentence" or re.match(r"[A-Z{]", one.text)
    assert one.edit != "sentence" or one.text.endswith(".")
    assert one.edit not in {"condition", "limit", "permit"} or re.match(r", [a-z]", one.text)
    assert bool(one.find) is (one.edit == "narrow")


@pytest.mark.parametrize(
    ("mechanism", "name", "text", "marked"),
    [
        ("logging-retention", "erase", LOG, f"{LOG}[+ {ERASE}+]"),
        ("logging-retention", "limit", LOG, f"The operator shall store the log of visits[+{LIMIT}+]."),
        (
            "logging-retention",
            "shorter",
            "The log shall be stored for at least 24 months.",
            "The log shall be stored [-for at least 24 months-][+for no longer than [N] days+].",
        ),
        ("logging-retention", "optional", LOG, f"The operator [-shall-][+may+] store the log of visits[+{NEED}+]."),
        (
            "logging-retention",
            "optional",
            "The operator MUST store it.",
            "The operator [-MUST-][+MAY+] store it[+, and only to the extent required for a stated purpose+].",
        ),
        (
            "logging-retention",
            "optional",
            "It is required to read and to store it.",
            f"It [-is required to-][+can optionally+] read and [-to -]store it[+{NEED}+].",
        ),
        (
            "logging-retention",
            "optional",
            "It is required to store it and send it to A and to the node.",
            f"It [-is required to-][+can optionally+] store it and send it to A and to the node[+{NEED}+].",
        ),
        ("logging-retention", "optional", "It is required to store logs and to queries.", ""),
        ("traffic-inspection", "forbid", "Nodes may read it.", "Nodes [-may-][+shall not+] read it."),
        (
            "traffic-inspection",
            "no-fallback",
            "The kind shall be read from the tag or, where that is missing, found by deep packet inspection.",
            "The kind shall be read from the tag[- or, where that is missing, found by deep packet inspection-].",
        ),
        ("traffic-inspection", "forbid", "Nodes MUST read it.", "Nodes [-MUST-][+shall not+] read it."),
        (
            "traffic-inspection",
            "forbid",
            "A node is required to read and to keep it.",
            "A node [-is required to-][+is not permitted to+] read and to keep it.",
        ),
        (
            "third-party-disclosure",
            "closed-list",
            "Data including but not limited to names shall be sent.",
            "Data [-including but not limited to-][+namely+] names shall be sent.",
        ),
        (
            "third-party-disclosure",
            "closed-purpose",
            "Names are sent for billing and other purposes.",
            "Names are sent for billing[- and other purposes-].",
        ),
        (
            "missing-remedy",
            "undo",
            "The person is not informed, and the order is not subject to appeal.",
            "The person is not informed, and the order is [-not -]subject to appeal.",
        ),
        (
            "missing-remedy",
            "undo-notice",
            "The person is not informed, and the order is not subject to appeal.",
            "The person is [-not -]informed, and the order is not subject to appeal.",
        ),
        (
            "location-tracking",
            "coarsen",
            "The node shall send the position without any loss of precision.",
            (
                "The node shall send the position [-without any loss of precision-][+at a resolution no finer than the "
                "purpose requires+]."
            ),
        ),
        (
            "missing-remedy",
            "notify",
            "It shall cut the line without notifying the user.",
            "It shall cut the line [-without notifying-][+after informing+] the user.",
        ),
        (
            "central-control",
            "replace",
            "A single trust center shall issue keys.",
            "[-A single -][+More than one independent +]trust center shall issue keys.",
        ),
        (
            "central-control",
            "replace",
            "The sole registry, run by the ministry, shall issue keys.",
            (
                "[-The sole -][+More than one independent +]registry[-, run by the ministry-]"
                "[+, each operated by a different independent body+], shall issue keys."
            ),
        ),
        (
            "central-control",
            "replace",
            "A single registry, run by the ministry, shall keep the names of its region.",
            (
                "[-A single -][+More than one independent +]registry[-, run by the ministry-][+, each operated by a "
                "different independent body+], shall keep the names of [-its-][+the+] region."
            ),
        ),
        (
            "persistent-identifiers",
            "change",
            "The tag shall not change while the account lasts, so that it is known. It is short.",
            (
                "The tag [-shall not change while the account lasts, so that it is known-][+shall be changed at "
                "intervals of no more than [N] hours, so that it cannot be linked to an earlier one+]. It is short."
            ),
        ),
        (
            "traffic-discrimination",
            "criterion",
            "The node may slow packets of users who are not on the list of partners.",
            (
                "The node may slow packets [-of users who are not on the list of partners-][+while the network is "
                "congested, without regard to content, source, destination or application+]."
            ),
        ),
    ],
)
def test_change_is_worked_into_the_words_of_the_clause(mechanism, name, text, marked):
    assert done(mechanism, name, text) == marked


@pytest.mark.parametrize(
    ("name", "text", "how"),
    [
        ("limit", "The log shall be stored for 24 months.", {}),
        ("limit", "The log shall not be stored.", {}),
        ("limit", "The log shall be stored, provided that the user agrees.", {}),
        ("limit", "The log is stored.", {"strength": Strength.DESCRIPTIVE}),
        ("limit", "The wall shall be painted blue.", {}),
        ("limit", "the log of visits, which shall be stored;", {"setting": TextSetting.LIST}),
        ("limit", "log | shall be stored", {"setting": TextSetting.TABLE}),
        ("limit", f"The log shall be stored {'with care ' * 60}there.", {}),
        ("optional", "It shall store the log and shall keep it.", {}),
        ("optional", "It may store the log.", {"strength": Strength.MAY}),
        ("optional", "It shall never store the log.", {}),
        ("shorter", "The log shall be stored.", {}),
    ],
)
def test_change_that_does_not_fit_the_clause_is_not_made(name, text, how):
    assert done("logging-retention", name, text, **how) == ""


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("The log shall be stored, thus helping the keeper.", "The log shall be stored"),
        ("The log shall be stored, enabling a search.", "The log shall be stored"),
        ("The log shall be stored, thus ensuring that all can sleep.", "all can sleep"),
        ("The log shall be stored, sealed with wax.", "sealed with wax"),
    ],
)
def test_condition_goes_before_what_a_sentence_leads_to(text, after):
    assert f"{after}[+, and for no longer than" in done("logging-retention", "limit", text)


@pytest.mark.parametrize(
    ("setting", "text", "edit"),
    [
        (TextSetting.TABLE, "log | OCTET STRING", "add a paragraph after the table"),
        (TextSetting.LIST, "the log of visits;", "add a paragraph after the list"),
        (TextSetting.ASIDE, "log: The list of visits.", "add a paragraph after the clause"),
        (TextSetting.TEXT, "Log of the visits.", "add a paragraph after the clause"),
    ],
)
def test_outside_of_running_text_a_paragraph_is_added_and_the_words_stay(setting, text, edit):
    made = worked(entry("logging-retention", "aggregate"), ground(text, setting), WORDS)

    assert made[0] == edit
    assert [run.fate for run in runs(text, made[1])] == [Fate.KEPT, Fate.INSERTED]
    assert runs(text, made[1])[1].text.startswith("\n")


def test_sentence_is_added_after_the_one_that_carries_the_finding():
    text = "The log shall be kept. Paint it blue."

    marked = done("logging-retention", "aggregate", text, sentence=Span(0, 22))

    assert marked.startswith("The log shall be kept.[+ Aggregate data")
    assert marked.endswith("+] Paint it blue.")


@pytest.mark.parametrize(
    ("text", "sentence", "left"),
    [
        ("Nodes may read it. Paint it.", (0, 18), "Paint it."),
        ("Paint it. Nodes may read it.", (10, 28), "Paint it."),
        ("Paint. Nodes may read it. Dry.", (7, 25), "Paint. Dry."),
        ("Nodes may read it.", (0, 18), ""),
    ],
)
def test_deleted_sentence_leaves_no_double_blank(text, sentence, left):
    how = {"strength": Strength.MAY, "sentence": Span(*sentence)}
    made = worked(entry("traffic-inspection", "drop"), ground(text, **how), WORDS)

    assert "".join(run.text for run in runs(text, made[1]) if run.fate is Fate.KEPT) == left


def test_entry_that_needs_a_word_of_the_clause_does_not_fit_without_it():
    words = {name: word for name, word in WORDS.items() if name not in {"data", "Data"}}

    assert worked(entry("logging-retention", "period"), ground(LOG), words) is None


def test_prohibition_of_a_text_in_capitals_is_in_capitals():
    made = worked(entry("access-gating", "basic"), ground(LOG), {**WORDS, "shall": "MUST"})

    assert "MUST NOT be conditional" in made[1][0][2]


LETTERS = st.text(alphabet="abc .;:|\n\t()\u202e\u05d0", max_size=40)
MODALS = st.sampled_from(["shall", "MUST", "should", "may", "is required to", "is", "can optionally", "shall not"])
THINGS = st.sampled_from(
    ["store the log for 24 months", "a single hub", "not notified", "including but not limited to"]
)


@given(data=st.data())
def test_rejecting_gives_the_old_text_and_accepting_the_new_one(data):
    mechanism, one = data.draw(st.sampled_from(ENTRIES))
    parts = [data.draw(LETTERS), "The node ", data.draw(MODALS), " ", data.draw(THINGS), data.draw(LETTERS), "."]
    text = "".join(parts)
    start = data.draw(st.integers(0, len(text) - 1))
    sentence = Span(start, data.draw(st.integers(start + 1, len(text))))
    where = AmendedClause(text, sentence, data.draw(st.sampled_from(TextSetting)), data.draw(st.sampled_from(Strength)))
    made = worked(one, where, WORDS)
    if made is None:
        return

    amendment = Amendment(
        f"{mechanism}/{one.id}",
        "f",
        "c",
        one.safeguard,
        made[0],
        where.setting,
        runs(text, made[1]),
        one.why,
        one.source,
    )

    by_hand, shift = text, 0
    for first, last, new in made[1]:
        by_hand = by_hand[: first + shift] + new + by_hand[last + shift :]
        shift += len(new) - (last - first)
    assert amendment.old == text
    assert amendment.new == by_hand != text


@given(text=st.text(max_size=60), data=st.data())
def test_runs_of_any_changes_give_old_and_new_back(text, data):
    ends = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    changes = [(a, b, data.draw(st.text(max_size=5))) for a, b in zip(ends[::2], ends[1::2], strict=False)]

    made = runs(text, changes)

    assert "".join(one.text for one in made if one.fate is not Fate.INSERTED) == text
    assert all(one.text for one in made)
    assert all(one.fate is not other.fate for one, other in pairwise(made))


def test_weak_safeguard_is_made_to_bind(sheet):
    sheet.say("The node shall bind the name.", "1", proposes={"identity-binding": "bind the name"})
    weak = sheet.say("It should show an alias.", "2", strength="should", proposes={"pseudonymity": "an alias"})

    found = next(one for one in proposed(sheet) if one.id == "stronger")

    assert (found.clause, found.old, found.new) == (weak.id, "It should show an alias.", "It shall show an alias.")
    assert found.safeguard == "pseudonymity"


@pytest.mark.parametrize("word", ["where appropriate", "can"])
def test_weak_word_that_is_no_verb_is_not_replaced(word):
    text = f"It is hidden {word}."
    start = text.index(word)

    assert strengthened(ground(text), [Span(start, start + len(word))], "shall") is None


def test_clause_that_shows_a_power_best_gets_three_and_each_further_one_a_single_amendment(sheet):
    for number in ("1", "2"):
        sheet.say("The operator shall store the log.", number, proposes={"logging-retention": "store the log"})

    clauses = [one.clause for one in proposed(sheet)]

    assert clauses == ["1/0", "1/0", "1/0", "2/1"]


def test_amendments_of_one_clause_differ_in_kind_and_safeguard(sheet):
    sheet.say("The operator shall store the log.", "1", proposes={"logging-retention": "store the log"})

    found = proposed(sheet)

    assert len({one.edit for one in found}) == 3
    assert len({one.safeguard for one in found}) == 2


def test_safeguard_that_the_text_lacks_comes_before_one_that_it_has(sheet):
    sheet.say("The operator shall store the log.", "1", proposes={"logging-retention": "store the log"})
    sheet.say("Logs shall be erased.", "2", proposes={"retention-limits": "erased"})

    assert proposed(sheet)[0].safeguard == "minimisation"


def test_amendment_speaks_as_the_document_does(sheet):
    sheet.say("The operator MUST store it all.", "1", proposes={"shut-off": "store it all"})

    new = " ".join(one.new for one in amendments_of(Context(sheet.assessed(body="IETF"), load()), ()))

    assert "MUST" in new
    assert " shall " not in new


def test_row_of_a_table_gets_a_paragraph_after_it(sheet):
    clause = sheet.say("log | shall be stored.", "1", proposes={"logging-retention": "stored"})
    assessment = sheet.assessed({"blocks": (Block(clause.span, BlockKind.ROW),)})

    found = amendments_of(Context(assessment, load()), ())

    assert {(one.setting, one.edit) for one in found} == {(TextSetting.TABLE, "add a paragraph after the table")}
    assert all(one.old == "log | shall be stored." for one in found)


def test_equal_assessments_give_equal_advice(sheet):
    sheet.say("The operator shall store the log.", "1", proposes={"logging-retention": "store the log"})

    assert advise(sheet.assessed(), load()) == advise(sheet.assessed(), load())


@pytest.mark.parametrize(
    "given_runs",
    [
        (),
        (Run(Fate.KEPT, "a"),),
        (Run(Fate.KEPT, "a"), Run(Fate.INSERTED, "")),
        (Run(Fate.INSERTED, "a"), Run(Fate.INSERTED, "b")),
    ],
)
def test_amendment_that_changes_nothing_or_is_torn_is_refused(given_runs):
    whole = Amendment("i", "f", "c", "s", "e", TextSetting.TEXT, (Run(Fate.INSERTED, "a"),), "w", "s")

    with pytest.raises(ValueError, match="must change something"):
        replace(whole, runs=given_runs)


def test_clauses_of_one_power_are_offered_different_changes(sheet):
    for number in range(1, 4):
        sheet.say(f"The node shall cut off line {number}.", f"4.{number}", proposes={"shut-off": "cut off"})

    made = [
        amendment.id
        for amendment in advise(sheet.assessed(), load()).amendments
        if amendment.id.startswith("shut-off/") and amendment.id != "shut-off/strike"
    ]

    assert len(made) == len(set(made)) == 5


def test_no_notice_is_added_to_a_sentence_that_denies_it(sheet):
    sheet.say("The person is not informed of it.", "4.1", proposes={"missing-remedy": "not informed"})

    made = {amendment.id for amendment in advise(sheet.assessed(), load()).amendments}

    assert "missing-remedy/undo-notice" in made
    assert "missing-remedy/notice" not in made


def test_emergency_calls_are_left_to_clauses_about_communication(sheet):
    sheet.say("The issuer shall revoke the attestation.", "4.1", proposes={"shut-off": "revoke the attestation"})

    made = {amendment.id for amendment in advise(sheet.assessed(), load()).amendments}

    assert "shut-off/emergency" not in made
    assert any(one.startswith("shut-off/") for one in made)


def test_a_doubtful_finding_gets_no_amendment_beside_a_firm_one(sheet):
    sheet.say("The node shall cut off line 1.", "4.1", proposes={"shut-off": "cut off"})
    sheet.say("The node shall cut off line 2.", "4.2", proposes={"shut-off": "cut off"}, doubtful=True)

    assessment = sheet.assessed()

    assert {amendment.clause for amendment in advise(assessment, load()).amendments} == {assessment.clauses[0].id}


def test_a_power_found_only_doubtfully_gets_no_amendment(sheet):
    sheet.say("The node shall cut off line 1.", "4.1", proposes={"shut-off": "cut off"}, doubtful=True)

    assert advise(sheet.assessed(), load()).amendments == ()


def test_sentence_that_leaves_the_matter_open_is_not_amended(sheet):
    sheet.say("The mapping of the location is for further study.", "4", proposes={"location-tracking": "location"})

    assert not proposed(sheet)


@pytest.mark.parametrize(("other", "consent"), [({}, True), ({"lawful-access": "to the agency"}, False)])
def test_consent_is_not_proposed_where_a_clause_gives_access_to_authorities(sheet, other, consent):
    words = "The operator shall deliver the location of the subscriber to the agency."
    sheet.say(words, "4", proposes={"location-tracking": "location of the subscriber", **other})

    guards = {one.safeguard for one in proposed(sheet) if one.id.startswith("location-tracking/")}

    assert guards
    assert ("user-control" in guards) is consent


@pytest.mark.parametrize(
    ("words", "hung"),
    [
        ("The operator shall deliver the content to the agency.", True),
        ("All information shall be forwarded by the facility.", True),
        ("The facility receives the request and shall also be able to decrypt the content.", True),
        ("For the identifier only letters and digits shall be used.", False),
        ("The facility shall implement buffering for the delivery of a set.", False),
    ],
)
def test_proof_of_authorisation_is_hung_on_an_act_of_access_alone(words, hung):
    assert bool(done("lawful-access", "proof", words)) is hung


@pytest.mark.parametrize(
    ("words", "hung"),
    [
        ("There shall be a store of visits for each subscriber.", False),
        ("O visitLog The log of visits. It shall be stored.", True),
    ],
)
def test_no_limit_is_hung_on_words_that_say_what_there_is(words, hung):
    sentence = Span(words.rindex("It"), len(words)) if hung else None

    assert bool(done("logging-retention", "limit", words, sentence=sentence)) is hung


@pytest.mark.parametrize(
    "words", ["O visitLog The log shall be stored.", "(e.g. by post) where the log shall be stored."]
)
def test_row_or_torn_sentence_gets_a_paragraph_after_it(words):
    made = done("logging-retention", "erase", words)

    assert made == f"{words}[+\n{ERASE}+]"
    assert not done("logging-retention", "limit", words)


def test_what_an_introduction_tells_is_left_as_it_is_where_a_rule_shows_the_power(sheet):
    mark = {"third-party-disclosure": "pass on the name"}
    sheet.say("Offices pass on the name.", "", ("Introduction",), strength="descriptive", proposes=mark)
    rule = sheet.say("The office shall pass on the name of the person.", "4", ("4 Rules",), proposes=mark)

    assert {one.clause for one in proposed(sheet)} == {rule.id}


def test_record_of_each_access_is_proposed_where_something_is_handed_over(sheet):
    sheet.say(
        "The header shall have a number of the warrant.", "4", proposes={"lawful-access": "number of the warrant"}
    )
    rule = sheet.say("The node shall deliver the calls.", "5", proposes={"lawful-access": "deliver the calls"})

    assert {one.clause for one in proposed(sheet)} == {rule.id}


def test_first_clause_that_amendments_fit_gets_most_of_them(sheet):
    sheet.say(
        "The header shall have a number of the warrant.", "4", proposes={"lawful-access": "number of the warrant"}
    )
    for number in ("5", "6"):
        sheet.say("The node shall deliver the calls.", number, proposes={"lawful-access": "deliver the calls"})

    changed = [one.clause.split("/")[0] for one in proposed(sheet)]

    assert (changed.count("5"), changed.count("6")) == (FIRST, FURTHER)


def test_what_only_tells_how_things_are_gets_no_rule_added(sheet):
    mark = {"logging-retention": "stores the visits"}
    sheet.say("The office stores the visits.", "4", strength="descriptive", proposes=mark)
    sheet.say("It may be cold, and the office stores the visits. Others may wait.", "5", proposes=mark)
    rule = sheet.say("The office shall be one that stores the visits.", "6", proposes=mark)

    assert rule.id in {one.clause for one in proposed(sheet)}
    assert not any(one.clause.startswith("4/") for one in proposed(sheet))


def test_words_that_deny_a_remedy_are_struck_from_a_sentence_that_is_no_rule(sheet):
    words = "The person is not informed of the measure."
    sheet.say(words, "4", strength="descriptive", proposes={"missing-remedy": "not informed"})

    assert [one.edit for one in proposed(sheet)] == ["delete words"]


def test_item_of_a_list_is_a_rule_by_the_verb_of_its_stem(sheet):
    from dataclasses import replace

    stem = sheet.say("The registry shall:", "4")
    item = sheet.say("keep the log of visits", "4 a)", proposes={"logging-retention": "keep the log"})
    sheet.clauses[-1] = replace(item, stem=stem.span)

    assert {one.clause for one in proposed(sheet)} == {item.id}


def test_ability_that_was_required_is_permitted_in_plain_words():
    made = done("content-blocking", "user-side", "The gateway shall be able to block the site.")

    assert made.startswith("The gateway [-shall be able to-][+may+] block the site")


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("The facility shall deliver the records.", True),
        ("The facility shall convert the records and deliver them to the next stage.", False),
    ],
)
def test_what_bears_on_handing_over_fits_only_where_handing_over_is_ruled(words, fits):
    assert bool(done("lawful-access", "notice", words)) is fits


def test_encryption_is_left_to_clauses_that_speak_of_what_can_be_encrypted():
    assert not done("lawful-access", "end-to-end", "The records shall be made available on request.")
    assert not done("lawful-access", "end-to-end", "A header shall be made that holds the payload.")
    assert done("lawful-access", "end-to-end", "The content shall be made available on request.")


def test_a_target_is_not_proposed_to_stay_unnamed(sheet):
    words = "The operator shall report the location of the subscriber to the agency."
    sheet.say(words, "4", proposes={"location-tracking": "location of the subscriber", "lawful-access": "report"})

    assert "pseudonymity" not in {one.safeguard for one in proposed(sheet)}


def test_nothing_is_proposed_for_code(sheet):
    clause = sheet.say("store [1] Log -- shall be stored.", "1", proposes={"logging-retention": "stored"})

    assert not amendments_of(Context(sheet.assessed({"blocks": (Block(clause.span, BlockKind.CODE),)}), load()), ())


def test_consent_is_not_proposed_where_the_clause_may_hand_over_to_authorities(sheet):
    sheet.say("The node shall report the position.", "1", proposes={"location-tracking": "report the position"})
    clear = safeguards_of(sheet.assessed())
    finding = replace(sheet.findings[0], id="x", mechanism="lawful-access", doubtful=True)
    sheet.findings.append(finding)

    assert "user-control" in clear
    assert "user-control" not in safeguards_of(sheet.assessed())


def test_consent_is_not_proposed_in_a_text_that_is_mostly_about_access_by_authorities(sheet):
    for number in ("1", "2"):
        sheet.say("The node shall deliver it to the police.", number, proposes={"lawful-access": "deliver it"})
    sheet.say("The node shall report the position.", "3", proposes={"location-tracking": "report the position"})

    assert "user-control" not in safeguards_of(sheet.assessed())


def test_consent_is_proposed_in_a_text_with_one_clause_about_authorities(sheet):
    sheet.say("The node shall deliver it to the police.", "1", proposes={"lawful-access": "deliver it"})
    for number in ("2", "3"):
        sheet.say("The node shall report the position.", number, proposes={"location-tracking": "report the position"})

    assert "user-control" in safeguards_of(sheet.assessed())


def test_what_shall_be_possible_is_not_permitted_instead():
    assert not done("location-tracking", "optional", "It should be possible to follow the van.")


@pytest.mark.parametrize(("verb", "before"), [("should", "recommending"), ("shall", "requiring")])
def test_permission_says_what_it_takes_the_place_of(verb, before):
    made = worked(entry("location-tracking", "optional"), ground(f"The node {verb} follow the van."), WORDS)

    assert made[0] == f"permit instead of {before}"


@pytest.mark.parametrize(
    ("mechanism", "name", "text", "fits"),
    [
        ("identity-binding", "optional-binding", "The node shall check who a member is.", True),
        ("identity-binding", "optional-binding", "The node shall check who the guardian is.", False),
        ("identity-binding", "pseudonymous-mode", "The node shall check the name.", True),
        ("identity-binding", "pseudonymous-mode", "The node shall check the passport.", False),
        ("identity-binding", "apart", "The node shall tie the identifier to a name.", True),
        ("identity-binding", "apart", "The node shall check the name.", False),
        ("location-tracking", "coarse", "The node shall report the log.", True),
        ("location-tracking", "coarse", "The node shall report the log without changing it.", False),
        ("persistent-identifiers", "change", "The tag shall be the same as that of the request.", False),
        ("persistent-identifiers", "per-context", "The node shall send the tag.", True),
        ("persistent-identifiers", "per-context", "The tag shall not change.", False),
        ("persistent-identifiers", "rotate", "The tag shall remain the same for years.", False),
        ("persistent-identifiers", "hide", "The node shall send the tag.", True),
        ("persistent-identifiers", "hide", "The node shall read the address.", False),
        ("fragmentation", "gateway", "The gateway shall connect the networks.", True),
        ("fragmentation", "gateway", "The networks shall have their own names.", False),
        ("logging-retention", "period", LOG, True),
        ("logging-retention", "period", "The log shall be stored for 24 months.", False),
        ("central-control", "several", "The registry shall issue keys.", True),
        ("central-control", "several", "A single registry shall issue keys.", False),
        ("central-control", "several", "All packets shall pass through the gate.", False),
        ("central-control", "optional", "All packets shall pass through the gate.", True),
        ("central-control", "optional", "A single registry shall issue keys.", False),
        ("central-control", "federate", "The center shall issue the address.", True),
        ("central-control", "federate", "The gate shall see each packet.", False),
        ("traffic-discrimination", "neutral", "The node may slow packets.", True),
        ("traffic-discrimination", "neutral", "The node may slow packets by application.", False),
        ("shut-off", "order", "The node shall cut the line.", True),
        ("shut-off", "order", "The node shall withdraw the credential for a service.", False),
        ("shut-off", "two-keys", "The node shall withdraw the credential for a service.", False),
        ("shut-off", "appeal", "The node shall withdraw the credential for a service.", True),
    ],
)
def test_change_is_proposed_only_where_its_words_make_sense(mechanism, name, text, fits):
    assert bool(done(mechanism, name, text)) is fits


def safeguards_of(assessment):
    return {amendment.safeguard for amendment in advise(assessment, load()).amendments}


def test_amendment_names_the_clause_nearby_that_denies_what_it_brings(sheet):
    head = ("8 Cut-off",)
    sheet.say("The node shall cut the line.", "8.1", head, proposes={"shut-off": "cut the line"})
    words = "The person is not told of the reason."
    denial = sheet.say(words, "8.2", head, strength="descriptive", proposes={"missing-remedy": words})

    against = {one.safeguard: one.against for one in proposed(sheet) if one.id.startswith("shut-off/")}

    assert against["transparency"] == (denial.id,)
    assert against["continuity"] == ()


@pytest.mark.parametrize(("verb", "offered"), [("measure", True), ("decrypt", False)])
def test_aggregates_are_offered_where_a_clause_measures(verb, offered):
    assert bool(done("traffic-inspection", "aggregate", f"The node shall {verb} the traffic.")) is offered


@pytest.mark.parametrize(("whose", "offered"), [("the user", True), ("the media authority", False)])
def test_request_of_the_user_is_not_hung_on_the_list_of_an_authority(whose, offered):
    text = f"The gateway shall block each site on the list of {whose}."

    assert bool(done("content-blocking", "user-side", text)) is offered


def test_notice_of_access_brings_transparency():
    assert entry("lawful-access", "notice").safeguard == "transparency"


HEAD = ("4 Visits",)
PAINT = "The wall shall be blue."


@pytest.mark.parametrize(
    ("number", "beside", "offered"), [("4.1", PAINT, True), ("4.1", "The wall is blue.", False), ("4", PAINT, False)]
)
def test_sentence_is_offered_after_a_numbered_statement_among_rules(sheet, number, beside, offered):
    words = "The office stores the visits."
    sheet.say(words, number, HEAD, strength="descriptive", proposes={"logging-retention": "stores the visits"})
    sheet.say(beside, "4.2", HEAD)

    assert {one.edit for one in proposed(sheet)} == ({"add a sentence"} if offered else set())


def test_one_offer_in_two_wordings_is_made_once_for_a_clause(sheet):
    sheet.say("The node shall bind the name.", "1", proposes={"identity-binding": "bind the name"})

    made = {one.id for one in proposed(sheet)}

    assert len(made & {"identity-binding/optional-binding", "identity-binding/resolve-on-order"}) == 1


def test_access_within_what_was_authorised_is_offered_where_the_text_does_not_state_minimisation(sheet):
    sheet.say("The node shall deliver the calls.", "5", proposes={"lawful-access": "deliver the calls"})

    assert "minimisation" in {one.safeguard for one in proposed(sheet)}


def test_original_that_goes_along_with_a_coarser_position_is_struck():
    words = "It shall map it without changing their resolution and send the result and the original position data on."

    assert done("location-tracking", "coarsen", words).endswith(
        "send the result[- and the original position data-] on."
    )


def test_who_is_represented_is_heard_and_not_asked_for_an_agreement():
    words = "It should be possible to give a pass of a person to a guardian."

    represented = done("identity-binding", "represented", words, strength=Strength.SHOULD)
    assert "take their will and preferences into account" in represented
    assert not done("identity-binding", "resolve-on-order", words, strength=Strength.SHOULD)


def test_permit_of_a_gateway_is_made_the_permit_of_the_user_and_what_stands_against_it_is_named(sheet):
    words = "No host is reached unless the gateway permits it"
    sheet.say(f"{words}.", "4.1", ("4 Islands",), proposes={"fragmentation": words})
    sheet.say("The gateway shall block sites.", "5.1", ("5 Lists",), proposes={"content-blocking": "block sites"})

    made = next(one for one in proposed(sheet) if one.id == "fragmentation/own-permit")

    assert [run.text for run in made.runs if run.fate is Fate.INSERTED] == ["unless the user concerned permits"]
    assert [sheet.assessed().clause(name).number for name in made.against] == ["5.1"]


@pytest.mark.parametrize(
    ("power", "words", "name", "against"),
    [
        (
            "traffic-inspection",
            "The node shall inspect the payload.",
            "not-payload",
            "Kinds shall be found by deep packet inspection.",
        ),
        (
            "identity-binding",
            "The node shall bind the name.",
            "pseudonymous-mode",
            "Packets that cannot be traced to a known user shall be discarded.",
        ),
        (
            "central-control",
            "A single office shall issue names.",
            "direct",
            "All traffic shall pass through the outer gateway.",
        ),
        ("fragmentation", "Islands shall be joined.", "compatible", "The format is not compatible with IPv6."),
        ("fragmentation", "Islands shall be joined.", "compatible", "Each island may use its own addressing."),
        (
            "identity-binding",
            "The node shall bind the name to an address.",
            "apart",
            "Packets that cannot be traced to a known user shall be discarded.",
        ),
        (
            "traffic-inspection",
            "The node shall inspect the payload.",
            "signals",
            "Of each subscriber the kinds of content shall be kept.",
        ),
    ],
)
def test_words_nearby_that_stand_against_a_change_are_named(sheet, power, words, name, against):
    sheet.say(words, "4.1", ("4 Part",), proposes={power: words.rstrip(".")})
    other = sheet.say(against, "4.2", ("4 Part",))

    made = next(one for one in proposed(sheet) if one.id == f"{power}/{name}")

    assert made.against == (other.id,)


@pytest.mark.parametrize("words", ["Kinds shall not be found by deep packet inspection.", "Nodes must not inspect it."])
def test_words_that_rule_inspection_out_do_not_stand_against_what_limits_it(words):
    assert not re.search(entry("traffic-inspection", "signals").against, words, re.IGNORECASE)


def test_field_of_code_that_keeps_the_original_position_is_named(sheet):
    words = "The node shall map the position without changing its resolution."
    sheet.say(words, "4.1", proposes={"location-tracking": "map the position"})
    field = sheet.say("Mapping ::= SEQUENCE { originalLocation [0] Location }", "B", kind="code")

    made = next(one for one in proposed(sheet) if one.id == "location-tracking/coarsen")

    assert made.against == (field.id,)


@pytest.mark.parametrize("following", ["Such passes end after a year.", "The appropriate ink shall be used."])
def test_sentence_goes_after_what_speaks_of_what_its_sentence_names(following):
    text = f"A guardian shall get a pass. {following} Paint it blue."

    marked = done("identity-binding", "represented", text, sentence=Span(0, 28))

    assert marked.startswith(f"{text}[+ The")
