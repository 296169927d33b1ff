"""The tracked changes of an OpenDocument text. Source: OpenDocument 1.3, part 3, 5.5."""

from dataclasses import dataclass

from lxml.etree import _Element as Element

from impact.extract.office.wordtree import RevisionMark
from impact.extract.opendocument.package import DC, OFFICE, TEXT, XML_ID


@dataclass(frozen=True, slots=True)
class Deletion:
    """Paragraphs that were deleted; the text holds only the place where they were."""

    mark: RevisionMark
    paragraphs: tuple[Element, ...]


class OdtChanges:
    """The changes of a file by their id."""

    def __init__(self, body: Element) -> None:
        self._insertions: dict[str, RevisionMark] = {}
        self._deletions: dict[str, Deletion] = {}
        self._open: dict[str, RevisionMark] = {}
        for region in body.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region"):
            for key in {region.get(XML_ID), region.get(f"{TEXT}id")} - {None}:
                self._read(str(key), region)

    @property
    def marks(self) -> tuple[RevisionMark, ...]:
        """Return the marks on what comes now."""
        return tuple(self._open.values())

    def begin(self, element: Element) -> None:
        """Begin an insertion."""
        key = element.get(f"{TEXT}change-id") or ""
        if key in self._insertions:
            self._open[key] = self._insertions[key]

    def end(self, element: Element) -> None:
        """End an insertion."""
        self._open.pop(element.get(f"{TEXT}change-id") or "", None)

    def take(self, element: Element) -> Deletion | None:
        """Return what was deleted at a place; once, so that a hostile file cannot have it read for ever."""
        return self._deletions.pop(element.get(f"{TEXT}change-id") or "", None)

    def _read(self, key: str, region: Element) -> None:
        inserted, deleted = region.find(f"{TEXT}insertion"), region.find(f"{TEXT}deletion")
        if inserted is not None:
            self._insertions[key] = _mark(inserted, "ins")
        if deleted is not None:
            paragraphs = tuple(deleted.iter(f"{TEXT}p", f"{TEXT}h"))
            self._deletions[key] = Deletion(_mark(deleted, "del"), paragraphs)


def _mark(change: Element, kind: str) -> RevisionMark:
    author = change.findtext(f"{OFFICE}change-info/{DC}creator") or ""
    date = change.findtext(f"{OFFICE}change-info/{DC}date") or ""
    return RevisionMark(kind, author, date)
