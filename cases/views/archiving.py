"""Archiving a case: thin pages over `actions/archiving.py`."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from cases import rules_end
from cases.actions import archiving
from cases.enums import CaseStatus
from cases.forms.case import ReasonForm
from cases.forms.end import ArchiveForm
from cases.models import CaseArchive
from cases.views.loading import form_page, load_case
from core.forms import KeyedForm


def standing_archive(user, case) -> CaseArchive:
    """What waits to be confirmed; 404 where nothing does."""
    found = CaseArchive.objects.visible_to(user).in_force().filter(confirmed_at=None)
    return get_object_or_404(found.select_related("case__owner", "department", "filed_by"), case=case)


@require_http_methods(["GET", "POST"])
@login_required
def archive(request, pk):
    """Put a closed case together for the archive; everything asked for is listed, with what is missing."""
    case = load_case(request.user, pk)
    if not rules_end.can_archive(request.user, case):
        raise PermissionDenied

    def work(given, at):
        given = {name: given[name] for name in ("number", "keeping", "box", "explained")}
        archiving.file_for_archive(case=case, by=request.user, at=at, **given)

    return form_page(
        request, case, ArchiveForm, work, title=_("Archive the case"), label=_("Put together"), verb="case.archive_filed",
        template="cases/archive.html", checks=archiving.checks_of(case, request.user),
        done=_("The case is put together and waits to be confirmed."),
        effect=_("Somebody else of the department confirms it; the catalogue is issued then; nothing is added any more."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def confirm_archive(request, pk):
    case = load_case(request.user, pk)
    if not rules_end.can_confirm_archive(request.user, case):
        raise PermissionDenied
    found = standing_archive(request.user, case)

    def work(_given, at):
        archiving.confirm_archive(archive=found, by=request.user, at=at)

    return form_page(
        request, case, KeyedForm, work, title=_("Confirm the archiving"), label=_("Confirm"), verb="case.archived",
        template="cases/archive.html", checks=archiving.checks_of(case, request.user), archive=found,
        done=_("The case is archived, and its catalogue issued."),
        effect=_("The catalogue is issued as a numbered paper; nothing is added to the case unless it is reopened."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def return_archive(request, pk):
    case = load_case(request.user, pk)
    if not rules_end.can_confirm_archive(request.user, case):
        raise PermissionDenied
    found = standing_archive(request.user, case)

    def work(given, at):
        archiving.return_archive(archive=found, reason=given["reason"], by=request.user, at=at)

    return form_page(
        request, case, ReasonForm, work, title=_("Send back to the handler"), label=_("Send back"),
        verb="case.archive_returned", template="cases/confirm.html", done=_("Sent back."),
        effect=_("It is put together anew; its number may be used again for this case."),
    )  # fmt: skip


def acts_of(user, case):
    """The buttons of the header that are about the archive: (name of the address, label)."""
    if case.status != CaseStatus.CLOSED:
        return []
    if not case.archive and rules_end.can_archive(user, case):
        return [("cases:archive", pgettext("case", "Archive"))]
    if case.archive == "pending" and rules_end.can_confirm_archive(user, case):
        back = ("cases:return_archive", _("Send back to the handler"))
        return [("cases:confirm_archive", _("Confirm the archiving")), back]
    return []
