"""Pages of clocks: why this date, the working calendar, the rules."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import registry
from core.refusals import Refused
from deadlines import forms, rules
from deadlines.actions.calendar import FIRST_YEAR, LAST_YEAR, set_year
from deadlines.actions.clock_rules import change_rule
from deadlines.actions.clocks import explain_lateness, extend_clock, reassign_clock
from deadlines.calendar import Calendar
from deadlines.explain import explain, limit_words, without_words
from deadlines.grid import months_of
from deadlines.lamps import lamp_of
from deadlines.models import CalendarDay, CalendarYear, ClockRule, Deadline
from deadlines.panels import meta, today
from deadlines.versions import in_force, next_version, versions_or_404
from departments.models import User
from journal.models import Event
from journal.render import timeline


def _deadline(request, pk):
    """The clock, for those who may see it (404 otherwise)."""
    return get_object_or_404(
        Deadline.objects.visible_to(request.user)
        .select_related("rule", "department__region", "to_department", "person")
        .prefetch_related("changes", "firings"),
        pk=pk,
    )


def _target(user, kind_code, pk):
    """(title, address) of what a clock hangs on, where the person may see it; else None."""
    kind = registry.kinds.get(kind_code)
    thing = kind.visible(user).filter(pk=pk).first() if kind is not None and pk is not None else None
    return (kind.title(thing), kind.url(thing)) if thing is not None else None


@require_safe
@login_required
def detail(request, pk):
    """Why this date: every day, every stage, every change."""
    deadline = _deadline(request, pk)
    on, clock = today(), Calendar.current()
    people = User.objects.visible_to(request.user).filter(
        pk__in={each.by_id for each in deadline.changes.all()}
    )
    names = {person.pk: person.name for person in people}
    events = Event.objects.visible_to(request.user).filter(target_kind="deadline", target_id=deadline.pk)
    words = rules.reads_words(request.user, deadline)
    if deadline.case_id is None or not words:
        events = events.none()
    if not words:
        without_words(deadline)
    case = _target(request.user, "case", deadline.case_id)
    context = {
        "deadline": deadline,
        "title": deadline.label,
        "crumbs": [*([case] if case else []), (deadline.label, "")],
        "lamp": lamp_of(deadline, on, clock),
        "explanation": explain(deadline, on, calendar=clock),
        "meta": meta(deadline),
        "limit": limit_words(deadline.amount, deadline.unit),
        "case": case,
        "target": _target(request.user, deadline.target_kind, deadline.target_id),
        "changes": [(change, names.get(change.by_id, "")) for change in deadline.changes.all()],
        "firings": deadline.firings.all(),
        "days": timeline(events, request.user),
        "may_extend": rules.can_extend(request.user, deadline),
        "may_explain": rules.can_explain_lateness(request.user, deadline),
        "may_reassign": rules.can_reassign(request.user, deadline),
    }
    return render(request, "deadlines/detail.html", context)


def _form_page(request, form, deadline, *, title, label, lead=""):
    return render(
        request,
        "deadlines/form.html",
        {
            "form": form,
            "title": title,
            "lead": lead,
            "label": label,
            "back_url": reverse("deadlines:detail", args=[deadline.pk]),
            "crumbs": [(deadline.label, reverse("deadlines:detail", args=[deadline.pk])), (title, "")],
        },
    )


@login_required
def extend(request, pk):
    """A plain extension of a clock of one's own department."""
    deadline = _deadline(request, pk)
    if not rules.can_extend(request.user, deadline):
        raise PermissionDenied
    form = forms.ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            extend_clock(deadline=deadline, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(
                request, _("Extended to %s. The old date stays on the record.") % deadline.due_on
            )
            return redirect("deadlines:detail", pk=pk)
    lead = _("Now due %s") % deadline.due_on.isoformat()
    return _form_page(request, form, deadline, title=_("Extend"), label=_("Extend"), lead=lead)


@login_required
def reason(request, pk):
    """Say why something was late."""
    deadline = _deadline(request, pk)
    if not rules.can_explain_lateness(request.user, deadline):
        raise PermissionDenied
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            explain_lateness(deadline=deadline, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The reason is on the record."))
            return redirect("deadlines:detail", pk=pk)
    return _form_page(request, form, deadline, title=_("Why it was late"), label=_("Save"))


@login_required
def reassign(request, pk):
    """Hand a clock to another person of the department."""
    deadline = _deadline(request, pk)
    if not rules.can_reassign(request.user, deadline):
        raise PermissionDenied
    form = forms.ReassignForm(
        request.POST or None, department=deadline.department, on=today(), initial={"person": deadline.person}
    )
    if request.method == "POST" and form.is_valid():
        try:
            reassign_clock(deadline=deadline, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Handed over."))
            return redirect("deadlines:detail", pk=pk)
    return _form_page(request, form, deadline, title=_("Hand over"), label=_("Hand over"))


# -- the working calendar ------------------------------------------------------------------------------------
def _dictionary(request, year=None):
    """Calendar and rules are for everybody acting in a post; years out of range do not exist."""
    if not rules.can_see_dictionaries(request.user):
        raise PermissionDenied
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404


@require_safe
@login_required
def calendar(request, year=None):
    """A year at a glance: days off, make-up workdays, and whether it is published."""
    _dictionary(request, year)
    on, clock = today(), Calendar.current()
    year = year or on.year
    known = CalendarYear.objects.filter(year=year).first()  # door: a dictionary, open to every post
    context = {
        "title": _("Working calendar"),
        "year": year,
        "known": known if known is not None and known.published else None,
        "months": months_of(year, clock, on),
        "special": CalendarDay.objects.filter(date__year=year),  # door: a dictionary, open to every post
        "working_days": sum(month.working for month in months_of(year, clock, on)),
        "next_missing": on.year + (on.year in clock.published) if clock.next_year_missing(on) else None,
        "may_edit": rules.can_edit_calendar(request.user),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "crumbs": [(_("Working calendar"), "")],
    }
    return render(request, "deadlines/calendar.html", context)


def _of_year(year):
    """What the form of a year shows."""
    known = CalendarYear.objects.filter(year=year).first()  # door: a dictionary, open to every post
    days = CalendarDay.objects.filter(date__year=year)  # door: a dictionary, open to every post
    return {
        "notice_number": known.notice_number if known else "",
        "days": forms.day_lines(days),
        "expected_version": known.version if known else 0,
    }


@login_required
def calendar_edit(request, year):
    """Enter a year as its notice gives it."""
    _dictionary(request, year)
    if not rules.can_edit_calendar(request.user):
        raise PermissionDenied
    form = forms.CalendarForm(request.POST or None, now=lambda: _of_year(year))
    back = reverse("deadlines:calendar_year", args=[year])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            set_year(
                year=year,
                notice_number=given["notice_number"],
                days=given["days"],
                version=given["expected_version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(
                request, _("The calendar of %s is saved; open clocks were counted again.") % year
            )
            return redirect(back)
    context = {
        "form": form,
        "title": _("Calendar of %s") % year,
        "lead": _("As the notice of the State Council's office gives it"),
        "label": _("Save and recount"),
        "back_url": back,
        "crumbs": [(_("Working calendar"), back), (str(year), "")],
    }
    return render(request, "deadlines/form.html", context)


# -- clock rules ---------------------------------------------------------------------------------------------
@require_safe
@login_required
def rules_list(request):
    """Every limit with its unit, lamp, escalation and basis."""
    _dictionary(request)
    found = ClockRule.objects.order_by("code", "-effective_from")  # door: a dictionary, open to every post
    rows = [
        {"rule": rule, "limit": limit_words(rule.amount, rule.unit), "coming": coming}
        for rule, coming in sorted(in_force(found, today()), key=lambda pair: pair[0].pk)
    ]
    context = {
        "title": _("Clock rules"),
        "rows": rows,
        "may_edit": rules.can_edit_rules(request.user),
        "crumbs": [(_("Clock rules"), "")],
    }
    return render(request, "deadlines/rules.html", context)


@require_safe
@login_required
def rule_versions(request, code):
    """One rule and all its versions."""
    _dictionary(request)
    versions = versions_or_404(code)
    context = {
        "title": versions[0].label,
        "rule": versions[0],
        "versions": [(rule, limit_words(rule.amount, rule.unit)) for rule in versions],
        "may_edit": rules.can_edit_rules(request.user),
        "crumbs": [(_("Clock rules"), reverse("deadlines:rules")), (versions[0].label, "")],
    }
    return render(request, "deadlines/rule.html", context)


def _of_rule(code):
    """What the form of a rule's next version shows."""
    rule = versions_or_404(code)[0]
    return {**next_version(rule, today()), "expected_version": rule.version}


@login_required
def rule_edit(request, code):
    """A new version of a rule, from a day that has not passed."""
    _dictionary(request)
    rule = versions_or_404(code)[0]
    if not rules.can_edit_rules(request.user):
        raise PermissionDenied
    form = forms.RuleForm(request.POST or None, now=lambda: _of_rule(code))
    back = reverse("deadlines:rule", args=[code])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        version = given.pop("expected_version")
        try:
            new = change_rule(rule=rule, version=version, by=request.user, at=timezone.now(), **given)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The new version holds from %s.") % new.effective_from.isoformat())
            return redirect(back)
    context = {
        "form": form,
        "title": _("Change: %s") % rule.label,
        "lead": _("Saved as a new version; the old one stays on the record"),
        "label": _("Save new version"),
        "back_url": back,
        "crumbs": [(_("Clock rules"), reverse("deadlines:rules")), (rule.label, back), (_("Change"), "")],
    }
    return render(request, "deadlines/form.html", context)
