"""The lists of the county and its bars, one entry, its proposal, the sheet to be shown, and credit repair."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from cases.models import Subject
from core.tally import tally
from documents.preview import draft_pdf
from sanctions import choices, contexts, letters, reading, rules, rules_lists, steps
from sanctions.actions import lists
from sanctions.actions.readers import note_entry_read, note_list_read
from sanctions.enums import EntryStatus, ListKind
from sanctions.forms_lists import EntryForm
from sanctions.masking import names_for, public_code
from sanctions.models import Bar, ListEntry, Repair
from sanctions.views.sanctions import PAGE, pager, skipped
from sanctions.views.steps import found
from workspace.steps import Step

SHEET = 500  # rows of one sheet
LISTED = (EntryStatus.LISTED, EntryStatus.SUSPENDED)


def _tabs(user):
    seen = ListEntry.objects.visible_to(user)
    return {
        **{str(kind): seen.filter(kind=kind, status__in=LISTED) for kind in ListKind},
        "proposed": seen.filter(status=EntryStatus.PROPOSED), "gone": seen.filter(ended_at__isnull=False),
        "bars": Bar.objects.visible_to(user).filter(ended_at=None),
        "bars_gone": Bar.objects.visible_to(user).exclude(ended_at=None),
        "repairs": Repair.objects.visible_to(user),
    }  # fmt: skip


@require_GET
@login_required
def entries(request):
    """Red and black lists, bars with their last day, and applications for repair."""
    user = request.user
    if not rules.can_list(user):
        raise PermissionDenied
    tabs, skip = _tabs(user), skipped(request)
    tab = request.GET.get("tab", str(ListKind.BLACK))
    tab = tab if tab in tabs else str(ListKind.BLACK)
    beside = "sanction" if tabs[tab].model is Bar else "department"
    page = list(tabs[tab].select_related("subject", beside).order_by("-pk")[skip : skip + PAGE + 1])
    names = names_for(user, page[:PAGE])
    words = {
        **dict(ListKind.choices), "proposed": _("To be approved"), "gone": _("No longer listed"),
        "bars": _("May not apply"), "bars_gone": _("Bars that ended"), "repairs": _("Credit repair"),
    }  # fmt: skip
    title = _("Red and black lists")
    context = {
        "title": title, "crumbs": [(title, "")], "tab": tab,
        "tabs": [(code, words[code], n) for code, n in zip(tabs, tally(tabs.values()), strict=True)],
        "rows": [(row, public_code(row.subject), names[row.subject_id]) for row in page[:PAGE]],
        "page": pager(tab, skip, len(page) > PAGE),
        "sheets": _sheets(user, tab) if tab in ListKind.values else [],
        "may_propose": rules_lists.can_propose_entry(user),
    }  # fmt: skip
    note_list_read(things=page[:PAGE], tab=tab, by=user, at=timezone.now())
    return render(request, "sanctions/lists.html", context)


def _on_sheet(user, kind):
    rows = ListEntry.objects.visible_to(user).filter(kind=kind, status=EntryStatus.LISTED)
    return rows.select_related("subject", "department").order_by("since", "pk")


def _parts(found):
    """How many sheets a list fills, at least one."""
    return max(1, -(-found.count() // SHEET))


def _sheets(user, kind):
    """Address and words of every sheet of a list: a long one has several, none stops short."""
    address, parts = reverse("sanctions:sheet", args=[kind]), _parts(_on_sheet(user, kind))
    if parts == 1:
        return [(address, _("Sheet, persons masked"))]
    words = _("Sheet %(part)d of %(parts)d, persons masked")
    return [(f"{address}?part={n}", words % {"part": n, "parts": parts}) for n in range(1, parts + 1)]


@require_GET
@login_required
def sheet(request, kind):
    """名单公示表 of one list as it stands, natural persons masked; made to be looked at, published by nobody.

    part: which of its sheets, from 1; one that is not there is none (404).
    """
    user = request.user
    if not rules.can_list(user) or kind not in ListKind.values:
        raise PermissionDenied
    found, asked, at = _on_sheet(user, kind), request.GET.get("part", "1"), timezone.now()
    parts = _parts(found)
    part = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    if not 1 <= part <= parts:
        raise Http404
    rows = list(found[(part - 1) * SHEET : part * SHEET])
    context = contexts.of_list(
        kind, rows, department=user.department, at=at, first=(part - 1) * SHEET + 1, part=part, parts=parts
    )
    note_list_read(things=rows, tab=kind, by=user, at=at)
    return draft_pdf(letters.list_form(context))


@require_GET
@login_required
def entry_page(request, pk):
    """One entry: why, on which basis, until when, and how it ended."""
    entry = get_object_or_404(
        found(ListEntry, request.user).select_related("approved_by", "applied__task"), pk=pk
    )
    context = {
        "entry": entry, "offers": reading.offers(steps.ENTRY, request.user, entry), "code": public_code(entry.subject),
        "repairs": Repair.objects.visible_to(request.user).filter(entry=entry).select_related("subject"),
        "days": reading.story(entry, request.user), "name": names_for(request.user, [entry])[entry.subject_id],
    }  # fmt: skip
    note_entry_read(entry=entry, by=request.user, at=timezone.now())
    return render(request, "sanctions/entry.html", context)


@require_GET
@login_required
def repair_page(request, pk):
    """One application for credit repair."""
    repair = get_object_or_404(found(Repair, request.user).select_related("decided_by"), pk=pk)
    context = {
        "repair": repair, "offers": reading.offers(steps.REPAIR, request.user, repair),
        "clocks": reading.clocks(repair), "days": reading.story(repair, request.user),
    }  # fmt: skip
    return render(request, "sanctions/repair.html", context)


@require_GET
@login_required
def find_subject(request):
    """From a 统一社会信用代码 to proposing that subject for a list."""
    user = request.user
    if not rules_lists.can_propose_entry(user):
        raise PermissionDenied
    code = request.GET.get("code", "").strip().upper()
    subject = Subject.objects.visible_to(user).filter(uscc=code).first() if code else None
    if subject is None:
        messages.warning(
            request,
            _(
                "No subject has this unified social credit code. A natural person is proposed from the sanction."
            ),
        )
        return redirect("sanctions:lists")
    return redirect("sanctions:propose_entry", subject.pk)


class ProposeEntry(Step):
    """Propose a subject for a list."""

    model, verb, form_class = Subject, "sanction.entry_proposed", EntryForm
    title = label = pgettext_lazy("sanction", "Propose for a list")

    @staticmethod
    def rule(user, subject):
        return rules_lists.can_propose_entry(user)

    def form(self, thing, data=None, files=None):
        standing = choices.for_entry(thing, self.request.user)
        first = standing.first()
        initial = {"kind": ListKind.BLACK if first else ListKind.RED, "sanction": first}
        return EntryForm(data, files, initial=initial, sanctions=standing)

    def back_url(self, thing):
        return reverse("sanctions:lists")

    def after(self, thing, result):
        return result.get_absolute_url()

    def act(self, thing, form, at):
        given = {
            name: value
            for name, value in form.cleaned_data.items()
            if name not in ("form_key", "seen", "version")
        }
        user = self.request.user
        return lists.propose_entry(subject=thing, department=user.department, by=user, at=at, **given)

    def answer_refusal(self, thing, form, refusal, at):
        form.refused(refusal)
        return self.show(thing, form)
