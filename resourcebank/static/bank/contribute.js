/* A draft saves itself while somebody writes. Everything on the page works without this file too. */
(() => {
  "use strict";

  const form = document.getElementById("draft");
  if (!form || !window.fetch) return;
  const status = document.getElementById("draft-status");
  const seen = form.elements.namedItem("seen");
  const shelf = `draft:${form.getAttribute("action")}`;
  const EVERY = 20000;
  let changed = false;
  let saving = null;
  let timer;

  const say = (words) => { if (status.textContent !== words) status.textContent = words; };

  const typed = () => {
    const data = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
    return data;
  };

  // With the version it was typed on: once the server has a newer one, what is kept here has been received.
  const keep = () => {
    try {
      const pairs = [...typed()].filter(([name]) => !["csrfmiddlewaretoken", "seen", "do"].includes(name));
      sessionStorage.setItem(shelf, JSON.stringify({ seen: seen.value, pairs }));
    } catch { /* a full or closed shelf: the page still holds the text */ }
  };

  const forget = () => { try { sessionStorage.removeItem(shelf); } catch { /* nothing was kept */ } };

  const loggedOut = () => {
    keep();
    say(form.dataset.loggedout);
    const link = document.createElement("a");
    link.className = "ds-link";
    link.href = `${form.dataset.login}?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = form.dataset.loginwords;
    status.append(" ", link);
  };

  const answered = async (response) => {
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return loggedOut();
    const answer = await response.json();
    if (answer.seen !== undefined) seen.value = answer.seen;
    say(answer.message);
    if (response.ok) forget(); else keep();
  };

  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!changed || saving) return saving || Promise.resolve();
    changed = false;
    const data = typed();
    data.set("do", "autosave");
    say(form.dataset.saving);
    saving = fetch(form.action, {
      method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual",
    }).then(answered).catch(() => { changed = true; keep(); say(form.dataset.offline); later(); }).finally(() => { saving = null; });
    return saving;
  };

  const later = () => { timer ??= setTimeout(save, EVERY); };

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    changed = true;
    later();
  });
  form.addEventListener("focusout", () => { if (changed) save(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });

  // A button waits for the saving under way, so that the page does not compete with itself.
  let waited = false;
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (saving && !waited) {
      event.preventDefault();
      const button = event.submitter;
      saving.finally(() => {
        waited = true;
        form.requestSubmit(button);
        waited = false;
      });
      return;
    }
    changed = false;
    keep();
  });

  // What was kept when the log-in ran out or the server was away comes back.
  const put = (field, pairs) => {
    if (["hidden", "file", "submit"].includes(field.type)) return false;
    if (["checkbox", "radio"].includes(field.type)) {
      const wanted = pairs.some(([name, value]) => name === field.name && value === field.value);
      const differs = field.checked !== wanted;
      field.checked = wanted;
      return differs;
    }
    const found = pairs.find(([name]) => name === field.name);
    if (!found || field.value.replaceAll("\r\n", "\n") === found[1].replaceAll("\r\n", "\n")) return false;
    field.value = found[1];
    return true;
  };

  const restore = () => {
    let kept;
    try { kept = JSON.parse(sessionStorage.getItem(shelf) || "null"); } catch { return; }
    forget();
    if (!kept || kept.seen !== seen.value || document.querySelector("[data-focus]")) return;
    const restored = [...form.elements].filter((field) => field.name && put(field, kept.pairs));
    if (!restored.length) return;
    changed = true;
    say(form.dataset.restored);
    later();
  };
  restore();

  document.querySelector("[data-focus]")?.focus();
})();
