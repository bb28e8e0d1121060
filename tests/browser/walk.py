"""A walk through the pages of the house in a real Chromium, over the addresses of `tests.access.doors`.

Each page is read by axe as it first comes, then turned to large type, where nothing may stick out at 1366 px, and to the
dark, where axe reads its contrasts again. Size and theme are one attribute of the page: no second load is needed for them.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.access.actors import ACTORS, ANONYMOUS
from tests.access.doors import DOORS
from tests.browser.conftest import AXE, BACKEND

RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
CONTRAST = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
OK = 200

# what every page of ours must have; each gives what is wrong, or nothing
SHAPE = """() => {
    const found = [];
    const shown = part => part.offsetParent !== null;
    if (document.querySelector(".sidebar") && location.pathname !== "/" && !document.querySelector("main nav.crumb")) {
        found.push("no breadcrumb");
    }
    document.querySelectorAll("form.confirm").forEach(form => {
        const said = Array.from(form.querySelectorAll(".pb > p")).map(part => part.textContent.trim());
        if (said.length < 2 || said.some(words => !words)) { found.push("a confirm page names no object or no effect"); }
    });
    document.querySelectorAll("form[method=post] .f").forEach(part => {
        if (shown(part) && !document.querySelector(".errsum") && part.querySelector(".err")) {
            found.push("errors without a summary");
        }
    });
    return found;
}"""
TURN = "([name, value]) => document.documentElement.setAttribute(name, value)"
STICKS_OUT = """() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) { return ""; }
    const held = part => {
        for (let each = part.parentElement; each && each !== document.body; each = each.parentElement) {
            if (getComputedStyle(each).overflowX !== "visible") { return true; }
        }
        return false;
    };
    const out = Array.from(document.querySelectorAll("body *"))
        .filter(part => part.getBoundingClientRect().right > wide + 1 && !held(part));
    return out.length ? out[0].outerHTML.slice(0, 160) : "something";
}"""


@dataclass
class Stop:
    """One address of the walk: who goes there, and which template the page is made of."""

    name: str
    actor: str
    url: str
    template: str


@dataclass
class Walk:
    """Goes to pages and writes down what is wrong with them."""

    page_as: object
    people: dict
    live_url: str
    whole: bool = True  # large type and the dark in either language; else the dark in Chinese, large type in English
    found: list = field(default_factory=list)
    pages: dict = field(default_factory=dict)

    def page(self, actor):
        """The browser window of somebody; one each."""
        if actor not in self.pages:
            self.pages[actor] = self.page_as(self.people.get(actor))
        return self.pages[actor]

    def go(self, stop, language):
        """Look at one page in one language."""
        page = self.page(stop.actor)
        name = settings.LANGUAGE_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": language, "url": self.live_url}])
        before = len(page.problems)
        page.goto(stop.url)
        at = f"{stop.name} ({stop.actor}, {language}, {stop.template})"
        self.found += [f"{at}: {what}" for what in page.evaluate(SHAPE)]
        self._axe(page, at, RULES)
        if self.whole or language == "en":  # its words are the longer ones
            self._turned(page, f"{at}, large", "data-font", "large", lambda where: self._width(page, where))
        if self.whole or language != "en":
            self._turned(page, f"{at}, dark", "data-bs-theme", "dark", lambda where: self._axe(page, where, CONTRAST))
        self.found += [f"{at}: console: {said}" for said in page.problems[before:]]

    def _turned(self, page, at, attribute, value, look):
        before = page.evaluate("name => document.documentElement.getAttribute(name)", attribute)
        page.evaluate(TURN, [attribute, value])
        look(at)
        page.evaluate(TURN, [attribute, before])

    def _width(self, page, at):
        if out := page.evaluate(STICKS_OUT):
            self.found.append(f"{at}: sticks out: {out}")

    def _axe(self, page, at, options):
        if not page.evaluate("typeof window.axe === 'object'"):
            page.evaluate(AXE.axe_script)
        for each in page.evaluate("options => axe.run(document, options)", options)["violations"]:
            nodes = "\n    ".join(node["html"][:200] for node in each["nodes"][:3])
            self.found.append(f"{at}: {each['id']}: {each['help']}\n    {nodes}")


def stops(world, people):
    """Every page somebody may read, with who reads it: files, answers of the API and redirects are none.

    people: actor → person. Asked through the test client, which says which template a page is made of.
    """
    clients = {}
    for actor, person in people.items():
        clients[actor] = Client(raise_request_exception=False)
        if person is not None:
            clients[actor].force_login(person, BACKEND)
    for name, door in DOORS.items():
        if name.startswith(("api", "v1")) or ":api" in name or (door.get is None and not door.public):
            continue
        actor = next((each for each in people if each in (door.get or ()) or (door.public and each == ANONYMOUS)), None)
        if actor is None:
            continue
        url = reverse(name, kwargs=door.kwargs(world)) + door.query
        answer = clients[actor].get(url)
        for close in answer._resource_closers:
            close()
        page = answer.status_code == OK and answer.headers.get("Content-Type", "").startswith("text/html")
        page = page and answer.content.lstrip()[:9].lower() == b"<!doctype"  # a part for htmx is no page
        if page and answer.templates:
            yield Stop(name, actor, url, answer.templates[0].name or "")


def cast(request):
    """Everybody who knocks at doors, those without an account last."""
    people = {actor: request.getfixturevalue(fixture) for actor, fixture in ACTORS.items() if fixture}
    return people | {ANONYMOUS: None}
