/*
 * The public check of a paper: the browser counts the file's SHA-256 itself and sends that alone.
 * The file never leaves the machine. Where it cannot (no secure connection, an old browser, a file too large to hold),
 * the form goes as it is and the server counts, keeping nothing.
 */
(function () {
  "use strict";

  const MOST = 64 * 1024 * 1024;
  const form = document.querySelector("form[data-check]");
  if (!form || !window.crypto || !window.crypto.subtle) { return; }

  function hex(bytes) {
    return Array.from(new Uint8Array(bytes), function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  form.addEventListener("submit", function (event) {
    const chosen = form.elements.file;
    const file = chosen.files[0];
    form.elements.digest.value = "";
    if (!file || file.size > MOST) { return; }
    event.preventDefault();
    file.arrayBuffer()
      .then(function (bytes) { return window.crypto.subtle.digest("SHA-256", bytes); })
      .then(function (digest) {
        form.elements.digest.value = hex(digest);
        chosen.disabled = true;
        form.submit();
      })
      .catch(function () { form.submit(); });
  });
}());
