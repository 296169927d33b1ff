"""Labeled clauses as the heads will see them: each in its document, with what the cues say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from impact.classify.features import View, views
from impact.errors import UnreadableError
from impact.taxonomy.values import Taxonomy
from impact.train.corpus.clauses import Labeled, group_by_document, read_labeled
from impact.train.corpus.graft import graft
from impact.train.grading import Read, files_by_name


@dataclass(frozen=True, slots=True)
class Example:
    """A labeled clause with its features.

    Attributes:
        document: Name of its document; clauses of one document never part between training and judging.
        written: Whether we wrote it; real ones count more.
        context: Labels that readers say it only talks about; the encoder is tuned on them too.
    """

    view: View
    proposes: frozenset[str]
    document: str
    written: bool
    context: frozenset[str] = frozenset()
    readers: int = 1

    def __post_init__(self) -> None:
        if not self.document:
            raise ValueError(f"an example without a document: {self.view.text[:40]!r}")


def real_examples(labeled: Sequence[Labeled], taxonomy: Taxonomy, folder: Path, read: Read) -> list[Example]:
    """Return clauses of real documents, each seen in its whole document; those of unreadable documents are left out."""
    places, groups = files_by_name(folder), group_by_document(labeled)
    examples: list[Example] = []
    for name in sorted(groups.keys() & places.keys()):
        try:
            proposal, clauses = read(places[name])
        except UnreadableError:
            continue
        whole, every, ids = graft(proposal, clauses, groups[name])
        seen = {every[view.number].id: view for view in views(whole, every, frozenset(taxonomy.mechanisms))}
        examples += [
            Example(seen[address], row.proposes, name, written=False, context=row.context, readers=row.readers)
            for row, address in zip(groups[name], ids, strict=True)
            if address in seen
        ]
    return examples


def written_examples(labeled: Sequence[Labeled], taxonomy: Taxonomy) -> list[Example]:
    """Return clauses that we wrote, each as a document of its own with the title and heading that it gives."""
    examples = []
    for row in labeled:
        whole, clauses, _ = graft(None, (), [row])
        view = views(whole, clauses, frozenset(taxonomy.mechanisms))[0]
        document = f"written: {row.document}"
        examples.append(Example(view, row.proposes, document, written=True, context=row.context))
    return examples


def contribution_examples(folder: Path, taxonomy: Taxonomy, read: Read) -> list[Example]:
    """Return the clauses of whole contributions that we wrote, each seen in its contribution.

    Args:
        folder: Holds the contributions and `labels.jsonl`, as `read_labeled` reads it.
        taxonomy: Gives labels and mechanisms.
        read: Extracts, describes and segments a file.

    Raises:
        CorpusError: As `read_labeled`.
    """
    labeled = read_labeled(folder / "labels.jsonl", taxonomy.labels)
    return [replace(example, written=True) for example in real_examples(labeled, taxonomy, folder, read)]
