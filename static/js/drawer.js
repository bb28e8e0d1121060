/*
 * The drawer: a link marked data-drawer opens beside the list instead of on a page of its own. Focus stays inside
 * while it is open, Escape and the grey beside it close it, and focus goes back to the link.
 */
(function () {
  "use strict";

  let drawer = null;
  let behind = null;
  let opener = null;

  function close() {
    if (!drawer) { return; }
    drawer.remove();
    behind.remove();
    drawer = behind = null;
    if (opener) { opener.focus(); }
  }

  function inside() {
    return Array.prototype.slice.call(drawer.querySelectorAll("a[href], button, iframe, [tabindex='0']"));
  }

  function keys(event) {
    if (!drawer || event.isComposing) { return; }
    if (event.key === "Escape") { close(); return; }
    if (event.key !== "Tab") { return; }
    const stops = inside();
    const first = stops[0];
    const last = stops[stops.length - 1];
    if (event.shiftKey && document.activeElement === first) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && (document.activeElement === last || !drawer.contains(document.activeElement))) {
      event.preventDefault();
      first.focus();
    }
  }

  function show(html, label) {
    close();
    behind = document.createElement("div");
    behind.className = "drawer-back";
    behind.addEventListener("click", close);
    drawer = document.createElement("div");
    drawer.className = "drawer";
    drawer.setAttribute("role", "dialog");
    drawer.setAttribute("aria-modal", "true");
    drawer.setAttribute("aria-labelledby", "drawer-title");
    drawer.innerHTML = html;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-line btn-s";
    button.textContent = label;
    button.addEventListener("click", close);
    drawer.querySelector(".drawer-head").appendChild(button);
    document.body.appendChild(behind);
    document.body.appendChild(drawer);
    button.focus();
  }

  document.addEventListener("keydown", keys);
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[data-drawer]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || !window.fetch) { return; }
    event.preventDefault();
    opener = link;
    fetch(link.href, { headers: { "X-Drawer": "1" }, credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) { throw new Error("no drawer"); }
      return answer.text();
    }).then(function (html) {
      show(html, link.closest("[data-close]").dataset.close);
    }).catch(function () { window.location.href = link.href; });
  });
}());
