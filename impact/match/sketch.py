"""What is kept of a proposal to know it again under another name."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from impact.match.choosing import MOST, chosen
from impact.match.copied import PERMUTATIONS, minhash, runs, stock
from impact.match.masking import MOST_TERMS, masked, terms_of
from impact.records import Assessment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_COUNTED = 10**9
"""Sequences of words that no document has. Source: project judgment; sketches come from files."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
LONGEST = 900
"""Characters of a provision that are kept: more than the encoder reads. Source: models/encoder, 96 tokens."""


@dataclass(frozen=True, slots=True)
class SketchProvision:
    """A provision of a sketch.

    Attributes:
        number: Official number of its clause as a person would cite it; empty where there is none.
        text: What it says, on one line, cut at `LONGEST` characters.
    """

    number: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A proposal as it is compared; two of the same file and versions have the same bytes. Compared by identity.

    Attributes:
        id: SHA-256 of the bytes of the file, hexadecimal.
        number: Number of the contribution or standard, as written.
        meaning: What decides the vectors: digest of encoder and background.
        terms: What was masked, longest first.
        provisions: Kept provisions in the order of the text.
        runs: How many different sequences of words the text has, without those that many documents have.
        minhash: MinHash of these, uint32, shape (256,).
        vectors: A row for each provision: its vector whitened by the background, int8, as long as 127 allows.
        common: How common each provision is, float32, shape (provisions,).
        unassessed: Code of the language of the proposal where it was not assessed for it; older files do not say.

    Raises:
        ValueError: If the arrays do not fit the provisions.
    """

    id: str
    name: str
    title: str
    number: str
    meaning: str
    terms: tuple[str, ...] = field(repr=False)
    provisions: tuple[SketchProvision, ...] = field(repr=False)
    runs: int
    minhash: "NDArray[np.uint32]" = field(repr=False)
    vectors: "NDArray[np.int8]" = field(repr=False)
    common: "NDArray[np.float32]" = field(repr=False)
    unassessed: str = ""

    def __post_init__(self) -> None:
        count = len(self.provisions)
        kinds = (str(self.minhash.dtype), str(self.vectors.dtype), str(self.common.dtype))
        fits = self.minhash.shape == (PERMUTATIONS,) and self.common.shape == (count,) and self.vectors.ndim == 2
        if kinds != ("uint32", "int8", "float32") or not fits or len(self.vectors) != count or count > MOST:
            raise ValueError(f"sketch of {self.name!r}: {count} provisions, but arrays {kinds} of {self.vectors.shape}")
        sound = _DIGEST.fullmatch(self.id) and 0 <= self.runs < MOST_COUNTED and len(self.terms) <= MOST_TERMS
        if not sound or not (abs(self.common) <= 1.01).all():
            msg = f"sketch of {self.name!r}: {self.runs} sequences of words, id {self.id!r}, {len(self.terms)} terms"
            raise ValueError(msg)

    def rows(self) -> "NDArray[np.float32]":
        """Return the vectors, each of length 1, shape (provisions, dimension)."""
        import numpy as np

        wide = self.vectors.astype(np.float32)
        return np.asarray(wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), 1), np.float32)


def sketch_of(assessment: Assessment) -> Sketch:
    """Return the sketch of a proposal.

    Raises:
        MissingError: If encoder or background are absent or damaged.
    """
    proposal, document = assessment.proposal, assessment.document
    terms = terms_of(proposal, assessment.clauses)
    kept = chosen(assessment, terms)
    vectors, common = _vectors([text for _, text in kept], terms)
    text_runs = (
        runs(masked(document.quote(clause.span), terms) for clause in assessment.clauses if clause.assessed) - stock()
    )
    return Sketch(
        id=document.id,
        name=document.source,
        title=proposal.title,
        number=proposal.number,
        meaning=meaning(),
        terms=terms,
        provisions=tuple(SketchProvision(clause.number, text[:LONGEST]) for clause, text in kept),
        runs=len(text_runs),
        minhash=minhash(text_runs),
        vectors=vectors,
        common=common,
        unassessed=assessment.unassessed,
    )


def meaning() -> str:
    """Return the digest of what decides the vectors of a sketch today.

    Raises:
        MissingError: If encoder or background are absent or damaged.
    """
    from impact.match.background import load

    background = load()
    return hashlib.sha256(f"{background.encoder}\0{background.digest}".encode()).hexdigest()


def renewed(sketch: Sketch) -> Sketch:
    """Return a sketch with vectors of today's encoder, made from its provisions; itself if they are already."""
    from impact.classify.networks.encoder import load as load_encoder

    today = meaning()
    if sketch.meaning == today and sketch.vectors.shape[1] == load_encoder().dimension:
        return sketch
    vectors, common = _vectors([provision.text for provision in sketch.provisions], sketch.terms)
    return replace(sketch, meaning=today, vectors=vectors, common=common)


def _vectors(texts: Sequence[str], terms: tuple[str, ...]) -> "tuple[NDArray[np.int8], NDArray[np.float32]]":
    """Return the rows of some provisions as they are kept, and how common each is."""
    import numpy as np

    from impact.classify.networks.encoder import load as load_encoder
    from impact.match.background import load as load_background

    encoder, background = load_encoder(), load_background()
    raw = np.zeros((len(texts), encoder.dimension), np.float32)
    for place, text in enumerate(texts):
        raw[place] = encoder.vector(masked(text[:LONGEST], terms))
    rows = background.whitened(raw)
    most = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-6)
    return np.rint(rows / most * 127).astype(np.int8), background.common(rows)
