// The desk by keys and without loading the page anew. Everything else works without: forms are posted, links lead.
"use strict";

document.documentElement.classList.add("scripted");

const desk = document.getElementById("desk");
const say = document.getElementById("say");
const $ = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const apart = matchMedia("(min-width: 60.01rem) and (min-height: 36rem)"); // as in desk.css: both columns scroll

function speak(words) {
  say.textContent = "";
  setTimeout(() => (say.textContent = words), 30); // a change, also where the words are the same
}

const items = () => [...desk.querySelectorAll(".subject")];
const listed = () => items().filter((one) => !one.hidden && !one.closest("section").hidden);
const current = () => desk.querySelector(".subject-head[aria-current]")?.closest(".subject");
const needs = (item) => item.dataset.verdict === "undecided" || "open" in item.dataset;
const titled = (item) => `${item.querySelector(".subject-name").textContent}, ${item.querySelector(".subject-place").textContent}`;

// The place of the chosen finding in the document, and its neighbors in the list.
function mark(item, moves) {
  for (const one of desk.querySelectorAll(".paper .chosen")) one.classList.remove("chosen");
  if (!item) return;
  const clause = `[data-clause="${item.dataset.clause}"]`;
  const clauses = desk.querySelectorAll(`.paper .clause${clause}, .paper .block${clause}`);
  const evidence = desk.querySelectorAll(`.paper .evidence[data-item="${item.id}"], .paper mark[data-items~="${item.id}"]`);
  for (const one of [...clauses, ...evidence]) one.classList.add("chosen");
  if (moves) reveal(evidence[0] || clauses[0] || $(`page-${item.dataset.page}`));
  if (moves) missing(item.dataset.clause, item.dataset.page)?.then(() => current()?.id === item.id && mark(current(), true), () => {});
}

// Open an item in the list, or close it.
function expand(item, is) {
  const head = item.querySelector(".subject-head");
  if (is) hold(item);
  for (const body of item.querySelectorAll(".subject-body")) body.hidden = !is;
  if (is) head.setAttribute("aria-current", "true"), (head.id = "chosen");
  else head.removeAttribute("aria-current"), head.removeAttribute("id");
}

// Choose a finding: nothing has to be fetched for that.
function choose(item, { focus = true, moves = true } = {}) {
  if (!item) return;
  const before = current();
  if (before && before !== item) expand(before, false);
  expand(item, true);
  refilter();
  mark(item, moves);
  const head = item.querySelector(".subject-head");
  if (focus) head.focus({ preventScroll: true });
  keepInList(item);
  history.replaceState(null, "", head.href.split("#")[0]);
  fit(item);
  foldOut(item);
}

// A safeguard has no severity: where one is added, none is asked for.
function weigh() {
  const guard = "guard" in ($("missed-mechanism")?.selectedOptions[0]?.dataset || {});
  if ($("missed-numbers")) $("missed-numbers").hidden = guard;
  for (const one of desk.querySelectorAll("#missed-numbers select")) one.disabled = guard;
}

// Make the forms and links of the bar those of a finding.
function fit(item) {
  weigh();
  if (!item) return;
  for (const field of desk.querySelectorAll("#bar details:not(#missed) input[name=subject], #bar .quick input[name=subject], .finish input[name=subject]")) field.value = item.dataset.id;
  const all = listed(), here = all.indexOf(item);
  lead("do-before", all[here - 1]);
  lead("do-after", all[here + 1]);
  lead("do-undecided", nextNeeded(item));
  if (!$("change")) return;
  const finding = item.dataset.kind === "finding";
  $("change").querySelector(".of-finding").hidden = !finding;
  $("change").querySelector(".of-safeguard").hidden = finding;
  $("change-label").name = finding ? "label" : "";
  $("change-guard").name = finding ? "" : "label";
  $(finding ? "change-label" : "change-guard").value = item.dataset.label;
  for (const name of ["scale", "scope", "irremediability", "strength"]) $(`change-${name}`).value = item.dataset[name];
}

function lead(id, item) {
  const link = $(id);
  if (!link) return;
  link.classList.toggle("off", !item);
  if (item) link.href = item.querySelector(".subject-head").href;
  else link.removeAttribute("href");
}

function nextNeeded(item) {
  const all = items(), here = all.indexOf(item);
  return [...all.slice(here + 1), ...all.slice(0, Math.max(here, 0))].find(needs);
}

// Show an open item from its beginning, unless all of it is seen.
function keepInList(item) {
  if (!apart.matches) return void item.scrollIntoView({ block: "start" });
  const list = $("list"), seen = list.getBoundingClientRect(), box = item.getBoundingClientRect();
  if (box.top < seen.top || box.bottom > seen.bottom) list.scrollTop += box.top - seen.top - 2;
}

// Show all items, or those that need a decision; the chosen one stays until another is chosen.
function refilter() {
  const needed = desk.dataset.show === "needed", at = current();
  let left = 0;
  for (const one of items()) {
    one.hidden = needed && !needs(one) && one !== at;
    left += needs(one);
  }
  let title = null, shows = false;
  const close = () => title && (title.hidden = !shows);
  for (const one of $("list").querySelectorAll(".section-title, section.group")) {
    if (one.matches(".section-title")) close(), (title = one), (shows = false);
    else {
      if (one.querySelector(".subjects")) one.hidden = needed && !one.querySelector(".subject:not([hidden])");
      shows ||= !one.hidden;
    }
  }
  close();
  if ($("none-left")) $("none-left").hidden = !needed || left > 0;
}

function filter() {
  desk.dataset.show = desk.dataset.show === "needed" ? "" : "needed";
  const on = desk.dataset.show === "needed", link = $("do-filter");
  if (on) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
  for (const field of desk.querySelectorAll("input[name=show]")) field.value = desk.dataset.show;
  for (const one of desk.querySelectorAll(".subject-head, #do-filter")) {
    const address = new URL(one.href);
    if (on !== (one === link)) address.searchParams.set("show", "needed");
    else address.searchParams.delete("show");
    one.href = address;
  }
  refilter();
  const at = current();
  if (on && at && !needs(at)) choose(nextNeeded(at) || at);
  else if (at) keepInList(at), fit(at);
  speak(on ? `${listed().filter(needs).length} items need a decision.` : "All items are shown.");
}

// Show a clause to which an address leads, once it is there.
async function seek(clause) {
  if (!$(clause)) await missing(clause, 0)?.catch(() => {});
  $(clause)?.scrollIntoView({ block: "center" });
}

function unfold(id, clause) {
  const fold = $(id);
  if (!fold) return;
  fold.open = true;
  if (clause) chooseClause(clause);
  fold.querySelector(id === "missed" && clause ? "#missed-mechanism" : "select:not([hidden] *), input:not([type=hidden]), textarea").focus();
  fold.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = listed(), here = all.indexOf(current());
  const next = all[here + by];
  if (next) choose(next);
  else speak(by > 0 ? "This is the last item." : "This is the first item.");
}

function stride(by) {
  const groups = [...new Set(listed().map((one) => one.closest("section")))];
  const next = groups[groups.indexOf(current()?.closest("section")) + by];
  if (next) choose(listed().find((one) => next.contains(one)));
  else speak(by > 0 ? "This is the last group." : "This is the first group.");
}

function undecided() {
  const next = nextNeeded(current());
  if (next) choose(next);
  else speak("No other item needs a decision.");
}

const press = (id) => () => $(id)?.click();
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  J: () => stride(1),
  K: () => stride(-1),
  x: undecided,
  " ": undecided,
  f: filter,
  a: press("do-accept"),
  A: () => acceptAll(current()?.closest("section")),
  r: press("do-reject"),
  u: press("do-undo"),
  e: () => unfold("change"),
  w: () => unfold("why"),
  n: () => unfold("note"),
  c: () => unfold("comment"),
  m: () => unfold("missed", current()?.dataset.clause),
  s: () => ($("do-done") || $("to-sign"))?.click(),
  ArrowLeft: () => turn(-1),
  ArrowRight: () => turn(1),
  "+": () => zoom(1),
  "=": () => zoom(1),
  "-": () => zoom(-1),
  0: () => zoom(0),
  "?": () => $("keys").showModal(),
};
for (const key of "12345") KEYS[key] = press(`do-reason-${key}`);
const REPEATED = new Set(["j", "k", "J", "K", "x", "ArrowLeft", "ArrowRight", "+", "-", "="]);

// A letter by the shift key alone, so that caps lock does not turn a decision on one item into one on a group.
const named = (event) => (/^[a-z]$/i.test(event.key) ? (event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase()) : event.key);

function kept(name) {
  try { return localStorage.getItem(name) !== "off"; } catch { return true; }
}

function onKey(event) {
  if (event.altKey || event.defaultPrevented || $("keys").open) return;
  const at = event.target instanceof Element ? event.target : document.body;
  const fold = at.closest("#bar details[open]");
  if (event.key === "Enter" && event.ctrlKey && fold) return void (event.preventDefault(), fold.querySelector("form").requestSubmit(fold.querySelector("form button")));
  if (event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && fold) return void ((fold.open = false), fold.querySelector("summary").focus());
  if (event.repeat && event.key === "Enter" && at.closest("button")) return event.preventDefault(); // once a press
  if (!kept("keys-on") || at.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (event.key === " " && at.closest("button, a, summary")) return void (at.closest("a.subject-head") && (event.preventDefault(), undecided()));
  if (event.key.startsWith("Arrow") && at.closest("#sheets") && $("sheets").scrollWidth > $("sheets").clientWidth) return;
  const key = named(event), act = KEYS[key];
  if (!act) return;
  event.preventDefault();
  if (!event.repeat || REPEATED.has(key)) act();
}

function onClick(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a, button, mark[data-items]");
  if (!link) return;
  const at = (item) => (event.preventDefault(), choose(item, { moves: !link.closest(".paper") }));
  const item = link.dataset.item || link.dataset.items?.split(" ")[0];
  const acts = {
    "show-keys": () => $("keys").showModal(),
    "page-back": () => turn(-1),
    "page-on": () => turn(1),
    "do-before": () => step(-1),
    "do-after": () => step(1),
    "do-undecided": undecided,
    "do-filter": filter,
  };
  if (acts[link.id]) event.preventDefault(), acts[link.id]();
  else if (link.dataset.zoom) event.preventDefault(), set(link.dataset.zoom);
  else if (link.matches(".subject-head")) at(link.closest(".subject"));
  else if (item && $(item)) at($(item));
  else if (link.matches("[data-place]")) event.preventDefault(), mark(link.closest(".subject"), true);
  else if (link.dataset.clause && link.closest(".paper")) {
    const mine = items().filter((one) => one.dataset.clause === link.dataset.clause);
    if (mine.length && link.matches(".clause")) at(mine.find(needs) || mine[0]);
    else if ($("missed")) event.preventDefault(), unfold("missed", link.dataset.clause);
  }
}

if (desk) {
  addEventListener("keydown", onKey);
  desk.addEventListener("click", onClick);
  $("panel").addEventListener("submit", onSubmit);
  $("panel").addEventListener("submit", (event) => { // a comment loads the page anew, when all decisions are saved
    if (!event.target.matches("[data-reload]") || !pending.length) return;
    event.preventDefault();
    const form = event.target, button = event.submitter;
    line.then(() => form.isConnected && form.requestSubmit(button));
  });
  $("panel").addEventListener("change", (event) => { if (event.target.id === "missed-mechanism") weigh(); });
  for (const name of ["keys-on", "go-on"]) {
    $(name).checked = kept(name);
    $(name).addEventListener("change", () => {
      try { localStorage.setItem(name, $(name).checked ? "on" : "off"); } catch { /* asked again next time */ }
    });
  }
  narrow();
  const sought = /^#c\d+$/.test(location.hash) && location.hash.slice(1); // a clause that a search leads to
  mark(current(), !sought);
  const chosen = current();
  if (sought) seek(sought);
  else if (chosen) keepInList(chosen);
  if (chosen) foldOut(chosen);
  $("panel").addEventListener("toggle", (event) => event.target.id === "missed" && event.target.open && allClauses(), true);
  beginLeaves();
}

$("print")?.addEventListener("click", () => print());
