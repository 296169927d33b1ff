"""Options that several commands share: how documents are read and judged, and how much is said."""

import click

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
