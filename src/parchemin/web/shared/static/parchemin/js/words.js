// What the scripts say, in the language of the page; the base page gives the words.
const told = document.getElementById("script-words")?.dataset ?? {};

export const words = (name, value = "") => (told[name] ?? "").replace("{}", value);
export const language = document.documentElement.lang || "fr";
export const hour = (instant) => instant.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
