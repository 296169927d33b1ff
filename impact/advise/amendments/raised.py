"""Which change of wording answers a point that a second reader raises: it chose the safeguard, the words are ours."""

import re
from collections.abc import Iterator

from impact.advise.amendments.choosing import STRIKE, clause_to_amend, is_ruled, opposing
from impact.advise.amendments.library import AmendmentTemplate, library
from impact.advise.amendments.working import AmendedClause, Worked, runs, strengthened, worked
from impact.advise.context import Context
from impact.records import Amendment, PointKind, RaisedPoint, Span, TextSetting

STRONGER = AmendmentTemplate(
    "stronger",
    "narrow",
    "",
    "People can rely on the protection once it is binding, in line with the principle of legality.",
    "RFC 2119; project judgment",
)
"""What stands for a template where a word that only recommends or permits is made to bind."""

_WEAK = re.compile(r"\b(?:should|may|SHOULD|MAY)\b")


def raised_amendments(context: Context) -> tuple[Amendment | None, ...]:
    """Return for each point that a second reader raises the change of the clause cited first; None where none fits.

    A protection that is only recommended or permitted is made to bind. Else the wording is that of the library for
    a power that the point is about, or that the clause may give.
    """
    second = context.assessment.second
    raising = second.raising if second else None
    return tuple(_answering(context, point) for point in (raising.points if raising else ()))


def _answering(context: Context, point: RaisedPoint) -> Amendment | None:
    first = point.cites[0]
    clause = context.clause(first.clause)
    amended = clause_to_amend(context, clause, first.evidence[0], clause.strength)
    if not point.change or amended.setting is TextSetting.CODE:
        return None
    words, ruled = context.house_words, is_ruled(context, clause, amended)
    fitting = (
        (template, work)
        for template in _templates(context, point)
        if (ruled or template.edit == "narrow") and (work := worked(template, amended, words))
    )
    template, (edit, replacements) = _binding(context, point, amended) or next(fitting, (STRONGER, ("", ())))
    if not replacements:
        return None
    return Amendment(
        id=f"raised/{template.id}",
        finding="",
        clause=clause.id,
        safeguard=point.change,
        edit=edit,
        setting=amended.setting,
        runs=runs(amended.text, replacements),
        why=template.why,
        source=template.source,
        against=() if template is STRONGER else opposing(context, clause, template),
    )


def _templates(context: Context, point: RaisedPoint) -> Iterator[AmendmentTemplate]:
    """Yield the templates that bring the safeguard chosen, those for the powers of the point first."""
    mechanisms = (
        rated.finding.mechanism for rated in context.whole.findings if rated.finding.clause == point.cites[0].clause
    )
    for power in dict.fromkeys((*point.labels, *mechanisms)):
        yield from (
            template
            for template in library().get(power, ())
            if template.safeguard == point.change and template.edit != STRIKE
        )


def _binding(context: Context, point: RaisedPoint, amended: AmendedClause) -> tuple[AmendmentTemplate, Worked] | None:
    """Return the change by which a weak protection binds."""
    if point.kind is not PointKind.WEAK:
        return None
    weak = [Span(*word.span()) for word in _WEAK.finditer(amended.text, amended.sentence.start, amended.sentence.end)]
    work = strengthened(amended, weak, context.house_words["shall"]) if len(weak) == 1 else None
    return (STRONGER, work) if work else None
