"""What is to be read: files, folder trees, ZIPs, lists, addresses, one document after another."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from impact.batch.containers.lists import MeetingLists, with_rows
from impact.batch.containers.source_file import PackedFile, SourceFile, passed_over, unreadable
from impact.batch.naming import DocumentNames
from impact.errors import ImpactError, UnreadableError
from impact.extract.detect.packaging import HEAD, may_list
from impact.extract.source import head_of, load


def find(sources: Sequence[str], out: Path) -> Iterator[SourceFile]:
    """Return the documents of the sources, in the order given and the largest of a folder first, every one once.

    Args:
        sources: Paths of files and folders, addresses with "://", and "@FILE" for a list of any of these.
        out: The output folder, which is passed over.

    Raises:
        ImpactError: If a source that was named does not exist, now, or cannot be opened, when its turn comes. What
            cannot be read within it is a document whose reading raises.
    """
    check(sources)
    return _named(sources, out)


def check(sources: Sequence[str]) -> None:
    """Refuse sources that do not exist, as far as that is known without looking at addresses.

    Raises:
        ImpactError: If a path that was named does not exist.
    """
    for source in sources:
        path = Path(source.removeprefix("@"))
        if "://" not in source and not path.exists():
            raise ImpactError(f"{path} does not exist", "Check the spelling. Nothing was read")


def _named(sources: Sequence[str], out: Path) -> Iterator[SourceFile]:
    """Return the documents of all sources; files that may be lists of documents come first."""
    ordered = sorted(sources, key=lambda source: not _may_list(source))
    return with_names(chain.from_iterable(_source(source, out) for source in ordered))


def with_names(documents: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """Yield documents, each once and under a name of its own, and with what the lists that came before say of it."""
    names, lists = DocumentNames(), MeetingLists()
    for document in documents:
        for named in _claimed(document, names):
            read = with_rows(named)
            lists.add(read.name, read.rows)
            # A further document of a proposal is not what the list calls by its number.
            yield replace(read, listed=None if read.rows or read.part_of else lists.row_of(read.name))


def _claimed(document: SourceFile, names: DocumentNames) -> Iterator[SourceFile]:
    """Yield a document and then those that came with it, each with the names under which the others go."""
    name = names.claim(document.name, document.place)
    if name is None:
        return
    further = [named for part in document.further for named in _claimed(part, names)]
    bound = [_bound(part, document.name, name) for part in further]
    beside = tuple(part for part in bound if name in {part.part_of, part.attached_to})
    yield replace(document, name=name, further=beside)
    yield from bound


def _bound(part: SourceFile, before: str, name: str) -> SourceFile:
    """Return a document that came with another, which goes under another name now."""
    part_of, attached_to = (name if whole == before else whole for whole in (part.part_of, part.attached_to))
    return replace(part, part_of=part_of, attached_to=attached_to)


def _may_list(source: str) -> bool:
    """Return whether a source is a file here that may be a list of documents, which is read before all others."""
    path = Path(source)
    return "://" not in source and not source.startswith("@") and may_list(head_of(path, HEAD))


def _source(source: str, out: Path) -> Iterator[SourceFile]:
    if source.startswith("@"):
        return _listed(Path(source[1:]), out)
    if "://" in source:
        from impact.batch.remote import find_at

        return find_at(source)
    path = Path(source)
    return _tree(path, out) if path.is_dir() else documents_of(path, name_of(path))


def _listed(path: Path, out: Path) -> Iterator[SourceFile]:
    """Yield what a list names; a line that leads nowhere is a document that cannot be read."""
    for line in lines_of(path):
        if "://" in line:
            yield from _at(line, out)
        elif not Path(line).exists():
            yield _local(Path(line), name_of(Path(line)))
        else:
            yield from _source(line, out)


def lines_of(path: Path) -> list[str]:
    """Return the paths and addresses in a list; a path that exists only beside the list is that.

    Raises:
        ImpactError: If the list cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"the list {path} cannot be read: {error}"
        raise ImpactError(message, "Give a UTF-8 text file with one path or address per line") from error
    named = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    return [
        line if _as_it_stands(line) or not (path.parent / line).exists() else str(path.parent / line) for line in named
    ]


def _as_it_stands(line: str) -> bool:
    return "://" in line or Path(line).exists()


def _at(address: str, out: Path) -> Iterator[SourceFile]:
    """Yield what is at an address of a list; where that fails, the address as a document that cannot be read."""
    try:
        yield from _source(address, out)
    except ImpactError as error:
        yield unreadable(address, address, error)


def _tree(root: Path, out: Path) -> Iterator[SourceFile]:
    """Yield the documents below a folder: lists of documents first, since they say what others are called.

    The largest of the rest come first, so that no worker is left alone with one of them at the end.
    """
    barred: list[OSError] = []
    paths = [path for paths in files_below(root, out, barred.append) for path in paths]
    for path in sorted(paths, key=lambda path: (not may_list(head_of(path, HEAD)), -_size(path))):
        yield from documents_of(path, path.relative_to(root).as_posix())
    for error in barred:
        yield _barred(root, error)


def _size(path: Path) -> int:
    """Return how many bytes a file has; 0 where that cannot be known, since its reading will say why."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def files_below(root: Path, out: Path, barred: Callable[[OSError], None]) -> Iterator[list[Path]]:
    """Yield for each folder of a tree its files, by name, without what is passed over.

    `barred` is told of each folder that cannot be listed.
    """
    been = {os.path.realpath(root), os.path.realpath(out)}
    for folder, folders, files in os.walk(root, onerror=barred, followlinks=True):
        here = Path(folder)
        folders[:] = [
            folder for folder in sorted(folders) if not passed_over(folder) and _first_time(here / folder, been)
        ]
        yield [here / file for file in sorted(files) if not passed_over(file)]


def _first_time(folder: Path, been: set[str]) -> bool:
    """Return whether a folder was not seen yet, by whatever links it was reached."""
    place = os.path.realpath(folder)
    if place in been:
        return False
    been.add(place)
    return True


def _barred(root: Path, error: OSError) -> SourceFile:
    """Return a folder that cannot be listed as a document that cannot be read."""
    path, message = Path(error.filename), f"the folder {error.filename} cannot be read: {error.strerror}"
    name = path.relative_to(root).as_posix() if path != root else path.name
    return unreadable(name, str(path), UnreadableError(message, "Change its permissions or copy it"))


def documents_of(path: Path, name: str) -> Iterator[SourceFile]:
    """Yield the documents in a file on this machine, which goes under a name."""
    from impact.batch.containers.opening import documents_in

    return documents_in(PackedFile(name, _local(path, name), lambda: head_of(path, HEAD), lambda: path.open("rb")))


def _local(path: Path, name: str) -> SourceFile:
    return SourceFile(name, os.path.realpath(path), lambda most: load(path, most))


def name_of(path: Path) -> str:
    """Return the name of a file that was named itself: with the folders given, unless they lead from elsewhere."""
    return path.name if path.is_absolute() or ".." in path.parts else path.as_posix()
