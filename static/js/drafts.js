/*
 * Long forms keep what was typed, every 20 seconds and when the page is left for another window.
 * Files, passwords and what the server keeps out never go along. Without this script a button does it.
 */
(function () {
  "use strict";

  const EVERY_MS = 20000;
  const TIMEOUT_MS = 15000;
  const LEFT_OUT = ["form_key", "csrfmiddlewaretoken", "draft_url", "draft_known"];

  function fields(form) {
    const data = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string") { data.append(name, value); }
    });
    return data;
  }

  function typed(form) {
    const data = fields(form);
    LEFT_OUT.forEach(function (name) { data.delete(name); });
    return data.toString();
  }

  function keep(form) {
    const said = form.querySelector("[data-draft-said]");
    const known = form.querySelector("[name=draft_known]");
    let last = typed(form);
    let busy = false;
    let over = form.hasAttribute("data-draft-held");

    function tell(words, wrong) {
      said.textContent = words;
      said.classList.toggle("wrong", wrong);
    }

    function save() {
      const now = typed(form);
      if (over || busy || now === last) { return; }
      busy = true;
      const stop = new AbortController();
      const timer = window.setTimeout(function () { stop.abort(); }, TIMEOUT_MS);
      window.fetch(form.dataset.draftTo, {
        method: "POST", body: fields(form), credentials: "same-origin", signal: stop.signal,
        headers: { "Accept": "application/json" }
      }).then(function (answer) {
        const kind = answer.headers.get("Content-Type") || "";
        if (answer.redirected || kind.indexOf("application/json") !== 0) { throw new Error("no answer"); }
        return answer.json().then(function (found) {
          tell(found.said, !answer.ok);
          if (answer.ok) {
            known.value = found.version;
            last = now;
          } else if (answer.status === 409) {
            over = true;
          } else {
            last = now;
          }
        });
      }).catch(function () {
        tell(form.dataset.draftFailed, true);
      }).then(function () {
        window.clearTimeout(timer);
        busy = false;
      });
    }

    form.addEventListener("submit", function () { over = true; });
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) { over = form.hasAttribute("data-draft-held"); }
    });
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden") { save(); }
    });
    window.setInterval(save, Number(form.dataset.draftEvery) || EVERY_MS);
  }

  if (window.fetch && window.AbortController && window.URLSearchParams) {
    document.querySelectorAll("form[data-draft]").forEach(keep);
  }
}());
