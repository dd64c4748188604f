// A file may be dropped on its place; the form then goes by itself and says how far it is. Without this it is a plain field.
import { each, renew } from "./enhance.js";
import { words } from "./words.js";

// A page of the same address is loaded anew: alone, what stands after # would only move it.
const go = (address) => {
  const there = new URL(address, location.href);
  const isHere = there.pathname === location.pathname && there.search === location.search;
  location.assign(there);
  if (isHere && there.hash) location.reload();
};

// What says why the file was refused takes the place of what was shown; the address stays that of the page.
const show = (request) => {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.querySelector("main");
  if (!main) return false;
  for (const form of main.querySelectorAll("form:not([action])")) form.setAttribute("action", request.responseURL);
  document.title = page.title;
  document.querySelector("main").replaceWith(main);
  main.focus();
  window.htmx?.process(main);
  renew(main);
  return true;
};

const send = (form, bar, tell) => {
  const request = new XMLHttpRequest();
  const fields = new FormData(form);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const share = Math.floor((100 * event.loaded) / event.total);
    bar.value = share;
    tell(share < 100 ? words("sending", share) : words("checking"));
  });
  const fail = () => {
    bar.hidden = true;
    tell(words("broken"), true);
  };
  request.addEventListener("load", () => {
    const address = request.getResponseHeader("X-Location");
    if (address) go(address);
    else if (!show(request)) fail();
  });
  request.addEventListener("error", fail);
  bar.hidden = false;
  request.open(form.method, form.action);
  request.setRequestHeader("X-Requested-With", "upload");
  request.send(fields);
};

each("[data-drop]", (place) => {
  const input = place.querySelector("input[type=file]");
  const form = input?.form;
  if (!form) return;
  const bar = place.querySelector("progress");
  const line = place.querySelector(".drop-told");
  const limit = Number(place.dataset.limit ?? 0);
  const tell = (text, isWrong = false) => {
    line.textContent = text;
    line.classList.toggle("error", isWrong);
  };
  const isFit = () => {
    const isHeavy = limit > 0 && [...input.files].some((file) => file.size > limit);
    tell(isHeavy ? words("tooHeavy", place.dataset.limitTold) : "", isHeavy);
    return !isHeavy;
  };
  place.classList.add("is-ready");
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    if (isFit()) form.requestSubmit();
  });
  input.addEventListener("change", isFit);
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    if (isFit()) send(form, bar, tell);
  });
});
