"""What every page shows around its own content: names, navigation, counts, today."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import registry, wording
from core.display import display_of
from core.kept import kept
from core.tally import tally

GROUPS = (
    ("mine", _("My work")),
    ("cases", _("Case cooperation")),
    ("steering", _("Coordination")),
    ("files", _("Files and settings")),
)
UNREAD_SHOWN = 99
# what an address says beside filters: which list, how it is shown, which page of it
NO_FILTERS = {"tab", "box", "view", "part", "sort", "order", "dir", "after", "before", "page", "year", "open", "only"}
# keys that lead to a line of the navigation, where one has it
LEAPS = (("gt", ("G", "T"), "desk:todo"), ("gl", ("G", "L"), "cases:list"))
FIRST_USE = "first_use"  # session: names of the pages whose first-use help this person has not put away; set at sign-in
SEARCH_PAGES = ("desk:search", "cases:registry", "cases:list")  # the first that exists takes `?q=`


def _address(name: str) -> str:
    """The address of a page that may not be part of this installation; empty where it is not."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def numbers_key(user) -> str:
    """Under which the numbers of a person, acting in one of their posts, are kept."""
    post = getattr(user, "post", None)
    return f"numbers:{user.pk}:{post.pk if post else 0}"


class Shell:
    """The frame of a page. Nothing is asked of the database before a template reads it."""

    def __init__(self, request):
        self._request = request
        display = display_of(request)
        self.font, self.theme = display.font, display.theme

    @cached_property
    def user(self):
        """The person signed in, or None."""
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def behalf(self):
        """The delegation under which this person acts for a colleague, or None."""
        return getattr(self._request, "behalf", None)

    @property
    def here(self) -> str:
        """The page to come back to: this one, unless it was sent by a form."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"

    @property
    def brand(self) -> str:
        return gettext("Joint desk")

    @cached_property
    def region(self):
        if self.user is not None:
            return self.user.region
        home = registry.shell.get("home_region")
        return home() if home else None

    @cached_property
    def county(self) -> str:
        if self.region is None:
            return ""
        return gettext("Medical insurance fund supervision, %(region)s") % {"region": self.region}

    @cached_property
    def title(self) -> str:
        """The end of every page's title."""
        if self.region is None:
            return gettext("Joint desk for medical insurance fund supervision")
        return gettext("Joint desk for medical insurance fund supervision, %(region)s") % {
            "region": self.region
        }

    @cached_property
    def post_label(self) -> str:
        post = self.user.post if self.user else None
        if post is None:
            return gettext("No post")
        return f"{post.department} · {post.section or post.get_role_display()}"

    @cached_property
    def other_posts(self) -> list:
        posts = registry.shell.get("posts")
        return list(posts(self.user)) if posts and self.user and self.switch_url else []

    @cached_property
    def _entries(self) -> list[tuple]:
        """The lines of the navigation this person has, with their addresses."""
        return [
            (entry, reverse(entry.url_name))
            for entry in sorted(registry.nav, key=lambda entry: entry.order)
            if entry.allowed(self.user)
        ]

    @cached_property
    def _numbers(self) -> dict[str, int | None]:
        """Unread notices and the count of every line, by its address: some seconds old, unless oneself did a step."""
        return kept(numbers_key(self.user), settings.NUMBERS_SECONDS, self._counted)

    def _counted(self) -> dict[str, int | None]:
        """One statement; writing down what it asks costs more than all else on a page."""
        unread = registry.shell.get("unread")
        wanted = {"": unread(self.user) if unread else None} | {
            url: entry.count(self.user) if entry.count else None for entry, url in self._entries
        }
        return dict(zip(wanted, tally(wanted.values()), strict=True))

    @property
    def unread(self) -> int:
        return (self._numbers[""] or 0) if self.user else 0

    @property
    def unread_shown(self) -> str:
        return str(self.unread) if self.unread <= UNREAD_SHOWN else f"{UNREAD_SHOWN}+"

    @cached_property
    def today(self):
        return wording.today()

    @cached_property
    def today_words(self) -> str:
        said = registry.shell.get("day_words")
        return str(said(self.today)) if said else ""

    @cached_property
    def search_url(self) -> str:
        if self.user is None:
            return ""
        return next(filter(None, map(_address, SEARCH_PAGES)), "")

    @property
    def switch_url(self) -> str:
        return _address("departments:switch_post")

    @property
    def password_url(self) -> str:
        return _address("departments:password")

    @property
    def security_url(self) -> str:
        return _address("departments:security")

    @property
    def demo(self) -> bool:
        """Whether this is the demonstration, which every page says."""
        return settings.DEMO

    @property
    def sign_out_url(self) -> str:
        return _address("departments:sign_out")

    @cached_property
    def trail(self) -> list[tuple[str, str]]:
        """The line of the navigation this page stands under, and its address unless it is the page itself."""
        on = [item for group in self.nav for item in group["items"] if item["on"]]
        return [(item["label"], "" if item["url"] == self._request.path else item["url"]) for item in on]

    @property
    def widened(self) -> str:
        """The address of this list without its filters; empty where none is set."""
        asked = self._request.GET
        if not any(asked[name].strip() for name in asked if name not in NO_FILTERS):
            return ""
        kept = asked.copy()
        for name in asked:
            if name not in ("tab", "box", "view"):
                del kept[name]
        return f"{self._request.path}?{kept.urlencode()}" if kept else self._request.path

    @cached_property
    def leaps(self) -> list[tuple[str, tuple[str, ...], object, str]]:
        """Keys that lead to another page: (code in keys.js, keys as they are shown, words, address)."""
        if self.user is None:
            return []
        found: list[tuple[str, tuple[str, ...], object, str]] = [
            (code, keys, entry.label, url)
            for code, keys, name in LEAPS
            for entry, url in self._entries
            if entry.url_name == name
        ]
        begun = [each for each in registry.workbench_actions if each.allowed(self.user)]
        if begun:
            last = max(begun, key=lambda each: each.order)
            found.append(("n", ("N",), last.label, reverse(last.url_name)))
        return found

    @cached_property
    def first_use(self) -> tuple[str, object] | None:
        """What to know about this page when one first comes to it: (its name, sentence); None once it was put away."""
        match = getattr(self._request, "resolver_match", None)
        name = match.view_name if match else ""
        session = getattr(self._request, "session", {})
        unread = session.get(FIRST_USE, ()) if self.user is not None else ()
        return (name, registry.first_use[name]) if name in registry.first_use and name in unread else None

    @cached_property
    def nav(self) -> list[dict]:
        """The side navigation of this person: groups with their lines, the current one marked."""
        if self.user is None:
            return []
        path = self._request.path
        places = [(url, place) for entry, url in self._entries for place in (url, *map(reverse, entry.also))]
        within = [(len(place), url) for url, place in places if _within(path, place)]
        on = max(within)[1] if within else None
        groups = []
        for code, label in GROUPS:
            items = [
                {
                    "label": entry.label,
                    "url": url,
                    "icon": entry.icon,
                    "count": self._numbers.get(url),
                    "hot": entry.hot,
                    "on": url == on,
                }
                for entry, url in self._entries
                if entry.group == code
            ]
            if items:
                groups.append({"code": code, "label": label, "items": items})
        return groups


def _within(path: str, url: str) -> bool:
    """Whether the page at `path` lies under the line at `url`; the root is only itself."""
    return path == url or (url != "/" and path.startswith(url))


def shell(request) -> dict:
    """Context processor: `shell` in every template."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}
