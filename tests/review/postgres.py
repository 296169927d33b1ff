"""A PostgreSQL of the tests' own: a socket in a folder, no port, gone at the end."""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from machine import lacking

USERS = ("postgres", "nobody")
"""Who may run it where we are root, which PostgreSQL refuses to be."""


def programs() -> Path:
    """Return the folder of initdb and pg_ctl; skip where there is none, but not where all must be there (`.ci/run`)."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "pg_ctl").exists():
            return place
    pytest.skip(lacking("initdb", "postgresql"))


@contextmanager
def server() -> Iterator[str]:
    """Start a server and give the URL of its database "postgres"; `{}` stands where the name of the database goes."""
    place = programs()
    usual = Path(tempfile.gettempdir())
    open_to_others = usual.stat().st_mode & stat.S_IXOTH  # where we are root, another user runs it
    folder = Path(tempfile.mkdtemp(prefix="impact-pg-", dir=usual if open_to_others else "/tmp"))  # noqa: S108
    who = _owner(folder)
    data, log = folder / "data", folder / "log"
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c autovacuum=off"
    options += " -c max_connections=50 -c max_wal_size=128MB"
    try:
        _run(who, place / "initdb", "-D", data, "-U", "impact", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        _run(who, place / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            yield f"postgresql://impact@/{{}}?host={folder}"
        finally:
            _run(who, place / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> pwd.struct_passwd | None:
    """Return as whom to run it, with the folder given to them; None for ourselves."""
    if os.geteuid():
        return None
    for name in USERS:
        try:
            who = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, who.pw_uid, who.pw_gid)
        return who
    pytest.skip("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _run(who: pwd.struct_passwd | None, *command: object) -> None:
    """Run a program and wait; its output goes to files, for a server would hold a pipe open."""
    account = {} if who is None else {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile() as out:
        words = [str(each) for each in command]
        done = subprocess.run(words, stdout=out, stderr=out, cwd="/", check=False, **account)
        if done.returncode:
            out.seek(0)
            pytest.fail(f"{words[0]}: {out.read().decode(errors='replace')}")
