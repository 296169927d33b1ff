"""Work through a proposal of some 200 items at the desk, by keys alone, and tell the program's share of the time.

It needs Chromium and playwright. The proposal is made here. Whoever works through it thinks for --pause seconds before
each key. All other time is the program's, and what is left of 20 minutes is the person's. Without a pause, what is
saved behind the person's back counts too.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright
from serving import serving

POWERS = (
    "The exchange shall shut off any subscriber of ward {0} whose account is in arrears.",
    "The exchange shall report the position of each subscriber of ward {0} to the control room every minute.",
    "The exchange shall inspect the payload of the packets of each subscriber of ward {0}.",
    "The exchange shall retain the call records of each subscriber of ward {0} for 24 months.",
)
GUARDS = (
    "All messages between subscribers of ward {0} shall be encrypted from end to end.",
    "The operator of ward {0} shall delete all personal data after 30 days.",
    "Subscribers of ward {0} shall be able to lodge an appeal with an independent authority.",
    "The operator of ward {0} shall obtain the consent of the subscriber before any processing.",
)
GOAL = 20 * 60
"""Seconds in which the whole is to be done."""

WATCH = """() => {
  window.shown = [];
  let pressed = 0;
  addEventListener("keydown", () => (pressed = performance.now()), true);
  new MutationObserver(() => {
    if (pressed) requestAnimationFrame(() => { window.shown.push(performance.now() - pressed); pressed = 0; });
  }).observe(document.getElementById("panel"), { childList: true, subtree: true, attributes: true });
}"""


def main() -> None:
    """Print what was pressed and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--powers", type=int, default=40, help="clauses with a power")
    parser.add_argument("--guards", type=int, default=130, help="clauses with a safeguard")
    parser.add_argument("--single", action="store_true", help="decide safeguards one by one too")
    parser.add_argument("--pause", type=float, default=0, help="seconds before each key")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), "--rate", "0") as (address, _):
        desk = submitted(address, document(given.powers, given.guards))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
            work(browser.new_page(viewport={"width": 1280, "height": 800}), desk, given.pause, single=given.single)
            browser.close()


def document(powers: int, guards: int) -> bytes:
    """Return a proposal of so many clauses, each with one power or one safeguard, as plain text."""
    wanted = [(POWERS, number) for number in range(powers)] + [(GUARDS, number) for number in range(guards)]
    clauses = [
        f"1.{place} {forms[number % len(forms)].format(number + 1)}" for place, (forms, number) in enumerate(wanted, 1)
    ]
    return "\n\n".join(["Requirements for an exchange of wards", "1. Requirements", *clauses]).encode()


def submitted(address: str, data: bytes) -> str:
    """Submit a document, wait for its analysis and return the address of its desk."""
    with httpx.Client(base_url=address, timeout=60) as client:
        answer = client.post("/api/v1/proposals", files={"files": ("wards.txt", data)}).json()
        name = answer["files"][0]["proposal"]["id"]
        while client.get(f"/api/v1/proposals/{name}").json()["state"] not in {"done", "failed"}:
            time.sleep(0.3)
    return f"{address}/p/{name}/desk"


def work(page: Page, desk: str, pause: float, *, single: bool) -> None:
    """Decide everything, finish and sign by keys alone; print the figures."""
    begin = time.monotonic()
    page.goto(desk)
    page.wait_for_load_state()
    opened = time.monotonic() - begin
    page.evaluate(WATCH)
    total, keys = page.inner_text("#told"), 0
    chosen = "document.querySelector('.subject-head[aria-current]').closest('.subject').dataset.kind"
    while page.evaluate("!!document.querySelector('.subject[data-verdict=undecided]')"):
        guard = page.evaluate(chosen) == "safeguard"
        time.sleep(pause)
        page.keyboard.press("Shift+A" if guard and not single else "4" if keys % 3 == 2 else "a")
        keys += 1
    decided, shown = time.monotonic() - begin, sorted(page.evaluate("window.shown"))
    page.keyboard.press("s")
    page.wait_for_url("**/together", timeout=120_000)
    saved = time.monotonic() - begin
    page.keyboard.press("s")
    page.wait_for_selector("#versions tbody tr:nth-child(2)")
    signed = time.monotonic() - begin
    slow = shown[len(shown) * 19 // 20]
    program = signed - pause * keys
    person = (GOAL - program) / keys
    lines = (
        f"{total} at the beginning; {page.inner_text('#sign strong')} at the end, signed; {keys + 2} keys were pressed",
        f"a decision shows after {statistics.median(shown):.0f} ms (median), {slow:.0f} ms (95th percentile)",
        f"opened after {opened:.1f} s, all decided after {decided:.1f} s, saved {saved:.1f} s, signed {signed:.1f} s",
        f"of {GOAL} s the program takes {program / GOAL:.1%}, which leaves {person:.1f} s for each of {keys} keys",
    )
    print(*lines, sep="\n")


if __name__ == "__main__":
    main()
