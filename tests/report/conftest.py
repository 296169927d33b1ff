"""A made contribution of two pages, assessed for real, and makers of stranger ones."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sheets import Sheet

from impact.paths import shelf
from impact.pipeline import analyze
from impact.records import Assessment, Page, PageVerdict
from impact.taxonomy import load
from impact.taxonomy.values import Taxonomy

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROPOSALS = shelf("corpora") / "proposals"
SHARED = Path(__file__).parents[3] / "shared" / "documents"
IDENTITY = {
    "title": "Proposal for a framework of accountable attachment and service-aware forwarding",
    "number": "C-417",
    "body": "ITU-T",
    "group": "SG13",
    "question": "Q20/13",
    "source_organizations": ("Example Networks Ltd", "Institute of Examples"),
    "date": "2026-03-09",
    "revision": "R1",
}

ATTACH = ("7 Attachment", "7.1 Identity of the subscriber")
FORWARD = ("8 Forwarding",)
CONTROL = ("9 Control of service",)


def made_sheet() -> Sheet:
    """Return the contribution: an invented text of some twenty clauses."""
    sheet = Sheet()
    sheet.say("1 Scope", "1", (), kind="heading", strength="descriptive")
    sheet.say(
        "This contribution proposes a framework in which every attachment to the network can be traced to an "
        "accountable subscriber and in which forwarding takes the kind of service into account.",
        "1",
        ("1 Scope",),
        kind="statement",
        strength="descriptive",
    )
    sheet.say(
        "Earlier architectures have been criticized because inspection of traffic can expose what people read.",
        "5",
        ("5 Background",),
        kind="statement",
        strength="descriptive",
        context=("traffic-inspection",),
    )
    sheet.say(
        "Before a terminal is given an address, the attachment function shall bind that address to the subscriber's "
        "verified identity document and shall refuse terminals for which no document has been verified.",
        "7.1.1",
        ATTACH,
        proposes={
            "identity-binding": "bind that address to the subscriber's verified identity document",
            "access-gating": "refuse terminals for which no document has been verified",
        },
    )
    sheet.say(
        "The address identifier shall remain the same during the lifetime of the subscription.",
        "7.1.2",
        ATTACH,
        proposes={"persistent-identifiers": "shall remain the same during the lifetime of the subscription"},
    )
    sheet.say(
        "Toward other subscribers the terminal should present a temporary alias that is replaced at each attachment.",
        "7.1.3",
        ATTACH,
        strength="should",
        proposes={"pseudonymity": "temporary alias that is replaced at each attachment"},
    )
    sheet.say(
        "The attachment records shall be stored for thirty-six months and shall be searchable by name.",
        "7.2",
        ("7 Attachment",),
        page=2,
        proposes={"logging-retention": "shall be stored for thirty-six months"},
    )
    sheet.say(
        "Forwarding nodes shall examine the payload of each flow in order to tell which service it carries.",
        "8.1",
        FORWARD,
        page=2,
        proposes={"traffic-inspection": "examine the payload of each flow"},
    )
    sheet.say(
        "Forwarding nodes may examine session content where the class of a flow cannot be told otherwise.",
        "8.2",
        FORWARD,
        page=2,
        strength="may",
        proposes={"traffic-inspection": "examine session content"},
        doubtful=True,
        confidence=0.52,
    )
    sheet.say("The frame check sequence shall have 32 bits.", "8.3", FORWARD, page=2)
    sheet.say(
        "The control function shall be able to suspend all service to a subscriber without notifying the subscriber.",
        "9.1 a)",
        CONTROL,
        page=2,
        proposes={
            "shut-off": "suspend all service to a subscriber",
            "missing-remedy": "without notifying the subscriber",
        },
    )
    sheet.say(
        "Emergency calls shall be exempt from suspension.",
        "9.1 b)",
        CONTROL,
        page=2,
        proposes={"continuity": "Emergency calls shall be exempt"},
    )
    sheet.say(
        "A single trust center per territory shall issue all attachment credentials.",
        "9.2",
        CONTROL,
        page=2,
        proposes={"central-control": "single trust center per territory shall issue all attachment credentials"},
    )
    sheet.say("[1] Another document, 2024.", "", ("Bibliography",), page=2, kind="reference", strength="descriptive")
    return sheet


@cache
def made_assessment() -> Assessment:
    """Return the assessment of the contribution."""
    return made_sheet().assessed(**IDENTITY)


@cache
def sample(name: str) -> Assessment:
    """Return the assessment of a sample proposal, as the program makes it."""
    return analyze(PROPOSALS / name, jailed=False)


@cache
def long_text(name: str) -> Assessment:
    """Return the assessment of a long document beside the checkout, by cues: the encoder takes many seconds."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not beside the checkout")
    return analyze(SHARED / name, by=("cues",), jailed=False)


@pytest.fixture(scope="module")
def browser(chromium: str) -> "Iterator[Browser]":
    """Return a Chromium in which each test opens pages of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def taxonomy() -> Taxonomy:
    """Return the taxonomy of the program."""
    return load()


@pytest.fixture
def assessment() -> Assessment:
    """Return the assessment of the made contribution."""
    return made_assessment()


@pytest.fixture
def contribution() -> Callable[[], Sheet]:
    """Return a maker of the made contribution, to be changed."""
    return made_sheet


@pytest.fixture
def identity() -> dict[str, object]:
    """Return the metadata of the made contribution."""
    return IDENTITY


HOSTILE = (
    '<script>alert("x")</script><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %} ]]> --> </style> &amp; &#60;",
    "\x00\x01\x07\x1b[31mred\x1b[0m\x7f\x85",
    "\u202egnp.exe\u2066 \u200f\u05e9\u05dc\u05d5\u05dd \u2069",
    "half \ud800 pair \udfff and \ufffe",
    "W" * 10_000,
    '=HYPERLINK("http://x";"y")\n-1+1\t@SUM(A1) | *a* _b_ `c` # d [e](f) \\',
    "line\u2028separator\u2029paragraph\r\nfeed\x0b\x0c",
)


@pytest.fixture(params=range(len(HOSTILE)), ids=str)
def hostile(request: pytest.FixtureRequest) -> str:
    """Return one hostile text after another."""
    return HOSTILE[request.param]


@pytest.fixture
def attacked(hostile: str, sheet: Sheet) -> Assessment:
    """Return the assessment of a contribution that says the hostile text wherever it can say anything."""
    sheet.say(
        f"A node shall {hostile} inspect.",
        hostile,
        (hostile, hostile),
        proposes={"traffic-inspection": f"{hostile} inspect", "integrity": hostile},
        context=("shut-off",),
    )
    sheet.say(hostile, "", (), kind="statement", strength="descriptive")
    return sheet.assessed(
        {"source": hostile, "warnings": (hostile,), "pages": (Page(1, verdict=PageVerdict.SCAN),)},
        title=hostile,
        number=hostile,
        body=hostile,
        group=hostile,
        question=hostile,
        source_organizations=(hostile,),
        revision=hostile,
    )
