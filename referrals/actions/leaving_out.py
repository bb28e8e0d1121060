"""Who of the departments proposed for a bulletin is not among its receivers; leaving one out asks why (C10)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.refusals import BadInput
from departments.enums import ReferralKind
from departments.models import Department
from referrals.enums import DutyStatus
from referrals.models import Dispatch, DutyReceiver


def missing_receivers(dispatch: Dispatch, receivers: Iterable[Department]) -> list[Department]:
    """The departments proposed for this case's bulletin that are not among `receivers`, not told and not left out."""
    if dispatch.kind != ReferralKind.BULLETIN:
        return []
    chosen = {receiver.pk for receiver in receivers}
    waiting = DutyReceiver.objects.filter(
        duty__case=dispatch.case_id, duty__department=dispatch.department_id, duty__status=DutyStatus.DUE,
        referral=None, left_out_at=None,
    ).select_related("department")  # fmt: skip
    return [row.department for row in waiting if row.department_id not in chosen]


def check_left_out(dispatch: Dispatch, receivers: Iterable[Department]) -> None:
    """:raises BadInput: a proposed department is left out and the draft does not say why"""
    missing = missing_receivers(dispatch, receivers)
    if missing and not dispatch.left_out:
        names = "、".join(str(department) for department in missing)
        raise BadInput(
            _("Say why %(departments)s is not told, or add it to the receivers.") % {"departments": names},
            field="left_out",
        )
