"""What holds for one run of the server."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from impact.reader.opinion import ReaderTerms

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names that lead to this machine from this machine alone. Source: RFC 6761 6.3, RFC 1122 3.2.1.3, RFC 4291 2.5.3."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server answers, and to whom.

    Attributes:
        url: Address that people type, with scheme and without a path, where it is not that of host and port.
        proxies: Addresses of proxies, commas between, that are believed when they say where people come from; only
            with a url.
        accounts: Whether people sign in. Without, whoever reaches the page is `person`, an administrator.
        person: Name of the only person of a page without accounts.
        largest: Bytes of one file at the most.
        together: Bytes of one request with files at the most.
        rate: Requests a minute that one address may make in the long run; 0 for no limit.
        head: Seconds in which the head of a request must come.
        idle: Seconds in which the next piece of a request must come, and some of an answer be taken.
        lasting: How long a person stays signed in.
        workers: Analyses at a time; 0 where another server of the same store analyzes.
        server: Name of this server among those that share a store.
        keep: Days after which what is submitted is erased, unless somebody says otherwise; 0 for never.
        by: The classifier that analyzes, see `impact.classify.CLASSIFIERS`.
        seconds: Time that one document may take, but for what a second reader takes.
        terms: How a second reader is asked; None where there is none.

    Raises:
        ValueError: If the address is not one, people without accounts could come from elsewhere, or a limit is not
            positive.

    Source: limits are project judgment; the longest of 279 real documents has 60 MB, and a page makes 10 requests.
    """

    host: str = "127.0.0.1"
    port: int = 8642
    url: str = ""
    proxies: str = "127.0.0.1,::1"
    accounts: bool = False
    person: str = "me"
    largest: int = 100_000_000
    together: int = 500_000_000
    rate: int = 0
    head: float = 10.0
    idle: float = 30.0
    lasting: timedelta = timedelta(hours=12)
    workers: int = 1
    server: str = "local"
    keep: int = 0
    by: str = "model"
    seconds: float = 300.0
    terms: ReaderTerms | None = None

    def __post_init__(self) -> None:
        wrong = (
            (not 0 <= self.port < 65536, f"port {self.port}: 0 to 65535"),
            (bool(self.url) and not _is_origin(self.url), f"{self.url!r}: give https://NAME, without a path"),
            (not self.accounts and not self.is_local, "without accounts, only this machine may reach the page"),
            (min(self.largest, self.together, self.head, self.idle, self.seconds) <= 0, "a limit is above 0"),
            (min(self.rate, self.workers, self.keep) < 0 or self.lasting <= timedelta(), "a limit is above 0"),
        )
        for is_wrong, why in wrong:
            if is_wrong:
                raise ValueError(why)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the page, as far as can be told."""
        named = self.url and urlsplit(self.url).hostname not in LOOPBACK_NAMES
        return is_loopback(self.host) and not named

    @property
    def sent_to(self) -> str:
        """Where clauses of documents are sent beyond this machine; empty where nothing leaves it."""
        return self.terms.door.host if self.terms and not self.terms.door.local else ""

    @property
    def address(self) -> str:
        """The address that people type."""
        if self.url:
            return self.url.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether people come by TLS, so that cookies may ask for it."""
        return self.address.startswith("https://")

    @property
    def names(self) -> frozenset[str]:
        """Names that the Host header may have."""
        named = urlsplit(self.address).hostname or self.host
        return frozenset({named, self.host}) | (LOOPBACK_NAMES if is_loopback(self.host) else frozenset())


def is_loopback(host: str) -> bool:
    """Return whether an address or name is that of this machine for itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_everywhere(host: str) -> bool:
    """Return whether an address stands for all of this machine, so that it says nothing of what people type."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return not host


def _is_origin(url: str) -> bool:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (raises where it is no number)
    except ValueError:
        return False
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and bare
