"""The answer: a letter of answer, or the written opinion question by question."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.refusals import Refused
from departments.enums import ReferralKind
from documents.preview import preview_page
from referrals import contexts, letters, offers, reading, rules
from referrals.actions.replies import draft_reply, edit_reply
from referrals.forms import ReplyEditForm, ReplyForm
from referrals.models import Referral, Reply
from workspace.actions import use_form_key
from workspace.once import submit


def _reply(request, pk):
    found = Reply.objects.visible_to(request.user).select_related(
        "referral__dispatch", "referral__sender", "referral__receiver", "case", "department", "drafted_by", "document"
    )
    return get_object_or_404(found, pk=pk)


@require_http_methods(["GET", "POST"])
@login_required
def new(request, pk):
    """Draft the reply to a referral one works."""
    referral = get_object_or_404(Referral.objects.visible_to(request.user).for_list(), pk=pk)
    if not rules.can_reply(request.user, referral):
        raise PermissionDenied
    given, answers = reading.last_answer(referral, request.user)
    form = ReplyForm(
        request.POST or None, questions=referral.dispatch.questions.all(),
        initial={**given, **{f"answer_{question}": text for question, text in answers.items()}},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def work(at):
            return draft_reply(referral=referral, by=request.user, at=at, **form.values()).get_absolute_url()

        answer = submit(request, form, work, done=_("The draft was saved."))
        if answer is not None:
            return answer
    return _form_page(request, referral, form, referral.get_absolute_url())


def _of_draft(reply):
    """What the form of a draft shows."""
    found = {name: getattr(reply, name) for name in ("text", "basis", "reservation", "experts")}
    return found | {f"answer_{question}": text for question, text in reply.answers.values_list("question", "text")}


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk):
    """A draft of a reply opened again."""
    reply = _reply(request, pk)
    if not rules.can_edit(request.user, reply):
        raise PermissionDenied
    form = ReplyEditForm(
        request.POST or None, questions=reply.referral.dispatch.questions.all(), instance=reply, initial=_of_draft(reply),
        now=_of_draft,
    )
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            with transaction.atomic():
                use_form_key(user=request.user, key=form.cleaned_data["form_key"], at=at)
                edit_reply(
                    reply=reply, version=form.cleaned_data["expected_version"], by=request.user, at=at,
                    **form.values(),
                )  # fmt: skip
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The draft was saved."))
            return redirect(reply)
    return _form_page(request, reply.referral, form, reply.get_absolute_url())


def _form_page(request, referral, form, back_url):
    support = referral.kind == ReferralKind.SUPPORT
    return render(
        request,
        "referrals/form.html",
        {
            "title": _("Written opinion") if support else _("Letter of answer"),
            "lead": f"{referral.number} {referral.dispatch.subject}",
            "form": form,
            "label": _("Save the draft"),
            "back_url": back_url,
        },
    )


@require_GET
@login_required
def detail(request, pk):
    """A reply with its track and the one next step."""
    reply = _reply(request, pk)
    return render(
        request,
        "referrals/reply.html",
        {
            "reply": reply,
            "referral": reply.referral,
            "answers": reply.answers.select_related("question"),
            "steps": reading.paper_track(reply, request.user),
            "offers": offers.of_paper(request.user, reply),
            "clocks": reading.clocks(reply.referral),
            "days": reading.history(reply, request.user),
        },
    )


@require_GET
@login_required
def preview(request, pk):
    """How the reply will look."""
    reply = _reply(request, pk)
    return preview_page(
        request,
        paper=letters.BUILDERS[reply.kind.value](contexts.reply_context(reply, at=timezone.now())),
        heading=_("Draft, not numbered"),
        back_url=reply.get_absolute_url(),
    )
