"""What is said on a terminal beside reports: lines that a file name cannot break or color."""

import click


def one_line(text: str) -> str:
    """Return a text with U+FFFD for each control character, which may stand in the name of a file."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def complain(error: object) -> None:
    """Print one line on stderr that says what went wrong."""
    click.echo(f"impact: {one_line(str(error))}", err=True)
