"""Look up the known vulnerabilities of all releases in a lock file, and say plainly if that was not possible.

pip-audit looks them up. It passes packages that its service does not know, and then ends with "No known vulnerabilities
found". Here, a package that was not looked up is named, and an audit that did not look up all is not done. Where no
service answers pip-audit, the project pages of the index are asked, which know the newest releases.
"""

import argparse
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import zip_longest
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from locks import pins_in
from needs import HERE
from pages import INDEX, report_of

LOCK = HERE / "requirements" / "dev.txt"
ACCEPTED = Path(__file__).parent / "audit.toml"
SERVICES: tuple[tuple[str, ...], ...] = (("-s", "pypi"), ("-s", "osv"))
"""Arguments of pip-audit for each service that knows vulnerabilities; the first that answers is asked about all."""

SECONDS = "20"
"""For an answer. Source: project judgment."""

NOT_DONE = 75
"""Exit code where not all could be looked up. Source: EX_TEMPFAIL of sysexits.h."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What pip-audit found: releases it looked up, those it could not, and known vulnerabilities, a line each."""

    looked_up: int
    skipped: tuple[str, ...]
    vulnerable: tuple[str, ...]


def audit_of(report: Mapping[str, Any]) -> Audit:
    """Return what the JSON of pip-audit says."""
    packages = report["dependencies"]
    skipped = tuple(package["skip_reason"] for package in packages if "skip_reason" in package)
    vulnerable = tuple(
        f"{package['name']} {package['version']}: {flaw['id']}, fixed in {flaw['fix_versions'] or 'no release'}"
        for package in packages
        for flaw in package.get("vulns", ())
    )
    return Audit(len(packages) - len(skipped), skipped, vulnerable)


def accepted(data: Mapping[str, Any], today: date) -> list[str]:
    """Return the identifiers of vulnerabilities that do not count today."""
    return [entry["id"] for entry in data["accepted"] if entry["reason"] and today <= entry["until"]]


def rounds_of(lock: Path) -> list[list[str]]:
    """Return the releases in a lock file, whatever system they are for, so that no round has a package twice."""
    pins = pins_in(lock.read_text(encoding="utf-8"))
    rounds = zip_longest(*([f"{name}=={pin.version}" for pin in locked] for name, locked in pins.items()))
    return [[release for release in releases if release] for releases in rounds]


def asked(releases: Sequence[str], service: Sequence[str], ignored: Sequence[str] = ()) -> Audit | str:
    """Return what pip-audit finds on releases, or why it finds nothing."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "-f", "json", *service]
    command += ["--progress-spinner", "off", "--timeout", SECONDS]
    command += [part for name in ignored for part in ("--ignore-vuln", name)]
    with NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(releases))
        file.flush()
        done = subprocess.run([*command, "-r", file.name], capture_output=True, text=True, check=False)
    if done.stdout.startswith("{"):
        return audit_of(json.loads(done.stdout))
    lines = done.stderr.strip().splitlines()
    return lines[-1][:300] if lines else f"pip-audit ended with {done.returncode}"


def audited(lock: Path, services: Sequence[Sequence[str]], ignored: Sequence[str] = ()) -> Audit | str:
    """Return the audit by the first service that knows the first release of the lock file, or why it was not completed.

    A vulnerability that was found is told even if the rest could not be looked up.
    """
    rounds, reasons = rounds_of(lock), list[str]()
    for service in services:
        probe = asked(rounds[0][:1], service)
        if isinstance(probe, str) or probe.skipped:
            reasons += [probe] if isinstance(probe, str) else probe.skipped
            continue
        results = [asked(releases, service, ignored) for releases in rounds]
        audits = [result for result in results if isinstance(result, Audit)]
        failed = [result for result in results if isinstance(result, str)]
        vulnerable = tuple(line for result in audits for line in result.vulnerable)
        if failed and not vulnerable:
            return "; ".join(failed)
        skipped = (*(line for result in audits for line in result.skipped), *failed)
        return Audit(sum(result.looked_up for result in audits), skipped, vulnerable)
    return "; ".join(reasons)


def by_pages(lock: Path, index: str, ignored: Sequence[str]) -> Audit:
    """Return what the project pages of an index say of the releases in a lock file."""
    report = report_of((release for releases in rounds_of(lock) for release in releases), index)
    for package in report["dependencies"]:
        package["vulns"] = [flaw for flaw in package.get("vulns", ()) if flaw["id"] not in ignored]
    return audit_of(report)


def main() -> None:
    """Audit, and exit with 0 if all was looked up and is well, `NOT_DONE` if not all could be, and else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lock", nargs="?", type=Path, default=LOCK, help="Lock file.  [default: requirements/dev.txt]")
    parser.add_argument("--osv-url", help="Ask this server, which speaks the protocol of OSV, instead of PyPI and OSV.")
    parser.add_argument("--index", default=INDEX, help="Project pages to ask if no service answers.  [default: PyPI's]")
    options = parser.parse_args()
    services = (("-s", "osv", "--osv-url", options.osv_url),) if options.osv_url else SERVICES
    ignored = accepted(tomllib.loads(ACCEPTED.read_text(encoding="utf-8")), datetime.now(UTC).date())
    result = audited(options.lock, services, ignored)
    undone = 1
    if isinstance(result, str):
        undone = 1 if os.environ.get("IMPACT_AUDIT") == "required" else NOT_DONE
        reason, result = result, by_pages(options.lock, options.index, ignored)
        if not result.looked_up:
            print(f"The audit was NOT DONE: no service that knows vulnerabilities answered ({reason})")
            sys.exit(undone)
        print(f"By the project pages of {options.index}, because no service answered for releases ({reason[:80]}...)")
    total = (
        f"{result.looked_up} releases looked up, {len(result.skipped)} not, {len(result.vulnerable)} vulnerabilities"
    )
    print(*result.skipped, *result.vulnerable, total, sep="\n")
    sys.exit(1 if result.vulnerable else undone if result.skipped else 0)


if __name__ == "__main__":
    main()
