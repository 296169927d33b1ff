"""Short proposals of our own in the other languages of the United Nations, which the program does not assess itself."""

from pathlib import Path

NAMES = {"fr": "French", "es": "Spanish", "ru": "Russian", "zh": "Chinese", "ar": "Arabic"}
TEXTS = {code: (Path(__file__).parent / "foreign_texts" / f"{code}.txt").read_text("utf-8") for code in NAMES}
