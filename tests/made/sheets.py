"""A document under construction, to be assessed for real."""

from array import array
from dataclasses import dataclass, field

from impact.assess import assess
from impact.records import (
    Assessment,
    Block,
    Classification,
    Clause,
    ClauseKind,
    Document,
    Finding,
    Layout,
    Mention,
    Page,
    Proposal,
    Provenance,
    SafeguardFinding,
    Salience,
    Span,
    Strength,
)
from impact.taxonomy import load

PROVENANCE = Provenance(
    "0.1.0", load().digest, (("cues", "1" * 64),), (("pdf-engine", "pdfium"),), "2026-11-24T12:00:00+00:00"
)


@dataclass
class Sheet:
    """A document under construction: text, words with boxes, clauses and what was found in them."""

    text: str = ""
    words: list[tuple[int, int, int, float, float]] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    safeguards: list[SafeguardFinding] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    salience: list[Salience] = field(default_factory=list)
    line: int = 0

    def say(  # noqa: PLR0913 - one keyword a thing that a clause can be
        self,
        words: str,
        number: str = "",
        headings: tuple[str, ...] = (),
        *,
        page: int = 1,
        kind: str = "requirement",
        strength: str = "must",
        proposes: dict[str, str] | None = None,
        context: tuple[str, ...] = (),
        doubtful: bool = False,
        confidence: float = 0.93,
        salience: float | None = None,
    ) -> Clause:
        """Add a clause; `proposes` gives the words of evidence by mechanism or safeguard."""
        start = len(self.text)
        self.text += f"{words}\n\n"
        span = Span(start, start + len(words))
        self._lay(words, start, page)
        name = f"{number or 'p'}/{len(self.clauses)}"
        how = Strength(strength)
        clause = Clause(name, number, headings, ClauseKind(kind), page, span, how, (span,))
        self.clauses.append(clause)
        for label, quoted in (proposes or {}).items():
            begin = start + words.index(quoted)
            evidence = (Span(begin, begin + len(quoted)),)
            if label in load().mechanisms:
                self.findings.append(
                    Finding(f"{name}:{label}", name, label, confidence, doubtful, ("cues",), evidence, how)
                )
            else:
                self.safeguards.append(SafeguardFinding(name, label, confidence, evidence, how, doubtful))
        self.mentions += [Mention(name, label, (span,)) for label in context]
        self.salience += [] if salience is None else [Salience(name, salience, topics=("data-sharing",))]
        return clause

    def _lay(self, words: str, start: int, page: int) -> None:
        """Set one word after another, twelve a line."""
        offset = 0
        for count, word in enumerate(words.split()):
            offset = words.index(word, offset)
            if count % 12 == 0:
                self.line += 1
            left = 72 + 36.0 * (count % 12)
            self.words.append((start + offset, start + offset + len(word), page, left, 72 + 14.0 * (self.line % 45)))
            offset += len(word)

    def document(self, **fields: object) -> Document:
        """Return the document made so far."""
        layout = Layout(
            array("q", [word[0] for word in self.words]),
            array("q", [word[1] for word in self.words]),
            array("q", [word[2] for word in self.words]),
            array("q", range(len(self.words))),
            array("f", [side for _, _, _, x, y in self.words for side in (x, y, x + 34.0, y + 11.0)]),
        )
        given: dict[str, object] = {
            "id": "ab" * 32,
            "source": "contribution.pdf",
            "format": "pdf",
            "engine": "pdfium",
            "text": self.text,
            "blocks": tuple(Block(clause.span) for clause in self.clauses),
            "pages": (Page(1, 595, 842), Page(2, 595, 842, quality=0.987654)),
            "paged": True,
            "layout": layout,
        }
        return Document(**{**given, **fields})  # type: ignore[arg-type]

    def assessed(self, document: dict[str, object] | None = None, **fields: object) -> Assessment:
        """Return the assessment of the document made so far; `fields` go into the proposal."""
        proposal = Proposal(self.document(**(document or {})), **{"language": "en", **fields})  # type: ignore[arg-type]
        labels = tuple(self.findings), tuple(self.safeguards), tuple(self.mentions)
        found = Classification(*labels, tuple(self.salience))
        return assess(proposal, tuple(self.clauses), found, load(), PROVENANCE)
