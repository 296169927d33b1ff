"""The command line: one file a command, heavy imports inside of the commands."""

import errno
import sys
from typing import Any

import click

from impact.cli.analyze import analyze
from impact.cli.archive import archive
from impact.cli.batch import batch
from impact.cli.compare import compare
from impact.cli.doctor import doctor
from impact.cli.evaluate import evaluate
from impact.cli.match import match
from impact.cli.messages import complain, replace_what_a_terminal_lacks
from impact.cli.reader import reader
from impact.cli.review import review
from impact.cli.serve import serve
from impact.cli.taxonomy import taxonomy
from impact.cli.train import train
from impact.cli.user import user
from impact.errors import ImpactError


def _version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 (click's shape)
    if wanted and not context.resilient_parsing:
        from impact import __version__

        click.echo(f"impact {__version__}")
        context.exit()


class _ReportingGroup(click.Group):
    """Where errors that a person can act on become one line on stderr and exit code 1, and all text can be printed."""

    def invoke(self, ctx: click.Context) -> Any:
        replace_what_a_terminal_lacks()
        try:
            return super().invoke(ctx)
        except ImpactError as error:
            complain(error)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of a pipe has left; click ends quietly
                raise
            complain(f"{error.filename or 'The output'} cannot be read or written: {error.strerror}")
        sys.exit(1)


_COMMANDS = (analyze, archive, batch, compare, doctor, evaluate, match, reader, review, serve, taxonomy, train, user)


@click.group(cls=_ReportingGroup, commands=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit."
)
def main() -> None:
    """Screen technical proposals for their impact on human rights.

    The program is a screening aid. It quotes the clauses that may affect a human right and explains why. It gives no
    verdict.
    """
