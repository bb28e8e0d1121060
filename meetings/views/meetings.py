"""The calendar of meetings, one meeting with its tabs, and its files."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.forms import new_form_key
from core.wording import today
from documents.downloads import attachment, file_name
from documents.preview import draft_pdf
from meetings import contexts, ics, letters, reading, rules
from meetings.actions.on_paper import untold
from meetings.actions.quarter import open_ad_hoc
from meetings.enums import ItemStatus, MeetingKind, MeetingStatus, ResolutionStatus
from meetings.forms import AdHocForm
from meetings.models import AgendaItem, Attendance, Meeting, Resolution
from meetings.quarters import quarter_of
from meetings.quorum import quorum_of
from meetings.reading_people import guests
from meetings.views import minutes as minutes_views
from workspace.once import submit

YEARS = range(2000, 2101)
TABS = ("agenda", "people", "resolutions", "minutes", "history")


def _year(request) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today().year
    return year if year in YEARS else today().year


@require_GET
@login_required
def meeting_list(request):
    """The calendar of meetings: a year's four quarters with their lamps, and what was held beside them."""
    user = request.user
    if not rules.can_list(user):
        raise PermissionDenied
    year = _year(request)
    rows = list(Meeting.objects.visible_to(user).for_list().filter(year=year).order_by("quarter", "pk"))
    lamps = reading.lamps(rows)
    held = {meeting.quarter: meeting for meeting in rows if meeting.kind == MeetingKind.QUARTERLY}
    quarters = [
        {
            "number": n, "meeting": held.get(n), "lamp": lamps.get(held[n].pk) if n in held else None,
            "now": (year, n) == quarter_of(today()), "ahead": (year, n) > quarter_of(today()),
        }
        for n in (1, 2, 3, 4)
    ]  # fmt: skip
    context = {
        "title": _("Joint meetings"), "crumbs": [(_("Joint meetings"), "")], "year": year, "quarters": quarters,
        "rows": [(meeting, lamps.get(meeting.pk)) for meeting in rows],
        "may_open": rules.can_open(user), "may_rule": rules.can_keep_rule(user),
        "before": year - 1, "after": year + 1 if year < today().year else None,
    }  # fmt: skip
    return render(request, "meetings/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request):
    """An ad-hoc meeting, with its reason."""
    if not rules.can_open(request.user):
        raise PermissionDenied
    form = AdHocForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def work(at: dt.datetime) -> str:
            meeting = open_ad_hoc(
                office=request.user.department, occasion=form.cleaned_data["occasion"],
                urgent=form.cleaned_data["urgent"], by=request.user, at=at,
            )  # fmt: skip
            return meeting.get_absolute_url()

        answer = submit(
            request, form, work, verb="meeting.called_ad_hoc", done=_("Opened: put its topics on the agenda.")
        )
        if answer is not None:
            return answer
    title = _("Open an ad-hoc meeting")
    context = {
        "form": form, "title": title, "label": _("Open"), "back_url": reverse("meetings:list"),
        "crumbs": [(_("Joint meetings"), reverse("meetings:list")), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


def _load(request, pk) -> Meeting:
    found = Meeting.objects.visible_to(request.user).select_related("office", "region", "notice", "topics_letter")
    return get_object_or_404(found, pk=pk)


@require_GET
@login_required
def detail(request, pk):
    """One meeting: where it stands, what this person may do, and a tab of it."""
    user, meeting = request.user, _load(request, pk)
    tab = request.GET.get("tab", "agenda")
    tab = tab if tab in TABS else "agenda"
    items = AgendaItem.objects.visible_to(user).filter(meeting=meeting)
    people = list(
        Attendance.objects.visible_to(user).filter(meeting=meeting).select_related("department", "meeting__office")
        .order_by("-member", "pk")
    )  # fmt: skip
    own = next((row for row in people if row.department_id == user.department.pk), None)
    tasks = (
        Resolution.objects.visible_to(user).filter(meeting=meeting).exclude(status=ResolutionStatus.DROPPED)
    )
    text, why = reading.waiting_for(meeting, items.undecided().count())
    offers = [reading.Offer(label, url, danger) for label, url, danger in minutes_views.offers(user, meeting)]
    offers += reading.meeting_offers(user, meeting, own)
    step = {"text": text, "why": why, "lamp": "y"} if text else None
    if step and offers and not offers[0].danger and not offers[0].post:
        step |= {"url": offers[0].url, "label": offers[0].label}
    context = {
        "meeting": meeting, "tab": tab, "step": step, "own": own, "clocks": reading.clocks(meeting),
        "offers": offers[1:] if step and "url" in step else offers, "people": people, "quorum": quorum_of(meeting),
        "may_none": own is not None and own.topics_answered_at is None and rules.can_propose(user, meeting),
        "key": new_form_key(), "untold": untold(meeting) if meeting.status == MeetingStatus.SKIPPED else [],
    }  # fmt: skip
    listed = items.filter(status=ItemStatus.LISTED).select_related("department", "meeting__office")
    counts = {"agenda": listed.count(), "people": len(people), "resolutions": tasks.count()}
    words = {
        "agenda": _("Agenda"), "people": _("Attendance"), "resolutions": _("Resolutions"), "minutes": _("Minutes"),
        "history": _("History"),
    }  # fmt: skip
    context["tabs"] = [(code, words[code], counts.get(code)) for code in TABS]
    if tab == "agenda":
        merged = Prefetch("merged", AgendaItem.objects.visible_to(user).order_by("position", "pk"))
        rows = reading.agenda(list(listed.prefetch_related(merged)), user)
        places = list(meeting.items.listed().values_list("pk", flat=True))
        for row in rows:
            row.offers = reading.item_offers(user, row.item)[:3]
            row.moves = reading.move_offers(user, row.item)
            row.merged = list(row.item.merged.all())
            row.number = places.index(row.item.pk) + 1  # as on paper, whatever of it is closed to the reader
        others = items.exclude(status__in=(ItemStatus.LISTED, ItemStatus.MERGED))
        context |= {
            "rows": rows,
            "others": reading.agenda(list(others.select_related("department", "meeting__office")), user),
        }  # fmt: skip
    elif tab == "people":
        context["people"] = guests(people, user)
    elif tab == "resolutions":
        context["tasks"] = list(tasks.for_list().select_related("item").order_by("number"))
    elif tab == "minutes":
        context |= minutes_views.tab(user, meeting)
    elif tab == "history":
        context["days"] = reading.history(meeting, user)
    return render(request, "meetings/meeting.html", context)


@require_GET
@login_required
def calendar_file(request, pk):
    """The meeting for the reader's own calendar, once it was called."""
    meeting = _load(request, pk)
    if meeting.notice is None:
        raise Http404
    return attachment(
        ics.calendar_file(meeting), name=file_name(meeting.title, suffix=".ics"), content_type=ics.TYPE
    )


@require_GET
@login_required
def sheet(request, pk):
    """The sign-in sheet, to print."""
    meeting = _load(request, pk)
    if meeting.starts_at is None:
        raise Http404
    return draft_pdf(letters.sign_in_sheet(contexts.of_sheet(meeting, at=timezone.now())))


@require_GET
@login_required
def booklet(request, pk):
    """会议材料: the agenda with the list of its material, to print and lay on top of it."""
    meeting = _load(request, pk)
    return draft_pdf(letters.booklet(contexts.of_booklet(meeting, at=timezone.now())))
