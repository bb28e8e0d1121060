"""The office's proposals: the list, one of them with its tabs, and drafting one."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from core.forms import new_form_key
from core.refusals import Refused
from core.tally import tally
from documents.downloads import attachment
from journal.actions import note_refusal
from meetings import reading, rules, rules_proposals, workbench_proposals
from meetings import reading_proposals as shown
from meetings.actions import proposals as actions
from meetings.actions.taking import take_file
from meetings.enums import ProposalStatus, ResolutionStatus
from meetings.forms_proposals import ProposalForm
from meetings.models import Opinion, Proposal, ProposalText, Resolution
from workspace.once import submit

PAGE = 50
S = ProposalStatus
TABS = ("text", "opinions", "tasks", "texts", "history")


def _tabs(user):
    seen = Proposal.objects.visible_to(user)
    return {
        "mine": seen.filter(workbench_proposals.mine(user)), "all": seen,
        **{state: seen.filter(status=state) for state in S},
    }  # fmt: skip


@require_GET
@login_required
def proposal_list(request):
    """What the office proposes and has deployed, newest first, by state."""
    user = request.user
    if not rules.can_list(user):
        raise PermissionDenied
    found = _tabs(user)
    tab = request.GET.get("tab", "all")
    tab = tab if tab in found else "all"
    after = request.GET.get("after", "")
    skip = int(after) if after.isdecimal() and len(after) < 7 else 0
    rows = shown.counted(found[tab].select_related("office", "document").defer("analysis", "measures"))
    page = list(rows.order_by("-pk")[skip : skip + PAGE + 1])
    more, page = len(page) > PAGE, page[:PAGE]
    lit = shown.lamps(page, user)
    words = {"mine": _("To be done by me"), "all": pgettext("proposals", "All"), **dict(S.choices)}
    title = _("Proposals and deployment")
    context = {
        "title": title, "crumbs": [(_("Joint meetings"), reverse("meetings:list")), (title, "")], "tab": tab,
        "tabs": [(code, words[code], n) for code, n in zip(found, tally(found.values()), strict=True)],
        "rows": [(proposal, lit.get(proposal.pk)) for proposal in page],
        "members": len(actions.members(Proposal(region=user.region))) if user.region else 0,
        "may_draft": rules.convenes(user),
        "page": {
            "has_previous": skip > 0, "has_next": more, "first_query": urlencode({"tab": tab}),
            "previous_query": urlencode({"tab": tab, "after": max(0, skip - PAGE)}),
            "next_query": urlencode({"tab": tab, "after": skip + PAGE}),
        },
    }  # fmt: skip
    return render(request, "meetings/proposals.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request):
    """A proposal of the office; its analysis begins with what the rooms have this quarter."""
    user = request.user
    if not rules.convenes(user):
        raise PermissionDenied
    posted = request.method == "POST"
    form = ProposalForm(
        request.POST if posted else None, initial={} if posted else {"analysis": shown.facts(user.region)}
    )
    if posted and form.is_valid():

        def work(at: dt.datetime) -> str:
            given = {name: form.cleaned_data[name] for name in actions.WORDS}
            made = actions.draft_proposal(office=user.department, by=user, at=at, **given)
            return made.get_absolute_url()

        answer = submit(request, form, work, verb="meeting.proposal_drafted", done=_("Drafted."))
        if answer is not None:
            return answer
    title = _("Draft a proposal")
    context = {
        "form": form, "title": title, "label": _("Save"), "back_url": reverse("meetings:proposals"),
        "crumbs": [(_("Proposals and deployment"), reverse("meetings:proposals")), (title, "")],
    }  # fmt: skip
    return render(request, "partials/form_page.html", context)


def found(user):
    """What this person may load."""
    seen = Proposal.objects.visible_to(user)
    return seen.select_related(
        "office", "region", "document", "letter", "adopted_in__meeting", "withdrawn_in__meeting", "signed_by", "drafted_by",
        "returned_by",
    )  # fmt: skip


def _tasks(user, proposal):
    seen = Resolution.objects.visible_to(user).filter(deployment=proposal)
    return list(seen.exclude(status=ResolutionStatus.DROPPED).for_list().order_by("number"))


@require_GET
@login_required
def detail(request, pk):
    """One proposal: where it stands, what this person may do, and a tab of it."""
    user = request.user
    proposal = get_object_or_404(found(user), pk=pk)
    tab = request.GET.get("tab", "text")
    tab = tab if tab in TABS else "text"
    tasks = _tasks(user, proposal)
    opinions = Opinion.objects.visible_to(user).filter(proposal=proposal)
    opinions = list(opinions.select_related("department", "by").order_by("-round", "pk"))
    texts = ProposalText.objects.visible_to(user).filter(proposal=proposal)
    offers = shown.offers(user, proposal)
    text, why = shown.next_step(proposal, tasks)
    step = {"text": text, "why": why, "lamp": "y"} if text else None
    waits = proposal.status == S.CONSULTING and actions.unanswered(proposal)
    ready = bool(offers) and not offers[0].danger
    if waits:  # only who answers has something to press
        ready = rules_proposals.can_give_opinion(user, proposal) or rules_proposals.can_enter_opinion(user, proposal)
    if step and ready:
        step |= {"url": offers[0].url, "label": offers[0].label}
        offers = offers[1:]
    counts = {"opinions": len(opinions), "tasks": len(tasks), "texts": texts.count()}
    words = {
        "text": _("Proposal"), "opinions": _("Opinions"), "tasks": _("Tasks"), "texts": _("Versions"),
        "history": _("History"),
    }  # fmt: skip
    context = {
        "proposal": proposal, "tab": tab, "tabs": [(code, words[code], counts.get(code)) for code in TABS],
        "offers": offers, "step": step, "members": len(actions.members(proposal)),
        "said": sum(row.round == proposal.round for row in opinions),
    }  # fmt: skip
    if tab == "opinions":
        context |= {
            "asked": shown.asked(proposal, opinions) if proposal.status == S.CONSULTING else [],
            "opinions": opinions,
        }
    elif tab == "tasks":
        context["tasks"] = [
            (task, lamp, rules_proposals.can_drop_task(user, task) and new_form_key())
            for task, lamp in zip(tasks, reading.task_lamps(tasks), strict=True)
        ]
    elif tab == "texts":
        context["texts"] = list(texts.select_related("by").order_by("-number"))
    elif tab == "history":
        context["days"] = reading.story(proposal, user)
    return render(request, "meetings/proposal.html", context)


@require_GET
@login_required
def opinion_scan(request, pk):
    """The written reply the office entered an opinion with."""
    found = Opinion.objects.visible_to(request.user).select_related("proposal").exclude(file="")
    opinion = get_object_or_404(found, pk=pk)
    at = timezone.now()
    try:
        data = take_file(row=opinion, of=opinion.proposal, by=request.user, at=at)
    except Refused as refusal:
        note_refusal(
            user=request.user, verb="meeting.opinion_entered", target=opinion.proposal, sentence=refusal, at=at
        )
        messages.error(request, str(refusal))
        return redirect(opinion.proposal.get_absolute_url())
    return attachment(data, name=opinion.name, content_type=opinion.media_type)
