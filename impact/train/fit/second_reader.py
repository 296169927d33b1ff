"""How much the answers of a second reader weigh, fitted on labeled clauses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from impact.classify import GRADERS, classify
from impact.errors import CorpusError
from impact.reader.calibration import Answer, AnswerKind, AnswerWeights, log_odds
from impact.reader.rule import FirstReading, answer_to
from impact.records import ASSESSED_LANGUAGES, SURE
from impact.taxonomy.values import Taxonomy
from impact.train.corpus.clauses import Labeled, group_by_document
from impact.train.corpus.graft import graft
from impact.train.evaluation.evaluate import Documents
from impact.train.grading import files_by_name
from impact.train.second_reader import MeasuredReader

FOLDS = 5
"""Parts into which documents are cut, so that none is judged by numbers fitted on it. Source: project judgment."""

LEAST = 100
"""Fewest pairs of a clause and a label for a fit. Source: project judgment; five numbers are fitted."""

RIGHT, ADDED = 0.9, 20
"""Share of what the second reader adds that has to be right for it to be firm, and the least number of pairs that this
must hold for. Source: issue 17 wants .90 of what is firm to be right; the second, project judgment."""


@dataclass(frozen=True, slots=True)
class AnsweredPair:
    """A labeled clause and a label, with the answer of the second reader.

    Attributes:
        first: Chance from the first reading.
        proposed: Whether the first reading says that the clause proposes the label.
        true: Whether readers say so.
    """

    document: str
    first: float
    proposed: bool
    answer: Answer
    true: bool


def answered_pairs(
    labeled: Sequence[Labeled], documents: Documents, reader: MeasuredReader, taxonomy: Taxonomy
) -> Iterator[AnsweredPair]:
    """Yield the answers on labeled clauses, one for each label that the reader was asked about or names.

    Documents in languages without a first reading are skipped.
    """
    files = files_by_name(documents.folder)
    for name, rows in group_by_document(labeled).items():
        whole, clauses_read = documents.read(files[name]) if name in files else (None, ())
        proposal, clauses, ids = graft(whole, clauses_read, rows)
        if proposal.language not in ASSESSED_LANGUAGES:
            continue
        chances = GRADERS["model"](proposal, clauses, frozenset(taxonomy.mechanisms))
        first = FirstReading(proposal, clauses, classify(proposal, clauses, taxonomy), chances)
        _, second = reader.on(first, taxonomy, ids)
        places = {clause.id: place for place, clause in enumerate(clauses)}
        answers = {answer.clause: answer for answer in second.clauses}
        for row, address in zip(rows, ids, strict=True):
            for label in taxonomy.labels if address in answers else ():
                answer = answer_to(answers[address], label)
                if answer.kind is not AnswerKind.UNASKED:
                    chance, proposed = chances.get((places[address], label), 0.0), (address, label) in first.proposed
                    yield AnsweredPair(name, chance, proposed, answer, label in row.proposes)


def fit_calibration(pairs: Sequence[AnsweredPair], default: AnswerWeights) -> AnswerWeights:
    """Return weights fitted by logistic regression (Platt 1999); those that it cannot fit are taken from `default`.

    Raises:
        CorpusError: If there are too few pairs or documents, or only true or only false ones.
    """
    documents = {pair.document for pair in pairs}
    if len(pairs) < LEAST or len(documents) < FOLDS or len({pair.true for pair in pairs}) < 2:
        message = f"{len(pairs)} answers on {len(documents)} documents are too few to calibrate by"
        hint = f"Label more clauses: {LEAST} answers on {FOLDS} documents are needed, some of them right and some wrong"
        raise CorpusError(message, hint)
    fitted = _fitted(pairs, default)
    split = [pair.true for pair in pairs if pair.answer.kind is AnswerKind.NAMED and abs(pair.answer.steps) <= 1]
    alone = round(sum(split) / len(split), 4) if split else default.alone
    return replace(fitted, alone=alone, firm=_firm(pairs, default))


def _fitted(pairs: Sequence[AnsweredPair], default: AnswerWeights) -> AnswerWeights:
    from sklearn.linear_model import LogisticRegression

    asked = (AnswerKind.NAMED, AnswerKind.CONTEXT, AnswerKind.SILENT)
    rows = [
        [log_odds(pair.first, default.floor), pair.answer.steps, *(float(pair.answer.kind is kind) for kind in asked)]
        for pair in pairs
    ]
    model = LogisticRegression(fit_intercept=False, C=10.0).fit(rows, [pair.true for pair in pairs])
    first, reader, *weights = (round(float(weight), 4) for weight in model.coef_[0])
    return replace(default, first=first, reader=reader, firm=None, **dict(zip(asked, weights, strict=True)))


def _firm(pairs: Sequence[AnsweredPair], default: AnswerWeights) -> float | None:
    """Return the least chance from which what the second reader adds is right often enough; None where there is none.

    Each pair is judged by numbers that were fitted on the documents of other folds.
    """
    folds = {name: place % FOLDS for place, name in enumerate(sorted({pair.document for pair in pairs}))}
    graded: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        others = [pair for pair in pairs if folds[pair.document] != fold]
        if len({pair.true for pair in others}) < 2:
            return None
        fitted = _fitted(others, default)
        in_fold = (pair for pair in pairs if folds[pair.document] == fold)
        sure = (pair for pair in in_fold if pair.answer.kind is AnswerKind.NAMED and pair.answer.readers >= SURE)
        added = (pair for pair in sure if not pair.proposed)
        graded += [(fitted.chance(pair.first, pair.answer), pair.true) for pair in added]
    for cut in sorted({chance for chance, _ in graded}):
        outcomes = [true for chance, true in graded if chance >= cut]
        if len(outcomes) >= ADDED and sum(outcomes) >= RIGHT * len(outcomes):
            return cut
    return None
