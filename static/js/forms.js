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

  /* A switch that says what it is: pressed or not. */
  function turned(button, turn) {
    const chosen = button.value;
    document.querySelectorAll("[data-attribute=\"" + button.dataset.attribute + "\"]").forEach(function (other) {
      other.value = turn[0] === chosen ? turn[1] : turn[0];
      other.setAttribute("aria-pressed", String(chosen === turn[0]));
    });
  }

  /* Of two buttons the style sheet shows one: the focus goes from the one that vanished to the other. */
  function handOver(button) {
    const others = Array.from(button.form.querySelectorAll("button")).filter(function (other) {
      return other !== button && other.offsetParent !== null;
    });
    if (others.length) { others[0].focus(); }
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
      document.documentElement.setAttribute(button.dataset.attribute, button.value);
      if (button.dataset.turn) { turned(button, button.dataset.turn.split("|")); } else { handOver(button); }
    }).catch(function () { window.location.reload(); });
  }

  function toErrors(part) {
    const summary = part.querySelector(".errsum");
    if (summary) { summary.focus(); }
  }

  document.addEventListener("htmx:afterSettle", function (event) { toErrors(event.target); });
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
    toErrors(document);
    document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  });
}());
