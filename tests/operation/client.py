"""A desk that goes on working whatever happens to the house, and a listener for what the outbox sends."""

import base64
import http.client
import json
import re
import secrets
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django_otp.oath import totp

PASSWORD = "qinghe-4711-long"  # noqa: S105
GONE = (OSError, http.client.HTTPException)  # URLError and refused connections are OSErrors


class Desk(threading.Thread):
    """Signs in, registers leads and chases a letter, each until it was answered; knows what it was promised."""

    def __init__(self, url: str, known: dict, staff_number: str = "yb01") -> None:
        super().__init__(daemon=True)
        self.url, self.known, self.staff_number = url, known, staff_number
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.registered: set[int] = set()
        self.chased = self.tried = 0
        self.refused: list[str] = []
        self.ending = threading.Event()

    def _cookie(self, name: str) -> str:
        return next((cookie.value for cookie in self.jar if cookie.name == name), "")

    def sign_in(self) -> None:
        with self.opener.open(f"{self.url}/sign-in/", timeout=20) as page:
            text = page.read().decode()
            if not page.url.endswith("/sign-in/"):
                return  # still signed in
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
        words = {"csrfmiddlewaretoken": token, "username": self.staff_number, "password": PASSWORD}
        with self.opener.open(
            f"{self.url}/sign-in/", urllib.parse.urlencode(words).encode(), timeout=20
        ) as page:
            text = page.read().decode()
            assert not page.url.endswith("/sign-in/"), text
            if "/sign-in/second/" in page.url:
                self.second_step(page.url, text)

    def second_step(self, url: str, text: str) -> None:
        """Take up an authenticator at the first sign-in; say its digits, each once, at the next ones."""
        if spoken := re.search(r'<code class="num">([A-Z2-7 ]+)</code>', text):
            self.known.setdefault("secrets", {})[self.staff_number] = base64.b32decode(spoken[1].replace(" ", ""))
        secret = self.known["secrets"][self.staff_number]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
        for drift in (0, 1):  # digits just used by another desk of the same person: the next ones
            words = {"csrfmiddlewaretoken": token, "code": f"{totp(secret, drift=drift):06d}", "next": "/"}
            with self.opener.open(url, urllib.parse.urlencode(words).encode(), timeout=20) as page:
                if "/sign-in/" not in page.url or 'class="recovery-codes' in page.read().decode():
                    return
        raise http.client.HTTPException("the second step does not let in")  # tried again, as after a lost answer

    def version(self, path: str) -> str:
        """The row version a change must name."""
        with self.opener.open(self.url + path, timeout=20) as answer:
            return answer.headers["ETag"]

    def post(self, path: str, body: dict, key: str = "", *, versioned: str = "") -> tuple[int, dict]:
        headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": self._cookie("csrftoken"),
            "Referer": self.url,
        }
        headers |= {"Idempotency-Key": key} if key else {}
        headers |= {"If-Match": self.version(versioned)} if versioned else {}
        asked = urllib.request.Request(self.url + path, json.dumps(body).encode(), headers)
        try:
            with self.opener.open(asked, timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                text = error.read().decode()
            return error.code, json.loads(text) if text.startswith("{") else {}

    def until_answered(self, path: str, body: dict, **more: str) -> tuple[int, dict]:
        """The same request, under the same key, until the house says yes or no."""
        while True:
            self.tried += 1
            try:
                code, said = self.post(path, body, **more)
                if code == 403:  # the session is gone, or its token is
                    self.sign_in()
                elif code < 500:
                    return code, said
            except GONE:
                pass
            time.sleep(0.2)

    def run(self) -> None:
        while True:
            try:
                self.sign_in()
                break
            except GONE:
                time.sleep(0.2)
        while not self.ending.is_set():
            lead = {
                "source": "monitoring", "subjects": [self.known["subject"]], "categories": [self.known["category"]],
                "facts": "同一参保人15日内多次出入院。", "found_on": time.strftime("%Y-%m-%d", time.gmtime()),
                "suspected": "86240.00", "duplicates_known": True,
            }  # fmt: skip
            code, said = self.until_answered("/api/v1/cases/", lead, key=secrets.token_hex(16))
            if code in (200, 201):
                self.registered.add(said["id"])
            else:
                self.refused.append(f"{code} {said}")
            letter = f"/api/v1/referrals/{self.known['referral']}/"
            code, said = self.until_answered(f"{letter}chase/", {}, versioned=letter)
            self.chased += code == 200
            if code not in (200, 409):  # once today; its answer may have been lost on the way
                self.refused.append(f"{code} {said}")
            self.ending.wait(0.1)

    def end(self) -> None:
        self.ending.set()
        self.join(60)
        assert not self.is_alive(), "the desk still waits for an answer"


class Listener:
    """Takes what the outbox posts. A receiver drops doubles by the message's number, so it counts numbers."""

    def __init__(self) -> None:
        self.numbers: set[str] = set()
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # noqa: N802
                self.rfile.read(int(self.headers["Content-Length"]))
                listener.numbers.add(self.headers["X-House-Message"])
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
