// By keyboard: in a list j and k move, Enter opens and x ticks; elsewhere the key of `data-key`. Whoever wants switches them off.
import { each } from "./enhance.js";

const OFF = "parchemin-keys-off";
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const ACTIVE = "a, button, input, label, select, summary";
const NAME = "th a";
let current = -1;

// A closed store keeps nothing.
export const isOff = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
const turn = () => { try { if (isOff()) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1"); } catch { /* closed */ } };
const rows = () => [...document.querySelectorAll("[data-keys] tbody tr")];

const go = (index) => {
  const all = rows();
  if (!all.length) return;
  for (const row of all) row.classList.remove("is-current");
  current = Math.max(0, Math.min(all.length - 1, index));
  const row = all[current];
  row.classList.add("is-current");
  row.tabIndex = -1;
  (row.querySelector(NAME) ?? row).focus();
  row.scrollIntoView({ block: "nearest" });
};
const inList = {
  j: () => go(current + 1),
  k: () => go(current - 1),
  x: () => rows()[current]?.querySelector("[type=checkbox]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || isOff()) return;
  if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
  const pressed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (pressed) pressed.click();
  else if (inList[event.key] && rows().length) inList[event.key]();
  else return;
  event.preventDefault();
});
document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-keys] tbody tr");
  if (!row || event.target.closest(ACTIVE) || window.getSelection().toString()) return;
  row.querySelector(NAME)?.click();
});
each("[data-keys-switch]", (button) => {
  const show = () => { button.textContent = isOff() ? button.dataset.off : button.dataset.on; };
  button.hidden = !document.querySelector("[data-keys], [data-key], [data-sheet]");
  button.addEventListener("click", () => { turn(); show(); });
  show();
});
each("[data-tick-all]", (box) => {
  box.addEventListener("change", () => {
    for (const other of document.querySelectorAll(box.dataset.tickAll)) {
      other.checked = box.checked;
      other.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
});
