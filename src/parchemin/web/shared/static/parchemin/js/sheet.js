// A grid by keyboard alone: one key rates a line and goes to the next. Without it, the grid is an ordinary form.
import { each } from "./enhance.js";
import { isOff } from "./keys.js";

const TYPING = "textarea, select, input:not([type=radio], [type=checkbox])";
const VALUES = { 1: "yes", a: "yes", 2: "no", n: "no", 0: "" };
const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

each("form[data-sheet]", (form) => {
  const lines = [...form.querySelectorAll("[data-line]")];
  const progress = form.querySelector("[data-sheet-progress]");
  const isRated = (line) => [...line.elements].some((field) => (field.type === "radio" ? field.checked && field.value : field.name.startsWith("mark-") && field.value.trim()));
  const count = () => {
    for (const line of lines) line.classList.toggle("rated", isRated(line));
    const [done, all] = [lines.filter(isRated).length, lines.length];
    progress.textContent = progress.dataset.one.replace("{}", done).replace("{}", all);
  };
  let current = -1;
  const mark = (index) => {
    lines[current]?.classList.remove("is-current");
    current = index;
    lines[current]?.classList.add("is-current");
  };
  const go = (index) => {
    mark(Math.max(0, Math.min(lines.length - 1, index)));
    const line = lines[current];
    (line.querySelector("input:not([type=radio], [type=checkbox])") ?? line).focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  };
  const give = (value) => {
    const choice = [...lines[current].querySelectorAll("input[type=radio]")].find((one) => one.value === value);
    if (!choice) return;
    choice.checked = true;
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    if (value && current < lines.length - 1) go(current + 1);
  };
  const write = () => {
    const place = lines[current].querySelector("details");
    place.open = true;
    place.querySelector("textarea").focus();
  };
  const act = (key) => {
    if (key in MOVES) return go(current + MOVES[key]);
    if (key in VALUES) return give(VALUES[key]);
    if (key === "c") return write();
    if (key === "s") return form.querySelector("[data-sheet-sign]").click();
    return false;
  };
  form.addEventListener("input", count);
  form.addEventListener("focusin", (event) => {
    const index = lines.indexOf(event.target.closest("[data-line]"));
    if (index >= 0) mark(index);
  });
  document.addEventListener("keydown", (event) => {
    if (!form.isConnected || event.ctrlKey || event.metaKey || event.altKey || isOff() || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.(TYPING)) {
      if (event.key === "Escape" && current >= 0) lines[current].focus();
      return;
    }
    if (event.key.startsWith("Arrow") && !form.contains(event.target)) return;
    if (act(event.key.length === 1 ? event.key.toLowerCase() : event.key) !== false) event.preventDefault();
  });
  count();
  const first = lines.findIndex((line) => !isRated(line));
  if (lines.length && !location.hash && !document.querySelector(".error-summary, .conflict, .offered")) {
    mark(Math.max(0, first));
    lines[current].focus({ preventScroll: true });
    if (first > 0) lines[current].scrollIntoView({ block: "center" });
  }
});
