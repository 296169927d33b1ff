"""How sure a label is once a second reader has answered, by numbers for its model."""

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from impact import typed
from impact.errors import DataError
from impact.records import READERS

FILE = "reader-calibration.toml"
"""Name of the file with fitted weights, beside the settings file."""


class AnswerKind(StrEnum):
    """What a second reader says of a label in a clause; `AnswerWeights` has a field of the same name for its weight."""

    NAMED = "named"
    CONTEXT = "context"
    SILENT = "silent"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a second reader says of a label in a clause, and how many of ten readers would agree if it names it."""

    kind: AnswerKind
    readers: int = 0

    @property
    def steps(self) -> float:
        """How far the number of readers is from a half; 0 where the label is not named."""
        return self.readers - READERS / 2 if self.kind is AnswerKind.NAMED else 0.0


@dataclass(frozen=True, slots=True)
class AnswerWeights:
    """How much the answers of one model weigh, in log odds.

    Attributes:
        first: Factor on the log odds of the first chance.
        named: For the answer that the clause makes it happen, with half of the readers.
        reader: For each reader above a half, and against it for each below.
        context: For the answer that the clause only talks about it.
        silent: For no answer on a label that was asked about.
        unasked: For no answer on a label that was not asked about.
        floor: First chances are clamped to it and to 1 less it.
        alone: Chance of a label that half of the readers see, where there is no first chance.
        stated: Least chance at which a label that it alone names is stated at all.
        firm: Least chance at which a label that it alone proposes is firm; None where none is.

    Raises:
        ValueError: If a chance is outside 0 to 1, or the floor is not below a half.
    """

    first: float
    named: float
    reader: float
    context: float
    silent: float
    unasked: float
    floor: float
    alone: float
    stated: float
    firm: float | None = None

    def __post_init__(self) -> None:
        chances = (self.alone, self.stated, self.firm if self.firm is not None else 1.0)
        if not all(0 <= chance <= 1 for chance in chances) or not 0 < self.floor < 1 / 2:
            raise ValueError(f"chances {chances} from 0 to 1 and a floor below a half needed, not {self.floor}")

    def chance(self, first: float | None, answer: Answer) -> float:
        """Return the chance that a clause proposes a label, to four decimals, from the first chance and the answer."""
        weight = float(getattr(self, answer.kind)) + self.reader * answer.steps
        if first is None:
            odds = log_odds(self.alone, self.floor) + weight - self.named
        else:
            odds = self.first * log_odds(first, self.floor) + weight
        return round(1 / (1 + math.exp(-odds)), 4)

    def is_firm(self, chance: float) -> bool:
        """Return whether a label that the second reader alone names without reserve is firm."""
        return self.firm is not None and chance >= self.firm

    @property
    def digest(self) -> str:
        """SHA-256 of the weights, hexadecimal."""
        return sha256(json.dumps(_numbers(self)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class WeightsByModel:
    """All of a file of weights: those of models by name, and those of any other model."""

    default: AnswerWeights | None = None
    models: dict[str, AnswerWeights] = field(default_factory=dict)


shipped = typed.loader(WeightsByModel, "impact.reader", "calibration.toml")


def log_odds(chance: float, floor: float) -> float:
    """Return the log odds of a chance, clamped to `floor` and to 1 less it."""
    clamped = min(max(chance, floor), 1 - floor)
    return math.log(clamped / (1 - clamped))


def calibration_of(model: str, folder: Path | None = None) -> AnswerWeights:
    """Return the weights fitted for a model and stored in a folder, else those shipped for it or for any model.

    Raises:
        DataError: If the file in the folder cannot be read.
    """
    weights = shipped()
    fitted = {**weights.models, **(_stored(folder) if folder else {})}.get(model, weights.default)
    if fitted is None:
        raise DataError("calibration.toml has no default", "Reinstall the program")
    return fitted


def keep(calibration: AnswerWeights, model: str, folder: Path) -> Path:
    """Store the weights of a model beside those of others, and return the file, which is replaced whole or not at all.

    Raises:
        DataError: If the existing file cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place, models = folder / FILE, {**_stored(folder), model: calibration}
    aside = place.with_name(f".{FILE}.{os.getpid()}")
    aside.write_text("\n".join(_table(name, models[name]) for name in sorted(models)), encoding="utf-8")
    aside.replace(place)
    return place


def _stored(folder: Path) -> dict[str, AnswerWeights]:
    hint = f"Correct or delete {folder / FILE} and run `impact reader calibrate` again"
    if not (folder / FILE).exists():
        return {}
    return typed.parse(WeightsByModel, typed.content_of(folder, FILE, hint), typed.Place(FILE, hint=hint)).models


def _table(model: str, calibration: AnswerWeights) -> str:
    lines = [f"{name} = {number!r}" for name, number in _numbers(calibration).items()]
    return "\n".join([f"[models.{json.dumps(model)}]", *lines, ""])


def _numbers(calibration: AnswerWeights) -> Mapping[str, float]:
    values = {column.name: getattr(calibration, column.name) for column in fields(calibration)}
    return {name: float(value) for name, value in values.items() if value is not None}
