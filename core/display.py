"""How one reader wants the pages: type size, theme and language, kept in cookies so that they work signed out.

Who is signed in has the choice kept with the person as well (`registry.shell["keep_display"]`): signing in at another
desk brings it along (`restore`). So no page asks the database how it is to look.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from core import registry

FONT_COOKIE = "font"
THEME_COOKIE = "theme"
LANGUAGE = "language"  # as it is sent and kept; its cookie is Django's
YEAR_S = 365 * 24 * 3600
# the first is what holds for who never chose; "auto" follows the computer
CHOICES = {FONT_COOKIE: ("normal", "large"), THEME_COOKIE: ("auto", "light", "dark")}


@dataclass(frozen=True)
class Display:
    font: str = "normal"
    theme: str = "auto"


def display_of(request) -> Display:
    """What the cookies say; anything else than a known word is the default."""

    def word(name):
        given = request.COOKIES.get(name, "")
        return given if given in CHOICES[name] else CHOICES[name][0]

    return Display(font=word(FONT_COOKIE), theme=word(THEME_COOKIE))


def on_offer(name: str) -> tuple[str, ...]:
    """The words a choice may have."""
    return tuple(dict(settings.LANGUAGES)) if name == LANGUAGE else CHOICES.get(name, ())


def set_cookies(answer: Any, chosen: Mapping[str, str]) -> None:
    """Let this browser remember; what is not on offer (any more) is left out."""
    for name, value in chosen.items():
        if value not in on_offer(name):
            continue
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME if name == LANGUAGE else name,
            value,
            max_age=YEAR_S,
            httponly=True,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )


def restore(answer: Any, user: Any) -> None:
    """Somebody comes in: what they once chose goes with them. Who never chose sees the pages as this browser has them."""
    if kept := registry.shell.get("kept_display"):
        set_cookies(answer, kept(user))
