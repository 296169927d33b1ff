"""What an assessment is made by: the program, its taxonomy, its models and how they were asked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

from impact.advise import entries_digest
from impact.classify import digests, surest
from impact.extract import Options
from impact.grammar import digest as grammar_digest
from impact.reader.calibration import AnswerWeights
from impact.reader.points.prompt import digest as points_digest
from impact.records import Provenance, SecondReader
from impact.salience import digest as salience_digest
from impact.taxonomy import load


def with_reader(first: Provenance, reader: SecondReader, calibration: AnswerWeights) -> Provenance:
    """Return what an assessment is made by with the second reader, and what its answers weigh, among it."""
    named = f"{reader.model} at {reader.host}" if reader.host else f"{reader.model}, by file"
    named += f", {reader.passes} passes" if reader.passes > 1 else ""
    points = points_digest(load())
    models = (*first.models, ("second reader", reader.prompt), ("second reader, points", points))
    options = (*first.options, ("second_reader", named), ("second_reader_rule", calibration.digest[:12]))
    return replace(first, models=tuple(sorted(models)), options=tuple(sorted(options)))


def provenance(options: Options, by: Sequence[str], now: datetime) -> Provenance:
    """Return what an assessment with these options and classifiers is made by, at the time `now`.

    Raises:
        MissingError: If a model is absent, or is not the one of which its card gives the digest.
    """
    way = surest(by)
    weights = (("entries", entries_digest(way)), ("salience", salience_digest(way)))
    return Provenance(
        tool=version("impact-rights"),
        taxonomy=load().digest,
        models=tuple(sorted((*digests(by), *weights, ("grammar", grammar_digest())))),
        options=(("by", ",".join(by)), ("pdf_engine", options.pdf_engine), ("view", options.view)),
        made_at=now.isoformat(timespec="seconds"),
    )
