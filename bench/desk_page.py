"""Measure how large the desk page of a long document is, and how long it takes.

Usage: python bench/desk_page.py [--document FILE] [--pages 400] [--times 10] [--json FILE]

Submits a document (by default a PDF of --pages pages made here, with 20 clauses a page, of which every 40th has a power
or a safeguard), waits for its analysis by the cues, and opens its desk --times times, the pages and the text, once
before that to fill the caches of the server. Prints bytes as they are and compressed, the median of seconds, and the
server's seconds of processor time for each answer, which other programs on the machine hardly change.

To compare two versions, run it in a checkout of each with the same --document.
"""

import argparse
import json
import statistics
import tempfile
import time
from io import BytesIO
from pathlib import Path

import httpx
import psutil
from desk import GUARDS, POWERS
from serving import serving

A_PAGE, MARKED = 20, 40
FILLER = "{0} The clerk of ward {1} shall print the list of lamps in blue ink and shall file it by street and number."
VIEWS = {"pages": "", "text": "?view=text"}
PATIENCE = 600


def pdf(pages: int) -> bytes:
    """Return a PDF of so many pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    written = BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1)
    canvas.setTitle("Requirements for an exchange of wards")
    marked = (*POWERS, *GUARDS)
    for number in range(pages * A_PAGE):
        if number and number % A_PAGE == 0:
            canvas.showPage()
        name = f"{1 + number // 100}.{1 + number % 100}"
        sentence = FILLER.format(name, number) if number % MARKED else f"{name} {marked[number // MARKED % 8]}"
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 790 - 37 * (number % A_PAGE), sentence.format(number))
    canvas.save()
    return written.getvalue()


def submitted(client: httpx.Client, name: str, data: bytes) -> str:
    """Submit a document, wait for its analysis and return its id."""
    answer = client.post("/api/v1/proposals", files={"files": (name, data)}).json()
    identifier: str = answer["files"][0]["proposal"]["id"]
    end = time.monotonic() + PATIENCE
    while (state := client.get(f"/api/v1/proposals/{identifier}").json()["state"]) not in {"done", "failed"}:
        if time.monotonic() > end:
            raise TimeoutError(name)
        time.sleep(0.5)
    if state == "failed":
        raise ValueError(client.get(f"/api/v1/proposals/{identifier}").json())
    return identifier


def opened(client: httpx.Client, server: psutil.Process, address: str, times: int) -> dict[str, float]:
    """Return the figures of an address."""
    client.get(address)
    plain = len(client.get(address, headers={"Accept-Encoding": "identity"}).content)
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}) as answer:
        packed = sum(map(len, answer.iter_raw()))
    before, took = sum(server.cpu_times()[:2]), []
    for _ in range(times):
        began = time.perf_counter()
        client.get(address)
        took.append(time.perf_counter() - began)
    used = (sum(server.cpu_times()[:2]) - before) / times
    return {"kB": plain // 1000, "kB_gzip": packed // 1000, "s": statistics.median(took), "cpu_s": used}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--document", type=Path)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    data = given.document.read_bytes() if given.document else pdf(given.pages)
    name = given.document.name if given.document else "wards.pdf"
    figures = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as (url, server),
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
    ):
        desk = f"/p/{submitted(client, name, data)}/desk"
        for view, query in VIEWS.items():
            figures[view] = opened(client, server, desk + query, given.times)
            print(view, json.dumps({key: round(value, 3) for key, value in figures[view].items()}))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
