"""The tables of sessions, tokens, failed sign-ins, usual addresses and recovery codes; see `tables`."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from impact.review.store.columns import Base


class SessionRow(Base):
    """A browser that is signed in."""

    __tablename__ = "sessions"
    digest: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column("user_name", ForeignKey("users.name", ondelete="CASCADE"), index=True)
    created: Mapped[datetime]
    expires: Mapped[datetime] = mapped_column(index=True)


class TokenRow(Base):
    """A key of a program."""

    __tablename__ = "tokens"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    user: Mapped[str] = mapped_column("user_name", ForeignKey("users.name", ondelete="CASCADE"), index=True)
    label: Mapped[str]
    created: Mapped[datetime]
    expires: Mapped[datetime | None]
    used: Mapped[datetime | None]


class FailureRow(Base):
    """A sign-in that failed; the key is a network, a name, or both."""

    __tablename__ = "failures"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    time: Mapped[datetime] = mapped_column(index=True)


class UsualNetworkRow(Base):
    """A network from which a person signed in, and when last."""

    __tablename__ = "usual_networks"
    user: Mapped[str] = mapped_column("user_name", ForeignKey("users.name", ondelete="CASCADE"), primary_key=True)
    network: Mapped[str] = mapped_column(primary_key=True)
    used: Mapped[datetime]


class RecoveryCodeRow(Base):
    """A code that stands in for the second factor once; it is deleted when it is used."""

    __tablename__ = "recovery_codes"
    digest: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column("user_name", ForeignKey("users.name", ondelete="CASCADE"), index=True)
