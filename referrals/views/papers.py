"""Papers inside the writing department: drafted, reviewed, signed, sent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cases.views.loading import load_case
from core import registry
from core.gathering import Gathering
from core.refusals import Refused
from departments.enums import ReferralKind
from documents.preview import preview_page
from journal.render import timeline
from referrals import contexts, offers, proposals, reading, reading_informing, rules
from referrals.actions.drafting import draft_dispatch, edit_dispatch
from referrals.actions.papers import (
    approve_paper,
    discard_paper,
    review_paper,
    send_back_paper,
    submit_paper,
)
from referrals.actions.replies import send_reply
from referrals.actions.sending import send_dispatch
from referrals.actions.support import discover_need
from referrals.enums import DRAFTABLE
from referrals.forms import (
    DispatchEditForm,
    DispatchForm,
    ReasonForm,
    SendForm,
    SupportEditForm,
    SupportForm,
)
from referrals.models import Dispatch, Referral, Reply
from referrals.views.steps import Step
from workspace.actions import use_form_key
from workspace.once import submit

LONGEST_ID = 19  # decimals of a 64-bit id


def _case(request, pk):
    case = load_case(request.user, pk, whole=False)
    if not case.whole:  # whoever sees only a summary does not learn of this page
        raise Http404
    if not rules.can_draft(request.user, case):
        raise PermissionDenied
    return case


def _values(form, *names):
    values = {name: form.cleaned_data[name] for name in ("subject", "facts", "amount", "limit_on", *names)}
    for name in ("copied", "unclear", "left_out", "handled", "circle"):  # as far as this kind of letter has them
        if name in form.cleaned_data:
            values[name] = form.cleaned_data[name]
    values["manifest"] = form.lines()
    return values


def _initial(request, case, kind):
    """What the form proposes; after a letter came back (`again`), what that letter said."""
    asked = request.GET.get("again", "")
    if asked.isdecimal():
        letters = Referral.objects.readable_by(request.user)  # door: visible_to, whole letters only
        came_back = letters.filter(case=case, sender=request.user.department, kind=kind, status="returned")
        return proposals.again(case, request.user, get_object_or_404(came_back, pk=int(asked)))
    return proposals.initial(case, kind, request.user)


@require_http_methods(["GET", "POST"])
@login_required
def new(request, case_pk):
    """A new transfer, bulletin or request for early involvement."""
    case = _case(request, case_pk)
    kind = request.POST.get("kind") or request.GET.get("kind") or ReferralKind.TRANSFER
    if kind not in DRAFTABLE:
        raise Http404
    options = {"case": case, **proposals.for_form(request.user, kind)}
    form = DispatchForm(request.POST or None, initial=_initial(request, case, kind), **options)
    if request.method == "POST" and form.is_valid():

        def work(at):
            values = _values(form, "kind", "receivers", "request")
            return draft_dispatch(case=case, by=request.user, at=at, **values).get_absolute_url()

        answer = submit(request, form, work, done=_("The draft was saved."))
        if answer is not None:
            return answer
    return _form_page(request, _("New letter to departments"), case, form)


@require_http_methods(["GET", "POST"])
@login_required
def new_support(request, case_pk):
    """A matter that needs technical support."""
    case = _case(request, case_pk)
    kind = ReferralKind.SUPPORT
    options = {"case": case, **proposals.for_form(request.user, kind)}
    form = SupportForm(request.POST or None, initial=_initial(request, case, kind), **options)
    if request.method == "POST" and form.is_valid():

        def work(at):
            values = _values(form, "receiver", "discovered_on", "questions")
            return discover_need(case=case, by=request.user, at=at, **values).get_absolute_url()

        said = _("Recorded: the three working days run from the day of discovery.")
        answer = submit(request, form, work, done=said)
        if answer is not None:
            return answer
    return _form_page(request, _("Technical support is needed"), case, form)


def _dispatch(request, pk):
    return get_object_or_404(Dispatch.objects.visible_to(request.user).for_list(), pk=pk)


@require_GET
@login_required
def detail(request, pk):
    """A paper of one's own department, with the one next step."""
    dispatch = _dispatch(request, pk)
    if dispatch.kind == ReferralKind.CRIMINAL:
        return redirect(dispatch.criminal_transfer)
    gathering = Gathering()
    letters_sent = dispatch.referrals.select_related("receiver", "document").order_by("pk")
    told = Q(target_kind="referral", target_id__in=letters_sent.order_by().values("pk"))
    context = {
        "dispatch": dispatch,
        "manifest": gathering.rows(dispatch.manifest.all()),
        "questions": gathering.rows(dispatch.questions.all()),
        "receivers": gathering.rows(dispatch.receivers.all()),
        "referrals": gathering.rows(letters_sent),
        "copied": gathering.rows(dispatch.copied.all()),
    }
    signed_for = reading_informing.signed_for_asked(gathering, dispatch)
    clocks = reading.clocks_asked(gathering, dispatch)
    events = gathering.rows(reading.events_of(dispatch, told))
    gathering.ask()
    context |= {
        "signed_for": signed_for(),
        "offers": offers.of_paper(request.user, dispatch),
        "steps": reading.paper_track(dispatch, request.user),
        "clocks": reading.clocks_shown(clocks),
        "days": timeline(events, request.user),
    }
    return render(request, "referrals/dispatch.html", context)


@require_GET
@login_required
def preview(request, pk):
    """How the letter will look; for a paper to several departments, the one to the first or the chosen one."""
    dispatch = _dispatch(request, pk)
    if dispatch.kind == ReferralKind.CRIMINAL:
        return redirect("referrals:crime_preview", dispatch.criminal_transfer.pk)
    if not dispatch.open:  # what was sent is read in its letters
        return redirect(dispatch)
    receivers = dispatch.receivers.order_by("pk")
    if "to" in request.GET:
        asked = request.GET["to"]
        receivers = receivers.filter(pk=int(asked) if asked.isdecimal() and len(asked) < LONGEST_ID else 0)
    receiver = receivers.first()
    if receiver is None:
        raise Http404
    context = contexts.draft_context(dispatch, receiver, at=timezone.now())
    return preview_page(
        request,
        paper=registry.letters[contexts.letter_kind(dispatch)](context),
        heading=_("Draft, not numbered"),
        back_url=dispatch.get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk):
    """A draft opened again; an older version is refused, and what was typed is kept."""
    dispatch = _dispatch(request, pk)
    if not rules.can_edit(request.user, dispatch):
        raise PermissionDenied
    support = dispatch.kind == ReferralKind.SUPPORT
    form_class = SupportEditForm if support else DispatchEditForm
    form = form_class(
        request.POST or None,
        case=dispatch.case,
        instance=dispatch,
        initial=proposals.of_draft(dispatch),
        now=proposals.of_draft,
        **proposals.for_form(request.user, dispatch.kind),
    )
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            with transaction.atomic():
                use_form_key(user=request.user, key=form.cleaned_data["form_key"], at=at)
                edit_dispatch(
                    dispatch=dispatch, version=form.cleaned_data["expected_version"], by=request.user, at=at,
                    **_values(form, "receivers", "questions" if support else "request"),
                )  # fmt: skip
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The draft was saved."))
            return redirect(dispatch)
    return _form_page(request, _("Change the draft"), dispatch.case, form, dispatch.get_absolute_url())


def _form_page(request, title, case, form, back_url=""):
    return render(
        request,
        "referrals/paper_form.html",
        {
            "title": title,
            "lead": f"{case.number} {case.title}",
            "form": form,
            "label": _("Save the draft"),
            "back_url": back_url or reading.case_url(case),
        },
    )


class PaperStep(Step):
    """A step on a dispatch or a reply; `model` comes from the address."""

    model = Dispatch
    versioned = True  # nobody reviews, signs or sends a text they have not seen


class Submit(PaperStep):
    rule, verb, direct = rules.can_submit, "paper.submit", True
    done = gettext_lazy("Submitted for review.")

    def act(self, thing, form, at):
        return submit_paper(paper=thing, by=self.request.user, at=at)


class Review(PaperStep):
    rule, verb, direct = rules.can_review, "paper.review", True
    done = gettext_lazy("Reviewed: the paper now waits for its signature.")

    def act(self, thing, form, at):
        return review_paper(paper=thing, by=self.request.user, at=at)


class Approve(PaperStep):
    rule, verb, direct = rules.can_approve, "paper.approve", True
    done = gettext_lazy("Signed: the registrar numbers and sends it.")

    def act(self, thing, form, at):
        return approve_paper(paper=thing, by=self.request.user, at=at)


class SendBack(PaperStep):
    rule, verb, form_class = rules.can_send_back, "paper.send_back", ReasonForm
    title = label = gettext_lazy("Give back to be changed")
    done = gettext_lazy("Given back to the drafter.")

    def act(self, thing, form, at):
        return send_back_paper(paper=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Discard(PaperStep):
    rule, verb, form_class = rules.can_discard, "paper.discard", ReasonForm
    template, danger = "partials/confirm.html", True
    title = label = gettext_lazy("Give the draft up")
    effect = gettext_lazy("The draft ends here. A clock that runs on it is cancelled and stays on the record.")
    done = gettext_lazy("The draft was given up.")

    def act(self, thing, form, at):
        return discard_paper(paper=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Send(PaperStep):
    """编号、用印、发出."""

    rule, verb, form_class = rules.can_send, "paper.send", SendForm
    template = "partials/confirm.html"
    title = gettext_lazy("Number and send")
    label = gettext_lazy("Number and send")
    effect = gettext_lazy(
        "Every receiver gets a numbered letter that can no longer be changed, access to the case opens, the clocks "
        "start and the receivers are told. Print and seal the letter, then add the scan of the sealed copy."
    )
    done = gettext_lazy("Sent. Print the letter, seal it, and add the scan of the sealed copy.")

    def form(self, thing, data=None, files=None):
        form = super().form(thing, data, files)
        clocked = thing if isinstance(thing, Dispatch) else thing.referral
        if not reading.asks_why_late(clocked):
            del form.fields["late_reason"]
        return form

    def act(self, thing, form, at):
        send = {Dispatch: send_dispatch, Reply: send_reply}[type(thing)]
        name = "dispatch" if isinstance(thing, Dispatch) else "reply"
        return send(**{name: thing}, late_reason=form.cleaned_data.get("late_reason", ""), by=self.request.user, at=at)

    def after(self, thing, result):
        if isinstance(thing, Dispatch) and thing.forwards is not None:
            return thing.forwards.get_absolute_url()  # the case is closed to who forwarded it
        if isinstance(thing, Dispatch) and len(result) == 1:
            return result[0].get_absolute_url()
        return self.back_url(thing)
