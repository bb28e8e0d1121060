"""The web's part of an opening: it is asked for with a reason, or declined. All else happens in the opener."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from core.states import move
from departments.models import User
from journal.actions import notify, record
from rewards.enums import FieldSet, Naming, OpeningStatus
from rewards.models import Custodian, Opening, Reporter

LIFETIME = dt.timedelta(hours=24)


@transaction.atomic
def request_opening(*, reporter: Reporter, fields: str, reason: str, by: User, at: dt.datetime) -> Opening:
    """Ask two custodians to open one set of fields of one reporter, within 24 hours.

    :raises BadInput: no reason, or an unknown set of fields
    :raises WrongState: the report was not made by real name
    :raises AlreadyDone: the same is being asked for
    """
    report = reporter.report
    if len(reason.strip()) < 5:
        raise BadInput(
            _("Say why the identity has to be known. The reporter will see that it was opened."),
            field="reason",
        )
    if fields not in FieldSet.values:
        raise BadInput(_("Choose what is to be opened."), field="fields")
    if report.naming != Naming.REAL_NAME:
        raise WrongState(_("This report was not made by real name: nothing is sealed."))
    try:
        with transaction.atomic():
            opening = Opening.objects.create(
                region=report.region, department=report.department, report=report, reporter=reporter, fields=fields,
                reason=reason.strip(), requested_by=by, requested_at=at, post_id_of_request=by.post.pk,
                expires_at=at + LIFETIME, created_at=at, updated_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyDone(_("The same opening is being asked for already.")) from None
    record("opening.requested", target=opening, by=by, at=at, number=report.number, position=reporter.position,
           opened_fields=str(fields), reason=reason.strip())  # fmt: skip
    keepers = User.objects.filter(
        pk__in=Custodian.objects.keeping().filter(region=report.region).values("user")
    )
    notify(
        keepers.exclude(pk=by.pk), "opening.requested", target=opening, at=at, tone="y", number=report.number,
        position=reporter.position, opened_fields=str(fields), reason=reason.strip(),
    )  # fmt: skip
    return opening


@transaction.atomic
def decline_opening(*, opening: Opening, reason: str, by: User, at: dt.datetime) -> Opening:
    """A custodian refuses, with a reason.

    :raises BadInput: no reason
    :raises FourEyes: the person asked for it
    :raises WrongState, MovedOn: both keys were given already, or it has lapsed
    """
    opening = (
        Opening.objects.select_for_update(of=("self",))
        .select_related("report", "reporter")
        .get(pk=opening.pk)
    )
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    if by.pk == opening.requested_by_id:
        raise FourEyes
    if at >= opening.expires_at:
        raise WrongState(_("The request has lapsed."))
    move(
        opening, OpeningStatus.DECLINED, at=at, declined_by=by, declined_at=at, decline_reason=reason.strip()
    )
    said: dict[str, Any] = {"number": opening.report.number, "position": opening.reporter.position, "user": by.pk,
            "reason": reason.strip()}  # fmt: skip
    record("opening.declined", target=opening, by=by, at=at, **said)
    notify([opening.requested_by], "opening.declined", target=opening, at=at, tone="r", **said)
    return opening
