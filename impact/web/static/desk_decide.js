// Decisions show at once, before the server answers, and are rolled back with a message where it refuses; desk.js calls this.
"use strict";

const VERDICTS = ["undecided", "accepted", "rejected", "corrected", "added"];
const pending = []; // acts on their way: where each goes, what it sends, and how the items look by it
const truth = new Map(); // rows as the server gave them last, of items that an act on its way has changed
const acts = []; // acts of this visit, so that the last can be undone at once
const refused = new Map(); // names of what was not saved, by item, until it is decided again
let line = Promise.resolve();
let warned = false;

function onSubmit(event) {
  const form = event.target, button = event.submitter;
  if (form.matches(".finish")) return void finish(event, button);
  if (form.matches("[data-accept]")) return void (event.preventDefault(), acceptAll(form.closest("section")));
  if (!form.matches("[data-send]")) return;
  event.preventDefault();
  const data = new FormData(form, button), item = current(), address = button?.getAttribute("formaction") || form.getAttribute("action");
  const fold = form.closest("#bar details");
  if (fold) {
    refused.delete("");
    if (fold.contains(document.activeElement)) fold.querySelector("summary").focus({ preventScroll: true });
    fold.open = false;
    form.reset();
    fit(item);
  }
  if (address.endsWith("/undo")) return undo(address, data);
  const action = data.get("action") || (data.get("reason") ? "reject" : "");
  const effects = new Map();
  if (item && (action === "accept" || action === "reject")) effects.set(item.id, { verdict: `${action}ed`, text: data.get("text") || because(data.get("reason")) });
  send({ address, data, effects, fold: fold?.id, whole: action === "add" });
  if (item && (action === "accept" || (action === "reject" && (data.get("reason") || data.get("text"))))) goOn(item);
}

const because = (key) => (key ? $(`do-reason-${key}`).title.replace(/^[^:]*: /, "") : "");

// Accept what is undecided in a group of safeguards.
function acceptAll(group) {
  const form = group?.querySelector("form[data-accept]");
  if (!form) return void (say && speak(desk.dataset.oneByOne), show(desk.dataset.oneByOne));
  const rows = [...group.querySelectorAll(".subject")].filter((one) => one.dataset.verdict === "undecided");
  if (!rows.length) return void speak("Everything in this group is decided.");
  const data = new FormData(form);
  data.set("subject", current().dataset.id);
  data.delete("item");
  for (const one of rows) data.append("item", one.dataset.id);
  send({ address: form.getAttribute("action"), data, effects: new Map(rows.map((one) => [one.id, { verdict: "accepted", text: "" }])), whole: true });
  goOn(rows.at(-1));
}

function undo(address, data) {
  const of = data.get("of"), last = acts.at(-1);
  const known = !of && last?.before.size;
  if (!of) acts.pop();
  const effects = known ? new Map(last.before) : new Map();
  if (known) choose($([...effects.keys()][0]), { focus: !$("bar").contains(document.activeElement) });
  send({ address, data, effects, whole: !of && effects.size !== 1, undoes: true });
}

// Put an act on its way. Whoever is quick goes on meanwhile: acts are sent one after another, as they were decided.
function send(act) {
  act.data.set("part", act.whole ? "1" : "row");
  act.at = current()?.dataset.id;
  act.named = current() ? titled(current()) : "";
  if (!act.undoes) acts.push({ before: new Map([...act.effects.keys()].map((id) => [id, looks($(id))])), act });
  pending.push(act);
  for (const id of act.effects.keys()) refused.delete(id);
  refusals("");
  dress(act);
  tally();
  line = line.then(() => post(act));
}

// How an item looks now, to be shown again where what changes it is undone: its verdict, and what the server wrote of it.
const looks = (item) => ({
  verdict: item.dataset.verdict,
  disputed: "open" in item.dataset,
  state: item.querySelector(".subject-state").textContent,
  lines: lacks(item) ? null : [...item.querySelectorAll(".decision > p")].map((line) => line.cloneNode(true)),
});

function dress(act) {
  for (const [id, look] of act.effects) {
    const item = $(id);
    if (!item) continue;
    if (!truth.has(id)) truth.set(id, item.outerHTML);
    item.classList.remove(...VERDICTS, "open");
    item.classList.add(look.verdict, "pending");
    item.classList.toggle("open", Boolean(look.disputed));
    item.dataset.verdict = look.verdict;
    if (look.disputed) item.dataset.open = "";
    else delete item.dataset.open;
    item.querySelector(".subject-state").textContent = look.state ?? desk.dataset[look.verdict];
    tint(item);
    const box = item.querySelector(".decision");
    if (!box) continue; // it comes when the item is opened
    const known = look.verdict === "undecided" ? [] : [verdictLine(look)];
    const lines = look.lines?.map((line) => line.cloneNode(true)) || [...known, ...box.querySelectorAll(".noted")];
    box.replaceChildren(...lines);
    box.hidden = !lines.length;
  }
}

// What the server will write of a decision of this person.
function verdictLine({ verdict, text }) {
  const line = document.createElement("p"), words = desk.dataset[verdict], strong = document.createElement("strong");
  const named = (words) => Object.assign(document.createElement("bdi"), { textContent: words });
  line.className = "verdict";
  strong.textContent = words.charAt(0).toUpperCase() + words.slice(1);
  line.append(strong, ...(desk.dataset.by ? [" by ", named(desk.dataset.by)] : []), ...(text ? [": ", named(text)] : ["."]));
  return line;
}

// The marks of an item in the document look as the item was decided.
function tint(item) {
  for (const mine of desk.querySelectorAll(`.paper [data-item="${item.id}"]`)) {
    mine.classList.remove(...VERDICTS);
    mine.classList.add(item.dataset.verdict);
  }
}

async function post(act) {
  let words = "", html = "";
  try {
    const answer = await fetch(act.address, { method: "POST", body: new URLSearchParams(act.data), headers: { Accept: "application/json" } });
    if (answer.ok) html = await answer.text();
    else {
      const why = await answer.json().catch(() => ({}));
      words = [why.detail, why.hint].filter(Boolean).join(". ") || "The server refused it";
    }
  } catch {
    words = "The server did not answer";
  }
  if (words) refuse(act, words);
  else take(act, html);
}

// Take the answer of the server: the row that was decided, or the whole panel; what is still on its way stays over it.
function take(act, html) {
  pending.splice(pending.indexOf(act), 1);
  const made = document.createElement("template");
  made.innerHTML = html;
  if (act.whole) swap(made, act);
  else {
    for (const row of made.content.querySelectorAll(".subject")) place(row);
    behead(made.content.querySelector("#panel-head"));
  }
  settle();
  if (refused.size) refusals("");
  speak(`${$("panel-head").dataset.last}. ${$("told").textContent}.`);
}

// Roll an act back, say why, and give back what was written.
function refuse(act, words) {
  pending.splice(pending.indexOf(act), 1);
  const at = acts.findIndex((one) => one.act === act);
  if (at >= 0) acts.splice(at, 1);
  for (const id of act.effects.keys()) if (truth.has(id)) restore(id);
  settle();
  for (const id of act.effects.keys()) refused.set(id, titled($(id)));
  if (!act.effects.size) refused.set("", act.named || "the last entry");
  speak(refusals(words));
  const text = act.fold && $(act.fold)?.querySelector("[name=text]");
  if (text && act.data.get("text")) (text.value = act.data.get("text")), ($(act.fold).open = true);
}

function restore(id) {
  const made = document.createElement("template");
  made.innerHTML = truth.get(id);
  place(made.content.firstElementChild);
}

function settle() {
  truth.clear();
  for (const act of pending) dress(act);
  tally();
  refilter();
  fit(current());
}

// A row of the server in place of the one before; it stays open, focused and chosen as it was.
function place(row) {
  const old = $(row.id);
  if (!old) return;
  const is = old === current(), inside = old.contains(document.activeElement);
  const focused = document.activeElement.matches(".subject-head, .subject-head *") || !document.activeElement.id ? "" : document.activeElement.id;
  if (!lacks(row) && !lacks(old)) row.querySelector(".why").open = old.querySelector(".why").open;
  old.replaceWith(row);
  expand(row, is);
  if (is) foldOut(row);
  if (is) mark(row, false);
  if (inside) ((focused && $(focused)) || row.querySelector(".subject-head")).focus({ preventScroll: true });
  tint(row);
}

function behead(head) {
  if (!head) return;
  const focused = $("panel-head").contains(document.activeElement) ? document.activeElement.id : "";
  $("panel-head").replaceWith(head);
  if (focused) $(focused)?.focus({ preventScroll: true });
  if ($("last")) $("last").textContent = head.dataset.last ? `Last: ${head.dataset.last}` : "";
}

// Put a new panel in place of the old. Focus, scroll and what is folded out stay, also what somebody types meanwhile.
function swap(made, act) {
  const panel = $("panel"), active = document.activeElement, now = current()?.dataset.id;
  const inside = panel.contains(active);
  const id = inside ? active.id || active.closest("details")?.id : "";
  const top = $("list").scrollTop;
  const fold = panel.querySelector("#bar details[open]"), missed = $("missed");
  panel.replaceChildren(made.content);
  $("list").scrollTop = top;
  for (const old of new Set([fold, missed])) if (old && $(old.id)) $(old.id).replaceWith(old); // clauses come only once
  items().forEach(tint);
  if (current()) hold(current());
  const kept = items().find((one) => one.dataset.id === now);
  if (kept && now !== act.at) choose(kept, { focus: false, moves: false });
  else if (kept && act.undoes && act.effects.size) choose(kept, { focus: false, moves: false });
  else mark(current(), true), fit(current()), current() && keepInList(current());
  const back = (id && $(id)) || (inside && $("chosen"));
  if (back) (back.tagName === "DETAILS" ? back.querySelector("summary") : back).focus({ preventScroll: true });
}

// The count of the page from its rows: the same items that the server counts.
function tally() {
  const all = items(), decided = all.filter((one) => one.dataset.verdict !== "undecided").length;
  $("told").textContent = $("told").textContent.replace(/^\d+ of \d+/, `${decided} of ${all.length}`);
  desk.querySelector(".done-meter").value = decided;
  for (const group of desk.querySelectorAll("section.group:has(.subjects)")) {
    const rows = [...group.querySelectorAll(".subject")], left = rows.filter((one) => one.dataset.verdict === "undecided").length;
    const count = rows.length + group.querySelectorAll(".again").length;
    const rest = !rows.length || left === rows.length ? "" : left ? `, ${left} undecided` : ", all decided";
    group.querySelector(".group-count").textContent = `${count}${rest}`;
    const form = group.querySelector("form[data-accept]");
    if (form) (form.hidden = !left), (form.querySelector("button").firstChild.textContent = `Accept ${left} `);
  }
}

// After a decision, go to the next item that needs one, unless that is switched off.
function goOn(item) {
  if (!kept("go-on")) return;
  const next = nextNeeded(item);
  if (next) choose(next, { focus: !$("bar").contains(document.activeElement) });
}

// Wait until all is saved; where grave findings are undecided, say so once before.
function finish(event, button) {
  const grave = items().filter((one) => one.matches(".grave") && needs(one)).length;
  if (pending.length) return void (event.preventDefault(), line.then(() => $(button.id)?.click())); // by then the head is another
  if (button?.id !== "do-done" || !grave || warned) return;
  event.preventDefault();
  warned = true;
  const message = `${grave} high-severity ${grave === 1 ? "finding" : "findings"} ${grave === 1 ? "is" : "are"} undecided. Press Finish again to finish without ${grave === 1 ? "it" : "them"}.`;
  speak(message);
  show(message);
}

// What was not saved, with the reason that the server gave last; it stays until each item is decided again.
let reason = "";
function refusals(words) {
  reason = words || reason;
  const names = [...refused.values()], more = names.length > 5 ? ` and ${names.length - 5} more` : "";
  const message = names.length ? `Not saved: ${names.slice(0, 5).join("; ")}${more}. ${reason}.` : "";
  if (message || $("bar").querySelector(".notice")) show(message);
  return message;
}

// A message for eyes; none takes the last away.
function show(words) {
  $("bar").querySelector(".notice")?.remove();
  if (!words) return;
  const note = document.createElement("p");
  note.className = "notice";
  note.textContent = words;
  $("bar").prepend(note);
}

addEventListener("beforeunload", (event) => { if (pending.length) event.preventDefault(); });
