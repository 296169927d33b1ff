"""The plain analysis: the models are loaded and a text is analyzed."""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from impact.doctor.values import Check, CheckedPlaces, Health, reason_of
from impact.present.lists import listed

if TYPE_CHECKING:
    from collections.abc import Callable

MODELS, ANALYSIS = "Models", "Analysis"
_SAMPLE = "1. Requirements\n\n1.1 The operator shall shut off any subscriber in arrears, without notice.\n"
_AGAIN = "Install the program again"


def models(_places: CheckedPlaces) -> Check:
    """Return whether the models load and are those that their cards record."""
    from impact import salience
    from impact.classify import agreement, heads
    from impact.classify.networks import changes, encoder, introductions, larger, topics
    from impact.grammar import parser

    loaders: dict[str, Callable[[], object]] = {
        "heads": heads.load,
        "encoder": encoder.load,
        "network": larger.load,
        "changes": changes.load,
        "topics": topics.load,
        "introductions": introductions.load,
        "agreement": partial(agreement.weights, "model"),
        "salience": partial(salience.weights, "model"),
        "parser": parser.load,
    }
    damaged = []
    for name, load in loaders.items():
        try:
            load()
        except Exception as error:  # noqa: BLE001 (libraries raise anything on a damaged file)
            damaged.append(f"{name} ({reason_of(error)})")
    if damaged:
        meaning = f"Documents cannot be analyzed with the trained model. {_AGAIN}, or use --by cues."
        return Check(MODELS, Health.FAILED, f"These models cannot be used: {listed(damaged)}.", meaning, needed=True)
    return Check(MODELS, Health.OK, f"{listed([*loaders]).capitalize()} were loaded; {_digests()}.", needed=True)


def analysis(_places: CheckedPlaces) -> Check:
    """Return whether a text is analyzed, as `impact analyze` would do it."""
    from impact.pipeline import analyze, render

    try:
        with TemporaryDirectory(prefix="impact-") as folder:
            file = Path(folder, "sample.txt")
            file.write_text(_SAMPLE, encoding="utf-8")
            found = analyze(file)
            render(found, "html")
    except Exception as error:  # noqa: BLE001 (whatever it is, it is said)
        return Check(
            ANALYSIS,
            Health.FAILED,
            f"A sample text could not be analyzed: {reason_of(error)}.",
            f"{_AGAIN}.",
            needed=True,
        )
    powers = len(found.findings)
    if not powers:
        meaning = f"The results cannot be trusted. {_AGAIN}."
        return Check(
            ANALYSIS, Health.FAILED, "A sample text with a disconnection gave no finding.", meaning, needed=True
        )
    return Check(ANALYSIS, Health.OK, "A sample text was read in the sandbox and analyzed.", needed=True)


def _digests() -> str:
    from impact.classify import digests

    ((_, digest),) = digests(("model",))
    return f"the digest of heads and networks is {digest[:12]}"
