"""The store of reviews: whether it opens, at which step its tables are, and whether its files are there."""

from impact.doctor.values import Check, CheckedPlaces, Health
from impact.present.lists import counted

PART = "Store"
_USE = "impact serve and impact review cannot be used with it"


def check(places: CheckedPlaces) -> Check:
    """Return how the store is; it is neither made nor changed."""
    try:
        from impact.review.recovery.examination import examine
    except ImportError as error:
        found = f"The store cannot be opened, because {error.name} is not installed."
        meaning = (
            "impact serve, impact review and impact user do not work. To install: pip install 'impact-rights[web]'."
        )
        return Check(PART, Health.MISSING, found, meaning)
    store = examine(places.store, places.files)
    if store.problem:
        found = f"The store at {store.place} cannot be used: {store.problem}."
        return Check(PART, Health.FAILED, found, f"{_USE}. Check the location and your permissions, or give --store.")
    if not store.exists:
        return Check(
            PART, Health.OK, f"There is no store at {store.place} yet; impact serve and impact review create it."
        )
    if not store.is_current:
        found = (
            f"The store at {store.place} opens; its tables are at step {store.revision}, this version expects another."
        )
        meaning = (
            "The next command that uses it brings older tables up to date, and refuses newer ones. Back it up first."
        )
        return Check(PART, Health.LIMITED, found, meaning)
    if store.absent:
        found = (
            f"The store at {store.place} opens, but {store.absent} of {counted(store.files, 'file')} cannot be found."
        )
        meaning = f"These documents or reports cannot be shown. Restore them to {store.folder} from a backup."
        return Check(PART, Health.LIMITED, found, meaning)
    files = counted(store.files, "file")
    return Check(
        PART, Health.OK, f"The store at {store.place} opens; its tables are at step {store.revision}, with {files}."
    )
