"""What the jail costs a document: `python bench/sandbox.py [--runs 20]`.

Reads a tiny file of each of a few formats in the jail and in this process, warm, and prints the medians in
milliseconds; the difference is the jail. Then the parts: an interpreter that does nothing, and one that loads the
child's modules.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from impact.extract import read

PROSE = "The operator shall keep a record of each session."
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj "
    b"4 0 obj<</Length 92>>stream\nBT /F1 11 Tf 72 700 Td ("
    + PROSE.encode()
    + b") Tj ET              \nendstream endobj "
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n"
)
FILES = {
    "tiny.txt": PROSE.encode(),
    "tiny.html": f"<!DOCTYPE html><p>{PROSE}".encode(),
    "tiny.md": f"# Title\n\n{PROSE}\n".encode(),
    "tiny.pdf": PDF,
}


def milliseconds(run: Callable[[], object], runs: int) -> float:
    """Return the median of `runs` runs after a first one that does not count."""
    run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def interpreter(code: str) -> Callable[[], object]:
    """Return a run of a bare interpreter with this one's path."""
    path = [entry for entry in sys.path if entry]
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:] = sys.argv[1:]; {code}", *path]
    return lambda: subprocess.run(command, check=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    print(f"{'file':<12} {'jailed':>8} {'in process':>11} {'the jail':>9}  (ms, median of {runs})")
    with tempfile.TemporaryDirectory() as folder:
        for name, content in FILES.items():
            path = Path(folder, name)
            path.write_bytes(content)
            jailed = milliseconds(lambda path=path: read(path), runs)
            direct = milliseconds(lambda path=path: read(path, jailed=False), runs)
            print(f"{name:<12} {jailed:8.1f} {direct:11.1f} {jailed - direct:9.1f}")
    for words, code in {
        "an interpreter": "pass",
        "and the child's modules": "import impact.sandbox.child",
        "and PDFium's reader": "import impact.sandbox.child, impact.extract.pdf.pdfium.pages",
    }.items():
        print(f"{words:<24} {milliseconds(interpreter(code), runs):6.1f}")


if __name__ == "__main__":
    main()
