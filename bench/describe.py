"""Measure how often title, number and body agree with what PROVENANCE.tsv says of the shared documents.

Usage: python bench/describe.py [FOLDER] [--all]

PROVENANCE.tsv was made by hand and does not always repeat what a document says of itself. Not compared are titles that
are a file name, a number or the name of a group of files; numbers without a figure or of bodies that `describe` does
not know (there the table names the project); and the body of papers and slides, where the table names the meeting. A
body agrees if it is named in the table, or if it is empty and the table names none of those that `describe` knows.
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from time import process_time

from impact import extract
from impact.describe import describe
from impact.errors import ImpactError
from impact.records import Proposal

FOLDER = Path(__file__).parents[2] / "shared" / "documents"
FIELDS = ("title", "number", "body")
BODIES = {
    "ietf": "IETF", "irtf": "IRTF", "iab": "IETF", "itu-t": "ITU-T", "itu-r": "ITU-R", "3gpp": "3GPP", "etsi": "ETSI",
    "iso": "ISO", "oiml": "OIML", "w3c": "W3C", "wicg": "W3C", "cefact": "UN",
}  # fmt: skip
MODES = {True: "agree", False: "differ", None: "not compared"}


def plain(text: str) -> str:
    """Return letters and figures only, in lower case."""
    return re.sub(r"[\W_]+", "", text.casefold())


def title_agrees(stated: str, found: str, row: dict[str, str], common: Counter[str]) -> bool | None:
    """Compare titles: one holds the other, or they share three fifths of their words."""
    name = Path(row["file"]).name
    file_stem = re.sub(r"\.\w{2,4}$", "", stated.rsplit("/", 1)[-1])
    is_label = re.search(r"authoring doc|\((?:PDF|xml2rfc v\d)\)", stated) or plain(Path(name).stem) in plain(stated)
    if is_label or common[stated] > 1 or plain(file_stem) in plain(name) or plain(row["number"]) == plain(file_stem):
        return None
    first, second = (set(re.findall(r"\w+", text.casefold())) for text in (stated, found))
    near = len(first & second) >= 0.6 * len(first | second)
    return near or plain(found) in plain(stated) or plain(stated) in plain(found)


def number_agrees(stated: str, found: str, body: str) -> bool | None:
    """Compare numbers without prefixes of bodies, dates, stages and remarks."""
    stated = re.sub(r"\(source\)|\bv[\d._]+$|-\d{6}$|-\d{4}$|^ITU\s+|_V\d.*", "", stated)
    if not named_in(body) or not re.search(r"\d", stated):
        return None
    first, second = plain(stated), plain(re.sub(r"/F?DIS|(?<=Sup)pl", "", found))
    return bool(second) and (first in second or second.removeprefix("itut").removeprefix("itur") in first)


def named_in(stated: str) -> set[str]:
    """Return the bodies that the table names, as `describe` calls them."""
    return {
        BODIES[word] for word in re.findall(r"[\w-]+", stated.casefold()) if word in BODIES and "Tech Lab" not in stated
    }


def body_agrees(stated: str, found: str) -> bool | None:
    """Compare bodies by the names in the table."""
    if re.search(r"workshop|side meetings", stated):
        return None
    named = named_in(stated)
    return found in named if named else not found


def compare(row: dict[str, str], proposal: Proposal, common: Counter[str]) -> dict[str, bool | None]:
    """Return for each field whether it agrees; None where the table does not say."""
    return {
        "title": title_agrees(row["title"], proposal.title, row, common),
        "number": number_agrees(row["number"], proposal.number, row["body"]),
        "body": body_agrees(row["body"], proposal.body),
    }


def main(arguments: list[str]) -> None:
    """Print the table by format, then every disagreement."""
    folder = Path(next((word for word in arguments if not word.startswith("--")), FOLDER))
    with (folder / "PROVENANCE.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    common = Counter(row["title"] for row in rows)
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    differences, refused, seconds = [], 0, []
    for row in rows:
        try:
            document = extract.read(folder / row["file"], jailed=False)
        except (ImpactError, OSError) as error:
            refused += 1
            print(f"refused  {row['file']}: {error}")
            continue
        start = process_time()
        proposal = describe(document)
        seconds.append(process_time() - start)
        for field, agrees in compare(row, proposal, common).items():
            counts[document.format][field, MODES[agrees]] += 1
            if agrees is False or "--all" in arguments:
                differences.append(
                    f"{field:7}{row['file']}\n       said  {row[field]}\n       found {getattr(proposal, field)}"
                )
    print("\n".join(differences))
    report(counts)
    seconds.sort()
    median, worst = 1000 * seconds[len(seconds) // 2], 1000 * seconds[-1]
    print(f"refused {refused}; CPU of describe: median {median:.1f} ms, worst {worst:.1f} ms")


def report(counts: dict[str, Counter[tuple[str, str]]]) -> None:
    """Print agreeing / compared for each format and field, and the sum."""
    total: Counter[tuple[str, str]] = sum(counts.values(), Counter())
    print(f"{'format':10}" + "".join(f"{field:>14}" for field in FIELDS))
    for name, count in [*sorted(counts.items()), ("all", total)]:
        cells = (f"{count[field, 'agree']} / {count[field, 'agree'] + count[field, 'differ']}" for field in FIELDS)
        print(f"{name:10}" + "".join(f"{cell:>14}" for cell in cells))


if __name__ == "__main__":
    main(sys.argv[1:])
