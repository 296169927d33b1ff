"""Adopt readings of clauses of public documents: keep the labels and where their words stand, leave the text behind.

    python corpora/standards/adopt.py --documents ../shared/documents --reader first ../shared/clauses-train.jsonl

`--into corpora/development` adopts into another corpus.

A later set of readings takes the place of an earlier one where both label the same words, unless the earlier one was
read by more readers; a set that is adopted again takes the place of its former self.
"""

import argparse
import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from impact.errors import UnreadableError
from impact.pipeline import prepare
from impact.taxonomy import load
from impact.train.corpus.placing import place
from impact.train.corpus.standoff import StandoffLabel, read_labels
from impact.train.corpus.stream import Stream, digest, stream_of

HERE = Path(__file__).resolve().parent
COLUMNS = ("file", "body", "number", "address")
GITHUB = re.compile(r"github:(?P<repository>[^ /]+/[^ ]+) (?P<paths>.+) @(?P<commit>[0-9a-f]{40})")
RFC = re.compile(r"RFC (\d+)")


@dataclass
class Count:
    """What became of the readings."""

    literal: int = 0
    fitted: int = 0
    nowhere: int = 0
    without_document: int = 0

    def __str__(self) -> str:
        """Return the counts in words."""
        return (
            f"{self.literal} stand word for word, {self.fitted} were fitted to our clauses, "
            f"{self.nowhere} stand nowhere in our reading, {self.without_document} are of documents not at hand"
        )


def address(source: str, number: str) -> str:
    """Return public addresses, parted by blanks, for what a source says; the source itself where none is evident."""
    if match := GITHUB.fullmatch(source):
        base = f"https://github.com/{match['repository']}/blob/{match['commit']}/"
        return " ".join(base + quote(path.strip()) for path in match["paths"].split(" + "))
    if "doc-rfc" in source and (match := RFC.fullmatch(number)):
        return f"https://www.rfc-editor.org/rfc/rfc{match[1]}.txt"
    return source


def adopt(rows: Sequence[dict[str, Any]], stream: Stream, reader: str, count: Count) -> list[StandoffLabel]:
    """Return the labels of the readings of one document."""
    labels = []
    windows = place(stream, [row["text"] for row in rows], [row.get("clause", "") for row in rows])
    for row, window in zip(rows, windows, strict=True):
        if window is None:
            count.nowhere += 1
            continue
        count.fitted += window.fitted
        count.literal += not window.fitted
        clause, offset = stream.address(window.start)
        sha256 = digest(stream.window(window.start, window.words))
        proposes = tuple(sorted(row["proposes"]))
        context = tuple(sorted(set(row["context"]) - set(proposes)))
        labels.append(
            StandoffLabel(row["doc"], clause, offset, window.words, sha256, proposes, context, row["readers"], reader)
        )
    return labels


def merge(old: Iterable[StandoffLabel], new: Iterable[StandoffLabel], stream: Stream) -> list[StandoffLabel]:
    """Return the labels of one document in its order, one for the same words."""
    chosen: dict[str, StandoffLabel] = {label.name: label for label in old}
    for label in new:
        if label.name not in chosen or chosen[label.name].readers <= label.readers:
            chosen[label.name] = label
    return sorted(chosen.values(), key=lambda label: (stream.start(label.clause, label.offset) or 0, label.words))


def write_documents(names: Iterable[str], provenance: Path, listed: Path) -> None:
    """Write `listed`: the labeled documents by name; those that the provenance lacks stay as they were."""
    known: dict[str, tuple[str, ...]] = {}
    if listed.is_file():
        with listed.open(encoding="utf-8", newline="") as file:
            known = {row[0]: tuple(row) for row in list(csv.reader(file, "excel-tab"))[1:]}
    with provenance.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, dialect="excel-tab", quoting=csv.QUOTE_NONE):
            name = Path(row["file"]).name
            known[name] = (name, row["body"], row["number"], address(row["source"], row["number"]))
    with listed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, "excel-tab", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(known.get(name, (name, "", "", "")) for name in sorted(names))


def command_line() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True, help="folder of documents with PROVENANCE.tsv")
    parser.add_argument("--into", type=Path, default=HERE, help="the corpus; corpora/standards if left out")
    parser.add_argument("--reader", required=True, help="name of the set of readings")
    parser.add_argument("--readers", type=int, default=1, help="how many read the lines that do not say so")
    parser.add_argument("--without", action="append", default=[], help="name of a document to leave out; repeatable")
    parser.add_argument(
        "readings", type=Path, nargs="+", help="JSON Lines with id, doc, text, proposes, context; clause, readers"
    )
    return parser.parse_args()


def readings(paths: Iterable[Path], readers: int, without: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the lines of all files by document but for those left out, each with a number of readers."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = {"readers": readers} | json.loads(line)
            if row["doc"] not in without:
                groups[row["doc"]].append(row)
    return groups


def main() -> None:
    """Read the command line, and write labels.jsonl and documents.tsv of the corpus."""
    options = command_line()
    target, known = options.into / "labels.jsonl", load().labels
    kept: dict[str, list[StandoffLabel]] = defaultdict(list)
    for label in read_labels(target, known) if target.is_file() else ():
        if label.reader != options.reader:
            kept[label.document].append(label)
    places = {path.name: path for path in options.documents.rglob("*") if path.is_file()}
    count = Count()
    for name, rows in readings(options.readings, options.readers, options.without).items():
        try:
            proposal, clauses = prepare(places[name])
        except (KeyError, UnreadableError):
            count.without_document += len(rows)
            continue
        stream = stream_of(proposal.document.text, clauses)
        kept[name] = merge(kept[name], adopt(rows, stream, options.reader, count), stream)
    labels = [label for name in sorted(kept) for label in kept[name]]
    lines = (json.dumps(asdict(label), ensure_ascii=False, separators=(",", ":")) + "\n" for label in labels)
    target.write_text("".join(lines), encoding="utf-8")
    read_labels(target, known)
    names = {label.document for label in labels}
    write_documents(names, options.documents / "PROVENANCE.tsv", options.into / "documents.tsv")
    sys.stdout.write(f"{options.reader}: {count}. {len(labels)} labels in all.\n")


if __name__ == "__main__":
    main()
