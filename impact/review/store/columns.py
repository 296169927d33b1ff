"""How columns keep times and texts, and what all tables share."""

import json
import re
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Dialect, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from impact.review.values import timestamps
from impact.review.values.refusals import DamagedError

UNKEPT = re.compile("[\0\ud800-\udfff]")


HINT = "Restore a backup; `impact review verify` names what is damaged, and `impact review salvage` saves what is whole"


def read_json(text: str) -> Any:
    """Return what a column of JSON holds.

    Raises:
        DamagedError: If it is none.
    """
    try:
        return json.loads(text)
    except ValueError as error:
        raise DamagedError("the database holds something else where JSON should be", HINT) from error


def clean(text: str) -> str:
    """Return a text with U+FFFD for NUL and for half surrogate pairs, which a broken file or hostile form may have."""
    return UNKEPT.sub("\ufffd", text)


class Timestamp(TypeDecorator[datetime]):
    """A time with zone, kept as text of one form in every database, so that it sorts and comes back the same."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (its shape)
        """Return what is kept."""
        return None if value is None else timestamps.to_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (its shape)
        """Return the time kept."""
        try:
            return None if value is None else timestamps.from_text(value)
        except (ValueError, TypeError) as error:
            raise DamagedError(f"the database holds {str(value)[:40]!r} where a time should be", HINT) from error


class CleanText(TypeDecorator[str]):
    """A text that every database can keep and be asked for: NUL and half surrogate pairs become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (its shape)
        """Return what is kept."""
        return None if value is None else clean(value)


class Base(DeclarativeBase):
    """What all tables share: times are `Timestamp`, texts are `CleanText`."""

    type_annotation_map = {datetime: Timestamp, str: CleanText, dict[str, str]: JSON, list[str]: JSON}  # noqa: RUF012 (its shape)
