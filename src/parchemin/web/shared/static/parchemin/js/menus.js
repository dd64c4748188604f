// Menus that close, what must be read first that gets the focus, the current page in view, colours that change at once.
import { each } from "./enhance.js";

const FIRST_READ = ":is(.error-summary, .conflict, [role=alert], .messages .notice):not([hidden], [hidden] *)";
const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
// An alert that is there when the page comes is not read out; what has the focus is. A place asked for in the address stays in view.
each("main", (main) => {
  const said = main.querySelector(FIRST_READ);
  if (!said) return;
  said.tabIndex = -1;
  said.focus({ preventScroll: Boolean(location.hash) && !main.querySelector(".error-summary") });
});
each(".anchors [aria-current]", (current) => {
  const row = current.closest(".anchors");
  row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
});

each("[data-theme-choice]", (form) => {
  form.addEventListener("submit", async (event) => {
    const chosen = event.submitter?.value;
    if (!chosen) return;
    event.preventDefault();
    const fields = new FormData(form, event.submitter);
    if (chosen === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    for (const button of form.querySelectorAll("button")) {
      if (button === event.submitter) button.setAttribute("aria-pressed", "true");
      else button.removeAttribute("aria-pressed");
    }
    await fetch(form.action, { method: "POST", body: fields, redirect: "manual" });
  });
});

// Only where the list alone is replaced: what is typed is sent by the button, and the focus stays where it is.
each("form[data-apply]", (form) => {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, [type=checkbox], [type=radio]")) form.requestSubmit();
  });
});
each("[data-print]", (button) => button.addEventListener("click", () => window.print()));
