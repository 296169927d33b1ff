// Turn and enlarge the pages of the document; desk.js calls it.
"use strict";

function turn(by) {
  const pages = [...desk.querySelectorAll(".sheet")];
  if (!pages.length) return;
  const middle = innerHeight / 3;
  let here = pages.findIndex((one) => one.getBoundingClientRect().bottom > middle);
  if (here < 0) here = pages.length - 1;
  const next = pages[Math.min(Math.max(here + by, 0), pages.length - 1)];
  bring(next, "start");
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
  const sheets = $("sheets");
  sheets.className = `sheets z${size}`;
  for (const one of $("zoom").querySelectorAll("a")) {
    if (one.dataset.zoom === size) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  for (const field of desk.querySelectorAll("#bar input[name=zoom]")) field.value = size;
  if (Number(size) > 100) for (const one of sheets.querySelectorAll("img")) one.src = one.src.replace("zoom=100", "zoom=200");
  speak(`${size} percent.`);
}
