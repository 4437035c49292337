/* Joins the buttons for passkeys to the functions that talk with the key. Without this file, or without such keys in the browser, the
   buttons stay hidden and the other ways in remain. */
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const forms = window.allauth && window.allauth.webauthn && window.allauth.webauthn.forms;
  if (!forms || !window.PublicKeyCredential) return;

  const ids = { credential: "passkey-credential", passwordless: "id_passwordless", data: "passkey-data" };
  for (const [kind, join] of [["login", forms.loginForm], ["authenticate", forms.authenticateForm], ["add", forms.addForm]]) {
    if (document.querySelector(`[data-passkey="${kind}"]`)) join({ ids: { ...ids, [kind]: "passkey-button" } });
  }

  document.querySelectorAll("[data-passkey-button]").forEach((each) => { each.hidden = false; });
  document.querySelectorAll("[data-passkey-missing]").forEach((each) => { each.hidden = true; });

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-failed]").forEach((each) => { each.hidden = false; });
    const button = byId("passkey-button");
    if (button) button.focus();
  });
})();
