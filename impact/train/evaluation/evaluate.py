"""How well the program agrees with readers: every figure of `impact evaluate`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from impact.errors import CorpusError, UnreadableError
from impact.records import Clause, Proposal
from impact.train.corpus.clauses import Labeled, group_by_document
from impact.train.evaluation.answers import DocumentAnswers, answers_grafted, answers_whole
from impact.train.evaluation.baselines import say_nothing, say_phrases
from impact.train.evaluation.bootstrap import Interval, intervals
from impact.train.evaluation.by_document import ByDocument, by_document
from impact.train.evaluation.calibration import Calibration, of_grades, of_labels
from impact.train.evaluation.curves import Curve, curves
from impact.train.evaluation.scores import Agreement, LabelResult, LabelsByRow, by_group, compare
from impact.train.grading import Asker, Read, files_by_name
from impact.train.second_reader import MeasuredReader


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents that labeled clauses are from.

    Attributes:
        read: Extracts, describes and segments a file.
        folder: Where they are, by file name, in any subfolder; none is at hand without it.
        whole: Whether to judge whole documents as they are and compare what is said of the clauses of ours that hold
            the labeled words, rather than to put the labeled clauses into their documents.
    """

    read: Read
    folder: Path | None = None
    whole: bool = False

    def open(self, place: Path | None) -> tuple[Proposal, Sequence[Clause]] | None:
        """Return a document; None where it is not at hand or cannot be read."""
        try:
            return self.read(place) if place else None
        except UnreadableError:
            return None

    def tell(self, asker: Asker, labeled: Sequence[Labeled]) -> Iterator[DocumentAnswers]:
        """Yield what is said of each document.

        Where whole documents are judged, one that is not at hand is passed over, and of one that cannot be read nothing
        is said; else the clauses of either are judged on their own.
        """
        places = files_by_name(self.folder)
        for name, rows in group_by_document(labeled).items():
            read = self.open(places.get(name))
            if not self.whole:
                yield answers_grafted(asker, name, rows, read)
            elif read:
                yield answers_whole(asker, name, rows, read)
            elif name in places:
                yield _nothing(name, rows)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where labeled clauses were found in the documents.

    Attributes:
        whole: Whether whole documents were judged, rather than the clauses put into them.
        literal: Clauses found word for word.
        lost: Clauses not found, judged as if nothing were said of them.
        left_out: Clauses left out since their document is not at hand; only where whole documents are judged.
    """

    whole: bool
    literal: int
    lost: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a simpler program reaches on the same clauses."""

    name: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures.

    Attributes:
        agreement: By label, over all and of anything.
        bodies: Over all labels by standards body, the one with most clauses first.
        graded: Calibration over all clauses and labels graded `calibration.FLOOR` or more.
        labeled: Calibration over what the program says.
        baselines: Simpler programs, the simplest first; the program without its second reader last, where it has one.
        second: What a second reader read and cost; None where there was none.
    """

    by: tuple[str, ...]
    seed: int
    agreement: Agreement
    bodies: tuple[LabelResult, ...]
    curves: tuple[Curve, ...]
    graded: Calibration
    labeled: Calibration
    intervals: tuple[Interval, ...]
    documents: ByDocument
    placement: Placement
    baselines: tuple[Baseline, ...]
    second: MeasuredReader | None = None


def evaluate(
    labeled: Sequence[Labeled], asker: Asker, documents: Documents, beside: Sequence[str] = (), seed: int = 0
) -> Evaluation:
    """Judge labeled clauses and compare with the readers' labels.

    Where the asker cannot assess, nothing is told of the gravest findings. Each document is read once for it and once
    for each name of `beside`: judges or graders to compare with, each on its own. The seed is for the intervals.

    Raises:
        CorpusError: If an id occurs twice, or no clause is left to judge.
    """
    _refuse_twins(labeled)
    answers = tuple(documents.tell(asker, labeled))
    labels_by_row = _labels_by_row(answers)
    grades = {row: chances for document in answers for row, chances in document.grades.items()}
    rows = [row for row in labeled if row.id in labels_by_row]
    if not rows:
        message = (
            f"none of the {len(labeled)} clauses can be judged: {documents.folder} contains none of their documents"
        )
        raise CorpusError(message, "Give the folder of source documents with --documents")
    labels = asker.taxonomy.labels
    return Evaluation(
        by=asker.names,
        seed=seed,
        agreement=compare(rows, labels_by_row, labels, grades),
        bodies=by_group(rows, labels_by_row, {document.document: document.body for document in answers}),
        curves=curves(rows, labels, grades),
        graded=of_grades(rows, grades),
        labeled=of_labels(rows, grades, labels_by_row),
        intervals=intervals(rows, labels_by_row, labels, seed),
        documents=by_document(rows, answers, asker.taxonomy.mechanisms),
        placement=Placement(
            documents.whole,
            literal=sum(document.literal for document in answers),
            lost=sum(len(document.lost) for document in answers),
            left_out=len(labeled) - len(rows),
        ),
        baselines=tuple(_baselines(rows, asker, documents, beside)),
        second=asker.second,
    )


def _baselines(
    rows: Sequence[Labeled], asker: Asker, documents: Documents, beside: Sequence[str]
) -> Iterator[Baseline]:
    """Yield what the asker is compared with; where it has a second reader, what it says without it is the last."""
    askers = {name: Asker(asker.taxonomy, (name,)) for name in beside}
    if asker.second:
        askers[", ".join(asker.by)] = Asker(asker.taxonomy, asker.by)
    answers = {"always none": say_nothing(rows), "cue phrases": say_phrases(rows)} | {
        name: _labels_by_row(tuple(documents.tell(other, rows))) for name, other in askers.items()
    }
    yield from (Baseline(name, compare(rows, answer, asker.taxonomy.labels)) for name, answer in answers.items())


def simpler(by: Sequence[str]) -> tuple[str, ...]:
    """Return the names that are compared with those asked: cues and TF-IDF, but for one that alone is asked."""
    return tuple(name for name in ("cues", "tfidf") if tuple(by) != (name,))


def _nothing(name: str, rows: Sequence[Labeled]) -> DocumentAnswers:
    labels = {row.id: frozenset[str]() for row in rows}
    return DocumentAnswers(name, "", labels, {}, frozenset(), (), (), 0, frozenset(labels))


def _labels_by_row(answers: Sequence[DocumentAnswers]) -> LabelsByRow:
    return {row: labels for document in answers for row, labels in document.labels.items()}


def _refuse_twins(labeled: Sequence[Labeled]) -> None:
    seen: set[str] = set()
    for row in labeled:
        if row.id in seen:
            message = f"two labeled clauses have the id {row.id}"
            raise CorpusError(message, "Give each file once, and each clause its own id")
        seen.add(row.id)
