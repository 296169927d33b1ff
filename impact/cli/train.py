"""`impact train`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.installed import check_installed

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
    help="Folder of written clauses to use instead of corpora/written. Contributions are then used only with "
    "--contributions.",
)
@click.option("--standards", type=_FOLDER, help="Folder of stand-off labels to use instead of corpora/standards.")
@click.option("--development", type=_FOLDER, help="Folder of calibration labels to use instead of corpora/development.")
@click.option(
    "--contributions", type=_FOLDER, help="Folder of whole contributions to use instead of corpora/contributions."
)
@click.option(
    "--calibration", type=_FOLDER, help="Folder of calibration contributions to use instead of corpora/calibration."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write the heads to.  [default: models/heads]",
)
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

    The corpora contain labels and their positions, not the texts of public documents. Give the folder with these
    documents as --documents. Without it, the heads are trained on the written clauses alone.
    """
    check_installed("impact train", "train")
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
        f"calibrated on {trained.development} development clauses and {trained.calibration} of our contributions"
        if trained.calibrated
        else f"not calibrated: none of the {trained.development} available development clauses proposes a mechanism",
    ]
    for way, figures in trained.unseen.items():
        cuts = trained.cuts[way]
        cut, rest = f"{cuts.anything:.2f} or more", f"{cuts.threshold:.2f} or more"
        lines += (
            f"--by {way}: a clause with a probability of any label of {cut} gets the likeliest, and others of {rest}",
            "  on development documents not used for threshold and fusion: micro-F1 {f1:.2f} (precision"
            " {precision:.2f}, recall {recall:.2f}); any label: precision {anything_precision:.2f}, recall"
            " {anything_recall:.2f}".format(**figures),
        )
    if trained.missing:
        names = ", ".join(trained.missing[:5]) + (" ..." if len(trained.missing) > 5 else "")
        lines.append(f"{len(trained.missing)} documents were not available: {names}")
    if trained.lost:
        lines.append(f"{trained.lost} labels refer to words that the available documents do not contain")
    if not trained.real:
        lines.append(
            "no real clause was available: these heads were trained on written clauses alone. Give --documents"
        )
    return "\n".join([*lines, f"heads {trained.digest[:16]} in {target}"])
