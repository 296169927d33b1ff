"""`impact reader calibrate`."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.evaluate import labeled_in, read_unboxed
from impact.cli.installed import check_installed
from impact.cli.messages import say
from impact.cli.options import opinion_behind, reader_options
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.reader import Door


@click.command()
@click.argument("clauses", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the source documents, so that clauses are read in context.",
)
@reader_options
def calibrate(clauses: tuple[Path, ...], documents: Path | None, door: "Door | None") -> None:
    """Calibrate a second reader on labeled CLAUSES.

    Calibration sets how much weight the answers of the second reader carry. CLAUSES are files or folders, as for
    `impact evaluate`. The weights are saved next to the settings file and apply to every later analysis with
    that model.
    """
    check_installed("impact reader calibrate", "train")
    from impact.reader.calibration import calibration_of, keep
    from impact.reader.settings import settings_file
    from impact.taxonomy import load
    from impact.train.evaluation.evaluate import Documents
    from impact.train.fit.second_reader import answered_pairs, fit_calibration
    from impact.train.second_reader import MeasuredReader

    opinion = opinion_behind(door, parts=False)
    if door is None or opinion is None:
        raise ImpactError("no second reader is configured", "Give --reader ADDRESS and --reader-model NAME")
    read, reader = cache(read_unboxed), MeasuredReader(opinion)
    labeled = labeled_in(clauses, load(), documents, read)
    pairs = tuple(answered_pairs(labeled, Documents(read, documents), reader, load()))
    fitted = fit_calibration(pairs, calibration_of(door.model))
    place = keep(fitted, door.model, settings_file().parent)
    say(f"{len(pairs)} answers on {reader.read} clauses; {reader.unread} clauses were not read. Saved to {place}")
    weights = ("named", "reader", "context", "silent", "first")
    say(f"Weights: {', '.join(f'{name} {getattr(fitted, name)}' for name in weights)}")
    firm = "No finding" if fitted.firm is None else f"A finding with a probability of {fitted.firm} or more"
    say(f"{firm} is treated as firm if only {door.model} makes it.")
