"""Options that several commands share: how documents are read and judged, where the store is, and how much is said."""

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from impact.reader import Door
    from impact.reader.opinion import ReaderTerms, SecondOpinion

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

WAYS = ("model", "fast", "cues")
"""How clauses may be judged, the default first; names of `impact.classify.CLASSIFIERS`, which no start should load."""

pdf_engine_option = click.option(
    "--pdf-engine",
    type=click.Choice(["pdfium", "pdfminer"], case_sensitive=False),
    default="pdfium",
    show_default=True,
    help="Engine that reads PDF files.",
)

view_option = click.option(
    "--view",
    type=click.Choice(["accepted", "original"], case_sensitive=False),
    default="accepted",
    show_default=True,
    help="Which text to read in a Word file with tracked changes.",
)

by_option = click.option(
    "--by",
    type=click.Choice(WAYS, case_sensitive=False),
    default="model",
    show_default=True,
    help="How clauses are judged: by the trained model, which also uses the cues; by its smaller network, which is "
    "faster and less reliable (fast); or by the cues alone.",
)

quiet_option = click.option("--quiet", is_flag=True, help="Print errors only.")

store_option = click.option(
    "--store",
    "place",
    help="Folder or postgresql:// URL of the store.  [default: IMPACT_STORE, else the user's data folder]",
)

files_option = click.option(
    "--files", type=click.Path(path_type=Path, file_okay=False), help="Folder for the files, if --store is a URL."
)


RUN_REQUESTS, RUN_TOKENS = 20_000, 150_000_000
"""Budget of a whole run where the user says nothing. Source: project judgment; 500 contributions with 40 questions."""


def _options_of_reader(of: str, requests: int, tokens: int) -> tuple[Decorator, ...]:
    """Return the options of a second reader; the budget counts `of` something, with these defaults."""
    return (
        click.option(
            "--reader",
            "reader_address",
            help="Address of a language model to use as second reader, such as http://127.0.0.1:11434/v1; file: use "
            "imported answers; off: no second reader.  [default: IMPACT_READER, else the settings file, else none]",
        ),
        click.option(
            "--reader-model",
            help="Name of the second reader's model.  [default: IMPACT_READER_MODEL, else the settings file]",
        ),
        click.option(
            "--reader-host-allowed",
            "reader_hosts",
            metavar="HOST",
            multiple=True,
            help="Host to which clauses may be sent, besides this machine. May be repeated.",
        ),
        click.option(
            "--reader-passes",
            type=click.IntRange(1, 5),
            help="How often each question is asked; answers about clauses are averaged, points joined.  [default: 1]",
        ),
        click.option(
            "--reader-requests",
            type=click.IntRange(min=1),
            help=f"Maximum number of questions to the second reader for {of}.  [default: {requests}]",
        ),
        click.option(
            "--reader-tokens",
            type=click.IntRange(min=1),
            help=f"Maximum number of tokens for {of}.  [default: {tokens}]",
        ),
        click.option(
            "--reader-seconds",
            type=click.FloatRange(min=0, min_open=True),
            help="Maximum time in seconds for all questions about one document.  [default: 900]",
        ),
    )


def _with_door(command: Callable[..., Any], offered: Sequence[Decorator], **budget: int) -> Callable[..., Any]:
    """Give a command options of a second reader and the door that comes of them; `budget` is that where none is set."""

    @wraps(command)
    def with_door(*arguments: Any, **options: Any) -> Any:
        from impact.reader.settings import configured

        chosen = {name: options.pop(f"reader_{name}") for name in ("address", "model", "hosts")}
        chosen |= {name: options.pop(f"reader_{name}") for name in ("passes", "requests", "tokens", "seconds")}
        return command(*arguments, door=configured(chosen, defaults=budget), **options)

    for option in reversed(offered):
        option(with_door)
    return with_door


def reader_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a second reader; it gets them as `door`, a `reader.Door` or None."""
    return _with_door(command, _options_of_reader("one document", 500, 4_000_000))


def run_reader_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `reader_options` whose budget is that of a whole run over many documents."""
    budget = {"requests": RUN_REQUESTS, "tokens": RUN_TOKENS}
    return _with_door(command, _options_of_reader("the whole run", **budget), **budget)


def terms_behind(door: "Door | None") -> "ReaderTerms | None":
    """Return how the second reader behind a door is asked, by what was fitted for it; None without a door."""
    if door is None:
        return None
    from impact.reader.opinion import terms_by
    from impact.reader.settings import settings_file

    return terms_by(door, settings_file().parent)


def opinion_behind(door: "Door | None", *, parts: bool = True) -> "SecondOpinion | None":
    """Return the opinion of the second reader behind a door, by what was fitted for it; None without a door.

    Without parts, it is asked about clauses alone.
    """
    terms = terms_behind(door)
    if terms is None:
        return None
    from impact.taxonomy import load

    return terms.opinion(load(), parts=parts)


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
        help=f"Formats to write: {', '.join(formats)}; {several}.",
    )


def names_of(value: str, choices: Sequence[str], every: str = "") -> tuple[str, ...]:
    """Return the different names in a text with commas between; all that are known where it has the word for `every`.

    Raises:
        click.BadParameter: If there is none, or one is not known.
    """
    names = tuple(dict.fromkeys(part.strip() for part in value.lower().split(",") if part.strip()))
    if not names or set(names) - {*choices, every}:
        message = f"{value!r}: choose from {', '.join(choices)}, separated by commas{every and f', or {every}'}"
        raise click.BadParameter(message)
    return tuple(choices) if every and every in names else names
