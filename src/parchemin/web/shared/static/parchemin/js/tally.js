// Characters of several texts together, counted as the server counts: composed, spaces included, ends of lines apart.
import { each } from "./enhance.js";
import { language } from "./words.js";

export const counted = (text) => [...text.replace(/[\r\n\f]/g, "").normalize("NFC")].length;

each("[data-tally]", (form) => {
  const areas = [...form.querySelectorAll("textarea")];
  const counts = new Map(areas.map((area) => [area, counted(area.value)]));
  const told = (selector) => form.querySelectorAll(selector);
  const most = Number(form.dataset.tally);
  const show = (area) => {
    for (const place of document.querySelectorAll(`[data-tally-of="${CSS.escape(area.id)}"]`)) {
      place.classList.toggle("done", area.value.trim() !== "");
      for (const count of place.querySelectorAll("[data-tally-count]")) count.textContent = counts.get(area).toLocaleString(language);
    }
  };
  const sum = () => {
    const total = [...counts.values()].reduce((one, other) => one + other, 0);
    const over = most ? total - most : 0;
    for (const place of told("[data-tally-total]")) place.textContent = total.toLocaleString(language);
    for (const place of told("[data-tally-gap]")) place.textContent = over.toLocaleString(language);
    for (const place of told("[data-tally-over]")) place.hidden = over <= 0;
    for (const place of told("[data-tally-line]")) place.classList.toggle("over", over > 0);
  };
  for (const area of areas) {
    area.addEventListener("input", () => {
      counts.set(area, counted(area.value));
      show(area);
      sum();
    });
    show(area);
  }
  sum();
});
