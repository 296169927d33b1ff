"""The parser that ships with the program: spaCy's small English pipeline."""

import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from impact.errors import MissingError
from impact.imports import load_without
from impact.paths import shelf

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CARD, PIPELINE = "parser.json", "pipeline"

_NEXT = "Install the program again, or in a checkout run models/parser/rebuild.py"


def load_spacy() -> None:
    """Load spaCy without its commands: with an HTTP client and more they take a third of its start."""
    load_without("spacy.cli.info", "spacy")


def parse(texts: Iterable[str]) -> "list[Doc]":
    """Return the dependency parse of each text, which is taken as one sentence; half a surrogate pair is read as "?".

    Raises:
        MissingError: If the parser is absent or cannot be used.
    """
    language = load()
    documents = [language.make_doc(text.encode("utf-8", "replace").decode("utf-8")) for text in texts]
    for document in documents:
        for word in document[1:]:
            word.is_sent_start = False
    return list(language.pipe(documents))


@cache
def load() -> "Language":
    """Return the pipeline that ships with the program; it takes a third of a second.

    Raises:
        MissingError: If it is absent, was changed or cannot be used.
    """
    digest()
    return load_from(shelf("models") / "parser" / PIPELINE)


@cache
def digest() -> str:
    """Return `digest_of` the parser that ships with the program."""
    return digest_of(shelf("models") / "parser")


def digest_of(folder: Path) -> str:
    """Return the SHA-256 over all files of a pipeline and their names, hexadecimal.

    Raises:
        MissingError: If a file is not the one of which the card gives the digest, or there is no card.
    """
    try:
        recorded = json.loads((folder / CARD).read_text(encoding="utf-8"))["files"]
        paths = sorted(path for path in (folder / PIPELINE).rglob("*") if path.is_file())
        found = {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in paths}
        kept = {name: digest for name, digest in recorded.items() if name.startswith(f"{PIPELINE}/")}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise MissingError(f"the parser in {folder} is incomplete ({type(error).__name__}: {error})", _NEXT) from error
    if wrong := sorted(name for name, _ in found.items() ^ kept.items()):
        raise MissingError(f"the parser in {folder} was changed: {wrong[0]} has another digest or is missing", _NEXT)
    return sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def load_from(folder: Path) -> "Language":
    """Load a pipeline from a folder made by `models/parser/rebuild.py`.

    Raises:
        MissingError: If it is absent or cannot be used. `digest_of` tells whether its files are the right ones.
    """
    load_spacy()
    import spacy

    if not (folder / "config.cfg").is_file():
        raise MissingError(f"the parser is incomplete: {folder / 'config.cfg'} is not there", _NEXT)
    try:
        return spacy.load(folder)
    except Exception as error:  # the errors of spaCy and thinc have nothing in common
        message = f"the parser in {folder} is damaged ({type(error).__name__}: {error})"
        raise MissingError(message, _NEXT) from error
