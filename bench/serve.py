"""Measure how fast `impact serve` gives report pages to many readers at once on loopback.

Usage: python bench/serve.py [--store DIR] [--proposals 20] [--readers 50] [--seconds 10] [--pauses 0 1] [--json FILE]

Fills a store with documents of corpora/proposals and corpora/reissues (by the cues; where DIR is already filled, it is
used as it is), starts a real server, and has a second process read: each reader asks for the report of one proposal
after another, the whole page, and waits the pause between two. Prints, for each pause, answers, answers a second,
median and 95th percentile in milliseconds, errors (any status but 200, any broken line), and the processor time of the
server for each answer, which tells a slow server from a busy machine.
"""

import argparse
import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from serving import serving

CORPORA = Path(__file__).parents[1] / "corpora"
KINDS = frozenset({".pdf", ".docx", ".txt", ".md"})


def fill(url: str, many: int) -> list[str]:
    """Return the ids of the proposals of a server, having submitted documents up to `many` and waited for them."""
    found = [item for name in ("proposals", "reissues") for item in sorted((CORPORA / name).iterdir())]
    paths = [item for item in found if item.suffix in KINDS and item.name != "README.md"][:many]
    with httpx.Client(base_url=f"{url}/api/v1", timeout=120) as client:
        if client.get("/proposals").json()["total"] < len(paths):
            client.post("/proposals", files=[("files", (path.name, path.read_bytes())) for path in paths])
        while any(client.get("/proposals", params={"state": item}).json()["total"] for item in ("queued", "running")):
            time.sleep(0.5)
        done = client.get("/proposals", params={"state": "done", "limit": many}).json()["proposals"]
    return [item["id"] for item in done]


async def read(url: str, pages: list[str], pause: float, seconds: float) -> tuple[list[float], int]:
    """Return the seconds that each answer to a reader took, and how many errors came; a reader has one line."""
    times, errors = [], 0
    async with httpx.AsyncClient(base_url=url, timeout=30, verify=False) as client:  # noqa: S501 (no TLS on loopback)
        await asyncio.sleep(random.uniform(0, pause))  # noqa: S311 (no secret hangs on it)
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            began = time.perf_counter()
            try:
                answer = await client.get(random.choice(pages))  # noqa: S311
                errors += answer.status_code != 200
            except httpx.HTTPError:
                errors += 1
            times.append(time.perf_counter() - began)
            await asyncio.sleep(pause)
    return times, errors


async def read_all(url: str, ids: list[str], readers: int, seconds: float, pause: float) -> dict[str, float]:
    """Return the figures of all readers, who come within the pause."""
    pages = [f"/p/{identifier}/report" for identifier in ids]
    found = await asyncio.gather(*(read(url, pages, pause, seconds) for _ in range(readers)))
    times = sorted(each for took, _ in found for each in took)
    return {
        "pause_s": pause,
        "answers": len(times),
        "per_second": round(len(times) / seconds, 1),
        "median_ms": round(1000 * statistics.median(times), 1),
        "p95_ms": round(1000 * times[int(0.95 * len(times))], 1),
        "errors": sum(errors for _, errors in found),
    }


def measure(chosen: argparse.Namespace, store: Path) -> list[dict[str, float]]:
    """Return the figures for each pause; the readers are a process of their own."""
    with serving(store) as (url, server):
        ids = fill(url, chosen.proposals)
        size = statistics.median(len(httpx.get(f"{url}/p/{identifier}/report").content) for identifier in ids)
        print(f"{len(ids)} proposals, {chosen.readers} readers; a report has {size / 1000:.0f} kB (median)")
        out = []
        for pause in chosen.pauses:
            request = json.dumps([url, ids, chosen.readers, chosen.seconds, pause])
            words = [sys.executable, __file__, "--read", request]
            before = sum(server.cpu_times()[:2])
            made = json.loads(subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout)
            made["server_cpu_ms"] = round(1000 * (sum(server.cpu_times()[:2]) - before) / made["answers"], 2)
            print(json.dumps(made))
            out.append(made)
    return out


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--proposals", type=int, default=20)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--pauses", type=float, nargs="+", default=[0, 1])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--read", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.read:
        print(json.dumps(asyncio.run(read_all(*json.loads(chosen.read)))))
        return
    with tempfile.TemporaryDirectory() as made:
        figures = measure(chosen, chosen.store or Path(made))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
