"""Delays after failed sign-ins: they grow with the failures, end by themselves, and never refuse for good.

Failures in a browser or from a network in which a person signed in before count apart from all others, so that whoever
knows only the name of a person cannot delay them there. Source: NIST SP 800-63B-4 3.2.2, which names growing delays and
lists of addresses from which the person signed in before; OWASP, "Device cookies", for the browser.
"""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from impact.review.store.account_tables import FailureRow, UsualNetworkRow
from impact.review.store.tables import UserRow
from impact.review.values.users import key

WINDOW = timedelta(days=1)
"""Time for which a failure counts. Source: project judgment."""
USUAL = timedelta(days=90)
"""Time for which a network stays usual after the last sign-in from there. Source: project judgment."""
MOST_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class DelayRule:
    """How long one waits after a failure.

    Attributes:
        free: Failures without a delay; each further one doubles it, from a second on.
        longest: The delay at the most.
    """

    free: int
    longest: timedelta

    def delay(self, failures: int) -> timedelta:
        """Return how long one waits after so many failures."""
        beyond = failures - self.free
        return min(self.longest, timedelta(seconds=2.0 ** min(beyond, MOST_DOUBLINGS))) if beyond >= 0 else timedelta()


@dataclass(frozen=True, slots=True)
class SignInOrigin:
    """Where an attempt comes from.

    Attributes:
        address: Of the visitor.
        device: Id of a browser in which the person whose name is given signed in before; empty for any other.
    """

    address: str
    device: str = ""

    @property
    def network(self) -> str:
        """What the address counts as: all of a /64 of IPv6 is one, since one person has as many of its addresses."""
        try:
            parsed = ipaddress.ip_address(self.address.partition("%")[0])
        except ValueError:
            return self.address[:80]
        if isinstance(parsed, ipaddress.IPv6Address):
            mapped = parsed.ipv4_mapped
            return str(mapped or ipaddress.ip_network((parsed, 64), strict=False))
        return str(parsed)


AT_HOME = DelayRule(5, timedelta(minutes=1))
"""For a person, in a browser or from a network of theirs. Source of all four: project judgment."""
FROM_ELSEWHERE = DelayRule(5, timedelta(minutes=15))
"""For a name, from one network that is not of that person."""
FOR_NAME = DelayRule(20, timedelta(minutes=5))
"""For a name, from all networks that are not of that person."""
FOR_NETWORK = DelayRule(100, timedelta(minutes=5))
"""For a network, with all names of persons who never signed in from there."""


def remaining(session: Session, name: str, origin: SignInOrigin, now: datetime) -> timedelta:
    """Return how long a name has to wait before the next attempt from there; none if it need not."""
    return max(_rest(session, source, rule, now) for source, rule in _rules(session, name, origin, now))


def record_failure(session: Session, name: str, origin: SignInOrigin, now: datetime) -> None:
    """Count a failed attempt."""
    sources = [source for source, _ in _rules(session, name, origin, now)]
    session.execute(delete(FailureRow).where(FailureRow.time < now - WINDOW))
    session.add_all(FailureRow(key=source, time=now) for source in sources)


def record_success(session: Session, name: str, origin: SignInOrigin, now: datetime) -> None:
    """Forget the failures of a person there, and count the network among theirs from now on."""
    network = origin.network
    session.scalars(select(UserRow).where(UserRow.name == name).with_for_update()).one()
    session.execute(delete(FailureRow).where(FailureRow.key.in_((_pair(name, network), _device(origin)))))
    session.execute(delete(UsualNetworkRow).where(UsualNetworkRow.used < now - USUAL))
    session.merge(UsualNetworkRow(user=name, network=network, used=now))


def _rules(session: Session, name: str, origin: SignInOrigin, now: datetime) -> Iterator[tuple[str, DelayRule]]:
    if origin.device:
        yield _device(origin), AT_HOME
        return
    network = origin.network
    query = select(UsualNetworkRow.used).join(UserRow, UserRow.name == UsualNetworkRow.user)
    usual = session.scalars(query.where(UserRow.key == key(name), UsualNetworkRow.network == network)).first()
    if usual is not None and usual > now - USUAL:
        yield _pair(name, network), AT_HOME
        return
    yield _pair(name, network), FROM_ELSEWHERE
    yield f"name {key(name)[:80]}", FOR_NAME
    yield f"address {network}", FOR_NETWORK


def _device(origin: SignInOrigin) -> str:
    return f"device {origin.device}"


def _pair(name: str, network: str) -> str:
    return f"pair {network} {key(name)[:80]}"


def _rest(session: Session, source: str, rule: DelayRule, now: datetime) -> timedelta:
    query = select(func.count(), func.max(FailureRow.time))
    count, latest = session.execute(query.where(FailureRow.key == source, FailureRow.time > now - WINDOW)).one()
    return max(latest + rule.delay(count) - now, timedelta()) if count else timedelta()
