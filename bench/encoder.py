"""Measure the sentence encoder on one core: time to load, and texts a second."""

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path

from impact.classify.networks.encoder import Encoder, load

SENTENCES = Path(__file__).resolve().parent.parent / "models" / "encoder" / "sentences.txt"


def texts_of(words: int, count: int = 100) -> list[str]:
    """Return texts of so many words each, cut from our sentences one after another, over and over."""
    stock = SENTENCES.read_text(encoding="utf-8").split() * (1 + words * count // 200)
    return [" ".join(stock[start : start + words]) for start in range(0, words * count, words)]


def rate(encoder: Encoder, texts: Sequence[str]) -> float:
    """Return texts a second of processor time, the best of three rounds."""
    spent = []
    for _ in range(3):
        began = time.process_time()
        for text in texts:
            encoder.vector(text)
        spent.append(time.process_time() - began)
    return len(texts) / min(spent)


def main() -> None:
    """Print load time and rates; the process stays on one core."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "file", nargs="?", type=Path, help="one text a line; without it, texts of 10, 30 and 60 words of our own"
    )
    file = parser.parse_args().file
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    began = time.perf_counter()
    encoder = load()
    print(f"load {time.perf_counter() - began:.2f} s, imports included")
    if file:
        texts = file.read_text(encoding="utf-8").splitlines()
        print(f"{len(texts)} texts of {file}: {rate(encoder, texts):.0f} texts/s")
        return
    for words in (10, 30, 60):
        print(f"{words} words: {rate(encoder, texts_of(words)):.0f} texts/s")


if __name__ == "__main__":
    main()
