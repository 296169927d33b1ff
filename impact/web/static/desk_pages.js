// Move, turn and enlarge the document; desk.js calls this.
"use strict";

const pane = () => $("sheets") || $("words");

// Bring a place of the document to the middle of its pane; the page itself does not move.
function reveal(place) {
  const sheets = pane();
  if (!sheets || !place) return;
  const inner = place.getBoundingClientRect(), outer = sheets.getBoundingClientRect();
  const top = sheets.scrollTop + inner.top - outer.top - Math.max((sheets.clientHeight - inner.height) / 2, 8);
  const left = sheets.scrollLeft + inner.left - outer.left - Math.max((sheets.clientWidth - inner.width) / 2, 8);
  const far = Math.abs(top - sheets.scrollTop) > 2 * sheets.clientHeight;
  sheets.scrollTo({ top, left, behavior: calm.matches || far ? "auto" : "smooth" });
}

// On a phone a page as wide as the screen is too small to be read.
function narrow() {
  if ($("sheets") && matchMedia("(max-width: 44rem)").matches && !new URL(location).searchParams.has("zoom")) enlarge("200");
}

function turn(by) {
  const pages = [...desk.querySelectorAll(".sheet")];
  if (!pages.length) return;
  const seen = $("sheets").getBoundingClientRect(), middle = seen.top + seen.height / 3;
  let here = pages.findIndex((one) => one.getBoundingClientRect().bottom > middle);
  if (here < 0) here = pages.length - 1;
  const next = pages[Math.min(Math.max(here + by, 0), pages.length - 1)];
  $("sheets").scrollTo({ top: $("sheets").scrollTop + next.getBoundingClientRect().top - seen.top, behavior: calm.matches ? "auto" : "smooth" });
  speak(`Page ${next.dataset.page}.`);
}

function zoom(by) {
  const sheets = $("sheets");
  if (!sheets) return;
  const steps = desk.dataset.zooms.split(" ");
  const here = steps.findIndex((one) => sheets.classList.contains(`z${one}`));
  set(by === 0 ? "100" : steps[Math.min(Math.max(here + by, 0), steps.length - 1)]);
}

function set(size) {
  enlarge(size);
  speak(`${size} percent.`);
}

function enlarge(size) {
  const sheets = $("sheets");
  sheets.className = `sheets z${size}`;
  for (const one of $("zoom").querySelectorAll("a")) {
    if (one.dataset.zoom === size) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  for (const field of desk.querySelectorAll("#bar input[name=zoom]")) field.value = size;
  if (Number(size) > 100) for (const one of sheets.querySelectorAll("img")) one.src = one.src.replace("zoom=100", "zoom=200");
  mark(current(), true);
}
