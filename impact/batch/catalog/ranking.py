"""The documents of an archive in reading order, as a table: the order of the portfolio (wording.toml) in SQL."""

from impact.batch.portfolio.order import OrderStep, steps
from impact.tables.engine import PartDatabase, literal
from impact.tables.states import REMOVED, STATES

BASE = 1000
"""More than any step counts: kinds of powers, or pairs of them. Source: impact/taxonomy has some twenty of each."""

_LIGHT = """
CREATE TABLE light AS
SELECT file, line, analysis, source, analyzed_at, meeting, state, name, folder, part_of, order_key, grade,
  {counts} AS counts, state IN ('assessed', 'not assessed') AS analyzed
FROM proposals
"""

_RANKED = """
CREATE TABLE ranked AS
WITH newest AS (
  SELECT * FROM light
  WHERE state <> {removed} AND rowid IN (SELECT arg_max(rowid, (analyzed_at, analysis)) FROM light GROUP BY source)
), copied AS (
  SELECT folder AS results, min((meeting, source)) AS first, arg_min(name, (meeting, source)) AS first_name
  FROM newest WHERE analyzed GROUP BY folder HAVING count(*) > 1
), single AS (
  SELECT newest.*, first_name, first IS NULL OR first = (meeting, source) AS original,
    list_position({states}, if(original, state, 'duplicate')) AS standing,
    standing * {whole}::HUGEINT - counts AS rank
  FROM newest LEFT JOIN copied ON analyzed AND results = folder
), bound AS (
  SELECT cover.meeting AS bound_meeting, cover.name AS cover, cover.order_key AS cover_key,
    min(least(cover.rank, further.rank)) AS gravest
  FROM single AS further JOIN single AS cover ON cover.meeting = further.meeting AND cover.name = further.part_of
  WHERE further.part_of <> '' AND further.standing <= 2 AND cover.standing <= 2
  GROUP BY ALL
), keyed AS (
  SELECT single.*, cover,
    row_number() OVER (ORDER BY coalesce(gravest, rank), coalesce(cover_key, order_key), meeting, coalesce(cover, name),
      cover IS NOT NULL AND cover <> name, order_key, source) AS position
  FROM single LEFT JOIN bound
    ON standing <= 2 AND bound_meeting = meeting AND cover = if(part_of = '', name, part_of)
), headed AS (
  SELECT meeting, cover, min(position) AS proposal FROM keyed WHERE cover IS NOT NULL GROUP BY ALL
)
SELECT file, line, standing, grade, original, first_name, position, coalesce(proposal, position) AS proposal
FROM keyed LEFT JOIN headed USING (meeting, cover)
"""

_DOCUMENTS = """
CREATE VIEW documents AS
SELECT proposals.* REPLACE (
  if(original, state, 'duplicate') AS state, if(original, same_as, first_name) AS same_as
), standing, position, proposal
FROM proposals JOIN ranked USING (file, line)
"""


def rank(database: PartDatabase) -> None:
    """Make the view `documents` of the parts `proposals`: of each source the newest row, unless the source was removed.

    Of documents with the same results, all but the first are duplicates. Beside the columns of the parts it has:

        standing: Place of the state in `STATES`, from 1.
        position: Place among all documents, from 1: assessed ones in reading order, then the others.
        proposal: The position of the first document of its proposal, its own where it came alone.
    """
    states = f"[{', '.join(map(literal, STATES))}]"
    database.run(_LIGHT.format(counts=_counts()))
    database.run(_RANKED.format(removed=literal(REMOVED), states=states, whole=BASE ** len(steps())))
    database.run(_DOCUMENTS)


def _counts() -> str:
    """Return what the steps count as one number with digits of its own for each step, the first step first."""
    ordered = reversed(steps())
    return " + ".join(f"{BASE**place}::HUGEINT * {_count(step)}" for place, step in enumerate(ordered))


def _count(step: OrderStep) -> str:
    """Return what a step counts; nothing counts in a document that was not analyzed."""
    column = "len(mechanisms_talked_about)" if step.count == "talked" else f"{step.level.value}_{step.count}"
    return f"coalesce({column}, 0)"
