"""提前介入 with a body that works on paper: who it named, what it found and how it sees the case are entered here."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.refusals import BadInput, StillOpen
from referrals.actions.receipt import prove_delivery
from referrals.actions.teams import bodies_on_paper, conclude_team, give_view, share_finding
from referrals.contexts import team_context
from referrals.models import JointTeam, TeamFinding, TeamMember, TeamView
from referrals.offers_informing import of_team
from tests.factories.informing import make_invitation
from tests.referrals.test_bodies import said, scan

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def team(case, police, insurance_handler, insurance_registrar, insurance_section_head, now):
    """A team of medical insurance and of the police, who take part on paper."""
    type(police).objects.filter(pk=police.pk).update(has_account=False)
    police.refresh_from_db()
    letter = make_invitation(case, [police], by=insurance_handler, at=now).referrals.get()
    prove_delivery(
        referral=letter, delivered_on=now.date(), received_by_name="收发室", method="专人送达", upload=scan(),
        by=insurance_registrar, at=now,
    )  # fmt: skip
    said(letter, "accepted", by=insurance_registrar, at=now)
    return JointTeam.objects.get()


def paper(body, **more):
    return {"department": body, "said_by": "武定安", **more}


def test_whom_its_paper_names_is_on_the_team(team, police, insurance_handler, now):
    theirs = team.members.get(department=police)
    assert (theirs.user, str(theirs) != "", list(bodies_on_paper(team))) == (None, True, [police])
    with pytest.raises(IntegrityError, match="team_member_is_somebody"), transaction.atomic():
        TeamMember.objects.create(team=team, department=police, joined_by=insurance_handler, joined_at=now)


def test_its_finding_and_view_are_entered_and_the_opinion_waits_for_it(
    team, case, police, insurance_handler, insurance_registrar, insurance_section_head, told, now
):
    share_finding(
        team=team, text="银行流水显示回流。", evidence=case.evidence.all(), by=insurance_registrar, at=now, **paper(police)
    )
    finding = TeamFinding.objects.get()
    assert (finding.department, finding.said_by, finding.by) == (police, "武定安", insurance_registrar)
    assert told("team.was_shared") == ["陈晓岚"]
    give_view(team=team, nature="penalty", text="一致。", by=insurance_handler, at=now)
    with pytest.raises(StillOpen) as refused:
        conclude_team(team=team, outcome="penalty", reasons="一致。", by=insurance_section_head, at=now)
    assert [str(police) in item for item in refused.value.details["items"]] == [True]
    for nature in ("penalty", "judicial"):
        give_view(team=team, nature=nature, text="数额较大。", by=insurance_registrar, at=now, **paper(police))
    theirs = TeamView.objects.get(department=police)
    assert (theirs.nature, theirs.said_by, theirs.by) == ("judicial", "武定安", insurance_registrar)
    ended = conclude_team(team=team, outcome="penalty", reasons="一致。", by=insurance_section_head, at=now)
    ended.refresh_from_db()
    assert ended.status == "concluded" and not team.members.now().exists()
    names = dict(team_context(ended, at=now)["members"])
    assert names[police.name] == [str(team.members.get(department=police))]


def test_nobody_speaks_for_a_body_that_works_here_or_without_a_name(
    team, police, health, insurance_handler, insurance_registrar, now
):
    given = {"team": team, "text": "x", "by": insurance_registrar, "at": now}
    for body, name, field in (
        (health, "武定安", "department"), (team.department, "武定安", "department"), (police, " ", "said_by"),
    ):  # fmt: skip
        for act, more in ((share_finding, {}), (give_view, {"nature": "penalty"})):
            with pytest.raises(BadInput) as refused, transaction.atomic():
                act(department=body, said_by=name, **given, **more)
            assert refused.value.field == field
    assert not TeamFinding.objects.exists() and not TeamView.objects.exists()


def test_who_may_enter_it(
    team, insurance_handler, insurance_registrar, insurance_section_head, insurance_handler_2, health_registrar, now
):
    def may(user):
        return {offer.code for offer in of_team(user, team)} & {"paper_share", "paper_view"}

    both = {"paper_share", "paper_view"}
    people = (insurance_registrar, insurance_handler, insurance_handler_2, insurance_section_head, health_registrar)
    assert [may(user) for user in people] == [both, set(), set(), set(), set()]
    TeamMember.objects.filter(user=None).update(ended_at=now)
    assert may(insurance_registrar) == set()


def test_colleagues_are_still_to_be_named(team, insurance_handler, insurance_handler_2, now):
    client = Client()
    client.force_login(insurance_handler, BACKEND)
    page = client.get(reverse("referrals:team_members", args=[team.pk])).content.decode()
    assert insurance_handler_2.name in page


def test_by_page_and_api(team, police, health, insurance_registrar, now):
    client = Client()
    client.force_login(insurance_registrar, BACKEND)
    url = reverse("referrals:team_paper_share", args=[team.pk])
    assert str(police) in client.get(url).content.decode()
    answer = client.post(url, {"department": health.pk, "said_by": "武定安", "text": "流水", "form_key": "k" * 20})
    assert answer.status_code == 200 and "流水" in answer.content.decode()
    given = {"department": police.pk, "said_by": "武定安", "text": "流水", "seen": team.status}
    assert client.post(url, {**given, "form_key": "l" * 20}).status_code == 302
    view = reverse("referrals:team_paper_view", args=[team.pk])
    assert client.post(view, {**given, "nature": "judicial", "form_key": "m" * 20}).status_code == 302
    shown = client.get(team.get_absolute_url()).content.decode()
    assert shown.count("武定安") == 2
    headers = {"If-Match": f'"{JointTeam.objects.get().version}"'}
    base = f"/api/v1/teams/{team.pk}/"
    found = [{**given, "evidence": []}, {**given, "nature": "penalty"}]
    for name, body in zip(("paper-share", "paper-view"), found, strict=True):
        sent = client.post(f"{base}{name}/", body, headers=headers, content_type="application/json")
        assert sent.status_code == 200, sent.content.decode()
        headers = {"If-Match": sent.headers["ETag"]}
        wrong = client.post(
            f"{base}{name}/", {**body, "department": health.pk}, headers=headers, content_type="application/json"
        )
        assert (wrong.status_code, wrong.json().keys()) == (400, {"department"})
    assert [view.nature for view in TeamView.objects.all()] == ["penalty"]
    assert client.get(base).json()["members"][-1]["name"] != ""
