// Stretches of a long document, and what items fold out, are fetched when they are needed; desk.js calls this.
"use strict";

const BUSY = "Loading…";
const coming = new Map(); // what is on its way, by the part and where it begins

// A part of the desk as the server gives it; asked for once at a time.
function part(name, fields) {
  const address = new URL(location);
  address.hash = "";
  for (const gone of ["at", "clause", "to"]) address.searchParams.delete(gone);
  for (const [field, value] of Object.entries({ ...fields, part: name })) address.searchParams.set(field, value);
  const key = address.search;
  if (!coming.has(key)) coming.set(key, fetched(address).finally(() => coming.delete(key)));
  return coming.get(key);
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) throw new Error("no part of the desk");
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  return made.content;
}

// Items: the heads are all there; what one folds out comes with that of its next neighbors.

const lacks = (item) => !item.querySelector(".subject-body:not([aria-busy])");

function hold(item) {
  if (item.querySelector(".subject-body")) return;
  const body = document.createElement("div"), line = document.createElement("p");
  body.className = "subject-body";
  body.setAttribute("aria-busy", "true");
  line.textContent = BUSY;
  body.append(line);
  item.append(body);
}

async function bodies(item) {
  try {
    const rows = await part("rows", { at: item.dataset.id });
    for (const row of rows.querySelectorAll(".subject")) {
      const here = $(row.id);
      if (!here || here.dataset.id !== row.dataset.id || !lacks(here)) continue;
      here.querySelector(".subject-body")?.remove();
      const body = row.querySelector(".subject-body").cloneNode(true);
      body.hidden = here !== current();
      here.append(body);
      for (const act of pending) if (act.effects.has(here.id)) dress(act);
    }
    const at = current();
    if (at === $(item.id)) keepInList(at);
  } catch {
    const line = item.querySelector(".subject-body[aria-busy] p");
    if (line) line.textContent = "This could not be loaded. Choose the item again.";
  }
}

// Fetch what an item folds out, and that of those after it before somebody comes there.
function foldOut(item) {
  if (lacks(item)) return void bodies(item);
  const all = listed(), here = all.indexOf(item), next = all.slice(here + 1, here + 4).find(lacks);
  if (next) bodies(next);
}

// The document: of a text, stretches come one after another, those near by first, so that the browser can search in all
// of it; of pages, the marks come when a page is near.

function put(leaf, made) {
  leaf.replaceChildren(...made.childNodes);
  leaf.style.removeProperty("min-height");
  for (const name of ["from", "until", "size"]) delete leaf.dataset[name];
  retouch();
}

// What came shows decisions as the server has them: show them as they are here, and mark what is chosen.
function retouch() {
  items().forEach(tint);
  mark(current(), false);
}

const leaves = () => [...desk.querySelectorAll(".leaf[data-from]")];
const fill = (leaf) => part("leaf", { to: `c${leaf.dataset.from}` }).then((made) => leaf.dataset.from && put(leaf, made));

const unmarked = (sheet) => sheet && !sheet.querySelector("svg");
const overlay = (sheet) =>
  part("leaf", { to: `p${sheet.dataset.page}` }).then((made) => {
    for (const marks of made.querySelectorAll("svg")) {
      const page = $(`page-${marks.dataset.page}`);
      if (unmarked(page)) page.querySelector(".sheet-face").append(marks);
    }
    retouch();
  });

// What is still to come of the place of a clause, as a promise; nothing where it is there.
function missing(clause, page) {
  if ($("sheets")) {
    const sheet = $(`page-${page}`);
    return unmarked(sheet) ? overlay(sheet) : null;
  }
  const number = Number(clause.slice(1));
  const leaf = leaves().find((one) => Number(one.dataset.from) <= number && number < Number(one.dataset.until));
  return leaf ? fill(leaf) : null;
}

async function fillAll() {
  const shown = [...desk.querySelectorAll(".leaf")].findIndex((one) => !one.dataset.from);
  const order = [...desk.querySelectorAll(".leaf")].map((leaf, at) => ({ leaf, far: Math.abs(at - shown) }));
  for (const { leaf } of order.sort((one, other) => one.far - other.far)) {
    if (!leaf.dataset.from) continue;
    try { await fill(leaf); } catch { return; } // its link stays
    await new Promise((then) => setTimeout(then, 30)); // what somebody does meanwhile comes first
  }
}

// All clauses to choose from, when the form is opened.
async function allClauses() {
  const choice = $("missed-clause");
  if (!choice || !("some" in choice.dataset)) return;
  delete choice.dataset.some;
  try {
    const made = await part("clauses", {}), value = choice.value;
    choice.replaceChildren(...made.querySelectorAll("option"));
    choice.value = value;
  } catch {
    choice.dataset.some = "";
  }
}

async function chooseClause(clause) {
  const option = () => $("missed-clause")?.querySelector(`option[data-clause="${clause}"]`);
  if (!option()) await allClauses();
  if (option()) option().selected = true;
}

function beginLeaves() {
  if ($("sheets")) {
    const watch = new IntersectionObserver(
      (seen) => seen.forEach((one) => one.isIntersecting && unmarked(one.target) && overlay(one.target).catch(() => {})),
      { root: $("sheets"), rootMargin: "60% 0px" },
    );
    for (const sheet of desk.querySelectorAll(".sheet")) if (unmarked(sheet)) watch.observe(sheet);
    return;
  }
  for (const leaf of leaves()) leaf.style.minHeight = `${Math.round(Number(leaf.dataset.size) / 60) * 1.6}em`; // till it is there
  fillAll();
}
