// The signing page by keys: s finishes or signs, b goes back to the desk. Everything works without.
"use strict";

document.documentElement.classList.add("scripted");

const $ = (id) => document.getElementById(id);

function sign() {
  const button = $("do-sign") || $("do-done"), grave = $("grave-too");
  if (!button) return;
  if (!grave || grave.checked) return void button.click();
  $("grave").scrollIntoView({ block: "center" });
  grave.focus({ preventScroll: true });
  $("say").textContent = `${$("grave").querySelector("strong").textContent} Press Space to confirm, then s to sign.`;
}

const KEYS = { s: sign, b: () => $("do-desk")?.click() };

function isOn() {
  try { return localStorage.getItem("keys-on") !== "off"; } catch { return true; }
}

addEventListener("keydown", (event) => {
  const at = event.target instanceof Element ? event.target : document.body;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || at.closest("input:not([type=checkbox]), textarea, select") || !isOn()) return;
  const act = KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});
