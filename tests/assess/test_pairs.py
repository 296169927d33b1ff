"""Which findings make a pair, and which two clauses stand for it."""

CUT = "The node shall disconnect the subscriber."
DENIED = "The decision is not subject to appeal."
READ = "The node shall hand the records to the agency."


def pairs(sheet):
    return {compound.id for compound in sheet.assessed().compounds}


def deny(sheet, section):
    sheet.say(DENIED, section[0].split()[0], section, proposes={"missing-remedy": DENIED})


def test_a_denial_of_appeal_pairs_with_the_power_of_its_section_alone(sheet):
    sheet.say(READ, "7.1", ("7 Records",), proposes={"lawful-access": "hand the records"})
    sheet.say(CUT, "8.1", ("8 Cut-off",), proposes={"shut-off": "disconnect"})
    deny(sheet, ("8 Cut-off",))

    assert pairs(sheet) == {"cut-off-without-remedy"}


def test_a_denial_of_appeal_in_a_section_of_its_own_pairs_with_each_power(sheet):
    sheet.say(READ, "7.1", ("7 Records",), proposes={"lawful-access": "hand the records"})
    sheet.say(CUT, "8.1", ("8 Cut-off",), proposes={"shut-off": "disconnect"})
    deny(sheet, ("9 Decisions",))

    assert pairs(sheet) == {"cut-off-without-remedy", "accessed-without-remedy"}


def test_a_denial_of_appeal_in_a_text_without_sections_pairs_with_each_power(sheet):
    sheet.say(READ, "7.1", (), proposes={"lawful-access": "hand the records"})
    sheet.say(CUT, "8.1", (), proposes={"shut-off": "disconnect"})
    sheet.say(DENIED, "9.1", (), proposes={"missing-remedy": DENIED})

    assert pairs(sheet) == {"cut-off-without-remedy", "accessed-without-remedy"}


def test_the_clauses_that_stand_for_a_pair_are_those_that_share_most_words(sheet):
    sheet.say("The format is not that of IPv4.", "6.1", ("6 Format",), proposes={"fragmentation": "not that of IPv4"})
    sheet.say("One center shall issue keys.", "9.1", ("9 Trust",), proposes={"central-control": "One center"})
    far = "The domains meet at gateways alone."
    gate = "A border gateway of the ministry shall carry what passes between domains."
    sheet.say(gate, "9.2", ("9 Trust",), proposes={"central-control": "gateway of the ministry"})
    sheet.say(far, "10.1", ("10 Domains",), proposes={"fragmentation": "at gateways alone"})
    assessment = sheet.assessed()

    pair = assessment.pair(assessment.compounds[0])

    assert [assessment.clause(one.clause).number for one in pair] == ["10.1", "9.2"]
