// Makes pages that already work a little kinder. Nothing here is needed to do one's work.
"use strict";

(() => {
  const changed = new Set();

  // Leaving a long form with changes asks first; sending it does not.
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-warn]");
    if (form) changed.add(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed.size > 0) event.preventDefault();
  });

  // Who types is there: without this a visit would end under a form that takes long to fill in.
  const busyTime = 5 * 60 * 1000;
  let toldAt = Date.now();
  document.addEventListener("input", (event) => {
    if (event.target.form?.method !== "post" || !location.pathname.startsWith("/werk/")) return;
    if (Date.now() - toldAt < busyTime) return;
    toldAt = Date.now();
    fetch("/werk/account/bezig/").catch(() => {}); // without a connection the next word asks again
  });

  // One click sends once. A page that stays (a file was handed out) or comes back from the history can be sent again.
  const waitingTime = 8000;
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    changed.delete(form);
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.querySelectorAll("button[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(release, waitingTime, form);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  // What takes long to write is kept meanwhile, a moment after typing stops; a text of several authors upon the version
  // that one saw. When that cannot be, the page says why and leaves the text alone.
  const quietTime = 5000;
  let waiting;
  let busy = 0;
  let keeping = Promise.resolve(); // one after the other, each upon the version that the one before it gave
  const keepSoon = (form, time) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      keeping = keeping.then(() => keep(form));
    }, time);
  };
  const asText = (content) => new URLSearchParams(content).toString();
  const keep = async (form) => {
    if (form.dataset.behind || form.dataset.sent) return;
    busy += 1;
    const note = form.querySelector("[data-autosaved]");
    const content = new FormData(form);
    const typed = asText(content);
    content.set("action", "autosave");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: content });
      const told = await answer.json();
      note.textContent = told.message;
      if (answer.ok) {
        if (asText(new FormData(form)) === typed) changed.delete(form);
        if (told.version) form.elements.version.value = told.version;
      } else if (answer.status === 409) {
        form.dataset.behind = "1";
      }
    } catch {
      note.textContent = note.dataset.offline;
      keepSoon(form, 4 * quietTime);
    }
    busy -= 1;
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-autosave]");
    if (form) keepSoon(form, quietTime);
  });
  document.addEventListener(
    "submit",
    (event) => {
      clearTimeout(waiting);
      if (!busy) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      keeping.then(() => event.target.requestSubmit(event.submitter));
    },
    true,
  );

  // Filters answer at once when something is chosen; typing waits for Enter or the button. The focus stays.
  const memory = "focus-after-filter";
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (!form || !event.target.matches("select, input[type=checkbox], input[type=radio]")) return;
    event.target.focus({ preventScroll: true });
    form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-autosubmit]")) sessionStorage.setItem(memory, document.activeElement.id);
  });
  const remembered = sessionStorage.getItem(memory);
  sessionStorage.removeItem(memory);
  if (remembered) document.getElementById(remembered)?.focus({ preventScroll: true });
})();
