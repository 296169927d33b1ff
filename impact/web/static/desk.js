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

function items() {
  return [...desk.querySelectorAll(".subject")];
}

function current() {
  return desk.querySelector(".subject-head[aria-current]")?.closest(".subject");
}

function bring(element, block = "center") {
  element?.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
}

// The place of the chosen finding in the document, and its neighbors in the list.
function mark(item, moves) {
  for (const one of desk.querySelectorAll(".paper .chosen")) one.classList.remove("chosen");
  if (!item) return;
  const clause = `[data-clause="${item.dataset.clause}"]`;
  const clauses = desk.querySelectorAll(`.paper .clause${clause}, .paper .block${clause}`);
  const evidence = desk.querySelectorAll(`.paper .evidence[data-item="${item.id}"], .paper mark[data-items~="${item.id}"]`);
  for (const one of [...clauses, ...evidence]) one.classList.add("chosen");
  if (moves && apart.matches) bring(evidence[0] || clauses[0] || $(`page-${item.dataset.page}`));
}

// Choose a finding: nothing has to be fetched for that.
function choose(item, { focus = true, moves = true } = {}) {
  if (!item) return;
  for (const one of items()) {
    const head = one.querySelector(".subject-head"), is = one === item;
    one.querySelector(".subject-body").hidden = !is;
    if (is) head.setAttribute("aria-current", "true"), (head.id = "chosen");
    else head.removeAttribute("aria-current"), head.removeAttribute("id");
  }
  mark(item, moves);
  const head = item.querySelector(".subject-head");
  if (focus) head.focus({ preventScroll: true });
  keepInList(item);
  history.replaceState(null, "", head.href.split("#")[0]);
  fit(item);
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
  for (const field of desk.querySelectorAll("#bar details:not(#missed) input[name=subject], #bar .quick input[name=subject]")) field.value = item.dataset.id;
  const all = items(), here = all.indexOf(item);
  lead("do-before", all[here - 1]);
  lead("do-after", all[here + 1]);
  lead("do-undecided", nextUndecided(item));
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

function nextUndecided(item) {
  const all = items(), here = all.indexOf(item);
  return [...all.slice(here + 1), ...all.slice(0, Math.max(here, 0))].find((one) => one.dataset.verdict === "undecided");
}

function keepInList(item) {
  item.scrollIntoView({ block: apart.matches ? "nearest" : "start" });
}

// Put a new panel in place of the old. Focus, scroll and what is folded out stay, also what somebody types meanwhile.
function swap(html, keep) {
  const panel = $("panel"), active = document.activeElement;
  const inside = panel.contains(active);
  const id = inside ? active.id || active.closest("details")?.id : "";
  const item = inside && active.closest(".subject") ? active.closest(".subject").id : "";
  const top = $("list").scrollTop;
  const whys = [...panel.querySelectorAll(".subject-body details[open]")].map((one) => one.closest(".subject").id);
  const fold = panel.querySelector("#bar details[open]"), missed = $("missed");
  panel.innerHTML = html;
  $("list").scrollTop = top;
  for (const name of whys) $(name)?.querySelector("details")?.setAttribute("open", "");
  for (const old of new Set([fold, missed])) if (old && $(old.id)) $(old.id).replaceWith(old); // clauses come only once
  for (const one of items()) {
    for (const mine of desk.querySelectorAll(`.paper [data-item="${one.id}"]`)) {
      mine.classList.remove("undecided", "accepted", "rejected", "corrected", "added");
      mine.classList.add(one.dataset.verdict);
    }
  }
  const kept = keep && items().find((one) => one.dataset.id === keep);
  if (kept) choose(kept, { focus: false, moves: false });
  else mark(current(), true), fit(current());
  const back = (id && $(id)) || (item && $(item)?.querySelector(".subject-head")) || (inside && $("chosen"));
  if (back) (back.tagName === "DETAILS" ? back.querySelector("summary") : back).focus({ preventScroll: true });
}

// Post a form. Whoever is quick goes on meanwhile: what is posted was taken when it was sent, one after another.
let line = Promise.resolve();
function send(form, button) {
  const data = new FormData(form, button), at = current()?.dataset.id;
  data.set("part", "1");
  const fold = form.closest("#bar details");
  if (fold) {
    if (fold.contains(document.activeElement)) fold.querySelector("summary").focus({ preventScroll: true });
    fold.open = false;
    form.reset();
    fit(current());
  }
  line = line.then(() => post(button?.getAttribute("formaction") || form.getAttribute("action"), data, at, fold?.id));
}

async function post(address, data, at, fold) {
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(data), headers: { Accept: "application/json" } });
    if (!answer.ok) {
      const why = await answer.json().catch(() => ({}));
      return complain([why.detail, why.hint].filter(Boolean).join(". ") || "The server did not take it", data, fold);
    }
    const now = current()?.dataset.id;
    swap(await answer.text(), now === at ? "" : now);
    const asked = new URL(answer.url).searchParams;
    asked.delete("part");
    if (now === at) history.replaceState(null, "", `${desk.dataset.base}?${asked}`);
    if (now === at && current()) keepInList(current());
    speak(`${$("panel-head").dataset.last}. ${$("panel-head").dataset.told}.`);
  } catch {
    complain("The server did not answer; nothing was decided", data, fold);
  }
}

// Say what went wrong, and give back what was written.
function complain(words, data, fold) {
  speak(`${words}.`);
  show(words);
  const text = fold && $(fold)?.querySelector("[name=text]");
  if (text && data.get("text")) (text.value = data.get("text")), ($(fold).open = true);
}

// What went wrong, for eyes.
function show(words) {
  const note = document.createElement("p");
  note.className = "notice";
  note.textContent = `${words}.`;
  $("bar").querySelector(".notice")?.remove();
  $("bar").prepend(note);
}

function unfold(id, clause) {
  const fold = $(id);
  if (!fold) return;
  fold.open = true;
  if (clause) {
    const option = fold.querySelector(`option[data-clause="${clause}"]`);
    if (option) option.selected = true;
  }
  fold.querySelector(id === "missed" && clause ? "#missed-mechanism" : "select:not([hidden] *), input:not([type=hidden]), textarea").focus();
  bring(fold, "nearest");
}

function step(by) {
  const all = items(), here = all.indexOf(current());
  const next = all[here + by];
  if (next) choose(next);
  else speak(by > 0 ? "This is the last one." : "This is the first one.");
}

function undecided() {
  const next = nextUndecided(current());
  if (next) choose(next);
  else speak("Nothing else is undecided.");
}

const press = (id) => () => $(id)?.click();
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  x: undecided,
  " ": undecided,
  a: press("do-accept"),
  r: press("do-reject"),
  u: press("do-undo"),
  e: () => unfold("change"),
  w: () => unfold("why"),
  n: () => unfold("note"),
  m: () => unfold("missed", current()?.dataset.clause),
  ArrowLeft: () => turn(-1),
  ArrowRight: () => turn(1),
  "+": () => zoom(1),
  "=": () => zoom(1),
  "-": () => zoom(-1),
  0: () => zoom(0),
  "?": () => $("keys").showModal(),
};
for (const key of "12345") KEYS[key] = press(`do-reason-${key}`);

function keysAreOn() {
  try { return localStorage.getItem("desk-keys") !== "off"; } catch { return true; }
}

if (desk) {
  const panel = $("panel");
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || $("keys").open) return;
    const at = event.target instanceof Element ? event.target : document.body;
    if (event.key === "Escape" && at.closest("#bar details[open]")) {
      const fold = at.closest("details");
      fold.open = false;
      fold.querySelector("summary").focus();
      return;
    }
    if (!keysAreOn() || at.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (event.key === " " && at.closest("button, a, summary")) return void (at.closest("a.subject-head") && (event.preventDefault(), undecided()));
    if (event.key.startsWith("Arrow") && at.closest("#sheets") && $("sheets").scrollWidth > $("sheets").clientWidth) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  panel.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-send]")) return;
    event.preventDefault();
    send(form, event.submitter);
  });
  desk.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a, button, mark[data-items]");
    if (!link) return;
    const at = (item) => (event.preventDefault(), choose(item, { moves: !link.closest(".paper") }));
    const named = link.dataset.item || link.dataset.items?.split(" ")[0];
    if (link.id === "show-keys") $("keys").showModal();
    else if (link.id === "page-back") turn(-1);
    else if (link.id === "page-on") turn(1);
    else if (link.id === "do-before") event.preventDefault(), step(-1);
    else if (link.id === "do-after") event.preventDefault(), step(1);
    else if (link.id === "do-undecided") event.preventDefault(), undecided();
    else if (link.dataset.zoom) event.preventDefault(), set(link.dataset.zoom);
    else if (link.matches(".subject-head")) at(link.closest(".subject"));
    else if (named && $(named)) at($(named));
    else if (link.matches("[data-place]")) {
      const item = link.closest(".subject");
      event.preventDefault();
      mark(item, false);
      const place = desk.querySelector(`.paper .evidence.chosen, .paper mark.chosen, .paper .chosen`) || $(`page-${item.dataset.page}`);
      bring(place);
    } else if (link.dataset.clause && link.closest(".paper")) {
      const mine = items().filter((one) => one.dataset.clause === link.dataset.clause);
      if (mine.length && link.matches(".clause")) at(mine.find((one) => one.dataset.verdict === "undecided") || mine[0]);
      else if ($("missed")) event.preventDefault(), unfold("missed", link.dataset.clause);
    }
  });
  panel.addEventListener("change", (event) => { if (event.target.id === "missed-mechanism") weigh(); });
  const on = $("keys-on");
  on.checked = keysAreOn();
  on.addEventListener("change", () => {
    try { localStorage.setItem("desk-keys", on.checked ? "on" : "off"); } catch { /* asked again next time */ }
  });
  mark(current(), true);
  const chosen = current();
  if (chosen && apart.matches) chosen.scrollIntoView({ block: "nearest" });
}

$("print")?.addEventListener("click", () => print());
