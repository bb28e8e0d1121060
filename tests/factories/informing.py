"""Bulletins, copies and joint teams for tests, brought to any state through the actions of the room."""

from departments.enums import Role
from departments.models import Category
from referrals.actions.handling import accept_referral, assign_referral
from referrals.actions.receipt import sign_for
from referrals.actions.teams import conclude_team, dissolve_team, give_view
from tests.factories.cases import make_case
from tests.factories.referrals import acting, make_dispatch

UNCLEAR = "是否构成骗取医保基金，一时难以界定。"


def make_fraud_case(*, by, at, **more):
    """A lead of 虚构医药服务项目 at a hospital: a bulletin is owed where 医保 found it."""
    given = {"categories": [Category.objects.get(code="false-service")]} | more
    return make_case(by=by, at=at, **given)


def make_bulletin(case, receivers, *, by, at, status="draft", **more):
    """A bulletin that asks for no feedback unless `limit_on` is given."""
    given = {
        "kind": "bulletin",
        "subject": "关于仁和医院涉嫌欺诈骗保的案情通报",
        "manifest": (),
        "limit_on": None,
    } | more
    return make_dispatch(case, receivers, by=by, at=at, status=status, **given)


def make_invitation(case, receivers, *, by, at, status="sent", **more):
    """A letter that asks for early involvement."""
    given = {"kind": "early", "subject": "关于商请提前介入的函", "manifest": (), "unclear": UNCLEAR} | more
    return make_dispatch(case, receivers, by=by, at=at, status=status, **given)


def signed(referral, *, at):
    """Signed for by the receiver's registrar and assigned to its first handler."""
    sign_for(referral=referral, by=acting(referral.receiver, Role.REGISTRAR), at=at)
    handler = acting(referral.receiver, Role.HANDLER)
    head = acting(referral.receiver, Role.SECTION_HEAD)
    return assign_referral(referral=referral, person=handler, by=head, at=at)


def joined(referral, *, at, people=()):
    """The invited department takes part."""
    signed(referral, at=at)
    return accept_referral(
        referral=referral, people=people, by=acting(referral.receiver, Role.HANDLER), at=at
    )


def make_team(case, invited, *, by, at, status="working"):
    """A team of the case's owner and `invited`, brought to a state."""
    dispatch = make_invitation(case, [invited], by=by, at=at)
    team = dispatch.team
    if status != "forming":
        joined(dispatch.referrals.get(), at=at)
        team.refresh_from_db()
    if status == "concluded":
        for department in (case.owner, invited):
            give_view(
                team=team, nature="penalty", text="事实清楚。", by=acting(department, Role.HANDLER), at=at
            )
        conclude_team(
            team=team,
            outcome="penalty",
            reasons="各部门一致。",
            by=acting(case.owner, Role.SECTION_HEAD),
            at=at,
        )
    if status == "dissolved":
        dissolve_team(team=team, reason="案情已明。", by=acting(case.owner, Role.SECTION_HEAD), at=at)
    team.refresh_from_db()
    return team
