"""The order in which the machine is examined."""

from collections.abc import Callable

from impact.doctor import analysis, confined, disk, extras, programs, store
from impact.doctor.values import Check, Places

CHECKS: tuple[Callable[[Places], Check], ...] = (
    confined.check,
    analysis.models,
    analysis.analysis,
    disk.check,
    store.check,
    programs.pdf,
    programs.fonts,
    programs.office,
    programs.recognition,
    extras.check,
)
"""What is needed for the plain analysis comes first."""
