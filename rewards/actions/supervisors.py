"""社会义务监督员: invited for a term; they report through the same door as everybody (S2 E29)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import BadInput
from departments.models import Region, User
from journal.actions import record
from rewards.models import Supervisor


@transaction.atomic
def add_supervisor(
    *,
    region: Region,
    name: str,
    body: str,
    number: str,
    term_from: dt.date,
    term_to: dt.date,
    by: User,
    at: dt.datetime,
) -> Supervisor:
    """Enter a supervisor with the number of the letter of appointment.

    :raises BadInput: a term that ends before it begins, or a number entered already
    """
    if term_from > term_to:
        raise BadInput(_("The term ends before it begins."), field="term_to")
    if Supervisor.objects.filter(region=region, number=number.strip()).exists():
        raise BadInput(_("This number was entered already."), field="number")
    supervisor = Supervisor.objects.create(
        region=region, name=name.strip(), body=body.strip(), number=number.strip(), term_from=term_from,
        term_to=term_to, added_by=by, added_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    record("supervisor.added", target=supervisor, by=by, at=at, number=supervisor.number)
    return supervisor
