// Questions asked in place: without this the link leads to a page that asks the same.
import { each } from "./enhance.js";
import { words } from "./words.js";

each("[data-dialog]", (opener) => {
  const dialog = document.querySelector(opener.dataset.dialog);
  if (!dialog?.showModal) return;
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
});
each("dialog [data-close]", (button) => {
  button.addEventListener("click", () => button.closest("dialog").close());
});
each("dialog", (dialog) => {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
});
each("[data-copy]", (button) => {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    const told = button.querySelector("[data-copy-told]") ?? button;
    told.setAttribute("role", "status");
    told.textContent = words("copied");
  });
});
