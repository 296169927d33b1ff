// Drag and drop, and live progress. Everything else works without.
"use strict";

document.documentElement.classList.add("scripted");

const STATES = { queued: "waiting", running: "reading", done: "done", failed: "not read" };
const drop = document.getElementById("drop");
const watched = new Map(); // id of a proposal -> what to do with its news

function make(tag, words, name) {
  const made = document.createElement(tag);
  if (words) made.textContent = words;
  if (name) made.className = name;
  return made;
}

function badge(news) {
  const made = make("span", "", "badge " + news.level);
  if (news.level !== "decide" && news.level !== "not assessed") {
    const pips = make("span", "", "pips");
    pips.setAttribute("aria-hidden", "true");
    for (let i = 0; i < 3; i++) pips.append(make("i"));
    made.append(pips);
  }
  made.append(news.words);
  if (!news.beside) return made;
  const both = make("span");
  both.append(made, " ", make("span", news.beside, "quiet"));
  return both;
}

function sentence(...parts) {
  return parts.filter(Boolean).map((part) => part.replace(/\.?$/, ".")).join(" ");
}

// One row for each document that is on its way.
function row(name) {
  const item = make("li");
  const title = make("bdi", name);
  const state = make("span", "sending", "badge busy");
  item.append(title, state);
  document.getElementById("files-list").append(item);
  return item;
}

function tell(item, words, kind) {
  item.querySelector(".badge").replaceWith(make("span", words, "badge " + kind));
}

function show(item, news) {
  item.querySelector("progress")?.remove();
  if (!news.url) {
    tell(item, "refused", "failed");
    item.append(make("span", sentence(news.reason, news.hint), "why"));
    return;
  }
  if (!item.querySelector("a")) {
    const link = make("a");
    link.href = news.url;
    item.querySelector("bdi").replaceWith(link);
    link.append(make("bdi", news.file || news.name));
  }
  if (news.state === "done") item.querySelector(".badge").replaceWith(badge(news));
  else if (news.state === "failed") {
    tell(item, STATES.failed, "failed");
    if (!item.querySelector(".why")) item.append(make("span", sentence(news.reason, news.hint), "why"));
  } else {
    tell(item, news.stage || STATES[news.state], "busy");
    watch(news.id, (later) => show(item, later));
  }
}

// Progress: one question for all that is watched, slower as time goes by.
let waiting = 0, pause = 700;

function watch(id, act) {
  watched.set(id, act);
  pause = 700;
  if (!waiting) waiting = setTimeout(look, pause);
}

async function look() {
  waiting = 0;
  const ids = [...watched.keys()].slice(0, 100);
  if (!ids.length) return;
  try {
    const answer = await fetch("/progress?" + ids.map((id) => "proposal=" + encodeURIComponent(id)).join("&"), {
      headers: { Accept: "application/json" },
    });
    if (answer.status === 401) return void location.reload();
    const told = new Map((await answer.json()).proposals.map((one) => [one.id, one]));
    for (const id of ids) {
      const act = watched.get(id);
      watched.delete(id);
      const news = told.get(id);
      if (!news) continue;
      act(news);
      if (news.state !== "done" && news.state !== "failed") watched.set(id, act);
    }
    announce();
  } catch {
    // The server may be starting again; what waits there goes on.
  }
  pause = Math.min(pause * 1.15, 5000);
  if (watched.size && !waiting) waiting = setTimeout(look, pause);
}

// Send: one request for each file, one after another, so that each has its own progress and its own answer.
function send(file) {
  return new Promise((resolve) => {
    const item = row(file.name);
    const bar = make("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", "Sent of " + file.name);
    item.append(bar);
    const refuse = (reason, hint) => (show(item, { reason, hint }), resolve(null));
    if (file.size > Number(drop.dataset.together)) return refuse("The file is larger than this server accepts", "Split the document");
    const form = new FormData(drop);
    form.delete("files");
    form.append("files", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", drop.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => (bar.value = event.lengthComputable ? event.loaded / event.total : 0));
    request.upload.addEventListener("load", () => tell(item, "checking", "busy"));
    request.addEventListener("error", () => refuse("The file could not be sent", "Check that the server is running and try again"));
    request.addEventListener("load", () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* told below */ }
      if (request.status !== 200) return refuse(answer.detail || "The server did not accept the file", answer.hint || "");
      answer.files.forEach((news, index) => show(index ? row(news.file) : item, news));
      if (answer.files.length) item.querySelector("bdi").textContent = answer.files[0].file;
      resolve(answer.files.length);
    });
    request.send(form);
  });
}

function announce() {
  const status = document.getElementById("drop-status");
  if (!status) return;
  const rows = [...document.querySelectorAll("#files-list .badge")];
  if (!rows.length) return;
  const busy = rows.filter((one) => one.classList.contains("busy")).length;
  const refused = rows.filter((one) => one.classList.contains("failed")).length;
  const ready = rows.length - busy - refused;
  const words = [busy && `${busy} in progress`, ready && `${ready} ready`, refused && `${refused} not read`];
  const text = words.filter(Boolean).join(", ") + ".";
  if (status.textContent !== text) status.textContent = text;
}

async function sendAll(files) {
  document.getElementById("files-list").hidden = false;
  for (const file of files) {
    await send(file);
    announce();
  }
}

if (drop) {
  const input = document.getElementById("files");
  drop.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = [...input.files];
    input.value = "";
    sendAll(files);
  });
  input.addEventListener("change", () => drop.requestSubmit());
  drop.querySelector("button").classList.add("hidden");
  let depth = 0;
  const isFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragenter", (event) => { if (isFiles(event)) { depth++; drop.classList.add("over"); } });
  addEventListener("dragleave", (event) => { if (isFiles(event) && --depth <= 0) { depth = 0; drop.classList.remove("over"); } });
  addEventListener("dragover", (event) => { if (isFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    depth = 0;
    drop.classList.remove("over");
    sendAll([...event.dataTransfer.files]);
  });
}

// What was on its way when the page was made.
for (const item of document.querySelectorAll("li[data-busy]")) {
  const act = (news) => {
    const place = item.querySelector(".item-level");
    if (news.state === "done") {
      place.replaceChildren(badge(news));
      item.querySelector("h2 bdi").textContent = news.name;
    } else if (news.state === "failed") {
      place.replaceChildren(make("span", STATES.failed, "badge failed"));
      item.querySelector(".item-body").append(make("p", sentence(news.reason, news.hint), "reason"));
    } else place.firstElementChild.textContent = news.stage;
  };
  watch(item.dataset.id, act);
}
const one = document.querySelector(".progress[data-busy]");
if (one) {
  watch(one.dataset.id, (news) => {
    if (news.state === "done" || news.state === "failed") location.reload();
    else one.querySelector(".stage").textContent = news.stage;
  });
}

// "/" goes to the search, as in many tools, unless somebody types.
addEventListener("keydown", (event) => {
  const search = document.getElementById("q");
  const types = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || types || !search) return;
  event.preventDefault();
  search.focus();
});
