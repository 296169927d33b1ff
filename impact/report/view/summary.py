"""The sentences of the summary, with the clauses that they rest on named and linked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from impact.present.cleaning import clipped
from impact.present.lists import listed
from impact.present.places import ITEMS, PART, PASSAGE, ROW, UNDER, UNDER_SEVERAL, PlaceKind, has_items, place_name
from impact.records import Cited, Document, Sentence
from impact.report.view.places import Places

NAMED = re.compile(r"[^\W\d_]{3,}\s")
"""A number that says itself what it is: "Annex B", "Table 3"."""

NAME = 62
"""Characters of the name of a clause, the quotation marks of a heading among them. Source: project judgment."""

KINDS = {
    PlaceKind.NUMBER: "numbered",
    PlaceKind.SECTION: "section",
    PlaceKind.PAGE: "page",
    PlaceKind.PART: "part",
    PlaceKind.HEADING: "titled",
    PlaceKind.WORDS: "opened",
    PlaceKind.ROW: "row",
}
"""What names are grouped by; "named" is a number that says itself what it is."""

LEADS = {
    "numbered": ("clause ", "clause ", "clauses "),
    "named": ("", "", ""),
    "page": ("a passage on page ", "passages on page ", "passages on pages "),
    "part": (PART, f"passages in {PART}", PART),
    "titled": (f"the {UNDER}", f"passages in the {UNDER}", f"the {UNDER_SEVERAL}"),
    "section": (UNDER, UNDER, UNDER_SEVERAL),
    "opened": (PASSAGE, PASSAGE, "the passages beginning "),
    "row": (ROW, ROW, "the table rows "),
}
"""What stands before one name of one clause, one name of several, several names."""


@dataclass(frozen=True, slots=True)
class SummaryRun:
    """A run of a sentence; `anchor` is the clause in the register that it links to, empty for mere words."""

    text: str
    anchor: str = ""


def summary_runs(sentence: Sentence, document: Document, at: Places) -> tuple[SummaryRun, ...]:
    """Return the runs of a sentence: "Clauses ", "6.1" with its link, " and ", "7.2" with its link, " require ..."."""
    parts: list[SummaryRun] = []
    rest = sentence.text
    for place, group in enumerate(sentence.groups):
        before, _, rest = rest.partition(f"{{{place}}}")
        named = _named(group, document, at)
        if rest.startswith(")") and named[-1].text == ",":
            named.pop()
        first = named[0]
        lead = first.text[:1].upper() + first.text[1:] if not (before or parts) else first.text
        if before.endswith("(") and lead.startswith(f"{PART}{UNDER.rstrip()}"):
            lead = lead.removeprefix(PART)
        parts += [SummaryRun(before)] * bool(before) + [SummaryRun(lead, first.anchor), *named[1:]]
    return (*parts, SummaryRun(rest))


def sentence_text(sentence: Sentence, document: Document, at: Places) -> str:
    """Return a sentence as plain text."""
    return "".join(part.text for part in summary_runs(sentence, document, at))


def _named(group: Sequence[Cited], document: Document, at: Places) -> list[SummaryRun]:
    """Return the clauses of a group, each once: by official number, those without one by page or heading."""
    kinds: dict[str, list[SummaryRun]] = {kind: [] for kind in LEADS}
    for cited in group:
        name = place_name(at.clause(cited.clause), document)
        kind = "named" if name.kind is PlaceKind.NUMBER and NAMED.match(name.text) else KINDS[name.kind]
        kinds[kind].append(SummaryRun(clipped(name.text, NAME), at.where(cited.clause).anchor))
    runs = [_run(kind, parts) for kind, parts in kinds.items() if parts]
    joined = f"{',' if any(len(run) > 2 for run in runs) else ''} and "
    glues = ["", *[", "] * (len(runs) - 2), joined][: len(runs)]
    closed = [SummaryRun(",")] if joined.startswith(",") and len(runs) > 1 else []
    return [
        *(part for glue, run in zip(glues, runs, strict=True) for part in ([SummaryRun(glue)] * bool(glue) + run)),
        *closed,
    ]


def _run(kind: str, parts: Sequence[SummaryRun]) -> list[SummaryRun]:
    """Return names of one kind, each once, with the words before and between them."""
    links: dict[str, SummaryRun] = {}
    for part in parts:
        links.setdefault(part.text, part)
    lead = LEADS[kind][(len(parts) > 1) + (len(links) > 1)]
    between = listed(["\0"] * len(links)).split("\0")
    if has_items(links) and len(links) > 1:
        between = ["", *[f"{ITEMS} "] * (len(links) - 2), f"{ITEMS} and ", ""]
    return [
        *([SummaryRun(lead)] * bool(lead)),
        *(
            run
            for glue, part in zip(between, links.values(), strict=False)
            for run in (SummaryRun(glue), part)
            if run.text
        ),
    ]
