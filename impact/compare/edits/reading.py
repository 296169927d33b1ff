"""The edits of all changes between two editions, read in one go."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field

from impact.compare.align import LinkKind
from impact.compare.edits.asides import asides
from impact.compare.edits.chunks import TermRow
from impact.compare.edits.edit import EditKind, SentenceEdit, Status
from impact.compare.edits.editorial import dated
from impact.compare.edits.effects import bearing_of, bearing_of_whole
from impact.compare.edits.naming import named, recast_of, weighed
from impact.compare.edits.rule import RuleReading
from impact.compare.edits.sentencing import Pair, paired, sentences_of
from impact.compare.edits.terms import evened, terms
from impact.grammar.roles import roles
from impact.records import Strength
from impact.records.report import ReportClause

Sides = tuple[tuple[ReportClause, ...], tuple[ReportClause, ...]]
_NO_RULES = frozenset({"heading", "code", "contents", "abbreviation"})
_APART = frozenset({"reference", "boilerplate", "caption"})
"""Kinds of clauses that lay nothing down: what differs in them is editorial."""
_TOLD = frozenset({LinkKind.REWORDED, LinkKind.ADDED, LinkKind.REMOVED, LinkKind.SPLIT, LinkKind.MERGED})


@dataclass(frozen=True, slots=True)
class ParsedSentences:
    """Sentences with their terms, each parsed once."""

    rows: dict[str, tuple[TermRow, RuleReading]] = field(default_factory=dict)

    def row(self, sentence: str) -> TermRow:
        """Return its terms."""
        return self.rows[sentence][0]

    def rule(self, sentence: str) -> RuleReading:
        """Return what it lays down."""
        return self.rows[sentence][1]


def edits_of(links: Sequence[tuple[LinkKind, Sides]]) -> list[tuple[SentenceEdit, ...]]:
    """Return what has changed in the sentences of each link, the kinds that say most first.

    Headings, code and clauses in the same words have no edits; nor do neutral clauses that were added or removed, and
    clauses that were split or merged and say the same as before.

    Raises:
        MissingError: If the parser or the network for changes is absent or cannot be used.
    """
    pairs = [_pairs(kind, sides) for kind, sides in links]
    parsed = parse(sentence for rows in pairs for pair in rows for sentence in pair if sentence)
    return [
        tuple(_edits(kind, sides, rows, parsed)) if rows else ()
        for (kind, sides), rows in zip(links, pairs, strict=True)
    ]


def _on_cover(sides: Sides) -> bool:
    """Return whether all clauses stand before the first heading and lay nothing down."""
    clauses = [clause for side in sides for clause in side]
    return not any(clause.headings or clause.number or clause.strength.value != "descriptive" for clause in clauses)


def _lays_nothing(sides: Sides) -> bool:
    return all(clause.kind in _APART for side in sides for clause in side)


def _pairs(kind: LinkKind, sides: Sides) -> list[Pair]:
    """Return the sentences of a link that differ; what was split or merged as one text on each side."""
    if kind not in _TOLD or any(clause.kind in _NO_RULES for side in sides for clause in side):
        return []
    old, new = (sentences_of(side) for side in sides)
    if kind in (LinkKind.SPLIT, LinkKind.MERGED):
        return [(" ".join(old), " ".join(new))] if old and new else []
    return paired(old, new)


def parse(sentences: Iterable[str]) -> ParsedSentences:
    """Return sentences with their terms.

    Raises:
        MissingError: If the parser is absent or cannot be used.
    """
    texts = {sentence: evened(sentence) for sentence in dict.fromkeys(sentences)}
    parses = roles(texts.values())
    rows: dict[str, tuple[TermRow, RuleReading]] = {}
    for (sentence, text), words in zip(texts.items(), parses, strict=True):
        passed = asides(text)
        found = tuple(term for term in terms(words, text) if not any(span.meets(term.span) for span in passed))
        rows[sentence] = TermRow(text, found), RuleReading(words, found)
    return ParsedSentences(rows)


def _edits(kind: LinkKind, sides: Sides, pairs: Sequence[Pair], parsed: ParsedSentences) -> list[SentenceEdit]:
    if _lays_nothing(sides) or (_on_cover(sides) and all(dated(*pair) for pair in pairs)):
        return [SentenceEdit(EditKind.EDITORIAL, "", "", *pair, bears=False) for pair in pairs if all(pair)]
    found = [edit for pair in pairs for edit in _of_pair(kind, pair, parsed)]
    ranks = list(EditKind)
    return sorted(found, key=lambda edit: (not edit.bears, ranks.index(edit.kind)))


def _of_pair(kind: LinkKind, pair: Pair, parsed: ParsedSentences) -> Iterator[SentenceEdit]:
    old, new = pair
    if not old or not new:
        rated = bearing_of_whole(old or new, added=not old)
        if rated:
            yield SentenceEdit(rated[0], *pair, *pair, **asdict(rated[1]))
        elif kind is LinkKind.REWORDED:
            gone = EditKind.SENTENCE_REMOVED if old else EditKind.SENTENCE_ADDED
            yield SentenceEdit(gone, *pair, *pair, bears=False)
        return
    old_row, new_row = parsed.row(old), parsed.row(new)
    before, after = parsed.rule(old), parsed.rule(new)
    found = (
        weighed(old_row, new_row, named(old_row, new_row)) if kind is LinkKind.REWORDED else recast_of(old_row, new_row)
    )
    rows = [row for row in found if row[0] is not EditKind.MODALITY or not _as_denied(before, after)]
    if found and not rows and kind is LinkKind.REWORDED:
        rows = [(EditKind.REWORDING, "", "")]
    for row in rows:
        bans = before.denied and after.denied and not (before.excused or after.excused)
        says = _denial if row[0] is EditKind.MODALITY and bans else _status
        bearing = bearing_of(row[0], pair, (before, after))
        yield SentenceEdit(*row, *pair, status=(says(before), says(after)), **asdict(bearing))


def _as_denied(before: RuleReading, after: RuleReading) -> bool:
    """Return whether both rule the act out: "shall not" and "may not" do, "should not" only advises against it."""
    same = before.excused is after.excused and _denial(before) is _denial(after)
    return before.denied and after.denied and same


def _status(rule: RuleReading) -> Status:
    if rule.excused:
        return Status.MAY
    return Status.DENIED if rule.denied else Status(rule.strength.value)


def _denial(rule: RuleReading) -> Status:
    """Return how firmly a denial binds: "may not" as firmly as "shall not"."""
    return Status.SHOULD if rule.strength is Strength.SHOULD else Status.MUST
