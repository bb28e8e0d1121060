"""How one reader wants the pages: type size, theme and language, kept in cookies so that they work signed out."""

from dataclasses import dataclass

FONT_COOKIE = "font"
THEME_COOKIE = "theme"
YEAR_S = 365 * 24 * 3600
CHOICES = {FONT_COOKIE: ("normal", "large"), THEME_COOKIE: ("light", "dark")}


@dataclass(frozen=True)
class Display:
    font: str = "normal"
    theme: str = "light"


def display_of(request) -> Display:
    """What the cookies say; anything else than a known word is the default."""

    def word(name):
        given = request.COOKIES.get(name, "")
        return given if given in CHOICES[name] else CHOICES[name][0]

    return Display(font=word(FONT_COOKIE), theme=word(THEME_COOKIE))
