"""How Word documents look, from looks.toml."""

from dataclasses import dataclass

from impact import typed


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """Size in points, color, points above and below, and whether a paragraph stays on the page of what follows."""

    size: float
    color: str
    above: float
    below: float
    kept: bool = False


@dataclass(frozen=True, slots=True)
class WordLooks:
    """looks.toml; the comments there say what each table holds."""

    paragraphs: dict[str, ParagraphLook]
    headings: dict[str, str]
    styles: dict[str, str]
    looks: dict[str, str]
    classes: dict[str, str]


looks = typed.loader(WordLooks, "impact.report.docx", "looks.toml")
