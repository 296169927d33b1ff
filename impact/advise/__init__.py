"""Stage 6: what a reader may answer, ask and change, from an assessment and how its clauses are judged."""

from impact.advise.affected import affected_by
from impact.advise.amendments.choosing import amendments_of
from impact.advise.amendments.raised import raised_amendments
from impact.advise.context import Context
from impact.advise.detectors.agreement import entries_digest
from impact.advise.guidelines.answers import answers_of
from impact.advise.guidelines.silences import with_few_silences
from impact.advise.introductions import introductions_of
from impact.advise.openness.open_terms import open_terms_of
from impact.advise.openness.safeguard_gaps import gaps_of
from impact.advise.own_sections import own_sections_of
from impact.advise.questions.confirming import confirming_questions
from impact.advise.questions.questions import questions_of
from impact.advise.salient.choosing import salient_passages
from impact.advise.summary import summary_of
from impact.advise.tensions.pairs import tensions_of
from impact.advise.worksheet import worksheet_of
from impact.records import Advice, Assessment, Outlook
from impact.taxonomy.values import Taxonomy

__all__ = ["advise", "entries_digest"]


def advise(assessment: Assessment, taxonomy: Taxonomy, outlook: Outlook | None = None) -> Advice:
    """Return the advice on an assessment; equal assessments give equal advice.

    It rests on firm findings and safeguards. Guideline answers take up doubtful ones as points for a reader to check,
    one question is asked of each power that rests on doubtful findings alone, and nothing is said to be lacking that
    the text may have. With an `outlook`, guideline answers leave out what a careful reader would hardly agree with, and
    its network tells what introduces the document.
    """
    context = Context(assessment, taxonomy, outlook)
    gaps, salient = gaps_of(context), salient_passages(context)
    return Advice(
        affected=affected_by(context),
        worksheet=worksheet_of(context),
        summary=(*summary_of(context, gaps), *own_sections_of(context, quoted=bool(salient))),
        introductions=introductions_of(assessment, outlook),
        salient=salient,
        gaps=gaps,
        open_terms=open_terms_of(context),
        guidelines=with_few_silences(context, answers_of(context)),
        tensions=tensions_of(context),
        questions=questions_of(context),
        confirming=confirming_questions(context),
        amendments=amendments_of(context, gaps),
        raised=raised_amendments(context),
    )
