"""Which clauses a report has quoted: each is quoted once, and named where its words are needed again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from impact.present.cleaning import GAP, clipped, ended, plain
from impact.report.quotes.lead_ins import BULLET
from impact.report.quotes.quote import Piece, unlisted

STEM, MARKED = 60, 44
"""Characters of the words that introduce a list when they are needed again, and of the words to look for in a clause
that is quoted elsewhere. Source: project judgment."""

LEAST = 30
"""Characters from which words that are part of another quote are known by it. Source: project judgment."""

MANY = 2_000
"""Number of the first quotes that words are looked for in; clauses that say the same are known however many there are.
Source: project judgment; it keeps reports with ten thousands of findings from taking minutes."""


def quote_anchor(clause: str) -> str:
    """Return the anchor of the quote of a clause, "q12", by the anchor of the clause in the list of all, "c12"."""
    return f"q{clause[1:]}"


@dataclass(frozen=True, slots=True)
class ClauseQuote:
    """A clause at one place of a report.

    Attributes:
        anchor: Where its words are: "q12".
        runs: Its words; empty where they are quoted elsewhere.
        stem: The words that introduce its list.
        part: The part of the report that quotes it; empty where it is quoted here.
        says: Where it is quoted, such as "Quoted in the brief"; empty where it is quoted here.
        marked: The words to look for there, where the quote does not mark them.
    """

    anchor: str
    runs: tuple[Piece, ...] = ()
    stem: str = ""
    part: str = ""
    says: str = ""
    marked: str = ""


class QuoteLedger:
    """The quotes of one report, in the order in which they are asked for.

    Clauses are known by their anchors in the list of all clauses, such as "c12".
    """

    def __init__(self, parts: Mapping[str, str]) -> None:
        """Begin with the parts of a format: id, and where a quote in it is, such as "in the brief"."""
        self._parts = parts
        self._quotes: dict[str, tuple[str, tuple[Piece, ...]]] = {}
        self._words: dict[str, str] = {}
        """Plain words of quotes, by which the clause of each is known."""
        self._stems: set[str] = set()

    @property
    def anchors(self) -> frozenset[str]:
        """The clauses that are quoted."""
        return frozenset(self._quotes)

    def quote(self, part: str, anchor: str, runs: Sequence[Piece], stem: str = "") -> ClauseQuote:
        """Return the words of a clause, or where they are quoted; `part` is one of the format."""
        home = anchor if anchor in self._quotes else self._holder(runs)
        if not home:
            self._add(anchor, part, tuple(runs))
            return ClauseQuote(quote_anchor(anchor), unlisted(runs) if stem else tuple(runs), self._stem(stem))
        earlier, quoted = self._quotes[home]
        says = "Quoted above" if part == earlier else f"Quoted {self._parts[earlier]}"
        return ClauseQuote(quote_anchor(home), part=earlier, says=says, marked=_marked(runs, quoted))

    def seen(self, part: str, anchor: str, text: str) -> None:
        """Take in that a part of the report has words of a clause that no `quote` shows."""
        if anchor not in self._quotes:
            self._add(anchor, part, (Piece(text),))

    def left(self, anchor: str, text: str) -> str:
        """Return what the quote of a clause leaves out of its text; all of it where the clause is not quoted."""
        if anchor not in self._quotes:
            return text
        rest = plain(text)
        for passage in _passages(self._quotes[anchor][1]):
            rest = rest.replace(passage, GAP, 1)
        return rest if any(letter.isalnum() for letter in rest.replace(GAP, "")) else ""

    def _add(self, anchor: str, part: str, runs: tuple[Piece, ...]) -> None:
        self._quotes[anchor] = part, runs
        self._words.setdefault(_text(runs), anchor)

    def _stem(self, stem: str) -> str:
        again = stem in self._stems
        self._stems.add(stem)
        return ended(stem, STEM) if again else stem

    def _holder(self, runs: Sequence[Piece]) -> str:
        """Return the clause whose quote has these words too, as that of a lead-in has its items; empty for none."""
        words = _text(runs)
        if len(words) < LEAST:
            return ""
        first = islice(self._words.items(), MANY)
        return self._words.get(words) or next((anchor for quoted, anchor in first if words in quoted), "")


def _passages(runs: Sequence[Piece]) -> list[str]:
    """Return the words of a clause between the gaps of its quote, without the items of a list that follow them."""
    words = "".join(GAP if run.gap else run.text for run in runs if not run.text.startswith(BULLET))
    return [passage for part in words.split(GAP) if (passage := plain(part))]


def _text(runs: Sequence[Piece]) -> str:
    return plain("".join(run.text for run in runs))


def _marked(runs: Sequence[Piece], quoted: Sequence[Piece]) -> str:
    """Return the marked words that the quote does not mark."""
    before = " ".join(run.text for run in quoted if run.marked)
    new = [plain(run.text) for run in runs if run.marked and run.text not in before]
    return clipped(f" {GAP} ".join(new), MARKED)
