"""What a container holds, as it comes out of the sandbox."""

from collections.abc import Sequence
from dataclasses import dataclass

from impact.sandbox.parcel import Intake, Parcel

MOST_MEMBERS = 100_000
"""Entries of a container at the most. Source: project judgment; a meeting has some hundreds of documents."""

MOST_BYTES = 256_000_000
"""Bytes that a container which is unpacked as a whole may hold. Source: project judgment; with the file itself they fit
into the memory of the sandbox."""

RATIO = 150
"""Bytes unpacked for each byte packed at the most, over a whole container larger than `SMALL`, and for each entry.
Source: as for office files, see `impact.extract.Options`."""

SMALL = 1_000_000
"""Bytes that anything may unpack to, whatever its ratio. Source: project judgment."""

UNPACK = "If you trust the archive, unpack it and give the folder"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container, with its name there."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """All files of a container, in its order.

    Attributes:
        skipped: Names of the entries that are no files, or that lead out of the container.
        is_whole: Whether it was read to its end; false where it is damaged behind these files.
    """

    members: tuple[Member, ...]
    skipped: tuple[str, ...] = ()
    is_whole: bool = True


def pack(members: Sequence[Member], skipped: Sequence[str] = (), *, is_whole: bool = True) -> bytes:
    """Return the members of a container as bytes."""
    parcel = Parcel()
    parcel.put(bytes([is_whole]))
    parcel.strings([member.name for member in members])
    parcel.strings(skipped)
    for member in members:
        parcel.put(member.data)
    return parcel.bytes()


def unpack(data: bytes) -> Unpacked:
    """Return what `pack` made bytes of.

    Raises:
        ValueError: If the bytes are something else.
    """
    intake = Intake(data)
    is_whole = bytes(intake.take()) == b"\1"
    names, skipped = intake.strings(), intake.strings()
    if len(names) > MOST_MEMBERS:
        raise ValueError("there are more members than were asked for")
    members = tuple(Member(name, bytes(intake.take())) for name in names)
    intake.finish()
    return Unpacked(members, tuple(skipped), is_whole)
