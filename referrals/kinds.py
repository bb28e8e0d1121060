"""What lower rooms may know of papers, letters and replies.

`visible` is who may *read* them: a document that hangs on a letter is not for the office's summary.
"""

from django.utils.translation import gettext_lazy as _

from cases.querysets import may_hold_cases
from core.registry import Kind
from departments.models import User
from referrals.models import (
    BulletinDuty,
    Comparison,
    Copy,
    CrimeStep,
    CriminalTransfer,
    Dispatch,
    FollowUp,
    JointTeam,
    ListSupervision,
    Referral,
    Reply,
    Supervision,
)  # fmt: skip


def has_business(user: User) -> bool:
    """Whether the lists of this room are for this person."""
    return may_hold_cases(user)


KINDS = (
    Kind(
        code="dispatch",
        label=_("outgoing paper"),
        visible=lambda user: Dispatch.objects.visible_to(user),
        title=lambda dispatch: dispatch.subject,
        url=lambda dispatch: dispatch.get_absolute_url(),
    ),
    Kind(
        code="referral",
        label=_("referral"),
        visible=lambda user: Referral.objects.readable_by(user).select_related("dispatch"),
        title=lambda referral: f"{referral.number} {referral.dispatch.subject}",
        url=lambda referral: referral.get_absolute_url(),
    ),
    Kind(
        code="comparison",
        label=_("data comparison"),
        visible=lambda user: Comparison.objects.visible_to(user),
        title=str,
        url=lambda comparison: comparison.get_absolute_url(),
    ),
    Kind(
        code="supervision",
        label=_("supervision"),
        visible=lambda user: Supervision.objects.visible_to(user).select_related("referral"),
        title=str,
        url=lambda supervision: supervision.get_absolute_url(),
    ),
    Kind(
        code="list_supervision",
        label=_("supervision of a data comparison"),
        visible=lambda user: ListSupervision.objects.visible_to(user).select_related("comparison"),
        title=str,
        url=lambda supervision: supervision.get_absolute_url(),
    ),
    Kind(
        code="follow_up",
        label=_("letter about a letter"),
        visible=lambda user: FollowUp.objects.visible_to(user).select_related("referral"),
        title=str,
        url=lambda letter: letter.get_absolute_url(),
    ),
    Kind(
        code="reply",
        label=_("reply"),
        visible=lambda user: Reply.objects.visible_to(user).select_related("referral"),
        title=str,
        url=lambda reply: reply.get_absolute_url(),
    ),
    Kind(
        code="bulletin_duty",
        label=_("duty to send a bulletin"),
        visible=lambda user: BulletinDuty.objects.visible_to(user).select_related("case"),
        title=str,
        url=lambda duty: duty.get_absolute_url(),
    ),
    Kind(
        code="copy",
        label=_("copy"),
        visible=lambda user: Copy.objects.visible_to(user).select_related("dispatch"),
        title=lambda copy: f"{copy.number} {copy.dispatch.subject}",
        url=lambda copy: copy.get_absolute_url(),
    ),
    Kind(
        code="team",
        label=_("joint team"),
        visible=lambda user: JointTeam.objects.visible_to(user).select_related("case"),
        readable=lambda user: JointTeam.objects.readable_by(user),
        title=str,
        url=lambda team: team.get_absolute_url(),
    ),
    Kind(
        code="crime",
        label=_("transfer of suspected crime"),
        visible=lambda user: CriminalTransfer.objects.visible_to(user).select_related("case"),
        title=str,
        url=lambda transfer: transfer.get_absolute_url(),
    ),
    Kind(
        code="crime_step",
        label=_("step of a transfer of suspected crime"),
        visible=lambda user: CrimeStep.objects.visible_to(user).select_related("transfer__case"),
        title=lambda step: str(step.transfer),
        url=lambda step: step.transfer.get_absolute_url(),
    ),
)
