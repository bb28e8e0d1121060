"""What the search over everything finds among the people of the region, as the directory shows them."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from core.finding import Wanted
from core.offers import SearchRow, SearchSource
from departments import rules
from departments.models import Post, User


def people(user: User, wanted: Wanted, limit: int) -> Iterable[SearchRow]:
    """People in their posts by name, initials, staff number or department, with the department's hotline."""
    if not rules.can_view_directory(user):
        return []
    said = wanted.on("user__name", "user__pinyin", "user__staff_number", "department__name", "department__short_name")
    found = Post.objects.visible_to(user).current().filter(said, user__is_active=True, department__active=True)
    place = wanted.rank(name="user__name")
    shown = found.annotate(place=place).order_by("place", "department", "pk").select_related("user", "department")
    pages, directory = rules.can_list_people(user), reverse("departments:directory")
    return [
        SearchRow(
            reverse("departments:person", args=[post.user_id]) if pages else f"{directory}#d{post.department_id}",
            post.user.name, "", " · ".join(filter(None, [str(post), post.section, post.department.hotline])),
        )
        for post in shown[:limit]
    ]  # fmt: skip


def _list(user: User, text: str) -> str:
    return f"{reverse('departments:people')}?{urlencode({'q': text})}" if rules.can_list_people(user) else ""


SOURCES = (SearchSource("people", 90, pgettext_lazy("search", "People"), people, _list),)
