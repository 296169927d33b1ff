"""Made-up results of a batch: reports of the schema that no pipeline had to make, and their records."""

import json
from hashlib import sha256

from impact.batch.portfolio.summary import summary_of
from impact.batch.record import Record, RecordOutcome, to_json
from impact.records.report_json import from_json
from impact.taxonomy import load

TAXONOMY = load()
TRIPLES = {"high": (5, 4, 4), "medium": (3, 3, 2), "low": (2, 2, 2)}


def finding(mechanism, level="high", *, doubtful=False, number=0):
    scale, scope, irremediability = TRIPLES[level]
    known = TAXONOMY.mechanisms[mechanism]
    links = [("primary", one) for one in known.primary] + [("secondary", one) for one in known.secondary]
    return {
        "id": sha256(f"{mechanism}{number}".encode()).hexdigest()[:16],
        "mechanism": mechanism,
        "confidence": 0.3 if doubtful else 0.9,
        "doubtful": doubtful,
        "by": ["model"],
        "strength": "must",
        "evidence": [{"quote": f"words of {mechanism}", "span": [0, 5], "boxes": []}],
        "rights": [
            {
                "right": one.right,
                "link": kind,
                "articles": list(TAXONOMY.rights[one.right].articles),
                "source": one.source,
            }
            for kind, one in links
        ],
        "severity": {
            "scale": scale,
            "scope": scope,
            "irremediability": irremediability,
            "level": level,
            "reason": "Because of the numbers.",
        },
        "safeguards": [
            {"clause": "1", "safeguard": "redress"},
            {"clause": "1", "safeguard": "transparency", "doubtful": True},
        ],
        "change": None,
    }


def clause(number, findings=(), *, context=(), text=""):
    said = ", ".join(f"words of {finding['mechanism']}" for finding in findings)
    words = text or f"Clause {number} says {said}."
    return {
        "id": str(number),
        "number": f"{number}.1",
        "headings": [f"{number} Requirements"],
        "kind": "requirement",
        "page": 1,
        "boxes": [],
        "span": [0, len(words)],
        "text": words,
        "strength": "must",
        "assessed": True,
        "findings": list(findings),
        "safeguards": [],
        "context": list(context),
    }


def report(  # noqa: PLR0913 - the parts of a report
    found=(), *, pairs=(), talked=(), clauses=None, pages=(), remarks=(), **document
):
    """Return a report: `found` holds a (mechanism, level) or (mechanism, level, "doubtful") a clause."""
    if clauses is None:
        clauses = [
            clause(number, [finding(one[0], one[1], doubtful=len(one) > 2, number=number)])
            for number, one in enumerate(found, start=1)
        ]
        clauses.append(clause(len(found) + 1, context=talked))
    touched = {}
    for one in (finding for clause in clauses for finding in clause["findings"]):
        for link in one["rights"]:
            touched.setdefault(link["right"], []).append(one["id"])
    levels = [one["severity"]["level"] for clause in clauses for one in clause["findings"]]
    identity = {"title": "A made text", "number": "", "body": "ITU-T", "group": "SG13", "question": "Q2/13"}
    pages = list(pages) or [{"page": 1, "verdict": "ok", "quality": 1.0}]
    return {
        "schema": "impact-report/1",
        "document": {
            "id": "0" * 64,
            "source": "made.txt",
            "format": "text",
            **identity,
            "source_organizations": [],
            "date": "2026-01-02",
            "revision": "",
            "language": "en",
            "pages": len(pages),
            "paged": True,
            "words": 100,
            **document,
        },
        "extraction": {"engine": "text", "pages": pages, "warnings": [], "remarks": list(remarks)},
        "clauses": clauses,
        "compounds": [_pair(name, raised, clauses) for name, raised in pairs],
        "silences": [],
        "rights": [{"right": name, "findings": ids} for name, ids in touched.items()],
        "level": next((one for one in ("high", "medium", "low") if one in levels), "none"),
        "provenance": {
            "tool": "0.1.0",
            "taxonomy": "1" * 64,
            "matrix": "2" * 64,
            "models": {"model": "3" * 64},
            "options": {"view": "accepted"},
            "made_at": "2026-01-02T00:00:00+00:00",
        },
    }


def _pair(name, level, clauses):
    rule = next(rule for rule in TAXONOMY.compounds if rule.id == name)
    ids = [one["id"] for clause in clauses for one in clause["findings"] if one["mechanism"] in rule.mechanisms]
    return {
        "id": name,
        "mechanisms": list(rule.mechanisms),
        "findings": ids,
        "level": level,
        "reason": "Worse together.",
    }


def record(name, **fields):
    return Record(
        **{
            "name": name,
            "folder": name.replace("/", "_"),
            "digest": sha256(name.encode()).hexdigest(),
            "versions": "v",
            "outcome": RecordOutcome.DONE,
        }
        | fields
    )


def failed(name, **fields):
    why = {"stage": "extract", "reason": f"{name} is encrypted", "hint": "Save it without a password"}
    return record(name, outcome=RecordOutcome.FAILED, **why | fields)


def duplicate(name, same_as):
    return record(name, outcome=RecordOutcome.DUPLICATE, same_as=same_as)


def summary(name="a.txt", found=(), **fields):
    return summary_of(record(name), from_json(report(found, **fields)), TAXONOMY.mechanisms)


def lay(out, reports, others=()):
    """Write a batch's output: reports by name of the document, and records of failures and duplicates."""
    for one, made in [*((record(name), made) for name, made in reports.items()), *((one, None) for one in others)]:
        folder = out / one.folder
        folder.mkdir(parents=True)
        (folder / "record.json").write_text(to_json(one), encoding="utf-8")
        if made is not None:
            (folder / "report.json").write_text(json.dumps(made), encoding="utf-8")
    return out
