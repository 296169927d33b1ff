"""The sentences of the summary, with the clauses that they rest on named and linked."""

from collections.abc import Sequence
from dataclasses import dataclass

from impact.records import Cited, Document, Sentence
from impact.report.cards import Places
from impact.report.cleaning import clipped, plain
from impact.report.words import listed


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a sentence; `anchor` is the clause in the register that it links to, empty for mere words."""

    text: str
    anchor: str = ""


def told(sentence: Sentence, document: Document, at: Places) -> tuple[Part, ...]:
    """Return the runs of a sentence: "Clauses ", "6.1" with its link, " and ", "7.2" with its link, " require ..."."""
    parts: list[Part] = []
    rest = sentence.text
    for place, group in enumerate(sentence.groups):
        before, _, rest = rest.partition(f"{{{place}}}")
        named = _named(group, document, at)
        first = named[0]
        lead = first.text[:1].upper() + first.text[1:] if not (before or parts) else first.text
        parts += [Part(before)] * bool(before) + [Part(lead, first.anchor), *named[1:]]
    return (*parts, Part(rest))


def sentence_text(sentence: Sentence, document: Document, at: Places) -> str:
    """Return a sentence as plain text."""
    return "".join(part.text for part in told(sentence, document, at))


def _named(group: Sequence[Cited], document: Document, at: Places) -> list[Part]:
    """Return the clauses of a group by official number, or by page or heading where one of them has none."""
    clauses = [at.clause(one.clause) for one in group]
    anchors = [at.where(one.clause).anchor for one in group]
    many = len(clauses) > 1
    if all(plain(clause.number) for clause in clauses):
        names = [clipped(plain(clause.number), 40) for clause in clauses]
        lead = "clauses " if len(set(names)) > 1 else "clause "
    elif document.paged:
        names, lead = [f"page {clause.page}" for clause in clauses], "passages on " if many else "a passage on "
    else:
        titles = [plain(clause.headings[-1]) if clause.headings else "" for clause in clauses]
        names = [f"\N{LEFT DOUBLE QUOTATION MARK}{clipped(one, 60)}\N{RIGHT DOUBLE QUOTATION MARK}" for one in titles]
        lead = "passages under " if many else "a passage under "
        if not all(titles):
            names, lead = ["a passage without number"] if not many else [f"passage {one[1:]}" for one in anchors], ""
    return [Part(lead)] * bool(lead) + _linked(names, anchors)


def _linked(names: Sequence[str], anchors: Sequence[str]) -> list[Part]:
    """Return names with links, each once, and the words of a list between."""
    links = dict(reversed(list(zip(names, anchors, strict=True))))
    kept = list(dict.fromkeys(names))
    between = listed(["\0"] * len(kept)).split("\0")
    return [
        part for name, glue in zip(kept, between[1:], strict=True) for part in (Part(name, links[name]), Part(glue))
    ]
