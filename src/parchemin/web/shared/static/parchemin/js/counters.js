// Characters left under long texts. The bound is said, not forced: what is pasted is never cut behind one's back.
import { each } from "./enhance.js";
import { language, words } from "./words.js";

const NEAR = 100;

each("textarea[maxlength]", (area) => {
  const most = Number(area.getAttribute("maxlength"));
  area.removeAttribute("maxlength");
  const told = Object.assign(document.createElement("p"), { className: "counter", id: `${area.id}_left` });
  area.after(told);
  area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") ?? ""} ${told.id}`.trim());
  const show = () => {
    // A line end counts as two characters once sent.
    const length = area.value.replace(/\r?\n/g, "\r\n").length;
    const left = most - length;
    told.textContent = words(left < 0 ? "over" : "left", Math.abs(left).toLocaleString(language));
    told.classList.toggle("over", left < 0);
    if (left < NEAR) told.setAttribute("role", "status");
    else told.removeAttribute("role");
  };
  area.addEventListener("input", show);
  show();
});
each("[data-ticked]", (told) => {
  const show = () => {
    told.textContent = document.querySelectorAll(`${told.dataset.ticked}:checked`).length;
  };
  document.addEventListener("change", show);
  show();
});
