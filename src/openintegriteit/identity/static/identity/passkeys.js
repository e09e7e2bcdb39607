// Shows what needs passkeys where the browser knows them, and says so when a device gave no answer.
"use strict";

(() => {
  const known = Boolean(window.PublicKeyCredential);
  document.querySelectorAll(known ? "[data-passkey]" : "[data-passkey-unknown]").forEach((part) => {
    part.hidden = false;
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-failed]").forEach((note) => {
      note.hidden = false;
      note.focus();
    });
  });
})();
