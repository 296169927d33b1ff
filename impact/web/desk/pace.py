"""How long what is left will take: by this person's own pace in this session, before that by measured speeds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from impact.review.values.decision import Action, Event
from impact.web.desk.finding import QUOTE, DeskFinding
from impact.web.desk.wording import words

Items = tuple[DeskFinding, ...]


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """An estimate of the time that the undecided items will take.

    Attributes:
        own: Whether it goes by the person's own pace in this session.
    """

    seconds: float
    own: bool

    @property
    def words(self) -> str:
        """The estimate in words, such as "about 12 minutes left at your pace"; empty where nothing is left."""
        if not self.seconds:
            return ""
        minutes = max(round(self.seconds / 60), 1)
        hours = f"{minutes // 60} h {minutes % 60:02} min"
        span = hours if minutes >= 60 else f"{minutes} min"
        return f"about {span} left{' at your pace' if self.own else ''}"


def time_left(findings: Iterable[DeskFinding], events: Iterable[Event], reviewer: str, now: datetime) -> TimeLeft:
    """Return how long what still needs a decision will take a person."""
    listed = tuple(findings)
    left = _expected(tuple(finding for finding in listed if finding.needs))
    ratio = _ratio({finding.subject.id: finding for finding in listed}, events, reviewer, now)
    return TimeLeft(left * ratio, own=True) if ratio else TimeLeft(left, own=False)


def _ratio(findings: Mapping[str, DeskFinding], events: Iterable[Event], reviewer: str, now: datetime) -> float:
    """Return how much longer than expected a person took in this session; 0 where there is too little to tell."""
    acts: dict[datetime, list[DeskFinding]] = defaultdict(list)
    for event in events:
        decision = event.decision
        if decision.reviewer == reviewer and decision.action is not Action.DONE:
            acts[decision.time] += [findings[decision.subject]] if decision.subject in findings else []
    pace = words().pace
    times = sorted(acts)
    if not times or now - times[-1] > timedelta(minutes=pace.session):
        return 0.0
    taken = expected = 0.0
    steps = 0
    for before, after in reversed(list(pairwise(times))):
        gap = (after - before).total_seconds()
        if gap > pace.session * 60:
            break
        if gap <= pace.pause * 60 and acts[after]:
            steps, taken, expected = steps + 1, taken + gap, expected + _expected(tuple(acts[after]))
    return taken / expected if steps >= pace.fewest else 0.0


def _expected(items: Items) -> float:
    """Return the seconds that items take by measured speeds: reading each, and one choice for an item or a group."""
    pace = words().pace
    groups = {finding.subject.label for finding in items if not finding.is_finding and not finding.subject.doubtful}
    single = sum(finding.is_finding or finding.subject.doubtful for finding in items)
    return sum(map(_length, items)) * 60 / pace.words + (single + len(groups)) * pace.choice


def _length(finding: DeskFinding) -> int:
    """Return the words to read: clause and statement, of a safeguard that is firm those that carry it."""
    if finding.is_finding or finding.subject.doubtful:
        return len(finding.subject.place.text[:QUOTE].split()) + len(finding.statement.split())
    return len(finding.snippet.split())
