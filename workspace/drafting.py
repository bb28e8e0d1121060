"""For the edges: which form keeps drafts, at which address, and putting a draft back into its form."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import forms
from django.http import Http404, QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from core.offers import DraftForm
from core.registry import draft_forms
from workspace.models import Draft

TAKE = "take"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "form_key", "seen", "draft", "draft_url", "draft_known"})
_TITLES = ("title", "subject_line", "new_name", "name", "subject")
LONGEST = 300


@dataclass(frozen=True)
class Place:
    """Where a form stands: the name of its address, the address itself, and what it is about."""

    code: str
    form: DraftForm
    url: str
    target_id: int | None = None
    case_id: int | None = None


def address(form: DraftForm, path: str, query: Any) -> str:
    """The one address of a form: its path and those parts of the query it goes by."""
    kept = [(name, query[name]) for name in form.query if query.get(name)]
    return f"{path}?{urlencode(kept)}" if kept else path


def taking(url: str) -> str:
    """The address at which the form opens with the draft in it."""
    return f"{url}{'&' if '?' in url else '?'}draft={TAKE}"


def place_of(url: str, user: Any) -> Place:
    """The form at an address a browser sent, whose thing the person may see.

    :raises Http404: no address of this house, no form that keeps drafts, or a thing that is not open to this person
    """
    if len(url) > LONGEST or not url_has_allowed_host_and_scheme(url, None):
        raise Http404
    parts = urlsplit(url)
    try:
        match = resolve(parts.path)
    except Resolver404:
        raise Http404 from None
    form = draft_forms.get(match.view_name)
    if form is None:
        raise Http404
    canonical = address(form, parts.path, QueryDict(parts.query))
    if form.things is None:
        return Place(match.view_name, form, canonical)
    thing = form.things(user).filter(pk=match.kwargs[form.kwarg]).first()
    if thing is None:
        raise Http404
    return Place(match.view_name, form, canonical, thing.pk, form.case(thing))


def values_of(data: QueryDict, form: DraftForm) -> dict[str, list[str]]:
    """What is kept of a form as it was sent: never its keys, a password or what the form keeps out."""
    return {
        name: values
        for name, values in data.lists()
        if name not in NOT_KEPT and name not in form.never and "password" not in name.lower()
    }


def title_of(values: dict[str, list[str]]) -> str:
    """What the person calls it so far, if anything."""
    found = (values[name][0].strip() for name in _TITLES if values.get(name))
    return next((words for words in found if words and not words.isdecimal()), "")


def take_up(form: forms.BaseForm, values: dict[str, list[str]]) -> None:
    """Let an unbound form open with a draft's values; fields the draft does not know keep theirs."""
    data = QueryDict(mutable=True)
    for name, kept in values.items():
        data.setlist(name, kept if isinstance(kept, list) else [kept])
    for name, field in form.fields.items():
        key = form.add_prefix(name)
        if name in NOT_KEPT or isinstance(field, forms.FileField):
            continue
        if not field.widget.value_omitted_from_data(data, {}, key):
            form.initial[name] = field.widget.value_from_datadict(data, {}, key)


def known_version(request: Any) -> int | None:
    """The version of the draft the page says it goes on from."""
    sent = request.POST.get("draft_known", "")
    return int(sent) if sent.isdecimal() and sent.isascii() and len(sent) < 10 else None


@dataclass(frozen=True)
class Standing:
    """What a page says of its form's draft. offered: one that this page has not taken up."""

    code: str
    url: str
    draft: Draft | None
    known: int | None

    @property
    def offered(self) -> bool:
        return self.draft is not None and self.draft.version != self.known

    @property
    def take_url(self) -> str:
        return taking(self.url)


def standing(request: Any, form: forms.BaseForm | None = None) -> Standing | None:
    """The draft of the page's form, put into `form` where the address asks for it; None where none is kept.

    One query on pages that keep drafts.
    """
    code = request.resolver_match.view_name if request.resolver_match else ""
    spec = draft_forms.get(code)
    if spec is None or not request.user.is_authenticated:
        return None
    url = address(spec, request.path, request.GET)
    draft = Draft.objects.visible_to(request.user).filter(url=url).first()
    if request.method == "POST":
        return Standing(code, url, draft, known_version(request))
    if draft is None or request.GET.get("draft") != TAKE:
        return Standing(code, url, draft, None)
    if form is not None:
        take_up(form, draft.values)
    return Standing(code, url, draft, draft.version)


def seen_by(user: Any, drafts: Iterable[Draft]) -> list[Draft]:
    """Those of a person's drafts whose form still exists and whose thing they still see; one query a kind of form."""
    drafts = list(drafts)
    wanted: dict[str, set[int | None]] = defaultdict(set)
    for draft in drafts:
        wanted[draft.form].add(draft.target_id)
    seen: dict[str, set[int | None]] = {}
    for code, ids in wanted.items():
        form = draft_forms.get(code)
        if form is None:
            seen[code] = set()
        elif form.things is None:
            seen[code] = ids
        else:
            seen[code] = set(form.things(user).filter(pk__in=ids - {None}).values_list("pk", flat=True))
    return [draft for draft in drafts if draft.target_id in seen[draft.form]]
