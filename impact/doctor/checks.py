"""The order in which the machine is examined."""

from collections.abc import Callable, Iterator

from impact.doctor import analysis, confined, disk, extras, programs, store
from impact.doctor.values import Check, CheckedPlaces, Health, reason_of

CHECKS: dict[str, Callable[[CheckedPlaces], Check]] = {
    confined.PART: confined.check,
    analysis.MODELS: analysis.models,
    analysis.ANALYSIS: analysis.analysis,
    disk.PART: disk.check,
    store.PART: store.check,
    programs.PDF: programs.pdf,
    programs.FONTS: programs.fonts,
    programs.OFFICE: programs.office,
    programs.OCR: programs.recognition,
    extras.PART: extras.check,
}
"""What is tried, by the name of the part; what is needed for the plain analysis comes first."""

NEEDED = frozenset({confined.PART, analysis.MODELS, analysis.ANALYSIS, disk.PART})


def examined(places: CheckedPlaces) -> Iterator[Check]:
    """Yield what is found of each part, as soon as it was tried."""
    for part, check in CHECKS.items():
        try:
            found = check(places)
        except Exception as error:  # noqa: BLE001 (a damaged installation fails anywhere, and is what is looked for)
            reason = f"It could not be tried: {reason_of(error)}."
            found = Check(part, Health.FAILED, reason, "Install the program again.", needed=part in NEEDED)
        yield found
