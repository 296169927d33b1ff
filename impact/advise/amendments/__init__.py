"""Changes of wording by mechanism, as data, and how each is worked into a clause."""

from impact.advise.amendments.choosing import amendments_of

__all__ = ["amendments_of"]
