"""How much one reading may cost the machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child process that reads a document may use.

    Attributes:
        cpu_seconds: Processor time, in whole seconds.
        wall_seconds: Time on the clock, start of the child included.
        memory_bytes: Address space of the child.
        recognition_seconds: Time on the clock in which the text of pages that are images may be recognized.
        file_bytes: Size of the file read at the most.
        answer_bytes: Size of the document that the child may send back.
        strict: Whether the child refuses the file where the system cannot deny it the user's files and the network; the
            variable IMPACT_SANDBOX with the value "strict" asks for it everywhere.

    Raises:
        ValueError: If a limit is not positive.

    Source: project judgment, from `bench/documents.py` (the slowest of 279 real documents, and its memory) with
    room for documents ten times as large.
    """

    cpu_seconds: int = 45
    wall_seconds: float = 55.0
    memory_bytes: int = 1536 * 1024 * 1024
    file_bytes: int = 200_000_000
    answer_bytes: int = 128 * 1024 * 1024
    recognition_seconds: float = 900.0
    strict: bool = False

    def __post_init__(self) -> None:
        limits = (
            self.recognition_seconds,
            self.cpu_seconds,
            self.wall_seconds,
            self.memory_bytes,
            self.file_bytes,
            self.answer_bytes,
        )
        if min(limits) <= 0:
            raise ValueError(f"every limit is above 0, not {limits}")

    @classmethod
    def within(cls, seconds: float) -> "Limits":
        """Return the limits of a reading that may take so many seconds, half of them for the recognition of text."""
        return cls(cpu_seconds=max(1, int(seconds)), wall_seconds=seconds, recognition_seconds=seconds / 2)
