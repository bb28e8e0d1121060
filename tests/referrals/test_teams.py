"""提前介入: invited, joined or declined, sharing, and the opinion on the nature that says how the case goes on."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import rules as case_rules
from cases.actions.progress import close_case
from cases.actions.strands import decline_strand, file_strand
from cases.models import CaseUserPermission
from core.refusals import BadInput, Refused, StillOpen, WrongState
from deadlines.models import Deadline
from departments.actions.people import end_post
from journal.models import Notification
from referrals import contexts, letters, offers, offers_informing, panels_informing, rules, rules_informing
from referrals import workbench_informing as workbench
from referrals.actions.closing import close_referral
from referrals.actions.handling import accept_referral, return_referral
from referrals.actions.teams import (
    add_members,
    conclude_team,
    dissolve_team,
    give_view,
    remove_member,
    share_finding,
)
from referrals.models import JointTeam, Referral, TeamFinding
from tests.factories.cases import make_case, pdf
from tests.factories.crime import make_transfer as make_crime
from tests.factories.informing import UNCLEAR, joined, make_invitation, make_team, signed
from tests.factories.referrals import make_dispatch

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def seat():
    def sit(user):
        client = Client()
        client.force_login(user, BACKEND)
        return client

    return sit


@pytest.fixture
def team(case, receiver, insurance_handler, now):
    """`team("working")`: insurance leads, health is invited."""

    def made(status="working"):
        return make_team(case, receiver, by=insurance_handler, at=now, status=status)

    return made


def named(case, user):
    return CaseUserPermission.objects.filter(content_object=case, user=user).exists()


def clock(letter):
    return Deadline.objects.get(rule_code="early_involvement", target_kind="referral", target_id=letter.pk)


# --- invited, joined, declined ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("unclear", ["", "  "])
def test_the_unclear_point_is_stated(case, receiver, insurance_handler, unclear, now):
    with pytest.raises(BadInput) as refused:
        make_invitation(case, [receiver], by=insurance_handler, at=now, unclear=unclear, status="draft")
    assert refused.value.field == "unclear"
    transfer = make_dispatch(case, [receiver], by=insurance_handler, at=now, unclear="只属于商请函")
    assert transfer.unclear == ""


def test_an_invitation_begins_a_team_and_another_joins_it(
    case, receiver, market, market_registrar, insurance_handler, verbs, now
):
    first = make_invitation(case, [receiver], by=insurance_handler, at=now)
    second = make_invitation(case, [market], by=insurance_handler, at=now)
    team = JointTeam.objects.get()
    assert (first.team, second.team, team.status, team.unclear) == (team, team, "forming", UNCLEAR)
    assert [member.user for member in team.members.all()] == [insurance_handler]
    assert verbs(team) == ["team.begun", "team.joined"]
    letter = first.referrals.get()
    assert (clock(letter).due_on, clock(letter).department) == (letter.limit_on, receiver)
    printed = letters.early_letter(contexts.dispatch_context(letter, at=now))
    assert UNCLEAR in [para.text for para in printed.body]


def test_joining_names_persons_answers_and_opens_no_strand(
    case, receiver, health_handler, health_handler_2, insurance_handler, told, now
):
    letter = make_invitation(case, [receiver], by=insurance_handler, at=now).referrals.get()
    assert not named(case, health_handler)
    joined(letter, at=now, people=[health_handler_2])
    team = JointTeam.objects.get()
    assert (team.status, [member.user.name for member in team.members.order_by("pk")]) == (
        "working", ["陈晓岚", "周敏仪", "胡亦凡"],
    )  # fmt: skip
    assert named(case, health_handler)
    assert named(case, health_handler_2)
    assert (clock(letter).status, letter.status) == ("met", "accepted")
    assert not case.strands.filter(department=receiver).exists()
    assert told("team.was_named") == ["胡亦凡", "陈晓岚"]
    assert letters.receipt(contexts.receipt_context(letter, at=now)).title == "提前介入回执"
    assert case_rules.can_work(health_handler_2, case)


def test_declining_says_why_and_ends_access(
    case, receiver, health_section_head, insurance_handler, told, now
):
    letter = make_invitation(case, [receiver], by=insurance_handler, at=now).referrals.get()
    signed(letter, at=now)
    return_referral(referral=letter, category="other", reason="人手不足", by=health_section_head, at=now)
    assert (letter.status, clock(letter).status) == ("returned", "met")
    assert JointTeam.objects.get().status == "forming"
    assert not case_rules.can_read(health_section_head, case)
    assert told("referral.was_returned") == ["何志远", "陈晓岚"]
    printed = dict(letters.receipt(contexts.receipt_context(letter, at=now)).fields)
    assert (printed["处理结果"], printed["理由"]) == ("不介入", "人手不足")


def test_nobody_joins_a_team_that_has_ended(
    case, receiver, health_handler, insurance_handler, insurance_section_head, market, market_registrar, now
):
    letter = make_invitation(case, [receiver], by=insurance_handler, at=now).referrals.get()
    signed(letter, at=now)
    dissolve_team(team=JointTeam.objects.get(), reason="案情已明", by=insurance_section_head, at=now)
    letter.refresh_from_db()
    assert (letter.status, clock(letter).status) == ("closed", "cancelled")
    with pytest.raises(WrongState):
        accept_referral(referral=letter, by=health_handler, at=now)


def test_persons_come_from_the_own_department(
    case, receiver, finance_handler, health_handler, insurance_handler, now
):
    letter = make_invitation(case, [receiver], by=insurance_handler, at=now).referrals.get()
    signed(letter, at=now)
    with pytest.raises(BadInput) as refused:
        accept_referral(referral=letter, people=[finance_handler], by=health_handler, at=now)
    letter.refresh_from_db()
    assert (refused.value.field, letter.status, JointTeam.objects.get().status) == (
        "people",
        "received",
        "forming",
    )


@pytest.mark.parametrize(("to", "field"), [("insurance", "receivers"), ("office", "receivers")])
def test_routes_and_oneself(request, case, insurance_handler, now, to, field):
    with pytest.raises(BadInput) as refused:
        make_invitation(case, [request.getfixturevalue(to)], by=insurance_handler, at=now, status="draft")
    assert refused.value.field == field


# --- the states ------------------------------------------------------------------------------------------------------
MACHINE = {
    "forming": {"add", "dissolve"},
    "working": {"add", "remove", "share", "view", "conclude", "dissolve"},
    "concluded": set(),
    "dissolved": set(),
}


@pytest.mark.parametrize("status", MACHINE)
def test_what_is_allowed_in_each_state_of_a_team(
    status, case, receiver, insurance, insurance_handler, insurance_handler_2, insurance_section_head, health_handler,
    health_section_head, now,
):  # fmt: skip
    """Every action in every state; what the table does not name is refused and changes nothing."""
    from django.db import transaction

    if status == "forming":
        dispatch = make_invitation(case, [receiver], by=insurance_handler, at=now)
        signed(dispatch.referrals.get(), at=now)  # a letter on its way would keep the team from ending
        team = dispatch.team
    else:
        team = make_team(case, receiver, by=insurance_handler, at=now, status=status)
    if status == "working":
        for by in (insurance_handler, health_handler):
            give_view(team=team, nature="penalty", text="依据充分", by=by, at=now)
        add_members(
            team=team, department=insurance, people=[insurance_section_head], by=insurance_handler, at=now
        )
    member = team.members.order_by("pk").first()
    steps = {
        "add": lambda: add_members(
            team=team, department=insurance, people=[insurance_handler_2], by=insurance_handler, at=now
        ),
        "remove": lambda: remove_member(member=member, by=insurance_section_head, at=now),
        "share": lambda: share_finding(team=team, text="发现", by=insurance_handler, at=now),
        "view": lambda: give_view(team=team, nature="none", text="不成立", by=health_handler, at=now),
        "conclude": lambda: conclude_team(
            team=team, outcome="penalty", reasons="一致", by=insurance_section_head, at=now
        ),
        "dissolve": lambda: dissolve_team(team=team, reason="终止", by=insurance_section_head, at=now),
    }
    done = set()
    for name, step in steps.items():
        point = transaction.savepoint()
        try:
            step()
            done.add(name)
        except (WrongState, Refused):
            assert JointTeam.objects.get(pk=team.pk).version == team.version
        transaction.savepoint_rollback(point)
        team = JointTeam.objects.get(pk=team.pk)
        member.refresh_from_db()
    assert done == MACHINE[status]


RULES = [
    # who, name, remove, share, view, conclude, dissolve — on a working team
    ("insurance_handler", (True, True, True, True, False, False)),
    ("insurance_handler_2", (False, False, False, False, False, False)),
    ("insurance_section_head", (True, True, False, True, True, True)),
    ("insurance_registrar", (False, False, False, False, False, False)),
    ("health_handler", (True, False, True, True, False, False)),
    ("health_section_head", (True, False, False, True, False, False)),
    ("finance_handler", (False, False, False, False, False, False)),
    ("office_coordinator", (False, False, False, False, False, False)),
]


def test_who_may_do_what_on_a_team(request, team):
    working = team()
    member = working.members.order_by("pk").first()
    for who, expected in RULES:
        user = request.getfixturevalue(who)
        assert (
            rules_informing.can_name_members(user, working),
            rules_informing.can_remove_member(user, member),
            rules_informing.can_share(user, working),
            rules_informing.can_give_view(user, working),
            rules_informing.can_conclude(user, working),
            rules_informing.can_dissolve(user, working),
        ) == expected, who


def test_who_joins_or_declines(
    case, receiver, health_handler, health_handler_2, health_section_head, insurance_handler, now
):
    letter = make_invitation(case, [receiver], by=insurance_handler, at=now).referrals.get()
    assert not rules_informing.can_join(health_handler, letter)
    signed(letter, at=now)
    found = {
        user.name: (rules_informing.can_join(user, letter), rules_informing.can_decline(user, letter))
        for user in (health_handler, health_handler_2, health_section_head, insurance_handler)
    }
    assert found == {
        "周敏仪": (True, True), "胡亦凡": (False, False), "彭立群": (False, True), "陈晓岚": (False, False),
    }  # fmt: skip
    assert [offer.code for offer in offers.of_referral(health_handler, letter)] == ["join", "decline"]
    joined_letter = accept_referral(referral=letter, by=health_handler, at=now)
    assert not rules.can_reply(health_handler, joined_letter)
    assert not rules.can_chase(insurance_handler, joined_letter)
    assert not rules.can_ask_extension(health_handler, joined_letter)


def test_somebody_without_a_post_is_nobody_on_a_team(team, health_handler, now):
    working = team()
    health_handler.post = None
    assert not rules_informing.is_member(health_handler, working)
    assert workbench.team_count(health_handler).count() == 0
    assert not JointTeam.objects.visible_to(health_handler).exists()


# --- sharing and the opinion -----------------------------------------------------------------------------------------
def test_findings_are_for_the_departments_of_the_team(
    team, case, receiver, insurance_handler, health_handler, office_coordinator, finance_handler, told, now
):
    working = team()
    finding = share_finding(
        team=working, text=" 37份病历中12份无指征 ", evidence=case.evidence.all(), by=health_handler, at=now
    )
    assert (finding.text, finding.department, finding.evidence.count()) == (
        "37份病历中12份无指征",
        receiver,
        2,
    )
    for user, sees in (
        (insurance_handler, True),
        (health_handler, True),
        (office_coordinator, False),
        (finance_handler, False),
    ):
        assert TeamFinding.objects.visible_to(user).exists() is sees, user
    assert JointTeam.objects.visible_to(office_coordinator).exists()
    assert told("team.was_shared") == ["陈晓岚"]


def test_bad_input_of_a_team(
    team, case, receiver, market, insurance, insurance_handler, insurance_section_head, health_handler, now
):
    working = team()
    other = make_case(by=insurance_handler, at=now, files=[pdf("别案.pdf")])
    wrong = [
        (lambda: share_finding(team=working, text=" ", by=health_handler, at=now), "text"),
        (
            lambda: share_finding(
                team=working, text="有", evidence=other.evidence.all(), by=health_handler, at=now
            ),
            "evidence",
        ),
        (lambda: give_view(team=working, nature="fine", text="有", by=health_handler, at=now), "nature"),
        (lambda: give_view(team=working, nature="penalty", text=" ", by=health_handler, at=now), "text"),
        (
            lambda: conclude_team(team=working, outcome="", reasons="有", by=insurance_section_head, at=now),
            "outcome",
        ),
        (
            lambda: conclude_team(
                team=working, outcome="none", reasons="", by=insurance_section_head, at=now
            ),
            "reasons",
        ),
        (lambda: dissolve_team(team=working, reason=" ", by=insurance_section_head, at=now), "reason"),
        (
            lambda: add_members(team=working, department=market, people=[], by=insurance_handler, at=now),
            "people",
        ),
        (
            lambda: add_members(
                team=working, department=insurance, people=[insurance_handler], by=insurance_handler, at=now
            ),
            "people",
        ),
    ]
    for attempt, field in wrong:
        with pytest.raises(BadInput) as refused:
            attempt()
        assert refused.value.field == field
    assert (working.findings.count(), working.views.count(), working.members.count()) == (0, 0, 2)


def test_the_last_one_of_a_department_stays(team, health_handler, health_handler_2, receiver, case, now):
    working = team()
    [member] = working.members.filter(department=receiver)
    with pytest.raises(Refused):
        remove_member(member=member, by=health_handler, at=now)
    add_members(team=working, department=receiver, people=[health_handler_2], by=health_handler, at=now)
    remove_member(member=working.members.get(user=health_handler_2), by=health_handler, at=now)
    assert not named(case, health_handler_2)
    assert named(case, health_handler)
    with pytest.raises(WrongState):
        remove_member(member=working.members.get(user=health_handler_2), by=health_handler, at=now)


def test_the_opinion_keeps_dissent_and_ends_the_team(
    team, case, receiver, insurance_handler, insurance_section_head, health_handler, told, now
):
    working = team()
    with pytest.raises(StillOpen) as refused:
        conclude_team(team=working, outcome="penalty", reasons="有", by=insurance_section_head, at=now)
    assert refused.value.details["items"] == ["县医保局尚未提出意见。", "县卫健局尚未提出意见。"]
    give_view(team=working, nature="none", text="尚不足以认定", by=health_handler, at=now)
    give_view(team=working, nature="agreement", text="属违反服务协议", by=health_handler, at=now)
    give_view(team=working, nature="penalty", text="属分解住院", by=insurance_handler, at=now)
    conclude_team(
        team=working, outcome="penalty", reasons="违法事实清楚。", by=insurance_section_head, at=now
    )
    assert (working.status, working.outcome) == ("concluded", "penalty")
    assert [(str(view.department), view.dissents) for view in working.views.order_by("pk")] == [
        ("县卫健局", True),
        ("县医保局", False),
    ]
    letter = receiver.received_referrals.get()
    assert (letter.status, letter.answered_by) == ("closed", insurance_section_head)
    assert not named(case, health_handler)
    assert named(case, insurance_handler)  # still the handler of the case
    assert told("team.was_concluded") == ["周敏仪", "陈晓岚"]
    assert working.document.title == "关于青禾县仁和医院涉嫌分解住院案件定性的意见"
    said = [para["text"] for para in working.document.context["body"]]
    assert "青禾县卫生健康局保留意见，认为应协议处理。" in said
    assert any("综上，本案按“行政处罚”办理。" in text for text in said)


def test_a_letter_on_its_way_keeps_the_team_from_ending(
    team, case, market, market_registrar, insurance_handler, insurance_section_head, now
):
    working = team()
    make_invitation(case, [market], by=insurance_handler, at=now)
    with pytest.raises(StillOpen) as refused:
        dissolve_team(team=working, reason="终止", by=insurance_section_head, at=now)
    assert "县市监局" in refused.value.details["items"][0]


# outcome → what the next step leads to, and what makes it go
ONWARD = {
    "penalty": ("/file/", "file"),
    "agreement": ("?kind=transfer", "transfer"),
    "transfer": ("?kind=transfer", "transfer"),
    "judicial": ("/crime/new/", "crime"),
    "none": ("/decline/", "decline"),
}


@pytest.mark.parametrize("outcome", ONWARD)
def test_the_opinion_says_how_the_case_goes_on(
    outcome,
    team,
    case,
    receiver,
    insurance_handler,
    insurance_section_head,
    insurance_deputy_head,
    health_handler,
    crime_sides,
    now,
):
    working = team()
    for by in (insurance_handler, health_handler):
        give_view(team=working, nature=outcome, text="一致", by=by, at=now)
    assert panels_informing.next_team(case, insurance_section_head)["url"] == reverse(
        "referrals:team_conclude", args=[working.pk]
    )
    conclude_team(team=working, outcome=outcome, reasons="一致", by=insurance_section_head, at=now)
    step = panels_informing.next_nature(case, insurance_handler)
    leads_to, act = ONWARD[outcome]
    assert leads_to in step["url"]
    assert panels_informing.next_nature(case, health_handler) is None
    strand = case.strands.get(department=case.owner)
    if act == "transfer":
        make_dispatch(case, [receiver], by=insurance_handler, at=now)
    if act == "crime":
        make_crime(case, by=insurance_handler, at=now)
    if act == "file":
        file_strand(strand=strand, filing_number="青医保立〔2026〕9号", by=insurance_deputy_head, at=now)
    if act == "decline":
        decline_strand(strand=strand, reason="不成立", by=insurance_deputy_head, at=now)
    assert panels_informing.next_nature(case, insurance_handler) is None


def test_next_step_asks_each_department_for_its_view(
    team, case, insurance_handler, insurance_registrar, health_handler, now
):
    working = team()
    assert panels_informing.next_team(case, health_handler)["url"] == reverse(
        "referrals:team_view", args=[working.pk]
    )
    [row] = workbench.team_rows(health_handler, 12)
    assert (row.action_url, workbench.team_count(health_handler).count()) == (
        reverse("referrals:team_view", args=[working.pk]),
        1,
    )
    give_view(team=working, nature="penalty", text="有", by=health_handler, at=now)
    assert panels_informing.next_team(case, health_handler) is None
    assert panels_informing.next_team(case, insurance_registrar) is None
    assert list(workbench.team_rows(health_handler, 12)) == []
    assert panels_informing.next_nature(case, insurance_handler) is None


def test_a_team_keeps_case_and_person(
    team, case, insurance_handler_2, insurance, insurance_handler, insurance_section_head, now
):
    working = team()
    add_members(
        team=working, department=insurance, people=[insurance_handler_2], by=insurance_handler, at=now
    )
    with pytest.raises(StillOpen) as refused:
        close_case(case=case, reason="结案", by=insurance_section_head, at=now)
    assert any("联合工作组" in str(item) for item in refused.value.details["items"])
    with pytest.raises(StillOpen) as refused:
        end_post(post=insurance_handler_2.posts.get(), by=None, at=now)
    assert any("联合工作组" in str(item) for item in refused.value.details["items"])


# --- pages -----------------------------------------------------------------------------------------------------------
def step(client, url, **values):
    """Open a form and send it as the page gave it."""
    form = client.get(url).context["form"]
    hidden = {name: form[name].value() or "" for name in ("form_key", "seen")}
    return client.post(url, hidden | values)


def test_a_team_by_the_pages(
    case,
    receiver,
    seat,
    insurance_handler,
    insurance_section_head,
    health_handler,
    health_handler_2,
    health_section_head,
    office_coordinator,
    finance_handler,
):
    at = timezone.now()
    letter = make_invitation(case, [receiver], by=insurance_handler, at=at).referrals.get()
    signed(letter, at=at)
    theirs = seat(health_handler)
    assert UNCLEAR in theirs.get(letter.get_absolute_url()).content.decode()
    url = reverse("referrals:referral_join", args=[letter.pk])
    assert UNCLEAR in theirs.get(url).content.decode()
    answer = step(theirs, url, people=[health_handler_2.pk])
    team = JointTeam.objects.get()
    assert answer.url == team.get_absolute_url()
    page = theirs.get(team.get_absolute_url()).content.decode()
    assert "胡亦凡" in page
    assert seat(finance_handler).get(team.get_absolute_url()).status_code == 404
    step(
        theirs,
        reverse("referrals:team_share", args=[team.pk]),
        text="病历不全",
        evidence=[case.evidence.first().pk],
    )
    step(theirs, reverse("referrals:team_view", args=[team.pk]), nature="agreement", text="属违约")
    mine = seat(insurance_section_head)
    concluding = reverse("referrals:team_conclude", args=[team.pk])
    refused = step(mine, concluding, outcome="penalty", reasons="综合认定")
    assert "县医保局尚未提出意见" in refused.content.decode()
    assert "综合认定" in refused.content.decode()  # nothing that was typed is lost
    own = seat(insurance_handler)
    step(own, reverse("referrals:team_view", args=[team.pk]), nature="penalty", text="属分解住院")
    again = own.get(reverse("referrals:team_view", args=[team.pk])).context["form"]
    assert again["nature"].value() == "penalty"
    step(own, reverse("referrals:team_members", args=[team.pk]), people=[insurance_section_head.pk])
    removed = team.members.get(user=insurance_section_head)
    own.post(reverse("referrals:team_member_remove", args=[removed.pk]), {"form_key": "m" * 24})
    removed.refresh_from_db()
    assert removed.ended_at is not None
    office = seat(office_coordinator).get(team.get_absolute_url()).content.decode()
    assert "病历不全" not in office
    step(mine, concluding, outcome="penalty", reasons="综合认定")
    page = own.get(team.get_absolute_url()).content.decode()
    assert "不同意见" in page
    assert "病历不全" in page
    assert "同意介入" in page  # who took part still has, after the invitation was closed with the opinion
    assert own.get(reverse("cases:detail", args=[case.pk])).status_code == 200
    assert offers_informing.of_team(insurance_section_head, JointTeam.objects.get()) == []


def test_declining_and_dissolving_by_the_pages(
    case, receiver, seat, insurance_handler, insurance_section_head, health_section_head
):
    at = timezone.now()
    letter = make_invitation(case, [receiver], by=insurance_handler, at=at).referrals.get()
    signed(letter, at=at)
    answer = step(
        seat(health_section_head), reverse("referrals:referral_decline", args=[letter.pk]), reason="人手不足"
    )
    assert answer.url == letter.get_absolute_url()
    team = JointTeam.objects.get()
    client = seat(insurance_section_head)
    assert "人手不足" in client.get(team.get_absolute_url()).content.decode()
    close_referral(referral=Referral.objects.get(), by=insurance_handler, at=timezone.now())
    assert "不介入：人手不足" in client.get(team.get_absolute_url()).content.decode()
    step(client, reverse("referrals:team_dissolve", args=[team.pk]), reason="无部门介入")
    assert "无部门介入" in client.get(team.get_absolute_url()).content.decode()
    assert (
        Notification.objects.filter(verb="team.was_dissolved").values_list("recipient__name", flat=True).get()
        == "陈晓岚"
    )


def test_a_department_whose_invitation_was_taken_back_is_off_the_team_which_goes_on(
    case, receiver, police, police_handler, police_section_head, police_registrar, insurance_handler,
    insurance_section_head, insurance_deputy_head, insurance_registrar, health_handler, now,
):  # fmt: skip
    from referrals.actions.withdrawal import ask_withdrawal, decide_withdrawal

    letters = make_invitation(case, [receiver, police], by=insurance_handler, at=now).referrals
    for body in (receiver, police):
        joined(letters.get(receiver=body), at=now)
    team = JointTeam.objects.get()
    theirs = letters.get(receiver=receiver)
    asked = ask_withdrawal(referral=theirs, reason="已不需要", by=insurance_handler, at=now)
    decide_withdrawal(withdrawal=asked, agreed=True, remark="", by=health_handler, at=now)
    assert set(team.members.now().values_list("department", flat=True)) == {case.owner_id, police.pk}
    assert not CaseUserPermission.objects.filter(content_object=case, user=health_handler).exists()
