"""Options that several commands share: how documents are read and judged, where the store is, and how much is said."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

pdf_engine_option = click.option(
    "--pdf-engine",
    type=click.Choice(["pdfium", "pdfminer"], case_sensitive=False),
    default="pdfium",
    show_default=True,
    help="Reads PDF.",
)

view_option = click.option(
    "--view",
    type=click.Choice(["accepted", "original"], case_sensitive=False),
    default="accepted",
    show_default=True,
    help="Which text of a Word file with revision marks to read.",
)

by_option = click.option(
    "--by",
    type=click.Choice(["model", "cues"], case_sensitive=False),
    default="model",
    show_default=True,
    help="Who judges the clauses: the trained model, which hears the cues too, or the cues alone.",
)

quiet_option = click.option("--quiet", is_flag=True, help="Print nothing but errors.")

store_option = click.option(
    "--store", "place", help="Folder or postgresql:// URL.  [default: IMPACT_STORE, else the user's data folder]"
)

files_option = click.option(
    "--files", type=click.Path(path_type=Path, file_okay=False), help="Folder of the files beside a URL."
)


def formats_option(formats: Sequence[str], several: str, callback: Callable[..., Any] | None = None) -> Decorator:
    """Return the option for the formats of what a command writes; `several` says in the help how to give more than one.

    The callback makes values of the text given; by default the names.
    """
    return click.option(
        "--format",
        "formats",
        default="html,json",
        show_default=True,
        callback=callback or (lambda _context, _parameter, value: names_of(value, formats)),
        help=f"Of {', '.join(formats)}; {several}.",
    )


def names_of(value: str, known: Sequence[str], every: str = "") -> tuple[str, ...]:
    """Return the different names in a text with commas between; all that are known where it has the word for `every`.

    Raises:
        click.BadParameter: If there is none, or one is not known.
    """
    names = tuple(dict.fromkeys(part.strip() for part in value.lower().split(",") if part.strip()))
    if not names or set(names) - {*known, every}:
        message = f"{value!r}: choose from {', '.join(known)}, separated by commas{every and f', or {every}'}"
        raise click.BadParameter(message)
    return tuple(known) if every and every in names else names
