"""Scans of what came on paper: handed out by POST only, each copy written into the record of what it is about."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.refusals import Refused
from documents import storage
from documents.downloads import attachment, file_name
from journal.actions import note_refusal
from referrals.actions.proof import note_scan_taken
from referrals.models import AssistFile, CrimeStep, ListSupervision, Said, Supervision, TaskFile, TeamPaper

TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


def hand_out(request, *, target, file, name, sha256, number, case=None):
    """A scan that is still what was stored, named after the letter or case it belongs to.

    target, case: what the record of the copy stands with. Never kept by a browser or a proxy.
    """
    now = timezone.now()
    try:
        data = storage.fetch(file, sha256)
    except Refused as gone:
        note_refusal(user=request.user, verb="scan.taken", target=target, case=case, sentence=gone, at=now)
        messages.error(request, str(gone))
        return redirect(target)
    note_scan_taken(target=target, number=number, sha256=sha256, case=case, by=request.user, at=now)
    suffix = file.rsplit(".", 1)[-1]
    shown = file_name(number, name.rsplit(".", 1)[0], suffix=f".{suffix}")
    return attachment(data, name=shown, content_type=TYPES[suffix])


@require_POST
@login_required
def said(request, pk):
    """What a body without an account wrote about a letter."""
    row = get_object_or_404(Said.objects.visible_to(request.user).select_related("referral__case"), pk=pk)
    return hand_out(
        request, target=row.referral, case=row.referral.case, number=row.referral.number, **_stored(row)
    )


@require_POST
@login_required
def supervision(request, pk):
    """What a body without an account replied to the office's 督办函 on a letter."""
    found = (
        Supervision.objects.visible_to(request.user).exclude(paper_on=None).select_related("referral__case")
    )
    row = get_object_or_404(found, pk=pk)
    return hand_out(
        request, target=row.referral, case=row.referral.case, number=row.referral.number, **_reply(row)
    )


@require_POST
@login_required
def list_supervision(request, pk):
    """What a body without an account replied to the office's 督办函 on a data comparison."""
    row = get_object_or_404(
        ListSupervision.objects.visible_to(request.user).exclude(paper_on=None).for_list(), pk=pk
    )
    return hand_out(request, target=row, number=row.comparison.number, **_reply(row))


@require_POST
@login_required
def list_supervision_proof(request, pk):
    """送达回证 of the office's 督办函 on a data comparison."""
    row = get_object_or_404(
        ListSupervision.objects.visible_to(request.user).exclude(delivered_at=None).for_list(), pk=pk
    )
    stored = {"file": row.proof_file.name, "name": row.proof_name, "sha256": row.proof_sha256}
    return hand_out(request, target=row, number=row.comparison.number, **stored)


@require_POST
@login_required
def team_paper(request, pk):
    """What a body without an account wrote to a joint team."""
    row = get_object_or_404(TeamPaper.objects.visible_to(request.user).select_related("team__case"), pk=pk)
    return hand_out(request, target=row.team, case=row.team.case, number=row.team.case.number, **_stored(row))


@require_POST
@login_required
def crime_step(request, pk):
    """A paper about a suspected crime that the registrar entered."""
    found = CrimeStep.objects.visible_to(request.user).exclude(file="").select_related("transfer__case")
    row = get_object_or_404(found, pk=pk)
    return hand_out(
        request, target=row.transfer, case=row.transfer.case, number=row.transfer.case.number, **_stored(row)
    )


@require_POST
@login_required
def task_file(request, pk):
    """A scan of a task from above, as it was taken in."""
    row = get_object_or_404(TaskFile.objects.visible_to(request.user).select_related("task"), pk=pk)
    stored = {"file": row.file, "name": row.name, "sha256": row.sha256}  # its file is no FileField
    return hand_out(request, target=row.task, number=row.task.number, **stored)


@require_POST
@login_required
def assist_file(request, pk):
    """Proof of delivery or answer of a request to another place, as it was taken in."""
    row = get_object_or_404(AssistFile.objects.visible_to(request.user).select_related("letter__case"), pk=pk)
    stored = {"file": row.file, "name": row.name, "sha256": row.sha256}  # its file is no FileField
    return hand_out(request, target=row.letter, case=row.letter.case, number=row.letter.case.number, **stored)


def _reply(row):
    return {"file": row.paper_file.name, "name": row.paper_name, "sha256": row.paper_sha256}


def _stored(row):
    return {"file": row.file.name, "name": row.name, "sha256": row.sha256}
