"""What the reviewer's desk refuses; a web page maps each to a status (404, 403, 409, 401)."""

from impact.errors import ImpactError


class UnknownError(ImpactError):
    """There is no such thing, or this person may not know of it: the two are never told apart."""


class ForbiddenError(ImpactError):
    """This person may not do that."""


class ConflictError(ImpactError):
    """That cannot be done in the state that things are in."""


class RefusedError(ImpactError):
    """What was given is incomplete or contradicts itself."""


class SignInError(ImpactError):
    """The name, password, session or token is not accepted."""


class DelayError(SignInError):
    """Too short a time has passed since failed attempts; neither name nor password was looked at."""


class EnrollmentError(ForbiddenError):
    """This person has to set up a second factor first."""


class StoreError(ImpactError):
    """The store cannot be opened, or holds what it should not."""


class DamagedError(StoreError, ValueError):
    """A part of the store is missing or is not what was written; the rest may be whole."""


class FullError(StoreError):
    """There is no space to write to."""


class LostError(StoreError):
    """The database cannot be reached now."""
