"""Examines the machine: tries what the program needs, and says what is missing and what that means."""

from impact.doctor.checks import CHECKS, examined
from impact.doctor.values import Check, CheckedPlaces, Health

__all__ = ["CHECKS", "Check", "CheckedPlaces", "Health", "examined"]
