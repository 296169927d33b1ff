"""Stage 6: what a reader may answer, ask and change, from an assessment and nothing else."""

from impact.advise.affected import affected_by
from impact.advise.amendments import amendments_of
from impact.advise.context import Scene
from impact.advise.detectors import detected
from impact.advise.guidelines.answers import answers_of
from impact.advise.openness.gaps import gaps_of
from impact.advise.openness.open_terms import loose_of
from impact.advise.questions.questions import questions_of
from impact.advise.summary import summary_of
from impact.advise.tensions.pairs import tensions_of
from impact.advise.worksheet import worksheet_of
from impact.records import Advice, Assessment
from impact.taxonomy import Taxonomy


def advise(assessment: Assessment, taxonomy: Taxonomy) -> Advice:
    """Return the advice on an assessment; equal assessments give equal advice.

    It rests on firm findings and safeguards. Guideline answers alone take up doubtful ones, as points for a reader to
    check, and nothing is said to be lacking that the text may have.
    """
    firm, passages = assessment.firm, detected(assessment)
    scene = Scene(firm)
    gaps = gaps_of(scene, assessment.safeguards, taxonomy)
    return Advice(
        affected=affected_by(firm),
        worksheet=worksheet_of(firm, taxonomy, assessment.findings),
        summary=summary_of(firm, taxonomy, gaps, passages),
        gaps=gaps,
        loose=loose_of(scene),
        guidelines=answers_of(assessment, passages, taxonomy),
        tensions=tensions_of(firm, passages, taxonomy),
        questions=questions_of(scene, taxonomy),
        amendments=amendments_of(scene, gaps, assessment.findings),
    )
