"""What reviewers decided, in words: whose decisions a file follows, their remarks, and what they rejected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from impact.present.cleaning import plain
from impact.present.dates import day, moment
from impact.present.lists import counted, listed
from impact.present.places import named
from impact.present.words import words
from impact.records import Assessment, ReviewedItem, ReviewRecord, ReviewVerdict
from impact.report.view.places import Places
from impact.taxonomy.values import Taxonomy

MOST = 8
"""Clauses that are named of a mechanism or safeguard on which nobody decided. Source: project judgment: a line."""


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A finding or safeguard with what was decided on it, and each note.

    Attributes:
        head: Its clause, and the name of the mechanism or safeguard as decided; of what is undecided, the name and all
            its clauses.
        says: One sentence for the decision, where there is one, and for each note.
    """

    head: str
    says: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join((f"{self.head}.", *self.says))


@dataclass(frozen=True, slots=True)
class DecisionsView:
    """What reviewers decided.

    Attributes:
        who: Whose decisions they are, and when; one or two sentences.
        signatures: Name and day of each signature; empty for a draft.
        remarked: Decisions that say more than that something is confirmed.
        rejected: What was rejected, with the reasons.
        undecided: What nobody decided, a line for each mechanism and safeguard.
        digest: Of the signed version; empty for a draft.
        head: Where the chain of records ended before it was signed; empty if it is not known.
    """

    who: str
    signatures: tuple[tuple[str, str], ...]
    remarked: tuple[DecisionLine, ...]
    rejected: tuple[DecisionLine, ...]
    undecided: tuple[DecisionLine, ...]
    digest: str
    head: str = ""

    @property
    def parts(self) -> Iterator[tuple[str, tuple[DecisionLine, ...]]]:
        """Each list that is not empty, behind its heading."""
        wording = words().review
        parts = (
            (wording.remarked, self.remarked),
            (wording.rejected, self.rejected),
            (wording.undecided, self.undecided),
        )
        return ((title, lines) for title, lines in parts if lines)

    @property
    def lines(self) -> Iterator[str]:
        """All of it, line by line."""
        yield self.who
        for title, lines in self.parts:
            yield from (f"{title}: {line.text}" for line in lines)


def decisions_of(assessment: Assessment, taxonomy: Taxonomy) -> DecisionsView | None:
    """Return what was decided; None where the assessment is what the program found."""
    record = assessment.review
    if record is None:
        return None
    show = _Lines(assessment, taxonomy)
    return DecisionsView(
        who=whose(record),
        signatures=_signatures(record),
        remarked=show.lines(record.remarked),
        rejected=show.lines(record.rejected),
        undecided=show.undecided(record.undecided),
        digest=record.digest,
        head=record.head,
    )


def decision_sentences(item: ReviewedItem, taxonomy: Taxonomy) -> Iterator[str]:
    """Yield what was decided on an item with its remark, if anything, and each note and comment, a sentence each."""
    wording = words().review
    if item.decided:
        by = f" by {_names(item.by)}" if item.by else ""
        remark = f": {plain(item.remark)}" if item.remark else ""
        yield _ended(f"{wording.verdicts[item.verdict.value]}{by}{_change(item, taxonomy)}{remark}")
    for name, note in item.notes:
        yield _ended(f"{wording.note} {plain(name)}: {plain(note)}")
    for comment in item.comments:
        yield _ended(f"{wording.comment} {plain(comment.author)}, {moment(comment.time)}: {plain(comment.text)}")


@dataclass(frozen=True, slots=True)
class _Lines:
    assessment: Assessment
    taxonomy: Taxonomy

    def lines(self, items: Iterable[ReviewedItem]) -> tuple[DecisionLine, ...]:
        at = Places(self.assessment)
        return tuple(
            DecisionLine(
                f"{named(plain(at.where(item.clause).full))}, {label_name(item.decided_label, self.taxonomy)}",
                tuple(decision_sentences(item, self.taxonomy)),
            )
            for item in items
            if item.clause in self.assessment.index
        )

    def undecided(self, items: Iterable[ReviewedItem]) -> tuple[DecisionLine, ...]:
        """Return a line for each mechanism and safeguard, findings first, with its first clauses."""
        at, clauses = Places(self.assessment), dict[str, list[str]]()
        for item in sorted(items, key=lambda item: item.safeguard):
            if item.clause in self.assessment.index:
                clauses.setdefault(item.label, []).append(item.clause)
        return tuple(
            DecisionLine(f"{label_name(label, self.taxonomy)}: {_places([plain(place.full) for place in at.of(many)])}")
            for label, many in clauses.items()
        )


def label_name(label: str, taxonomy: Taxonomy) -> str:
    """Return the name of a mechanism or safeguard; its id where the taxonomy has it no longer."""
    definition = taxonomy.mechanisms.get(label) or taxonomy.safeguards.get(label)
    return definition.name if definition else plain(label)


def whose(record: ReviewRecord) -> str:
    """Return who signed or decided, when, and how many items are decided, in two or three sentences."""
    wording = words().review
    signatures = _signatures(record)
    count = wording.count.format(decided=record.decided, items=counted(record.total, "item"))
    if signatures:
        signed = listed([f"{name} ({when})" for name, when in signatures])
        return f"{wording.signed.format(version=record.version, signatures=signed)} {count}"
    last = f" {wording.last.format(day=day(record.last))}" if record.last else ""
    return f"{wording.draft.format(names=_names(record.names))}{last} {count}"


def _signatures(record: ReviewRecord) -> tuple[tuple[str, str], ...]:
    return tuple((plain(name), day(time)) for name, time in record.signatures)


def _change(item: ReviewedItem, taxonomy: Taxonomy) -> str:
    wording = words().review
    parts = [
        wording.label.format(name=label_name(item.label, taxonomy)) if item.corrected else "",
        wording.severity.format(numbers=", ".join(map(str, item.severity))) if item.severity else "",
        wording.strength.format(strength=words().strength[item.strength.value]) if item.strength else "",
    ]
    given = "; ".join(part for part in parts if part)
    return f" ({given})" if given and item.verdict is not ReviewVerdict.REJECTED else ""


def _places(places: Sequence[str]) -> str:
    left = len(places) - MOST
    first = [named(place) for place in places[:MOST]]
    return listed([*first, counted(left, "further clause")] if left > 0 else first)


def _names(names: Iterable[str]) -> str:
    return listed([plain(name) for name in names])


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
