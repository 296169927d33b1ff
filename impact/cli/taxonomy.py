"""`impact taxonomy`."""

import json
from typing import TYPE_CHECKING

import click

from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.taxonomy.values import Mechanism, Right, Safeguard, Taxonomy


@click.command()
@click.argument("label", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the taxonomy, or one entry, as JSON.")
def taxonomy(label: str | None, *, as_json: bool) -> None:
    """List rights, mechanisms and safeguards, or show one.

    LABEL is the id of the entry to show.
    """
    from dataclasses import asdict

    from impact.taxonomy import load

    loaded = load()
    entries: dict[str, Right | Mechanism | Safeguard] = {**loaded.rights, **loaded.mechanisms, **loaded.safeguards}
    if label and label not in entries:
        raise ImpactError(f"no right, mechanism or safeguard has the id {label!r}", "`impact taxonomy` lists all ids")
    if as_json:
        chosen = [entries[label]] if label else list(entries.values())
        click.echo(json.dumps([asdict(entry) for entry in chosen], indent=2, ensure_ascii=False))
    elif label:
        click.echo(_entry(entries[label], loaded))
    else:
        for title, group in (
            ("Rights", loaded.rights),
            ("Mechanisms", loaded.mechanisms),
            ("Safeguards", loaded.safeguards),
        ):
            click.echo(f"{title} ({len(group)})")
            for entry in group.values():
                click.echo(f"  {entry.id:24} {entry.name}")


def _entry(entry: "Right | Mechanism | Safeguard", loaded: "Taxonomy") -> str:
    """Return an entry in lines for the terminal."""
    from impact.taxonomy.values import Mechanism, Right

    lines = [f"{entry.name} ({entry.id})"]
    if isinstance(entry, Right):
        lines += [entry.summary, f"Derogation: {entry.derogation_note}", f"Limits: {entry.limits_note}", "Articles:"]
        lines += [f"  {ref}: {loaded.articles[ref].summary}" for ref in entry.articles]
        names = dict.fromkeys(loaded.articles[ref].instrument for ref in entry.articles)
        lines += ["Official texts:", *(f"  {name}: {loaded.instruments[name].link}" for name in names)]
        return "\n".join(lines)
    lines += [entry.definition, f"Does not count: {entry.does_not_count}"]
    if isinstance(entry, Mechanism):
        triple = f"{entry.scale}, {entry.scope}, {entry.irremediability}"
        lines += [f"Severity (scale, scope, irremediability): {triple}. {entry.severity_reason}", "Rights:"]
        lines += [f"  {link.right} (primary; {link.source})" for link in entry.primary]
        lines += [f"  {link.right} (secondary; {link.source})" for link in entry.secondary]
        lines += [
            f"Safeguards: {', '.join(entry.safeguards)}",
            "Questions:",
            *(f"  {question}" for question in entry.questions),
        ]
    else:
        lines += [f"Counters: {', '.join(entry.counters)}"]
    return "\n".join([*lines, f"Source: {entry.source}"])
