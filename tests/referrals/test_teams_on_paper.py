"""提前介入 with a body that works on paper: who it named, what it found and how it sees the case are entered here."""

import datetime as dt
import hashlib

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.dates import local_date
from core.refusals import BadInput, Refused, StillOpen, WrongState
from journal.models import Event
from referrals.actions.receipt import prove_delivery
from referrals.actions.team_papers import TheirPaper, bodies_on_paper, name_on_paper
from referrals.actions.teams import conclude_team, give_view, remove_member, share_finding
from referrals.contexts import team_context
from referrals.models import JointTeam, TeamFinding, TeamMember, TeamPaper, TeamView
from referrals.offers_informing import of_team
from referrals.rules_informing import can_remove_member
from referrals.workbench_informing import paper_count, paper_rows
from tests.factories.cases import PDF
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


def paper(body, at, **more):
    given = {"person": "武定安", "dated_on": at.date(), "upload": scan(), "number": "青公函〔2026〕12号"}
    return TheirPaper(department=body, **(given | more))


def test_whom_its_paper_names_is_on_the_team(team, police, insurance_handler, now):
    theirs = team.members.get(department=police)
    assert (theirs.user, str(theirs) != "", list(bodies_on_paper(team))) == (None, True, [police])
    with pytest.raises(IntegrityError, match="team_member_is_somebody"), transaction.atomic():
        TeamMember.objects.create(team=team, department=police, joined_by=insurance_handler, joined_at=now)


def test_its_finding_and_view_are_entered_and_the_opinion_waits_for_it(
    team, case, police, insurance_handler, insurance_registrar, insurance_section_head, told, now
):
    share_finding(
        team=team, text="银行流水显示回流。", evidence=case.evidence.all(), by=insurance_registrar, at=now,
        paper=paper(police, now),
    )
    finding = TeamFinding.objects.get()
    assert (finding.department, finding.said_by, finding.by) == (police, "武定安", insurance_registrar)
    assert told("team.was_shared") == ["陈晓岚"]
    give_view(team=team, nature="penalty", text="一致。", by=insurance_handler, at=now)
    with pytest.raises(StillOpen) as refused:
        conclude_team(team=team, outcome="penalty", reasons="一致。", by=insurance_section_head, at=now)
    assert [str(police) in item for item in refused.value.details["items"]] == [True]
    for nature in ("penalty", "judicial"):
        give_view(team=team, nature=nature, text="数额较大。", by=insurance_registrar, at=now, paper=paper(police, now))
    theirs = TeamView.objects.get(department=police)
    assert (theirs.nature, theirs.said_by, theirs.by) == ("judicial", "武定安", insurance_registrar)
    ended = conclude_team(team=team, outcome="penalty", reasons="一致。", by=insurance_section_head, at=now)
    ended.refresh_from_db()
    assert ended.status == "concluded" and not team.members.now().exists()
    names = dict(team_context(ended, at=now)["members"])
    assert names[police.name] == [str(team.members.get(department=police))]


def test_an_older_paper_does_not_replace_a_newer_view(team, police, insurance_registrar, now):
    given = {"team": team, "text": "数额较大。", "by": insurance_registrar, "at": now + dt.timedelta(days=3)}
    for nature, day in (("penalty", 1), ("judicial", 2)):
        give_view(nature=nature, paper=paper(police, now, dated_on=local_date(now) + dt.timedelta(days=day)), **given)
    with pytest.raises(BadInput) as refused, transaction.atomic():
        give_view(nature="none", paper=paper(police, now, dated_on=local_date(now) + dt.timedelta(days=1)), **given)
    assert refused.value.field == "dated_on"
    assert TeamView.objects.get().nature == "judicial"


def test_the_api_takes_a_person_of_a_body_on_paper_off_the_team(
    team, police, insurance_registrar, insurance_handler_2, health_registrar, now
):
    theirs = team.members.get(user=None)
    name_on_paper(team=team, names=["周警官"], paper=paper(police, now), by=insurance_registrar, at=now)
    address = f"/api/v1/teams/{team.pk}/remove-member/"

    def remove(user):
        client = Client()
        client.force_login(user, BACKEND)
        headers = {"If-Match": f'"{JointTeam.objects.get().version}"'}
        return client.post(address, {"member": theirs.pk}, content_type="application/json", headers=headers).status_code

    assert [remove(user) for user in (health_registrar, insurance_handler_2, insurance_registrar)] == [404, 403, 200]
    theirs.refresh_from_db()
    assert theirs.ended_at is not None


def test_nobody_speaks_for_a_body_that_works_here_or_without_a_name(
    team, police, health, insurance_handler, insurance_registrar, now
):
    given = {"team": team, "text": "x", "by": insurance_registrar, "at": now}
    for body, name, field in (
        (health, "武定安", "department"), (team.department, "武定安", "department"), (police, " ", "said_by"),
    ):  # fmt: skip
        for act, more in ((share_finding, {}), (give_view, {"nature": "penalty"})):
            with pytest.raises(BadInput) as refused, transaction.atomic():
                act(paper=paper(body, now, person=name), **given, **more)
            assert refused.value.field == field
    assert not TeamFinding.objects.exists() and not TeamView.objects.exists() and not TeamPaper.objects.exists()


def test_who_may_enter_it(
    team, insurance_handler, insurance_registrar, insurance_section_head, insurance_handler_2, health_registrar, now
):
    def may(user):
        return {offer.code for offer in of_team(user, team)} & {"paper_share", "paper_view", "paper_members"}

    both = {"paper_share", "paper_view", "paper_members"}
    people = (insurance_registrar, insurance_handler, insurance_handler_2, insurance_section_head, health_registrar)
    assert [may(user) for user in people] == [both, set(), set(), set(), set()]
    TeamMember.objects.filter(user=None).update(ended_at=now)
    assert may(insurance_registrar) == set()


def test_colleagues_are_still_to_be_named(team, insurance_handler, insurance_handler_2, now):
    client = Client()
    client.force_login(insurance_handler, BACKEND)
    page = client.get(reverse("referrals:team_members", args=[team.pk])).content.decode()
    assert insurance_handler_2.name in page


def test_a_paper_is_kept_with_its_scan(team, police, insurance_registrar, now):
    given = {"team": team, "nature": "penalty", "text": "一致。", "by": insurance_registrar, "at": now}
    day = dt.timedelta(days=1)
    for more, field in (
        ({"dated_on": now.date() + day}, "dated_on"),
        ({"dated_on": now.date() - day}, "dated_on"),  # before the invitation reached it
        ({"upload": scan(content=b"MZ")}, "upload"),
    ):
        with pytest.raises(BadInput) as refused, transaction.atomic():
            give_view(paper=paper(police, now, **more), **given)
        assert refused.value.field == field
    assert not TeamPaper.objects.exists()
    for _ in range(2):  # the paper of the view that was changed stays
        give_view(paper=paper(police, now), **given)
    view, papers = TeamView.objects.get(), list(TeamPaper.objects.order_by("pk"))
    assert (len(papers), view.paper, view.said_by, str(view.paper)) == (2, papers[1], "武定安", "文书.pdf")
    assert papers[1].sha256 == hashlib.sha256(PDF).hexdigest()
    event = Event.objects.filter(verb="team.view").latest("pk")
    assert (event.params["sha256"], event.params["changed"]) == (papers[1].sha256, True)
    for change, name in (
        (lambda: TeamView.objects.update(paper=None), "team_view_on_paper_has_its_scan"),
        (lambda: TeamView.objects.update(said_by=""), "team_view_on_paper_has_its_scan"),
        (lambda: TeamFinding.objects.create(team=team, department=police, text="x", said_by="武", by=view.by, at=now),
         "team_finding_on_paper_has_its_scan"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            change()
    for change in (lambda: TeamPaper.objects.update(number=""), lambda: TeamPaper.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_more_persons_of_the_body_are_named(
    team, police, insurance_handler, insurance_registrar, insurance_section_head, now
):
    given = {"team": team, "by": insurance_registrar, "at": now}
    first = team.members.get(department=police).name
    for names in ([], [" "], [first], ["长" * 41]):
        with pytest.raises(BadInput) as refused, transaction.atomic():
            name_on_paper(names=names, paper=paper(police, now), **given)
        assert refused.value.field == "names"
    name_on_paper(names=["周警官", first, "吴警官", "周警官"], paper=paper(police, now), **given)
    theirs = team.members.filter(department=police).order_by("pk")
    assert [str(each) for each in theirs] == [first, "周警官", "吴警官"]
    assert [each.paper for each in theirs] == [None, TeamPaper.objects.get(), TeamPaper.objects.get()]
    event = Event.objects.filter(verb="team.named_on_paper").latest("pk")
    assert (event.params["people"], event.params["department"]) == (2, police.pk)
    # who entered them takes them off again; the last one stays
    zhou, wu = theirs[1], theirs[2]
    assert [can_remove_member(user, zhou) for user in (insurance_registrar, insurance_handler)] == [True, False]
    remove_member(member=zhou, by=insurance_registrar, at=now)
    zhou.refresh_from_db()
    assert zhou.ended_at == now and not can_remove_member(insurance_registrar, zhou)
    assert Event.objects.latest("pk").verb == "team.left_on_paper"
    remove_member(member=theirs[0], by=insurance_registrar, at=now)
    with pytest.raises(Refused):
        remove_member(member=wu, by=insurance_registrar, at=now)
    for by, more in ((insurance_handler, {}), (insurance_registrar, {"paper": paper(police, now)})):
        give_view(team=team, nature="penalty", text="一致。", by=by, at=now, **more)
    ended = conclude_team(team=team, outcome="penalty", reasons="一致。", by=insurance_section_head, at=now)
    assert dict(team_context(ended, at=now)["members"])[police.name] == [first, "周警官", "吴警官"]
    with pytest.raises(WrongState):
        name_on_paper(names=["郑警官"], paper=paper(police, now), **given)


def test_the_registrar_is_reminded_of_the_view_that_is_missing(
    team, police, insurance_handler, insurance_registrar, insurance_section_head, health_registrar, system_admin, now
):
    def rows(user):
        found = list(paper_rows(user, 50))
        assert len(found) == paper_count(user).count()
        return found

    name_on_paper(names=["周警官"], team=team, paper=paper(police, now), by=insurance_registrar, at=now)
    [row] = rows(insurance_registrar)  # one of the body, not of each person
    assert str(police) in row.phrase and team.unclear in row.phrase
    assert row.action_url == reverse("referrals:team_paper_view", args=[team.pk])
    others = (insurance_handler, insurance_section_head, health_registrar, system_admin)
    assert [rows(user) for user in others] == [[], [], [], []]
    give_view(team=team, nature="penalty", text="一致。", paper=paper(police, now), by=insurance_registrar, at=now)
    assert rows(insurance_registrar) == []
    TeamView.objects.all().delete()
    assert len(rows(insurance_registrar)) == 1
    type(police).objects.filter(pk=police.pk).update(has_account=True)
    assert rows(insurance_registrar) == []


@pytest.mark.parametrize("many", [1, 3])
def test_the_rows_cost_one_query(
    many, team, case, police, market, health, insurance_handler, insurance_registrar, now, django_assert_num_queries
):
    type(market).objects.filter(pk__in=(market.pk, health.pk)).update(has_account=False)
    for body in (market, health)[: many - 1]:
        body.refresh_from_db()
        letter = make_invitation(case, [body], by=insurance_handler, at=now).referrals.get()
        prove_delivery(
            referral=letter, delivered_on=now.date(), received_by_name="收发室", method="专人送达", upload=scan(),
            by=insurance_registrar, at=now,
        )  # fmt: skip
        said(letter, "accepted", by=insurance_registrar, at=now)
    assert insurance_registrar.post
    with django_assert_num_queries(1):
        assert len(list(paper_rows(insurance_registrar, 50))) == many


def test_by_page_and_api(team, police, health, insurance_handler, insurance_registrar, health_registrar, now):
    client = Client()
    client.force_login(insurance_registrar, BACKEND)
    url = reverse("referrals:team_paper_share", args=[team.pk])
    assert str(police) in client.get(url).content.decode()
    day = timezone.localdate(now).isoformat()
    given = {"said_by": "武定安", "text": "流水", "dated_on": day, "number": "青公函〔2026〕12号"}
    answer = client.post(url, {**given, "department": health.pk, "form_key": "k" * 20, "upload": scan()})
    assert answer.status_code == 200 and "流水" in answer.content.decode()
    given |= {"department": police.pk, "seen": team.status}
    without = client.post(url, {**given, "form_key": "k" * 20})
    assert list(without.context["form"].errors) == ["upload"]
    wrong = client.post(url, {**given, "form_key": "k" * 20, "upload": scan(content=b"MZ")})
    assert list(wrong.context["form"].errors) == ["upload"] and "流水" in wrong.content.decode()
    assert client.post(url, {**given, "form_key": "l" * 20, "upload": scan()}).status_code == 302
    view = reverse("referrals:team_paper_view", args=[team.pk])
    answer = client.post(view, {**given, "nature": "judicial", "form_key": "m" * 20, "upload": scan()})
    assert answer.status_code == 302
    more = reverse("referrals:team_paper_members", args=[team.pk])
    named = {**given, "names": "周警官\n\n 吴警官 ", "form_key": "n" * 20, "upload": scan()}
    assert client.post(more, named).status_code == 302
    shown = client.get(team.get_absolute_url()).content.decode()
    assert shown.count("武定安") == 5 and "周警官" in shown and "吴警官" in shown
    row = TeamPaper.objects.earliest("pk")
    address = reverse("referrals:team_paper_scan", args=[row.pk])
    assert shown.count(f'action="{address}"') == 2
    assert client.post(address).content == PDF
    assert Event.objects.latest("pk").verb == "scan.taken"
    client.force_login(health_registrar, BACKEND)
    assert client.post(address).status_code == 404
    client.force_login(insurance_registrar, BACKEND)
    headers = {"If-Match": f'"{JointTeam.objects.get().version}"'}
    base = f"/api/v1/teams/{team.pk}/"
    sent = {"paper-share": {}, "paper-view": {"nature": "penalty"}, "paper-members": {"names": ["郑警官", "王警官"]}}
    for name, fields in sent.items():
        body = {**given, **fields}
        answer = client.post(f"{base}{name}/", {**body, "upload": scan()}, headers=headers)
        assert answer.status_code == 200, answer.content.decode()
        headers = {"If-Match": answer.headers["ETag"]}
        wrong = client.post(f"{base}{name}/", {**body, "department": health.pk, "upload": scan()}, headers=headers)
        assert (wrong.status_code, wrong.json().keys()) == (400, {"department"})
        wrong = client.post(f"{base}{name}/", body, headers=headers)
        assert (wrong.status_code, wrong.json().keys()) == (400, {"upload"})
    assert [view.nature for view in TeamView.objects.all()] == ["penalty"]
    read = client.get(base).json()
    assert [each["name"] for each in read["members"]][-2:] == ["郑警官", "王警官"]
    assert read["views"][0]["paper"] == read["papers"][4]["id"]
    assert client.post(read["papers"][4]["url"]).content == PDF
