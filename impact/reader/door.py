"""The door to a language model: where it answers, and how much may be asked of it."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from impact.errors import ImpactError

BY_FILE = "file"
"""In place of an address: answers come in by file, and nobody is asked."""

OFF = "off"
"""In place of an address: nobody reads a second time, whatever the environment and the settings say."""

MOST_PASSES = 5
"""Most times that a question is asked. Source: project judgment; a second pass changes little and a third less."""

_EXAMPLE = "Give an address such as http://127.0.0.1:11434/v1"


@dataclass(frozen=True, slots=True)
class Door:
    """Where a second reader is asked, and how much.

    The key is not part of it: the process that asks takes it from its environment (`settings.KEY`), so that it cannot
    get into a report, a cache or the letter to a worker.

    Attributes:
        address: Address of an API that is compatible with OpenAI's ("http://127.0.0.1:11434/v1"), or `BY_FILE`.
        model: Name of the model, as its server knows it.
        hosts: Names of hosts other than this machine that text may be sent to.
        answers: Folder in which answers are stored, so that nothing is asked twice.
        timeout: Seconds that an answer may take.
        retries: How often a question is asked again when it has failed.
        together: Questions asked at a time.
        passes: How often each question is asked, 1 to `MOST_PASSES`; answers about clauses are averaged, points joined.
        requests: Most questions a document may cost; with 0 only stored answers are used.
        tokens: Most tokens a document may cost, in questions and answers together.
        seconds: Seconds that all questions of a document may take together.
        answer_tokens: Most tokens of one answer, including what a model thinks aloud.

    Raises:
        ImpactError: If the address is malformed, or its host is neither this machine nor among `hosts`.
        ValueError: If there is no model, or a number makes no sense.
    """

    address: str
    model: str
    answers: Path
    hosts: tuple[str, ...] = ()
    timeout: float = 60.0
    retries: int = 2
    together: int = 4
    passes: int = 1
    requests: int = 500
    tokens: int = 4_000_000
    seconds: float = 900.0
    answer_tokens: int = 4_000

    def __post_init__(self) -> None:
        amounts = (self.timeout, self.together, self.seconds, self.answer_tokens)
        if not self.model or min(amounts) <= 0 or min(self.retries, self.requests, self.tokens) < 0:
            raise ValueError(f"a door has a model and amounts above 0, not {self.model!r} and {amounts}")
        if not 1 <= self.passes <= MOST_PASSES:
            raise ValueError(f"questions are asked 1 to {MOST_PASSES} times, not {self.passes}")
        if self.address != BY_FILE:
            self._check(_parts(self.address))

    def _check(self, parts: SplitResult) -> None:
        """Refuse a host that text must not be sent to."""
        host = parts.hostname or ""
        if is_loopback(host) or host in {name.lower() for name in self.hosts}:
            return
        message = f"the second reader at {host} is not on this machine, and sending clauses there has not been allowed"
        hint = f"To allow clauses of your documents to be sent to {host}, give --reader-host-allowed {host}"
        raise ImpactError(message, hint)

    @property
    def host(self) -> str:
        """Host and port; empty where answers come by file."""
        return "" if self.address == BY_FILE else _parts(self.address).netloc.lower()

    @property
    def local(self) -> bool:
        """Whether nothing leaves this machine."""
        return self.address == BY_FILE or is_loopback(_parts(self.address).hostname or "")

    @property
    def encrypted(self) -> bool:
        """Whether questions travel encrypted."""
        return self.address.lower().startswith("https:")


def is_loopback(host: str) -> bool:
    """Return whether an address or name stands for this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parts(address: str) -> SplitResult:
    """Return the parts of an address.

    Raises:
        ImpactError: If it is no address of a server, or holds a name and password, a query or a fragment.
    """
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        raise ImpactError(f"{address!r} is not a valid address for a second reader", _EXAMPLE) from None
    if "@" in parts.netloc:
        message = "the address of the second reader contains a name or password"
        raise ImpactError(message, "Remove it, and set the key as IMPACT_READER_KEY in the environment")
    if parts.scheme not in {"http", "https"} or not named or parts.query or parts.fragment or not address.isprintable():
        raise ImpactError(f"{address!r} is not a valid address for a second reader", _EXAMPLE)
    return parts
