"""Sources of XMPP extension protocols."""

from impact.describe import describe
from impact.extract.markup import rfcxml
from impact.extract.options import Options
from impact.records import BlockKind

SOURCE = """<?xml version="1.0"?>
<!DOCTYPE xep SYSTEM 'xep.dtd' [<!ENTITY % ents SYSTEM 'xep.ent'> %ents;]>
<xep>
<header>
  <title>Harbor Lists</title>
  <abstract>This document defines lists of berths.</abstract>
  &LEGALNOTICE;
  &keeper;
  &skipper;
  <number>9999</number>
  <status>Deferred</status>
  <type>Standards Track</type>
  <author><firstname>A.</firstname><surname>Example</surname></author>
  <revision><version>0.2.1</version><date>2031-02-03</date><remark><p>Sorted lists.</p></remark></revision>
  <revision><version>0.1</version><date>2030-01-02</date><remark><p>First draft.</p></remark></revision>
</header>
<section1 topic="Introduction" anchor="intro"><p>Berths are listed with &xep0030; by the
      &COUNCIL; alone. &xep0132; tells who moors. &HARBOR; keeps them.</p><p>&rfc6120; rules the rest.</p></section1>
<section1 topic="Rules"><section2 topic="Order"><p>Lists shall be sorted.</p></section2></section1>
</xep>
"""


def read():
    return rfcxml.read(SOURCE.encode(), "xep-9999.xml", Options())


def test_topics_are_numbered_headings_and_fields_of_the_header_are_no_text():
    document = read()

    headings = [
        (block.number, document.quote(block.span)) for block in document.blocks if block.kind is BlockKind.HEADING
    ]

    assert headings == [("", "Abstract"), ("1", "Introduction"), ("2", "Rules"), ("2.1", "Order")]
    assert "skipper" not in document.text
    assert "First draft" not in document.text


def test_entities_that_are_defined_elsewhere_are_shown_in_running_text():
    text = read().text

    assert "Berths are listed with XEP-0030 by the [COUNCIL] alone. XEP-0132 tells who moors. [HARBOR] keeps" in text
    assert "RFC 6120 rules the rest." in text
    assert "LEGALNOTICE" not in text


def test_number_state_version_and_newest_date_are_those_of_the_header():
    proposal = describe(read())

    assert (proposal.title, proposal.number, proposal.state) == ("Harbor Lists", "XEP-9999", "Deferred")
    assert (proposal.revision, proposal.date) == ("0.2.1", "2031-02-03")
