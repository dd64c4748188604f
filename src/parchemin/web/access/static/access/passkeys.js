// Passkeys: asks the browser for a key, puts its answer in the form and sends it. The forms stay hidden without it.

const decoded = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const encoded = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

function readable(options) {
  const asked = { ...options.publicKey, challenge: decoded(options.publicKey.challenge) };
  const keys = (list) => list.map((key) => ({ ...key, id: decoded(key.id) }));
  if (asked.user) asked.user = { ...asked.user, id: decoded(asked.user.id) };
  if (asked.allowCredentials) asked.allowCredentials = keys(asked.allowCredentials);
  if (asked.excludeCredentials) asked.excludeCredentials = keys(asked.excludeCredentials);
  return asked;
}

function told(key) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[name]) response[name] = encoded(key.response[name]);
  }
  if (key.response.getTransports) response.transports = key.response.getTransports();
  return {
    id: key.id,
    rawId: encoded(key.rawId),
    type: key.type,
    authenticatorAttachment: key.authenticatorAttachment,
    clientExtensionResults: key.getClientExtensionResults(),
    response,
  };
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function keyFor(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey !== "create") {
    return navigator.credentials.get({ publicKey: readable(options.request_options) });
  }
  const asked = readable(options.creation_options);
  const alone = form.querySelector("[name=passwordless]");
  if (alone) {
    asked.authenticatorSelection = {
      ...asked.authenticatorSelection,
      residentKey: alone.checked ? "required" : "discouraged",
      requireResidentKey: alone.checked,
      ...(alone.checked ? { userVerification: "required" } : {}),
    };
  }
  return navigator.credentials.create({ publicKey: asked });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const place = form.closest("[data-passkey-place]") || form;
  place.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    if (failed) failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(told(await keyFor(form)));
      form.submit();
    } catch {
      if (failed) failed.hidden = false;
    }
  });
}
