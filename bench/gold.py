"""Hold the review of a document against what a careful reviewer would raise, point by point.

Usage: python bench/gold.py [NAME ...] [--documents DIR ...] [--missed] [--named] [--extras]
       [--reader-model MODEL]

NAME is a list of corpora/gold (all by default). Documents are looked for in ../shared/documents, corpora/proposals
and each DIR. RFC 9000, 8462 and 9019 come, for example, with Debian's doc-rfc-std-proposed and doc-rfc-informational.

A point of a list counts as named where the review has an entry of its sort, at its clause (the same section
number, a part of it, or the paragraph around an item), under its guideline or with its label. Of which sort: a
benefit by a benefit or a clause to check; a risk by a power, an open wording or a clause to check; weak words by
weak or open wording, or by a pair of clauses; an inconsistency by a pair of clauses; a silence by a silence under
its guideline or with its label; a question by anything. Only what the review prints counts: the clauses it quotes
and the places it lists.

With a model whose answers came in by file (impact reader ask FILE... --about points, impact reader answer FILE), what a
second reader raises counts beside the review, apart: a scenario as a power, what is unmet as a clause to check, what is
weak or missing as weak words or a silence, and an inconsistency as a pair of clauses. Printed is how many points it
raises of those that nothing named before.

Entries that name no point of the list are extra; corpora/gold/extras-NAME.toml holds a judgment on each (useful,
neutral or wrong), and names the points that the rule counts while the entry, read, speaks of something else.
"""

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from impact.advise import advise
from impact.advise.detectors.library import detectors
from impact.advise.guideline_rules import rules
from impact.classify import outlook_of
from impact.paths import shelf
from impact.pipeline import analyze
from impact.reader import BY_FILE, configured
from impact.reader.opinion import terms_by
from impact.reader.settings import settings_file
from impact.records import Advice, Assessment, Clause, Omission, PointKind, SafeguardStanding
from impact.report.annex.openness import OTHERS, further
from impact.report.drafts.open_terms import MOST_LOOSE
from impact.report.drafts.review import LIMIT, QUOTES
from impact.report.view.guideline_answers import Amount, answer_views, raised_views
from impact.report.view.subject import ReportSubject
from impact.taxonomy import load

GOLD = shelf("corpora") / "gold"
FOLDERS = (Path(__file__).parents[2] / "shared" / "documents", shelf("corpora") / "proposals")
FIRST = ("registrant-verification", "rfc8462", "rfc8718", "rfc9000", "rfc9019")
"""The documents of the acceptance line; the others show whether detectors carry over."""

SORTS = {
    "benefit": {"benefit", "note"},
    "risk": {"power", "note", "loose"},
    "weak-words": {"weak", "loose", "pair"},
    "inconsistency": {"pair"},
    "silence": {"silence"},
    "question": {"benefit", "power", "note", "loose", "weak", "pair", "silence"},
}
RAISED = {
    PointKind.SCENARIO: "power",
    PointKind.UNMET: "note",
    PointKind.WEAK: "weak",
    PointKind.MISSING: "silence",
    PointKind.INCONSISTENT: "pair",
}
ADDRESS = re.compile(r"(?:[a-z]\b|\d)[\d.]*")
NUMBER = re.compile(r"^(?:section|clause|annex|appendix|article)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """What the review prints of one topic: sort, guideline, labels, and its clauses, the quoted ones first."""

    sort: str
    guideline: str
    topic: str
    labels: frozenset[str]
    clauses: tuple[Clause, ...]
    quoted: int = 1

    @property
    def key(self) -> str:
        """A name for judgments, the same in each run."""
        return f"{self.guideline} {self.sort} {self.topic}"


def entries_of(assessment: Assessment, advice: Advice) -> Iterator[Entry]:
    """Yield all entries of the review."""
    taxonomy = load()
    subject = ReportSubject(assessment, lambda: advice, taxonomy)
    at = subject.at
    numbered = {at.where(clause.id).anchor: clause for clause in assessment.clauses}
    labels = set(taxonomy.labels)
    nearest = {detector.id: detector.labels for detector in detectors()} | {
        section.topic: section.labels for section in rules().sections.values()
    }
    for answer in answer_views(subject, Amount(QUOTES, LIMIT)):
        number = answer.answer.number
        for point in answer.points:
            quoted = [at.clause(clause) for _, clause, _ in point.quotes]
            listed = [numbered[where.anchor] for where in point.others]
            topic = point.point.topic
            entry_labels = frozenset({topic, *nearest.get(topic, ())} & labels)
            yield Entry(point.point.bearing.value, number, topic, entry_labels, (*quoted, *listed), len(quoted))
            if topic.startswith("empty-"):
                yield Entry("silence", number, topic, entry_labels, tuple(quoted), 0)
            if point.weak:
                yield Entry(
                    "weak", number, topic, entry_labels, tuple(numbered[where.anchor] for where, _ in point.weak), 0
                )
        for omission in answer.omissions:
            yield from _silences(omission, number, labels)
    for pair in advice.tensions:
        clauses = tuple(at.clause(side.clause) for side in (pair.first, pair.second))
        yield Entry("pair", pair.guideline, f"{pair.kind} {clauses[0].id}", frozenset(), clauses, 2)
    for gap in advice.gaps:
        if gap.standing is not SafeguardStanding.ABSENT:
            first = at.clause(gap.cites[0].clause)
            topic = f"{gap.safeguard} for {gap.mechanism}"
            yield Entry("weak", rules().home(gap.safeguard), topic, frozenset({gap.safeguard, gap.mechanism}), (first,))
    for term in advice.open_terms[:MOST_LOOSE]:
        listed = [numbered[where.anchor] for where in further(term.cites, term.cites[:1], at)[:OTHERS]]
        cited = (at.clause(term.cites[0].clause), *listed)
        home = rules().home(term.mechanism) if term.mechanism else ""
        yield Entry("loose", home, f"{term.kind} {term.subject}".strip(), frozenset({term.mechanism} & labels), cited)


def raised_of(assessment: Assessment, advice: Advice) -> Iterator[Entry]:
    """Yield what a second reader raises; the clauses are all quoted."""
    subject = ReportSubject(assessment, lambda: advice, load())
    for view in raised_views(subject, LIMIT) or ():
        point, clauses = view.point, tuple(subject.at.clause(clause) for _, clause, _ in view.quotes)
        labels = frozenset(point.labels)
        yield Entry(RAISED[point.kind], point.guideline, f"raised {point.matter}", labels, clauses, len(clauses))


def _silences(omission: Omission, number: str, labels: set[str]) -> Iterator[Entry]:
    """Yield a silence, and those that it says in the same breath, which are no extra entries."""
    for place, silence in enumerate((omission.id, *omission.also)):
        rule = rules().omissions.get(silence)
        filled = frozenset(rule.unless if rule else ())
        yield Entry("silence", rule.guideline if rule else number, silence, filled & labels, (), int(not place))


def names(entry: Entry, point: dict[str, Any]) -> bool:
    """Return whether an entry names a point of the list."""
    if entry.sort not in SORTS[point["kind"]]:
        return False
    if entry.guideline != point["guideline"] and entry.labels.isdisjoint(point["labels"]):
        return False
    return point["kind"] == "silence" or any(
        _meets(clause, wanted) for clause in entry.clauses for wanted in point["clauses"]
    )


def _meets(clause: Clause, wanted: str) -> bool:
    """Return whether a clause stands in a section or in a part of it, or is the paragraph around an item."""
    if wanted == "whole text":
        return False
    number, place = _bare(clause.number), _bare(wanted)
    if ADDRESS.match(place):
        clause_number = number or _bare(clause.title).split(" ")[0].rstrip(".")
        return _around(place, clause_number) or (
            _around(clause_number, place) and not place[len(clause_number) :].startswith(".")
        )
    last = _slug(re.split(r": |(?<=\w)\.(?=\w)|\./", wanted)[-1].lstrip("/"))
    titles = {_slug(re.sub(r"^[\d.]+ ", "", title)) for title in (clause.number, *clause.headings)}
    return last in titles | set(clause.id.split("/"))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _around(outer: str, inner: str) -> bool:
    return (bool(outer) and inner == outer) or (inner.startswith(outer) and not inner[len(outer)].isalnum())


def _bare(text: str) -> str:
    return NUMBER.sub("", " ".join(text.split()).lower()).strip(" .:")


def documents(name: str, folders: list[Path]) -> Path | None:
    """Return where a document is, if it is anywhere."""
    return next((found for folder in folders for found in folder.rglob(name)), None)


def judgments(name: str) -> tuple[dict[str, str], set[str]]:
    """Return the verdict on each extra entry of a list, and the points that are named by the rule and not when read."""
    file = GOLD / f"extras-{name}.toml"
    if not file.exists():
        return {}, set()
    verdicts = tomllib.loads(file.read_text("utf-8"))
    return {extra["entry"]: extra["verdict"] for extra in verdicts["extras"]}, set(verdicts["loose"])


def hold(name: str, path: Path, options: argparse.Namespace) -> tuple[Counter[str], Counter[str]]:
    """Print one list against one review; return what was named by kind, and the verdicts on extras."""
    gold = tomllib.loads((GOLD / f"{name}.toml").read_text("utf-8"))["points"]
    assessment = analyze(path, jailed=False)
    entries = list(entries_of(assessment, _advice(assessment)))
    raised = _raised(path, options.reader_model)
    named: Counter[str] = Counter()
    used: set[str] = set()
    loose = judgments(name)[1]
    for point in gold:
        by = [entry for entry in entries if names(entry, point)]
        used |= {entry.key for entry in by}
        also = [entry for entry in raised if not by and names(entry, point)]
        named["points"] += 1
        named["raised"] += bool(also)
        named["named"] += bool(by)
        named["read"] += bool(by) and point["id"] not in loose
        named[f"{point['kind']} points"] += 1
        named[f"{point['kind']} named"] += bool(by)
        named["main points"] += point["weight"] == "main"
        named["main named"] += point["weight"] == "main" and bool(by)
        if (options.missed and not by) or (options.named and by):
            print(
                f"  {'named' if by else 'MISSED'} {point['id']} {point['guideline']} {point['kind']} {point['clauses']}"
            )
            print(f"      {point['point']}")
            for entry in (*by[:4], *also[:4]):
                print(f"      <- {entry.key}")
    named["raised points"] = len(raised)
    return named, _extras(name, assessment, entries, used, show=options.extras)


def _advice(assessment: Assessment) -> Advice:
    """Return the advice as reports have it."""
    return advise(assessment, load(), outlook_of(assessment.proposal, assessment.provenance.by))


def _raised(path: Path, model: str) -> list[Entry]:
    """Return what a model raises on a document, by answers that came in by file; nothing without a model."""
    door = configured({"address": BY_FILE, "model": model}) if model else None
    if door is None:
        return []
    assessment = analyze(path, jailed=False, second=terms_by(door, settings_file().parent).opinion(load()))
    raising = assessment.second.raising if assessment.second else None
    if raising:
        print(f"  read for points: {raising.clauses} clauses; left {raising.left}; dropped {raising.dropped}")
        print(f"  unread: {'; '.join(raising.unread) or 'nothing'}")
    return list(raised_of(assessment, _advice(assessment)))


def _extras(name: str, assessment: Assessment, entries: list[Entry], used: set[str], *, show: bool) -> Counter[str]:
    verdicts, judged = Counter[str](), judgments(name)[0]
    for entry in entries:
        if entry.key in used or not entry.quoted:
            continue
        verdict = judged.get(entry.key, "unjudged")
        verdicts["extra"] += 1
        verdicts[verdict] += 1
        if show:
            print(f"  {verdict} | {entry.key}")
            for clause in entry.clauses[: entry.quoted]:
                words = " ".join(assessment.document.quote(clause.span).split())
                print(f"      {clause.number or clause.id}: {words[:300]}")
    return verdicts


def main() -> None:
    """Print the lists asked for, then a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--documents", nargs="+", type=Path, default=[])
    for flag in ("missed", "named", "extras"):
        parser.add_argument(f"--{flag}", action="store_true")
    parser.add_argument("--reader-model", default="")
    options = parser.parse_args()
    every = sorted(file.stem for file in GOLD.glob("*.toml") if not file.stem.startswith("extras-"))
    rows = ["| list | points | named | as read | main | main named | extra | useful | neutral | wrong | unjudged |"]
    sums: dict[str, Counter[str]] = {"the first five": Counter(), "the other four": Counter()}
    for name in options.names or [*FIRST, *(name for name in every if name not in FIRST)]:
        document = tomllib.loads((GOLD / f"{name}.toml").read_text("utf-8"))["document"]
        path = documents(document, [*options.documents, *FOLDERS])
        if path is None:
            print(f"{name}: {document} was not found; name its folder by --documents")
            continue
        print(name)
        named, verdicts = hold(name, path, options)
        counts = named + verdicts
        sums["the first five" if name in FIRST else "the other four"] += counts
        rows.append(_row(name, counts))
    rows += [_row(name, counts) for name, counts in sums.items() if counts]
    print("\n".join(rows))
    for name, counts in sums.items():
        kinds = [f"{kind} {counts[f'{kind} named']} of {counts[f'{kind} points']}" for kind in SORTS]
        print(f"{name}: {', '.join(kinds)}")
        if options.reader_model:
            unnamed = counts["points"] - counts["named"]
            print(f"{name}: raised {counts['raised']} of {unnamed} not named; {counts['raised points']} raised in all")


def _row(name: str, counts: Counter[str]) -> str:
    judged = not counts["unjudged"]
    share = round(100 * counts["named"] / max(1, counts["points"]))
    read = f"{counts['read']} ({round(100 * counts['read'] / max(1, counts['points']))} %)" if judged else "-"
    cells = [
        name,
        counts["points"],
        f"{counts['named']} ({share} %)",
        read,
        counts["main points"],
        counts["main named"],
    ]
    cells += [counts[key] for key in ("extra", "useful", "neutral", "wrong", "unjudged")]
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    main()
