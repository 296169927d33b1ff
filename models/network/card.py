"""Take a new `labels.onnx` into this folder, and write network.json anew.

python models/network/card.py --labels FILE --tuned "how"
"""

import argparse
import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from impact.classify.networks.files import VOCABULARY, digest_of

HERE = Path(__file__).resolve().parent
MODELS, CARD = ("network.onnx", "labels.onnx", "salience.onnx"), "network.json"


def write_card(folder: Path, labels: list[str], limits: Mapping[str, int], source: Mapping[str, Any]) -> dict[str, Any]:
    """Write network.json and return what it says.

    Args:
        folder: Holds the models and the vocabulary.
        labels: Ids in the order of the outputs.
        limits: Tokens of a clause (`limit`) and of a passage (`passage_limit`).
        source: Where the weights are from and how they were tuned.
    """
    vocabulary, *models = ((folder / name).read_bytes() for name in (VOCABULARY, *MODELS))
    decides = {"labels": labels, **limits}
    card = {
        "name": "all-mpnet-base-v2",
        **decides,
        "digest": digest_of(models, vocabulary, decides),
        "files": {
            name: hashlib.sha256(content).hexdigest()
            for name, content in zip((VOCABULARY, *MODELS), (vocabulary, *models), strict=True)
        },
        "source": dict(source),
    }
    (folder / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return card


def main() -> None:
    """Take the options, copy, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True, help="file that train_labels.py wrote")
    parser.add_argument("--tuned", required=True, help="one line on how the weights were trained further")
    options = parser.parse_args()
    shutil.copyfile(options.labels, HERE / "labels.onnx")
    former = json.loads((HERE / CARD).read_text(encoding="utf-8"))
    limits = {name: former[name] for name in ("limit", "passage_limit")}
    card = write_card(HERE, former["labels"], limits, {**former["source"], "tuned": options.tuned})
    print(f"digest {card['digest']}")


if __name__ == "__main__":
    main()
