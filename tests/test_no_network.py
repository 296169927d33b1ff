"""With no second reader configured nobody is called: every process runs with connections refused and told of."""

import json
import os
import subprocess
import sys
from pathlib import Path

HOOK = """
import os
import sys

def refuse(event, arguments):
    to_host = event in ("socket.connect", "socket.sendto") and not isinstance(arguments[1], (str, bytes))
    if to_host or event in ("socket.getaddrinfo", "socket.gethostbyname"):
        with open(os.environ["CALLS"], "a") as calls:
            calls.write(f"{event} {arguments[1:]}\\n")
        raise PermissionError("no network here")

sys.addaudithook(refuse)
"""
"""Python runs it in each process that it starts with this folder on its path, also in workers."""

RUN = """
import multiprocessing
import sys
from contextlib import suppress
from pathlib import Path

from impact.cli import main
from impact.web.server.child import AnalysisFiles, Task, serve

file = Path(sys.argv[1])
for command in ("analyze", "batch"):
    out = file.parent / command
    with suppress(SystemExit):
        main([command, str(file), "--out", str(out), *["--workers", "1"] * (command == "batch")])
assert "openai" not in sys.modules
context = multiprocessing.get_context("spawn")
ours, theirs = context.Pipe()
child = context.Process(target=serve, args=(theirs,))
child.start()
ours.send(Task(file.read_bytes(), file.name, (), 120.0))
while isinstance(outcome := ours.recv(), str):
    pass
assert isinstance(outcome, AnalysisFiles), outcome
(file.parent / "page.json").write_bytes(outcome.files["report.json"])
ours.close()
child.join()
"""


def test_without_a_second_reader_no_process_calls_anybody(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    file, calls = tmp_path / "quay.txt", tmp_path / "calls"
    file.write_text("1. Requirements\n\n1.1 The quay shall shut off any subscriber in arrears.\n", encoding="utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith("IMPACT_READER")}
    refusing = {
        "PYTHONPATH": str(tmp_path),
        "CALLS": str(calls),
        "XDG_CONFIG_HOME": str(tmp_path),
        "HOME": str(tmp_path),
    }
    reach = "import socket; socket.create_connection(('127.0.0.1', 9))"
    refused = subprocess.run([sys.executable, "-c", reach], env=own | refusing, check=False, capture_output=True)
    told = calls.read_text(encoding="utf-8")
    calls.unlink()

    done = subprocess.run(
        [sys.executable, "-c", RUN, str(file)], env=own | refusing, check=False, capture_output=True, text=True
    )

    assert refused.returncode == 1
    assert "getaddrinfo" in told
    assert done.returncode == 0, done.stderr
    assert not calls.exists(), calls.read_text(encoding="utf-8")
    reports = [
        tmp_path / "analyze" / "report.json",
        *(tmp_path / "batch").glob("*/report.json"),
        tmp_path / "page.json",
    ]
    made = [json.loads(report.read_bytes()) for report in reports]
    assert len(made) == 3
    assert not any("second_reading" in report for report in made)
    assert not (tmp_path / "batch" / "answers").exists()
