/*
 * Forms: the double-submit guard, the display switches without a reload, and selects that submit
 * their own form. The server refuses a second use of a form key anyway; this only spares the person
 * the refusal.
 */
(function () {
  "use strict";

  const GUARD_MS = 15000;

  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll(".busy").forEach(function (button) {
      button.classList.remove("busy");
      button.removeAttribute("aria-disabled");
    });
  }

  function guard(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) { return; }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    if (event.submitter) {
      event.submitter.classList.add("busy");
      event.submitter.setAttribute("aria-disabled", "true");
    }
    window.setTimeout(function () { release(form); }, GUARD_MS);
  }

  /* Large type and dark mode: remembered by the server, shown at once. */
  function display(event) {
    const form = event.target.closest("form[data-display]");
    if (!form || !event.submitter || !window.fetch) { return; }
    event.preventDefault();
    const button = event.submitter;
    const body = new FormData(form);
    body.append(button.name, button.value);
    window.fetch(form.action, {
      method: "POST", body: body, credentials: "same-origin", headers: { "HX-Request": "true" }
    }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      const turn = button.dataset.turn.split("|");
      document.documentElement.setAttribute(button.dataset.attribute, button.value);
      document.querySelectorAll("[data-attribute=\"" + button.dataset.attribute + "\"]").forEach(function (other) {
        other.value = turn[0] === button.value ? turn[1] : turn[0];
        other.setAttribute("aria-pressed", String(button.value === turn[0]));
      });
    }).catch(function () { window.location.reload(); });
  }

  document.addEventListener("submit", display);
  document.addEventListener("submit", guard);
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(release);
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    const form = event.target.closest && event.target.closest("form");
    if (form) { release(form); }
  });
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-submit-on-change]")) { event.target.form.requestSubmit(); }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) { window.print(); }
  });
  document.addEventListener("DOMContentLoaded", function () {
    const summary = document.querySelector(".errsum");
    if (summary) { summary.focus(); }
    document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  });
}());
