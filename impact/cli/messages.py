"""Lines on a terminal beside reports, which a file name cannot break or color."""

import click


def single_line(text: str) -> str:
    """Return a text with U+FFFD for each control character, which may stand in the name of a file."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def complain(error: object) -> None:
    """Print one line on stderr that says what went wrong."""
    click.echo(f"impact: {single_line(str(error))}", err=True)
