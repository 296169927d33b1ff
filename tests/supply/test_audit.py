"""The audit fails on a known vulnerability, and says where nothing was looked up; it asks a server of the tests."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import audit
import pytest

FLAW = {
    "id": "OSV-2026-1",
    "summary": "A flaw made for the tests",
    "affected": [
        {
            "package": {"name": "quay", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
        }
    ],
}
CLOSED = "http://127.0.0.1:9/v1/query"
DIGEST = f"--hash=sha256:{'0' * 64}"


class Service(BaseHTTPRequestHandler):
    """Knows a vulnerability of quay, by the protocol of OSV, and project pages, on which mast is at 2.0."""

    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
        self.asked.append(name)
        self._answer({"vulns": [FLAW]} if name == "quay" else {})

    def do_GET(self) -> None:
        name = self.path.split("/")[-2]
        flaws = [{"id": "PYSEC-1", "fixed_in": []}, {"id": "PYSEC-2", "fixed_in": [], "withdrawn": "2026-01-01"}]
        version = "2.0" if name == "mast" else "1.0"
        self._answer({"info": {"version": version}, "vulnerabilities": flaws if name == "quay" else []})

    def _answer(self, content: object) -> None:
        answer = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    Service.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1/query"
        server.shutdown()


def run(
    folder: Path, address: str, *names: str, pages: str = CLOSED, **environment: str
) -> "subprocess.CompletedProcess[str]":
    lock = folder / "lock.txt"
    lock.write_text(
        "".join(f"{name}==1.0 \\\n    {DIGEST}\n    # via impact-rights (pyproject.toml)\n" for name in names)
    )
    command = [sys.executable, ".ci/audit.py", lock, "--osv-url", address, "--index", pages]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), **environment}
    return subprocess.run(command, cwd=audit.HERE, env=environment, capture_output=True, text=True, check=False)


def test_a_known_vulnerability_fails_the_audit_and_is_named(address: str, tmp_path: Path) -> None:
    result = run(tmp_path, address, "harbor", "quay")

    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "quay 1.0: OSV-2026-1, fixed in ['1.1']",
        "2 releases looked up, 0 not, 1 vulnerabilities",
    ]


def test_each_release_of_the_lock_file_is_looked_up(address: str, tmp_path: Path) -> None:
    result = run(tmp_path, address, "harbor", "rope", "sail")

    assert (result.returncode, result.stdout) == (0, "3 releases looked up, 0 not, 0 vulnerabilities\n")
    assert {"harbor", "rope", "sail"} == {*Service.asked}


def test_releases_for_other_versions_of_python_are_looked_up_too(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    pins = ["harbor==1.0", "rope==1.0 ; python_full_version < '3.12'", "rope==1.4 ; python_full_version >= '3.12'"]
    lock.write_text("".join(f"{pin} \\\n    {DIGEST}\n    # via impact-rights (pyproject.toml)\n" for pin in pins))

    assert audit.rounds_of(lock) == [["harbor==1.0", "rope==1.0"], ["rope==1.4"]]


def test_an_audit_without_a_network_says_that_it_was_not_done(tmp_path: Path) -> None:
    result = run(tmp_path, CLOSED, "harbor")

    assert result.returncode == audit.NOT_DONE
    assert result.stdout.startswith("The audit was NOT DONE: no service that knows vulnerabilities answered (")
    assert "looked up" not in result.stdout


def test_an_audit_without_a_network_fails_where_it_is_required(tmp_path: Path) -> None:
    assert run(tmp_path, CLOSED, "harbor", IMPACT_AUDIT="required").returncode == 1


def test_where_no_service_answers_project_pages_are_asked_about_the_newest_releases(
    address: str, tmp_path: Path
) -> None:
    pages = address.removesuffix("/v1/query") + "/pypi"

    whole = run(tmp_path, CLOSED, "harbor", "rope", pages=pages)
    older = run(tmp_path, CLOSED, "harbor", "mast", pages=pages)
    flawed = run(tmp_path, CLOSED, "harbor", "quay", pages=pages)

    assert (whole.returncode, whole.stdout.splitlines()[1:]) == (0, ["2 releases looked up, 0 not, 0 vulnerabilities"])
    assert older.returncode == audit.NOT_DONE
    assert older.stdout.splitlines()[1:] == [
        f"mast==1.0: {pages} tells only about the newest release, 2.0",
        "1 releases looked up, 1 not, 0 vulnerabilities",
    ]
    assert flawed.returncode == 1
    assert "quay 1.0: PYSEC-1, fixed in no release" in flawed.stdout
    assert "PYSEC-2" not in flawed.stdout


def test_what_pip_audit_passes_over_does_not_count_as_looked_up() -> None:
    reason = "Dependency not found on PyPI and could not be audited: click (8.5.1)"
    report = {"dependencies": [{"name": "click", "skip_reason": reason}], "fixes": []}

    assert audit.audit_of(report) == audit.Audit(0, (reason,), ())


def test_an_accepted_vulnerability_counts_again_after_its_last_day() -> None:
    entry = {"id": "OSV-2026-1", "reason": "the part is not used", "until": date(2026, 12, 31)}

    assert audit.accepted({"accepted": [entry]}, date(2026, 12, 31)) == ["OSV-2026-1"]
    assert audit.accepted({"accepted": [entry]}, date(2027, 1, 1)) == []
    assert audit.accepted({"accepted": [entry | {"reason": ""}]}, date(2026, 12, 31)) == []
