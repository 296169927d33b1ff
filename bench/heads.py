"""Measure the trained classifier on whole documents, on one core: loading, clauses a second, and what the gate spares.

Usage: python bench/heads.py FOLDER [--json FILE] [--cap N] [--rival] [--by WAY]
Files are read and segmented before the clock runs. With --rival, the time to classify the PDFs among them stands beside
that of pdfminer.six's bare text extraction of the same files.
"""

import argparse
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analyze import spent_by_pdfminer

from impact.classify import model
from impact.classify.features import views
from impact.classify.heads import load as load_heads
from impact.classify.heads import together
from impact.classify.judging import WAYS, fast, light
from impact.classify.library import load as load_cues
from impact.classify.networks.encoder import load as load_encoder
from impact.errors import UnreadableError
from impact.pipeline import prepare
from impact.records import Clause, Proposal
from impact.taxonomy import load as load_taxonomy


@dataclass
class Sums:
    """Sums over files: clauses, how many the last gate lets through, and seconds of CPU.

    `judge` is the whole classification, `cues` and `words` two parts of it done once more alone; `rival` is
    pdfminer.six, and `beside_rival` the whole classification of the same files.
    """

    files: int = 0
    clauses: int = 0
    through: int = 0
    judge: float = 0.0
    cues: float = 0.0
    words: float = 0.0
    rival: float = 0.0
    beside_rival: float = 0.0


def load_seconds() -> float:
    """Return the seconds until heads and encoder can judge, imports included; then load the cues too."""
    began = time.perf_counter()
    load_heads()
    load_encoder().vector("A lamp.", "Lamps")
    spent = time.perf_counter() - began
    load_cues()
    return spent


def spend_on(proposal: Proposal, clauses: Sequence[Clause], mechanisms: frozenset[str], way: str, sums: Sums) -> float:
    """Classify a document, then once more in parts, add what it took, and return the seconds of CPU of the whole."""
    heads, began = load_heads(), time.process_time()
    model.scores_of(proposal, clauses, mechanisms, way)
    judged = time.process_time()
    seen = views(proposal, clauses, mechanisms)
    cued = time.process_time()
    heard, gate = [together(heads.fused(light(heads, view), "light")) for view in seen], heads.cuts["fast"].gate
    worded = time.process_time()
    if way == "model":
        gate = heads.cuts["model"].gate
        heard = [together(judged.chances) for judged in map(partial(fast, heads), seen)]
    sums.files += 1
    sums.judge, sums.cues, sums.words = (
        sums.judge + judged - began,
        sums.cues + cued - judged,
        sums.words + worded - cued,
    )
    sums.clauses, sums.through = sums.clauses + len(seen), sums.through + sum(chance >= gate for chance in heard)
    return judged - began


def figures_of(sums: Sums) -> dict[str, float]:
    """Return rates and shares from the sums over all files."""
    figures: dict[str, float] = {
        "files": sums.files,
        "clauses": sums.clauses,
        "clauses_per_second": round(sums.clauses / sums.judge, 1),
        "through_the_gate": round(sums.through / sums.clauses, 4),
        "share_of_cues": round(sums.cues / sums.judge, 3),
        "share_of_words": round(sums.words / sums.judge, 3),
        "share_of_networks": round(max(1 - (sums.cues + sums.words) / sums.judge, 0), 3),
    }
    if sums.rival:
        figures["seconds_to_those_of_pdfminer"] = round(sums.beside_rival / sums.rival, 3)
    return figures


def main() -> None:
    """Classify every file below the folder and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--cap", type=int, default=10_000)
    parser.add_argument("--rival", action="store_true")
    parser.add_argument("--by", choices=WAYS, default="model")
    chosen = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    loaded, mechanisms = load_seconds(), frozenset(load_taxonomy().mechanisms)
    sums = Sums()
    for file in [path for path in sorted(chosen.folder.rglob("*")) if path.is_file()][: chosen.cap]:
        try:
            spent = spend_on(*prepare(file, jailed=False), mechanisms, chosen.by, sums)
        except UnreadableError as error:
            print(f"passed over: {error}")
            continue
        if chosen.rival and file.suffix.lower() == ".pdf" and (rival := spent_by_pdfminer(file)):
            sums.rival, sums.beside_rival = sums.rival + rival, sums.beside_rival + spent
    figures = {"load_seconds": round(loaded, 3)} | figures_of(sums)
    print(json.dumps(figures, indent=2))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
