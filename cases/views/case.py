"""What happens to the case as a whole, and the remarks on it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases import rules, rules_end
from cases.actions import editing, notes, progress
from cases.forms.case import CloseForm, EditCaseForm, NoteForm, ReasonForm
from cases.views.loading import case_url, crumbs, form_page, load_case
from core.forms import KeyedForm
from workspace.once import submit


def _confirm(request, pk, *, rule, form_class, work, title, effect, label, done, danger=False, items=None):
    """A confirm page naming case and effect, that runs one action once."""
    case = load_case(request.user, pk)
    if not rule(request.user, case):
        raise PermissionDenied
    return form_page(
        request, case, form_class, lambda given, at: work(case, given, at), title=title, label=label,
        effect=effect, danger=danger, items=items(case) if items else [], template="cases/confirm.html",
        done=done,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def begin(request, pk):
    def work(case, given, at):
        progress.begin_work(case=case, by=request.user, at=at)

    return _confirm(
        request, pk, rule=rules.can_decide, form_class=KeyedForm, work=work, title=_("Begin work"),
        effect=_("The lead is taken up and shows as being worked."), label=_("Begin work"),
        done=_("Work on the lead has begun."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def decide(request, pk):
    def work(case, given, at):
        progress.decide_case(case=case, by=request.user, at=at)

    return _confirm(
        request, pk, rule=rules.can_decide, form_class=KeyedForm, work=work, title=_("All decided"),
        effect=_("Every department has decided or ended its part; what remains is to perform."),
        label=_("All decided"), done=_("The case is recorded as decided."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def close(request, pk):
    """Close the case; what is still open is listed before anybody tries."""

    def work(case, given, at):
        progress.close_case(case=case, reason=given["reason"], by=request.user, at=at)

    return _confirm(
        request, pk, rule=rules.can_close, form_class=CloseForm, work=work, title=_("Close the case"),
        effect=_("A closed case takes no more entries; it can be reopened with a reason."),
        label=_("Close the case"), danger=True, items=progress.what_is_open,
        done=_("The case is closed."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def reopen(request, pk):
    def work(case, given, at):
        progress.reopen_case(case=case, reason=given["reason"], by=request.user, at=at)

    return _confirm(
        request, pk, rule=rules_end.can_reopen, form_class=ReasonForm, work=work, title=_("Reopen the case"),
        effect=_("The case shows as being worked again; the record says why. An archived volume stays on record."),
        label=_("Reopen"), danger=True,
        done=_("The case is reopened."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk):
    """Edit particulars; on a version somebody changed, the differences are shown and nothing typed is lost."""
    case = load_case(request.user, pk)
    if not rules.can_decide(request.user, case):
        raise PermissionDenied
    title = _("Edit the case")
    if request.method == "POST":
        form = EditCaseForm(request.POST, instance=case)
        if form.is_valid():
            given = dict(form.cleaned_data)
            version = given.pop("expected_version")
            given.pop("form_key")

            def work(at):
                editing.edit_case(case=case, version=version, by=request.user, at=at, **given)
                return case_url(case)

            answer = submit(request, form, work, verb="case.edited", target=case, case=case, done=_("Saved."))
            if answer is not None:
                return answer
    else:
        form = EditCaseForm(instance=case)
    return render(
        request,
        "cases/form.html",
        {
            "form": form, "case": case, "title": title, "label": _("Save"), "back_url": case_url(case),
            "crumbs": crumbs(case, title),
        },
    )  # fmt: skip


@require_POST
@login_required
def add_note(request, pk):
    case = load_case(request.user, pk)
    form = NoteForm(request.POST)
    if form.is_valid():

        def work(at):
            notes.add_note(
                case=case, text=form.cleaned_data["text"], audience=form.cleaned_data["audience"],
                by=request.user, at=at,
            )  # fmt: skip
            return case_url(case, "notes")

        answer = submit(request, form, work, done=_("Remark saved."))
        if answer is not None:
            return answer
    title = _("Remark")
    return render(
        request, "cases/form.html",
        {"form": form, "case": case, "title": title, "label": _("Save"), "back_url": case_url(case),
         "crumbs": crumbs(case, title)},
    )  # fmt: skip
