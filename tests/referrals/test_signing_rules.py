"""Who signs what: changed by the county's administrator, in force for every paper not signed yet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core.dictionaries import version_of
from core.refusals import BadInput, Stale
from departments.enums import Role
from journal.models import Event
from journal.render import sentence
from referrals import rules, set_up
from referrals.actions.papers import approve_paper, submit_paper
from referrals.actions.signing_rules import change_signing_rule, rule_values
from referrals.enums import PaperStatus
from referrals.models import SigningRule
from tests.factories.cases import make_case
from tests.factories.referrals import make_dispatch
from tests.referrals.machine import police_head  # noqa: F401 - fixture


@pytest.fixture
def rule(db):
    return SigningRule.objects.get(kind="transfer")


@pytest.fixture
def change(system_admin, now):
    def change(rule, reviewer, signer, version=None):
        version = version_of(rule_values(rule)) if version is None else version
        return change_signing_rule(
            rule=rule, version=version, reviewer=reviewer, signer=signer, by=system_admin, at=now
        )

    return change


def test_a_change_is_on_the_record(change, rule):
    changed = change(rule, "", "section_head")
    assert rule_values(changed) == {"reviewer": "", "signer": "section_head"}
    event = Event.objects.filter(verb="signing_rule.changed").latest("pk")
    assert event.params == {
        "letter_kind": "transfer", "old_reviewer": "section_head", "reviewer": "",
        "old_signer": "deputy_head", "signer": "section_head",
    }  # fmt: skip
    assert sentence(event) == "线索移交签发规则：审核无（原股室负责人），签发股室负责人（原分管领导）"
    before = Event.objects.count()
    change(changed, "", "section_head")
    assert Event.objects.count() == before


def test_words_of_the_record_outlive_their_posts():
    assert set_up.post_words("abolished") == "abolished"


@pytest.mark.parametrize(
    ("kind", "reviewer", "signer", "field"),
    [
        ("transfer", "section_head", "handler", "signer"),
        ("transfer", "", "registrar", "signer"),
        ("transfer", "", "", "signer"),
        ("criminal", "", "deputy_head", "signer"),
        ("transfer", "handler", "deputy_head", "reviewer"),
        ("transfer", "section_head", "section_head", "reviewer"),
        ("transfer", "deputy_head", "section_head", "reviewer"),
        ("comparison", "section_head", "head", "reviewer"),
        ("criminal", "legal", "head", "reviewer"),
    ],
)
def test_rules_that_cannot_be(change, kind, reviewer, signer, field):
    rule = SigningRule.objects.get(kind=kind)
    with pytest.raises(BadInput) as refused:
        change(rule, reviewer, signer)
    assert list(refused.value.faults) == [field]
    assert SigningRule.objects.filter(pk=rule.pk, reviewer=rule.reviewer, signer=rule.signer).exists()


@pytest.mark.parametrize(
    ("kind", "reviewer", "signer"),
    [
        ("transfer", "legal", "section_head"),
        ("transfer", "deputy_head", "head"),
        ("criminal", "", "head"),
        ("comparison", "", "deputy_head"),
    ],
)
def test_rules_that_can_be(change, kind, reviewer, signer):
    rule = SigningRule.objects.get(kind=kind)
    assert rule_values(change(rule, reviewer, signer)) == {"reviewer": reviewer, "signer": signer}


def test_who_was_slower_is_told(change, rule):
    with pytest.raises(Stale) as refused:
        change(rule, "", "head", version=1)
    assert refused.value.details["now"] == {"reviewer": "section_head", "signer": "deputy_head"}


def test_a_paper_under_way_follows_the_new_rule_and_a_signed_one_stays(
    change, rule, insurance_handler, insurance_section_head, insurance_deputy_head, health, market, now
):
    case = make_case(by=insurance_handler, at=now)
    signed = make_dispatch(case, [health], by=insurance_handler, at=now, status="approved")
    under_way = make_dispatch(case, [market], by=insurance_handler, at=now)
    submit_paper(paper=under_way, by=insurance_handler, at=now)
    assert not rules.can_approve(insurance_section_head, under_way)
    change(rule, "", "section_head")
    assert rules.can_approve(insurance_section_head, under_way)
    approve_paper(paper=under_way, by=insurance_section_head, at=now)
    signed.refresh_from_db()
    assert (signed.status, signed.approved_by) == (PaperStatus.APPROVED, insurance_deputy_head)


# -- where nobody could sign --------------------------------------------------------------------------------------
def test_a_department_without_its_signer_is_named(system_admin, rule, insurance_deputy_head, health_section_head):
    lacking = set_up.without_signer(system_admin, SigningRule.objects.all())
    assert [str(each) for each in lacking["transfer"]] == ["县卫健局"]
    assert lacking["bulletin"] == []
    assert [str(each) for each in lacking["criminal"]] == ["县医保局", "县卫健局"]
    assert [str(each) for each in lacking["supervision"]] == ["联动办"]  # the office alone presses
    assert lacking["filing"] == []  # no police here
    assert set_up.signing(system_admin) == (False, "有函件无人可签发：联动办、县医保局、县卫健局")
    SigningRule.objects.filter(kind="transfer").update(signer="legal")
    lacking = set_up.without_signer(system_admin, SigningRule.objects.filter(kind="transfer"))
    assert [str(each) for each in lacking["transfer"]] == ["县医保局", "县卫健局"]


def test_a_head_signs_everything(system_admin, office_head, police_head, health_head):  # noqa: F811
    done, said = set_up.signing(system_admin)
    assert done and said == f"{SigningRule.objects.count()}种函件，各部门均有人签发。"
    SigningRule.objects.all().delete()
    assert set_up.signing(system_admin)[0] is False


# -- pages --------------------------------------------------------------------------------------------------------
def asked(client):
    client.get("/signing-rules/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/signing-rules/")
    return len(queries), page.content.decode()


def test_the_list_costs_the_same_for_none_one_and_all(client, system_admin, health_handler, market_handler):
    client.force_login(system_admin)
    many, page = asked(client)
    assert "县市监局" in page and "/signing-rules/transfer/" in page
    SigningRule.objects.exclude(kind="transfer").delete()
    assert asked(client)[0] == many
    SigningRule.objects.all().delete()
    queries, page = asked(client)
    assert queries == many and "尚无签发规则" in page


@pytest.mark.parametrize("url", ["/signing-rules/", "/signing-rules/transfer/"])
def test_only_the_system_administrator_gets_in(client, url, system_admin, insurance_head, office_coordinator, audit_admin):
    assert client.get(url)["Location"].startswith("/sign-in/")
    for user, status in ((insurance_head, 403), (office_coordinator, 403), (audit_admin, 403), (system_admin, 200)):
        client.force_login(user)
        assert client.get(url).status_code == status
    assert client.get("/signing-rules/gossip/").status_code == 404


def test_changing_on_the_page(client, system_admin, rule):
    client.force_login(system_admin)
    url = "/signing-rules/transfer/"
    words = {"reviewer": "deputy_head", "signer": "deputy_head", "version": version_of(rule_values(rule))}
    page = client.post(url, words)
    assert page.context["form"].errors["reviewer"] == ["审核人的职级须低于签发人。"]
    assert '<option value="deputy_head" selected>' in page.content.decode()
    SigningRule.objects.filter(pk=rule.pk).update(signer="head")
    page = client.post(url, words | {"reviewer": ""})
    assert [tuple(map(str, each)) for each in page.context["form"].differences] == [
        ("审核", "股室负责人", "无：直接送签"), ("签发", "主要负责人", "分管领导"),
    ]  # fmt: skip
    words |= {"reviewer": "", "version": page.context["form"]["version"].value()}
    page = client.post(url, words, follow=True)
    assert page.redirect_chain == [("/signing-rules/", 302)] and "签发规则已保存：线索移交" in page.content.decode()
    rule.refresh_from_db()
    assert rule_values(rule) == {"reviewer": "", "signer": "deputy_head"}


def test_a_kind_that_is_not_reviewed_offers_no_reviewer(client, system_admin):
    client.force_login(system_admin)
    with translation.override("en"):
        form = client.get("/signing-rules/comparison/").context["form"]
    assert [value for value, _label in form.fields["reviewer"].choices] == [""]
    assert Role.HANDLER not in dict(form.fields["signer"].choices)
