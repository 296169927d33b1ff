"""`impact batch`: the group of its commands, of which `run` needs no name."""

import click

from impact.cli.batch.running import run
from impact.cli.batch.status import status


class _RunByDefault(click.Group):
    """`impact batch SOURCES` is `impact batch run SOURCES`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, args if args and args[0] in self.commands else ["run", *args])


@click.group(cls=_RunByDefault, commands=[run, status], short_help=run.get_short_help_str(limit=80))
def batch() -> None:
    """Analyze many documents, and say how far that is."""
