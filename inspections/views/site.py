"""The pages of a visit and of a finding, the blank record, and their files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.gathering import Gathering
from core.refusals import Refused
from documents.downloads import attachment
from documents.preview import draft_pdf
from inspections import contexts, letters, reading, rules
from inspections.actions import visits
from inspections.models import Finding, FindingFile, Member, Target, Visit, VisitFile
from journal.actions import note_refusal


@require_GET
@login_required
def blank_record(request, pk):
    """A record to fill in by hand, for a place without network."""
    found = Target.objects.visible_to(request.user).select_related("inspection__lead", "subject")
    target = get_object_or_404(found, pk=pk)
    if not rules.takes_part(request.user, target.inspection):
        raise PermissionDenied
    return draft_pdf(letters.record_form(contexts.of_blank(target, at=timezone.now())))


@require_GET
@login_required
def visit_page(request, pk):
    """One visit: its record, its checklists, its findings and files."""
    user = request.user
    found = Visit.objects.visible_to(user).select_related(
        "inspection__lead", "target__subject", "record", "ended_by"
    )
    visit, gathering = get_object_or_404(found, pk=pk), Gathering()
    people = Member.objects.select_related("partner")  # door: of the inspection of this visit
    gathering.hang(visit.inspection, "members", people)
    officers = visit.officers.select_related("member__partner__department").order_by("member__partner", "member")
    items = gathering.rows(visit.items.select_related("department").order_by("department", "position"))
    findings = visit.findings.for_reader(user).select_related("category").order_by("number")
    context = {
        "visit": visit, "inspection": visit.inspection, "officers": gathering.rows(officers), "items": items,
        "findings": gathering.rows(findings), "files": gathering.rows(visit.files.select_related("by")),
    }  # fmt: skip
    gathering.ask()
    context |= {
        "offers": reading.visit_offers(user, visit), "days": reading.story(visit, user),
        "left": sum(each.result == "" for each in items),
    }  # fmt: skip
    return render(request, "inspections/visit.html", context)


@require_GET
@login_required
def visit_record(request, pk):
    """The record as it would be printed now; once it is printed, its paper."""
    found = Visit.objects.visible_to(request.user).select_related(
        "inspection__lead", "target__subject", "record"
    )
    visit = get_object_or_404(found, pk=pk)
    if visit.record is not None:
        return redirect(visit.record.get_absolute_url())
    return draft_pdf(letters.record_form(contexts.of_record(visit, at=timezone.now())))


@require_GET
@login_required
def finding_page(request, pk):
    """One finding: what it is, its evidence, where it went."""
    user = request.user
    found = Finding.objects.visible_to(user).for_reader(user).select_related(
        "inspection__lead", "visit__target__subject", "department", "category", "case", "rectification__person",
        "rectification__department", "added_by", "outcome_by",
    )  # fmt: skip
    finding = get_object_or_404(found, pk=pk)
    task = getattr(finding, "rectification", None)
    offers = reading.finding_offers(user, finding)
    context = {
        "finding": finding, "task": task, "offers": offers, "files": finding.files.select_related("by"),
        "clocks": reading.clocks("rectification", [task.pk]) if task else [],
        "case_url": reverse("cases:detail", args=[finding.case_id]) if finding.case_seen else "",
        "days": reading.story(finding, user, also=task),
        "more_time": task.more_time.select_related("asked_by", "decided_by") if task else [],
    }  # fmt: skip
    return render(request, "inspections/finding.html", context)


def _file(request, found, pk):
    if pk >= 2**63:
        raise Http404
    file = get_object_or_404(found, pk=pk)
    thing = file.visit if isinstance(file, VisitFile) else file.finding
    at = timezone.now()
    try:
        data = visits.take_file(file=file, by=request.user, at=at)
    except Refused as refusal:
        note_refusal(user=request.user, verb="inspection.file_taken", target=thing, sentence=refusal, at=at)
        messages.error(request, str(refusal))
        return redirect(thing.get_absolute_url())
    return attachment(data, name=file.name, content_type=file.media_type)


@require_GET
@login_required
def visit_file(request, pk):
    """A photograph of the site, or the scan of the signed record."""
    found = VisitFile.objects.visible_to(request.user).select_related("visit__inspection__lead")
    return _file(request, found, pk)


@require_GET
@login_required
def finding_file(request, pk):
    """Evidence of a finding."""
    found = FindingFile.objects.visible_to(request.user).select_related("finding__inspection__lead")
    return _file(request, found, pk)
