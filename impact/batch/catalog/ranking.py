"""The documents of an archive in reading order, as a table: the order of the portfolio (wording.toml) in SQL."""

from impact.batch.portfolio.order import OrderStep, steps
from impact.tables.archived import REMOVED, STATES
from impact.tables.engine import PartDatabase, literal

_LIGHT = """
CREATE TABLE light AS
SELECT analysis, source, analyzed_at, meeting, state, name, folder, part_of, order_key, grade, part,
  [{counts}] AS counts, state IN ('assessed', 'not assessed') AS analyzed
FROM proposals
"""

_NEWEST = """
CREATE TABLE newest AS
SELECT * FROM light
WHERE state <> {removed} AND rowid IN (SELECT arg_max(rowid, (analyzed_at, analysis)) FROM light GROUP BY source)
"""

_ORIGINALS = """
CREATE TABLE originals AS
SELECT folder AS results, min((meeting, source)) AS first, arg_min(name, (meeting, source)) AS first_name
FROM newest WHERE analyzed GROUP BY folder HAVING count(*) > 1
"""

_BOUND = """
CREATE TABLE bound AS
WITH told AS (
  SELECT newest.*, first_name, first IS NULL OR first = (meeting, source) AS original,
    list_position({states}, if(original, state, 'duplicate')) AS standing
  FROM newest LEFT JOIN originals ON analyzed AND results = folder
)
SELECT own.*, coalesce(cover.name, own.name) AS cover
FROM told AS own LEFT JOIN (SELECT DISTINCT meeting, name FROM told WHERE analyzed AND original) AS cover
  ON own.part_of <> '' AND own.analyzed AND own.original
    AND cover.meeting = own.meeting AND cover.name = own.part_of
"""

_RANKED = """
CREATE TABLE ranked AS
WITH covers AS (
  SELECT meeting AS their_meeting, cover AS their_cover, standing > 2 AS apart,
    min(list_prepend(standing::BIGINT, counts)) AS first_counts,
    arg_min(order_key, name <> cover) AS cover_key
  FROM bound GROUP BY ALL
), placed AS (
  SELECT analysis, part, standing, grade, original, first_name,
    dense_rank() OVER (ORDER BY first_counts, cover_key, meeting, cover, apart) AS proposal,
    name <> cover AS further, order_key, source
  FROM bound JOIN covers ON meeting = their_meeting AND cover = their_cover AND apart = (standing > 2)
)
SELECT * EXCLUDE (further, order_key, source),
  row_number() OVER (ORDER BY proposal, further, order_key, source) AS position
FROM placed
"""

_DOCUMENTS = """
CREATE VIEW documents AS
SELECT proposals.* EXCLUDE line REPLACE (
  if(original, state, 'duplicate') AS state, if(original, same_as, first_name) AS same_as
), standing, position, proposal
FROM proposals JOIN ranked USING (analysis, part)
"""


def rank(database: PartDatabase) -> None:
    """Make the view `documents` of the parts `proposals`: of each source the newest row, unless the source was removed.

    Of documents with the same results, all but the first are duplicates. Beside the columns of the parts it has:

        standing: Place of the state in `STATES`, from 1.
        position: Place among all documents, from 1: assessed ones in reading order, then the others.
        proposal: The same for all documents of a proposal, and rising with the position.
    """
    states = f"[{', '.join(map(literal, STATES))}]"
    counts = ", ".join(map(_count, steps()))
    for statement in (_LIGHT, _NEWEST, _ORIGINALS, _BOUND, _RANKED, _DOCUMENTS):
        database.run(statement.format(counts=counts, removed=literal(REMOVED), states=states))


def _count(step: OrderStep) -> str:
    """Return what a step counts, so that more sorts first; nothing counts in a document that was not analyzed."""
    column = "len(mechanisms_talked_about)" if step.count == "talked" else f"{step.level.value}_{step.count}"
    return f"-coalesce({column}, 0)"
