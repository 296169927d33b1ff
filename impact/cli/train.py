"""`impact train`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from impact.train.fit.train import Trained

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.option(
    "--documents", type=_FOLDER, help="Folder with the public documents of corpora/standards, in any subfolder."
)
@click.option(
    "--written",
    type=_FOLDER,
    help="Other folder of written clauses than corpora/written; no contribution then counts unless given.",
)
@click.option("--standards", type=_FOLDER, help="Other folder of stand-off labels than corpora/standards.")
@click.option("--development", type=_FOLDER, help="Other folder of labels for calibration than corpora/development.")
@click.option("--contributions", type=_FOLDER, help="Other folder of whole contributions than corpora/contributions.")
@click.option("--calibration", type=_FOLDER, help="Other folder of contributions for it than corpora/calibration.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write; models/heads if absent.")
def train(
    documents: Path | None,
    written: Path | None,
    standards: Path | None,
    development: Path | None,
    contributions: Path | None,
    calibration: Path | None,
    out: Path | None,
) -> None:
    """Train the heads of the classifier from the corpora.

    The texts of public documents are not in the corpora, only labels with their places: give the folder that has them.
    Without it, the heads learn from the written clauses alone.
    """
    from impact.paths import shelf
    from impact.pipeline import prepare
    from impact.train.fit.train import Corpora
    from impact.train.fit.train import train as run

    shelves = shelf("corpora")
    corpora = Corpora(
        written or shelves / "written",
        standards or shelves / "standards",
        development or shelves / "development",
        documents,
        contributions or (None if written else shelves / "contributions"),
        calibration or shelves / "calibration",
    )
    target = out or shelf("models") / "heads"
    trained = run(corpora, prepare, target, lambda step: click.echo(f"{step} ...", err=True))
    click.echo(_lines(trained, target))


def _lines(trained: "Trained", target: Path) -> str:
    """Return what it was trained on, what was missing, and what came of it."""
    lines = [
        f"trained on {trained.written} written and {trained.real} real clauses",
        f"calibrated on {trained.development} development clauses and {trained.calibration} of our contributions; "
        f"something is said of a clause from a chance of {trained.anything:.2f}, then the likeliest label counts, and "
        f"others from {trained.threshold:.2f}"
        if trained.calibrated
        else f"not calibrated: none of {trained.development} development clauses at hand proposes anything",
    ]
    if trained.unseen:
        lines.append(
            "on development documents that threshold and fusion had not seen: micro-F1 {f1:.2f} (precision"
            " {precision:.2f}, recall {recall:.2f}); proposes anything: precision {anything_precision:.2f}, recall"
            " {anything_recall:.2f}".format(**trained.unseen)
        )
    if trained.missing:
        names = ", ".join(trained.missing[:5]) + (" ..." if len(trained.missing) > 5 else "")
        lines.append(f"{len(trained.missing)} documents were not at hand: {names}")
    if trained.lost:
        lines.append(f"{trained.lost} labels stand on words that documents at hand do not have")
    if not trained.real:
        lines.append("no real clause was at hand: these heads learned from written clauses alone; give --documents")
    return "\n".join([*lines, f"heads {trained.digest[:16]} in {target}"])
