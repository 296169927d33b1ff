"""Lines on a terminal beside reports, which a file name cannot break or color."""

import sys
from io import TextIOWrapper

import click

SOME_FAILED = 4


def single_line(text: str) -> str:
    """Return a text with U+FFFD for each control character, which may stand in the name of a file."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def replace_what_a_terminal_lacks() -> None:
    """Print "?" for a letter that the encoding of stdout lacks, such as cp1252 on Windows, instead of failing."""
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def say(*lines: str, err: bool = False) -> None:
    """Print lines, each as `single_line` has it."""
    for line in lines:
        click.echo(single_line(line), err=err)


def say_data(data: bytes) -> None:
    """Print data in UTF-8, whatever the encoding of stdout is; on a terminal as text."""
    click.echo(data.decode() if sys.stdout.isatty() else data, nl=False)


def complain(error: object) -> None:
    """Print one line on stderr that says what went wrong."""
    say(f"impact: {error}", err=True)


def failure_code(failed: int, total: int) -> int:
    """Return the exit code where so many of all files failed."""
    return 0 if not failed else 1 if failed == total else SOME_FAILED
