"""Forms somebody has begun: kept by script and by button, offered again, gone when sent, only the person's own."""

import datetime as dt
import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.urls import reverse

from cases.actions.restriction import restrict_case
from cases.models import Case
from core import registry
from core.forms import new_form_key
from core.refusals import AlreadyDone, BadInput, Stale
from core.registry import DraftForm
from referrals.models import Dispatch
from workspace import actions, panels
from workspace.actions.drafts import KEPT, MOST_DRAFTS, MOST_TEXT
from workspace.models import Draft

SAVE = "workspace:save_draft"
JSON = {"Accept": "application/json"}


def keep(user, now, url="/cases/new/", *, values=None, known=None, **more):
    return actions.save_draft(
        user=user, form=more.pop("form", "cases:register"), url=url, values=values or {"title": ["甲"]}, known=known,
        at=now, **more,
    )  # fmt: skip


def letter_url(case):
    return reverse("referrals:new", args=[case.pk]) + "?kind=transfer"


# -- the actions ----------------------------------------------------------------------------------------------


def test_one_draft_an_address_and_its_version_counts(insurance_handler, health_handler, now):
    first = keep(insurance_handler, now, title="甲")
    again = keep(insurance_handler, now, known=1, title="乙")
    assert (again.pk, again.version, again.title) == (first.pk, 2, "乙")
    keep(insurance_handler, now, "/inspections/new/", form="inspections:new")
    keep(health_handler, now)
    assert Draft.objects.count() == 3
    assert [panels.draft_count(user).count() for user in (insurance_handler, health_handler)] == [2, 1]
    actions.drop_draft(draft=again)
    assert Draft.objects.count() == 2


@pytest.mark.parametrize("known", [None, 1, 3])
def test_a_newer_draft_is_never_overwritten_unknowing(insurance_handler, now, known):
    keep(insurance_handler, now, values={"title": ["旧"]})
    keep(insurance_handler, now, values={"title": ["新"]}, known=1)
    with pytest.raises(Stale) as refused:
        keep(insurance_handler, now, values={"title": ["另"]}, known=known)
    assert refused.value.details == {"version": 2}
    assert Draft.objects.get().values == {"title": ["新"]}


def test_too_long_too_many_and_sent_meanwhile(insurance_handler, now):
    with pytest.raises(BadInput):
        keep(insurance_handler, now, values={"text": ["长" * MOST_TEXT]})
    key = new_form_key()
    actions.use_form_key(user=insurance_handler, key=key, at=now)
    with pytest.raises(AlreadyDone):
        keep(insurance_handler, now, form_key=key)
    keep(insurance_handler, now, form_key=new_form_key())
    Draft.objects.bulk_create(
        Draft(user=insurance_handler, form="x", url=f"/{n}/", saved_at=now) for n in range(MOST_DRAFTS - 1)
    )
    with pytest.raises(BadInput):
        keep(insurance_handler, now, "/inspections/new/")
    assert keep(insurance_handler, now, known=1).version == 2  # one kept already may be kept on


def test_a_draft_goes_only_when_its_form_was_sent_and_after_thirty_days(insurance_handler, now):
    keep(insurance_handler, now)
    key = new_form_key()
    sent = {"user": insurance_handler, "url": "/cases/new/", "known": 1, "form_key": key}
    assert actions.drop_sent(**sent) == 0
    actions.use_form_key(user=insurance_handler, key=key, at=now)
    assert actions.drop_sent(**sent | {"url": "/else/"}) == 0
    # a lead entered beside the one that was begun: the begun one's draft was not taken up, and stays
    assert actions.drop_sent(**sent | {"known": None}) == 0
    assert actions.drop_sent(**sent | {"known": 2}) == 0
    assert actions.drop_sent(**sent) == 1
    keep(insurance_handler, now)
    assert actions.forget_drafts(at=now + KEPT) == 0
    assert actions.forget_drafts(at=now + KEPT + dt.timedelta(seconds=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_at_one_moment_one_learns_of_the_other(insurance_handler, now):
    answers = []

    def other():
        try:
            keep(insurance_handler, now, values={"title": ["乙"]})
        except Stale as refusal:
            answers.append(refusal.details)
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        keep(insurance_handler, now, values={"title": ["甲"]})
        thread.start()
        thread.join(0.3)
    thread.join(10)
    assert answers == [{"version": 1}]
    assert Draft.objects.get().values == {"title": ["甲"]}


def test_without_a_room_of_cases_only_drafts_of_none_are_seen(insurance_handler, case, now, monkeypatch):
    keep(insurance_handler, now)
    keep(insurance_handler, now, letter_url(case), form="referrals:new", target_id=case.pk, case_id=case.pk)
    assert Draft.objects.visible_to(insurance_handler).count() == 2
    monkeypatch.delitem(registry.kinds, "case")
    assert Draft.objects.visible_to(insurance_handler).count() == 1
    assert not Draft.objects.visible_to(AnonymousUser()).exists()


# -- the pages ------------------------------------------------------------------------------------------------


def test_the_script_keeps_what_is_typed_and_the_form_offers_it(as_user, case, insurance_handler):
    client, url = as_user(insurance_handler), letter_url(case)
    page = client.get(url).content.decode()
    assert 'data-draft="referrals:new"' in page and "js/drafts.js" in page and "data-draft-held" not in page
    sent = {
        "draft_url": url + "&again=1", "draft_known": "", "form_key": new_form_key(), "kind": "transfer",
        "facts": "先写到这里", "reply_by": "2026-1", "password": "x", "csrfmiddlewaretoken": "x",
    }  # fmt: skip
    answer = client.post(reverse(SAVE), sent, headers=JSON)
    assert answer.status_code == 200
    assert answer.json()["said"].startswith("草稿已自动保存")
    draft = Draft.objects.get()
    assert (draft.url, draft.case_id, draft.version) == (url, case.pk, 1)
    assert draft.values == {"kind": ["transfer"], "facts": ["先写到这里"], "reply_by": ["2026-1"]}
    offered = client.get(url).content.decode()
    assert "先写到这里" not in offered and "data-draft-held" in offered and "继续填写" in offered
    taken = client.get(url + "&draft=take").content.decode()
    assert "先写到这里" in taken and "data-draft-held" not in taken
    assert 'name="draft_known" value="1"' in taken
    other = client.get(reverse("referrals:new", args=[case.pk]) + "?kind=bulletin").content.decode()
    assert "data-draft-held" not in other


def test_a_page_that_does_not_know_the_newer_draft_is_told(as_user, insurance_handler):
    client = as_user(insurance_handler)
    sent = {"draft_url": reverse("inspections:new"), "draft_known": "", "title": "甲"}
    assert client.post(reverse(SAVE), sent, headers=JSON).status_code == 200
    refused = client.post(reverse(SAVE), {**sent, "title": "乙"}, headers=JSON)
    assert refused.status_code == 409
    assert "另一窗口" in refused.json()["said"]
    page = client.post(reverse(SAVE), {**sent, "title": "乙<"})
    assert page.status_code == 409
    html = page.content.decode()
    assert "乙&lt;" in html and 'name="draft_known" value="1"' in html
    assert Draft.objects.get().values["title"] == ["甲"]
    kept = client.post(reverse(SAVE), {**sent, "title": "乙", "draft_known": "1"})
    assert kept.url == sent["draft_url"] + "?draft=take"
    assert Draft.objects.get().values["title"] == ["乙"]
    stale = client.post(reverse("inspections:new"), {"draft_known": "1", "form_key": new_form_key()})
    assert "另一窗口" in stale.content.decode()


def test_the_draft_is_gone_once_the_form_was_sent_and_stays_when_it_was_wrong(as_user, office_coordinator):
    client, url = as_user(office_coordinator), reverse("meetings:new_proposal")
    sent = {"draft_url": url, "draft_known": "", "title": "半成"}
    client.post(reverse(SAVE), sent, headers=JSON)
    client.post(url, {"title": "", "form_key": new_form_key(), "draft_known": "1"})
    assert Draft.objects.exists()
    key = new_form_key()
    whole = {"title": "部署专项整治", "analysis": "风险", "measures": "措施", "form_key": key, "draft_known": "1"}
    assert client.post(url, whole | {"form_key": new_form_key(), "draft_known": ""}).status_code == 302
    assert Draft.objects.exists()  # another proposal, beside the one that was begun
    assert client.post(url, whole).status_code == 302
    assert not Draft.objects.exists()
    late = client.post(reverse(SAVE), {**sent, "form_key": key}, headers=JSON)
    assert late.status_code == 400
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["", "/nowhere/", "https://example.org/cases/new/", "//example.org/cases/new/", "/help/", "/cases/new/?" + "x" * 300,
     "/cases/999999/letters/new/", "javascript:alert(1)"],
)  # fmt: skip
def test_no_draft_for_an_address_that_keeps_none(as_user, insurance_handler, address):
    answer = as_user(insurance_handler).post(reverse(SAVE), {"draft_url": address, "title": "甲"}, headers=JSON)
    assert answer.status_code == 404
    assert not Draft.objects.exists()


def test_a_foreign_case_keeps_nothing_and_a_stranger_discards_nothing(
    as_user, case, insurance_handler, health_handler
):
    sent = {"draft_url": letter_url(case), "facts": "甲"}
    assert as_user(health_handler).post(reverse(SAVE), sent, headers=JSON).status_code == 404
    client = as_user(insurance_handler)
    assert client.post(reverse(SAVE), sent, headers=JSON).status_code == 200
    draft = Draft.objects.get()
    assert as_user(health_handler).post(reverse("workspace:drop_draft", args=[draft.pk])).status_code == 404
    assert client.get(reverse(SAVE)).status_code == 405
    dropped = as_user(insurance_handler).post(reverse("workspace:drop_draft", args=[draft.pk]))
    assert dropped.url == draft.url
    assert not Draft.objects.exists()


def test_a_body_of_two_megabytes_is_refused_in_a_sentence(as_user, insurance_handler):
    sent = {"draft_url": reverse("inspections:new"), "reason": "长" * 700_000}
    answer = as_user(insurance_handler).post(reverse(SAVE), sent, headers=JSON)
    assert answer.status_code == 400
    assert answer.json()["said"]
    page = as_user(insurance_handler).post(reverse(SAVE), sent)
    assert page.status_code == 400 and "返回" in page.content.decode()
    assert not Draft.objects.exists()


# -- the workbench --------------------------------------------------------------------------------------------


def test_a_case_one_no_longer_sees_takes_its_draft_along(
    as_user, case, insurance_handler, insurance_handler_2, insurance_deputy_head, now
):
    url = letter_url(case)
    keep(insurance_handler_2, now, url, form="referrals:new", target_id=case.pk, case_id=case.pk)
    keep(insurance_handler_2, now)
    client = as_user(insurance_handler_2)
    page = client.get(reverse("desk:drafts")).content.decode()
    assert case.title in page and url.replace("&", "&amp;") in page
    restrict_case(case=case, reason="涉密", by=insurance_deputy_head, at=now)
    assert not Case.objects.visible_to(insurance_handler_2).exists()
    page = client.get(reverse("desk:drafts")).content.decode()
    assert case.title not in page and f"/cases/{case.pk}/" not in page and "登记线索" in page
    pk = Draft.objects.get(case_id=case.pk).pk
    assert client.post(reverse("workspace:drop_draft", args=[pk])).status_code == 404


def test_a_thing_one_no_longer_sees_and_a_form_that_is_gone(insurance_handler, case, now, monkeypatch):
    keep(insurance_handler, now, "/a/", form="test:gone")
    keep(insurance_handler, now, "/b/", form="test:thing", target_id=case.pk, title="看得见")
    keep(insurance_handler, now, "/c/", form="test:thing", target_id=case.pk + 999)
    things = lambda user: Case.objects.visible_to(user)  # noqa: E731
    monkeypatch.setitem(registry.draft_forms, "test:thing", DraftForm("信", things, case=lambda case: case.pk))
    assert [row.phrase for row in panels.draft_rows(insurance_handler, 9)] == ["信 · 看得见"]


@pytest.mark.parametrize("drafts", [1, 3])
def test_the_box_asks_no_query_for_each_draft(
    as_user, case, insurance_handler, now, drafts, django_assert_max_num_queries
):
    for n in range(drafts):
        url = reverse("referrals:new", args=[case.pk]) + f"?kind={n}"
        keep(insurance_handler, now, url, form="referrals:new", target_id=case.pk, case_id=case.pk)
    client = as_user(insurance_handler)
    with django_assert_max_num_queries(12):
        client.get(reverse("desk:drafts"))


# -- every form of the register -------------------------------------------------------------------------------


def test_every_form_named_stands_at_an_address_of_the_house():
    from django.urls import NoReverseMatch

    for code, form in registry.draft_forms.items():
        try:
            reverse(code, kwargs={form.kwarg: 1} if form.things else {})
        except NoReverseMatch:
            pytest.fail(code)


def test_a_draft_of_a_letter_opens_with_its_pieces_ticked(as_user, case, insurance_handler, now):
    keep(
        insurance_handler, now, letter_url(case), form="referrals:new", target_id=case.pk, case_id=case.pk,
        values={"kind": ["transfer"], "receivers": [], "facts": ["事实"]},
    )  # fmt: skip
    page = as_user(insurance_handler).get(letter_url(case) + "&draft=take")
    assert page.context["form"]["receivers"].value() == []
    assert not Dispatch.objects.exists()
