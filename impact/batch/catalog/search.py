"""Words and articles in an archive: titles, numbers and names of documents, and the quotes of findings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from impact.batch.catalog.catalog import ArchiveCatalog
from impact.batch.catalog.selection import EVERYTHING, ArchiveSelection
from impact.tables.engine import Rows, caseless
from impact.taxonomy.citing import article_in, wider

_TERM = re.compile(r'"([^"]+)"|(\S+)')
DOCUMENT_COLUMNS = ("number", "title", "name", "meeting_name", "group", "grade", "state", "report", "source")
FINDING_COLUMNS = ("mechanism", "level", "doubtful", "clause_number", "page", "quote")

_FOUND = """
WITH marked AS (
  SELECT DISTINCT ON (analysis, finding) analysis, finding, {findings}, line AS place
  FROM findings WHERE {finding}
), titled AS (
  SELECT analysis FROM documents WHERE {document}
), hits AS (
  SELECT analysis, marked.* EXCLUDE analysis FROM marked
  UNION ALL BY NAME SELECT analysis FROM titled WHERE analysis NOT IN (SELECT analysis FROM marked)
), chosen AS (
  SELECT hits.*, position FROM hits JOIN documents USING (analysis) WHERE {condition}
  ORDER BY position, doubtful, hits.place LIMIT $count
)
SELECT position, {documents}, {chosen} FROM chosen JOIN documents USING (analysis, position)
ORDER BY position, doubtful, chosen.place
"""


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What somebody looks for.

    Attributes:
        terms: Words or phrases, all of which have to stand in a title, number or name of a document,
            or in the quote of a finding; parts of words count, and capitals do not.
        article: Instead of terms, an article that a finding may touch ("ICCPR 17").

    Raises:
        ValueError: If it asks for nothing, or for both.
    """

    terms: tuple[str, ...] = ()
    article: str = ""

    def __post_init__(self) -> None:
        if bool(self.terms) == bool(self.article):
            raise ValueError("a search needs words or an article")


def question_in(text: str) -> SearchQuestion:
    """Return what a text asks for: an article where it names one, else its words; phrases stand in quotation marks.

    Raises:
        ValueError: If the text is empty.
    """
    if article := article_in(text):
        return SearchQuestion(article=article)
    return SearchQuestion(tuple(phrase or word for phrase, word in _TERM.findall(text)))


def typed(arguments: Sequence[str]) -> str:
    """Return the arguments of a command as the text of a question: one with a space in it is a phrase.

    Those that name an article together stay as they are.
    """
    together = " ".join(arguments)
    if article_in(together):
        return together
    return " ".join(f'"{word}"' if len(word.split()) > 1 and '"' not in word else word for word in arguments)


def search(
    catalog: ArchiveCatalog, question: SearchQuestion, selection: ArchiveSelection = EVERYTHING, count: int = 100
) -> Rows:
    """Return findings that a question fits, in reading order of their documents, firm ones first in each.

    A document that it fits by its title alone has a row without a finding.
    """
    finding, document, values = _conditions(question)
    query = _FOUND.format(
        finding=finding,
        document=document,
        condition=selection.condition(),
        findings=", ".join(FINDING_COLUMNS),
        documents=", ".join(f'documents."{name}"' for name in DOCUMENT_COLUMNS),
        chosen=", ".join(f"chosen.{name}" for name in FINDING_COLUMNS),
    )
    return catalog.database.rows(query, values | selection.values() | {"count": count})


def _conditions(question: SearchQuestion) -> tuple[str, str, dict[str, Any]]:
    """Return the conditions on a finding and on a document, and the values that they name."""
    if question.article:
        values = {"articles": wider(question.article), "narrower": f"{question.article}("}
        fits = "list_filter({}, lambda ref: list_contains($articles, ref) OR starts_with(ref, $narrower))"
        either = (f"len({fits.format(name)}) > 0" for name in ("articles_primary", "articles_secondary"))
        return f"({' OR '.join(either)})", "false", values
    names = [f"term{place}" for place, _ in enumerate(question.terms)]
    texts = caseless("concat_ws(' ', number, title, name)")
    return (
        " AND ".join(f"contains({caseless('quote')}, {caseless(f'${name}')})" for name in names),
        " AND ".join(f"contains({texts}, {caseless(f'${name}')})" for name in names),
        dict(zip(names, question.terms, strict=True)),
    )
