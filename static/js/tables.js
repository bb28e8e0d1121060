/*
 * Selection bar. A form[data-select] holds the table and its .tbar:
 *   input[data-pick]        one per row (name and value are the form's own)
 *   input[data-pick-all]    the master box
 *   [data-picked]           receives the number picked
 *   [data-when-picked]      shown only while something is picked
 *   [data-pick-none]        clears the selection
 * Without JavaScript the boxes and buttons are ordinary form controls.
 */
(function () {
  "use strict";

  function refresh(form) {
    const boxes = Array.from(form.querySelectorAll("input[data-pick]"));
    const picked = boxes.filter(function (box) { return box.checked; });
    boxes.forEach(function (box) {
      const row = box.closest("tr");
      if (row) { row.classList.toggle("picked", box.checked); }
    });
    form.querySelectorAll("[data-picked]").forEach(function (spot) { spot.textContent = picked.length; });
    form.querySelectorAll("[data-when-picked]").forEach(function (part) { part.hidden = !picked.length; });
    form.querySelectorAll(".tbar").forEach(function (bar) { bar.classList.toggle("sel", picked.length > 0); });
    form.querySelectorAll("input[data-pick-all]").forEach(function (master) {
      master.checked = boxes.length > 0 && picked.length === boxes.length;
      master.indeterminate = picked.length > 0 && picked.length < boxes.length;
    });
  }

  function refreshAll() { document.querySelectorAll("form[data-select]").forEach(refresh); }

  document.addEventListener("change", function (event) {
    const form = event.target.closest("form[data-select]");
    if (!form) { return; }
    if (event.target.matches("[data-pick-all]")) {
      form.querySelectorAll("input[data-pick]").forEach(function (box) { box.checked = event.target.checked; });
    }
    refresh(form);
  });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-pick-none]");
    if (!button) { return; }
    event.preventDefault();
    const form = button.closest("form[data-select]");
    form.querySelectorAll("input[data-pick]").forEach(function (box) { box.checked = false; });
    refresh(form);
  });

  document.addEventListener("DOMContentLoaded", refreshAll);
  window.addEventListener("pageshow", refreshAll);
  document.addEventListener("htmx:afterSettle", refreshAll);
}());
