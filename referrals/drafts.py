"""The long forms of this room that keep what somebody has begun. Lists of persons and stays are not among them."""

from django.utils.translation import gettext_lazy as _

from cases.drafts import of_case
from core.registry import DraftForm
from referrals.models import (
    AssistLetter,
    CriminalTransfer,
    Dispatch,
    FollowUp,
    JointTeam,
    Referral,
    Reply,
    Task,
    TaskLetter,
)


def _of(label, model, case=lambda thing: thing.case_id) -> DraftForm:
    return DraftForm(label, lambda user: model.objects.visible_to(user), case=case)


def _no_case(thing):
    return None


def _of_referral(letter):
    return letter.referral.dispatch.case_id


FORMS = {
    "referrals:new": of_case(_("New letter to departments"), kwarg="case_pk", query=("kind",)),
    "referrals:new_support": of_case(_("Technical support is needed"), kwarg="case_pk"),
    "referrals:assist_new": of_case(_("Request to another place"), kwarg="case_pk", query=("stay",)),
    "referrals:crime_propose": of_case(_("Propose to transfer suspected crime"), kwarg="case_pk"),
    "referrals:dispatch_edit": _of(_("Change the draft"), Dispatch),
    "referrals:assist_letter_edit": _of(_("Request to another place"), AssistLetter),
    "referrals:referral_reply": DraftForm(
        _("Letter of answer"), lambda user: Referral.objects.visible_to(user).select_related("dispatch"),
        case=lambda referral: referral.dispatch.case_id,
    ),
    "referrals:reply_edit": DraftForm(
        _("Letter of answer"), lambda user: Reply.objects.visible_to(user).select_related("referral__dispatch"),
        case=_of_referral,
    ),
    "referrals:follow_up_edit": DraftForm(
        _("Change the draft"), lambda user: FollowUp.objects.visible_to(user).select_related("referral__dispatch"),
        case=_of_referral,
    ),
    "referrals:crime_report": _of(_("Transfers of suspected crime"), CriminalTransfer),
    "referrals:team_conclude": _of(_("Written opinion"), JointTeam),
    "referrals:task_new": DraftForm(_("Register a letter from above or beside")),
    "referrals:task_answer": _of(_("Letter of answer"), Task, _no_case),
    "referrals:task_delay": _of(_("Ask for a later date"), Task, _no_case),
    "referrals:task_letter_edit": _of(_("Change the draft"), TaskLetter, _no_case),
}  # fmt: skip
