"""List the citations of law and standards that have an article, section or paragraph number, each with its places.

    python bench/citations.py             # kind, citation, places; how many of each kind at the end
    python bench/citations.py --kind un   # those of one kind

docs/taxonomy.md ("Citations: what was checked") says against which text each kind was held.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "impact"
NUMBER = r"\d+(?:\.\d+)*(?:\s?\([a-z0-9]+\))*"
NUMBERS = rf"{NUMBER}(?:(?:,? (?:and|to|or) |, ){NUMBER}(?! \(?(?:19|20)\d\d\b))*"
PARAGRAPHS = rf",? ?(?:paras?\.?|paragraphs?) {NUMBERS}"
COMMENT = rf"(?:(?:HRC|CESCR|CRC) )?General Comments? \d+(?: \(\d{{4}}\))?{PARAGRAPHS}"
KINDS = {
    "articles": rf"\b(?:UDHR|ICCPR|ICESCR)(?: articles?)? {NUMBERS}|with Disabilities,?(?: articles?)? {NUMBERS}",
    "general comments": rf"{COMMENT}|GC\d+ {NUMBERS}|(?<=and )32, para\. 6|(?<=; )34 \(2011\){PARAGRAPHS}",
    "un": rf"\bA/HRC/\d+/\d+(?: \(\d{{4}}\))?{PARAGRAPHS}",
    "guiding principles": rf"\b(?:UN Guiding Principles?|UNGP|principles) {NUMBERS}",
    "rfc 9620": rf"RFC 9620,?(?: sections?)? {NUMBERS}",
    "other rfc": r"RFC (?!9620)\d{4}(?:,? sections?)? \d+(?:\.\d+)*\b(?!\d)(?: \([a-z]\))?",
}


def citations() -> Mapping[tuple[str, str], list[str]]:
    """Return the places (file and line, 1-based) of each kind and citation."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    files = (file for ending in ("toml", "py", "html") for file in PACKAGE.rglob(f"*.{ending}"))
    for file in sorted(files):
        for at, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            for kind, pattern in KINDS.items():
                for match in re.finditer(pattern, line):
                    found[kind, match[0]].append(f"{file.relative_to(PACKAGE.parent)}:{at}")
    return found


def main() -> None:
    """Print the list, tab-separated, and the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=KINDS)
    kind = parser.parse_args().kind
    found = {key: places for key, places in sorted(citations().items()) if kind in {None, key[0]}}
    for (name, citation), places in found.items():
        print(name, citation, " ".join(places), sep="\t")
    for name in dict.fromkeys(name for name, _ in found):
        everywhere = [len(places) for (kind, _), places in found.items() if kind == name]
        print(f"{name}: {len(everywhere)} different ones in {sum(everywhere)} places")


if __name__ == "__main__":
    main()
