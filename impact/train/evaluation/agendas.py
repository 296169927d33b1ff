"""What a second reader is to be asked about labeled clauses, for answers that come in by file."""

from collections.abc import Iterator, Sequence

from impact.classify import GRADERS
from impact.reader.door import Door
from impact.reader.reading import Agenda, agenda_of
from impact.records import ASSESSED_LANGUAGES
from impact.taxonomy.values import Taxonomy
from impact.train.corpus.clauses import Labeled, group_by_document
from impact.train.corpus.graft import graft
from impact.train.evaluation.evaluate import Documents
from impact.train.grading import files_by_name


def agendas(
    labeled: Sequence[Labeled], documents: Documents, taxonomy: Taxonomy, door: Door
) -> Iterator[tuple[str, Agenda]]:
    """Yield the name of each document with what `impact evaluate` asks about its labeled clauses."""
    files = files_by_name(documents.folder)
    for name, rows in group_by_document(labeled).items():
        whole, clauses_read = documents.open(files.get(name)) or (None, ())
        proposal, clauses, ids = graft(whole, clauses_read, rows)
        chances = None
        if proposal.language in ASSESSED_LANGUAGES:
            graded = GRADERS["model"](proposal, clauses, frozenset(taxonomy.mechanisms))
            chances = {pair: chance for pair, chance in graded.items() if clauses[pair[0]].id in ids}
        yield name, agenda_of(proposal, clauses, chances, taxonomy, door)
