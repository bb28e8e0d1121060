"""The three registers as lists, and each as Excel."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.querysets import may_hold_cases
from core.books import XLSX
from documents.downloads import attachment, file_name
from finance import reading, rules
from finance.actions.reviews import note_taken
from finance.enums import BudgetKind, Status
from finance.querysets import in_finance

PAGE = 50


@require_GET
@login_required
def register_list(request, code):
    """The rows of a register a person may see, narrowed, with their sums."""
    if not may_hold_cases(request.user):
        raise PermissionDenied
    user, register = request.user, reading.REGISTERS[code]
    chosen = reading.Chosen.of(request.GET)
    after = request.GET.get("after", "")
    skip = int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0
    found = register.found(user, chosen)
    rows = list(found[skip : skip + PAGE + 1])
    query = chosen.query()
    context = {
        "title": register.title, "crumbs": [(register.title, "")], "register": register, "chosen": chosen,
        "tabs": [(each.code, each.title, reverse(f"finance:{each.code}")) for each in reading.REGISTERS.values()],
        "columns": [(label, kind) for label, kind, _width in register.columns],
        "rows": [(row, register.shown(register.cells(row))) for row in rows[:PAGE]],
        "sums": register.shown(register.sums(found)) if rows else [],
        "years": reading.years(), "departments": reading.departments(user),
        "statuses": Status.choices if in_finance(user) else [], "kinds": BudgetKind.choices if code == "budgets" else [],
        "may_write": rules.can_write(user), "new_url": reverse(f"finance:new_{code[:-1]}"),
        "file_url": reverse(f"finance:{code}_file") + "?" + urlencode(query),
        "page": {
            "has_previous": skip > 0, "has_next": len(rows) > PAGE, "first_query": urlencode(query),
            "previous_query": urlencode({**query, "after": max(0, skip - PAGE)}),
            "next_query": urlencode({**query, "after": skip + PAGE}),
        },
    }  # fmt: skip
    return render(request, "finance/list.html", context)


@require_GET
@login_required
def register_file(request, code):
    """What was chosen as Excel."""
    if not may_hold_cases(request.user):
        raise PermissionDenied
    register, at = reading.REGISTERS[code], timezone.now()
    data, rows = register.book(request.user, reading.Chosen.of(request.GET), at)
    note_taken(register=code, rows=rows, by=request.user, at=at)
    return attachment(data, name=file_name(str(register.title), suffix=".xlsx"), content_type=XLSX)
