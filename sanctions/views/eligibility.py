"""May this subject apply: by code, by number or by name; every answer is kept, shown again and printed."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from cases.models import Subject
from core.wording import today
from documents.downloads import attachment, file_name
from documents.rendering import render as printed
from sanctions import eligibility_names, eligibility_words
from sanctions import rules_credit as rules
from sanctions.actions.eligibility import look_up, note_print, note_record_read
from sanctions.credit_record import paper, points_now, sections
from sanctions.forms_credit import EligibilityForm
from sanctions.models import EligibilityAnswer
from workspace.once import submit

RECENT = 20


def _crumbs(label="", url=""):
    here = [(_("Eligibility look-up"), reverse("sanctions:eligibility") if label else "")]
    return [*here, (label, url)] if label else here


@sensitive_post_parameters("id_number")
@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def eligibility(request):
    """The question; one that names a body by name only is answered by those it may mean."""
    user = request.user
    if not rules.can_look_up(user):
        raise PermissionDenied
    asked = {name: request.GET[name] for name in ("code", "on") if request.GET.get(name)}
    form = EligibilityForm(request.POST or None, initial={"on": today(), **asked})
    matches = None
    if request.method == "POST" and form.is_valid():
        matches = _matches(user, form.cleaned_data)
        subject = _chosen(user, form.cleaned_data, matches)
        if matches is None or subject is not None:
            answer = _ask(request, form, subject)
            if answer is not None:
                return answer
            matches = None
    answers = EligibilityAnswer.objects.visible_to(user).select_related("asked_by").order_by("-pk")[:RECENT]
    context = {
        "title": _("Eligibility look-up"), "crumbs": _crumbs(), "form": form, "matches": matches,
        "may_person": rules.can_look_up_person(user), "most": eligibility_names.MOST,
        "answers": [(row, eligibility_words.verdict(row)) for row in answers],
    }  # fmt: skip
    return render(request, "sanctions/eligibility.html", context)


def _matches(user, given):
    """The bodies a name may mean; None where something else was asked."""
    if given["code"] or given["id_number"] or not given["name"].strip():
        return None
    return eligibility_names.find(user.region, given["name"])


def _chosen(user, given, matches):
    """The body somebody chose, or the only one of exactly that name."""
    if matches is None:
        return None
    if given["subject"]:
        return next((match.subject for match in matches if match.subject.pk == given["subject"]), None)
    same = [match.subject for match in matches if match.way == "same"]
    return same[0] if len(same) == 1 else None


def _ask(request, form, subject):
    given = form.cleaned_data
    if given["id_number"] and not rules.can_look_up_person(request.user):
        raise PermissionDenied

    def work(at):
        asked = (
            {"code": given["code"], "id_number": given["id_number"]}
            if subject is None
            else {"subject": subject}
        )
        answer = look_up(on=given["on"], purpose=given["purpose"], by=request.user, at=at, **asked)
        return answer.get_absolute_url()

    return submit(request, form, work, verb="sanction.looked_up")


def _answer(request, pk):
    found = EligibilityAnswer.objects.visible_to(request.user).select_related(
        "department", "asked_by", "subject"
    )
    return get_object_or_404(found, pk=pk)


@never_cache
@require_GET
@login_required
def answer(request, pk):
    """One answer as it was given."""
    row = _answer(request, pk)
    title = _("Answer about %(who)s") % {"who": row.name or row.asked}
    seen = row.subject_id and Subject.objects.visible_to(request.user).filter(pk=row.subject_id).exists()
    context = {
        "title": title, "crumbs": _crumbs(title), "answer": row, "verdict": eligibility_words.verdict(row),
        "lines": eligibility_words.lines(row, request.user), "seen": seen,
        "notes": eligibility_words.notes(row, request.user),
    }  # fmt: skip
    return render(request, "sanctions/eligibility_answer.html", context)


@never_cache
@require_GET
@login_required
def answer_pdf(request, pk):
    """The same on paper; taking it away is on the record."""
    row = _answer(request, pk)
    data = printed(eligibility_words.paper(row, request.user))
    note_print(answer=row, by=request.user, at=timezone.now())
    return attachment(
        data, name=file_name(_("Eligibility look-up"), str(row.pk), suffix=".pdf"), content_type="application/pdf",
        inline=True,
    )  # fmt: skip


def _subject(request, pk):
    return get_object_or_404(Subject.objects.visible_to(request.user), pk=pk)


@never_cache
@require_GET
@login_required
def credit(request, pk):
    """A subject's credit record: what of it this person may see. Reading a person's is on the record."""
    subject, user, at = _subject(request, pk), request.user, timezone.now()
    if not subject.is_body:
        note_record_read(subject=subject, printed=False, by=user, at=at)
    title = _("Credit record")
    context = {
        "title": title, "subject": subject, "sections": sections(subject, user), "points": points_now(subject, user, at),
        "at": at, "crumbs": [
            (_("Institutions"), reverse("cases:subjects")), (str(subject), reverse("cases:subject", args=[pk])), (title, ""),
        ],
    }  # fmt: skip
    return render(request, "sanctions/credit.html", context)


@never_cache
@require_GET
@login_required
def credit_pdf(request, pk):
    subject, at = _subject(request, pk), timezone.now()
    data = printed(paper(subject, request.user, at))
    note_record_read(subject=subject, printed=True, by=request.user, at=at)
    name = file_name(_("Credit record"), str(subject.pk), suffix=".pdf")
    return attachment(data, name=name, content_type="application/pdf", inline=True)
