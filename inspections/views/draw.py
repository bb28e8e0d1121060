"""Draws: the list, one of them with its check, its record, and the steps from commitment to end."""

import json

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from core.gathering import Gathering
from core.tally import tally
from documents.downloads import attachment, file_name
from documents.preview import draft_pdf
from inspections import draw_reading as reading
from inspections import draw_rules as rules
from inspections.actions import draw as actions
from inspections.actions.draw_ends import ask_leave_out
from inspections.actions.pools_reading import record_taken
from inspections.draw_check import agrees
from inspections.draw_enums import DrawStatus
from inspections.draw_numbers import PROPOSED, proposed_from
from inspections.draw_paper import result_list
from inspections.draw_record import published
from inspections.forms_draw import AnnulForm, AnswerForm, CommitForm, LeaveOutForm, NumberForm
from inspections.models import Annulment, Draw, DrawnTarget, Inspection, Partner, Pool
from inspections.views.draw_steps import DrawStep, KeptStep

PAGE = 50


def _skip(request, name):
    """How many rows the pager of this name has gone past."""
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 7 else 0


def _pager(request, name, size):
    """The pager of one of the tables of a page, which leaves the other where it is."""
    skip = _skip(request, name)

    def query(to):
        asked = request.GET.copy()
        asked[name] = str(max(0, to))
        return asked.urlencode()

    return {
        "has_previous": skip > 0, "has_next": size > skip + PAGE, "first_query": query(0), "no_keys": True,
        "previous_query": query(skip - PAGE), "next_query": query(skip + PAGE),
    }  # fmt: skip


@require_GET
@login_required
def draw_list(request):
    """Every draw of the inspections one sees, those given up and annulled counted beside the others."""
    user = request.user
    if not rules.can_list(user):
        raise PermissionDenied
    seen = Draw.objects.visible_to(user)
    found = {"all": seen, **{state.value: seen.filter(status=state) for state in DrawStatus}}
    tab = request.GET.get("tab", "all")
    tab = tab if tab in found else "all"
    skip = _skip(request, "after")
    page = list(found[tab].for_list().order_by("-pk")[skip : skip + PAGE + 1])
    words = {"all": pgettext("draws", "All"), **dict(DrawStatus.choices)}
    title = _("Random draws")
    context = {
        "title": title, "crumbs": [(title, "")], "tab": tab,
        "tabs": [(code, words[code], n) for code, n in zip(found, tally(found.values()), strict=True)],
        "rows": reading.rows(page[:PAGE], timezone.now()),
        "page": {
            "has_previous": skip > 0, "has_next": len(page) > PAGE, "first_query": f"tab={tab}",
            "previous_query": f"tab={tab}&after={max(0, skip - PAGE)}", "next_query": f"tab={tab}&after={skip + PAGE}",
        },
    }  # fmt: skip
    return render(request, "inspections/draws.html", context)


def _load(request, pk):
    found = Draw.objects.visible_to(request.user).select_related(
        "inspection__lead", "region", "committed_by", "committed_for", "drawn_by", "drawn_for", "ended_by"
    )
    return get_object_or_404(found, pk=pk)


@require_GET
@login_required
def detail(request, pk):
    """One draw: what was committed to, what came out, and the check (`draw_reading.checked`)."""
    user, draw = request.user, _load(request, pk)
    gathering, people = Gathering(), ("asked_by", "asked_for", "answered_by", "answered_for", "target__subject")
    gathering.hang(draw.inspection, "partners", Partner.objects.all())  # door: of the inspection of this draw
    annulments = gathering.hang(draw, "annulments", Annulment.objects.select_related(*people))  # door: of this draw
    others = Draw.objects.visible_to(user).filter(inspection=draw.inspection).exclude(pk=draw.pk)
    gathering.rows(others := others.for_list().order_by("attempt"))
    going = gathering.rows(reading.going_asked(draw))
    gathering.ask()
    checks = reading.checked(published(draw))
    listed, skip = reading.listed(draw), _skip(request, "list")
    offers = reading.offers(user, draw)
    step = reading.next_step(draw, offers, timezone.now())
    context = {
        "draw": draw, "title": draw.number, "checks": checks, "sound": agrees(checks), "step": step,
        "offers": offers[1:] if step and "url" in step else offers, "listed": listed,
        "list_page": _pager(request, "list", len(listed["targets"])), "list_rows": listed["targets"][skip : skip + PAGE],
        "targets": reading.targets(draw, skip=_skip(request, "out"), most=PAGE, known=going),
        "out_page": _pager(request, "out", draw.drawn_targets.count()),
        "others": others,
        "ended_before": reading.ended_before(draw),
        "annulments": annulments,
        "crumbs": [
            (_("Random draws"), reverse("inspections:draws")), (draw.number, ""),
        ],
    }  # fmt: skip
    return render(request, "inspections/draw.html", context)


@require_GET
@login_required
def record(request, pk):
    """The published record as JSON, to be worked out again by anyone (docs/draw.md)."""
    draw = _load(request, pk)
    record_taken(draw=draw, by=request.user, at=timezone.now())
    text = json.dumps(published(draw), ensure_ascii=False, indent=1)
    name = file_name(draw.number, suffix=".json")
    return attachment(text.encode(), name=name, content_type="application/json; charset=utf-8")


@require_GET
@login_required
def paper(request, pk) -> HttpResponse:
    """The result to print and to post."""
    draw = _load(request, pk)
    if draw.drawn_at is None:
        raise Http404
    record_taken(draw=draw, by=request.user, at=timezone.now())
    return draft_pdf(result_list(draw))


class Commit(KeptStep):
    """Freeze the pools of the lead department for one inspection."""

    model, verb, form_class = Inspection, "draw.committed", CommitForm
    rule = rules.can_commit
    template = "inspections/commit.html"
    title = label = gettext_lazy("Commit to a draw")
    done = gettext_lazy("Committed. Another department draws once the number is published.")

    def pools(self):
        pools = (
            Pool.objects.visible_to(self.request.user)
            .in_use()
            .filter(department=self.request.user.department)
        )
        count = Count("targets", distinct=True) + Count("officers", distinct=True)
        return pools.annotate(rows=count).order_by("kind", "name")

    def keywords(self, thing):
        return {"pools": self.pools()}

    def initial(self, thing):
        pairs = self.pools().values_list("pk", "version")
        return {
            "public_what": PROPOSED, "public_from": proposed_from(timezone.now()),
            "versions": " ".join(f"{pk}:{version}" for pk, version in pairs),
        }  # fmt: skip

    def found(self):
        return Inspection.objects.visible_to(self.request.user).select_related("lead", "region")

    def act(self, thing, form, at):
        names = (
            "target_pool", "targets_wanted", "officer_pool", "officers_wanted", "public_what", "public_from", "declared",
        )  # fmt: skip
        given = {name: form.cleaned_data[name] for name in names}
        return actions.commit_draw(
            inspection=thing, target_version=form.seen_version("target_pool"),
            officer_version=form.seen_version("officer_pool"), by=self.request.user, at=at, **given,
        )  # fmt: skip

    def after(self, thing, result):
        return result.get_absolute_url()


class MakeDraw(DrawStep):
    rule, verb, form_class = rules.can_draw, "draw.drawn", NumberForm
    template = "inspections/make_draw.html"
    title = label = gettext_lazy("Draw")
    done = gettext_lazy("Drawn. What came out stands below.")

    def act(self, thing, form, at):
        number = form.cleaned_data["public_number"]
        actions.make_draw(draw=thing, public_number=number, by=self.request.user, at=at)


class Annul(DrawStep):
    rule, verb, form_class = rules.can_ask_annulment, "draw.annulment_asked", AnnulForm
    title = label = gettext_lazy("Ask to annul")
    done = gettext_lazy("Asked: somebody of another department answers.")
    danger = True

    def act(self, thing, form, at):
        actions.ask_annulment(draw=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class LeaveOut(DrawStep):
    rule, verb, form_class = rules.can_ask_leave_out, "draw.leave_out_asked", LeaveOutForm
    title = label = gettext_lazy("Ask to leave a target out")
    done = gettext_lazy("Asked: somebody of another department answers.")
    danger = True

    def keywords(self, thing):
        visited = thing.inspection.visits.standing().values("target")
        there = thing.inspection.targets.staying().exclude(pk__in=visited).values("subject")
        found = DrawnTarget.objects.visible_to(self.request.user).filter(draw=thing, subject__in=there)
        return {"targets": found.select_related("subject").order_by("place")}

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("target", "reason")}
        ask_leave_out(draw=thing, by=self.request.user, at=at, **given)


class AnswerAnnulment(DrawStep):
    rule, verb, form_class = rules.can_answer_annulment, "draw.annulled", AnswerForm
    title = label = pgettext_lazy("inspection", "Answer")
    done = gettext_lazy("Your answer is on the record.")

    def context(self, thing):
        asked = rules.asked(thing)
        what = f"　{asked.target.subject.name}" if asked and asked.target else ""
        return {"lead": f"{thing.number}{what}：{asked.reason}" if asked else thing.number}

    def act(self, thing, form, at):
        given = form.cleaned_data
        actions.answer_annulment(
            draw=thing, agreed=given["answer"] == "yes", words=given["words"], by=self.request.user, at=at
        )


STEPS = {"make_draw": MakeDraw, "annul_draw": Annul, "leave_target_out": LeaveOut, "answer_annulment": AnswerAnnulment}
