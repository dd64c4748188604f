// What each script does, and to which elements: those of the page, then those that take their place without a new page.
const acts = [];

const run = (root, [selector, act]) => {
  if (root.matches?.(selector)) act(root);
  for (const element of root.querySelectorAll(selector)) act(element);
};
export const each = (selector, act) => {
  acts.push([selector, act]);
  run(document, [selector, act]);
};
export const renew = (root) => {
  for (const one of acts) run(root, one);
};

// The page itself is one of those that htmx tells of.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) renew(event.target);
});
