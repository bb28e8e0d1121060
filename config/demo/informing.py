"""信息互通 and 提前介入 in the demo county: bulletins sent or not needed, copies, circulation, joint teams."""

from typing import Any

from config.demo.papers import later, receive, send, sign, somebody
from departments.enums import Function, ReferralKind, Role
from referrals.actions.circulation import circulate, confirm_read
from referrals.actions.drafting import draft_dispatch
from referrals.actions.handling import accept_referral, assign_referral
from referrals.actions.informing import waive_bulletin
from referrals.actions.papers import approve_paper, submit_paper
from referrals.actions.receipt import sign_for
from referrals.actions.sending import send_dispatch
from referrals.actions.teams import conclude_team, give_view, share_finding
from referrals.enums import DutyStatus, Nature
from referrals.models import BulletinDuty, Dispatch, JointTeam

UNCLEAR = "有关行为属违反服务协议，还是构成骗取医疗保障基金，一时难以界定。"
OPEN_SINCE = 5  # working days: a bulletin of an older lead was sent or found not to be needed


def inform(story: Any) -> None:
    """What became of the bulletin this lead asks for: every third is sent, one of these without the police."""
    duty = BulletinDuty.objects.filter(case=story.case, status=DutyStatus.DUE).first()
    if duty is None or story.plot.ago < OPEN_SINCE:
        return
    if story.index % 3:
        head = somebody(story.world, story.owner, Role.SECTION_HEAD)
        reason = "经集体研究，现有线索仅涉及本部门职责，暂不需通报。"
        waive_bulletin(duty=duty, reason=reason, by=head, at=story.diary.then(minutes=20))
        return
    proposed = [row.department for row in duty.proposed.select_related("department")]
    chosen = [department for department in proposed if story.index % 2 or department.function != Function.POLICE]
    dispatch = draft_dispatch(
        case=story.case,
        kind=ReferralKind.BULLETIN,
        receivers=chosen,
        copied=[story.world.departments[Function.FINANCE]] if story.index % 2 else [],
        left_out="尚未发现涉嫌犯罪情形，待查实后另行通报。" if len(chosen) < len(proposed) else "",
        subject=f"关于{story.case.title.removesuffix('线索')}有关案情的通报",
        facts=story.case.summary,
        request="请结合职责关注并通报掌握的有关情况。",
        by=story.handler,
        at=story.diary.then(minutes=10),
    )
    submit_paper(paper=dispatch, by=story.handler, at=story.diary.then(minutes=10))
    head = somebody(story.world, story.owner, Role.SECTION_HEAD)
    approve_paper(paper=dispatch, by=head, at=story.diary.then(minutes=20))
    registrar = somebody(story.world, story.owner, Role.REGISTRAR)
    letters = send_dispatch(dispatch=dispatch, by=registrar, at=story.diary.then(minutes=10))
    _read(story, dispatch, letters[0])


def _read(story: Any, dispatch: Dispatch, letter: Any) -> None:
    """The first receiver signs for it and circulates it; one of the two has read it."""
    registrar = somebody(story.world, letter.receiver, Role.REGISTRAR)
    sign_for(referral=letter, by=registrar, at=story.diary.then(minutes=30))
    people = [somebody(story.world, letter.receiver, role) for role in (Role.SECTION_HEAD, Role.HANDLER)]
    readings = circulate(letter=letter, people=people, by=registrar, at=story.diary.then(minutes=10))
    first = readings[0]
    confirm_read(reading=first, by=first.person, at=story.diary.then(minutes=30))


def settle_bulletins(story: Any) -> None:
    """Before a case is closed its bulletins are: the other receivers sign, the sender closes."""
    from referrals.actions.closing import close_referral

    for letter in story.case.referrals.filter(kind=ReferralKind.BULLETIN).order_by("pk"):
        if letter.status == "sent":
            receive(story.world, story.diary, letter, days=0)
        if letter.status == "received":
            close_referral(referral=letter, by=story.handler, at=story.diary.then(minutes=10))


def invite(story: Any) -> None:
    """A case of unclear nature: the departments are asked to step in."""
    story.dispatch = draft_dispatch(
        case=story.case,
        kind=ReferralKind.EARLY,
        receivers=story.receivers,
        subject=f"关于商请提前介入{story.case.title.removesuffix('线索')}案件的函",
        facts=story.case.summary,
        unclear=UNCLEAR,
        limit_on=later(story.diary, 6),
        request="请派员参加联合工作组，共同核查并提出定性意见。",
        by=story.handler,
        at=story.diary.then(days=1),
    )
    sign(story.world, story.diary, story.dispatch)
    story.referrals = send(story.world, story.diary, story.dispatch, seal=False)


def join(story: Any) -> None:
    """Every department invited signs for it, names a person and takes part."""
    for place, letter in enumerate(story.referrals):
        receive(story.world, story.diary, letter, days=1 if place == 0 else 0)
        person = somebody(story.world, letter.receiver, Role.HANDLER, story.index)
        head = somebody(story.world, letter.receiver, Role.SECTION_HEAD)
        assign_referral(referral=letter, person=person, by=head, at=story.diary.then(minutes=40))
        accept_referral(referral=letter, by=person, at=story.diary.then(minutes=40))


def find(story: Any) -> None:
    """The team shares what it found; each department but the leading one gives its view."""
    team = JointTeam.objects.get(case=story.case)
    for place, letter in enumerate(story.referrals):
        letter.refresh_from_db()
        text = ("抽取病历37份，其中12份入院指征不充分。", "经询问参保人9人，均称未实际住院。")[place % 2]
        share_finding(
            team=team, text=text, evidence=story.case.evidence.all()[:1], by=letter.handler, at=story.diary.then(days=2)
        )
        nature = (Nature.PENALTY, Nature.JUDICIAL)[place % 2]
        text = ("属违规使用基金，尚不足以认定骗取。", "多人证言一致，涉嫌诈骗，应依法移送。")[place % 2]
        give_view(team=team, nature=nature, text=text, by=letter.handler, at=story.diary.then(minutes=60))


def conclude(story: Any) -> None:
    """The leading department gives its view and records the opinion; a view that differs stays in it."""
    team = JointTeam.objects.get(case=story.case)
    text = "违规事实清楚，骗取故意证据不足。"
    give_view(team=team, nature=Nature.PENALTY, text=text, by=story.handler, at=story.diary.then(days=1))
    deputy = somebody(story.world, story.owner, Role.DEPUTY_HEAD)
    conclude_team(
        team=team,
        outcome=Nature.PENALTY,
        reasons="经联合工作组会商，现有证据足以认定违规使用医疗保障基金，骗取故意有待进一步查证；如发现新的证据，及时移送公安机关。",
        by=deputy,
        at=story.diary.then(minutes=90),
    )
