"""What kind of change a changed sentence is."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from impact.compare.comparison import compare
from impact.compare.edits.edit import Effect
from impact.compare.edits.editorial import respaced
from impact.compare.edits.naming import named
from impact.compare.edits.reading import parse
from impact.compare.sentences import names_of, sentences
from impact.compare.summary import lead
from impact.paths import shelf
from impact.taxonomy import load

FERRY = "The ferry timetable is published each spring by the harbor office."


@pytest.fixture(scope="module")
def bench():
    path = Path(__file__).parents[2] / "bench" / "edits.py"
    spec = importlib.util.spec_from_file_location("bench_edits", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def change_of(draft, old, new):
    before, after = draft().say(FERRY), draft().say(FERRY)
    before = before.say(old) if old else before
    after = after.say(new) if new else after
    return compare(before.edition(), after.edition()).shown[0]


def kinds(draft, old, new):
    return [edit.kind.value for edit in change_of(draft, old, new).edits or ()]


def ruled(old, new):
    texts = parse([old, new])
    return [row[0].value for row in named(texts.row(old), texts.row(new))]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("polarity", "The harbor office cannot access the logbook.", "The harbor office can access the logbook."),
        ("polarity", "The answer shall not contain the berth.", "The answer shall contain the berth."),
        ("polarity", "The ferry sails without lights in the bay.", "The ferry sails with lights in the bay."),
        ("polarity", "Anchoring is prohibited in the bay.", "Anchoring is permitted in the bay."),
        ("polarity", "It is lawful to moor at the pier.", "It is unlawful to moor at the pier."),
        ("modality", "The pilot should report the tide.", "The pilot shall report the tide."),
        ("modality", "The pilot shall report the tide.", "The pilot is invited to report the tide."),
        ("actor", "The skipper may choose the berth.", "The harbor office may choose the berth."),
        ("actor", "The fee shall be fixed by a judge.", "The fee shall be fixed by the operator."),
        ("object", "The pier shall record the ship.", "The pier shall record the ship and the crew."),
        ("condition", "The crate may be opened with the consent of the owner.", "The crate may be opened."),
        ("condition", "The gate may be closed.", "The gate may be closed unless a ship is near."),
        ("period", "The list shall be erased after 30 days.", "The list shall be erased after 24 months."),
        ("period", "The lamp shall be checked once in each hour.", "The lamp shall be checked once in each day."),
        ("polarity", "The owner still opens the hatch.", "The owner no longer opens the hatch."),
        ("polarity", "All crates, including mail, are weighed.", "All crates, except mail, are weighed."),
        ("polarity", "Parcels without a stamp are loaded.", "Parcels without a stamp are rejected."),
        ("polarity", "The pilot ignores orders of the tower.", "The pilot answers orders of the tower."),
        ("modality", "The pilot is required to report the tide.", "The pilot may wish to report the tide."),
        ("condition", "A guest may take the boat.", "A guest who has paid may take the boat."),
        ("condition", "The gate is closed if the fee is paid.", "The gate is closed unless the fee is paid."),
        ("condition", "The hatch is open after the bell has rung.", "The hatch is open before the bell has rung."),
        ("condition", "The hatch is opened as long as the sea is calm.", "The hatch is opened."),
        ("actor", "A clerk checks that the list is full.", "It is checked that the list is full."),
        ("period", "A claim may be made at any time.", "A claim may be made within ten days."),
        ("polarity", "Freight is joined on an opt-out basis.", "Freight is joined on an opt-in basis."),
        ("modality", "Mooring is allowed.", "Mooring is mandatory."),
        (
            "condition",
            "The hatch is opened on suspicion of a grave fault.",
            "The hatch is opened on suspicion of wear.",
        ),
        ("period", "The list is erased at the end of the week.", "The list is erased three years after the voyage."),
        ("number", "At least four lamps shall be lit on the pier.", "At least six lamps shall be lit on the pier."),
        ("editorial", "The pilot shall acknowlege the signal.", "The pilot shall acknowledge the signal."),
        ("editorial", "The fee is set out in clause 4.2.", "The fee is set out in Annex B."),
        ("editorial", "Each of the lamps are lit.", "Each of the lamps is lit."),
        ("editorial", "The VTS (vessel traffic service) replies.", "The vessel traffic service (VTS) replies."),
        ("period", "The bell rings every 30 s.", "The bell rings every 90 s."),
        ("period", "The list is due on 1 March.", "The list is due on 1 September."),
        ("period", "The pilot is told beforehand.", "The pilot is told within ten days afterwards."),
        ("period", "The pier is checked every night.", "The pier is checked every other night."),
        ("period", "The clerk replies within two working days.", "The clerk replies within ten working days."),
        ("number", "The cable carries 100 kV.", "The cable carries 100 V."),
        ("number", "The limit is 1.5 V.", "The limit is 15 V."),
        ("number", "A quarter of the berths is for trawlers.", "A tenth of the berths is for trawlers."),
        ("number", "The pilot may try three times.", "The pilot may try once."),
        ("object", "The list names the ship or the crew.", "The list names the ship and the crew."),
        ("object", "All crates shall carry a seal.", "Some crates shall carry a seal."),
        ("object", "Calls from the tower are recorded.", "Calls to the tower are recorded."),
        ("object", "The ban covers indoor use.", "The ban covers outdoor use."),
        ("object", "The list applies to public piers.", "The list applies to public and private piers."),
        ("object", "Only voice calls are logged.", "Voice calls and messages are logged."),
        ("polarity", "The hatch is open at sea.", "The hatch is closed at sea."),
        ("polarity", "The mail takes precedence over freight.", "The mail gives way to freight."),
        (
            "actor",
            "Each complaint about a berth goes to a judge.",
            "Each complaint about a berth goes to the operator.",
        ),
        ("actor", "It is done at the request of the owner.", "It is done at the request of the manager."),
        ("actor", "The host shall inform the guest.", "The guest shall inform the host."),
        ("condition", "Towing is allowed in an emergency.", "Towing is allowed."),
        ("condition", "The log may be used for the purpose of billing.", "The log may be used for any purpose."),
        (
            "condition",
            "The log is opened only if a court so orders.",
            "The log is opened, in particular if a court so orders.",
        ),
        ("condition", "The log is opened only if a court so orders.", "The log is opened if a court so orders."),
        (
            "condition",
            "Mooring is free if the pier is open and the lamp burns.",
            "Mooring is free if the pier is open or the lamp burns.",
        ),
        (
            "condition",
            "A person who owns a boat and who lives in the port may vote.",
            "A person who owns a boat or who lives in the port may vote.",
        ),
        ("condition", "Pilots, who hold a pass, may board.", "Pilots who hold a pass may board."),
        ("period", "The log shall be erased within 30 days.", "The log shall be erased after 30 days."),
        ("period", "The list is filed no later than 1 May.", "The list is filed no earlier than 1 May."),
        ("period", "The list is filed by 1 May.", "The list is filed from 1 May."),
        ("period", "The owner is told before the inspection.", "The owner is told after the inspection."),
        ("number", "Stay no closer than 40 m to the buoy.", "Stay no farther than 40 m from the buoy."),
        ("actor", "The crate shall be returned by the owner.", "The crate shall be returned to the owner."),
        ("actor", "The captain shall ask the owner.", "The captain shall ask the insurer."),
        ("object", "The office shall log every berth.", "The office shall log a berth."),
        ("object", "The office logs each guest that boards.", "The office logs some guests that board."),
        ("object", "The pier shows how long a guest waits.", "The pier shows why a guest waits."),
        ("object", "The pier shall print failed calls.", "The pier shall print calls."),
        (
            "object",
            "The list holds the order in which crates are loaded.",
            "The list holds the order in which crates are weighed.",
        ),
        ("polarity", "The pier shall print the ticket.", "The pier shall burn the ticket."),
        ("modality", "The pilot need not log the berth.", "The pilot must not log the berth."),
        ("modality", "The pilot is not required to log it.", "The pilot shall not log it."),
        ("editorial", "The crew show there pass in stead.", "The crew show their pass instead."),
        (
            "editorial",
            "The list has the name, the berth and the port.",
            "The list has the name, the berth, and the port.",
        ),
        ("editorial", "In event of fog the horn sounds.", "In the event of fog the horn sounds."),
        ("editorial", "The lamp uses 5 per cent of it.", "The lamp uses 5% of it."),
        ("editorial", "The log, i.e. the list, is signed.", "The log, that is, the list, is signed."),
        ("editorial", "The list is send each night.", "The list is sent each night."),
        ("editorial", "Sign the form given in 5.3.2.", "Sign the form given in 5.3.3."),
        ("period", "The list is kept for up to 30 days.", "The list is kept for at least 30 days."),
        ("period", "The lamp burns from dusk.", "The lamp burns until dusk."),
        ("number", "The horn sounds below 5 m.", "The horn sounds above 5 m."),
        ("condition", "Share it where that is necessary.", "Share it where that is useful."),
        ("actor", "The pilot pays, not the owner.", "The owner pays, not the pilot."),
        ("polarity", "The office shall disregard late claims.", "The office shall consider late claims."),
        ("polarity", "The guest is presumed innocent.", "The guest is presumed guilty."),
        ("period", "The ticket lapses at midnight.", "The ticket lapses at noon."),
        ("rewording", "The crew must be told of it.", "The crew is to be told of it."),
        ("editorial", "These data is kept.", "This data is kept."),
        (
            "editorial",
            "The lamp is lit at the begining of the night.",
            "The lamp is lit at the beginning of the night.",
        ),
        ("editorial", "The principle berth is the first.", "The principal berth is the first."),
        ("rewording", "The crew may purchase lamps.", "The crew may buy lamps."),
        (
            "rewording",
            "A fault shall be told within 14 days.",
            "No later than two weeks after a fault, it shall be told.",
        ),
        ("rewording", "It is not permitted to sail.", "It is prohibited to sail."),
        ("rewording", "The lamp is lit only while a ship is near.", "No lamp is lit unless a ship is near."),
        ("rewording", "The vessel traffic service (VTS) shall reply.", "The VTS shall reply."),
        (
            "rewording",
            "See [fig-crane] for the crane, which shall turn.",
            "See Figure 4 for the crane, which must turn.",
        ),
        ("rewording", "Upon expiry of the permit the berth is free.", "When the permit expires, the berth is free."),
        ("rewording", "The bell is rung at intervals of one minute.", "The bell is rung once per minute."),
        (
            "rewording",
            "The crane shall lift the crate to the deck.",
            "The crate shall be lifted to the deck by the crane.",
        ),
        ("rewording", "The list shall not be kept.", "The list shall be erased."),
        ("rewording", "No crate may be opened without a permit.", "A crate may be opened only with a permit."),
        ("rewording", "The pass is valid for 60 minutes.", "The pass is valid for one hour."),
        ("rewording", "Mooring is not compulsory.", "Mooring is voluntary."),
        ("rewording", "The pilot need not log the berth.", "The pilot is not required to log the berth."),
        ("rewording", "The lamp is lit when a ship is near.", "The lamp is lit where a ship is near."),
        (
            "rewording",
            "No crate shall be opened unless a court so orders.",
            "The opening of a crate requires a court order.",
        ),
    ],
)
def test_rules_name_a_changed_sentence_by_what_has_changed(kind, old, new):
    assert ruled(old, new)[:1] == [kind]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("protection", "The passenger may complain to a court about the search."),
        ("protection", "The operator shall not disclose the position of a passenger."),
        ("protection", "The passenger shall be informed of each search."),
        ("protection", "The log of passengers shall be withheld from insurers."),
        ("protection", "Access to the log of passengers requires the consent of a judge."),
        ("protection", "The regulator shall review the use of the log every six months."),
        ("protection", "The crew of the ferry is bound to secrecy."),
        ("burden", "The captain shall report each passenger without a pass to the police."),
        ("burden", "Passengers who decline the search are turned away."),
        ("burden", "There is no appeal against the ban of a passenger."),
        ("burden", "Passengers are not told of the search."),
        ("burden", "Passengers shall be liable for the cost of the search."),
        ("burden", "The passenger shall present an identity document at the gate."),
        ("burden", "The operator shall record the face of each passenger."),
    ],
)
def test_what_protects_is_lost_and_what_burdens_is_a_relief(draft, kind, text):
    gone, come = change_of(draft, text, ""), change_of(draft, "", text)

    assert [edit.kind.value for edit in gone.edits] == [f"{kind}_removed"]
    assert [edit.kind.value for edit in come.edits] == [f"{kind}_added"]
    assert gone.edits[0].effect is (Effect.LESS_PROTECTION if kind == "protection" else Effect.LESS_POWER)


@pytest.mark.parametrize(
    "text",
    [
        "The crane shall be painted yellow and shall bear a serial plate.",
        "The user plane shall be separated from the control plane.",
        "The position of the antenna shall be marked on the mast.",
    ],
)
def test_dull_engineering_that_comes_or_goes_bears_nothing(draft, text):
    change = change_of(draft, "", text)

    assert change.edits == ()
    assert not change.bears


def test_a_safeguard_found_where_nobody_is_concerned_is_no_protection(draft):
    text = "The tally board has three columns of the same width."
    before = draft().say(FERRY).edition()
    after = draft().say(FERRY).say(text, safeguards=[("minimisation",)]).edition()

    assert compare(before, after).shown[0].edits == ()


def test_the_date_on_a_cover_is_editorial(draft):
    cover = {"strength": "descriptive", "kind": "statement"}
    sides = [
        draft().say("Date: 4 March 2024 (revision 03)", **cover).say(FERRY),
        draft().say("Date: 8 July 2024 (revision 04)", **cover).say(FERRY),
    ]
    for side in sides:
        side.clauses[0] = replace(side.clauses[0], headings=())

    [edit] = compare(*(side.edition() for side in sides)).shown[0].edits

    assert edit.kind.value == "editorial"


@pytest.mark.parametrize(
    ("before", "after"), [("R4.2: ", "R4.3: "), ("(4.2) ", "(4.3) "), ("Article 4.2 ", "Article 4.3 ")]
)
def test_a_number_in_the_text_of_a_clause_that_moves_on_is_a_renumbering(draft, before, after):
    text = "The list of passengers is kept for 30 days."

    change = change_of(draft, before + text, after + text)

    assert (change.link.kind.value, change.bears) == ("renumbered", False)


def test_a_reference_that_differs_is_editorial(draft):
    old, new = (f"[TIDE] A. Keeper, Tides of the Passenger Port, {year}." for year in ("May 2021", "edition 4, 2024"))
    sides = [draft().say(FERRY).say(text, kind="reference", strength="descriptive") for text in (old, new)]

    [edit] = compare(*(side.edition() for side in sides)).shown[0].edits

    assert (edit.kind.value, edit.bears) == ("editorial", False)


def test_a_sentence_about_the_document_bears_nothing(draft):
    change = change_of(draft, "This document describes a crane.", "This document describes a new crane.")

    assert not change.bears


def test_a_figure_bears_only_where_it_concerns_people(draft):
    lamps = change_of(draft, "The pier shall have 4 lamps.", "The pier shall have 6 lamps.")
    records = change_of(
        draft, "The position of a passenger is kept for 3 days.", "The position of a passenger is kept for 9 days."
    )

    assert not lamps.bears
    assert records.bears


def test_a_reversed_rule_comes_before_a_rewording(draft):
    old = draft().say(FERRY).say("The crane shall lift the crate to the deck.").say("The office cannot read the log.")
    new = (
        draft()
        .say(FERRY)
        .say("The crate shall be lifted to the deck by the crane.")
        .say("The office can read the log.")
    )

    comparison = compare(old.edition(), new.edition())

    assert [change.edits[0].kind.value for change in comparison.shown] == ["polarity", "rewording"]
    assert [change.bears for change in comparison.shown] == [True, False]


def test_a_change_whose_effect_on_people_shows_comes_before_one_whose_effect_does_not(draft):
    ticket, forty = "Passengers have to show a pass with their photograph.", "The ferry carries 40 passengers at most."
    old = draft().say(FERRY).say(forty).say(ticket)
    new = draft().say(FERRY).say(forty.replace("40", "50"))

    comparison = compare(old.edition(), new.edition())

    assert [change.edits[0].kind.value for change in comparison.shown] == ["burden_removed", "number"]


def test_a_lost_condition_is_told_in_its_words(draft):
    old, new = "The crate may be opened with the consent of the owner.", "The crate may be opened."
    comparison = compare(draft().say(FERRY).say(old).edition(), draft().say(FERRY).say(new).edition())

    [sentence] = sentences(comparison.shown[0], names_of(comparison, load()))

    assert sentence.startswith("The condition “with the consent of the owner” no longer applies.")


def test_a_sentence_in_so_different_an_order_is_one_clause_and_not_two(draft):
    old = "No ship shall be turned away on account of its flag."
    new = "The flag shall never be a ground on which a ship is turned away."

    change = change_of(draft, old, new)

    assert change.link.kind.value == "reworded"


def test_a_clause_in_quite_other_words_is_known_by_the_rare_matters_in_it(draft):
    old = "The office is prohibited from withdrawing the berth of a trawler before the season has come to an end."
    new = "No exception: as long as the season lasts, a trawler's berth must not be withdrawn by the office."
    rest = [FERRY, "The harbor office is open before noon.", "The crane has come to the end of its life."]
    before, after = draft().say(old), draft().say(new)
    for text in rest:
        before, after = before.say(text), after.say(text)

    change = compare(before.edition(), after.edition()).shown[0]

    assert change.link.kind.value == "reworded"


def test_a_clause_without_a_counterpart_between_its_neighbors_is_known_by_its_number(draft):
    old, new = "The pilot leaves the ship at the buoy.", "Once at the buoy, whoever steers goes ashore."
    sides = [draft().say(FERRY, "1.1").say(text, "1.2").say("The crane turns.", "1.3") for text in (old, new)]

    assert compare(*(side.edition() for side in sides)).shown[0].link.kind.value == "reworded"


def test_a_clause_between_the_same_neighbors_is_known_by_what_it_means(draft):
    old = "Strangers to the harbor may not be let onto the pier after dark."
    new = "Once night has fallen, the pier is closed to all who are not known at the harbor."
    sides = [draft().say(FERRY).say(text).say("The crane turns.") for text in (old, new)]

    assert compare(*(side.edition() for side in sides)).shown[0].link.kind.value == "reworded"


def test_a_rule_in_the_place_of_another_on_the_same_matter_is_not_that_rule(draft):
    old = "Parcels that hold medicine or milk shall not be made the subject of a search order."
    new = "Upon a search order, a porter who has touched the parcels loses his place and is named to the court."
    sides = [draft().say(FERRY, "4.1").say(text, "4.2").say("The crane turns.", "4.3") for text in (old, new)]

    found = [change.link.kind.value for change in compare(*(side.edition() for side in sides)).shown]

    assert sorted(found) == ["added", "removed"]


def test_clauses_between_the_same_neighbors_that_mean_other_things_are_not_one(draft):
    old = "Strangers to the harbor may not be let onto the pier after dark."
    new = "The bearings of the winch are made of bronze and turn in oil."
    sides = [draft().say(FERRY).say(text).say("The crane turns.") for text in (old, new)]

    found = [change.link.kind.value for change in compare(*(side.edition() for side in sides)).shown]

    assert sorted(found) == ["added", "removed"]


def test_a_reversed_rule_about_machines_comes_behind_one_that_may_be_about_people(draft):
    machines = (
        "The winch shall release the cable if the brake is hot.",
        "The winch shall hold the cable if the brake is hot.",
    )
    people = (
        "Reports of complaints shall be erased within 9 days.",
        "Reports of complaints shall be erased after 9 days.",
    )
    sides = [draft().say(FERRY).say(machine).say(rule) for machine, rule in zip(machines, people, strict=True)]

    shown = compare(*(side.edition() for side in sides)).shown

    assert [change.edits[0].kind.value for change in shown] == ["period", "polarity"]


def test_a_bracket_with_common_words_is_part_of_a_rule(draft):
    assert kinds(draft, "Crates [of 3 tons] are weighed.", "Crates [of 9 tons] are weighed.") == ["number"]
    assert kinds(draft, "Crates are weighed [TIDE, p. 7].", "Crates are weighed [TIDE, p. 9].") == ["editorial"]


def test_clauses_that_were_split_and_say_the_same_have_no_edits(draft):
    old = "The pilot shall board at the outer buoy and shall report the tide to the office."
    before = draft().say(FERRY).say(old).edition()
    after = draft().say(FERRY).say("The pilot shall board at the outer buoy.")
    after = after.say("The pilot shall report the tide to the office.").edition()

    [change] = compare(before, after).shown

    assert (change.link.kind.value, change.edits, change.bears) == ("split", (), False)


def test_a_time_that_changes_while_a_clause_is_split_is_named(draft):
    before = draft().say(FERRY).say("The log of passengers is kept for 30 days and is readable by the auditor alone.")
    after = draft().say(FERRY).say("The log of passengers is kept for 90 days.")
    after = after.say("The log of passengers is readable by the auditor alone.")

    [change] = compare(before.edition(), after.edition()).shown

    assert (change.link.kind.value, [edit.kind.value for edit in change.edits], change.bears) == (
        "split",
        ["period"],
        True,
    )


def test_editions_in_another_language_are_not_read_for_edits(draft):
    old = draft().say(FERRY).say("Le port peut lire le journal.").edition(language="fr")
    new = draft().say(FERRY).say("Le port ne peut pas lire le journal.").edition(language="fr")

    assert compare(old, new).shown[0].edits is None


def test_the_kinds_of_written_edits_are_told_at_the_measured_level(bench):
    folders = [shelf("corpora") / "editions" / name for name in ("ash-02", "ash-08", "birch-05")]

    found = bench.measured(folders, bench.reports_of(folders))

    assert found.share >= 0.95
    assert found.unchanged == ()
    assert found.false_alarms == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("within twenty-four hours", "within seventy-two hours"),
        ("within seventeen days", "within nineteen days"),
        ("within one hour", "within forty-eight hours"),
        ("twice a day", "once a day"),
        ("within thirty-one days", "within ninety-one days"),
    ],
)
def test_a_period_in_words_that_changes_is_named(draft, before, after):
    text = "The operator shall erase the log of passengers {}."

    assert kinds(draft, text.format(before), text.format(after)) == ["period"]


def test_a_number_of_several_words_is_quoted_whole(draft):
    text = "The operator shall erase the log of passengers within {} days."

    [edit] = change_of(draft, text.format("thirty-one"), text.format("ninety-one")).edits

    assert (edit.old, edit.new) == ("thirty-one", "ninety-one")


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        ("", "2.4 GHz radios shall not record passengers.", "5.8 GHz radios shall not record passengers."),
        ("7", "(2.4) GHz radios shall not record passengers.", "(5.8) GHz radios shall not record passengers."),
    ],
)
def test_a_quantity_that_a_clause_begins_with_is_no_number_of_it(draft, number, old, new):
    before, after = (draft().say(FERRY).say(text, number) for text in (old, new))

    [change] = compare(before.edition(), after.edition()).shown

    assert (change.link.kind.value, bool(change.edits)) == ("reworded", True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The employer shall sign the log.", "The employee shall sign the log."),
        ("The licensor shall sign the log.", "The licensee shall sign the log."),
        ("The log of passengers is disposed by the pilot.", "The log of passengers is disclosed by the pilot."),
        ("The names shall be collected by the pilot.", "The names shall be corrected by the pilot."),
        ("The pilot shall note the consent of the owner.", "The pilot shall note the content of the owner."),
        ("The passenger is safe from prosecution.", "The passenger is safe from persecution."),
        ("The log lists the personal files.", "The log lists the personnel files."),
        ("The log is erased [within 30 days].", "The log is erased [within 90 days]."),
        ("The crew is planing the deck.", "The crew is planning the deck."),
        ("The link shall use TLS version 1.3.", "The link shall use TLS version 1.0."),
    ],
)
def test_other_words_that_look_alike_are_no_misspelling(old, new):
    assert "editorial" not in ruled(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It does not apply to votes over the Internet.", "It does not apply to votes over the internet."),
        ("A frame has a counter, a time stamp and a check sum.", "A frame has a counter, a timestamp and a checksum."),
        ("The horn sounds for 24 hrs without a fault.", "The horn sounds for 24 h without a fault."),
        ("The horn sounds for 24 hours without a fault.", "The horn sounds for 24 h without a fault."),
    ],
)
def test_the_same_letters_are_the_same_rule(draft, old, new):
    assert kinds(draft, old, new) == ["editorial"]


def test_a_word_in_capitals_may_say_more():
    assert not respaced("The pilot MUST answer.", "The pilot must answer.")
    assert respaced("The Pilot must answer.", "The pilot must answer.")


@pytest.mark.parametrize(
    ("old", "new"),
    [("recieves", "receives"), ("synchronises", "synchronizes"), ("labelled", "labeled"), ("licences", "licenses")],
)
def test_one_word_in_two_spellings_is_editorial(draft, old, new):
    assert kinds(draft, f"The office {old} the log.", f"The office {new} the log.") == ["editorial"]


def test_two_ways_to_rule_an_act_out_are_one_rule(draft):
    text = "The operator {} not record the face of a passenger."

    assert kinds(draft, text.format("shall"), text.format("may")) == ["rewording"]


@pytest.mark.parametrize("unit", ["", " years"])
def test_an_age_in_a_denial_has_no_clear_effect(draft, unit):
    text = "The operator shall not record the face of a passenger under the age of {}."

    edits = change_of(draft, text.format(f"16{unit}"), text.format(f"13{unit}")).edits

    assert {edit.effect for edit in edits} == {Effect.UNCLEAR}


def test_a_denial_that_only_advises_binds_less(draft):
    text = "The operator {} not record the face of a passenger."
    before, after = (draft().say(FERRY).say(text.format(modal)).edition() for modal in ("shall", "should"))
    comparison = compare(before, after)

    [sentence] = sentences(comparison.shown[0], names_of(comparison, load()))

    assert sentence.startswith("What was required is now recommended")


def test_cells_of_a_row_are_sentences_of_their_own(draft):
    rows = [f"Gate\tThe gate shall be closed for {hours} hours\tM" for hours in (9, 12)]
    sides = [draft().say(FERRY).say(row).edition() for row in rows]

    (edit,) = compare(*sides).shown[0].edits

    assert (edit.kind.value, edit.old_sentence) == ("period", "The gate shall be closed for 9 hours")


def test_a_comparison_says_first_how_many_changes_there_are_of_each_kind(draft):
    words = ("The harbor office shall not read the log.", "The harbor office shall read the log.")
    sides = [draft().say(FERRY).say(text).edition() for text in words]

    assert lead(compare(*sides)).startswith("1 change affects people, findings or safeguards: one rule reversed. ")
