"""Write every report of many documents, and compare two such folders: what a change of the inside leaves as it was.

`python bench/golden.py write FOLDER [--program CHECKOUT] [--documents DIR] [--number 30] [--every 1]`
runs the commands of a checkout (this one by default) in its own folder: `analyze` in all formats over the samples and
over documents spread evenly through DIR, `batch` with its portfolio, `compare`, `match`, `taxonomy`, and a store that
is filled, decided on, signed and exported.

`python bench/golden.py compare BEFORE AFTER`
names each file that is missing or differs, with its first differing line, and exits with 1 if there is one. Times are
left out; packages (DOCX, XLSX) are compared part by part, and Parquet files row by row.
"""

import argparse
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = "html,json,md,csv,docx,xlsx,onepage,amendments,review,contribution"
LARGEST = 400_000
"""Bytes of a document of DIR at the most, so that a run takes minutes."""

CLOCK = re.compile(
    rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(\+\d\d:\d\d|Z| UTC)?|D:\d{14}[+Z\d']*"
    rb"|\d{1,2} \w+ 20\d\d, \d\d:\d\d( UTC)?"
    rb"|\"seconds\": ?[\d.]+|\b[\d.]+ (s|seconds|minutes?)\b|/ID \[.*?\]"
)
FLEETING = re.compile(rb"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\b|\b[0-9a-f]{64}\b|\b[0-9a-f]{16}\b")
"""Ids and hashes that hold the time in them, in what a store exports."""
FOLDERS = re.compile(rb"(?:/[\w.+-]+)+/")
"""Where checkouts and documents lie, in what commands print."""


def main() -> None:
    """Write or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    write = commands.add_parser("write")
    write.add_argument("folder", type=Path)
    write.add_argument("--program", type=Path, default=ROOT)
    write.add_argument("--documents", type=Path)
    write.add_argument("--number", type=int, default=30)
    write.add_argument("--every", type=int, default=1, help="only each so-and-so-many-th of the documents")
    write.add_argument("--parts", default="reports,commands,review", help="of reports, commands, review")
    compare = commands.add_parser("compare")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    options = parser.parse_args()
    if options.command == "write":
        documents = _spread(options.documents, options.number)[:: options.every]
        _write(options.folder.resolve(), options.program.resolve(), documents, options.parts.split(","))
    else:
        sys.exit(_compare(options.before, options.after))


def _spread(folder: Path | None, number: int) -> list[Path]:
    """Return `number` files spread evenly through a folder in the order of their paths."""
    if folder is None:
        return []
    kinds = {".pdf", ".docx", ".txt", ".html", ".xml", ".md", ".pptx", ".yaml", ".bs"}
    paths = [path.resolve() for path in sorted(folder.rglob("*")) if path.suffix.lower() in kinds]
    small = [path for path in paths if path.stat().st_size <= LARGEST]
    return small[:: max(1, len(small) // number)][:number]


def _write(folder: Path, program: Path, documents: list[Path], parts: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    kinds = {".pdf", ".docx", ".txt"}
    samples = sorted(path for path in (ROOT / "corpora" / "proposals").iterdir() if path.suffix in kinds)
    for part in parts:
        shutil.rmtree(folder / part, ignore_errors=True)
        (folder / part).mkdir()
        PARTS[part](Program(program, folder / part), samples, documents)


@dataclass(frozen=True)
class Program:
    """The commands of a checkout, run in a folder; what they print is kept in `terminal.txt` there."""

    checkout: Path
    folder: Path

    def run(self, *arguments: str | Path, log: Path | None = None) -> None:
        """Run a command and wait for its end, whatever that is."""
        store = {"IMPACT_STORE": str(self.folder / "store")}
        environment = {**os.environ, "PYTHONPATH": str(self.checkout), **store}
        command = [sys.executable, "-m", "impact", *map(str, arguments)]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, check=False)
        with (log or self.folder / "terminal.txt").open("ab") as terminal:
            terminal.write(f"$ impact {' '.join(map(str, arguments))}\nexit code {done.returncode}\n".encode())
            terminal.write(done.stdout + done.stderr)


def _reports(program: Program, samples: list[Path], documents: list[Path]) -> None:
    """Write every format of every document."""

    def analyze(path: Path, forms: str) -> None:
        out = program.folder / f"{path.parent.name}-{path.name}"
        out.mkdir()
        program.run("analyze", path, "--out", out, "--format", forms, log=out / "terminal.txt")

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for path in samples:
            pool.submit(analyze, path, f"{FORMS},pdf,annotated")
        for path in documents:
            pool.submit(analyze, path, f"{FORMS},annotated" if path.suffix in {".pdf", ".docx"} else FORMS)


def _commands(program: Program, samples: list[Path], documents: list[Path]) -> None:
    """Run the commands that take many documents, two, or none."""
    run, folder = program.run, program.folder
    run("analyze", samples[0], "--by", "cues", "--out", "cues", "--format", "json,html")
    run("analyze", samples[1], "--out", "languages", "--format", "onepage", "--language", "all")
    run("batch", *samples, *documents[:8], "--out", "batch", "--quiet")
    run("compare", samples[-1], samples[-2], "--out", "compare")
    run("compare", folder / "batch" / "documents", samples[0], "--out", "compare-refused")
    run("match", samples[0], "--library", "batch", "--out", "match")
    for words in ((), ("shut-off",), ("redress",)):
        run("taxonomy", *words)


def _review(program: Program, samples: list[Path], _documents: list[Path]) -> None:
    """Fill a store, decide on what was found, sign and export."""
    run, folder = program.run, program.folder
    run("review", "add", samples[2], samples[3], "--as", "ana")
    store = sqlite3.connect(folder / "store" / "review.sqlite")
    tables = store.execute("select sql from sqlite_master where sql is not null")
    (folder / "schema.sql").write_text("\n".join(sorted(sql for (sql,) in tables)))
    proposal = store.execute("select id from proposals order by title").fetchone()[0]
    store.close()
    run("review", "findings", proposal, "--as", "ana")
    run("review", "decide", proposal, "next", "accept", "--as", "ana")
    run("review", "decide", proposal, "next", "reject", "-m", "no power", "--as", "ana")
    run("review", "decide", proposal, "next", "note", "-m", "ask the group", "--as", "ana")
    run("review", "done", proposal, "--as", "ana")
    run("review", "sign", proposal, "--as", "ana")
    for form in ("jsonl", "csv", "annotations", "signed"):
        run("review", "export", proposal, "--format", form, "--as", "ana")
    for command in ("findings", "agreement", "conflicts"):
        run("review", command, proposal, "--as", "ana")
    run("review", "verify", "--as", "ana")
    shutil.rmtree(folder / "store")


PARTS = {"reports": _reports, "commands": _commands, "review": _review}


def _compare(before: Path, after: Path) -> int:
    """Print what differs and return 1 if anything does."""
    old, new = ({path.relative_to(place) for path in place.rglob("*") if path.is_file()} for place in (before, after))
    lines = [f"{name}: only before" for name in sorted(old - new)] + [
        f"{name}: only after" for name in sorted(new - old)
    ]
    for name in sorted(old & new):
        first, second = (_parts(place / name, place) for place in (before, after))
        for part in sorted(first.keys() | second.keys()):
            if first.get(part) != second.get(part):
                lines.append(
                    f"{name}{part and '!' + part}: {_first_difference(first.get(part, b''), second.get(part, b''))}"
                )
                break
    print("\n".join(lines))
    print(f"{len(old | new)} files, {len(lines)} differ")
    return 1 if lines else 0


def _parts(path: Path, place: Path) -> dict[str, bytes]:
    """Return the content of a file, by part where it is a package, without times."""
    data = path.read_bytes()
    if path.suffix in {".docx", ".xlsx"} and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            return {name: _timeless(package.read(name), place) for name in package.namelist()}
    if path.suffix == ".parquet":
        import pandas as pd

        frame = pd.read_parquet(io.BytesIO(data))
        return {"": _timeless(frame.to_csv().encode() + str(frame.dtypes).encode(), place)}
    if path.suffix == ".npz":
        import numpy as np

        with np.load(io.BytesIO(data)) as arrays:
            return {name: _timeless(arrays[name].tobytes(), place) for name in arrays.files}
    if path.name == "terminal.txt":
        data = FOLDERS.sub(b"", data)
    if path.suffix == ".pdf":
        data = _pdf_text(data)
    return {"": _timeless(data, place)}


def _pdf_text(data: bytes) -> bytes:
    """Return the text of the pages of a PDF and the words of its notes; pdfminer.six gives other texts each time."""
    import pikepdf
    import pypdfium2

    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        notes = [str(note.get("/Contents", "")) for page in pdf.pages for note in page.get("/Annots", [])]
    return "\n".join([*pages, *notes]).encode()


def _timeless(data: bytes, place: Path) -> bytes:
    data = data.replace(str(place.resolve()).encode(), b"PLACE").replace(str(place).encode(), b"PLACE")
    return FLEETING.sub(b"ID", CLOCK.sub(b"TIME", data))


def _first_difference(before: bytes, after: bytes) -> str:
    pairs = zip(before.split(b"\n"), after.split(b"\n"), strict=False)
    for number, (old, new) in enumerate(pairs, 1):
        if old != new:
            at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
            start = max(0, at - 40)
            return f"line {number}: {old[start : at + 60]!r} became {new[start : at + 60]!r}"
    return f"{len(before)} bytes became {len(after)}"


if __name__ == "__main__":
    main()
