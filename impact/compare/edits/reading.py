"""The edits of all changes between two editions, read in one go."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from impact.compare.align import LinkKind
from impact.compare.edits.chunks import TermRow
from impact.compare.edits.edit import FIGURE_KINDS, RULE_KINDS, EditKind, SentenceEdit, Status
from impact.compare.edits.effects import effect_of, whole
from impact.compare.edits.naming import named, recast_of
from impact.compare.edits.sentencing import Pair, paired, sentences_of
from impact.compare.edits.stance import RuleReading
from impact.compare.edits.terms import evened, terms
from impact.grammar.roles import roles
from impact.records.report import ReportClause

Sides = tuple[tuple[ReportClause, ...], tuple[ReportClause, ...]]
_TOLD = frozenset({LinkKind.REWORDED, LinkKind.ADDED, LinkKind.REMOVED, LinkKind.SPLIT, LinkKind.MERGED})


@dataclass(frozen=True, slots=True)
class ParsedSentences:
    """Sentences with their terms, each parsed once."""

    rows: dict[str, tuple[TermRow, RuleReading]] = field(default_factory=dict)

    def row(self, sentence: str) -> TermRow:
        """Return its terms."""
        return self.rows[sentence][0]

    def rule(self, sentence: str) -> RuleReading:
        """Return what its stance is told by."""
        return self.rows[sentence][1]


def edits_of(links: Sequence[tuple[LinkKind, Sides]]) -> list[tuple[SentenceEdit, ...]]:
    """Return what has changed in the sentences of each link, the kinds that say most first.

    Headings and clauses in the same words have no edits; nor do neutral clauses that were added or removed, and
    clauses that were split or merged and say the same as before.

    Raises:
        MissingError: If the parser is absent or cannot be used.
    """
    pairs = [_pairs(kind, sides) for kind, sides in links]
    parsed = _parsed(sentence for rows in pairs for pair in rows for sentence in pair if sentence)
    return [tuple(_edits(kind, rows, parsed)) if rows else () for (kind, _), rows in zip(links, pairs, strict=True)]


def _pairs(kind: LinkKind, sides: Sides) -> list[Pair]:
    """Return the sentences of a link that differ; what was split or merged as one text on each side."""
    if kind not in _TOLD or any(clause.kind == "heading" for side in sides for clause in side):
        return []
    old, new = (sentences_of(side) for side in sides)
    if kind in (LinkKind.SPLIT, LinkKind.MERGED):
        return [(" ".join(old), " ".join(new))] if old and new else []
    return paired(old, new)


def _parsed(sentences: Iterable[str]) -> ParsedSentences:
    texts = {sentence: evened(sentence) for sentence in dict.fromkeys(sentences)}
    parses = roles(texts.values())
    rows: dict[str, tuple[TermRow, RuleReading]] = {}
    for (sentence, text), words in zip(texts.items(), parses, strict=True):
        found = terms(words, text)
        rows[sentence] = TermRow(text, found), RuleReading(words, found)
    return ParsedSentences(rows)


def _edits(kind: LinkKind, pairs: Sequence[Pair], parsed: ParsedSentences) -> list[SentenceEdit]:
    found = [edit for pair in pairs for edit in _of_pair(kind, pair, parsed)]
    ranks = list(EditKind)
    return sorted(found, key=lambda edit: (not edit.bears, ranks.index(edit.kind)))


def _of_pair(kind: LinkKind, pair: Pair, parsed: ParsedSentences) -> Iterator[SentenceEdit]:
    old, new = pair
    if not old or not new:
        rule = parsed.rule(old or new)
        said = whole(rule.stance, added=not old)
        if said:
            yield SentenceEdit(said[0], old, new, old, new, bears=True, effect=said[1])
        elif kind is LinkKind.REWORDED:
            yield SentenceEdit(
                EditKind.SENTENCE_REMOVED if old else EditKind.SENTENCE_ADDED, old, new, old, new, bears=False
            )
        return
    one, other = parsed.row(old), parsed.row(new)
    rows = named(one, other) if kind is LinkKind.REWORDED else recast_of(one, other)
    before, after = parsed.rule(old), parsed.rule(new)
    status = _status(before), _status(after)
    for row in rows:
        bears, effect = _bears(row[0], before, after), effect_of(row, before, after)
        yield SentenceEdit(*row, old, new, bears=bears, effect=effect, status=status)


def _status(rule: RuleReading) -> Status:
    return Status.DENIED if rule.denied else Status(rule.strength.value)


def _bears(kind: EditKind, before: RuleReading, after: RuleReading) -> bool:
    if kind in RULE_KINDS:
        return any(rule.binds or rule.touches for rule in (before, after))
    return kind in FIGURE_KINDS and any(rule.concerns for rule in (before, after))
