"""One's own long jobs: how far they are, their files, giving one up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.refusals import Refused
from journal.actions import note_refusal
from workspace import actions, rules
from workspace.models import LongJob

MOST = 50


@require_safe
@login_required
def jobs(request):
    """The newest of one's own jobs; htmx asks for the rows alone while one is under way."""
    if not rules.can_begin_job(request.user):
        raise PermissionDenied
    rows = list(LongJob.objects.visible_to(request.user).for_list().order_by("-pk")[:MOST])
    now = timezone.now()
    context = {
        "rows": [(job, bool(job.file) and job.expires_at > now, _progress(job)) for job in rows],
        "under_way": any(job.open for job in rows), "crumbs": [(_("Long jobs"), "")],
    }  # fmt: skip
    return render(request, "workspace/jobs_rows.html" if request.htmx else "workspace/jobs.html", context)


def _progress(job):
    """“12,000 / 200,000”, or nothing while nobody knows how much there is."""
    return "" if job.total is None else f"{job.done:,} / {job.total:,}"


@require_POST
@login_required
def cancel(request, pk):
    job = get_object_or_404(LongJob.objects.visible_to(request.user).for_list(), pk=pk)
    try:
        actions.cancel_job(job=job, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Cancelled: %(job)s") % {"job": job})
    return redirect("workspace:jobs")


@require_POST
@login_required
def download(request, pk):
    """The file, if its reader may still see every row of it."""
    job = get_object_or_404(LongJob.objects.visible_to(request.user), pk=pk)
    at = timezone.now()
    try:
        file = default_storage.open(actions.take_file(job=job, by=request.user, at=at))
    except FileNotFoundError:
        messages.warning(request, _("This file is not there any more: begin the work again."))
        return redirect("workspace:jobs")
    except Refused as refusal:
        if refusal.record:
            note_refusal(user=request.user, verb="long_job.taken", target=job, sentence=refusal, at=at)
        messages.warning(request, str(refusal))
        return redirect("workspace:jobs")
    answer = FileResponse(file, as_attachment=True, filename=job.file_name, content_type=job.media_type)
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
