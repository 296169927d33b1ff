"""Whether other names in a document change what is found in it; they must not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from impact.records import Block, Clause, Layout, Proposal, Span
from impact.train.corpus.clauses import Labeled, group_by_document
from impact.train.corpus.graft import graft
from impact.train.corpus.names import NameSwap
from impact.train.evaluation.evaluate import Documents
from impact.train.grading import Asker, files_by_name


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause of which other labels are said when the names are others."""

    row: str
    lost: frozenset[str]
    new: frozenset[str]

    def __post_init__(self) -> None:
        if not (self.lost or self.new):
            raise ValueError(f"clause {self.row} lost and won no label")


@dataclass(frozen=True, slots=True)
class Swapped:
    """Outcome of the name-swap test.

    Attributes:
        clauses: Labeled clauses that hold a name.
        changed: Those of them of which other labels are said, in their order.
    """

    clauses: int
    changed: tuple[Changed, ...]
    seed: int


def swap_names(labeled: Sequence[Labeled], asker: Asker, documents: Documents, seed: int) -> Swapped:
    """Judge clauses that hold a name twice: as they are, and with other names throughout title, headings and text.

    Clauses are put into their document, or judged on their own where it is not at hand; both times all clauses are laid
    one after another, so that nothing but the names differs. The seed chooses the names.
    """
    names = NameSwap(seed)
    named = [row for row in labeled if names.occurs_in(row.text)]
    files = files_by_name(documents.folder)
    changed: list[Changed] = []
    for name, rows in group_by_document(named).items():
        whole, clauses_read = documents.read(files[name]) if name in files else (None, ())
        proposal, clauses, ids = graft(whole, clauses_read, rows)
        before, after = (_labels_by_clause(asker, *laid(proposal, clauses, by)) for by in (str, names.swapped))
        for row, address in zip(rows, ids, strict=True):
            was, now = before.get(address, frozenset()), after.get(address, frozenset())
            if was != now:
                changed.append(Changed(row.id, was - now, now - was))
    return Swapped(len(named), tuple(changed), seed)


def laid(
    proposal: Proposal, clauses: Sequence[Clause], rewrite: Callable[[str], str]
) -> tuple[Proposal, tuple[Clause, ...]]:
    """Return a proposal whose text is its clauses, one after another, each sentence and heading rewritten.

    Pages, boxes, changes and comments are left out; ids, kinds and strengths stay.
    """
    text, parts, moved = proposal.document.text, list[str](), dict[Span, Span]()
    at, done = 0, list[Clause]()
    for clause in clauses:
        start, last = at, clause.span.start
        for sentence in clause.parts:
            gap, words = text[last : sentence.start], rewrite(sentence.of(text))
            parts += [gap, words]
            moved[sentence] = Span(at + len(gap), at + len(gap) + len(words))
            at, last = moved[sentence].end, sentence.end
        parts += [text[last : clause.span.end], "\n\n"]
        end = at + clause.span.end - last
        sentences = tuple(moved[sentence] for sentence in clause.sentences)
        headings = tuple(rewrite(heading) for heading in clause.headings)
        stem = moved.get(clause.stem) if clause.stem else None
        done.append(replace(clause, span=Span(start, end), sentences=sentences, headings=headings, stem=stem))
        at = end + 2
    blocks = tuple(Block(clause.span) for clause in done)
    bare = replace(proposal.document, text="".join(parts), blocks=blocks, layout=Layout(), changes=(), comments=())
    return replace(proposal, document=bare, title=rewrite(proposal.title), places=()), tuple(done)


def _labels_by_clause(asker: Asker, proposal: Proposal, clauses: Sequence[Clause]) -> dict[str, frozenset[str]]:
    by_clause: dict[str, set[str]] = {}
    for statement in asker.statements(proposal, clauses):
        by_clause.setdefault(statement.clause, set()).add(statement.label)
    return {clause: frozenset(labels) for clause, labels in by_clause.items()}
