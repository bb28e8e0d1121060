/*
 * Search as you type. Under the box of the top bar (form.gsearch, input[data-search]) drops what /search/?part=1 answers.
 * Up and down walk, Enter opens, Escape closes; nothing is asked while an input method composes. Without JavaScript the
 * form leads to the page.
 */
(function () {
  "use strict";

  const WAIT = 180; // milliseconds of rest before the server is asked
  const form = document.querySelector("form.gsearch");
  const box = form ? form.querySelector("input[data-search]") : null;
  if (!box || !window.fetch || !window.AbortController) { return; }

  const drop = document.createElement("div");
  drop.className = "gs-drop";
  drop.hidden = true;
  form.appendChild(drop);
  const said = document.createElement("span");
  said.className = "sr";
  said.setAttribute("role", "status");
  form.appendChild(said);

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  let timer = 0;
  let asking = null;
  let composing = false;
  let shown = ""; // what the list is about

  function options() { return Array.from(drop.querySelectorAll("[role=option]")); }

  function active() { return drop.querySelector("[role=option][aria-selected=true]"); }

  function choose(option) {
    const before = active();
    if (before) { before.setAttribute("aria-selected", "false"); }
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", option.id);
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  function stop() {
    window.clearTimeout(timer);
    if (asking) { asking.abort(); asking = null; }
  }

  function close() {
    stop();
    choose(null);
    drop.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-controls");
  }

  function show(html, text) {
    drop.innerHTML = html; // our own page's answer, escaped by its template
    shown = text;
    drop.hidden = false;
    const list = drop.querySelector("[role=listbox]");
    const none = drop.querySelector(".gs-none");
    box.setAttribute("aria-expanded", list ? "true" : "false");
    box.removeAttribute("aria-activedescendant");
    if (list) { box.setAttribute("aria-controls", list.id); } else { box.removeAttribute("aria-controls"); }
    said.textContent = none ? none.textContent : list.getAttribute("aria-label");
  }

  function ask() {
    const text = box.value;
    if (!text.trim()) { close(); return; }
    if (text === shown && !drop.hidden) { return; }
    stop();
    asking = new AbortController();
    const mine = asking;
    const address = form.getAttribute("action") + "?part=1&q=" + encodeURIComponent(text);
    fetch(address, { credentials: "same-origin", headers: { "HX-Request": "true" }, signal: mine.signal })
      .then(function (answer) {
        if (answer.status !== 200 || answer.redirected) { throw new Error(String(answer.status)); }
        return answer.text();
      })
      .then(function (html) {
        if (mine === asking && document.activeElement === box) { asking = null; show(html, text); }
      })
      .catch(function (reason) {
        if (reason.name !== "AbortError") { close(); } // Enter still leads to the page, which says what is wrong
      });
  }

  function later() {
    stop();
    timer = window.setTimeout(ask, WAIT);
  }

  box.addEventListener("compositionstart", function () { composing = true; stop(); });
  box.addEventListener("compositionend", function () { composing = false; later(); });
  box.addEventListener("input", function (event) {
    if (!composing && !event.isComposing) { later(); }
  });
  box.addEventListener("focus", function () {
    if (box.value.trim() && drop.hidden) { later(); }
  });

  box.addEventListener("keydown", function (event) {
    if (composing || event.isComposing || event.keyCode === 229) { return; }
    const all = options();
    if (event.key === "Escape" && !drop.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !drop.hidden && all.length) {
      event.preventDefault();
      const at = all.indexOf(active());
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(at < 0 ? all[step > 0 ? 0 : all.length - 1] : all[(at + step + all.length) % all.length]);
    } else if (event.key === "ArrowDown" && drop.hidden) {
      later();
    } else if (event.key === "Enter" && !drop.hidden && active()) {
      event.preventDefault();
      window.location.assign(active().href);
    }
  });

  form.addEventListener("submit", stop);
  form.addEventListener("focusout", function (event) {
    if (!form.contains(event.relatedTarget)) { close(); }
  });
  drop.addEventListener("mousedown", function (event) { event.preventDefault(); }); // the box keeps the focus
}());
