"""`make screenshots`: twelve pages of the demonstration county at two sizes of screen, into docs/screens/.

Serves the demonstration's database for itself on a free port and signs in as its people by one click, as anybody may. A
page whose address this version does not have is left out, and said so.
"""

import io
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]
DATABASE = "demo"
os.environ.update(
    DJANGO_SETTINGS_MODULE="config.settings", HOUSE_DEMO="1", HOUSE_DATABASE=DATABASE, HOUSE_HTTPS="0",
    DJANGO_ALLOW_ASYNC_UNSAFE="1",  # the browser's driver runs a loop in this thread; nothing here races
)  # fmt: skip

OUT = ROOT / "docs" / "screens"
SIZES = ((1366, 768), (1920, 1080))
COLOURS = 256  # of a palette in which the small red of a lamp is not lost among the many blues
MOST = 6_000_000
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
START_S = 60


@dataclass(frozen=True)
class Page:
    """One page: its file, who looks at it (function of the department, role), its address, and of what."""

    file: str
    who: tuple[str, str]
    name: str
    thing: Callable[[Any], Any] | None = None
    query: str = ""


HANDLER, OFFICE = ("insurance", "handler"), ("office", "coordinator")


def busiest_case(user: Any) -> Any:
    """The case being worked of which most is told."""
    from django.db.models import Count

    from cases.models import Case
    from journal.models import Event

    seen = Case.objects.visible_to(user).filter(status="working")
    told = Event.objects.filter(case_id__in=seen.values("pk")).values("case_id").annotate(n=Count("pk"))
    return seen.get(pk=told.order_by("-n", "case_id").first()["case_id"])


def referral(user: Any) -> Any:
    """A transfer that has come furthest."""
    from referrals.models import Referral

    sent = Referral.objects.visible_to(user).filter(kind="transfer").exclude(document=None)
    return sent.filter(status__in=("answered", "accepted", "received")).order_by("status", "-pk").first() or sent.first()


def letter(user: Any) -> Any:
    """The paper of that transfer."""
    return referral(user).document


PAGES = (
    Page("workbench", HANDLER, "desk:workbench"),
    Page("registry", HANDLER, "cases:list"),
    Page("case", HANDLER, "cases:detail", busiest_case),
    Page("letter", HANDLER, "documents:detail", letter),
    Page("referral", HANDLER, "referrals:referral", referral),
    Page("inspections", HANDLER, "inspections:list"),
    Page("sanctions", HANDLER, "sanctions:list"),
    Page("rewards", ("insurance", "section_head"), "rewards:list"),
    Page("meetings", OFFICE, "meetings:list"),
    Page("monitor", OFFICE, "desk:monitor"),
    Page("dashboard", OFFICE, "desk:dashboard"),
    Page("statistics", OFFICE, "desk:statistics"),
)


def person(function: str, role: str) -> Any:
    """Somebody of the demonstration in such a post, acting in it."""
    from core import memory
    from departments.models import Post

    post = (
        Post.objects.current()
        .filter(role=role, department__function=function, user__is_active=True, user__must_change_password=False)
        .select_related("user", "department__region")
        .order_by("pk")
        .first()
    )
    memory.begin(post.user)
    post.user.post, post.user.held = post, [post]
    return post.user


def serve() -> tuple[subprocess.Popen, str]:
    """The web process alone, on a port nobody has; it answers when this returns."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4",
         "--log-level", "warning", "--no-control-socket"],
        cwd=ROOT, env=os.environ.copy(),
    )  # fmt: skip
    for _ in range(START_S * 2):
        try:
            urllib.request.urlopen(f"{url}/sign-in/", timeout=10).close()
        except OSError:
            time.sleep(0.5)
        else:
            return server, url
    server.terminate()
    raise SystemExit("The house does not answer.")


def keep(picture: bytes, path: Path) -> int:
    """Write it with a palette of its own; how many bytes it takes."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as drawn:
        small = drawn.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
    return path.stat().st_size


def take(browser: Any, url: str) -> int:
    """Every page at every size; bytes of all pictures."""
    from django.urls import NoReverseMatch, reverse

    people = {page.who: person(*page.who) for page in PAGES}
    total = 0
    for wide, high in SIZES:
        windows: dict[tuple[str, str], Any] = {}
        for page in PAGES:
            user = people[page.who]
            try:
                address = reverse(page.name, args=[page.thing(user).pk] if page.thing else []) + page.query
            except NoReverseMatch:
                print(f"  left out  {page.file}: this version has no {page.name}")
                continue
            if page.who not in windows:
                windows[page.who] = window = browser.new_page(
                    base_url=url, viewport={"width": wide, "height": high}, locale="zh-CN", timezone_id="Asia/Shanghai",
                    color_scheme="light",
                )  # fmt: skip
                window.goto("/sign-in/")
                window.click(f"button[name=staff_number][value='{user.staff_number}']")
            window = windows[page.who]
            answer = window.goto(address, wait_until="networkidle")
            if not answer.ok:
                raise SystemExit(f"{page.file}: {address} answers {answer.status}")
            while window.locator(".first-use button").count():
                window.locator(".first-use button").click()
                window.goto(address, wait_until="networkidle")
            path = OUT / f"{page.file}-{wide}x{high}.png"
            total += keep(window.screenshot(), path)
            print(f"  {path.stat().st_size / 1000:7.0f} kB  {path.relative_to(ROOT)}")
        for window in windows.values():
            window.close()
    return total


def main() -> int:
    import prepare

    for title, work in (("Database schema", prepare.migrate), ("Demonstration county", prepare.demo)):
        print(f"{title}: {work(DATABASE)}", flush=True)
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    OUT.mkdir(parents=True, exist_ok=True)
    server, url = serve()
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            total = take(browser, url)
            browser.close()
    finally:
        server.terminate()
        server.wait()
    print(f"{total / 1e6:.1f} MB")
    return 0 if total <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
