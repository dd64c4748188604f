// Nothing typed is lost: a draft goes to the server a moment after the last key, and no more often than `data-autosave-every` says; while it
// waits or cannot go, or where there is no server to keep it, this browser keeps it and offers it back.
import { each } from "./enhance.js";
import { hour, language, words } from "./words.js";

const WAIT = 1200;
const WAIT_FOR_A_PART = 400;
const LONGEST_WAIT = 60000;
const PREFIX = "parchemin:";
const SENT = `${PREFIX}sent`;
const reader = document.body.dataset.reader ?? "";
const keyOf = (place) => `${PREFIX}${reader}:${place}`;
// Where it is sent tells a form from the others, also on the page that shows it again because something was wrong.
const placeOf = (form) => form.dataset.autosaveUrl
  ?? new URL(form.getAttribute("action") || location.href, location.href).pathname + (form.dataset.autosave && `#${form.dataset.autosave}`);

// A browser may refuse or have no room: then nothing is kept, and nothing breaks.
const kept = {
  read: (key) => { try { return JSON.parse(localStorage.getItem(key) ?? "null"); } catch { return null; } },
  write: (key, fields) => { try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields })); return true; } catch { return false; } },
  drop: (key) => { try { localStorage.removeItem(key); } catch { /* closed */ } },
  sent: (key) => { try { sessionStorage.setItem(SENT, key); } catch { /* closed */ } },
  takeSent: () => { try { const key = sessionStorage.getItem(SENT); sessionStorage.removeItem(SENT); return key; } catch { return null; } },
};
let sentKey = null;
const HIDDEN = "[type=hidden], [type=file], [type=password], [type=submit], [type=button]";
const fieldsOf = (form) => [...(form.elements ?? form.querySelectorAll("[name]"))].filter((field) => field.name && !field.matches(HIDDEN) && field.tagName !== "BUTTON");
const typed = (form) => fieldsOf(form)
  .filter((field) => !field.matches("[type=checkbox], [type=radio]") || field.checked)
  .map((field) => [field.name, field.value]);

// What was saved is not sent again. A form kept part by part sends what changed alone: the others may have changed elsewhere.
const isByParts = (form) => "autosaveParts" in form.dataset;
const snapshot = (part) => JSON.stringify(typed(part));

const fill = (form, fields) => {
  const names = new Set(fields.map(([name]) => name));
  for (const field of fieldsOf(form)) {
    if (isByParts(form) && !names.has(field.name)) continue;
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

const isNew = (fields, here, isPart) => (isPart
  ? fields.some((one) => !here.some((other) => other[0] === one[0] && other[1] === one[1]))
  : JSON.stringify(fields) !== JSON.stringify(here));

const offer = (form, key, copy, told) => {
  const place = Object.assign(document.createElement("div"), { className: "notice warning offered" });
  const inside = document.createElement("div");
  const when = new Date(copy.at).toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
  const line = Object.assign(document.createElement("p"), { textContent: words("found", when) });
  const buttons = Object.assign(document.createElement("p"), { className: "cluster" });
  const button = (name, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "btn small", textContent: words(name) });
    made.addEventListener("click", () => { act(); place.remove(); told.focus(); });
    buttons.append(made);
  };
  button("takeBack", () => fill(form, copy.fields));
  button("letGo", () => kept.drop(key));
  inside.append(line, buttons);
  place.append(inside);
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", line.textContent);
  form.prepend(place);
};

const follow = (form) => {
  const url = form.dataset.autosaveUrl;
  const key = keyOf(placeOf(form));
  const told = form.querySelector("[data-autosave-told]") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "saved" }));
  told.setAttribute("role", "status");
  told.tabIndex = -1;
  let timer = 0;
  const shortest = isByParts(form) ? WAIT_FOR_A_PART : WAIT;
  let wait = shortest;
  let isUnsaved = false;
  let isSending = false;
  let isKept = true;
  const every = Number(form.dataset.autosaveEvery ?? 0);
  let sentAt = 0;
  let typingSince = 0;
  const parts = isByParts(form) ? [...form.querySelectorAll("[data-part]")] : [form];
  const saved = new Map(parts.map((part) => [part, "unsaved" in part.dataset ? "" : snapshot(part)]));
  const changed = () => parts.filter((part) => snapshot(part) !== saved.get(part));
  const news = () => (isByParts(form) ? changed() : parts).flatMap(typed);
  const say = (text) => { if (told.textContent !== text) told.textContent = text; };
  const stop = () => { clearTimeout(timer); timer = 0; };
  const plan = (delay = wait) => { stop(); timer = setTimeout(() => { timer = 0; save(); }, delay); };
  const fail = (word, why = "") => {
    say([words(isKept ? word : "unkept"), why].filter(Boolean).join(" "));
    wait = Math.min(2 * wait, LONGEST_WAIT);
    plan();
  };
  const keep = () => {
    isUnsaved = !kept.write(key, news());
    say(isUnsaved ? words("unkept") : words("keptHere", hour(new Date())));
  };
  const answered = async (answer) => {
    const place = form.querySelector("[data-autosave-answer]");
    const revision = answer.headers.get("X-Revision");
    if (revision) form.elements.revision.value = revision;
    if (place) {
      const told = answer.status === 409 || answer.status === 422 ? await answer.text() : "";
      place.replaceChildren(...new DOMParser().parseFromString(told, "text/html").body.childNodes);
      place.firstElementChild?.scrollIntoView({ block: "center" });
    }
  };
  const why = (answer) => (!answer.bodyUsed && answer.headers.get("Content-Type")?.startsWith("text/plain") ? answer.text() : "");
  const post = async () => {
    const sent = new Map(changed().map((part) => [part, snapshot(part)]));
    const fields = new FormData(form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    if (isByParts(form)) {
      const names = new Set([...sent.keys()].flatMap((part) => typed(part).map(([name]) => name)));
      for (const field of fieldsOf(form)) if (!names.has(field.name)) fields.delete(field.name);
    }
    sentAt = Date.now();
    typingSince = 0;
    let answer;
    try {
      answer = await fetch(url, { method: "POST", body: fields, redirect: "manual", headers: { "X-Requested-With": "fetch" } });
    } catch {
      return fail("offline");
    }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return fail("signedOut");
    await answered(answer);
    if (answer.status === 409 || (isByParts(form) && answer.status === 422)) {
      say([words("refused"), await why(answer)].filter(Boolean).join(" "));
      return undefined; // sent again once what was answered is read and something more is typed
    }
    if (!answer.ok) return fail("refused", await why(answer));
    wait = shortest;
    for (const [part, as] of sent) saved.set(part, as);
    isUnsaved = changed().length > 0;
    if (isUnsaved) return plan();
    kept.drop(key);
    say(words("saved", hour(new Date())));
    return undefined;
  };
  const send = async (isHurried) => {
    if (isSending) return plan();
    if (!changed().length) {
      isUnsaved = false;
      typingSince = 0;
      return kept.drop(key);
    }
    isKept = kept.write(key, news());
    if (!navigator.onLine) return fail("offline");
    const rest = sentAt + every - Date.now();
    if (rest > 0 && isHurried !== true) {
      say(words(isKept ? "waiting" : "unkept"));
      return plan(rest);
    }
    isSending = true;
    try { return await post(); } finally { isSending = false; }
  };
  const save = url ? send : keep;
  form.addEventListener("input", () => {
    isUnsaved = true;
    typingSince ||= Date.now();
    // Whoever types without a pause is saved all the same.
    if (!every || !timer || Date.now() - typingSince < every) plan();
  });
  if (url) {
    window.addEventListener("online", () => { if (isUnsaved) { wait = shortest; plan(); } });
    document.addEventListener("visibilitychange", () => { if (document.hidden && isUnsaved && form.isConnected) { stop(); send(true); } });
  }
  form.addEventListener("submit", () => {
    stop();
    isUnsaved = false;
    kept.write(key, news());
    kept.sent(key);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isUnsaved) return;
    const isKept = kept.write(key, news());
    if (url || !isKept) event.preventDefault();
  });
  // What was sent came back to be corrected: the page holds it already.
  const cameBack = sentKey === key && document.querySelector(".error-summary, .conflict");
  const copy = kept.read(key);
  if (cameBack) kept.drop(key);
  else if (copy?.fields && isNew(copy.fields, typed(form), isByParts(form))) offer(form, key, copy, told);
  else if (copy) kept.drop(key);
};

each("main", (main) => {
  sentKey = kept.takeSent();
  // Only a page that says so tells that what was sent is saved: a sign-in page or an error does not.
  if (sentKey && main.querySelector(".messages .notice.success")) kept.drop(sentKey);
});
each("[data-autosave-forget]", (done) => kept.drop(keyOf(done.dataset.autosaveForget)));
each("form[data-autosave], form[data-autosave-url]", follow);
each("form[data-forget-drafts]", (leaving) => leaving.addEventListener("submit", () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) kept.drop(key);
}));
