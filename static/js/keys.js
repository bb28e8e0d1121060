/* Keyboard: "/" focuses search, "?" opens help, j/k move, Enter opens, x picks. Nothing depends on it. */
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

  function help() {
    const link = document.querySelector("a[data-help]");
    if (!link) { return false; }
    window.location.assign(link.href);
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open]").forEach(function (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      if (event.target.matches("[data-search]")) { event.target.blur(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) { return; }
    let done = false;
    if (event.key === "/") { done = focusSearch(); }
    else if (event.key === "?") { done = help(); }
    else if (event.key === "j" || event.key === "J") { done = go(1); }
    else if (event.key === "k" || event.key === "K") { done = go(-1); }
    else if (event.key === "x" || event.key === "X") { done = pick(); }
    else if (event.key === "Enter" && event.target === document.body) { done = open(); }
    if (done) { event.preventDefault(); }
  });

  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });
}());
