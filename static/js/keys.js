/*
 * Keyboard: "/" and Ctrl+K focus the search, "?" opens the sheet of keys, j/k move, Enter opens, x picks; g t, g l and n
 * follow the links a[data-leap] of that sheet. Nothing depends on it. Off while somebody types or composes Chinese.
 */
(function () {
  "use strict";

  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
      && !/^(checkbox|radio|button|submit)$/.test(target.type);
  }

  function rows() {
    return Array.from(document.querySelectorAll("table[data-rows] tbody tr"))
      .filter(function (row) { return row.querySelector("a[href]"); });
  }

  function current(all) {
    return all.findIndex(function (row) { return row.classList.contains("cursor"); });
  }

  function go(step) {
    const all = rows();
    if (!all.length) { return false; }
    const from = current(all);
    const to = from < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(from + step, 0), all.length - 1);
    if (from >= 0) { all[from].classList.remove("cursor"); }
    all[to].classList.add("cursor");
    all[to].scrollIntoView({ block: "nearest" });
    opener(all[to]).focus({ preventScroll: true });
    return true;
  }

  function opener(row) {
    return row.querySelector("a[data-open]") || row.querySelector("a[href]");
  }

  function pick() {
    const all = rows();
    const at = current(all);
    const box = at < 0 ? null : all[at].querySelector("input[type=checkbox]");
    if (!box) { return false; }
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  function open() {
    const all = rows();
    const at = current(all);
    if (at < 0) { return false; }
    window.location.assign(opener(all[at]).href);
    return true;
  }

  function focusSearch() {
    const box = document.querySelector("[data-search]");
    if (!box) { return false; }
    box.focus();
    box.select();
    return true;
  }

  /* The sheet of keys; a page without it has the link to the help page. */
  function help() {
    const sheet = document.getElementById("keys-sheet");
    const link = document.querySelector("a[data-help]");
    if (sheet && sheet.showModal) { sheet.showModal(); }
    else if (link) { window.location.assign(link.href); }
    return Boolean(sheet || link);
  }

  function leap(code) {
    const link = document.querySelector("a[data-leap=\"" + code + "\"]");
    if (!link) { return false; }
    window.location.assign(link.href);
    return true;
  }

  const SECOND_KEY_MS = 1500;
  let gAt = -SECOND_KEY_MS;

  /* "g" and then its letter, soon enough. */
  function second(key) {
    const soon = performance.now() - gAt < SECOND_KEY_MS;
    gAt = -SECOND_KEY_MS;
    return soon && leap("g" + key);
  }

  /* The one key that also works while typing: no letter comes of it. */
  function searchKey(event) {
    return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
  }

  const KEYS = {
    "/": focusSearch,
    "?": help,
    "j": function () { return go(1); },
    "k": function () { return go(-1); },
    "x": pick,
    "n": function () { return leap("n"); },
    "g": function () { gAt = performance.now(); return false; }
  };

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || document.querySelector("dialog[open]")) { return; }
    if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open]").forEach(function (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      if (event.target.matches("[data-search]")) { event.target.blur(); }
      return;
    }
    if (searchKey(event)) {
      if (focusSearch()) { event.preventDefault(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    const key = event.key.toLowerCase();
    let done = second(key);
    if (!done && KEYS[key]) { done = KEYS[key](); }
    if (event.key === "Enter" && event.target === document.body) { done = open(); }
    if (done) { event.preventDefault(); }
  });

  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });
}());
