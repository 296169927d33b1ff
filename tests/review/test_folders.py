"""Folders hold proposals for a meeting, each with its own access, in SQLite and in PostgreSQL alike."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from impact.review.store import erasing, proposals
from impact.review.store.store import Store, open_store
from impact.review.team import folders
from impact.review.values.folder import FolderDraft
from impact.review.values.proposal import ProposalQuery, StoredProposal, Submission
from impact.review.values.refusals import ConflictError, ForbiddenError, UnknownError
from impact.review.values.users import Role, User

NOW = datetime.fromisoformat("2025-05-06T07:08:09.123456+00:00")
Person = Callable[..., User]
Submitted = Callable[..., StoredProposal]
MEETING = FolderDraft("SG13, July", "SG13", date(2026, 7, 6), date(2026, 7, 17))


def test_a_folder_keeps_what_was_said_of_it(store: Store, person: Person) -> None:
    ann = person(store, "Ann")

    made = folders.create(store, ann, MEETING, NOW)

    assert (made.name, made.group, made.begins, made.ends) == (
        MEETING.name,
        "SG13",
        date(2026, 7, 6),
        date(2026, 7, 17),
    )
    assert folders.get(store, ann, made.id) == made
    assert folders.list_all(store, ann) == (made,)


def test_a_proposal_is_put_in_a_folder_when_it_is_submitted_and_later(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann = person(store, "Ann")
    july, may = folders.create(store, ann, MEETING, NOW), folders.create(store, ann, FolderDraft("May"), NOW)

    first, _ = proposals.submit(store, ann, Submission("a.txt", b"first", folder=july.id), NOW)
    second = proposals.move(store, ann, submitted(store, ann, b"two").id, july.id, NOW)
    proposals.move(store, ann, second.id, may.id, NOW)

    assert [found.id for found in listed(store, ann, july.id)] == [first.id]
    assert [found.id for found in listed(store, ann, may.id)] == [second.id]
    assert proposals.move(store, ann, first.id, "", NOW).folder == ""
    assert [folder.total for folder in folders.list_all(store, ann)] == [0, 1]


def test_a_folder_shows_and_counts_only_what_a_person_may_see(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob = person(store, "Ann"), person(store, "Bob")
    july = folders.create(store, ann, MEETING, NOW)
    hidden, shown = submitted(store, ann, restricted_to=()), submitted(store, ann, b"two")
    for made in (hidden, shown):
        proposals.move(store, ann, made.id, july.id, NOW)

    assert folders.get(store, bob, july.id).total == 1
    assert [folder.total for folder in folders.list_all(store, bob)] == [1]
    assert [found.id for found in listed(store, bob, july.id)] == [shown.id]
    assert folders.get(store, ann, july.id).total == 2


def test_a_restricted_folder_is_not_there_for_others_and_says_nothing_of_its_proposals(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob, cleo, root = (person(store, name) for name in ("Ann", "Bob", "Cleo", "Dora"))
    admin = person(store, "Root", Role.ADMINISTRATOR)
    made = submitted(store, ann)
    closed = folders.create(store, ann, FolderDraft("Closed", restricted_to=("Bob",)), NOW)
    proposals.move(store, ann, made.id, closed.id, NOW)

    seen = {
        user.name: [folder.id for folder in folders.list_all(store, user)] for user in (ann, bob, cleo, root, admin)
    }

    assert seen == {"Ann": [closed.id], "Bob": [closed.id], "Cleo": [], "Dora": [], "Root": [closed.id]}
    assert proposals.get(store, bob, made.id).folder == closed.id
    assert proposals.get(store, cleo, made.id).folder == ""
    assert listed(store, cleo, closed.id) == ()
    for act in (folders.get, folders.delete):
        with pytest.raises(UnknownError):
            act(store, cleo, closed.id)
    with pytest.raises(UnknownError):
        proposals.submit(store, cleo, Submission("a.txt", b"three", folder=closed.id), NOW)


def test_only_the_owner_or_an_administrator_renames_restricts_and_deletes(store: Store, person: Person) -> None:
    ann, bob, root = person(store, "Ann"), person(store, "Bob"), person(store, "Root", Role.ADMINISTRATOR)
    july = folders.create(store, ann, MEETING, NOW)

    with pytest.raises(ForbiddenError):
        folders.change(store, bob, july.id, FolderDraft("Mine"))
    with pytest.raises(ForbiddenError):
        folders.delete(store, bob, july.id)
    assert folders.change(store, ann, july.id, FolderDraft("August", restricted_to=("Bob",))).restricted_to == (
        "Ann",
        "Bob",
    )
    assert folders.change(store, root, july.id, FolderDraft("September", restricted_to=())).restricted_to == ("Ann",)
    folders.delete(store, root, july.id)
    assert folders.list_all(store, ann) == ()


def test_a_folder_is_deleted_when_it_is_empty_for_its_owner(store: Store, person: Person, submitted: Submitted) -> None:
    ann, bob = person(store, "Ann"), person(store, "Bob")
    july = folders.create(store, ann, MEETING, NOW)
    hidden, shown = submitted(store, bob, restricted_to=()), submitted(store, bob, b"two")
    for made in (hidden, shown):
        proposals.move(store, bob, made.id, july.id, NOW)

    with pytest.raises(ConflictError, match="contains 1 proposal"):
        folders.delete(store, ann, july.id)
    erasing.erase(store, bob, shown.id, NOW)
    folders.delete(store, ann, july.id)

    assert proposals.get(store, bob, hidden.id).folder == ""


def test_who_did_not_submit_a_proposal_moves_it_into_a_folder_only_from_none_or_out_of_their_own(
    store: Store, person: Person, submitted: Submitted
) -> None:
    ann, bob = person(store, "Ann"), person(store, "Bob")
    july, may = folders.create(store, bob, MEETING, NOW), folders.create(store, ann, FolderDraft("May"), NOW)
    made = submitted(store, ann)

    proposals.move(store, bob, made.id, july.id, NOW)
    proposals.move(store, bob, made.id, may.id, NOW)
    with pytest.raises(ForbiddenError):
        proposals.move(store, bob, made.id, july.id, NOW)
    assert proposals.move(store, ann, made.id, "", NOW).folder == ""


def test_two_folders_that_a_person_may_see_have_different_names(store: Store, person: Person) -> None:
    ann, bob = person(store, "Ann"), person(store, "Bob")
    july = folders.create(store, ann, FolderDraft("July", restricted_to=()), NOW)

    with pytest.raises(ConflictError):
        folders.create(store, ann, FolderDraft("july"), NOW)
    folders.create(store, bob, FolderDraft("July"), NOW)
    assert folders.change(store, ann, july.id, FolderDraft("July", "SG2", restricted_to=())).group == "SG2"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " July"},
        {"name": "July\nAugust"},
        {"name": "x" * 121},
        {"name": "July", "begins": date(2026, 7, 2), "ends": date(2026, 7, 1)},
    ],
)
def test_a_folder_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"folder|line|before"):
        FolderDraft(**wrong)  # type: ignore[arg-type]


def test_a_store_of_before_folders_is_brought_up_to_date(
    place: str, store: Store, person: Person, submitted: Submitted, returned: Callable[..., None]
) -> None:
    made = submitted(store, ann := person(store, "Ann"))
    with store.writing() as session:
        returned(session, "0007")
    store.close()

    again = open_store(place, store.files.parent)

    july = folders.create(again, ann, MEETING, NOW)
    assert proposals.move(again, ann, made.id, july.id, NOW).folder == july.id
    again.close()


def listed(store: Store, viewer: User, folder: str) -> tuple[StoredProposal, ...]:
    return proposals.find(store, viewer, ProposalQuery(folder=folder)).proposals
